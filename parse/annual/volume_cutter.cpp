#include "parse/annual/volume_cutter.hpp"

#include "parse/annual/element_scanner.hpp"
#include "parse/annual/unit_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace regtrail::parse {
namespace {

template<std::size_t size>
bool is_one_of(std::string_view name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 11> roots = {"CFRDOC",
                                                    "CFRGRANULE",
                                                    "TITLE",
                                                    "SUBTITLE",
                                                    "CHAPTER",
                                                    "SUBCHAP",
                                                    "PART",
                                                    "SUBPART",
                                                    "SUBJGRP",
                                                    "SECTION",
                                                    "APPENDIX"};

/// Which edition this is.
constexpr std::array<std::string_view, 3> front = {"FDSYS", "TITLEPG", "TITLEHD"};

/// Front matter, contents and finding aids. Contents hold SECTNO and SUBJECT without text.
constexpr std::array<std::string_view, 12> furniture = {"FMTR",
                                                        "TOC",
                                                        "CFRTOC",
                                                        "CONTENTS",
                                                        "CITE",
                                                        "EXPLA",
                                                        "THISTITL",
                                                        "OENOTICE",
                                                        "BMTR",
                                                        "FAIDS",
                                                        "ALPHLIST",
                                                        "LSA"};

/// What may reprint sections and parts that are not the current text.
constexpr std::array<std::string_view, 7> reprints = {
    "EFFDNOT", "EFFDNOTP", "REVTXT", "SUPERSED", "EDNOTE", "NOTE", "EXTRACT"};

class AnnualCutter {
public:
  AnnualCutter(ByteWindow& window,
               const Limits& limits,
               const std::string& source_name,
               const AnnualHandler& handler)
      : m_window(window),
        m_limits(limits),
        m_handler(handler),
        m_scanner(window, limits, source_name, "annual CFR XML") {}

  Result<std::string> run() {
    std::string root;
    while (true) {
      auto tag = m_scanner.next();
      if (!tag) {
        return tl::unexpected<Error>(std::move(tag.error()));
      }
      if (!*tag) {
        return root;
      }
      if (root.empty()) {
        root = (*tag)->name;
        if (!is_annual_root(root)) {
          return m_scanner.complain(
              ErrorKind::malformed,
              m_scanner.line_of((*tag)->begin),
              fmt::format("expected <CFRDOC>, <CFRGRANULE> or <PART>, got <{}>",
                          root.substr(0, 40)));
        }
      }
      auto done = (*tag)->kind == Tag::Kind::start ? opened(**tag) : closed(**tag);
      if (!done) {
        return tl::unexpected<Error>(std::move(done.error()));
      }
    }
  }

private:
  static constexpr std::size_t nothing = ElementScanner::nothing;

  /// An element that is open; inside of what is passed over, nothing is looked at but its end.
  struct Span {
    std::size_t begin = nothing;
    std::size_t depth = 0;

    [[nodiscard]] bool open() const { return begin != nothing; }
  };

  Result<void> opened(const Tag& tag) {
    if (m_passed_over.open()) {
      return {};
    }
    if (tag.name == "SECTION" || tag.name == "APPENDIX") {
      return unit(tag);
    }
    const Span here{tag.begin, m_scanner.depth()};
    if (is_one_of(tag.name, front)) {
      return front_matter(tag);
    }
    if (tag.name == "PART" && !m_part.open()) {
      m_part = here;
      m_part_line = m_scanner.line_of(tag.begin);
      m_frame.clear();
      m_frame_from = tag.begin;
      m_scanner.hold(tag.begin);
      m_number.clear();
      m_handler.on_part();
      return {};
    }
    m_drops_span = is_one_of(tag.name, furniture);
    if (m_drops_span ? tag.name != "FMTR" // a title page stands inside the front matter
                     : is_one_of(tag.name, reprints)) {
      m_passed_over = here;
      if (m_drops_span) {
        keep_frame(tag.begin);
      }
    }
    return {};
  }

  /// Reads an element that says which edition this is; inside a part it is text like any other.
  Result<void> front_matter(const Tag& start) {
    keep_frame(start.begin);
    auto markup = m_scanner.read_element(start);
    if (!markup) {
      return tl::unexpected<Error>(std::move(markup.error()));
    }
    markup->set_bytes(m_window.slice(start.begin, m_scanner.position()));
    m_handler.on_front(markup->root());
    hold_frame();
    return {};
  }

  /// Reads the unit whose start tag this is.
  Result<void> unit(const Tag& start) {
    Piece piece;
    piece.kind = start.name == "SECTION" ? Piece::Kind::section : Piece::Kind::appendix;
    piece.line = m_scanner.line_of(start.begin);
    keep_frame(start.begin);
    piece.part = part_number();
    auto markup = m_scanner.read_element(start);
    if (!markup) {
      return tl::unexpected<Error>(std::move(markup.error()));
    }
    piece.bytes = m_window.slice(start.begin, m_scanner.position());
    if (piece.bytes.size() > m_limits.max_unit_bytes) {
      return m_scanner.complain(
          ErrorKind::too_large,
          piece.line,
          fmt::format("a unit is larger than {} bytes", m_limits.max_unit_bytes));
    }
    piece.markup = std::move(*markup);
    piece.markup.set_bytes(piece.bytes);
    if (m_part.open()) {
      m_frame_from = m_scanner.position();
    }
    auto done = m_handler.on_piece(std::move(piece));
    hold_frame();
    return done;
  }

  Result<void> closed(const Tag& tag) {
    const std::size_t depth = m_scanner.depth() + 1;
    if (m_passed_over.open()) {
      if (depth == m_passed_over.depth) {
        m_passed_over = {};
        if (m_drops_span && m_part.open()) {
          m_frame_from = tag.stop;
        }
        hold_frame();
      }
      return {};
    }
    return m_part.open() && depth == m_part.depth ? close_part(tag) : Result<void>{};
  }

  Result<void> close_part(const Tag& tag) {
    keep_frame(tag.stop);
    Piece piece;
    piece.kind = Piece::Kind::frame;
    piece.bytes = m_frame;
    piece.part = part_number();
    piece.line = m_part_line;
    m_part = {};
    m_frame_from = nothing;
    m_scanner.release();
    return m_handler.on_piece(std::move(piece));
  }

  /// Moves the bytes of the open part that belong to none of its units into m_frame.
  void keep_frame(std::size_t to) {
    if (m_part.open() && m_frame_from < to) {
      m_frame.append(m_window.slice(m_frame_from, to));
      m_frame_from = to;
    }
  }

  void hold_frame() {
    if (m_part.open()) {
      m_scanner.hold(m_frame_from);
    } else {
      m_scanner.release();
    }
  }

  std::string part_number() {
    if (m_part.open() && m_number.empty()) {
      m_number = part_number_of(m_frame);
    }
    return m_part.open() ? m_number : std::string{};
  }

  ByteWindow& m_window;
  const Limits& m_limits;
  const AnnualHandler& m_handler;
  ElementScanner m_scanner;

  Span m_passed_over;
  bool m_drops_span = false; ///< the span passed over is no part of the frame
  Span m_part;
  std::size_t m_part_line = 0;
  std::string m_number; ///< of the part, read off its frame when first asked
  std::string m_frame;
  std::size_t m_frame_from = nothing;
};

} // namespace

Result<std::string> cut_annual(ByteWindow& window,
                               const Limits& limits,
                               const std::string& source_name,
                               const AnnualHandler& handler) {
  return AnnualCutter(window, limits, source_name, handler).run();
}

bool is_annual_root(std::string_view name) {
  return is_one_of(name, roots);
}

} // namespace regtrail::parse
