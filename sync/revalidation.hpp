// Conditional requests: what is held already is not sent again (RFC 9110, section 13).
#pragma once

#include "fetch/transport.hpp"
#include "store/archive.hpp"

#include <memory>

namespace regtrail::sync {

/// Sends with each request the validators (ETag, Last-Modified) of the newest answer that `archive`
/// holds of its URL, unless that is quarantined. An answer of status 304 then stands for it, and
/// Archive::put_raw files it as one more fetch. `archive` and `inner` must outlive calls of the
/// result.
[[nodiscard]] std::unique_ptr<fetch::Transport>
make_revalidating_transport(store::Archive& archive, fetch::Transport& inner);

} // namespace regtrail::sync
