// One sync of the watched pages: each once a day, kept as it came; what is no version of the page
// is set aside with the reason (docs/sources.md, Pages).
#pragma once

#include "fetch/transport.hpp"
#include "model/error.hpp"
#include "model/register.hpp"
#include "store/archive.hpp"
#include "sync/federal_register.hpp"
#include "sync/report.hpp"

#include <string>
#include <vector>

namespace regtrail::sync {

/// The enabled watches with an address on one of `hosts`.
[[nodiscard]] std::vector<Watch> watched_pages(const Register& entries,
                                               const std::vector<std::string>& hosts);

/// `pages`: of watched_pages. The version before stands where a page is gone, moved, or a login or
/// block page, or where its text is less than a fifth of what it was; `status` says so until the
/// page is back. With AbsentSource::fine a page that is not there and never was is passed over.
/// Errors and troubles as sync_federal_register.
Result<SyncReport> sync_pages(store::Archive& archive,
                              fetch::Transport& transport,
                              const std::vector<Watch>& pages,
                              const SyncOptions& options,
                              AbsentSource absent,
                              SyncObserver& observer);

} // namespace regtrail::sync
