// HTML to blocks and links.
#include "model/characters.hpp"
#include "model/text.hpp"
#include "parse/page/internal.hpp"

#include <fmt/format.h>
#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>

namespace regtrail::parse {
namespace {

using page::Selector;

constexpr std::size_t max_bytes = std::size_t{8} << 20U;
constexpr std::size_t max_nodes = 500'000;
constexpr std::size_t max_depth = 250; ///< libxml2 itself ends at 256

struct FreeContext {
  void operator()(htmlParserCtxt* context) const { htmlFreeParserCtxt(context); }
};

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

using Document = std::unique_ptr<xmlDoc, FreeDocument>;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool is_element(const xmlNode* node) {
  return node->type == XML_ELEMENT_NODE;
}

std::string_view name_of(const xmlNode* node) {
  return view(node->name);
}

/// Of an attribute of HTML the value is one text; "" for none.
std::string_view attribute(const xmlNode* node, std::string_view name) {
  for (const xmlAttr* each = node->properties; each != nullptr; each = each->next) {
    if (view(each->name) == name) {
      return each->children == nullptr ? std::string_view() : view(each->children->content);
    }
  }
  return {};
}

bool has_attribute(const xmlNode* node, std::string_view name) {
  for (const xmlAttr* each = node->properties; each != nullptr; each = each->next) {
    if (view(each->name) == name) {
      return true;
    }
  }
  return false;
}

template<std::size_t size>
bool is_one_of(std::string_view name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What is around the text of a page, or not shown.
bool is_left_out(std::string_view name) {
  static constexpr std::array<std::string_view, 17> names{"script",
                                                          "style",
                                                          "nav",
                                                          "header",
                                                          "footer",
                                                          "aside",
                                                          "form",
                                                          "noscript",
                                                          "template",
                                                          "svg",
                                                          "iframe",
                                                          "button",
                                                          "select",
                                                          "object",
                                                          "canvas",
                                                          "dialog",
                                                          "head"};
  return is_one_of(name, names);
}

/// An element that begins and ends a line.
bool is_block(std::string_view name) {
  static constexpr std::array<std::string_view, 28> names{
      "p",       "div",    "section",    "article", "main", "ul",         "ol",
      "li",      "dl",     "dt",         "dd",      "tr",   "table",      "caption",
      "pre",     "hr",     "blockquote", "figure",  "body", "figcaption", "details",
      "summary", "center", "address",    "hgroup",  "html", "fieldset",   "legend"};
  return is_one_of(name, names);
}

bool is_heading(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

bool is_hidden(const xmlNode* node) {
  std::string style = lowered(attribute(node, "style"));
  std::erase(style, ' ');
  return has_attribute(node, "hidden") || attribute(node, "aria-hidden") == "true" ||
         style.find("display:none") != std::string::npos ||
         style.find("visibility:hidden") != std::string::npos;
}

bool matches(const Selector& selector, const xmlNode* node) {
  return selector.matches(name_of(node), attribute(node, "id"), attribute(node, "class"));
}

/// The next node in the document's order, without what is below `node` unless `down`.
const xmlNode* next_node(const xmlNode* node, const xmlNode* root, bool down) {
  if (down && is_element(node) && node->children != nullptr) {
    return node->children;
  }
  while (node != root && node->next == nullptr) {
    node = node->parent;
  }
  return node == root ? nullptr : node->next;
}

class HtmlReader {
public:
  explicit HtmlReader(const PageOptions& options) : m_base(options.address) {
    for (const std::string& each : options.skip) {
      m_skip.emplace_back(each);
    }
    if (!options.content.empty()) {
      m_content.emplace_back(options.content);
    }
  }

  Page read(const xmlNode* root) {
    survey(root);
    for (const xmlNode* each : m_read) {
      walk(each);
      flush();
    }
    m_page.has_content = !m_read.empty();
    if (m_page.title.empty()) {
      const auto heading =
          std::find_if(m_page.blocks.begin(), m_page.blocks.end(), [](const PageBlock& block) {
            return block.kind == PageBlock::Kind::heading;
          });
      m_page.title = heading == m_page.blocks.end() ? "" : heading->text;
    }
    return std::move(m_page);
  }

private:
  /// Title, base, password fields and the elements to be read.
  void survey(const xmlNode* root) {
    for (const xmlNode* node = root; node != nullptr;) {
      bool down = true;
      if (is_element(node)) {
        const std::string_view name = name_of(node);
        if (name == "title" && m_page.title.empty()) {
          m_page.title = text_of(node);
        } else if (name == "base" && !attribute(node, "href").empty()) {
          m_base = page::link_address(std::string(attribute(node, "href")), m_base);
        } else if (name == "input" && lowered(attribute(node, "type")) == "password") {
          m_page.asks_password = true;
        }
        const bool chosen = !m_content.empty() && matches(m_content.front(), node);
        if (chosen && !is_within_chosen(node)) {
          m_read.push_back(node);
        }
      }
      node = next_node(node, root, down);
    }
    if (m_content.empty()) {
      m_read.push_back(root);
    }
  }

  [[nodiscard]] bool is_within_chosen(const xmlNode* node) const {
    for (const xmlNode* above = node->parent; above != nullptr; above = above->parent) {
      if (!m_read.empty() && above == m_read.back()) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool leaves_out(const xmlNode* node) const {
    return is_left_out(name_of(node)) || is_hidden(node) ||
           std::any_of(m_skip.begin(), m_skip.end(), [&](const Selector& selector) {
             return matches(selector, node);
           });
  }

  /// What stands in an element, as one line.
  [[nodiscard]] std::string text_of(const xmlNode* element) const {
    std::string text;
    for (const xmlNode* node = element; node != nullptr;) {
      const bool down = node == element || !is_element(node) || !leaves_out(node);
      if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        text += view(node->content);
      } else if (is_element(node) && down) {
        text += inline_mark(name_of(node));
      }
      node = next_node(node, element, down);
    }
    return page::one_line(text);
  }

  /// What an element puts in front of its text.
  static std::string_view inline_mark(std::string_view name) {
    return name == "sup"                                                    ? "^"
           : name == "sub"                                                  ? "_"
           : name == "br" || is_block(name) || name == "td" || name == "th" ? " "
                                                                            : "";
  }

  void walk(const xmlNode* element) {
    for (const xmlNode* node = element->children; node != nullptr; node = node->next) {
      if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        const std::string_view text = view(node->content);
        m_breaks = trimmed(text).empty() ? m_breaks : 0;
        m_text += text;
      } else if (is_element(node) && !leaves_out(node)) {
        enter(node);
      }
    }
  }

  void enter(const xmlNode* node) {
    const std::string_view name = name_of(node);
    if (name == "br") {
      m_text += ' ';
      if (++m_breaks == 2) {
        flush();
      }
      return;
    }
    m_breaks = 0;
    if (name == "tr" && !lays_out(node)) {
      flush();
      page::append(m_page, {PageBlock::Kind::row, row_text(node), {}});
      collect_links(node);
      return;
    }
    if (is_heading(name) || name == "li") {
      flush();
      const auto around = m_kind;
      m_kind = name == "li" ? PageBlock::Kind::item : PageBlock::Kind::heading;
      walk(node);
      flush();
      m_kind = around;
      return;
    }
    const bool block = is_block(name) || name == "td" || name == "th";
    if (block) {
      flush();
    }
    if (name == "a") {
      add_link(node);
    }
    m_text += inline_mark(name);
    walk(node);
    if (block) {
      flush();
    }
  }

  /// Whether a row of a table holds paragraphs of their own rather than cells.
  [[nodiscard]] static bool lays_out(const xmlNode* row) {
    static constexpr std::array<std::string_view, 4> own{"table", "ul", "ol", "dl"};
    for (const xmlNode* node = row; node != nullptr; node = next_node(node, row, true)) {
      if (is_element(node) && (is_heading(name_of(node)) || is_one_of(name_of(node), own))) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] std::string row_text(const xmlNode* row) const {
    std::string text;
    bool filled = false;
    for (const xmlNode* cell = row->children; cell != nullptr; cell = cell->next) {
      if (is_element(cell) && !leaves_out(cell)) {
        const std::string words = text_of(cell);
        text += (cell == first_element(row) ? "" : " | ") + words;
        filled = filled || !words.empty();
      }
    }
    return filled ? page::one_line(text) : std::string();
  }

  static const xmlNode* first_element(const xmlNode* parent) {
    const xmlNode* node = parent->children;
    while (node != nullptr && !is_element(node)) {
      node = node->next;
    }
    return node;
  }

  void collect_links(const xmlNode* element) {
    for (const xmlNode* node = element; node != nullptr;) {
      const bool down = !is_element(node) || !leaves_out(node);
      if (down && is_element(node) && name_of(node) == "a") {
        add_link(node);
      }
      node = next_node(node, element, down);
    }
  }

  void add_link(const xmlNode* anchor) {
    const std::string address = page::link_address(std::string(attribute(anchor, "href")), m_base);
    if (address.empty()) {
      return;
    }
    std::string text = text_of(anchor);
    for (const std::string_view name : {"aria-label", "title"}) {
      text = text.empty() ? page::one_line(attribute(anchor, name)) : text;
    }
    const auto known = std::find_if(m_page.links.begin(),
                                    m_page.links.end(),
                                    [&](const PageLink& each) { return each.address == address; });
    if (known == m_page.links.end()) {
      m_page.links.push_back({std::move(text), address});
    } else if (known->text.empty()) {
      known->text = std::move(text);
    }
  }

  void flush() {
    page::append(m_page, {m_kind, page::one_line(m_text), {}});
    m_text.clear();
    m_breaks = 0;
  }

  std::string m_base;
  std::vector<Selector> m_skip;
  std::vector<Selector> m_content; ///< one or none
  std::vector<const xmlNode*> m_read;
  Page m_page;
  std::string m_text;
  PageBlock::Kind m_kind = PageBlock::Kind::paragraph;
  int m_breaks = 0; ///< line breaks in a row
};

/// Within our limits: `too_large`.
Result<void> check_size(const xmlNode* root, const std::string& source_name) {
  std::size_t nodes = 0;
  for (const xmlNode* node = root; node != nullptr; node = next_node(node, root, true)) {
    if (++nodes > max_nodes) {
      return fail(ErrorKind::too_large,
                  fmt::format("'{}' has more than {} nodes", printable(source_name), max_nodes));
    }
  }
  return {};
}

} // namespace

Result<Page>
read_page_html(std::string_view bytes, const PageOptions& options, const std::string& source_name) {
  if (bytes.size() > max_bytes) {
    return fail(ErrorKind::too_large,
                fmt::format("'{}' is larger than {} bytes", printable(source_name), max_bytes));
  }
  page::Decoded decoded = page::decode_html(bytes);
  const std::unique_ptr<htmlParserCtxt, FreeContext> context(htmlNewParserCtxt());
  if (!context) {
    throw std::bad_alloc();
  }
  const Document document(htmlCtxtReadMemory(context.get(),
                                             decoded.utf8.data(),
                                             static_cast<int>(decoded.utf8.size()),
                                             nullptr,
                                             "UTF-8",
                                             HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                                 HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                                 HTML_PARSE_NODEFDTD));
  const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (root == nullptr || decoded.utf8.find('<') == std::string::npos) {
    return fail(ErrorKind::malformed, fmt::format("'{}' is no HTML", printable(source_name)));
  }
  if (context->disableSAX != 0) { // ended by libxml2's own limits
    return fail(ErrorKind::too_large,
                fmt::format("'{}' has more than {} elements one in another",
                            printable(source_name),
                            max_depth));
  }
  TRY(check_size(root, source_name));
  Page page = HtmlReader(options).read(root);
  page.notes.insert(page.notes.begin(), decoded.notes.begin(), decoded.notes.end());
  return page;
}

} // namespace regtrail::parse
