// A text that gave way to "[Reserved]", or took its place.
#include "diff/typed/typed_internal.hpp"
#include "model/characters.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace regtrail::diff::typed {

namespace {

constexpr std::string_view reserved = "[Reserved]";

/// "(iii)", "b.3.", "744.15", "1:": what stands in front of a text and is none of it.
bool is_designator(std::string_view token) {
  constexpr std::array<std::string_view, 7> words = {
      "\u00a7", "through", "to", "and", "Note", "Technical", "paragraph"};
  if (std::find(words.begin(), words.end(), token) != words.end()) {
    return true;
  }
  if (token.size() > 2 && token.front() == '(' && token.back() == ')') {
    return token.size() <= 8;
  }
  const bool closed = token.back() == '.' || token.back() == ':' || token.back() == ',';
  std::size_t letters = 0;
  for (const char c : token) {
    letters = is_alpha(c) ? letters + 1 : 0;
    if (letters > 1 || (!is_alnum(c) && c != '.' && c != ':' && c != ',')) {
      return false;
    }
  }
  const bool path = std::any_of(token.begin(), token.end(), is_digit) &&
                    token.find('.') != std::string_view::npos;
  return closed || path;
}

/// The length of the designators at the front of `text`, blanks behind them included.
std::size_t designators_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    const std::size_t end = std::min(text.find(' ', length), text.size());
    std::string_view token = text.substr(length, end - length);
    if (token.starts_with("\u00a7") && token.size() > 2) {
      token.remove_prefix(2); // normalise() takes the blank out of "§ 744.15"
    }
    if (token.empty() || !is_designator(token)) {
      break;
    }
    length = std::min(end + 1, text.size());
  }
  return length;
}

/// What the law prints in front of "[Reserved]" when there is nothing else; nullopt otherwise.
/// `other` is the other side: of a collapsed paragraph the label repeats the words before it.
std::optional<std::string_view> label_of_reserved(std::string_view text, std::string_view other) {
  while (!text.empty() && (text.back() == '.' || text.back() == ';')) {
    text.remove_suffix(1);
  }
  if (!text.ends_with(reserved)) {
    return std::nullopt;
  }
  const std::string_view label = text.substr(0, text.size() - reserved.size());
  if (designators_length(label) == label.size()) {
    return label;
  }
  return label.ends_with(") ") && other.starts_with(label) ? std::optional(label) : std::nullopt;
}

std::string without_label(std::string_view text, std::string_view label) {
  const std::size_t length = text.starts_with(label) ? label.size() : designators_length(text);
  return std::string(text.substr(length));
}

} // namespace

bool type_reserved(Change& change, const Law& law) {
  const std::string before = normalise(change.before);
  const std::string after = normalise(change.after);
  const auto gone = label_of_reserved(after, before);
  const auto back = label_of_reserved(before, after);
  if (gone.has_value() == back.has_value()) {
    return false;
  }
  const bool item = change.node_kind == NodeKind::item;
  const std::string text = gone ? without_label(before, *gone) : without_label(after, *back);
  add(change,
      Type::scope,
      item ? "item" : "text",
      gone ? Texts{text, std::string(reserved)} : Texts{std::string(reserved), text},
      judge_whole(change, law, text, !gone));
  return true;
}

} // namespace regtrail::diff::typed
