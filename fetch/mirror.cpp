#include "fetch/mirror.hpp"

#include "model/digest.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <system_error>

namespace regtrail::fetch {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_file_name = 255; ///< bytes

/// Where a mirror keeps what a URL names.
struct Place {
  std::string file;     ///< host and path
  std::string query;    ///< as asked
  QueryPairs pairs;     ///< of the query, sorted, without issue_date conditions
  std::string recorded; ///< recorded_mirror_path()
};

bool is_issue_date(std::string_view key) {
  return key == "issue_date" || key.starts_with("issue_date[");
}

bool is_dot_segment(const fs::path& step) {
  return step == "." || step == "..";
}

std::string name_of(const std::string& file, const QueryPairs& pairs) {
  return pairs.empty() ? file : file + '@' + to_query(pairs);
}

Result<Place> place_of(std::string_view url) {
  TRY_ASSIGN(const Url parsed, Url::parse(url));
  Place place{parsed.host() + parsed.path(), parsed.query(), {}, {}};
  if (const fs::path path(place.file); std::any_of(path.begin(), path.end(), is_dot_segment)) {
    return fail(ErrorKind::usage,
                fmt::format("cannot mirror '{}': its path holds '.' or '..'", printable(url)));
  }
  place.pairs = query_pairs(place.query);
  std::sort(place.pairs.begin(), place.pairs.end());
  place.recorded = place.file + '@' + to_query(place.pairs);
  if (place.recorded.size() - (place.recorded.rfind('/') + 1) > longest_file_name) {
    place.recorded = place.file + "@sha256-" + to_hex(sha256(to_query(place.pairs)));
  }
  std::erase_if(place.pairs, [](const auto& pair) { return is_issue_date(pair.first); });
  return place;
}

/// `page=1` and no page at all ask for the same.
QueryPairs without_first_page(QueryPairs pairs) {
  std::erase(pairs, QueryPairs::value_type("page", "1"));
  return pairs;
}

/// The pairs that stand after the "@" of a file name.
QueryPairs pairs_of_name(std::string spelled) {
  if (spelled.find('=') == std::string::npos) {
    spelled = percent_decode(std::move(spelled));
  }
  QueryPairs pairs = without_first_page(query_pairs(spelled));
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

/// A file beside `plain` ("titles.json") named "titles.json@..." with the same pairs in another
/// spelling; of several the first by name.
std::optional<fs::path> find_other_spelling(const fs::path& plain, const QueryPairs& pairs) {
  const QueryPairs wanted = without_first_page(pairs);
  const std::string prefix = plain.filename().string() + '@';
  std::optional<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entry(plain.parent_path(), error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(prefix) && is_file(entry->path()) &&
        pairs_of_name(name.substr(prefix.size())) == wanted && (!found || entry->path() < *found)) {
      found = entry->path();
    }
  }
  return found;
}

bool asks_for_later_page(const QueryPairs& pairs) {
  return std::any_of(pairs.begin(), pairs.end(), [](const auto& pair) {
    return pair.first == "page" && pair.second != "1";
  });
}

std::string file_url(const fs::path& path) {
  std::string url = "file://";
  for (const fs::path& step : fs::absolute(path).relative_path()) {
    url += '/' + percent_encode(step.string());
  }
  return url;
}

class MirrorDirectory final : public Transport {
public:
  MirrorDirectory(fs::path root, std::uint64_t max_body_bytes)
      : m_root(std::move(root)),
        m_max_body_bytes(max_body_bytes) {}

  Result<Response> get(const Request& request) override;

private:
  [[nodiscard]] std::optional<fs::path> find(const Place& place) const;
  [[nodiscard]] Result<std::string> read(const fs::path& path) const;

  fs::path m_root;
  std::uint64_t m_max_body_bytes;
};

std::optional<fs::path> MirrorDirectory::find(const Place& place) const {
  for (const std::string& name : {place.recorded, name_of(place.file, place.pairs)}) {
    if (const fs::path exact = m_root / name; is_file(exact)) {
      return exact;
    }
  }
  const fs::path plain = m_root / place.file;
  if (auto other = find_other_spelling(plain, place.pairs)) {
    return other;
  }
  if (!asks_for_later_page(place.pairs) && is_file(plain)) {
    return plain;
  }
  return std::nullopt;
}

Result<std::string> MirrorDirectory::read(const fs::path& path) const {
  std::error_code error;
  const std::uint64_t size = fs::file_size(path, error);
  if (!error && size > m_max_body_bytes) {
    return fail(ErrorKind::too_large,
                fmt::format("cannot read mirror file '{}': it is larger than {} bytes",
                            printable(path.string()),
                            m_max_body_bytes));
  }
  std::string body(error ? 0 : static_cast<std::size_t>(size), '\0');
  std::ifstream file(path, std::ios::binary);
  if (error || !file || !file.read(body.data(), static_cast<std::streamsize>(body.size()))) {
    return fail(ErrorKind::network,
                fmt::format("cannot read mirror file '{}': check its permissions",
                            printable(path.string())));
  }
  return body;
}

Result<Response> MirrorDirectory::get(const Request& request) {
  TRY_ASSIGN(const Place place, place_of(request.url));
  const auto path = find(place);
  if (!path && request.not_found == NotFound::answer) {
    Response answer;
    answer.status = 404;
    answer.final_url = file_url(m_root / name_of(place.file, place.pairs));
    return answer;
  }
  if (!path) {
    return fail(ErrorKind::not_found,
                fmt::format("cannot get '{}': no file '{}' in the mirror '{}'",
                            printable(request.url),
                            printable(name_of(place.file, place.pairs)),
                            printable(m_root.string())));
  }
  Response answer;
  answer.status = 200;
  TRY_ASSIGN(answer.body, read(*path));
  answer.wire_bytes = answer.body.size();
  answer.final_url = file_url(*path);
  return judge(std::move(answer), request);
}

class MirrorUrl final : public Transport {
public:
  MirrorUrl(std::string base, Transport& inner) : m_base(std::move(base)), m_inner(inner) {}

  Result<Response> get(const Request& request) override {
    TRY_ASSIGN(const Request moved, rewrite(request));
    return m_inner.get(moved);
  }

  Result<Response> attempt(const Request& request) override {
    TRY_ASSIGN(const Request moved, rewrite(request));
    return m_inner.attempt(moved);
  }

private:
  [[nodiscard]] Result<Request> rewrite(Request request) const {
    TRY_ASSIGN(const Place place, place_of(request.url));
    request.url = m_base + '/' + place.file + (place.query.empty() ? "" : '?' + place.query);
    return request;
  }

  std::string m_base; ///< without "/" at its end
  Transport& m_inner;
};

} // namespace

std::unique_ptr<Transport> make_mirror_url_transport(const Url& base, Transport& inner) {
  std::string text = base.text();
  text.resize(text.find_last_not_of('/') + 1);
  return std::make_unique<MirrorUrl>(std::move(text), inner);
}

std::unique_ptr<Transport> make_mirror_directory_transport(fs::path root,
                                                           std::uint64_t max_body_bytes) {
  return std::make_unique<MirrorDirectory>(std::move(root), max_body_bytes);
}

Result<std::string> mirror_path(std::string_view url) {
  TRY_ASSIGN(const Place place, place_of(url));
  return name_of(place.file, place.pairs);
}

Result<std::string> recorded_mirror_path(std::string_view url) {
  TRY_ASSIGN(const Place place, place_of(url));
  return place.recorded;
}

} // namespace regtrail::fetch
