// Differences of form that leave the rule as it was: letter case, the section sign, spelling,
// punctuation, the name of an office.
#include "diff/typed/tokens_internal.hpp"
#include "diff/typed/typed_internal.hpp"
#include "ear/threshold.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "model/supplement.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::diff::typed {

namespace {

constexpr std::string_view negations =
    "no|not|nor|unless|except|non|never|none|neither|without|cannot|excluding|excluded|exempt";
constexpr std::string_view joining = "and|or|any|all|each|either|both";
constexpr std::string_view numbers =
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    "fifty|sixty|hundred|thousand|first|second|third|half|twice|once";

/// A word whose place in a text decides what the text says: no slip of the pen touches it.
bool is_weighty(const std::string& word) {
  return is_one_of(word, negations) || is_one_of(word, joining) || is_one_of(word, numbers) ||
         std::any_of(word.begin(), word.end(), is_digit);
}

bool has_digit(const Token& token) {
  return std::any_of(token.key.begin(), token.key.end(), is_digit);
}

/// "a", "ii", "iv": what stands in the parentheses of a designator.
bool is_letter_of_list(std::string_view word) {
  return word.size() == 1 || (word.size() == 2 && word[0] == word[1]) ||
         word.find_first_not_of("ivxlc") == std::string_view::npos;
}

/// One letter more, less or other, or two neighbours in the other order.
bool is_slip(const std::string& left, const std::string& right) {
  constexpr std::size_t shortest = 3;
  const std::string& shorter = left.size() <= right.size() ? left : right;
  const std::string& longer = left.size() <= right.size() ? right : left;
  if (shorter.size() < shortest || longer.size() - shorter.size() > 1) {
    return false;
  }
  const auto [here, there] = std::mismatch(shorter.begin(), shorter.end(), longer.begin());
  if (here == shorter.end()) {
    return true;
  }
  if (shorter.size() < longer.size()) {
    return std::equal(here, shorter.end(), there + 1);
  }
  if (std::equal(here + 1, shorter.end(), there + 1)) {
    return true;
  }
  return here + 1 != shorter.end() && *here == there[1] && here[1] == *there &&
         std::equal(here + 2, shorter.end(), there + 2);
}

/// True when `name` stands in the texts of `units` other than as a part of `other` (both lower
/// case).
bool stands_in(std::span<const Unit> units, const std::string& name, const std::string& other) {
  const bool is_part = other.find(name) != std::string::npos;
  bool found = false;
  each_text(units, [&](const std::string& text) {
    if (found || find_word(text, name) == std::string_view::npos) {
      return;
    }
    std::string rest = lowered(text);
    for (auto at = rest.find(other); is_part && at != std::string::npos;
         at = rest.find(other, at)) {
      rest.erase(at, other.size());
    }
    found = find_word(rest, name) != std::string_view::npos;
  });
  return found;
}

/// The tokens [begin, end) of one side.
struct Stretch {
  const Tokens& tokens;
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] bool empty() const { return begin == end; }

  [[nodiscard]] std::size_t size() const { return end - begin; }

  template<typename Holds>
  [[nodiscard]] bool all(Holds holds) const {
    return std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                       tokens.begin() + static_cast<std::ptrdiff_t>(end),
                       holds);
  }

  [[nodiscard]] const Token* before() const { return begin > 0 ? &tokens[begin - 1] : nullptr; }

  [[nodiscard]] const Token* behind() const { return end < tokens.size() ? &tokens[end] : nullptr; }

  [[nodiscard]] std::vector<std::string> words() const {
    std::vector<std::string> words;
    for (std::size_t i = begin; i < end; ++i) {
      if (tokens[i].is_word) {
        words.push_back(tokens[i].key);
      }
    }
    return words;
  }

  /// As printed, with the word on either side.
  [[nodiscard]] std::string in_context() const {
    return printed(tokens, begin > 0 ? begin - 1 : 0, std::min(end + 1, tokens.size()));
  }

  [[nodiscard]] std::string text() const { return printed(tokens, begin, end); }
};

/// A comma or semicolon behind which the last member of a list follows: "bolts, nuts and". The
/// members that end a paragraph ("; and") are no list within it.
bool leads_to_conjunction(const Stretch& marks) {
  constexpr std::size_t words_of_member = 2;
  const auto joins = [&](std::size_t i) {
    return i < marks.tokens.size() && is_one_of(marks.tokens[i].key, "and|or");
  };
  if (marks.begin > 0 && joins(marks.begin - 1)) {
    return true;
  }
  for (std::size_t i = marks.end; i <= marks.end + words_of_member; ++i) {
    if (joins(i)) {
      return i + 1 < marks.tokens.size();
    }
    if (i >= marks.tokens.size() || !marks.tokens[i].is_word) {
      return false;
    }
  }
  return false;
}

