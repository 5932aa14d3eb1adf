#include "cli/document_file.hpp"

#include "cli/files.hpp"
#include "parse/cfr_annual_xml.hpp"

#include <fmt/format.h>

#include <utility>

namespace regtrail::cli {
namespace {

Result<parse::EcfrDocument>
parse_as_found(const std::string& bytes, const std::string& name, const std::string& title) {
  switch (parse::detect_kind(bytes)) {
  case parse::FileKind::cfr_annual: {
    parse::CfrAnnualOptions options;
    options.source_name = name;
    options.title = title;
    auto document = parse::parse_cfr_annual(bytes, options);
    if (!document) {
      return tl::unexpected(std::move(document.error()));
    }
    return std::move(document->content);
  }
  case parse::FileKind::federal_register:
    return fail(
        ErrorKind::usage,
        fmt::format("'{}' is a Federal Register document, which holds no text in force; give "
                    "eCFR or annual CFR XML",
                    name));
  default: {
    parse::EcfrOptions options;
    options.source_name = name;
    options.title = title;
    return parse::parse_ecfr(bytes, options);
  }
  }
}

} // namespace

Result<DocumentFile> read_document(const std::filesystem::path& path, const std::string& title) {
  const auto bytes = read_file(path, parse::Limits{}.max_bytes);
  if (!bytes) {
    return tl::unexpected(bytes.error());
  }
  auto content = parse_as_found(*bytes, path.string(), title);
  if (!content) {
    return tl::unexpected(std::move(content.error()));
  }
  return DocumentFile{std::move(*content), sha256(*bytes)};
}

} // namespace regtrail::cli
