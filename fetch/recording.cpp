#include "fetch/recording.hpp"

#include "fetch/mirror.hpp"
#include "model/text.hpp"
#include "model/web_address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>

namespace regtrail::fetch {

namespace {

namespace fs = std::filesystem;

/// Those that say what an answer is; cookies and what else names a client are not kept.
constexpr std::array kept_headers = {
    "content-type", "date", "etag", "last-modified", "retry-after", "location"};

std::string one_line(std::string_view text) {
  std::string line = printable(without_user_info(text));
  std::replace(line.begin(), line.end(), '\n', ' ');
  std::replace(line.begin(), line.end(), '\t', ' ');
  return line;
}

tl::unexpected<Error> cannot_write(const fs::path& path) {
  return fail(ErrorKind::storage,
              fmt::format("cannot write the recording '{}': check its folder and the disk",
                          printable(path.string())));
}

bool write_file(const fs::path& path, std::string_view bytes) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  return !file.fail();
}

bool holds(const fs::path& path, std::string_view bytes) {
  std::ifstream file(path, std::ios::binary);
  return std::equal(std::istreambuf_iterator<char>(file),
                    std::istreambuf_iterator<char>(),
                    bytes.begin(),
                    bytes.end());
}

class RecordingTransport final : public Transport {
public:
  RecordingTransport(Recording& recording, Transport& inner)
      : m_recording(recording),
        m_inner(inner) {}

  Result<Response> get(const Request& request) override {
    return kept(request, m_inner.get(request));
  }

  Result<Response> attempt(const Request& request) override {
    return kept(request, m_inner.attempt(request));
  }

private:
  Result<Response> kept(const Request& request, Result<Response> answer) {
    TRY(m_recording.keep(request, answer));
    return answer;
  }

  Recording& m_recording;
  Transport& m_inner;
};

} // namespace

Recording::Recording(fs::path folder)
    : m_folder(std::move(folder)),
      m_list(m_folder / "_requests.tsv", std::ios::binary) {}

Result<std::unique_ptr<Recording>> Recording::begin(fs::path folder, std::string_view heading) {
  std::error_code error;
  if (fs::exists(folder, error) &&
      !(fs::is_directory(folder, error) && fs::is_empty(folder, error))) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' is there and no empty folder: name a new one",
                            printable(folder.string())));
  }
  fs::create_directories(folder, error);
  fs::permissions(folder, fs::perms::owner_all, error);
  std::unique_ptr<Recording> recording(new Recording(std::move(folder)));
  if (error || !(recording->m_list << one_line(heading) << '\n').flush()) {
    return cannot_write(recording->m_folder);
  }
  return recording;
}

Result<std::string> Recording::keep_body(const Request& request, const Response& answer) {
  if (answer.body.empty()) {
    return "";
  }
  const bool sound = answer.status >= 200 && answer.status < 300 && !is_block_page(answer, request);
  const auto name = sound ? recorded_mirror_path(request.url) : Result<std::string>("");
  if (name && !name->empty()) {
    const fs::path path = m_folder / *name;
    std::error_code error;
    if (fs::is_regular_file(path, error) ? holds(path, answer.body)
                                         : write_file(path, answer.body)) {
      return *name;
    }
  }
  std::string number = fmt::format("_answers/{:05}", m_count);
  if (!write_file(m_folder / number, answer.body)) {
    return cannot_write(m_folder / number);
  }
  return number;
}

Result<void> Recording::keep(const Request& request, const Result<Response>& answer) {
  ++m_count;
  std::string file;
  std::string more;
  if (answer) {
    TRY_ASSIGN(file, keep_body(request, *answer));
    for (const char* name : kept_headers) {
      if (const auto value = answer->header(name); !value.empty()) {
        more += fmt::format("{}{}: {}", more.empty() ? "" : "; ", name, value);
      }
    }
  } else {
    more = answer.error().message;
  }
  m_list << fmt::format("{}\t{}\t{}\t{}\t{}\n",
                        m_count,
                        answer ? std::to_string(answer->status) : to_string(answer.error().kind),
                        one_line(file),
                        one_line(request.url),
                        one_line(more));
  if (!m_list.flush()) {
    return cannot_write(m_folder / "_requests.tsv");
  }
  return {};
}

std::unique_ptr<Transport> make_recording_transport(Recording& recording, Transport& inner) {
  return std::make_unique<RecordingTransport>(recording, inner);
}

} // namespace regtrail::fetch
