// What the readers of pages share.
#pragma once

#include "model/error.hpp"
#include "parse/page.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse::page {

/// A page's bytes as UTF-8 without control characters, and what was doubtful about that.
struct Decoded {
  std::string utf8;
  std::vector<std::string> notes;
};

[[nodiscard]] Decoded decode_html(std::string_view bytes);

/// "main", "#id", ".class", "div.class"
class Selector {
public:
  explicit Selector(std::string_view text);

  /// `classes` as in the attribute, parted by white space.
  [[nodiscard]] bool
  matches(std::string_view element, std::string_view id, std::string_view classes) const;

private:
  std::string m_element; ///< lower case; "" any
  char m_mark = '\0';    ///< '#', '.'
  std::string m_name;
};

/// Absolute, without fragment and parameters that only count visits; "" for what is no http(s)
/// address.
[[nodiscard]] std::string link_address(const std::string& href, const std::string& base);

/// `text` with each run of white space folded to one blank, none at its ends; soft hyphens and
/// characters without width dropped.
[[nodiscard]] std::string one_line(std::string_view text);

/// Puts `block` behind the others with the heading that it stands under.
void append(Page& page, PageBlock block);

} // namespace regtrail::parse::page
