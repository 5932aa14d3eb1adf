#include "ear/path_set.hpp"

#include "model/scan.hpp"

#include <charconv>

namespace regtrail::ear {

namespace {

constexpr int max_range = 64;

/// What may stand between two members of a list: ", ", " and ", ", or ", " to ".
enum class Separator { none, list, range };

Separator read_separator(std::string_view text, std::size_t& pos) {
  std::size_t at = skip_blanks(text, pos);
  if (at + 1 < text.size() && text[at] == '.' && text[at + 1] == ',') {
    ++at; // "b.8, b.9., b.10"
  }
  const bool comma = at < text.size() && text[at] == ',';
  if (comma) {
    at = skip_blanks(text, at + 1);
  }
  Separator separator = comma ? Separator::list : Separator::none;
  for (const std::string_view word : {"and", "or", "to", "through"}) {
    if (at > pos && has_word_at(text, at, word)) {
      separator = word == "to" || word == "through" ? Separator::range : Separator::list;
      at = skip_blanks(text, at + word.size());
      break;
    }
  }
  if (separator != Separator::none) {
    pos = at;
  }
  return separator;
}

std::string_view last_step(std::string_view path) {
  return path.substr(path.rfind('.') + 1);
}

std::string_view parent_path(std::string_view path) {
  const auto dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : path.substr(0, dot);
}

std::string join(std::string_view parent, std::string_view step) {
  return parent.empty() ? std::string(step) : std::string(parent) + "." + std::string(step);
}

/// "a.1" to "a.3" or "k" to "n": the members after the first; empty when it is no range.
std::vector<std::string> range_after(std::string_view first, std::string_view last) {
  const auto parent = parent_path(first);
  const auto from = last_step(first);
  const auto to = last_step(last);
  if (parent != parent_path(last) && last.find('.') != std::string_view::npos) {
    return {};
  }
  std::vector<std::string> members;
  if (is_lower(from.front()) && is_lower(to.front())) {
    for (char c = static_cast<char>(from.front() + 1); c <= to.front(); ++c) {
      members.push_back(join(parent, std::string(1, c)));
    }
  } else if (is_digit(from.front()) && is_digit(to.front())) {
    int low = 0;
    int high = 0;
    std::from_chars(from.data(), from.data() + from.size(), low);
    std::from_chars(to.data(), to.data() + to.size(), high);
    for (int n = low + 1; n <= high && n - low <= max_range; ++n) {
      members.push_back(join(parent, std::to_string(n)));
    }
  }
  return members;
}

/// "3B001.a and a wafer": a bare "a" before a word is an article, not a paragraph.
bool is_article(std::string_view text, std::size_t begin, std::size_t end) {
  if (end - begin != 1 || text[begin] != 'a') {
    return false;
  }
  const std::size_t next = skip_blanks(text, end);
  if (next == end || next >= text.size() || !is_alpha(text[next])) {
    return false;
  }
  for (const std::string_view word : {"and", "or", "to", "through", "except", "when"}) {
    if (has_word_at(text, next, word)) {
      return false;
    }
  }
  return true;
}

struct Member {
  std::string path;
  std::size_t begin;
  std::size_t end;
};

/// The list that goes on at `pos` after `first`; advances `pos` to its end. After "to" the same
/// ECCN may be repeated: "3A001.b to 3A001.h".
std::vector<Member>
read_list(std::string_view text, std::size_t& pos, std::string_view eccn, Member first) {
  std::vector<Member> members{std::move(first)};
  while (true) {
    std::size_t at = pos;
    const Separator separator = read_separator(text, at);
    if (separator == Separator::none) {
      break;
    }
    const std::size_t begin = at;
    if (separator == Separator::range && !eccn.empty() && has_eccn_at(text, at) &&
        text.substr(at, 5) == eccn) {
      at += 5;
    }
    const std::string path = read_path(text, at, LeadingDot::optional);
    if (path.empty() || is_article(text, begin, at)) {
      break;
    }
    if (separator == Separator::range) {
      const auto inner = range_after(members.back().path, path);
      if (inner.empty()) {
        break;
      }
      for (const auto& member : inner) {
        members.push_back({member, begin, at});
      }
    } else {
      members.push_back({path, begin, at});
    }
    pos = at;
  }
  return members;
}

} // namespace

std::vector<EccnMention> find_eccns(std::string_view text) {
  const Folded folded(text);
  const auto plain = folded.text();
  std::vector<EccnMention> mentions;
  for (std::size_t i = 0; i + 5 <= plain.size();) {
    if (!is_digit(plain[i]) || !has_eccn_at(plain, i)) {
      ++i;
      continue;
    }
    const std::string eccn(plain.substr(i, 5));
    std::size_t pos = i + 5;
    std::string path = read_path(plain, pos, LeadingDot::required);
    const auto mention = [&](const Member& member) {
      mentions.push_back({eccn,
                          member.path,
                          folded.original_begin(member.begin),
                          folded.original_end(member.end)});
    };
    if (path.empty()) {
      mention({path, i, pos});
    } else {
      for (const auto& member : read_list(plain, pos, eccn, {std::move(path), i, pos})) {
        mention(member);
      }
    }
    i = pos;
  }
  return mentions;
}

namespace {

struct PathList {
  std::vector<std::string> paths;
  bool whole = false; ///< nothing follows the list
};

PathList read_paths(std::string_view plain) {
  for (const std::string_view word : {"paragraphs", "paragraph", "items", "item"}) {
    if (has_word_at(plain, 0, word)) {
      plain = trimmed(plain.substr(word.size()));
    }
  }
  for (const std::string_view tail : {"of this entry", "of this eccn"}) {
    if (plain.size() > tail.size() && has_at(plain, plain.size() - tail.size(), tail)) {
      plain = trimmed(plain.substr(0, plain.size() - tail.size()));
    }
  }
  PathList list;
  std::string eccn;
  std::size_t pos = 0;
  while (pos < plain.size()) {
    if (!list.paths.empty() && read_separator(plain, pos) != Separator::list) {
      return list;
    }
    auto lead = LeadingDot::optional;
    const std::size_t begin = pos;
    if (has_eccn_at(plain, pos)) {
      const std::string named(plain.substr(pos, 5));
      if (!eccn.empty() && named != eccn) {
        return list;
      }
      eccn = named;
      pos += 5;
      lead = LeadingDot::required;
    }
    std::string path = read_path(plain, pos, lead);
    if (path.empty() || (lead == LeadingDot::optional && is_article(plain, begin, pos))) {
      return list;
    }
    for (auto& member : read_list(plain, pos, eccn, {std::move(path), begin, pos})) {
      list.paths.push_back(std::move(member.path));
    }
  }
  list.whole = true;
  return list;
}

} // namespace

std::optional<std::vector<std::string>> parse_path_set(std::string_view text) {
  const Folded folded(text);
  PathList list = read_paths(trimmed(folded.text(), ".;:"));
  return list.whole && !list.paths.empty() ? std::optional(std::move(list.paths)) : std::nullopt;
}

std::vector<std::string> leading_paths(std::string_view text) {
  const Folded folded(text);
  return read_paths(trimmed(folded.text(), ".;:")).paths;
}

} // namespace regtrail::ear
