#include "parse/ecfr/note_labels.hpp"

#include "model/characters.hpp"
#include "model/citation.hpp"
#include "parse/ecfr/tree_builder.hpp"

#include <algorithm>
#include <array>

namespace regtrail::parse {
namespace {

/// Length of "(a)" or "( a )" at the front of `text`, 0 when it is something else.
std::size_t step_length(std::string_view text) {
  if (text.empty() || text[0] != '(') {
    return 0;
  }
  std::size_t at = text.size() > 1 && text[1] == ' ' ? 2 : 1;
  const std::size_t token = at;
  while (at < text.size() && is_alnum(text[at])) {
    ++at;
  }
  if (at == token || at - token > 5) {
    return 0;
  }
  at += at < text.size() && text[at] == ' ' ? 1 : 0;
  return at < text.size() && text[at] == ')' ? at + 1 : 0;
}

} // namespace

NoteLabel read_note_label(std::string_view hed) {
  NoteLabel label;
  label.printed = hed;
  const std::size_t colon = hed.find(':');
  std::string_view head = hed;
  if (colon != std::string_view::npos && colon < 40 && colon + 2 < hed.size()) {
    label.text = trimmed(hed.substr(colon + 1));
    label.printed = hed.substr(0, colon + 1);
    head = hed.substr(0, colon);
  }
  head = trimmed(head, ":.");
  static constexpr std::array<std::string_view, 3> prepositions = {" to ", " for ", " on "};
  std::size_t split = std::string_view::npos;
  std::size_t split_end = split;
  for (const std::string_view preposition : prepositions) {
    const std::size_t at = head.find(preposition);
    if (at < split) {
      split = at;
      split_end = at + preposition.size();
    }
  }
  if (split != std::string_view::npos) {
    label.place = head.substr(split_end);
    head = head.substr(0, split);
  }
  label.designator = head == "N.B" ? "N.B."
                     : head.starts_with("N.B. ") || head.starts_with("N.B.:")
                         ? as_designator(head)
                         : as_designator(head, 60);
  return label;
}

std::string first_paragraph_path(std::string_view text, std::size_t limit) {
  for (std::size_t at = text.find('('); at < std::min(limit, text.size());
       at = text.find('(', at + 1)) {
    std::string path;
    std::string_view rest = text.substr(at);
    while (const std::size_t length = step_length(rest)) {
      std::string step(rest.substr(0, length));
      step.erase(std::remove(step.begin(), step.end(), ' '), step.end());
      path += step;
      rest.remove_prefix(length);
      if (rest.starts_with(" (")) {
        break;
      }
    }
    if (!path.empty()) {
      return path;
    }
  }
  return {};
}

std::string_view leading_item_path(std::string_view text) {
  const auto letter = [&](std::size_t i) {
    return i < text.size() && text[i] >= 'a' && text[i] <= 'z';
  };
  const auto digit = [&](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  const auto word = [&](std::size_t i) { return i < text.size() && is_alnum(text[i]); };
  if (!letter(0) || word(1)) {
    return {};
  }
  std::size_t end = 1;
  while (end < text.size() && text[end] == '.') {
    const std::size_t at = end + 1;
    if (letter(at) && !word(at + 1)) {
      end = at + 1;
    } else if (digit(at)) {
      std::size_t stop = at + 1;
      while (digit(stop)) {
        ++stop;
      }
      if (stop - at > 2 || word(stop)) {
        break;
      }
      end = stop;
    } else {
      break;
    }
  }
  return text.substr(0, end);
}

std::optional<EccnPlace> first_eccn_place(std::string_view text, std::size_t limit) {
  for (std::size_t at = 0; at < std::min(limit, text.size()); ++at) {
    if (at > 0 && is_alnum(text[at - 1])) {
      continue;
    }
    if (text[at] >= '0' && text[at] <= '9' && at + 5 <= text.size() &&
        is_eccn(text.substr(at, 5))) {
      const std::string_view rest = text.substr(at + 5);
      if (!rest.empty() && is_alnum(rest[0])) {
        continue;
      }
      EccnPlace place{std::string(text.substr(at, 5)), {}};
      if (rest.starts_with('.')) {
        place.path = leading_item_path(rest.substr(1));
      }
      return place;
    }
    if (text[at] == '.' && (at == 0 || text[at - 1] == ' ')) {
      const std::string_view path = leading_item_path(text.substr(at + 1));
      if (!path.empty()) {
        return EccnPlace{{}, std::string(path)};
      }
    }
  }
  return std::nullopt;
}

} // namespace regtrail::parse
