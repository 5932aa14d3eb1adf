#include "model/characters.hpp"
#include "parse/page/internal.hpp"

namespace regtrail::parse::page {

Selector::Selector(std::string_view text) {
  text = trimmed(text);
  const std::size_t mark = text.find_first_of("#.");
  m_element = lowered(text.substr(0, mark));
  if (mark != std::string_view::npos) {
    m_mark = text[mark];
    m_name = text.substr(mark + 1);
  }
}

bool Selector::matches(std::string_view element,
                       std::string_view id,
                       std::string_view classes) const {
  if (!m_element.empty() && m_element != element) {
    return false;
  }
  if (m_mark == '#') {
    return id == m_name;
  }
  if (m_mark == '.') {
    while (!classes.empty()) {
      classes = trimmed(classes);
      const std::size_t end = classes.find_first_of(" \t\r\n");
      if (classes.substr(0, end) == m_name && !m_name.empty()) {
        return true;
      }
      classes.remove_prefix(end == std::string_view::npos ? classes.size() : end);
    }
    return false;
  }
  return !m_element.empty();
}

} // namespace regtrail::parse::page
