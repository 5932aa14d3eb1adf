#include "diff/cause/overlap_internal.hpp"
#include "model/characters.hpp"
#include "model/digest.hpp"
#include "model/node.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <string>

namespace regtrail::diff::cause {

namespace {

constexpr std::size_t run_length = 4;
constexpr std::size_t telling_runs = 5;

/// Letters and digits only, in lower case; every byte of another script is part of a word.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto end = [&] {
    if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  };
  for (const char c : normalise(text)) {
    if (is_alnum(c) || static_cast<unsigned char>(c) >= 0x80) {
      word.push_back(to_lower(c));
    } else {
      end();
    }
  }
  end();
  return words;
}

/// None of a text shorter than a run: too common to prove anything.
std::vector<std::uint64_t> runs_of(std::string_view text) {
  const std::vector<std::string> words = words_of(text);
  std::vector<std::uint64_t> runs;
  for (std::size_t i = 0; i + run_length <= words.size(); ++i) {
    std::string run;
    for (std::size_t k = i; k < i + run_length; ++k) {
      run += words[k] + ' ';
    }
    runs.push_back(hash128(run).low);
  }
  return runs;
}

void add_runs(Shingles& into, std::string_view text) {
  const std::vector<std::uint64_t> runs = runs_of(text);
  into.insert(runs.begin(), runs.end());
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// Blanks differ where words were taken out.
std::string without_blanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

Quoted quoted_by(const Operation& operation, const std::string& before, const std::string& after) {
  const std::string from = normalise(operation.old_words);
  const std::string to = normalise(operation.new_words);
  const bool had = !from.empty() && before.find(from) != std::string::npos;
  switch (operation.verb) {
  case Verb::replace_words:
  case Verb::remove_words:
    if (!had) {
      return Quoted::no;
    }
    if (without_blanks(replaced(before, from, to)) == without_blanks(after)) {
      return Quoted::exactly;
    }
    return to.empty() || after.find(to) != std::string::npos ? Quoted::alike : Quoted::no;
  case Verb::add_words: {
    const std::size_t at = to.empty() ? std::string::npos : after.find(to);
    if (at == std::string::npos || before.find(to) != std::string::npos) {
      return Quoted::no;
    }
    std::string without = after;
    without.erase(at, to.size());
    return without_blanks(without) == without_blanks(before) ? Quoted::exactly : Quoted::alike;
  }
  default:
    return Quoted::no;
  }
}

} // namespace

void add_set_out(Shingles& into, const Instruction& instruction) {
  for (const SetOutText& text : instruction.set_out) {
    add_runs(into, subtree_text(text.root));
  }
}

std::optional<double> NewWords::share_in(const Shingles& printed) const {
  if (runs.empty() || printed.empty()) {
    return std::nullopt;
  }
  const auto found = std::count_if(
      runs.begin(), runs.end(), [&](std::uint64_t run) { return printed.count(run) > 0; });
  return static_cast<double>(found) / static_cast<double>(runs.size());
}

NewWords new_words(const Change& change) {
  NewWords words;
  if (change.kind == ChangeKind::removed || change.before == change.after) {
    return words;
  }
  Shingles old;
  if (change.kind != ChangeKind::added) {
    add_runs(old, change.before);
  }
  words.runs = runs_of(change.after);
  std::erase_if(words.runs, [&](std::uint64_t run) { return old.count(run) > 0; });
  words.enough = words.runs.size() >= telling_runs;
  return words;
}

Quoted quoted_words(const Instruction& instruction, const Change& change) {
  if (change.kind != ChangeKind::revised) {
    return Quoted::no;
  }
  const std::string before = normalise(change.before);
  const std::string after = normalise(change.after);
  Quoted best = Quoted::no;
  for (const Operation& operation : instruction.operations) {
    best = std::max(best, quoted_by(operation, before, after));
  }
  return best;
}

} // namespace regtrail::diff::cause
