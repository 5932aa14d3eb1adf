#include "model/text.hpp"

#include "model/utf8.hpp"

#include <cstddef>
#include <cstdint>

namespace regtrail {
namespace {

enum class Fold { keep, blank, drop, dash, single_quote, double_quote };

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
  return Fold::keep;
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
  out.reserve(out.size() + published.size());
  Folder folder(out);
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
    switch (point.valid ? fold_of(point.value) : Fold::keep) {
    case Fold::keep:
      folder.put(published.substr(i, point.length));
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