/// The commas and semicolons, in order.
std::string separators(const Stretch& marks) {
  std::string found;
  for (std::size_t i = marks.begin; i < marks.end; ++i) {
    found += marks.tokens[i].key == "," || marks.tokens[i].key == ";" ? marks.tokens[i].key : "";
  }
  return found;
}

/// A mark that only parts words. Inside numbers and designators, and of any other kind, marks say
/// something.
bool only_parts_words(const Stretch& marks) {
  const auto is_parting = [](const Token& token) {
    return !token.is_word && is_one_of(token.key, ",|;|:|.|(|)|[|]|-");
  };
  if (!marks.all(is_parting)) {
    return false;
  }
  const Token* before = marks.before();
  const Token* behind = marks.behind();
  const bool glued = !marks.empty() && marks.tokens[marks.begin].is_glued;
  const bool glued_behind = behind != nullptr && behind->is_glued;
  if (glued && glued_behind && before != nullptr && (has_digit(*before) || has_digit(*behind))) {
    return false;
  }
  for (std::size_t i = marks.begin; i < marks.end; ++i) {
    const std::string& mark = marks.tokens[i].key;
    const Token* left = i > 0 ? &marks.tokens[i - 1] : nullptr;
    const Token* right = i + 1 < marks.tokens.size() ? &marks.tokens[i + 1] : nullptr;
    const auto designates = [](const Token* token) {
      return token != nullptr && token->is_word &&
             (has_digit(*token) || is_letter_of_list(token->key));
    };
    if (((mark == "(" || mark == "[") && designates(right)) ||
        ((mark == ")" || mark == "]") && designates(left)) ||
        (mark == "-" &&
         ((left != nullptr && has_digit(*left)) || (right != nullptr && has_digit(*right))))) {
      return false;
    }
  }
  return true;
}

constexpr std::string_view offices =
    "office|offices|bureau|division|department|directorate|center|centre|branch|administration|"
    "agency|service|commission|committee|board|secretary|director|administrator";

/// Departments that stand side by side: one in place of another is no new name.
constexpr std::string_view departments =
    "state|commerce|defense|energy|treasury|justice|labor|transportation|agriculture|interior|"
    "education|health|homeland";

bool is_capital(const Token& token) {
  return token.is_word && !token.printed.empty() && is_upper(token.printed.front());
}

/// `edit` with the capitalised words around it: "Office of Exporter Services".
Stretch whole_name(const Stretch& edit) {
  const Tokens& tokens = edit.tokens;
  const auto is_linked = [&](std::size_t i) {
    return is_one_of(tokens[i].key, "of|for|and|the|on");
  };
  Stretch name = edit;
  while (name.begin > 0 &&
         (is_capital(tokens[name.begin - 1]) ||
          (name.begin > 1 && is_linked(name.begin - 1) && is_capital(tokens[name.begin - 2])))) {
    --name.begin;
  }
  while (name.end < tokens.size() &&
         (is_capital(tokens[name.end]) || (name.end + 1 < tokens.size() && is_linked(name.end) &&
                                           is_capital(tokens[name.end + 1])))) {
    ++name.end;
  }
  return name;
}

/// True for words that all can stand in the name of an office, one of them saying what it is.
bool names_an_office(const Stretch& name) {
  const auto fits = [](const Token& token) {
    return is_capital(token) || is_one_of(token.key, "of|for|and|the|on");
  };
  const std::vector<std::string> words = name.words();
  return name.all(fits) && std::any_of(words.begin(), words.end(), [](const std::string& word) {
           return is_one_of(word, offices);
         });
}

bool names_a_department(const Stretch& name) {
  const std::vector<std::string> words = name.words();
  return std::find(words.begin(), words.end(), "department") != words.end() &&
         std::any_of(words.begin(), words.end(), [](const std::string& word) {
           return is_one_of(word, departments);
         });
}

/// Judges all differences between two texts; one that is not of form makes the whole a revision.
class Forms {
public:
  Forms(const Change& change, const Law& law)
      : m_law(law),
        m_texts{without_label(change.before, change.was ? *change.was : change.at, change),
                without_label(change.after, change.at, change)},
        m_before(tokens_of(m_texts.before)),
        m_after(tokens_of(m_texts.after)),
        // The names of parties are not words.
        m_is_party_list(is_in_party_list(change.at) &&
                        !has_step(change.at, "License requirement") &&
                        !has_step(change.at, "License review policy")) {}

