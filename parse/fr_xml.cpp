#include "parse/fr_xml.hpp"

#include "ear/text_date.hpp"
#include "parse/ecfr/inline_text.hpp"
#include "parse/fr/document_reader.hpp"
#include "parse/fr/issue_xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <utility>

namespace regtrail::parse {
namespace {

constexpr std::array<std::string_view, 6> documents = {
    "RULE", "PRORULE", "NOTICE", "PRESDOCU", "PRESDOC", "CORRECT"};

constexpr std::array<std::string_view, 7> frames = {
    "FEDREG", "RULES", "PRORULES", "NOTICES", "PRESDOCS", "NEWPART", "CORRECTS"};

template<std::size_t size>
bool is_one_of(std::string_view name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The first number in `text`, 0 for none.
int number_in(std::string_view text) {
  const std::size_t from = text.find_first_of("0123456789");
  int number = 0;
  if (from != std::string_view::npos) {
    std::from_chars(text.data() + from, text.data() + text.size(), number);
  }
  return number;
}

class IssueReader {
public:
  IssueReader(const FrTree& tree, const FrOptions& options)
      : m_tree(tree),
        m_limits(options.limits),
        m_deepest(static_cast<std::size_t>(std::max(options.limits.max_depth, 1))),
        m_issue{options.volume, options.published} {}

  Result<std::vector<Document>> run() {
    const pugi::xml_node root = m_tree.document().document_element();
    const std::string_view name = root.name();
    const std::string_view space = root.attribute("xmlns").value();
    if (space.find("schemas.gpo.gov/xml/uslm") != std::string_view::npos) {
      return m_tree.complain(
          ErrorKind::malformed,
          root,
          "this is USLM (http://schemas.gpo.gov/xml/uslm), not FR XML; fetch the document's "
          "full_text_xml_url instead");
    }
    if (!is_one_of(name, documents) && !is_one_of(name, frames)) {
      return m_tree.complain(
          ErrorKind::malformed,
          root,
          fmt::format("expected <FEDREG>, <RULE>, <PRORULE>, <NOTICE> or <PRESDOCU>, got <{}>",
                      name.substr(0, 40)));
    }
    TRY(children(m_tree.document(), 1));
    return std::move(m_documents);
  }

private:
  /// `depth` is that of the children; the outermost elements have 1.
  Result<void> children(const pugi::xml_node& frame, std::size_t depth) {
    for (const pugi::xml_node child : frame.children()) {
      const std::string_view name = child.name();
      if (depth > m_deepest) {
        return nested_too_deep(child);
      }
      if (is_one_of(name, documents)) {
        TRY(document(child, depth));
      } else if (name == "PRTPAGE") {
        const int page = number_in(child.attribute("P").value());
        m_page = page != 0 ? page : m_page;
      } else if (name == "VOL") {
        m_issue.volume = number_in(resolve_inline(child).text);
      } else if (name == "DATE") {
        const auto dates = ear::find_dates(resolve_inline(child).text);
        m_issue.date = dates.empty() ? m_issue.date : dates.front().date;
      } else if (name != "CNTNTS") {
        TRY(children(child, depth + 1));
      }
    }
    return {};
  }

  Result<void> document(const pugi::xml_node& element, std::size_t depth) {
    if (m_tree.size_of(element) > m_limits.max_unit_bytes) {
      return m_tree.complain(
          ErrorKind::too_large,
          element,
          fmt::format("a document is larger than {} bytes", m_limits.max_unit_bytes));
    }
    const FrPages pages = mend(element, m_page);
    if (depth - 1 + pages.depth > m_deepest) {
      return nested_too_deep(element);
    }
    m_page = pages.last != 0 ? pages.last : m_page;
    m_documents.push_back(read_document(element, m_issue, pages));
    return {};
  }

  [[nodiscard]] tl::unexpected<Error> nested_too_deep(const pugi::xml_node& element) const {
    return m_tree.complain(ErrorKind::too_large,
                           element,
                           fmt::format("elements are nested deeper than {}", m_deepest));
  }

  const FrTree& m_tree;
  const Limits& m_limits;
  std::size_t m_deepest;
  FrIssue m_issue;
  int m_page = 0; ///< the last one seen
  std::vector<Document> m_documents;
};

/// "2.a.i" lies below "2.a" and "2".
bool lies_below(std::string_view ordinal, std::string_view above) {
  return ordinal.size() > above.size() && ordinal.starts_with(above) &&
         ordinal[above.size()] == '.';
}

} // namespace

Result<std::vector<Document>> parse_fr_xml(std::string_view bytes, const FrOptions& options) {
  if (bytes.size() > options.limits.max_bytes) {
    return fail(
        ErrorKind::too_large,
        fmt::format("'{}' is larger than {} bytes", options.source_name, options.limits.max_bytes));
  }
  TRY_ASSIGN(const FrTree tree, FrTree::load(bytes, options.source_name));
  return IssueReader(tree, options).run();
}

std::vector<const SetOutText*> set_out_for(const Document& document, std::size_t index) {
  const Instruction& wanted = document.instructions.at(index);
  std::vector<const SetOutText*> texts;
  for (std::size_t i = index + 1; i-- > 0 && texts.empty();) {
    const Instruction& instruction = document.instructions[i];
    if (i != index && !lies_below(wanted.ordinal, instruction.ordinal)) {
      continue;
    }
    for (const SetOutText& text : instruction.set_out) {
      texts.push_back(&text);
    }
  }
  return texts;
}

} // namespace regtrail::parse
