#include "federal_register/instruction_list_internal.hpp"
#include "model/scan.hpp"

#include <charconv>
#include <utility>

namespace regtrail::federal_register {
namespace {

/// "5", "2.b", "11.a.ii" at `pos`; advances `pos`. "" where there is none.
std::string read_ordinal(std::string_view text, std::size_t& pos) {
  std::size_t at = pos;
  const auto number = read_int(text, at);
  if (!number || at - pos > 3) {
    return {};
  }
  std::string ordinal(text.substr(pos, at - pos));
  while (at + 1 < text.size() && (text[at] == '.' || text[at] == '(') && is_lower(text[at + 1])) {
    std::size_t end = at + 1;
    while (end < text.size() && is_lower(text[end])) {
      ++end;
    }
    if (end - at > 5) {
      break; // the next sentence
    }
    ordinal += "." + std::string(text.substr(at + 1, end - at - 1));
    at = end + (text[at] == '(' && end < text.size() && text[end] == ')' ? 1U : 0U);
  }
  if (at < text.size() && is_lower(text[at]) &&
      (at + 1 == text.size() || !is_alnum(text[at + 1]))) {
    ordinal += std::string(".") + text[at]; // "5a"
    ++at;
  }
  if (at < text.size() && is_alnum(text[at])) {
    return {};
  }
  pos = at;
  return ordinal;
}

void append_range(std::vector<std::string>& list, const std::string& last) {
  int from = 0;
  int to = 0;
  const std::string& first = list.back();
  const auto read_from = std::from_chars(first.data(), first.data() + first.size(), from);
  const auto read_to = std::from_chars(last.data(), last.data() + last.size(), to);
  constexpr int longest_range = 200;
  const bool plain =
      read_from.ptr == first.data() + first.size() && read_to.ptr == last.data() + last.size();
  for (int i = from + 1; plain && i < to && i - from < longest_range; ++i) {
    list.push_back(std::to_string(i));
  }
  list.push_back(last);
}

/// Behind "(§ 740.2)": what the instruction amends.
std::size_t skip_remark(std::string_view text, std::size_t pos) {
  constexpr std::size_t longest = 80;
  if (pos >= text.size() || text[pos] != '(') {
    return pos;
  }
  const std::size_t length = text.substr(pos, longest).find(')');
  return length == std::string_view::npos ? pos : skip_blanks(text, pos + length + 1);
}

} // namespace

InstructionList find_instruction_list(std::string_view text) {
  InstructionList list;
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t word = text.find("instruction", from);
    if (word == std::string_view::npos) {
      return {};
    }
    std::size_t at = word + std::string_view("instruction").size();
    at += text.substr(at).starts_with('s') ? 1U : 0U;
    at = skip_blanks(text, at);
    for (const std::string_view filler : {"numbers", "number", "nos.", "no."}) {
      if (text.substr(at).starts_with(filler)) {
        at = skip_blanks(text, at + filler.size());
      }
    }
    at = at < text.size() && text[at] == ':' ? skip_blanks(text, at + 1) : at;
    list.begin = word;
    bool range = false;
    while (true) {
      std::size_t pos = at;
      std::string ordinal = read_ordinal(text, pos);
      if (ordinal.empty()) {
        break;
      }
      if (range && !list.numbers.empty()) {
        append_range(list.numbers, ordinal);
      } else {
        list.numbers.push_back(std::move(ordinal));
      }
      list.end = pos;
      at = skip_remark(text, skip_blanks(text, pos));
      at = at < text.size() && text[at] == ',' ? skip_blanks(text, at + 1) : at;
      range = false;
      for (const std::string_view separator : {"and", "or", "through", "to", "-"}) {
        if (text.substr(at).starts_with(separator)) {
          range = separator == "through" || separator == "to" || separator == "-";
          at = skip_blanks(text, at + separator.size());
          break;
        }
      }
      if (text.substr(at).starts_with("instruction")) {
        at += text.substr(at).starts_with("instructions") ? 12U : 11U;
        at = skip_blanks(text, at);
      }
    }
    if (!list.numbers.empty()) {
      return list;
    }
    from = word + 1;
  }
  return {};
}

} // namespace regtrail::federal_register
