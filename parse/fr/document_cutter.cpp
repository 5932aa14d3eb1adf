#include "parse/fr/document_cutter.hpp"

#include "ear/text_date.hpp"
#include "parse/annual/element_scanner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
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

class Cutter {
public:
  Cutter(ByteWindow& window,
         const Limits& limits,
         const std::string& source_name,
         const FrIssue& known,
         const FrPieceHandler& handler)
      : m_window(window),
        m_limits(limits),
        m_handler(handler),
        m_issue(known),
        m_scanner(window, limits, source_name, "Federal Register XML") {}

  Result<void> run() {
    bool root = true;
    while (true) {
      auto tag = m_scanner.next();
      if (!tag) {
        return tl::unexpected<Error>(std::move(tag.error()));
      }
      if (!*tag) {
        return {};
      }
      if (std::exchange(root, false)) {
        if (auto known = check_root(**tag); !known) {
          return known;
        }
      }
      auto done = (*tag)->kind == Tag::Kind::start ? opened(**tag) : closed(**tag);
      if (!done) {
        return done;
      }
    }
  }

private:
  static constexpr std::size_t nothing = ElementScanner::nothing;

  enum class Inside { frame, document, contents, field };

  Result<void> check_root(const Tag& tag) {
    const std::string_view bytes = m_window.slice(tag.begin, tag.stop);
    if (bytes.find("schemas.gpo.gov/xml/uslm") != std::string_view::npos) {
      return m_scanner.complain(
          ErrorKind::malformed,
          m_scanner.line_of(tag.begin),
          "this is USLM (http://schemas.gpo.gov/xml/uslm), not FR XML; fetch the document's "
          "full_text_xml_url instead");
    }
    if (!is_one_of(tag.name, documents) && !is_one_of(tag.name, frames)) {
      return m_scanner.complain(
          ErrorKind::malformed,
          m_scanner.line_of(tag.begin),
          fmt::format("expected <FEDREG>, <RULE>, <PRORULE>, <NOTICE> or <PRESDOCU>, got <{}>",
                      tag.name.substr(0, 40)));
    }
    return {};
  }

  Result<void> opened(const Tag& tag) {
    if (m_inside != Inside::frame) {
      return {};
    }
    if (tag.name == "PRTPAGE") {
      const int page = number_in(m_window.slice(tag.begin, tag.stop));
      m_page = page != 0 ? page : m_page;
    } else if (is_one_of(tag.name, documents)) {
      enter(Inside::document, tag);
      return cut_off();
    } else if (tag.name == "CNTNTS") {
      enter(Inside::contents, tag);
      m_scanner.release();
    } else if (tag.name == "VOL" || tag.name == "DATE") {
      enter(Inside::field, tag);
    }
    return {};
  }

  void enter(Inside inside, const Tag& tag) {
    m_inside = inside;
    m_name = tag.name;
    m_begin = tag.begin;
    m_content = tag.stop;
    m_depth = m_scanner.depth();
    m_scanner.hold(tag.begin);
  }

  /// Tries the document up to the first end tag of its name.
  Result<void> cut_off() {
    const auto end = m_scanner.find_end();
    if (!end) {
      return tl::unexpected<Error>(end.error());
    }
    const FrPiece piece = *end == nothing ? FrPiece() : piece_to(*end);
    // an end tag in a comment or CDATA section leaves that open, and the piece does not load
    if (!piece.bytes.empty() && piece.bytes.size() <= m_limits.max_unit_bytes) {
      if (const auto page = m_handler.load(piece, m_depth)) {
        m_scanner.leave(*end);
        return take(piece, *page);
      }
    }
    m_line = m_scanner.line_of(m_begin); // an error will ask for it
    return {};
  }

  [[nodiscard]] FrPiece piece_to(std::size_t end) const {
    return {m_name, m_window.slice(m_begin, end), m_line, m_page};
  }

  Result<void> take(const FrPiece& piece, int page) {
    auto done = m_handler.take(piece, m_issue);
    m_page = page != 0 ? page : m_page;
    m_inside = Inside::frame;
    m_scanner.release();
    return done;
  }

  Result<void> closed(const Tag& tag) {
    if (m_inside == Inside::frame || m_scanner.depth() + 1 != m_depth) {
      return {};
    }
    if (m_inside == Inside::document) {
      return close_document(tag);
    }
    if (m_inside == Inside::field) {
      field(tag.name, m_window.slice(m_content, tag.begin));
    }
    m_inside = Inside::frame;
    m_scanner.release();
    return {};
  }

  Result<void> close_document(const Tag& tag) {
    const FrPiece piece = piece_to(tag.stop);
    if (piece.bytes.size() > m_limits.max_unit_bytes) {
      return m_scanner.complain(
          ErrorKind::too_large,
          m_scanner.line_of(tag.begin),
          fmt::format("a document is larger than {} bytes", m_limits.max_unit_bytes));
    }
    auto page = m_handler.load(piece, m_depth);
    if (!page) {
      return tl::unexpected<Error>(std::move(page.error()));
    }
    return take(piece, *page);
  }

  void field(std::string_view name, std::string_view text) {
    constexpr std::size_t longest = 200;
    text = text.substr(0, longest);
    if (name == "VOL") {
      m_issue.volume = std::max(number_in(text), 0);
    } else if (const auto dates = ear::find_dates(text); !dates.empty()) {
      m_issue.date = dates.front().date;
    }
  }

  ByteWindow& m_window;
  const Limits& m_limits;
  const FrPieceHandler& m_handler;
  FrIssue m_issue;
  ElementScanner m_scanner;
  Inside m_inside = Inside::frame;
  std::string m_name; ///< of the element inside which we are
  std::size_t m_begin = 0;
  std::size_t m_content = 0; ///< behind the start tag
  std::size_t m_line = 0;
  std::size_t m_depth = 0; ///< the same element's
  int m_page = 0;          ///< the last one seen
};

} // namespace

Result<void> cut_fr(ByteWindow& window,
                    const Limits& limits,
                    const std::string& source_name,
                    const FrIssue& known,
                    const FrPieceHandler& handler) {
  return Cutter(window, limits, source_name, known, handler).run();
}

} // namespace regtrail::parse
