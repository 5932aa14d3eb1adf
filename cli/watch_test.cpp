#include "cli/watch_test.hpp"

#include "cli/json_text.hpp"
#include "diff/relevance/matcher.hpp"
#include "model/text.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace regtrail::cli {
namespace {

struct Found {
  std::string number;
  Date published;
  std::string title;
  Hit hit;
};

constexpr std::chrono::days looked_back{365};

Result<std::vector<Found>> match_documents(store::Archive& archive,
                                           const diff::Matcher& matcher,
                                           const Watch& watch,
                                           Date since) {
  store::DocumentQuery query;
  query.published_since = since;
  query.content = store::DocumentContent::whole;
  TRY_ASSIGN(const auto documents, archive.documents(query));
  std::vector<Found> found;
  for (const store::StoredDocument& stored : documents) {
    for (const Hit& hit : matcher.match(stored.document)) {
      if (hit.entry == EntryKind::watch && hit.category == watch.id) {
        found.push_back({stored.document.number,
                         stored.document.published.value_or(since),
                         stored.document.title,
                         hit});
      }
    }
  }
  std::reverse(found.begin(), found.end());
  return found;
}

std::string text_of(const std::vector<Found>& found, const Watch& watch, Date since) {
  std::string text;
  std::size_t near = 0;
  for (const Found& each : found) {
    near += each.hit.near ? 1 : 0;
    text += render::one_line(fmt::format("{}  {}  {}{}",
                                         each.published.to_string(),
                                         each.number,
                                         each.hit.near ? "(near) " : "",
                                         each.title)) +
            "\n    " + render::one_line(render::reasons_phrase(each.hit)) + "\n";
  }
  return text + fmt::format("{} would hit {} of the documents held since {}, and nearly {}\n",
                            watch.id,
                            found.size() - near,
                            since.to_string(),
                            near);
}

Json json_of(const std::vector<Found>& found, const Watch& watch, Date since) {
  Json json;
  json["schema"] = 1;
  json["watch"] = watch.id;
  json["since"] = since.to_string();
  Json& list = json["documents"] = Json::array();
  for (const Found& each : found) {
    Json words = Json::array();
    for (const Reason& reason : each.hit.reasons) {
      words.push_back(
          {{"signal", to_string(reason.signal)}, {"words", reason.words}, {"at", reason.at}});
    }
    list.push_back({{"document", each.number},
                    {"published", each.published.to_string()},
                    {"title", each.title},
                    {"near", each.hit.near},
                    {"severity", each.hit.severity},
                    {"reasons", std::move(words)}});
  }
  return json;
}

} // namespace

Result<void> test_watch(Session& session, const LoadedRegister& loaded, Watch watch) {
  if (!watch.address.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("watch '{}' is a page; its versions: regtrail watch list", watch.id));
  }
  watch.enabled = true;
  Register alone;
  alone.rules = loaded.categories.rules;
  alone.watches.push_back(watch);
  const Date since = session.today() - looked_back;
  TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
  TRY_ASSIGN(const auto found,
             match_documents(archive, diff::Matcher(std::move(alone)), watch, since));
  if (session.json()) {
    session.console().print(json_text(json_of(found, watch, since)));
  } else {
    session.console().page(printable(text_of(found, watch, since)));
  }
  return {};
}

} // namespace regtrail::cli
