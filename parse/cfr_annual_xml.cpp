#include "parse/cfr_annual_xml.hpp"

#include "parse/annual/ecfr_form.hpp"
#include "parse/annual/edition.hpp"
#include "parse/annual/volume_cutter.hpp"
#include "parse/ecfr/piece_markup.hpp"
#include "parse/ecfr/title.hpp"
#include "parse/ecfr/unit_builder.hpp"
#include "parse/ecfr/units.hpp"
#include "parse/file_window.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace regtrail::parse {
namespace {

tl::unexpected<Error> too_large(const CfrAnnualOptions& options) {
  return fail(
      ErrorKind::too_large,
      fmt::format("'{}' is larger than {} bytes", options.source_name, options.limits.max_bytes));
}

/// A unit of a piece of the annual CFR.
Result<Unit> read_annual(const Piece& piece,
                         const std::string& title,
                         const CfrAnnualOptions& options,
                         Crew& crew,
                         Sha256& raw) {
  PieceMarkup read;
  if (auto done = read.load(piece, options.source_name); !done) {
    return tl::unexpected<Error>(std::move(done.error()));
  }
  EcfrForm form = to_ecfr_form(read.root(), read.bytes(), piece.kind, piece.part);
  if (options.digests == UnitDigests::computed) {
    raw = sha256(piece.bytes);
  }
  Piece rewritten;
  rewritten.kind = piece.kind;
  rewritten.bytes = form.xml.bytes;
  rewritten.number = std::move(form.number);
  rewritten.part = piece.part;
  rewritten.line = piece.line;
  rewritten.markup = std::move(form.xml.tree);
  rewritten.is_checked = true;
  return read_unit(rewritten, title, options.source_name, crew, nullptr);
}

/// Runs through a document and finds out which edition it is.
class Run {
public:
  Run(ByteWindow& window, const CfrAnnualOptions& options) : m_window(window), m_options(options) {
    m_edition.title = options.title;
  }

  Result<std::string>
  cut(const std::function<void()>& on_part,
      const std::function<Result<void>(Piece&&, const std::string& title)>& on_piece) {
    AnnualHandler handler;
    handler.on_part = on_part;
    handler.on_front = [&](const Markup& element) { read_front(element, m_edition); };
    handler.on_piece = [&](Piece&& piece) -> Result<void> {
      const auto& wanted = m_options.parts;
      if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), piece.part) == wanted.end()) {
        return {};
      }
      if (m_edition.title.empty()) {
        m_edition.title = title_in_name(m_options.source_name);
      }
      if (m_edition.title.empty()) {
        m_edition.title = stated_title(piece.bytes);
      }
      if (m_edition.title.empty()) {
        m_edition.title = infer_title(piece.bytes, piece.part);
      }
      return on_piece(std::move(piece), m_edition.title);
    };
    return cut_annual(m_window, m_options.limits, m_options.source_name, handler);
  }

  [[nodiscard]] const CfrEdition& edition() const { return m_edition; }

private:
  ByteWindow& m_window;
  const CfrAnnualOptions& m_options;
  CfrEdition m_edition;
};

std::string scope_of(const std::string& root, const EcfrDocument& document) {
  if (document.units.empty()) {
    return {};
  }
  const Citation& first = document.units.front().id;
  const auto in_one_part = [&](const Unit& unit) {
    return unit.id.part_number() == first.part_number();
  };
  if (document.units.size() == 1) {
    return first.to_string();
  }
  if (root != "CFRDOC" && std::all_of(document.units.begin(), document.units.end(), in_one_part)) {
    return Citation::part(document.title, first.part_number()).to_string();
  }
  return fmt::format("Title {}", document.title.empty() ? "?" : document.title);
}

} // namespace

