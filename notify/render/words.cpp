// Word scripts for people: edits that stand close together merged, distant context cut.
#include "notify/render/terminal.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace regtrail::render {

namespace {

constexpr std::size_t gap_words = 2;
constexpr std::size_t short_word = 4; ///< bytes

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
         ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
}

/// Whether `text` between two edits holds at most two short words, on one line, and no digit: a
/// number that is struck and repeated would look changed.
bool is_short_gap(std::string_view text) {
  constexpr std::size_t longest = gap_words * short_word + 8;
  if (text.size() > longest || text.find('\n') != std::string_view::npos) {
    return false;
  }
  std::size_t words = 0;
  std::size_t length = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      return false;
    }
    length = is_word_byte(c) ? length + 1 : 0;
    words += length == 1 ? 1U : 0U;
    if (length > short_word || words > gap_words) {
      return false;
    }
  }
  return true;
}

/// Neighbouring edits, collected into one removal and one addition.
struct Cluster {
  std::string removed;
  std::string added;

  [[nodiscard]] bool empty() const { return removed.empty() && added.empty(); }

  void take(const WordRun& run) { (run.op == WordRun::Op::removed ? removed : added) += run.text; }

  void flush(std::vector<WordRun>& out) {
    if (!removed.empty()) {
      out.push_back({WordRun::Op::removed, std::move(removed)});
    }
    if (!added.empty()) {
      out.push_back({WordRun::Op::added, std::move(added)});
    }
    removed.clear();
    added.clear();
  }
};

/// The edits from `begin` up to the next common run.
std::size_t read_edits(const std::vector<WordRun>& words, std::size_t begin, Cluster& out) {
  std::size_t i = begin;
  while (i < words.size() && words[i].op != WordRun::Op::same) {
    out.take(words[i]);
    ++i;
  }
  return i;
}

/// Whether both sides of the merged edit would hold text of an edit.
bool may_join(const Cluster& left, const Cluster& right) {
  return !(left.removed.empty() && right.removed.empty()) &&
         !(left.added.empty() && right.added.empty());
}

/// First `count` words of `text` with the blanks before and between them.
std::string_view leading_words(std::string_view text, int count) {
  std::size_t i = 0;
  for (int word = 0; word < count && i < text.size(); ++word) {
    while (i < text.size() && is_blank(text[i])) {
      ++i;
    }
    while (i < text.size() && !is_blank(text[i])) {
      ++i;
    }
  }
  return text.substr(0, i);
}

std::string_view trailing_words(std::string_view text, int count) {
  std::size_t i = text.size();
  for (int word = 0; word < count && i > 0; ++word) {
    while (i > 0 && is_blank(text[i - 1])) {
      --i;
    }
    while (i > 0 && !is_blank(text[i - 1])) {
      --i;
    }
  }
  return text.substr(i);
}

bool has_words(std::string_view text) {
  for (const char c : text) {
    if (!is_blank(c)) {
      return true;
    }
  }
  return false;
}

std::string cut(std::string_view text, int head_words, int tail_words) {
  const std::string_view head = leading_words(text, head_words);
  const std::string_view tail = trailing_words(text.substr(head.size()), tail_words);
  if (!has_words(text.substr(head.size(), text.size() - head.size() - tail.size()))) {
    return std::string(text);
  }
  std::string out(head);
  if (!head.empty() && !is_blank(head.back())) {
    out += ' ';
  }
  out += "...";
  if (!tail.empty() && !is_blank(tail.front())) {
    out += ' ';
  }
  out += tail;
  return out;
}

} // namespace

std::vector<WordRun> merged_edits(const std::vector<WordRun>& words) {
  std::vector<WordRun> out;
  Cluster current;
  for (std::size_t i = 0; i < words.size();) {
    if (words[i].op != WordRun::Op::same) {
      i = read_edits(words, i, current);
      continue;
    }
    Cluster next;
    const std::size_t after = read_edits(words, i + 1, next);
    if (!current.empty() && !next.empty() && is_short_gap(words[i].text) &&
        may_join(current, next)) {
      current.removed += words[i].text + next.removed;
      current.added += words[i].text + next.added;
    } else {
      current.flush(out);
      out.push_back(words[i]);
      current = std::move(next);
    }
    i = after;
  }
  current.flush(out);
  return out;
}

std::vector<WordRun> abridge(const std::vector<WordRun>& words, int context) {
  std::vector<WordRun> out;
  out.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].op != WordRun::Op::same) {
      out.push_back(words[i]);
      continue;
    }
    const bool edit_before = i > 0;
    const bool edit_after = i + 1 < words.size();
    const int head = edit_before || !edit_after ? context : 0;
    const int tail = edit_after ? context : 0;
    out.push_back({WordRun::Op::same, cut(words[i].text, head, tail)});
  }
  return out;
}

} // namespace regtrail::render