  /// False when something beside the form differs, or nothing does.
  bool judge() {
    const auto edits = edits_between(m_before, m_after);
    if (!edits) {
      return false;
    }
    for (const Edit& edit : *edits) {
      for (const Stretch& stretch : {Stretch{m_before, edit.before_begin, edit.before_end},
                                     Stretch{m_after, edit.after_begin, edit.after_end}}) {
        const std::vector<std::string> words = stretch.words();
        m_edited.insert(m_edited.end(), words.begin(), words.end());
      }
    }
    std::size_t i = 0;
    std::size_t j = 0;
    for (const Edit& edit : *edits) {
      if (!judge_equal(i, j, edit.before_begin - i) || !judge_edit(edit)) {
        return false;
      }
      i = edit.before_end;
      j = edit.after_end;
    }
    return judge_equal(i, j, m_before.size() - i) && !m_found.empty();
  }

  void report(Change& change) const {
    for (const Found& found : m_found) {
      add(change, found.type, std::string(found.subject), found.texts, found.verdict);
    }
  }

private:
  struct Found {
    Type type = Type::nomenclature;
    std::string_view subject;
    Texts texts;
    Verdict verdict;
  };

  /// A paragraph or item that has another designator now does not differ by it.
  static std::string
  without_label(const std::string& text, const Citation& at, const Change& change) {
    if (!change.was || at.steps().empty() || at.steps().back().kind == Step::Kind::named) {
      return text;
    }
    const Step& last = at.steps().back();
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view label = std::string_view(text).substr(0, end);
    const bool labelled = last.kind == Step::Kind::paragraph
                              ? label == last.name
                              : trimmed(label, ".").ends_with(last.name);
    return labelled ? text.substr(end) : text;
  }

  void find(std::string_view subject, Texts texts, std::string_view rule) {
    find({Type::nomenclature, subject, std::move(texts), {Direction::neutral, rule}});
  }

  void find(Found found) {
    const bool known = std::any_of(m_found.begin(), m_found.end(), [&](const Found& each) {
      return each.subject == found.subject && each.texts.before == found.texts.before &&
             each.texts.after == found.texts.after;
    });
    if (!known) {
      m_found.push_back(std::move(found));
    }
  }

  /// `count` tokens that are the same but for their print.
  bool judge_equal(std::size_t i, std::size_t j, std::size_t count) {
    for (std::size_t k = 0; k < count;) {
      if (m_before[i + k].printed == m_after[j + k].printed) {
        ++k;
        continue;
      }
      const std::size_t begin = k;
      for (; k < count && m_before[i + k].printed != m_after[j + k].printed; ++k) {
        if (m_before[i + k].key != section_key && !is_free_case(i + k, j + k)) {
          return false;
        }
      }
      const Texts texts{printed(m_before, i + begin, i + k), printed(m_after, j + begin, j + k)};
      if (m_before[i + begin].key == section_key) {
        find("section sign", texts, "another form of the section sign");
      } else {
        find("letter case", texts, "only capital and small letters differ");
      }
    }
    return true;
  }

  /// False where the case of a letter says something: in ECCNs, designators and units.
  [[nodiscard]] bool is_free_case(std::size_t i, std::size_t j) const {
    const Token& before = m_before[i];
    const Token& after = m_after[j];
    const Token* left = i > 0 ? &m_before[i - 1] : nullptr;
    const Token* right = i + 1 < m_before.size() ? &m_before[i + 1] : nullptr;
    const bool designates = left != nullptr && right != nullptr && left->key == "(" &&
                            right->key == ")" && is_letter_of_list(before.key);
    const bool is_measure = left != nullptr && has_digit(*left) &&
                            (ear::is_unit(before.printed) || ear::is_unit(after.printed)) &&
                            ear::convert(1.0, before.printed, after.printed) != 1.0;
    const bool is_path = left != nullptr && left->key == "." && before.is_glued;
    return !has_digit(before) && !designates && !is_measure && !is_path;
  }

  bool judge_edit(const Edit& edit) {
    const Stretch gone{m_before, edit.before_begin, edit.before_end};
    const Stretch come{m_after, edit.after_begin, edit.after_end};
    const std::vector<std::string> gone_words = gone.words();
    const std::vector<std::string> come_words = come.words();
    if (gone_words.empty() && come_words.empty()) {
      return judge_marks(gone, come);
    }
    if (m_is_party_list || gone_words.empty() != gone.empty() ||
        come_words.empty() != come.empty()) {
      return false;
    }
    return judge_office(gone, come) ||
           (std::none_of(gone_words.begin(), gone_words.end(), is_weighty) &&
            std::none_of(come_words.begin(), come_words.end(), is_weighty) &&
            (judge_repeated(gone, come) || judge_spelling(gone, come, gone_words, come_words)));
  }