Result<CfrAnnualDocument> parse_cfr_annual(std::string_view bytes,
                                           const CfrAnnualOptions& options) {
  if (bytes.size() > options.limits.max_bytes) {
    return too_large(options);
  }
  ByteWindow window(bytes);
  Run run(window, options);
  UnitBuilder builder(bytes.size(),
                      options.readers,
                      [&](const Piece& piece, const std::string& title, Crew& crew, Sha256& raw) {
                        return read_annual(piece, title, options, crew, raw);
                      });
  const auto root = run.cut([&] { builder.reserve_frame(); },
                            [&](Piece&& piece, const std::string& title) -> Result<void> {
                              builder.add(std::move(piece), title);
                              return {};
                            });
  auto units = builder.finish();
  if (!units) {
    return tl::unexpected<Error>(std::move(units.error())); // stands before what stopped the cutter
  }
  if (!root) {
    return tl::unexpected<Error>(root.error());
  }
  CfrAnnualDocument document;
  document.content.units = std::move(*units);
  document.edition = run.edition();
  document.content.title = document.edition.title;
  document.content.scope = scope_of(*root, document.content);
  return document;
}

Result<CfrEdition> stream_cfr_annual_file(const std::string& path,
                                          const CfrAnnualOptions& options,
                                          const std::function<Result<void>(Unit&&)>& on_unit) {
  auto file = FileWindow::open(path, options.limits.max_bytes);
  if (!file) {
    return tl::unexpected<Error>(std::move(file.error()));
  }
  Run run(file->window(), options);
  Crew nobody(Crew::Size::caller_only);
  const auto root = run.cut([] {},
                            [&](Piece&& piece, const std::string& title) -> Result<void> {
                              Sha256 raw;
                              auto unit = read_annual(piece, title, options, nobody, raw);
                              if (!unit) {
                                return tl::unexpected<Error>(std::move(unit.error()));
                              }
                              unit->raw = raw;
                              return on_unit(std::move(*unit));
                            });
  if (auto trouble = file->trouble(); !trouble) {
    return tl::unexpected<Error>(std::move(trouble.error()));
  }
  if (!root) {
    return tl::unexpected<Error>(root.error());
  }
  return run.edition();
}

FileKind detect_kind(std::string_view bytes) {
  static constexpr std::string_view blanks = " \t\r\n";
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
  }
  while (true) {
    bytes.remove_prefix(std::min(bytes.find_first_not_of(blanks), bytes.size()));
    if (bytes.starts_with('{') || bytes.starts_with('[')) {
      return FileKind::json;
    }
    const bool comment = bytes.starts_with("<!--");
    if (!comment && !bytes.starts_with("<?") && !bytes.starts_with("<!")) {
      break;
    }
    const std::size_t end = bytes.find(comment ? "-->" : ">");
    if (end == std::string_view::npos) {
      return FileKind::unknown;
    }
    bytes.remove_prefix(end + (comment ? 3 : 1));
  }
  if (!bytes.starts_with('<')) {
    return FileKind::unknown;
  }
  const std::string_view name = bytes.substr(1, bytes.find_first_of(" \t\r\n/>", 1) - 1);
  static constexpr std::array<std::string_view, 12> federal_register = {"FEDREG",
                                                                        "RULE",
                                                                        "PRORULE",
                                                                        "NOTICE",
                                                                        "PRESDOCU",
                                                                        "PRESDOC",
                                                                        "CORRECT",
                                                                        "RULES",
                                                                        "PRORULES",
                                                                        "NOTICES",
                                                                        "PRESDOCS",
                                                                        "NEWPART"};
  const bool division =
      name.size() == 4 && name.starts_with("DIV") && name[3] >= '1' && name[3] <= '9';
  if (division || name == "ECFR" || name == "DLPSTEXTCLASS" || name == "ECFRBRWS") {
    return FileKind::ecfr;
  }
  if (is_annual_root(name)) {
    return FileKind::cfr_annual;
  }
  if (std::find(federal_register.begin(), federal_register.end(), name) != federal_register.end()) {
    return FileKind::federal_register;
  }
  return name == "html" || name == "HTML" ? FileKind::html : FileKind::unknown;
}

} // namespace regtrail::parse
