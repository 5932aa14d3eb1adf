// The frame of a page, and the pieces that pages share. All of them return HTML.
#pragma once

#include "model/change.hpp"
#include "notify/render/pages/pages.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::render {

std::string_view site_css();
std::string_view site_js();

enum class Menu { changes, calendar, law, state };

class Page {
public:
  Page(const Site& site, std::string path, std::string_view title, Menu current);

  /// The phrase of the page's language.
  [[nodiscard]] std::string_view say(std::string_view en, std::string_view ja) const {
    return m_site.language == Language::ja ? ja : en;
  }

  [[nodiscard]] std::string say(const Headline& words) const;

  template<typename... Values>
  void add(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(m_body), format, std::forward<Values>(values)...);
  }

  void heading(std::string_view text, std::string_view id = {});

  [[nodiscard]] const Site& site() const { return m_site; }

  [[nodiscard]] const std::string& path() const { return m_path; }

  /// A word of `text`, and no other of the page: "p-a-2".
  [[nodiscard]] std::string new_id(std::string_view text);

  /// `path` of the site as this page links to it.
  [[nodiscard]] std::string href(std::string_view path) const;
  [[nodiscard]] std::string link(std::string_view path, std::string_view html) const;

  [[nodiscard]] std::string day(const std::optional<Date>& date) const;

  /// A place in words, with a link where it, or what it lies in, has a page.
  [[nodiscard]] std::string place(const Citation& at) const;

  /// To the item that tells of the document, else to the Federal Register.
  [[nodiscard]] std::string document(const std::string& number, const std::string& citation) const;
  [[nodiscard]] std::string cause(const std::vector<Cause>& causes) const;
  [[nodiscard]] std::string severity(int severity) const;
  [[nodiscard]] std::string direction(bool tightened, bool loosened) const; ///< "" for neither
  [[nodiscard]] std::string direction(const std::vector<Change>& changes) const;

  /// The changes other than cosmetic ones, with their redlines; what is more than `most` is
  /// counted.
  void add_changes(const std::vector<Change>& changes, const std::string& unit, std::size_t most);

  [[nodiscard]] SiteFile finish() const;

private:
  const Site& m_site;
  std::string m_path;
  std::string m_title;
  Menu m_current;
  std::string m_body;
  std::set<std::string> m_ids;
};

/// Lower case, and only letters, digits, dots and dashes; what reads otherwise has a digest behind
/// it.
[[nodiscard]] std::string safe_name(std::string_view text);

/// Whom the item hits, at most so many groups of entries that it hits alike: "vacuum valves, and 4
/// more".
[[nodiscard]] std::string touched(const Page& page, const Item& item, std::size_t most);

/// Where the item is printed: its citation, a page, a place, or what the law cites for its changes.
[[nodiscard]] std::string source_of(const Page& page, const Item& item);

/// "eCFR", "Federal Register"; as it is where nothing better is known.
[[nodiscard]] std::string source_name(const Page& page, std::string_view source);

[[nodiscard]] std::string_view health_words(const Page& page, const SourceStatus& source);

enum class Filter { countries, hits };

/// Fields by which the script hides rows of the table: words, and one of `groups` or only what hits
/// an entry.
void add_filter(Page& page,
                std::string_view table,
                Filter filter,
                const std::set<std::string>& groups = {});

inline constexpr std::size_t redlines_shown = 200;

/// The versions of a place, the question after the text of a day, and the comparison of two.
void add_versions(Page& page, const PlaceView& view);

/// Below www.ecfr.gov/current/: "title-15/section-744.23",
/// "title-15/part-744/appendix-Supplement%20No.%204%20to%20Part%20744".
[[nodiscard]] std::string ecfr_path(const Citation& at);

/// Parties of `view`, who came and went, and fields to look for one; false where it has none.
bool add_parties(Page& page, Site& site, const PlaceView& view);

} // namespace regtrail::render
