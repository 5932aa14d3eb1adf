#include "parse/cfr/xml_reader.hpp"

#include "parse/annual/unit_names.hpp"
#include "parse/cfr_annual_xml.hpp"
#include "parse/ecfr/inline_text.hpp"
#include "parse/encoding.hpp"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

namespace regtrail::parse {
namespace {

using Names = std::vector<std::string_view>;

bool is_one_of(std::string_view name, const Names& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The elements of one form that matter for cutting a document into units.
struct Vocabulary {
  std::string_view name;           ///< "eCFR XML"
  std::string_view expected_roots; ///< as a message names them
  Names roots;
  std::string_view part;
  std::string_view section;
  std::string_view appendix;
  Names front;      ///< say which edition this is
  Names left_out;   ///< contents and finding aids; contents hold SECTNO and SUBJECT without text
  Names quotations; ///< may reprint sections and parts that are not the current text
};

const Vocabulary& vocabulary_of(CfrForm form) {
  static const Vocabulary ecfr = {.name = "eCFR XML",
                                  .expected_roots = "<DIV1> to <DIV9>, <ECFR> or <DLPSTEXTCLASS>",
                                  .roots = {"DIV1",
                                            "DIV2",
                                            "DIV3",
                                            "DIV4",
                                            "DIV5",
                                            "DIV6",
                                            "DIV7",
                                            "DIV8",
                                            "DIV9",
                                            "ECFR",
                                            "DLPSTEXTCLASS",
                                            "ECFRBRWS"},
                                  .part = "DIV5",
                                  .section = "DIV8",
                                  .appendix = "DIV9",
                                  .front = {},
                                  .left_out = {},
                                  .quotations = {}};
  static const Vocabulary annual = {
      .name = "annual CFR XML",
      .expected_roots = "<CFRDOC>, <CFRGRANULE> or <PART>",
      .roots = {"CFRDOC",
                "CFRGRANULE",
                "TITLE",
                "SUBTITLE",
                "CHAPTER",
                "SUBCHAP",
                "PART",
                "SUBPART",
                "SUBJGRP",
                "SECTION",
                "APPENDIX"},
      .part = "PART",
      .section = "SECTION",
      .appendix = "APPENDIX",
      .front = {"FDSYS", "TITLEPG", "TITLEHD"},
      .left_out = {"TOC",
                   "CFRTOC",
                   "CONTENTS",
                   "CITE",
                   "EXPLA",
                   "THISTITL",
                   "OENOTICE",
                   "BMTR",
                   "FAIDS",
                   "ALPHLIST",
                   "LSA"},
      .quotations = {"EFFDNOT", "EFFDNOTP", "REVTXT", "SUPERSED", "EDNOTE", "NOTE", "EXTRACT"}};
  return form == CfrForm::ecfr ? ecfr : annual;
}

const char* chars(const xmlChar* text) {
  return reinterpret_cast<const char*>(text);
}

/// "742" for "§ 742.1", "" where there is no such number.
std::string part_of_section(std::string_view number) {
  const std::size_t begin = number.find_first_of("0123456789");
  const std::size_t end = number.find('.');
  return begin < end && end != std::string_view::npos
             ? std::string(number.substr(begin, end - begin))
             : std::string{};
}

/// Elements of a unit in which sections and parts are quotations, not units.
const Names& quotations_in_units() {
  static const Names names = {
      "EFFDNOT", "EFFDNOTP", "REVTXT", "SUPERSED", "EDNOTE", "NOTE", "EXTRACT"};
  return names;
}

/// A unit or the frame of a part that is being read.
struct OpenPiece {
  Piece::Kind kind = Piece::Kind::section;
  std::size_t depth = 0;
  std::size_t begin = 0; ///< of its first tag
  std::size_t from = 0;  ///< behind what is kept and what is not its own, such as a unit inside it
  std::string kept;      ///< its bytes up to `from`, as received
  std::vector<ByteRange> ranges; ///< of these
  pugi::xml_node element;
  pugi::xml_node parent; ///< outside of all units, where it is an outermost unit
  std::size_t units_inside = 0;
  std::string part; ///< of a frame: its number, as far as it is known
};

struct FreeContext {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};

/// The SAX2 handler: builds the element of one unit at a time, and one tree of all that is outside
/// of units, from which a part is taken when it is closed.
class Reader {
public:
  Reader(XmlText text,
         CfrForm form,
         const Limits& limits,
         const std::string& source_name,
         const CfrHandler& handler)
      : m_text(std::move(text)),
        m_form(form),
        m_vocabulary(vocabulary_of(form)),
        m_limits(limits),
        m_source_name(source_name),
        m_handler(handler) {}

  Result<std::string> run() {
    const std::string_view utf8 = m_text.utf8();
    m_context.reset(xmlCreateMemoryParserCtxt(utf8.data(), static_cast<int>(utf8.size())));
    if (!m_context) {
      throw std::bad_alloc();
    }
    set_callbacks(*m_context->sax);
    m_context->userData = this;
    // only with NOENT are references in attributes resolved; declarations are not kept, so that
    // there is no entity to expand
    xmlCtxtUseOptions(m_context.get(), XML_PARSE_NONET | XML_PARSE_NOENT);
    xmlParseDocument(m_context.get());
    if (m_exception) {
      std::rethrow_exception(m_exception);
    }
    if (m_context->wellFormed == 0) {
      refuse(ErrorKind::malformed, "the document is not well-formed");
    }
    if (m_trouble) {
      return tl::unexpected(std::move(*m_trouble));
    }
    return std::move(m_root);
  }

private:
  /// Calls `work` with the reader. An exception may not pass through libxml2: it ends the run.
  template<typename Work>
  static void guard(void* reader, const Work& work) {
    auto& self = *static_cast<Reader*>(reader);
    try {
      work(self);
    } catch (...) {
      self.m_exception = std::current_exception();
      xmlStopParser(self.m_context.get());
    }
  }

  static void set_callbacks(xmlSAXHandler& sax) {
    sax = {};
    sax.initialized = XML_SAX2_MAGIC;
    sax.internalSubset = [](void* reader, auto* /*name*/, auto* /*public_id*/, auto* /*uri*/) {
      guard(reader, [](Reader& self) { self.doctype(); });
    };
    sax.startElementNs = [](void* reader,
                            const xmlChar* name,
                            const xmlChar* prefix,
                            const xmlChar* /*uri*/,
                            int /*namespace_count*/,
                            const xmlChar** /*namespaces*/,
                            int count,
                            int /*defaulted*/,
                            const xmlChar** attributes) {
      guard(reader, [&](Reader& self) {
        if (prefix == nullptr) {
          self.start(chars(name), count, attributes);
        } else {
          self.start(fmt::format("{}:{}", chars(prefix), chars(name)).c_str(), count, attributes);
        }
      });
    };
    sax.endElementNs = [](void* reader, auto* /*name*/, auto* /*prefix*/, auto* /*uri*/) {
      guard(reader, [](Reader& self) { self.end(); });
    };
    sax.characters = [](void* reader, const xmlChar* text, int length) {
      guard(reader, [&](Reader& self) {
        self.characters({chars(text), static_cast<std::size_t>(length)});
      });
    };
    sax.ignorableWhitespace = sax.characters;
    sax.cdataBlock = sax.characters;
    sax.getEntity = [](void* reader, const xmlChar* name) {
      xmlEntity* found = nullptr;
      guard(reader, [&](Reader& self) { found = self.named_character(chars(name)); });
      return found;
    };
    sax.serror = [](void* reader, auto* error) {
      guard(reader, [&](Reader& self) { self.parser_error(*error); });
    };
  }

  void doctype() {
    if (m_context->input->cur[0] == '[') {
      refuse(ErrorKind::malformed, "a DOCTYPE with an internal subset is refused, remove it");
    }
  }

  /// HTML's named characters are read as if XML predefined them.
  xmlEntity* named_character(std::string_view name) {
    m_character = html_character(name);
    if (m_character.empty()) {
      return nullptr;
    }
    m_entity = {};
    m_entity.type = XML_ENTITY_DECL;
    m_entity.content = reinterpret_cast<xmlChar*>(m_character.data());
    m_entity.length = static_cast<int>(m_character.size());
    // libxml2 takes only the first byte of a predefined entity into an attribute
    m_entity.etype = m_context->instate == XML_PARSER_ATTRIBUTE_VALUE
                         ? XML_INTERNAL_GENERAL_ENTITY
                         : XML_INTERNAL_PREDEFINED_ENTITY;
    return &m_entity;
  }

  void parser_error(const xmlError& error) {
    if (error.level < XML_ERR_ERROR || error.domain == XML_FROM_NAMESPACE) {
      return; // prefixes mean nothing here
    }
    std::string message = error.message == nullptr ? "unknown error" : error.message;
    while (message.ends_with('\n') || message.ends_with(' ')) {
      message.pop_back();
    }
    std::replace(message.begin(), message.end(), '\n', ' ');
    if (m_context->input->cur >= m_context->input->end) {
      message += "; it is truncated";
    }
    refuse(ErrorKind::malformed, message, error.line);
  }

  /// Ends the run; the first reason stands.
  void refuse(ErrorKind kind, std::string_view what, int line = 0) {
    if (!m_trouble) {
      m_trouble = Error{kind,
                        fmt::format("cannot parse '{}:{}': {}",
                                    m_source_name,
                                    line > 0 ? line : m_context->input->line,
                                    what)};
    }
    xmlStopParser(m_context.get());
  }

  void start(const char* name, int attribute_count, const xmlChar** attributes) {
    add_text();
    ++m_depth;
    if (m_root.empty()) {
      m_root = name;
      if (!is_one_of(m_root, m_vocabulary.roots)) {
        refuse(ErrorKind::malformed,
               fmt::format(
                   "expected {}, got <{}>", m_vocabulary.expected_roots, m_root.substr(0, 40)));
      }
    }
    if (m_depth > static_cast<std::size_t>(std::max(m_limits.max_depth, 1))) {
      refuse(ErrorKind::too_large,
             fmt::format("elements are nested deeper than {}", m_limits.max_depth));
    }
    if (m_trouble || m_left_out != 0) {
      return;
    }
    if (m_quotation == 0) {
      start_piece(name);
    }
    if (m_left_out == 0) {
      add_element(name, attribute_count, attributes);
    }
  }

  /// A section or appendix, also one that stands inside another, and a part that stands in none.
  void start_piece(std::string_view name) {
    const bool in_unit = is_in_unit();
    const bool section = name == m_vocabulary.section;
    if (section || name == m_vocabulary.appendix) {
      const bool outermost = std::all_of(m_pieces.begin(), m_pieces.end(), is_frame);
      open_piece(section ? Piece::Kind::section : Piece::Kind::appendix);
      if (outermost) {
        m_pieces.back().parent = std::exchange(m_open, m_unit);
      }
    } else if (name == m_vocabulary.part && (in_unit || m_pieces.empty())) {
      open_piece(Piece::Kind::frame);
    } else if (in_unit) {
      m_quotation = is_one_of(name, quotations_in_units()) ? m_depth : 0;
    } else if (is_one_of(name, m_vocabulary.left_out)) {
      m_left_out = m_depth;
      if (!m_pieces.empty()) {
        keep(m_pieces.back(), tag_begin());
      }
    } else if (is_one_of(name, m_vocabulary.quotations) || is_one_of(name, m_vocabulary.front)) {
      m_quotation = m_depth;
    }
  }

  void open_piece(Piece::Kind kind) {
    OpenPiece& piece = m_pieces.emplace_back();
    piece.kind = kind;
    piece.depth = m_depth;
    piece.begin = piece.from = tag_begin();
  }

  static bool is_frame(const OpenPiece& piece) { return piece.kind == Piece::Kind::frame; }

  [[nodiscard]] bool is_in_unit() const { return !m_pieces.empty() && !is_frame(m_pieces.back()); }

  /// `attributes` are five pointers each: name, prefix, URI, begin and end of the value.
  void add_element(const char* name, int count, const xmlChar** attributes) {
    check_unit_size();
    m_open = m_open.append_child(name);
    if (!m_pieces.empty() && m_pieces.back().depth == m_depth) {
      m_pieces.back().element = m_open;
    }
    std::size_t size = 0;
    for (int i = 0; i < count; ++i, attributes += 5) {
      const auto length = static_cast<std::size_t>(attributes[4] - attributes[3]);
      size += length;
      m_open.append_attribute(chars(attributes[0])).set_value(chars(attributes[3]), length);
    }
    if (size > m_limits.max_attribute_bytes) {
      refuse(ErrorKind::too_large,
             fmt::format("a tag is larger than {} bytes", m_limits.max_attribute_bytes));
    }
  }

  void end() {
    add_text();
    const std::size_t depth = m_depth--;
    if (m_trouble) {
      return;
    }
    if (m_left_out != 0) {
      if (depth == m_left_out) {
        m_left_out = 0;
        if (!m_pieces.empty()) {
          m_pieces.back().from = position();
        }
      }
      return;
    }
    const pugi::xml_node element = std::exchange(m_open, m_open.parent());
    if (!m_pieces.empty() && depth == m_pieces.back().depth) {
      end_piece();
    } else if (depth == m_quotation) {
      m_quotation = 0;
      if (is_one_of(element.name(), m_vocabulary.front)) {
        m_handler.on_front(element);
      }
    }
  }

  void end_piece() {
    check_unit_size();
    if (m_trouble) {
      return;
    }
    OpenPiece open = std::move(m_pieces.back());
    m_pieces.pop_back();
    Piece piece{open.kind, open.element, open.element.attribute("N").value(), {}};
    const bool inside = is_in_unit(); // of another unit
    piece.part = part_number(piece, open);
    if (inside && !is_unit_of_its_own(piece)) {
      leave_inside(m_pieces.back(), std::move(open));
      return;
    }
    if (!m_pieces.empty()) {
      keep(m_pieces.back(), open.begin);
    }
    hand_out(piece, open);
    if (!m_pieces.empty()) {
      m_pieces.back().from = position();
      m_pieces.back().units_inside += open.units_inside + 1;
    }
    if (open.parent) {
      m_open = open.parent;
      m_unit.reset();
    } else {
      m_open.remove_child(open.element);
    }
  }

  void hand_out(Piece& piece, OpenPiece& open) {
    const std::size_t behind = position();
    pugi::xml_node parent = open.parent;
    for (const OpenPiece& outer : m_pieces) {
      parent = parent ? parent : outer.parent;
    }
    parent = parent ? parent : m_open;
    if (open.ranges.empty() && open.from == open.begin) {
      const std::string_view bytes = m_text.received(open.begin, behind);
      m_handler.on_piece(piece, {bytes, {m_text.range_of(bytes)}, open.units_inside, parent});
      return;
    }
    keep(open, behind);
    m_handler.on_piece(piece, {open.kept, open.ranges, open.units_inside, parent});
  }

  /// What stands in a unit under the number of another part, or of none, is text of that unit, such
  /// as a model law in an appendix.
  [[nodiscard]] bool is_unit_of_its_own(const Piece& piece) const {
    if (piece.kind == Piece::Kind::frame) {
      return !piece.part.empty();
    }
    const bool annual = m_form == CfrForm::annual;
    if (piece.kind == Piece::Kind::section) {
      const std::string number =
          annual ? resolve_inline(piece.element.child("SECTNO")).text : piece.number;
      return !piece.part.empty() && part_of_section(number) == piece.part;
    }
    const std::string name = annual ? appendix_name(resolve_inline(piece.element.child("HD")).text,
                                                    resolve_inline(piece.element.child("EAR")).text,
                                                    piece.part)
                                    : piece.number;
    return annual ? name.ends_with(" Part " + piece.part) : !name.empty();
  }

  /// The bytes of `inner`, but for those of units inside it, are those of `outer`.
  void leave_inside(OpenPiece& outer, OpenPiece&& inner) {
    if (inner.ranges.empty()) {
      return;
    }
    keep(outer, inner.begin);
    outer.kept += inner.kept;
    outer.ranges.insert(outer.ranges.end(), inner.ranges.begin(), inner.ranges.end());
    outer.from = inner.from;
    outer.units_inside += inner.units_inside;
  }

  /// The number of the part that `piece` is or stands in; "" where none is open. <DIV5 N=""> has
  /// been published: then the number of the first section says which part it is. The annual form
  /// prints the number in the part's heading.
  std::string part_number(const Piece& piece, OpenPiece& open) {
    const auto around = std::find_if(m_pieces.rbegin(), m_pieces.rend(), is_frame);
    if (!is_frame(open) && around == m_pieces.rend()) {
      return {};
    }
    OpenPiece& frame = is_frame(open) ? open : *around;
    if (frame.part.empty()) {
      if (m_form == CfrForm::ecfr) {
        frame.part = frame.element.attribute("N").value();
      } else if (frame.units_inside == 0 || piece.kind == Piece::Kind::frame) {
        frame.part = part_number_of(frame.element);
      }
    }
    if (frame.part.empty() && piece.kind == Piece::Kind::section) {
      frame.part = part_of_section(piece.number);
    }
    return frame.part;
  }

  void characters(std::string_view text) {
    if (m_left_out != 0) {
      return;
    }
    if (text.size() == 2 && text[0] == '\xC2' && text[1] <= '\x9F') {
      // a reference: &#150; is meant as a dash wherever it occurs
      m_characters += windows_1252_character(static_cast<unsigned char>(text[1]));
    } else {
      m_characters += text;
    }
  }

  void check_unit_size() {
    if (is_in_unit() && position() - m_pieces.back().begin > m_limits.max_unit_bytes) {
      refuse(ErrorKind::too_large,
             fmt::format("a unit is larger than {} bytes", m_limits.max_unit_bytes));
    }
  }

  void add_text() {
    if (!m_characters.empty()) {
      m_open.append_child(pugi::node_pcdata).set_value(m_characters.data(), m_characters.size());
      m_characters.clear();
    }
  }

  /// Behind what the parser has read, in bytes of the text.
  [[nodiscard]] std::size_t position() const {
    return static_cast<std::size_t>(xmlByteConsumed(m_context.get()));
  }

  /// Where the tag begins that is being read: no "<" stands inside a tag.
  [[nodiscard]] std::size_t tag_begin() const { return m_text.utf8().rfind('<', position()); }

  /// Adds the bytes of `piece` up to `to` that are its own.
  void keep(OpenPiece& piece, std::size_t to) {
    const std::string_view bytes = m_text.received(piece.from, to);
    if (!bytes.empty()) {
      piece.kept += bytes;
      piece.ranges.push_back(m_text.range_of(bytes));
    }
    piece.from = to;
  }

  XmlText m_text;
  CfrForm m_form;
  const Vocabulary& m_vocabulary;
  const Limits& m_limits;
  const std::string& m_source_name;
  const CfrHandler& m_handler;
  std::unique_ptr<xmlParserCtxt, FreeContext> m_context;
  std::exception_ptr m_exception;
  std::optional<Error> m_trouble;
  std::string m_character; ///< what m_entity stands for
  xmlEntity m_entity{};    ///< the last named character

  std::string m_root;
  pugi::xml_document m_outside; ///< all but units, closed parts and what is left out
  pugi::xml_document m_unit;    ///< the open unit, with all that stands in it
  pugi::xml_node m_open = m_outside;
  std::string m_characters; ///< of the open element, not added to it yet

  std::vector<OpenPiece> m_pieces; ///< the innermost one last

  // depths of open elements, 0 for none; the root has 1
  std::size_t m_depth = 0;
  std::size_t m_left_out = 0;
  std::size_t m_quotation = 0; ///< in which no unit begins
};

} // namespace

Result<std::string> read_cfr_xml(std::string_view bytes,
                                 CfrForm form,
                                 const Limits& limits,
                                 const std::string& source_name,
                                 const CfrHandler& handler) {
  const Vocabulary& vocabulary = vocabulary_of(form);
  if (bytes.size() > std::min<std::size_t>(limits.max_bytes, std::numeric_limits<int>::max())) {
    return fail(ErrorKind::too_large,
                fmt::format("'{}' is larger than {} bytes", source_name, limits.max_bytes));
  }
  const auto expected = [&](std::string_view got) {
    return fail(
        ErrorKind::malformed,
        fmt::format("cannot parse '{}:1': expected {}, {}", source_name, vocabulary.name, got));
  };
  if (bytes.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return expected("the document is empty");
  }
  if (detect_kind(bytes) == FileKind::html) {
    return expected("got an HTML page");
  }
  TRY_ASSIGN(XmlText text, XmlText::read(bytes, source_name));
  return Reader(std::move(text), form, limits, source_name, handler).run();
}

bool is_cfr_root(CfrForm form, std::string_view name) {
  return is_one_of(name, vocabulary_of(form).roots);
}

} // namespace regtrail::parse
