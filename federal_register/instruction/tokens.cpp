#include "federal_register/instruction/tokens.hpp"

#include "federal_register/instruction/designators.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>

namespace regtrail::federal_register::instruction_detail {

namespace {

constexpr std::string_view section_sign = "\u00a7";
constexpr std::string_view opening_quote = "\u201c";
constexpr std::string_view closing_quote = "\u201d";
constexpr std::string_view opening_single = "\u2018";
constexpr std::string_view closing_single = "\u2019";

class Lexer {
public:
  explicit Lexer(std::string_view text) : m_text(text), m_folded(text), m_plain(m_folded.text()) {}

  Tokens read();

private:
  [[nodiscard]] std::string_view original(std::size_t begin, std::size_t end) const {
    const std::size_t from = m_folded.original_begin(begin);
    const std::size_t to = m_folded.original_end(end);
    return to > from ? m_text.substr(from, to - from) : std::string_view();
  }

  Token& add(TokenKind kind, std::size_t begin, std::size_t end);
  bool add_quoted(std::size_t from, std::size_t to, std::size_t end);
  bool take_quoted();
  bool take_single_quoted();
  bool take_doubled_quoted();
  bool take_designators(Token* owner);
  void take_brackets(TokenKind kind);
  void take_run();
  [[nodiscard]] bool at_dotted_item() const;
  void take_mark();
  void find_closing_quotes();

