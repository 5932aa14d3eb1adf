#include "parse/encoding.hpp"

#include "model/characters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <initializer_list>

namespace regtrail::parse {
namespace {

struct NamedCharacter {
  std::string_view name;
  std::uint32_t code_point;
};

// HTML's names that government XML has been seen with; sorted for the binary search.
constexpr std::array named_characters = {
    NamedCharacter{"Aacute", 0xC1},   NamedCharacter{"Ccedil", 0xC7},
    NamedCharacter{"Eacute", 0xC9},   NamedCharacter{"Ntilde", 0xD1},
    NamedCharacter{"Ouml", 0xD6},     NamedCharacter{"Uuml", 0xDC},
    NamedCharacter{"aacute", 0xE1},   NamedCharacter{"agrave", 0xE0},
    NamedCharacter{"alpha", 0x3B1},   NamedCharacter{"amp", 0x26},
    NamedCharacter{"apos", 0x27},     NamedCharacter{"aring", 0xE5},
    NamedCharacter{"auml", 0xE4},     NamedCharacter{"beta", 0x3B2},
    NamedCharacter{"bull", 0x2022},   NamedCharacter{"ccedil", 0xE7},
    NamedCharacter{"cent", 0xA2},     NamedCharacter{"copy", 0xA9},
    NamedCharacter{"deg", 0xB0},      NamedCharacter{"divide", 0xF7},
    NamedCharacter{"eacute", 0xE9},   NamedCharacter{"egrave", 0xE8},
    NamedCharacter{"emsp", 0x2003},   NamedCharacter{"ensp", 0x2002},
    NamedCharacter{"frac12", 0xBD},   NamedCharacter{"frac14", 0xBC},
    NamedCharacter{"frac34", 0xBE},   NamedCharacter{"gamma", 0x3B3},
    NamedCharacter{"ge", 0x2265},     NamedCharacter{"gt", 0x3E},
    NamedCharacter{"hellip", 0x2026}, NamedCharacter{"iacute", 0xED},
    NamedCharacter{"iuml", 0xEF},     NamedCharacter{"lambda", 0x3BB},
    NamedCharacter{"laquo", 0xAB},    NamedCharacter{"ldquo", 0x201C},
    NamedCharacter{"le", 0x2264},     NamedCharacter{"lsquo", 0x2018},
    NamedCharacter{"lt", 0x3C},       NamedCharacter{"mdash", 0x2014},
    NamedCharacter{"micro", 0xB5},    NamedCharacter{"middot", 0xB7},
    NamedCharacter{"minus", 0x2212},  NamedCharacter{"mu", 0x3BC},
    NamedCharacter{"nbsp", 0xA0},     NamedCharacter{"ndash", 0x2013},
    NamedCharacter{"ne", 0x2260},     NamedCharacter{"ntilde", 0xF1},
    NamedCharacter{"oacute", 0xF3},   NamedCharacter{"ocirc", 0xF4},
    NamedCharacter{"omega", 0x3C9},   NamedCharacter{"oslash", 0xF8},
    NamedCharacter{"ouml", 0xF6},     NamedCharacter{"para", 0xB6},
    NamedCharacter{"pi", 0x3C0},      NamedCharacter{"plusmn", 0xB1},
    NamedCharacter{"pound", 0xA3},    NamedCharacter{"quot", 0x22},
    NamedCharacter{"raquo", 0xBB},    NamedCharacter{"rdquo", 0x201D},
    NamedCharacter{"reg", 0xAE},      NamedCharacter{"rsquo", 0x2019},
    NamedCharacter{"sect", 0xA7},     NamedCharacter{"shy", 0xAD},
    NamedCharacter{"sigma", 0x3C3},   NamedCharacter{"sup2", 0xB2},
    NamedCharacter{"sup3", 0xB3},     NamedCharacter{"szlig", 0xDF},
    NamedCharacter{"thinsp", 0x2009}, NamedCharacter{"times", 0xD7},
    NamedCharacter{"trade", 0x2122},  NamedCharacter{"uacute", 0xFA},
    NamedCharacter{"uuml", 0xFC},     NamedCharacter{"yen", 0xA5},
};

static_assert(std::is_sorted(named_characters.begin(),
                             named_characters.end(),
                             [](const NamedCharacter& left, const NamedCharacter& right) {
                               return left.name < right.name;
                             }));

/// Windows-1252 0x80 to 0x9F; holes of the code page keep their control character.
constexpr std::array<std::uint32_t, 32> windows_1252 = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

std::uint32_t decode_numeric(std::string_view digits, int base) {
  std::uint32_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc{} || end != digits.data() + digits.size() || value > 0x10FFFF ||
      (value >= 0xD800 && value <= 0xDFFF)) {
    return 0;
  }
  if (value >= 0x80 && value <= 0x9F) {
    return windows_1252[value - 0x80]; // &#150; is meant as a dash wherever it occurs
  }
  return value;
}

std::uint32_t named_character(std::string_view name) {
  const auto found = std::lower_bound(
      named_characters.begin(),
      named_characters.end(),
      name,
      [](const NamedCharacter& left, std::string_view right) { return left.name < right; });
  return found != named_characters.end() && found->name == name ? found->code_point : 0;
}

/// What a reference stands for, of which `body` is what stands between "&" and ";"; 0 for nothing.
std::uint32_t decode_reference(std::string_view body) {
  if (body.starts_with("#x") || body.starts_with("#X")) {
    return decode_numeric(body.substr(2), 16);
  }
  return body.starts_with('#') ? decode_numeric(body.substr(1), 10) : named_character(body);
}

/// Length of the well-formed sequence at the front of `bytes`, 0 when there is none.
std::size_t sequence_length(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned lead = byte(0);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || bytes.size() < length) {
    return 0;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) {
      return 0;
    }
  }
  if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F) ||
      (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F)) {
    return 0;
  }
  return length;
}

bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(a) == lower(b);
  });
}

/// The value of the pseudo-attribute "encoding" of an XML declaration, "" for none and for what
/// cannot be the name of an encoding (XML 1.0, EncName), which libxml2 refuses.
std::string_view declared_encoding(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) {
    return {};
  }
  const std::string_view declaration = bytes.substr(0, bytes.find("?>"));
  const std::size_t name = declaration.find("encoding");
  const std::size_t quote = declaration.find_first_of("'\"", name);
  if (name == std::string_view::npos || quote == std::string_view::npos) {
    return {};
  }
  const std::size_t end = declaration.find(declaration[quote], quote + 1);
  const std::string_view value = declaration.substr(quote + 1, end - quote - 1);
  const bool is_name =
      end != std::string_view::npos && std::all_of(value.begin(), value.end(), [](char c) {
        return is_alnum(c) || c == '.' || c == '_' || c == '-';
      });
  return is_name ? value : std::string_view();
}

bool is_one_of(std::string_view encoding, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return equals_ignoring_case(encoding, name);
  });
}

} // namespace

Result<XmlText> XmlText::read(std::string_view bytes, const std::string& source_name) {
  constexpr std::size_t front = 64; // looked at for NULs
  if (bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE") ||
      bytes.substr(0, front).find('\0') != std::string_view::npos) {
    return fail(ErrorKind::malformed,
                fmt::format("cannot parse '{}:1': expected UTF-8 text, got UTF-16 or binary data",
                            source_name));
  }
  XmlText text;
  text.m_bytes = bytes;
  const std::string_view encoding = declared_encoding(bytes);
  if (encoding.empty() || is_one_of(encoding, {"UTF-8", "UTF8"})) {
    return text;
  }
  if (!is_one_of(encoding, {"windows-1252", "cp1252", "ISO-8859-1", "latin1"})) {
    return fail(ErrorKind::malformed,
                fmt::format("cannot parse '{}:1': expected UTF-8 text, got '{}'",
                            source_name,
                            encoding.substr(0, 40)));
  }
  text.m_is_converted = true;
  text.m_converted.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    text.m_converted += windows_1252_character(static_cast<unsigned char>(c));
  }
  // what is UTF-8 now must not be taken for the declared encoding; blanks keep all positions
  const std::size_t name = text.m_converted.find("encoding");
  const auto begin = text.m_converted.begin() + static_cast<std::ptrdiff_t>(name);
  const std::size_t value = static_cast<std::size_t>(encoding.data() - bytes.data()) - name;
  std::fill(begin, begin + static_cast<std::ptrdiff_t>(value + encoding.size() + 1), ' ');
  return text;
}

std::string_view XmlText::received(std::size_t begin, std::size_t end) {
  begin = received_offset(begin);
  return m_bytes.substr(begin, received_offset(end) - begin);
}

std::size_t XmlText::received_offset(std::size_t at) {
  if (!m_is_converted) {
    return at;
  }
  if (at < m_counted) {
    m_counted = m_characters = 0;
  }
  for (; m_counted < at; ++m_counted) { // each byte as received has become one character
    const auto byte = static_cast<unsigned char>(m_converted[m_counted]);
    m_characters += (byte & 0xC0U) == 0x80U ? 0 : 1;
  }
  return m_characters;
}

std::string utf8_with_windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t length = sequence_length(bytes);
    if (length == 0) {
      out += windows_1252_character(static_cast<unsigned char>(bytes[0]));
    } else {
      out += bytes.substr(0, length);
    }
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string windows_1252_character(unsigned char byte) {
  std::string character;
  append_utf8(character, byte >= 0x80 && byte <= 0x9F ? windows_1252[byte - 0x80U] : byte);
  return character;
}

void append_utf8(std::string& out, std::uint32_t code_point) {
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | (code_point >> 6U));
    put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0U | (code_point >> 12U));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | (code_point >> 18U));
    put(0x80U | ((code_point >> 12U) & 0x3FU));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  }
}

std::string html_character(std::string_view name) {
  const std::uint32_t code_point = named_character(name);
  std::string character;
  if (code_point != 0) {
    append_utf8(character, code_point);
  }
  return character;
}

std::string decode_references(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '&') {
      const std::size_t end = raw.substr(i, 12).find(';');
      const std::uint32_t code_point =
          end == std::string_view::npos ? 0 : decode_reference(raw.substr(i + 1, end - 1));
      if (code_point != 0) {
        append_utf8(out, code_point);
        i += end;
        continue;
      }
    }
    out.push_back(raw[i]);
  }
  return out;
}

} // namespace regtrail::parse