  bool judge_marks(const Stretch& gone, const Stretch& come) {
    if (!only_parts_words(gone) || !only_parts_words(come)) {
      return false;
    }
    const Texts texts{gone.in_context(), come.in_context()};
    if (separators(gone) != separators(come) &&
        (leads_to_conjunction(gone) || leads_to_conjunction(come))) {
      find(
          {Type::conjunction,
           "list",
           texts,
           {Direction::unclear, "a comma or semicolon may group the members of a list otherwise"}});
    } else {
      find("punctuation", texts, "only marks between words differ");
    }
    return true;
  }

  /// "the the" and "the".
  bool judge_repeated(const Stretch& gone, const Stretch& come) {
    const Stretch& more = gone.empty() ? come : gone;
    const std::size_t size = more.size();
    const bool other_empty = gone.empty() || come.empty();
    const auto same_at = [&](std::size_t from) {
      for (std::size_t k = 0; k < size; ++k) {
        if (more.tokens[from + k].key != more.tokens[more.begin + k].key) {
          return false;
        }
      }
      return true;
    };
    constexpr std::size_t longest = 3;
    if (!other_empty || size > longest ||
        !((more.begin >= size && same_at(more.begin - size)) ||
          (more.end + size <= more.tokens.size() && same_at(more.end)))) {
      return false;
    }
    find("repeated word", {gone.in_context(), come.in_context()}, "a word stood there twice");
    return true;
  }

  bool judge_spelling(const Stretch& gone,
                      const Stretch& come,
                      const std::vector<std::string>& gone_words,
                      const std::vector<std::string>& come_words) {
    const auto joined = [](const std::vector<std::string>& words) {
      std::string all;
      for (const std::string& word : words) {
        std::copy_if(word.begin(), word.end(), std::back_inserter(all), [](char c) {
          return c != '\'' && c != '^' && c != '_';
        });
      }
      return all;
    };
    const auto is_joined = [](const Token& token) {
      return token.is_word || is_one_of(token.key, "-|.");
    };
    const Texts texts{gone.text(), come.text()};
    if (gone.all(is_joined) && come.all(is_joined) && joined(gone_words) == joined(come_words)) {
      find("spelling", texts, "the same letters, joined or parted otherwise");
      return true;
    }
    if (gone_words.size() != gone.size() || come_words.size() != come.size() ||
        gone_words.size() != come_words.size()) {
      return false;
    }
    for (std::size_t k = 0; k < gone_words.size(); ++k) {
      const std::string& before = gone_words[k];
      const std::string& after = come_words[k];
      const bool told_apart = (is_only_here(before) && !is_only_here(after)) ||
                              (is_only_here(after) && !is_only_here(before));
      if (!is_slip(before, after) || !told_apart) {
        return false;
      }
    }
    find("spelling", texts, "a spelling that stands nowhere else in the law gave way or came");
    return true;
  }

  bool judge_office(const Stretch& gone, const Stretch& come) {
    const Stretch before = whole_name(gone);
    const Stretch after = whole_name(come);
    if (!names_an_office(before) || !names_an_office(after) ||
        (names_a_department(before) && names_a_department(after))) {
      return false;
    }
    const std::string former = lowered(before.text());
    const std::string present = lowered(after.text());
    if (stands_in(m_law.after(), former, present) || stands_in(m_law.before(), present, former)) {
      return false;
    }
    find("name of an office",
         {before.text(), after.text()},
         "the former name stands nowhere any more, the new one stood nowhere before");
    return true;
  }

  /// True for a word that stands nowhere in the law but where it is edited here.
  [[nodiscard]] bool is_only_here(const std::string& word) const {
    const auto edited = std::count(m_edited.begin(), m_edited.end(), word);
    return m_law.count(word) <= static_cast<std::size_t>(edited);
  }

  const Law& m_law;
  Texts m_texts;
  Tokens m_before;
  Tokens m_after;
  bool m_is_party_list;
  std::vector<std::string> m_edited; ///< words that went or came
  std::vector<Found> m_found;
};

} // namespace

bool type_nomenclature(Change& change, const Law& law) {
  Forms forms(change, law);
  if (!forms.judge()) {
    return false;
  }
  forms.report(change);
  return true;
}

} // namespace regtrail::diff::typed
