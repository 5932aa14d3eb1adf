// The answers of one run kept as a folder mirror, for sync --record.
#pragma once

#include "fetch/transport.hpp"

#include <filesystem>
#include <fstream>
#include <memory>

namespace regtrail::fetch {

/// A folder that make_mirror_directory_transport plays back, and "_requests.tsv" beside it with a
/// line for each request: its number, the status or the kind of error, the file that holds the
/// body, the URL, then the error's message or the headers that are of use. Of one URL the first
/// sound answer is played back. Other bodies (refusals, block pages, later answers that differ)
/// are in "_answers/NUMBER".
class Recording {
public:
  /// `folder` is made with mode 0700, or is there and empty. `heading` is the first line of the
  /// list.
  static Result<std::unique_ptr<Recording>> begin(std::filesystem::path folder,
                                                  std::string_view heading);

  Result<void> keep(const Request& request, const Result<Response>& answer);

private:
  explicit Recording(std::filesystem::path folder);

  /// Where the body is kept, relative to the folder; "" when there is none.
  Result<std::string> keep_body(const Request& request, const Response& answer);

  std::filesystem::path m_folder;
  std::ofstream m_list;
  int m_count = 0;
};

/// Keeps each exchange with `inner`, also those that are tried again above it. That a body could
/// not be written is an Error of kind storage. Both must outlive the result. Conditional requests
/// are not for it: 304 has no body.
[[nodiscard]] std::unique_ptr<Transport> make_recording_transport(Recording& recording,
                                                                  Transport& inner);

} // namespace regtrail::fetch
