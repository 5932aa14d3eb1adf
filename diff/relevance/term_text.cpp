#include "diff/relevance/term_text_internal.hpp"
#include "model/characters.hpp"
#include "model/utf8.hpp"

#include <algorithm>
#include <stdexcept>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace regtrail::diff {

namespace {

constexpr char digit_joint = '_'; // "10 26" is not "1026"

const icu::Normalizer2& nfkc() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFKCInstance(status);
  if (U_FAILURE(status) != 0 || normalizer == nullptr) {
    throw std::logic_error("ICU has no NFKC data");
  }
  return *normalizer;
}

/// The character at `pos`, U+FFFD for a byte that is none; advances `pos`.
UChar32 next_character(std::string_view text, std::size_t& pos) {
  constexpr UChar32 replacement = 0xfffd;
  const CodePoint point = decode_utf8(text, pos);
  pos += point.length;
  return point.valid ? static_cast<UChar32>(point.value) : replacement;
}

/// Kana that print interchangeably: small and large, with and without the long-vowel mark.
/// 0 for what is dropped.
UChar32 fold_kana(UChar32 c) {
  switch (c) {
  case 0x30fc: // long vowel
    return 0;
  case 0x30a1:
  case 0x30a3:
  case 0x30a5:
  case 0x30a7:
  case 0x30a9:
  case 0x30c3:
  case 0x30e3:
  case 0x30e5:
  case 0x30e7:
  case 0x30ee:
    return c + 1;
  default:
    return c;
  }
}

bool is_cjk(UChar32 c) {
  return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) || c == 0x3005 ||
         (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

/// Drops a plural's s or es; both "lens" and "lenses" become "len", which is all that matters.
std::size_t folded_length(std::string_view word) {
  constexpr std::size_t shortest = 4;
  if (word.size() < shortest || word.back() != 's' || !is_lower(word[word.size() - 2])) {
    return word.size();
  }
  if (word.ends_with("ses") || word.ends_with("xes") || word.ends_with("zes") ||
      word.ends_with("ches") || word.ends_with("shes")) {
    word.remove_suffix(2);
  }
  if (word.size() >= shortest && word.ends_with("s") && !word.ends_with("ss") &&
      !word.ends_with("us") && !word.ends_with("is")) {
    word.remove_suffix(1);
  }
  return word.size();
}

/// "GPUs", "ICs".
bool is_plural_acronym(std::string_view word) {
  constexpr std::size_t shortest = 3;
  return word.size() >= shortest && word.back() == 's' &&
         std::all_of(word.begin(), word.end() - 1, is_upper);
}

class Builder {
public:
  explicit Builder(std::string_view original) : m_original(original) {
    m_text.squeezed.reserve(original.size());
    m_text.word_of.reserve(original.size());
  }

  TermText build() {
    for (m_at = 0; m_at < m_original.size();) {
      const auto byte = static_cast<unsigned char>(m_original[m_at]);
      if (byte < 0x80U && !followed_by_combining()) {
        ascii(m_original[m_at]);
        ++m_at;
      } else {
        segment();
      }
    }
    close_word();
    return std::move(m_text);
  }

private:
  [[nodiscard]] bool followed_by_combining() const {
    return m_at + 1 < m_original.size() &&
           static_cast<unsigned char>(m_original[m_at + 1]) == 0xccU;
  }

  void ascii(char c) {
    const char lower = to_lower(c);
    if (is_lower(lower) || is_digit(lower)) {
      letter(std::string_view(&lower, 1), m_at, m_at + 1);
    } else if (m_original.substr(m_at, 3) == "(s)" && m_open) {
      m_at += 2; // "valve(s)"
      close_word();
    } else {
      close_word();
      if (ends_sentence(c)) {
        m_text.squeezed.push_back(TermText::sentence_end);
        m_text.word_of.push_back(TermText::no_word);
      }
    }
  }

  /// Terms do not reach from one sentence or list member into the next.
  [[nodiscard]] bool ends_sentence(char c) const {
    const char next = m_at + 1 < m_original.size() ? m_original[m_at + 1] : ' ';
    return (c == ';' || c == '.' || c == '\n') && (next == ' ' || next == '\n' || c == '\n');
  }

  /// Normalises from here to the next place where NFKC cannot compose further.
  void segment() {
    const std::size_t begin = m_at;
    icu::UnicodeString source;
    while (m_at < m_original.size()) {
      std::size_t next = m_at;
      const UChar32 c = next_character(m_original, next);
      if (m_at > begin && (c < 0x80 || nfkc().hasBoundaryBefore(c) != 0)) {
        break;
      }
      source.append(c);
      m_at = next;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString normal = nfkc().normalize(source, status);
    for (std::int32_t i = 0; i < normal.length(); i = normal.moveIndex32(i, 1)) {
      wide(normal.char32At(i), begin);
    }
  }

  void wide(UChar32 c, std::size_t begin) {
    const bool cjk = is_cjk(c);
    c = fold_kana(u_tolower(c));
    if (c == 0) { // belongs to the character before, as printed
      if (!m_text.words.empty() && m_text.words.back().end == begin) {
        m_text.words.back().end = static_cast<std::uint32_t>(m_at);
      }
      return;
    }
    if (u_isalnum(c) == 0) {
      close_word();
      return;
    }
    if (cjk) {
      close_word();
    }
    std::string bytes;
    icu::UnicodeString(c).toUTF8String(bytes);
    letter(bytes, begin, m_at);
    if (cjk) {
      close_word();
    }
  }

  void letter(std::string_view bytes, std::size_t begin, std::size_t end) {
    if (!m_open) {
      const bool digits =
          !m_text.squeezed.empty() && is_digit(m_text.squeezed.back()) && is_digit(bytes.front());
      if (digits) {
        m_text.squeezed.push_back(digit_joint);
        m_text.word_of.push_back(TermText::no_word);
      }
      m_text.words.push_back({static_cast<std::uint32_t>(begin),
                              0,
                              static_cast<std::uint32_t>(m_text.squeezed.size()),
                              0});
      m_open = true;
    }
    for (const char byte : bytes) {
      m_text.squeezed.push_back(byte);
      m_text.word_of.push_back(static_cast<std::uint32_t>(m_text.words.size() - 1));
    }
    m_text.words.back().end = static_cast<std::uint32_t>(end);
  }

  void close_word() {
    if (!m_open) {
      return;
    }
    auto& word = m_text.words.back();
    const auto squeezed = std::string_view(m_text.squeezed).substr(word.squeezed_begin);
    const std::size_t length =
        is_plural_acronym(m_original.substr(word.begin, word.end - word.begin))
            ? squeezed.size() - 1
            : folded_length(squeezed);
    m_text.squeezed.resize(word.squeezed_begin + length);
    m_text.word_of.resize(m_text.squeezed.size());
    word.squeezed_end = static_cast<std::uint32_t>(m_text.squeezed.size());
    m_open = false;
  }

  std::string_view m_original;
  std::size_t m_at = 0;
  TermText m_text;
  bool m_open = false;
};

} // namespace

TermText make_term_text(std::string_view original) {
  return Builder(original).build();
}

bool is_japanese(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (is_cjk(next_character(text, i))) {
      return true;
    }
  }
  return false;
}

} // namespace regtrail::diff
