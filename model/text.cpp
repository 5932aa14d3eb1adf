#include "model/text.hpp"

#include "model/utf8.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

namespace regtrail {
namespace {

enum class Fold { keep, blank, drop, dash, single_quote, double_quote, ligature, micro };

/// U+FB00 to U+FB06.
constexpr std::array<std::string_view, 7> ligatures{"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
constexpr char32_t first_ligature = 0xFB00;

/// Below it every character is in Unicode's form C.
constexpr char32_t first_to_compose = 0x300;

Fold fold_of(char32_t c) {
  if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000) {
    return Fold::blank;
  }
  if (c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF) {
    return Fold::drop;
  }
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) {
    return Fold::dash;
  }
  if (c >= 0x2018 && c <= 0x201B) {
    return Fold::single_quote;
  }
  if (c >= 0x201C && c <= 0x201F) {
    return Fold::double_quote;
  }
  if (c >= first_ligature && c < first_ligature + ligatures.size()) {
    return Fold::ligature;
  }
  return c == 0x3BC ? Fold::micro : Fold::keep;
}

/// Brings what stands in `out` from `start` on into Unicode's form C; it must be UTF-8.
void compose(std::string& out, std::size_t start) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) {
    return;
  }
  const icu::StringPiece text(out.data() + start, static_cast<std::int32_t>(out.size() - start));
  if (form->isNormalizedUTF8(text, status) || U_FAILURE(status)) {
    return;
  }
  std::string composed;
  icu::StringByteSink<std::string> sink(&composed);
  form->normalizeUTF8(0, text, sink, nullptr, status);
  if (U_SUCCESS(status)) {
    out.replace(start, std::string::npos, composed);
  }
}

constexpr std::string_view section_sign = "\xC2\xA7";

/// Emits characters one by one with white space folded against what stands around it.
class Folder {
public:
  explicit Folder(std::string& out) : m_out(out), m_start(out.size()) {}

  void blank() { m_pending_blank = true; }

  void put(char c) {
    if (m_pending_blank && c != ')' && c != ']' && wants_blank()) {
      m_out.push_back(' ');
    }
    m_pending_blank = false;
    m_out.push_back(c);
  }

  void put(std::string_view bytes) {
    if (m_pending_blank) {
      put(bytes.front());
      bytes.remove_prefix(1);
    }
    m_out.append(bytes);
  }

private:
  [[nodiscard]] bool wants_blank() const {
    if (m_out.size() == m_start) {
      return false;
    }
    return m_out.back() != '(' && m_out.back() != '[' &&
           !std::string_view(m_out).substr(m_start).ends_with(section_sign);
  }

  std::string& m_out;
  std::size_t m_start;
  bool m_pending_blank = false;
};

bool is_visible(char c) {
  return c > ' ' && c < 0x7F;
}

/// End of the run of visible ASCII from `at` on, single blanks between its words included: such a
/// run is its own normal form. A blank beside a bracket ends it.
std::size_t plain_run(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size()) {
    if (is_visible(text[end])) {
      ++end;
      continue;
    }
    const bool between =
        text[end] == ' ' && end > at && end + 1 < text.size() && is_visible(text[end + 1]);
    if (!between || text[end - 1] == '(' || text[end - 1] == '[' || text[end + 1] == ')' ||
        text[end + 1] == ']') {
      break;
    }
    end += 2;
  }
  return end;
}

bool is_control(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
}

/// Characters that reorder what follows them in a terminal.
bool is_bidi_control(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
}

} // namespace

void normalise_into(std::string& out, std::string_view published) {
  const std::size_t start = out.size();
  out.reserve(start + published.size());
  Folder folder(out);
  bool may_compose = false;
  bool is_utf8 = true;
  std::size_t i = 0;
  while (i < published.size()) {
    if (const std::size_t run = plain_run(published, i); run != i) {
      folder.put(published.substr(i, run - i));
      i = run;
      continue;
    }
    const char c = published[i];
    if (static_cast<std::uint8_t>(c) < 0x80) {
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        folder.blank();
      } else {
        folder.put(c);
      }
      ++i;
      continue;
    }
    const CodePoint point = decode_utf8(published, i);
    is_utf8 = is_utf8 && point.valid;
    switch (point.valid ? fold_of(point.value) : Fold::keep) {
    case Fold::keep:
      may_compose = may_compose || (point.valid && point.value >= first_to_compose);
      folder.put(published.substr(i, point.length));
      break;
    case Fold::ligature:
      folder.put(ligatures.at(point.value - first_ligature));
      break;
    case Fold::micro:
      folder.put("\u00B5");
      break;
    case Fold::blank:
      folder.blank();
      break;
    case Fold::drop:
      break;
    case Fold::dash:
      folder.put('-');
      break;
    case Fold::single_quote:
      folder.put('\'');
      break;
    case Fold::double_quote:
      folder.put('"');
      break;
    }
    i += point.length;
  }
  if (may_compose && is_utf8) {
    compose(out, start);
  }
}

bool is_plainly_normal(std::string_view published) {
  return published.empty() || plain_run(published, 0) == published.size();
}

std::string normalise(std::string_view published) {
  std::string out;
  normalise_into(out, published);
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t i = 0;
  while (i < text.size()) {
    const CodePoint point = decode_utf8(text, i);
    if (!point.valid) {
      out += "\xEF\xBF\xBD";
    } else if (!is_control(point.value) && !is_bidi_control(point.value)) {
      out.append(text.substr(i, point.length));
    }
    i += point.length;
  }
  return out;
}

} // namespace regtrail
