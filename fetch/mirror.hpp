// Mirrors of the official hosts (design.md section 6, --mirror).
#pragma once

#include "fetch/transport.hpp"

#include <filesystem>
#include <memory>

namespace regtrail::fetch {

/// "https://www.ecfr.gov/api/x?y" -> "BASE/www.ecfr.gov/api/x?y".
/// `inner` must outlive the result.
[[nodiscard]] std::unique_ptr<Transport> make_mirror_url_transport(std::string base, Transport& inner);

/// Serves files of a directory: host and path, then "@" and the sorted key=value pairs joined by
/// "&" and percent-encoded, `issue_date` conditions left out (without other pairs: no "@").
/// A missing file is not_found; paths cannot leave the directory.
[[nodiscard]] std::unique_ptr<Transport> make_mirror_directory_transport(std::filesystem::path root);

/// The path below the root at which the directory mirror looks for `url`.
[[nodiscard]] Result<std::string> mirror_path(std::string_view url);

} // namespace regtrail::fetch