  std::string_view m_text;
  Folded m_folded;
  std::string_view m_plain;
  std::size_t m_at = 0;
  std::vector<std::size_t> m_closing; ///< for each '"' that opens: where its partner stands
  std::vector<std::size_t> m_close_bracket;
  Tokens m_tokens;
};

Token& Lexer::add(TokenKind kind, std::size_t begin, std::size_t end) {
  Token& token = m_tokens.list.emplace_back();
  token.kind = kind;
  token.begin = m_folded.original_begin(begin);
  token.end = m_folded.original_end(end);
  if (token.end > token.begin) {
    token.text = m_text.substr(token.begin, token.end - token.begin);
  }
  if (kind == TokenKind::word || kind == TokenKind::code) {
    token.lower = lowered(m_plain.substr(begin, end - begin));
  }
  return token;
}

/// A quotation of the text from `from` to `to`, its marks up to `end`.
bool Lexer::add_quoted(std::size_t from, std::size_t to, std::size_t end) {
  add(TokenKind::quoted, m_at, end).text = original(from, to);
  m_at = end;
  return true;
}

/// Pairs quotes and brackets in one pass, so that no search is repeated.
void Lexer::find_closing_quotes() {
  constexpr auto none = std::string_view::npos;
  m_closing.assign(m_plain.size(), none);
  m_close_bracket.assign(m_plain.size(), none);
  std::vector<std::size_t> curly;
  std::vector<std::size_t> round;
  std::vector<std::size_t> square;
  std::size_t straight = none;
  const auto match = [](std::vector<std::size_t>& open, std::vector<std::size_t>& partner, auto i) {
    if (!open.empty()) {
      partner[open.back()] = i;
      open.pop_back();
    }
  };
  for (std::size_t i = 0; i < m_plain.size(); ++i) {
    switch (m_plain[i]) {
    case '(':
      round.push_back(i);
      break;
    case ')':
      match(round, m_close_bracket, i);
      break;
    case '[':
      square.push_back(i);
      break;
    case ']':
      match(square, m_close_bracket, i);
      break;
    case '"': {
      const std::string_view mark = original(i, i + 1);
      if (mark == opening_quote) {
        curly.push_back(i);
      } else if (mark == closing_quote) {
        match(curly, m_closing, i);
      } else if (straight == none) {
        straight = i;
      } else {
        m_closing[straight] = i;
        straight = none;
      }
      break;
    }
    default:
      break;
    }
  }
}

bool Lexer::take_quoted() {
  const std::size_t close = m_closing[m_at];
  if (close == std::string_view::npos) {
    m_tokens.balanced = m_tokens.balanced && original(m_at, m_at + 1) == closing_quote;
    return false;
  }
  return add_quoted(m_at + 1, close, close + 1);
}

/// ‘‘X’’, as the text edition prints “X”.
bool Lexer::take_doubled_quoted() {
  const std::size_t limit = std::min(m_plain.size(), m_at + 400);
  for (std::size_t i = m_at + 2; i + 1 < limit; ++i) {
    if (original(i, i + 1) == closing_single && original(i + 1, i + 2) == closing_single) {
      return add_quoted(m_at + 2, i, i + 2);
    }
  }
  return false;
}

/// 'X' in single quotes; an apostrophe inside a word does not close it.
bool Lexer::take_single_quoted() {
  const bool curly = original(m_at, m_at + 1) == opening_single;
  if (curly && m_at + 1 < m_plain.size() && original(m_at + 1, m_at + 2) == opening_single) {
    return take_doubled_quoted();
  }
  if (!curly &&
      (original(m_at, m_at + 1) == closing_single || (m_at > 0 && is_alnum(m_plain[m_at - 1])))) {
    return false;
  }
  const std::size_t limit = std::min(m_plain.size(), m_at + 200);
  for (std::size_t i = m_at + 1; i < limit; ++i) {
    if (m_plain[i] == '\'' && original(i, i + 1) != opening_single &&
        (i + 1 >= m_plain.size() || !is_alnum(m_plain[i + 1]))) {
      return add_quoted(m_at + 1, i, i + 1);
    }
  }
  return false;
}

/// "(a)(2)( i )": blanks inside the brackets come from italics. With `owner` the steps belong to
/// that code in front of them.
bool Lexer::take_designators(Token* owner) {
  std::vector<std::string> steps;
  const std::size_t begin = m_at;
  std::size_t at = m_at;
  std::size_t end = m_at;
  while (at < m_plain.size() && m_plain[at] == '(') {
    const std::size_t close = m_close_bracket[at];
    if (close == std::string_view::npos || close - at > 12) {
      break;
    }
    const std::string_view inner = trimmed(m_plain.substr(at + 1, close - at - 1));
    if (!is_designator(inner)) {
      break;
    }
    steps.push_back("(" + std::string(inner) + ")");
    end = close + 1;
    at = end;
    // "(B)( 3 )" and "(B) (3)" are one path.
    while (at < m_plain.size() && m_plain[at] == ' ' && at + 1 < m_plain.size() &&
           m_plain[at + 1] == '(' && at - end < 1) {
      ++at;
    }
  }
  if (steps.empty()) {
    return false;
  }
  m_at = end;
  if (owner != nullptr) {
    owner->steps = std::move(steps);
    owner->end = m_folded.original_end(end);
  } else {
    add(TokenKind::designators, begin, end).steps = std::move(steps);
  }
  return true;
}

void Lexer::take_brackets(TokenKind kind) {
  const std::size_t end = m_close_bracket[m_at];
  if (end == std::string_view::npos) {
    add(TokenKind::other, m_at, m_at + 1);
    ++m_at;
    return;
  }
  Token& token = add(kind, m_at, end + 1);
  if (kind == TokenKind::bracketed) {
    token.text = original(m_at + 1, end);
  }
  m_at = end + 1;
}

constexpr std::string_view merged_openers =
    "under|comment|paragraph|section|the|newly|designated|heading|for|of|subheading|revised";

/// How much of the run at `run` is a word that lost its blank: "under" of "underSection".
std::size_t merged_opener(std::string_view run) {
  std::size_t length = 0;
  const bool found = any_phrase(merged_openers, [&](std::string_view opener) {
    length = opener.size();
    return run.size() > length && has_at(run, 0, opener) &&
           (is_digit(run[length]) ||
            (is_upper(run[length]) && run.size() > length + 1 && is_lower(run[length - 1])));
  });
  return found ? length : 0;
}

/// Letters and digits with what holds them together inside: "744.23", "PEOPLE'S", "A-30".
void Lexer::take_run() {
  std::size_t end = m_at;
  bool digit = false;
  while (end < m_plain.size()) {
    const char c = m_plain[end];
    const bool inner =
        (c == '.' || c == '-' || c == '\'' || c == '&') && end + 1 < m_plain.size() && end > m_at &&
        (is_alnum(m_plain[end + 1]) || static_cast<unsigned char>(m_plain[end + 1]) >= 0x80U) &&
        m_plain[end - 1] != '.' && m_plain[end - 1] != '-' && original(end, end + 1) != "\u2014";
    if (!is_alnum(c) && static_cast<unsigned char>(c) < 0x80U && !inner) {
      break;
    }
    if (static_cast<unsigned char>(c) >= 0x80U &&
        m_plain.substr(end, section_sign.size()) == section_sign) {
      break;
    }
    digit = digit || is_digit(c);
    ++end;
  }
  const std::string_view run = m_plain.substr(m_at, end - m_at);
  const std::size_t opener = merged_opener(run);
  if (opener != 0) {
    end = m_at + opener;
    digit = false;
  } else if (digit && has_at(run, 0, "no.")) {
    end = m_at + 2;
    digit = false;
  } else if (digit && is_digit(run[0]) && (run.ends_with(".is") || run.ends_with(".are"))) {
    end -= run.ends_with(".is") ? 3U : 4U;
  } else if (is_digit(run[0]) && run.size() > 3 && run.find('.') == std::string_view::npos &&
             (run.ends_with("is") || run.ends_with("and"))) {
    end -= run.ends_with("is") ? 2U : 3U;
  } else if (const std::size_t number = m_tokens.list.empty() ? run.find('.') : 0;
             number != 0 && number != std::string_view::npos && is_alpha(run[0]) &&
             number + 1 < run.size() && is_digit(run[number + 1]) &&
             is_designator(run.substr(0, number))) {
    // "b.35(b)(1)": the same in front of a digit.
    end = m_at + number;
    digit = false;
  } else if (const std::size_t dot = run.find('.');
             dot != std::string_view::npos && dot + 2 < run.size() && is_upper(run[dot + 1]) &&
             is_lower(run[dot + 2]) && run.find_first_of("0123456789") > dot) {
    // "a.Paragraph 35": the number of a lettered instruction without its blank.
    end = m_at + dot;
    digit = false;
  }
  Token& token = add(digit ? TokenKind::code : TokenKind::word, m_at, end);
  m_at = end;
  // "52 (b)(1)(ii)": a blank that markup has left.
  const bool blank = m_at + 1 < m_plain.size() && m_plain[m_at] == ' ' &&
                     m_plain[m_at + 1] == '(' &&
                     run.find_first_not_of("0123456789.") == std::string_view::npos;
  const std::size_t behind = m_at;
  m_at += digit && blank ? 1U : 0U;
  if (digit && m_at < m_plain.size() && m_plain[m_at] == '(' && !take_designators(&token)) {
    m_at = behind;
  } else if (digit && !token.steps.empty()) {
    if (m_at + 1 < m_plain.size() && m_plain[m_at] == '-' && is_digit(m_plain[m_at + 1])) {
      std::size_t stop = m_at + 1;
      while (stop < m_plain.size() &&
             (is_alnum(m_plain[stop]) ||
              (m_plain[stop] == '.' && stop + 1 < m_plain.size() && is_alnum(m_plain[stop + 1])))) {
        ++stop;
      }
      token.suffix = original(m_at + 1, stop);
      token.end = m_folded.original_end(stop);
      m_at = stop;
    }
  }
}

/// ".g", ".i.3": an item of the entry spoken of.
bool Lexer::at_dotted_item() const {
  const auto at = [this](std::size_t i) { return i < m_plain.size() ? m_plain[i] : '\0'; };
  return at(m_at) == '.' && (m_at == 0 || at(m_at - 1) == ' ') && is_lower(at(m_at + 1)) &&
         !is_alpha(at(m_at + 2));
}

void Lexer::take_mark() {
  const std::string_view rest = m_plain.substr(m_at);
  if (rest.substr(0, section_sign.size()) == section_sign) {
    std::size_t end = m_at;
    while (m_plain.substr(end, section_sign.size()) == section_sign) {
      end += section_sign.size();
    }
    add(TokenKind::section_sign, m_at, end);
    m_at = end;
    return;
  }
  const TokenKind kind = [&] {
    switch (rest[0]) {
    case ',':
      return TokenKind::comma;
    case ';':
      return TokenKind::semicolon;
    case ':':
      return TokenKind::colon;
    case '.':
      return TokenKind::full_stop;
    case '-':
      return TokenKind::dash;
    default:
      return TokenKind::other;
    }
  }();
  add(kind, m_at, m_at + 1);
  ++m_at;
}

bool is_participle(const Token& token) {
  constexpr std::string_view words = "revised|added|removed|amended|redesignated|corrected";
  return is_one_of(token.lower, words);
}

/// The length of the word at the end of `token` that lost its blank, 0 for none: "Exemptionsis
/// added", "insuranceand paragraphs".
std::size_t merged_end(const Token& token, const Token& next) {
  if (token.kind != TokenKind::word || token.lower.size() <= 4 ||
      token.lower.size() != token.text.size()) {
    return 0;
  }
  if (token.lower.ends_with("is") && is_participle(next)) {
    return 2;
  }
  if (token.lower.ends_with("and") && (next.lower == "paragraph" || next.lower == "paragraphs")) {
    return 3;
  }
  const bool in_front = token.lower.size() > 8 && is_upper(token.text[0]) &&
                        token.lower.ends_with("in") && next.kind == TokenKind::code &&
                        !next.steps.empty();
  return in_front ? 2 : 0;
}

/// Makes such words tokens of their own.
void split_merged_words(std::vector<Token>& tokens) {
  std::vector<Token> result;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    Token& token = tokens[i];
    const std::size_t tail = i + 1 < tokens.size() ? merged_end(token, tokens[i + 1]) : 0;
    if (tail != 0) {
      const std::size_t cut = token.text.size() - tail;
      Token& head = result.emplace_back(token);
      head.text = token.text.substr(0, cut);
      head.lower.resize(cut);
      head.end = token.begin + cut;
      token.text.remove_prefix(cut);
      token.lower.erase(0, cut);
      token.begin += cut;
    }
    result.push_back(std::move(token));
  }
  tokens = std::move(result);
}

Tokens Lexer::read() {
  find_closing_quotes();
  while (m_at < m_plain.size()) {
    const char c = m_plain[m_at];
    if (c == ' ') {
      ++m_at;
    } else if (c == '"') {
      if (!take_quoted()) {
        add(TokenKind::other, m_at, m_at + 1);
        ++m_at;
      }
    } else if (c == '\'') {
      if (!take_single_quoted()) {
        add(TokenKind::other, m_at, m_at + 1);
        ++m_at;
      }
    } else if (c == '(') {
      if (!take_designators(nullptr)) {
        take_brackets(TokenKind::parenthetical);
      }
    } else if (c == '[') {
      take_brackets(TokenKind::bracketed);
    } else if (at_dotted_item()) {
      ++m_at;
      const std::size_t item = m_tokens.list.size();
      take_run();
      m_tokens.list[item].dotted = true;
    } else if (is_alnum(c) || (static_cast<unsigned char>(c) >= 0x80U &&
                               m_plain.substr(m_at, section_sign.size()) != section_sign)) {
      take_run();
    } else {
      take_mark();
    }
  }
  split_merged_words(m_tokens.list);
  return std::move(m_tokens);
}

} // namespace

