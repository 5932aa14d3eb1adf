#include "parse/json_answer.hpp"

#include "model/text.hpp"

#include <fmt/format.h>

#include <charconv>

namespace regtrail::parse {

using nlohmann::json;

namespace {

constexpr int max_depth = 64;

bool nested_too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > max_depth) {
        return true;
      }
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

/// JSON text of anything, with U+FFFD for what is not UTF-8.
std::string dumped(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace

JsonAnswer::JsonAnswer(json root, std::string_view source_name)
    : m_root(std::move(root)),
      m_source_name(source_name) {}

Result<JsonAnswer> JsonAnswer::read(std::string_view text, std::string_view source_name) {
  if (nested_too_deep(text)) {
    return fail(ErrorKind::too_large,
                fmt::format("cannot read '{}': JSON nested more than {} deep; the answer is kept "
                            "as received, the next sync asks again",
                            source_name,
                            max_depth));
  }
  json root = json::parse(text, nullptr, false);
  if (root.is_discarded()) {
    return fail(ErrorKind::malformed,
                fmt::format("cannot read '{}': not JSON ({} bytes, beginning '{}'); the answer is "
                            "kept as received, the next sync asks again",
                            source_name,
                            text.size(),
                            printable(text.substr(0, 40))));
  }
  return JsonAnswer(std::move(root), source_name);
}

tl::unexpected<Error> JsonAnswer::bad(const std::string& what) const {
  return fail(ErrorKind::malformed,
              fmt::format("cannot read '{}': {}; the answer is kept as received, the next sync "
                          "asks again",
                          m_source_name,
                          what));
}

std::string JsonAnswer::complaint() const {
  for (const char* key : {"error", "errors", "message"}) {
    if (m_root.is_object() && m_root.contains(key)) {
      return printable(text_of(m_root, key).substr(0, 200));
    }
  }
  return {};
}

Result<const json*> JsonAnswer::array(const char* key) const {
  if (!m_root.is_object()) {
    return bad(fmt::format("expected an object with '{}', got {}", key, m_root.type_name()));
  }
  const auto found = m_root.find(key);
  if (found == m_root.end()) {
    const std::string words = complaint();
    return bad(words.empty() ? fmt::format("expected '{}'", key)
                             : fmt::format("the service says '{}'", words));
  }
  if (!found->is_array()) {
    return bad(fmt::format("expected '{}' to be an array, got {}", key, found->type_name()));
  }
  return &*found;
}

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) {
    return {};
  }
  return found->is_string() ? found->get<std::string>() : dumped(*found);
}

std::optional<std::int64_t> number_of(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) {
    return std::nullopt;
  }
  if (found->is_number_integer()) {
    return found->get<std::int64_t>();
  }
  if (found->is_string()) {
    const auto& text = found->get_ref<const std::string&>();
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) {
      return value;
    }
  }
  return std::nullopt;
}

std::optional<Date> date_of_key(const json& object, const char* key) {
  const std::string text = text_of(object, key);
  const auto date = Date::parse(std::string_view(text).substr(0, 10));
  return date ? std::optional<Date>(*date) : std::nullopt;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

} // namespace regtrail::parse
