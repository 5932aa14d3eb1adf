// What a value of the register may be.
#pragma once

#include "model/register.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace regtrail::parse {

/// "3B001", "3B001.c.1.a".
bool is_eccn_prefix(std::string_view text);

/// The same, "EAR99" or "NOCLASS".
bool is_classification(std::string_view text);

/// "8486", "8486.20", "8486.20.00".
bool is_hs_heading(std::string_view text);

/// Four to ten digits, with dots between them: "8481.80", "848180019".
bool is_hs_code(std::string_view text);

bool is_cfr_place(std::string_view text);

/// A citation of the CFR, an ECCN, or what a category's `cfr` may hold.
bool is_place(std::string_view text);

bool is_term(std::string_view text);
bool is_evidence(std::string_view text);

/// A type of document that the Federal Register is searched by: "proposed_rule".
bool is_searched_type(std::string_view text);

/// "48 CFR", "15 CFR 791".
bool is_title_or_part(std::string_view text);

/// https, or http of the loopback; with a host.
bool is_page_address(std::string_view text);

/// "text", "links".
bool is_page_form(std::string_view text);

/// "2025-07-23"
bool is_day(std::string_view text);

/// ISO 3166 alpha-2, in capitals.
bool is_country(std::string_view text);

/// 0 to 100.
bool is_percent(double value);

/// "12.5", "12.5%".
std::optional<double> read_number(std::string_view text);

std::string to_string(const Owner& owner);
Owner parse_owner(std::string_view text);

} // namespace regtrail::parse
