#include "parse/register_fields.hpp"
#include "parse/register_toml.hpp"
#include "parse/register_values_internal.hpp"

#include <fmt/format.h>

#include <optional>
#include <variant>

namespace regtrail::parse {

namespace {

/// A TOML basic string.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20U || byte == 0x7fU) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

std::string to_toml(const std::string& value) {
  return quoted(value);
}

std::string to_toml(bool value) {
  return value ? "true" : "false";
}

/// TOML's 1 is an integer; the shortest form that reads back is kept for everything else.
std::string to_toml(double value) {
  const auto text = fmt::format("{}", value);
  return text + (text.find_first_of(".e") == std::string::npos ? ".0" : "");
}

std::string to_toml(const Parameter& parameter) {
  return quoted(to_string(parameter));
}

std::string to_toml(const Owner& owner) {
  return owner.percent ? fmt::format("{{ name = {}, percent = {} }}",
                                     quoted(owner.name),
                                     to_toml(*owner.percent))
                       : fmt::format("{{ name = {} }}", quoted(owner.name));
}

/// nullopt for a value that is not written: an empty one.
template<typename Value>
std::optional<std::string> written(const Value& value, bool /*required*/) {
  return to_toml(value);
}

std::optional<std::string> written(const std::string& value, bool required) {
  return value.empty() && !required ? std::nullopt : std::optional(quoted(value));
}

template<typename Value>
std::optional<std::string> written(const std::optional<Value>& value, bool /*required*/) {
  return value ? std::optional(to_toml(*value)) : std::nullopt;
}

template<typename Value>
std::optional<std::string> written(const std::vector<Value>& values, bool /*required*/) {
  if (values.empty()) {
    return std::nullopt;
  }
  std::string out = "[";
  for (const Value& value : values) {
    out += (out.size() == 1 ? "" : ", ") + to_toml(value);
  }
  return out + "]";
}

} // namespace

template<typename Entry>
std::optional<std::string> field_to_toml(const Entry& entry, const RegisterField<Entry>& field) {
  return std::visit(
      [&](auto member) -> std::optional<std::string> {
        return written(entry.*member, field.required);
      },
      field.member);
}

template<typename Entry>
std::string entry_to_toml(const Entry& entry) {
  std::string out = fmt::format("[[{}]]\n", regtrail::to_string(EntryTraits<Entry>::kind));
  for (const auto& field : register_fields<Entry>()) {
    if (const auto value = field_to_toml(entry, field)) {
      out += fmt::format("{} = {}\n", field.key, *value);
    }
  }
  return out;
}

#define REGTRAIL_ENTRY_(Entry)                                                                     \
  template std::optional<std::string> field_to_toml(const Entry&, const RegisterField<Entry>&);    \
  template std::string entry_to_toml(const Entry&);
REGTRAIL_ENTRY_(Category)
REGTRAIL_ENTRY_(Product)
REGTRAIL_ENTRY_(Party)
REGTRAIL_ENTRY_(Procedure)
REGTRAIL_ENTRY_(Destination)
REGTRAIL_ENTRY_(Watch)
#undef REGTRAIL_ENTRY_

} // namespace regtrail::parse
