#include "parse/annual/unit_names.hpp"

#include "model/characters.hpp"
#include "parse/ecfr/inline_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace regtrail::parse {
namespace {

constexpr std::string_view en_dash = "\xE2\x80\x93";
constexpr std::string_view em_dash = "\xE2\x80\x94";

/// Dashes of any length as "-".
std::string with_hyphens(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with(en_dash) || text.substr(i).starts_with(em_dash)) {
      out.push_back('-');
      i += en_dash.size() - 1;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

std::string text_of_first(const pugi::xml_node& element, std::string_view name) {
  return resolve_inline(
             element.find_node([&](const pugi::xml_node& node) { return name == node.name(); }))
      .text;
}

/// "744" behind one of `words` in `text` (lower case): "744", "744a", "750-799".
std::string number_behind(std::string_view text, std::string_view word) {
  const std::size_t at = text.find(word);
  if (at == std::string_view::npos) {
    return {};
  }
  std::size_t from = at + word.size();
  while (from < text.size() && !is_digit(text[from])) {
    ++from;
  }
  std::size_t to = from;
  while (to < text.size() &&
         (is_digit(text[to]) ||
          (to > from && text[to] == '-' && to + 1 < text.size() && is_digit(text[to + 1])))) {
    ++to;
  }
  return std::string(text.substr(from, to - from));
}

struct Word {
  std::string_view abbreviated;
  std::string_view full;
};

/// Kinds of appendix as running heads shorten them.
constexpr std::array kinds = {
    Word{"supp", "Supplement No."},
    Word{"app", "Appendix"},
    Word{"exh", "Exhibit"},
    Word{"sched", "Schedule"},
    Word{"attach", "Attachment"},
    Word{"fig", "Figure"},
    Word{"table", "Table"},
};

/// The name and its number in one piece of a running head: "Supp. No. 4", "App. A", "Pt. 744".
std::pair<std::string, std::string> head_piece(std::string_view piece) {
  piece = trimmed(piece, ".,");
  const std::size_t split = piece.find_first_of(". ");
  if (split == std::string_view::npos) {
    return {lowered(piece), {}};
  }
  std::string_view number = trimmed(piece.substr(split), ".,");
  if (lowered(number.substr(0, 3)) == "no." || lowered(number.substr(0, 4)) == "nos.") {
    number = trimmed(number.substr(number.find('.')), ".,");
  }
  return {lowered(piece.substr(0, split)), std::string(number)};
}

/// "Appendix A to Subpart G of Part 1" of "Pt. 1, Subpt. G, App. A"; nullopt where the head names
/// no appendix.
std::optional<std::string> name_from_running_head(std::string_view head, std::string_view part) {
  std::string of_part(part);
  std::string subpart;
  std::string name;
  while (!head.empty()) {
    const std::size_t comma = std::min(head.find(','), head.size());
    const auto [word, number] = head_piece(head.substr(0, comma));
    head.remove_prefix(std::min(comma + 1, head.size()));
    if (word == "pt" || word == "part") {
      of_part = number;
    } else if (word == "subpt" || word == "subpart") {
      subpart = number;
    } else {
      for (const Word& kind : kinds) {
        if (name.empty() && word.starts_with(kind.abbreviated) && !number.empty()) {
          // supplements with letters or Roman numbers are "Supplement I"
          const bool numbered = word.starts_with("supp") && is_digit(number[0]);
          name = word.starts_with("supp") && !numbered ? "Supplement" : std::string(kind.full);
          name += " " + number;
        }
      }
    }
  }
  if (name.empty() || of_part.empty()) {
    return std::nullopt;
  }
  return name + (subpart.empty() ? "" : " to Subpart " + subpart) +
         (subpart.empty() ? " to Part " : " of Part ") + of_part;
}

/// Words of a name in the case in which the eCFR's identifiers print them.
std::string in_identifier_case(std::string_view name) {
  static constexpr std::array<std::string_view, 13> words = {"Supplement",
                                                             "No.",
                                                             "Nos.",
                                                             "Appendix",
                                                             "Appendixes",
                                                             "Appendices",
                                                             "Exhibit",
                                                             "Schedule",
                                                             "Part",
                                                             "Subpart",
                                                             "to",
                                                             "of",
                                                             "and"};
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find(' ', at), name.size());
    const std::string_view word = name.substr(at, end - at);
    const auto known = std::find_if(words.begin(), words.end(), [&](std::string_view candidate) {
      return lowered(candidate) == lowered(word);
    });
    if (!word.empty()) {
      out += (out.empty() ? "" : " ") + std::string(known == words.end() ? word : *known);
    }
    at = end + 1;
  }
  return out;
}

} // namespace

std::string part_number_of(const pugi::xml_node& part_element) {
  const std::string running_head = lowered(text_of_first(part_element, "EAR"));
  for (const std::string_view element : {"HD", "RESERVED"}) {
    const std::string heading = lowered(with_hyphens(text_of_first(part_element, element)));
    if (std::string number = number_behind(heading, "part"); !number.empty()) {
      return number;
    }
  }
  return number_behind(running_head, "pt.");
}

std::string section_number(std::string_view printed) {
  std::string text = with_hyphens(printed);
  for (const std::string_view word : {" and ", " through ", " to "}) {
    if (const std::size_t at = text.find(word); at != std::string::npos) {
      text.replace(at, word.size(), "-");
    }
  }
  std::string number;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool sign = text.substr(i, 2) == "\xC2\xA7" || text.substr(i, 2) == "\xC2\xA0";
    if (sign) {
      ++i;
    } else if (text[i] != ' ' && text[i] != '\n' && text[i] != '\t' && text[i] != '\r') {
      number.push_back(text[i]);
    }
  }
  const std::size_t first = number.find_first_of("0123456789");
  return std::string(trimmed(std::string_view(number).substr(std::min(first, number.size())), "."));
}

std::string
appendix_name(std::string_view heading, std::string_view running_head, std::string_view part) {
  std::string_view front = heading;
  for (const std::string_view end :
       {em_dash, en_dash, std::string_view("--"), std::string_view(" ["), std::string_view(": ")}) {
    front = front.substr(0, front.find(end));
  }
  std::string name = in_identifier_case(trimmed(front));
  if (name.find(" to Part ") != std::string::npos || name.find(" of Part ") != std::string::npos) {
    return name;
  }
  if (auto from_head = name_from_running_head(running_head, part)) {
    return std::move(*from_head);
  }
  return name;
}

} // namespace regtrail::parse
