#include "tests/fuzz/compose.hpp"

#include "model/citation.hpp"

#include <algorithm>

namespace regtrail::tests {
namespace {

constexpr std::string_view section_sign = "\xC2\xA7";

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) {
    text.remove_prefix(1);
  }
  while (text.ends_with(' ')) {
    text.remove_suffix(1);
  }
  return text;
}

void append_escaped(std::string& out, char c) {
  switch (c) {
  case '<':
    out += "&lt;";
    break;
  case '&':
    out += "&amp;";
    break;
  case '"':
    out += "&quot;";
    break;
  default:
    out += c;
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    append_escaped(out, c);
  }
  return out;
}

/// Text with its switches as elements, closed in the order in which they nest.
std::string marked_up(std::string_view text) {
  std::string out;
  std::string open;
  const auto close_last = [&] {
    out += open.back() == '*' ? "</I>" : "</SU>";
    open.pop_back();
  };
  for (const char c : text) {
    if (c != '*' && c != '~') {
      append_escaped(out, c);
    } else if (open.find(c) == std::string::npos) {
      out += c == '*' ? "<I>" : "<SU>";
      open += c;
    } else {
      while (open.find(c) != std::string::npos) {
        close_last();
      }
    }
  }
  while (!open.empty()) {
    close_last();
  }
  return out;
}

std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + marked_up(text) + "</" + std::string(name) + ">\n";
}

class Composer {
public:
  std::string part(std::string_view lines) {
    m_out = "<DIV5 N=\"744\" TYPE=\"PART\">\n<HEAD>PART 744 - WIDGETS</HEAD>\n";
    while (!lines.empty()) {
      const std::size_t end = lines.find('\n');
      line(lines.substr(0, end));
      lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    }
    close_unit();
    return m_out + "</DIV5>\n";
  }

private:
  void line(std::string_view text) {
    const char first = text.empty() ? ' ' : text.front();
    if (first != '|' && first != '=') {
      close_table();
    }
    if (text.starts_with(section_sign)) {
      const std::string_view heading = trimmed(text.substr(section_sign.size()));
      open_unit("DIV8", heading.substr(0, heading.find(' ')), text);
    } else if (first == '@') {
      open_unit("DIV9", trimmed(text.substr(1)), trimmed(text.substr(1)));
    } else if (regtrail::is_eccn(text.substr(0, 5))) {
      m_out += "<FP-2><B>" + marked_up(text) + "</B></FP-2>\n";
    } else {
      block(first, text);
    }
  }

  void block(char first, std::string_view text) {
    const std::string_view rest = text.empty() ? text : text.substr(1);
    switch (first) {
    case '!':
      m_out += "<NOTE>" + element("HED", rest.substr(0, rest.find('|')));
      for (auto bar = rest.find('|'); bar != rest.npos;) {
        const auto next = rest.find('|', bar + 1);
        m_out += element("P", rest.substr(bar + 1, next - bar - 1));
        bar = next;
      }
      m_out += "</NOTE>\n";
      break;
    case '|':
    case '=':
      row(first == '=' ? "TH" : "TD", rest);
      break;
    case '#':
      m_out += element("HD1", rest);
      break;
    case '>':
      m_out += element("FP", rest);
      break;
    case '%':
      m_out += "<EXTRACT>" + element("P", rest) + "</EXTRACT>\n";
      break;
    case '[':
      m_out += element("CITA", text);
      break;
    case '{':
      m_out += element("EDNOTE", rest);
      break;
    case '}':
      m_out += element("EFFDNOT", rest);
      break;
    default:
      m_out += element("P", text);
    }
  }

  void row(std::string_view cell, std::string_view rest) {
    if (!m_in_table) {
      m_out += "<DIV><TABLE>\n";
      m_in_table = true;
    }
    m_out += "<TR>";
    while (true) {
      const auto bar = rest.find('|');
      std::string_view text = trimmed(rest.substr(0, bar));
      m_out += "<" + std::string(cell);
      if (text.size() > 3 && text[0] == '&' && text[2] == ',') {
        m_out += " colspan=\"" + escaped(text.substr(1, 1)) + "\" rowspan=\"" +
                 escaped(text.substr(3, 1)) + "\"";
        text.remove_prefix(4);
      }
      m_out += ">" + marked_up(text) + "</" + std::string(cell) + ">";
      if (bar == std::string_view::npos) {
        break;
      }
      rest.remove_prefix(bar + 1);
    }
    m_out += "</TR>\n";
  }

  void open_unit(std::string_view name, std::string_view number, std::string_view heading) {
    close_unit();
    m_unit = name;
    m_out += "<" + m_unit + " N=\"" + escaped(number) + "\">\n" + element("HEAD", heading);
  }

  void close_table() {
    if (m_in_table) {
      m_out += "</TABLE></DIV>\n";
      m_in_table = false;
    }
  }

  void close_unit() {
    close_table();
    if (!m_unit.empty()) {
      m_out += "</" + m_unit + ">\n";
      m_unit.clear();
    }
  }

  std::string m_out;
  std::string m_unit;
  bool m_in_table = false;
};

} // namespace

std::string compose_part(std::string_view lines) {
  return Composer().part(lines);
}

} // namespace regtrail::tests
