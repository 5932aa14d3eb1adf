// Pages of the web, HTML and PDF, as readable text: what a watch with an address is about.
#pragma once

#include "model/citation.hpp"
#include "model/error.hpp"
#include "model/node.hpp"
#include "model/register.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

/// A piece of text as it stands on the page, on one line.
struct PageBlock {
  enum class Kind : std::uint8_t { heading, paragraph, item, row };
  Kind kind = Kind::paragraph;
  std::string text;    ///< cells of a row with " | " between them
  std::string heading; ///< the nearest one before it; "" before the first and of headings
};

struct PageLink {
  std::string text;
  std::string address; ///< absolute, without fragment and parameters that only count visits
};

struct Page {
  std::string title;
  std::vector<PageBlock> blocks;
  std::vector<PageLink> links;    ///< of the content, one an address, as printed; none of a PDF
  bool has_content = true;        ///< false where no element is the one to be read
  bool asks_password = false;     ///< anywhere on it
  std::vector<std::string> notes; ///< what may have been read wrongly, in words
};

/// What of a page is read, by a watch's fields. A selector is an element's name, "#id", ".class",
/// or a name with one of these.
struct PageOptions {
  std::string address; ///< from which relative links go
  std::string content; ///< selector of the elements that are read; "": all of the page
  std::vector<std::string> skip;
};

/// HTML by libxml2. Scripts, styles, nav, header, footer, aside, form and what is hidden are left
/// out, unless `content` names something in them. The charset is that of the byte order mark or the
/// page's own declaration, else UTF-8. Beyond 8 MiB, 250 elements one in another or 500,000 nodes
/// it is too_large; without any element `malformed`.
Result<Page>
read_page_html(std::string_view bytes, const PageOptions& options, const std::string& source_name);

/// PDF by poppler: its text page by page, lines joined to paragraphs, words that were divided at
/// the end of a line mended, running heads and page numbers dropped where they stand on most pages.
/// Beyond 64 MiB or 2,000 pages it is too_large; cut, broken or locked by a password `malformed`.
Result<Page> read_page_pdf(std::string_view bytes, const std::string& source_name);

/// By what the bytes are. Of a PDF all is read, whatever `options` choose.
Result<Page>
read_page(std::string_view bytes, const PageOptions& options, const std::string& source_name);

/// What of the page a watch reads.
[[nodiscard]] PageOptions page_options(const Watch& watch);

/// Why the page is not the one that is watched: a login, a block or an error page, or without the
/// content asked for; "" where it may be.
[[nodiscard]] std::string why_no_version(const Page& page, const Watch& watch);

/// The texts of a watch's blocks, or its links: what a page that was emptied has less of.
[[nodiscard]] std::size_t read_bytes(const Page& page, const Watch& watch);

/// "page WATCH", the unit of the texts that watch reads.
[[nodiscard]] Citation page_citation(const std::string& watch);

/// A tree for comparisons: below a heading the blocks that stand under it, each a paragraph without
/// designator ("page WATCH / Pillar II / text 3"); of a watch of links a row a link, keyed by its
/// address.
[[nodiscard]] Unit page_unit(const Page& page, const Watch& watch);

} // namespace regtrail::parse
