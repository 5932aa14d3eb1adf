// Which issue dates of which parts exist: the eCFR's titles and versions into the archive's plan
// (docs/sources.md, eCFR: titles and eCFR: versions).
#pragma once

#include "fetch/ecfr_client.hpp"
#include "model/source.hpp"
#include "store/archive.hpp"
#include "sync/report.hpp"

#include <string>
#include <utility>
#include <vector>

namespace regtrail::sync {

/// The eCFR has no older text, so dates before it in a plan are those of annual editions.
inline const Date ecfr_begins(2016, 12, 1);

[[nodiscard]] inline bool is_edition(Date date) {
  return date < ecfr_begins;
}

/// What planning found; rows of the plan are already stored.
struct Plan {
  TitleState title;
  bool moved = false; ///< the watermark had moved or parts were asked for the first time
};

/// Stores an answer raw and hands it back by its bytes, so that nothing is read that is not kept.
class Recorder {
public:
  Recorder(store::Archive& archive, std::string source, Timestamp now, SyncReport& report)
      : m_archive(archive),
        m_source(std::move(source)),
        m_now(now),
        m_report(report) {}

  /// Counts the request, files the answer under `stream`. An answer is filed before it is judged.
  Result<store::RawId> record(const Result<fetch::Response>& response,
                              const std::string& url,
                              const std::string& stream);

private:
  store::Archive& m_archive;
  std::string m_source;
  Timestamp m_now;
  SyncReport& m_report;
};

/// Asks titles.json, and `versions` where the watermark moved, the parts are new or `since` reaches
/// further back than before. Troubles that leave the old plan usable go to `report`.
Result<Plan> make_plan(store::Archive& archive,
                       fetch::EcfrClient& client,
                       Recorder& recorder,
                       const std::vector<std::string>& parts,
                       const SyncOptions& options,
                       SyncReport& report);

} // namespace regtrail::sync
