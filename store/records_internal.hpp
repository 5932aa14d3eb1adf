// Values of the model as packed records, exact to the bit.
#pragma once

#include "model/category.hpp"
#include "model/change.hpp"
#include "model/citation.hpp"
#include "model/node.hpp"
#include "store/bytes_internal.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::store {

/// By kind and steps and not as text: a list entry's name may hold " / ".
std::string pack_citation(const Citation& citation);
Citation unpack_citation(std::string_view bytes);

using Headers = std::vector<std::pair<std::string, std::string>>;

std::string pack_headers(const Headers& headers);
Headers unpack_headers(std::string_view bytes);

std::string pack_strings(const std::vector<std::string>& strings);
std::vector<std::string> unpack_strings(std::string_view bytes);

/// A unit's notes, problems and flag: what a version holds beside its tree.
std::string pack_extra(const Unit& unit);
void unpack_extra(std::string_view bytes, Unit& unit);

/// All of a change but `at` and `was`, which have columns of their own.
std::string pack_change(const Change& change);
void unpack_change(std::string_view bytes, Change& change);

/// All of a diff but its changes.
std::string pack_frame(const DiffResult& diff);
DiffResult unpack_frame(std::string_view bytes);

std::string pack_reasons(const std::vector<Reason>& reasons);
std::vector<Reason> unpack_reasons(std::string_view bytes);

} // namespace regtrail::store
