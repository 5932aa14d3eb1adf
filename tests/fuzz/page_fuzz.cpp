// A page of HTML. The first line holds a selector of what is read and one of what is not, parted by
// a blank; the rest is the page.
#include "parse/page.hpp"
#include "tests/fuzz/laws.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

void check_line(std::string_view text) {
  require(is_valid_utf8(text), "texts are UTF-8", text);
  require(text.find_first_of("\n\r\t") == std::string_view::npos, "a text is one line", text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string_view head = input.substr(0, input.find('\n'));
  const std::string_view bytes = input.substr(std::min(input.size(), head.size() + 1));
  Watch watch;
  watch.id = "page";
  watch.address = "https://www.example.gov/a/b";
  watch.content = head.substr(0, head.find(' '));
  watch.skip = {std::string(head.substr(std::min(head.size(), watch.content.size() + 1)))};
  const auto page = parse::read_page_html(bytes, parse::page_options(watch), "page");
  if (!page) {
    require(page.error().message.find('\n') == std::string::npos, "an error is one line");
    return 0;
  }
  check_line(page->title);
  for (const parse::PageBlock& block : page->blocks) {
    check_line(block.text);
    require(!block.text.empty(), "a block has text");
  }
  for (const parse::PageLink& link : page->links) {
    check_line(link.text);
    require(link.address.starts_with("http"), "a link is an absolute address", link.address);
    require(link.address.find('#') == std::string::npos, "a link has no fragment", link.address);
  }
  for (const std::string_view read : {"text", "links"}) {
    watch.read = read;
    const std::vector units{parse::page_unit(*page, watch)};
    check_no_change(units);
    const auto again = parse::read_page_html(bytes, parse::page_options(watch), "page");
    require(parse::page_unit(*again, watch) == units.front(), "a second reading gives the same");
  }
  return 0;
}
