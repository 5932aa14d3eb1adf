// A search of the Federal Register, page by page into the archive.
#pragma once

#include "fetch/federal_register_client.hpp"
#include "model/date.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"
#include "sync/fr_documents.hpp"
#include "sync/run.hpp"

#include <string>
#include <vector>

namespace regtrail::sync {

/// Asks and files for `run`, which must outlive it, as the client must.
class FrReader {
public:
  FrReader(fetch::FederalRegisterClient& client, SourceRun& run) : m_client(client), m_run(run) {}

  /// All pages of a search over days of publication, filed under `stream`; `what` names it in
  /// troubles. False where it ended early or a row could not be read, so that of these days more is
  /// to come.
  Result<bool> take_search(const fetch::FrSearch& search,
                           Date from,
                           Date until,
                           const std::string& stream,
                           const std::string& what);

  /// Counts what an answer brought, and reports the rows of `what` in it that cannot be read.
  Result<void> note_taken(const std::string& what,
                          const std::string& url,
                          const DocumentNews& news,
                          const std::vector<std::string>& unreadable);

  /// Reads what was recorded; an answer that cannot be read is set aside.
  template<typename Taken>
  Result<Taken> kept_or_quarantined(store::RawId raw, Result<Taken> taken) {
    if (taken || taken.error().kind == ErrorKind::storage) {
      return taken;
    }
    TRY(m_run.archive.quarantine(raw, taken.error().message));
    return taken;
  }

private:
  fetch::FederalRegisterClient& m_client;
  SourceRun& m_run;
};

} // namespace regtrail::sync
