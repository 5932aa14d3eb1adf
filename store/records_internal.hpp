// Values of the model as packed records, exact to the bit.
#pragma once

#include "model/category.hpp"
#include "model/change.hpp"
#include "model/citation.hpp"
#include "model/node.hpp"
#include "model/vocabulary.hpp"
#include "store/bytes_internal.hpp"
#include "store/trouble_internal.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::store {

template<typename Enum>
void write_enum(Writer& out, Enum value) {
  out.byte(static_cast<std::uint8_t>(value));
}

template<typename Enum>
Enum read_enum(Reader& in, Enum last) {
  const std::uint8_t value = in.byte();
  if (value > static_cast<std::uint8_t>(last)) {
    throw Damage("a word of a list that ends before it");
  }
  return static_cast<Enum>(value);
}

/// A value of a vocabulary, stored as its word.
template<typename Enum>
Enum read_word(Reader& in) {
  const auto value = parse_word<Enum>(in.string());
  if (!value) {
    throw Damage(value.error().message);
  }
  return *value;
}

void write(Writer& out, const Citation& citation);
Citation read_citation(Reader& in);
void write(Writer& out, std::optional<Date> date);
std::optional<Date> read_date(Reader& in);
void write(Writer& out, const std::vector<std::string>& strings);
std::vector<std::string> read_strings(Reader& in);
void write_problems(Writer& out, const std::vector<NotUnderstood>& problems);
std::vector<NotUnderstood> read_problems(Reader& in);

/// By kind and steps and not as text: a list entry's name may hold " / ".
std::string pack_citation(const Citation& citation);
Citation unpack_citation(std::string_view bytes);

/// The steps below the unit only; an entry of the CCL is the first step of its list.
std::string pack_steps(const Citation& place);
Citation unpack_steps(std::string_view bytes, const Citation& unit);

using Headers = std::vector<std::pair<std::string, std::string>>;

std::string pack_headers(const Headers& headers);
Headers unpack_headers(std::string_view bytes);

std::string pack_strings(const std::vector<std::string>& strings);
std::vector<std::string> unpack_strings(std::string_view bytes);

/// A unit's notes, problems and flag: what a version holds beside its tree.
std::string pack_extra(const Unit& unit);
void unpack_extra(std::string_view bytes, Unit& unit);

} // namespace regtrail::store
