// The archive as static pages (`publish`): one function a kind of page. Names of files depend on
// what a page is about alone. Everything from outside is escaped; pages load nothing but the two
// files of assets() and what `state_script` and `search_script` make.
#pragma once

#include "model/calendar.hpp"
#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/item.hpp"
#include "model/place_view.hpp"
#include "model/register.hpp"
#include "model/source.hpp"
#include "model/watched.hpp"
#include "notify/render/html.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::render {

struct SiteFile {
  std::string path; ///< below the folder: "law/744.23.html"; lower-case ASCII
  std::string bytes;
};

/// Bytes of all different lines of a place up to which any two of its versions can be compared.
inline constexpr std::size_t compared_history = std::size_t{1} << 20U;

struct SearchEntry {
  std::string path; ///< may end in "#fragment"
  std::string title;
  std::string words; ///< by which it is found as well
};

/// What pages have in common, and what they tell each other: place_page() fills `places` and
/// `search`, which the pages made later use.
struct Site {
  Language language = Language::en;
  Date today;
  Register entries;
  std::vector<Item> items;                   ///< newest first
  std::set<std::string> units;               ///< citations that have a page of their own
  std::map<std::string, std::string> places; ///< citation -> "law/744.23.html#p-a"
  std::vector<SearchEntry> search;

  /// Makes the items to be found by their documents; after `items` are set.
  void index_items();

  /// The item that tells of a document; nullptr where there is none.
  [[nodiscard]] const Item* item_of(const std::string& document) const;

private:
  std::map<std::string, std::size_t> m_item_of;
};

/// How far the sources were read. Only pages that must be new every day show it; the others are
/// told by `state_script`.
struct SiteState {
  std::vector<SourceStatus> sources;
  std::vector<EntryWatch> watched;
  std::vector<std::string> parts; ///< that are synced: "15 CFR Part 744"
};

/// A watch or a watch point, and what came of it.
struct WatchRow {
  std::string name;
  std::string words;                ///< the sentence of a point and its source
  std::optional<Date> from;         ///< of a question: asked for what was published since
  std::optional<Date> until;        ///< read or asked up to this day
  std::vector<std::string> lacking; ///< why it is not watched; empty: it is
  std::vector<std::pair<std::string, Date>> items; ///< ids, newest first
};

[[nodiscard]] std::string page_path(const Citation& place); ///< of a unit or an entry of the CCL
[[nodiscard]] std::string item_path(const std::string& id);

[[nodiscard]] SiteFile place_page(Site& site, const PlaceView& view);
[[nodiscard]] SiteFile item_page(const Site& site, const Item& item);
/// Units by part, with their headings.
[[nodiscard]] SiteFile contents_page(const Site& site,
                                     const std::vector<std::pair<Citation, std::string>>& units);
/// The newest items, the days of the next weeks and how far it is read.
[[nodiscard]] SiteFile
front_page(const Site& site, const std::vector<CalendarEntry>& days, const SiteState& state);
/// All items, a page a year.
[[nodiscard]] std::vector<SiteFile> change_pages(const Site& site);
[[nodiscard]] SiteFile calendar_page(const Site& site, const std::vector<CalendarEntry>& days);
[[nodiscard]] SiteFile state_page(const Site& site,
                                  const SiteState& state,
                                  const std::vector<WatchRow>& watches,
                                  const std::vector<WatchRow>& points);
[[nodiscard]] SiteFile state_script(const Site& site, const SiteState& state);
[[nodiscard]] SiteFile search_script(const Site& site);
[[nodiscard]] std::vector<SiteFile> assets(); ///< style sheet and script

} // namespace regtrail::render
