#include "fetch/mirror.hpp"

#include "fetch/url_internal.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <system_error>

namespace regtrail::fetch {

namespace {

namespace fs = std::filesystem;

/// Where a mirror keeps what a URL names.
struct Place {
  std::string file; ///< host and path
  QueryPairs pairs; ///< sorted, without issue_date conditions
};

bool is_issue_date(const std::string& key) {
  constexpr std::string_view name = "issue_date";
  return key == name || key.compare(0, name.size() + 1, "issue_date[") == 0;
}

bool climbs(std::string_view path) {
  while (!path.empty()) {
    const std::string_view segment = path.substr(0, path.find('/'));
    if (segment == "." || segment == "..")
      return true;
    path.remove_prefix(std::min(path.size(), segment.size() + 1));
  }
  return false;
}

Result<Place> place_of(std::string_view url) {
  const auto parsed = Url::parse(url);
  if (!parsed)
    return tl::make_unexpected(parsed.error());
  if (parsed->has_userinfo())
    return fail(
        ErrorKind::usage,
        fmt::format("cannot mirror '{}': it holds a user name or password", printable(url)));
  Place place{parsed->host() + parsed->path(), query_pairs(parsed->query())};
  if (climbs(place.file))
    return fail(ErrorKind::usage,
                fmt::format("cannot mirror '{}': its path holds '.' or '..'", printable(url)));
  auto& pairs = place.pairs;
  pairs.erase(std::remove_if(pairs.begin(),
                             pairs.end(),
                             [](const auto& pair) { return is_issue_date(pair.first); }),
              pairs.end());
  std::sort(pairs.begin(), pairs.end());
  return place;
}

std::string name_of(const Place& place) {
  return place.pairs.empty() ? place.file : place.file + '@' + to_query(place.pairs);
}

/// `page=1` and no page at all ask for the same.
QueryPairs without_first_page(QueryPairs pairs) {
  pairs.erase(std::remove(pairs.begin(), pairs.end(), QueryPairs::value_type("page", "1")),
              pairs.end());
  return pairs;
}

/// The pairs that somebody spelled after the "@" of a file name.
QueryPairs pairs_of_name(std::string spelled) {
  if (spelled.find('=') == std::string::npos)
    spelled = percent_decode(std::move(spelled));
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
    if (name.compare(0, prefix.size(), prefix) != 0 || !is_file(entry->path()))
      continue;
    if (pairs_of_name(name.substr(prefix.size())) == wanted && (!found || entry->path() < *found))
      found = entry->path();
  }
  return found;
}

bool asks_for_later_page(const QueryPairs& pairs) {
  return std::any_of(pairs.begin(), pairs.end(), [](const auto& pair) {
    return pair.first == "page" && pair.second != "1";
  });
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
  if (const fs::path exact = m_root / name_of(place); is_file(exact))
    return exact;
  const fs::path plain = m_root / place.file;
  if (auto other = find_other_spelling(plain, place.pairs))
    return other;
  if (!asks_for_later_page(place.pairs) && is_file(plain))
    return plain;
  return std::nullopt;
}

Result<std::string> MirrorDirectory::read(const fs::path& path) const {
  std::error_code error;
  const std::uint64_t size = fs::file_size(path, error);
  if (!error && size > m_max_body_bytes)
    return fail(ErrorKind::too_large,
                fmt::format("cannot read mirror file '{}': it is larger than {} bytes",
                            printable(path.string()),
                            m_max_body_bytes));
  std::string body(error ? 0 : static_cast<std::size_t>(size), '\0');
  std::ifstream file(path, std::ios::binary);
  if (error || !file || !file.read(body.data(), static_cast<std::streamsize>(body.size())))
    return fail(ErrorKind::network,
                fmt::format("cannot read mirror file '{}': check its permissions",
                            printable(path.string())));
  return body;
}

Result<Response> MirrorDirectory::get(const Request& request) {
  const auto place = place_of(request.url);
  if (!place)
    return tl::make_unexpected(place.error());
  const auto path = find(*place);
  if (!path)
    return fail(ErrorKind::not_found,
                fmt::format("cannot get '{}': no file '{}' in the mirror '{}'",
                            printable(request.url),
                            printable(name_of(*place)),
                            printable(m_root.string())));
  auto body = read(*path);
  if (!body)
    return tl::make_unexpected(body.error());
  Response answer;
  answer.status = 200;
  answer.wire_bytes = body->size();
  answer.body = std::move(*body);
  answer.final_url = "file://" + percent_encode(fs::absolute(*path).string(), "/");
  return judge(std::move(answer), request);
}

class MirrorUrl final : public Transport {
public:
  MirrorUrl(std::string base, Transport& inner) : m_base(std::move(base)), m_inner(inner) {
    while (!m_base.empty() && m_base.back() == '/')
      m_base.pop_back();
  }

  Result<Response> get(const Request& request) override {
    auto moved = rewrite(request);
    return moved ? m_inner.get(*moved) : tl::make_unexpected(moved.error());
  }

  Result<Response> attempt(const Request& request) override {
    auto moved = rewrite(request);
    return moved ? m_inner.attempt(*moved) : tl::make_unexpected(moved.error());
  }

private:
  [[nodiscard]] Result<Request> rewrite(Request request) const {
    const auto place = place_of(request.url);
    if (!place)
      return tl::make_unexpected(place.error());
    const std::size_t query = request.url.find('?');
    const std::string asked = query == std::string::npos ? "" : request.url.substr(query);
    request.url = m_base + '/' + place->file + asked;
    return request;
  }

  std::string m_base;
  Transport& m_inner;
};

} // namespace

std::unique_ptr<Transport> make_mirror_url_transport(std::string base, Transport& inner) {
  return std::make_unique<MirrorUrl>(std::move(base), inner);
}

std::unique_ptr<Transport> make_mirror_directory_transport(fs::path root,
                                                           std::uint64_t max_body_bytes) {
  return std::make_unique<MirrorDirectory>(std::move(root), max_body_bytes);
}

Result<std::string> mirror_path(std::string_view url) {
  const auto place = place_of(url);
  if (!place)
    return tl::make_unexpected(place.error());
  return name_of(*place);
}

} // namespace regtrail::fetch
