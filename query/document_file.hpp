// A downloaded file of law or of the Federal Register, whatever the vocabulary, without the
// archive.
#pragma once

#include "model/citation.hpp"
#include "model/digest.hpp"
#include "model/document.hpp"
#include "model/error.hpp"
#include "parse/ecfr_xml.hpp"

#include <string>
#include <vector>

namespace regtrail::query {

/// The bytes of a file, and its name for messages.
struct FileBytes {
  std::string name;
  std::string bytes;
};

struct DocumentFile {
  parse::EcfrDocument content;
  Sha256 sha256; ///< of the file's bytes
};

/// Reads eCFR XML (part, section, appendix, title) and annual CFR XML (volume, granule). `title`:
/// "12" when the file does not say of which title it is, else "".
Result<DocumentFile> read_document(const FileBytes& file, const std::string& title);

/// The words of the command line as a citation in a file of `title`. In a file that does not say
/// of which title it is (""), places have no title, nor has the citation.
Result<Citation> file_citation(const std::vector<std::string>& words, const std::string& title);

/// A unit, or a place in it.
struct UnitPlace {
  Citation citation;
  const Unit* unit = nullptr;
  const Node* node = nullptr;
};

/// What `citation` names among the units of a file: the units below it, or the one node. Nothing
/// where the file lacks its unit; an Error that says what is near where the unit lacks the place.
Result<std::vector<UnitPlace>> places_in(const std::vector<Unit>& units, const Citation& citation);

/// Reads FR XML (a document or a whole issue) and the raw text of a document.
Result<std::vector<Document>> read_fr_file(const FileBytes& file);

} // namespace regtrail::query