Tokens tokenise(std::string_view text) {
  return Lexer(text).read();
}

const Token& Cursor::peek(std::size_t ahead) const {
  static const Token nothing;
  return beyond(ahead) ? nothing : m_tokens[m_at + ahead];
}

std::size_t Cursor::words_at(std::string_view phrases, std::size_t ahead) const {
  std::size_t words = 0;
  bool same = true;
  while (!phrases.empty()) {
    const std::size_t end = std::min(phrases.find_first_of(" |"), phrases.size());
    same = same && peek(ahead + words).lower == phrases.substr(0, end);
    ++words;
    if (end == phrases.size() || phrases[end] == '|') {
      if (same) {
        return words;
      }
      words = 0;
      same = true;
    }
    phrases.remove_prefix(std::min(end + 1, phrases.size()));
  }
  return 0;
}

bool Cursor::is_page_part(std::size_t ahead) const {
  return is("paragraph|section|column|row|caption|subheading|box|heading|table|entry|note", ahead);
}

bool Cursor::take(TokenKind kind) {
  if (!is(kind)) {
    return false;
  }
  skip();
  return true;
}

bool Cursor::take(std::string_view phrases) {
  const std::size_t words = words_at(phrases, 0);
  skip(words);
  return words != 0;
}

std::string Cursor::verbatim_since(std::size_t from) const {
  return verbatim(from, m_at);
}

std::string Cursor::verbatim(std::size_t from, std::size_t to) const {
  to = std::min(to, m_count);
  if (from >= to) {
    return {};
  }
  const std::size_t begin = m_tokens[from].begin;
  const std::size_t end = m_tokens[to - 1].end;
  return std::string(trimmed(m_text.substr(begin, end - begin), ",;:"));
}

} // namespace regtrail::federal_register::instruction_detail
