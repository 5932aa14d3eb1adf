// From raw answers of the Federal Register to stored documents: a pure function of the records in
// their order, shared by sync and rebuild. What a document is said to be (metadata) and what it
// says (text) come apart and in any order; both are kept joined.
#pragma once

#include "model/document.hpp"
#include "model/error.hpp"
#include "parse/fr_json.hpp"
#include "store/archive.hpp"

#include <string>
#include <vector>

namespace regtrail::sync {

/// What an answer brought.
struct DocumentNews {
  int changed = 0;        ///< documents new or different
  int amending = 0;       ///< of these, rules that name a part whose text is held
  int not_understood = 0; ///< instructions and other things of these

  DocumentNews& operator+=(const DocumentNews& other);
};

/// A page of results, or the documents of a printed page. One transaction. An answer to another
/// question than its address asks is `malformed`, and nothing of it is taken; of a mirror folder,
/// where one file may stand for several questions, what was not asked for is left out.
struct PageTaken {
  parse::FrPage page;
  DocumentNews news;
};

Result<PageTaken> take_page(store::Archive& archive, store::RawId raw);

/// The text of a document, XML or raw. One transaction.
Result<DocumentNews>
take_text(store::Archive& archive, store::RawId raw, const std::string& number);

struct InspectionTaken {
  DocumentNews news;
  std::vector<std::string> unreadable; ///< as in parse::FrPage
};

/// What is on file now: documents of the Bureau that were not there are provisional. One that the
/// list says is withdrawn, or that is gone from it before its day of publication, is kept as
/// withdrawn; so is one that was not published within three days of that day. One transaction.
Result<InspectionTaken> take_inspection(store::Archive& archive, store::RawId raw);

/// Compares documents with one another where something changed since the last time.
Result<void> relate_stored(store::Archive& archive);

/// All documents again from the raw records.
Result<DocumentNews> rebuild_documents(store::Archive& archive);

} // namespace regtrail::sync
