// Mirrors of the official hosts, for --mirror.
#pragma once

#include "fetch/transport.hpp"
#include "fetch/url.hpp"

#include <filesystem>
#include <memory>

namespace regtrail::fetch {

/// "https://www.ecfr.gov/api/x?y" -> "BASE/www.ecfr.gov/api/x?y". The mirror's host must be among
/// those that `inner` may ask. `inner` must outlive the result.
[[nodiscard]] std::unique_ptr<Transport> make_mirror_url_transport(const Url& base,
                                                                   Transport& inner);

/// Serves files of a directory:
///
///   file ::= host path [ "@" pair { "&" pair } ]       pairs sorted by key, then value
///   pair ::= key "=" value                             `issue_date` conditions left out
///
/// Keys and values are percent-encoded: letters, digits and "-._~" stay, every other byte is %XX
/// (a blank %20, a bracket %5B). The file at recorded_mirror_path() comes first. Where neither is
/// there, a file will do
/// - whose pairs are the same once decoded: other order, hex in lower case, brackets and blanks as
///   they are, "+" for a blank, "=" and "&" encoded too, `page=1` there or not;
/// - then the one without "@...", except for page 2 and later: it holds more than was asked, and
///   the client must pick.
/// A missing file is not_found (with NotFound::answer, status 404 without a body), HTML `blocked`,
/// an empty file `malformed`, one of more than `max_body_bytes` too_large. No URL leads out of the
/// directory; symbolic links in it may. Validators are ignored. `final_url` is the file: URL of
/// what was read.
[[nodiscard]] std::unique_ptr<Transport>
make_mirror_directory_transport(std::filesystem::path root,
                                std::uint64_t max_body_bytes = 256ULL << 20U);

/// The path below the root at which the directory mirror first looks for `url`.
[[nodiscard]] Result<std::string> mirror_path(std::string_view url);

/// The path below the root at which a recording keeps the answer: as above, but always with
/// "@", so that no file stands where another needs a folder, and with the `issue_date` conditions;
/// "@sha256-" and the digest of the pairs where the name would be longer than 255 bytes.
[[nodiscard]] Result<std::string> recorded_mirror_path(std::string_view url);

} // namespace regtrail::fetch
