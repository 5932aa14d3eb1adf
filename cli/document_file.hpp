// A downloaded file of law or of the Federal Register, whatever the vocabulary, without the
// archive.
#pragma once

#include "model/digest.hpp"
#include "model/document.hpp"
#include "model/error.hpp"
#include "parse/ecfr_xml.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace regtrail::cli {

struct DocumentFile {
  parse::EcfrDocument content;
  Sha256 sha256; ///< of the file's bytes
};

/// Reads eCFR XML (part, section, appendix, title) and annual CFR XML (volume, granule). `title`:
/// "12" when the file does not say of which title it is, else "".
Result<DocumentFile> read_document(const std::filesystem::path& path, const std::string& title);

/// Reads FR XML (a document or a whole issue) and the raw text of a document.
Result<std::vector<Document>> read_fr_file(const std::filesystem::path& path);

} // namespace regtrail::cli
