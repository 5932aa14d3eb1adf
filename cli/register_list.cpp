#include "cli/register_list.hpp"

#include "cli/entry_text.hpp"
#include "cli/json_text.hpp"
#include "model/text.hpp"
#include "notify/render/terminal.hpp"
#include "parse/register_fields.hpp"
#include "query/watched.hpp"
#include "sync/parts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace regtrail::cli {
namespace {

struct Listed {
  EntryKind kind;
  std::string id;
  std::string summary;
};

template<typename Entry>
void add(std::vector<Listed>& all, const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    all.push_back({parse::EntryTraits<Entry>::kind, entry.id, summary_of(entry)});
  }
}

/// By kind and in the order of the register, as query::watched has them.
std::vector<Listed> all_of(const Register& entries) {
  std::vector<Listed> all;
  add(all, entries.categories);
  add(all, entries.products);
  add(all, entries.parties);
  add(all, entries.procedures);
  add(all, entries.destinations);
  add(all, entries.watches);
  return all;
}

std::string state_words(const EntryWatch& watch) {
  return !watch.reasons.empty() ? fmt::format("not watched: {}", fmt::join(watch.reasons, "; "))
         : watch.until          ? fmt::format("watched, read up to {}", watch.until->to_string())
                                : "watched";
}

Json to_json(const Listed& entry, const EntryWatch& watch) {
  return {{"entry", to_string(entry.kind)},
          {"id", entry.id},
          {"summary", entry.summary},
          {"watched", watch.reasons.empty()},
          {"until", watch.until ? Json(watch.until->to_string()) : Json(nullptr)},
          {"reasons", watch.reasons}};
}

} // namespace

Result<void> list_register(Session& session, const Config& config, const LoadedRegister& loaded) {
  const std::vector<Listed> all = all_of(loaded.categories);
  TRY_ASSIGN(const auto watches, watches_of(session, config, loaded.categories));
  const auto parts = offered_parts(config, loaded.categories);
  if (session.json()) {
    Json json;
    json["schema"] = 1;
    Json& list = json["entries"] = Json::array();
    for (std::size_t i = 0; i < all.size(); ++i) {
      list.push_back(to_json(all[i], watches[i]));
    }
    json["parts"] = parts.empty() ? Json(nullptr) : Json(parts);
    session.console().print(json_text(json));
    return {};
  }
  int width = 0;
  for (const Listed& entry : all) {
    width = std::max(width, render::display_width(entry.id));
  }
  std::string text;
  std::size_t lacking = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    text += fmt::format("{:<11}  {}  {}\n",
                        to_string(all[i].kind),
                        padded(all[i].id, width),
                        state_words(watches[i]));
    lacking += watches[i].reasons.empty() ? 0 : 1;
  }
  text += fmt::format("{} entries, {} not watched\n", all.size(), lacking);
  session.console().page(printable(text + offer_text(session, config, loaded.categories)));
  return {};
}

Result<std::vector<EntryWatch>>
watches_of(Session& session, const Config& config, const Register& entries) {
  auto archive = session.open_archive(store::OpenMode::read_only);
  if (archive) {
    return query::watched(*archive, entries, config.pages.hosts, session.now());
  }
  std::vector<EntryWatch> watches;
  for (const Listed& entry : all_of(entries)) {
    watches.push_back({entry.kind, entry.id, {archive.error().message}, std::nullopt});
  }
  return watches;
}

std::vector<std::string> offered_parts(const Config& config, const Register& entries) {
  const auto configured = config.sync.parts.empty() ? sync::ear_parts() : config.sync.parts;
  std::vector<std::string> parts;
  for (const sync::PartName& part : configured) {
    parts.push_back(sync::to_string(part));
  }
  const std::size_t count = parts.size();
  for (const auto& [title, part] : query::parts_named(entries)) {
    if (const sync::PartName name{title, part};
        std::find(configured.begin(), configured.end(), name) == configured.end()) {
      parts.push_back(sync::to_string(name));
    }
  }
  return parts.size() == count ? std::vector<std::string>() : parts;
}

std::string offer_text(const Session& session, const Config& config, const Register& entries) {
  const auto parts = offered_parts(config, entries);
  return parts.empty() ? ""
                       : fmt::format("for all parts that entries name, write below [sync] in {}:\n"
                                     "parts = [\"{}\"]\n",
                                     session.shown(config.path),
                                     fmt::join(parts, "\", \""));
}

} // namespace regtrail::cli
