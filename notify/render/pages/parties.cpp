// Lists of parties as a table that can be searched.
#include "model/supplement.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/headline_countries.hpp"
#include "notify/render/pages/page_internal.hpp"

#include <algorithm>
#include <chrono>

namespace regtrail::render {

namespace {

constexpr std::chrono::days reach{365};

/// A party of any of the lists.
struct PartyRow {
  std::string country;
  std::string name;
  std::vector<std::string> aliases;
  std::vector<std::string> addresses;
  std::string requirement; ///< of validated end users what they may get
  std::string policy;      ///< ... where to
  std::vector<std::string> citations;
};

PartyRow row_of(const Record& record) {
  if (const auto* party = std::get_if<EntityRecord>(&record)) {
    std::string policy = party->review_policy;
    policy += party->remark.empty() ? "" : " " + party->remark;
    return {party->country,
            party->name,
            party->aliases,
            party->addresses,
            party->license_requirement,
            policy,
            party->citations};
  }
  const auto& user = std::get<VeuRecord>(record);
  return {user.country,
          user.name,
          {},
          {},
          user.eligible_items,
          joined(user.eligible_destinations, "; "),
          user.citations};
}

/// The entries of parties in printed order, with what records there are of them.
std::vector<std::pair<Citation, const Record*>> parties_of(const PlaceView& view) {
  std::vector<std::pair<Citation, const Record*>> parties;
  std::vector<std::pair<Citation, const Node*>> open{{view.at, &view.text}};
  while (!open.empty()) {
    const auto [at, node] = std::move(open.back());
    open.pop_back();
    if (is_in_party_list(at)) {
      const auto record = view.records.find(at.to_string());
      if (record != view.records.end() && record->second.index() != 0) {
        parties.emplace_back(at, &record->second);
      }
    }
    if (at.kind() == CitationKind::appendix && at.steps().size() < 3) {
      const std::vector<Step> steps = child_steps(*node);
      for (std::size_t i = steps.size(); i-- > 0;) {
        open.emplace_back(at.child(steps[i]), &node->children[i]);
      }
    }
  }
  return parties;
}

std::string escaped_list(const std::vector<std::string>& texts, std::string_view between) {
  std::vector<std::string> out;
  for (const std::string& text : texts) {
    out.push_back(escape_html(text));
  }
  return joined(out, between);
}

std::string country_name(const Site& site, const std::string& printed) {
  const auto words = country_words(printed);
  return !words ? printed : site.language == Language::ja ? words->ja : words->en;
}

/// Who came, went or was revised in the last year.
void add_party_changes(Page& page, const PlaceView& view) {
  std::set<std::string> countries;
  std::string rows;
  for (const HistoryEntry& entry : view.history.versions) {
    for (const Change& change : entry.changes) {
      if (change.kind == ChangeKind::cosmetic || !is_in_party_list(change.at) ||
          entry.from < page.site().today - reach) {
        continue;
      }
      const std::string country = country_name(page.site(), change.at.steps().front().name);
      countries.insert(country);
      rows += fmt::format(
          "<tr data-g=\"{}\"><th scope=\"row\">{}</th><td data-l=\"eCFR\">{}</td><td>{}<br>"
          "<span class=\"s m\">{}</span></td><td>{}</td><td>{}</td></tr>\n",
          escape_html(country),
          entry.in_force_from ? page.day(entry.in_force_from) : "—",
          page.day(entry.from),
          page.say(headline_of(change)),
          escape_html(kind_phrase(change, view.at.to_string(), page.site().language)),
          escape_html(country),
          page.cause(change.causes));
    }
  }
  if (rows.empty()) {
    return;
  }
  page.heading(page.say("Changes of the list in a year", "過去1年の変更"), "news");
  add_filter(page, "changes", Filter::countries, countries);
  page.add("<table class=\"card hist\" id=\"changes\"><thead><tr><th>{}</th><th>{}</th><th>{}</th>"
           "<th>{}</th><th>{}</th></tr></thead><tbody>\n{}</tbody></table>\n",
           page.say("In force", "施行日"),
           page.say("In the eCFR", "eCFR反映日"),
           page.say("What changed", "内容"),
           page.say("Country", "国・地域"),
           page.say("By", "根拠"),
           rows);
}

} // namespace

bool add_parties(Page& page, Site& site, const PlaceView& view) {
  const auto parties = parties_of(view);
  if (parties.empty()) {
    return false;
  }
  page.add(
      "<p><a href=\"#parties\">{}</a>　<a href=\"#text\">{}</a>　<a href=\"#history\">{}</a></p>\n",
      page.say("who is listed", "掲載者"),
      page.say("rest of the text", "その他の条文"),
      page.say("versions", "改正履歴"));
  add_party_changes(page, view);
  const bool users = view.at.name() == validated_end_users;
  std::set<std::string> countries;
  std::string rows;
  for (const auto& [at, record] : parties) {
    const PartyRow row = row_of(*record);
    const std::string country = country_name(site, row.country);
    countries.insert(country);
    const std::string id = page.new_id(row.name);
    const std::string path = page.path() + "#" + id;
    site.places.emplace(at.to_string(), path);
    site.search.push_back({path, row.name, joined(row.aliases, "; ")});
    const auto line = view.blame.find(at.to_string());
    const bool dated = line != view.blame.end() && !line->second.baseline;
    rows += fmt::format(
        "<tr id=\"{}\" data-g=\"{}\" lang=\"en\"><th scope=\"row\">{}{}{}{}</th><td>{}</td>"
        "<td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        id,
        escape_html(country),
        escape_html(row.name),
        row.aliases.empty() ? "" : "<br><span class=\"s m\">a.k.a. ",
        escaped_list(row.aliases, "; "),
        row.aliases.empty() ? "" : "</span>",
        escape_html(country),
        escaped_list(row.addresses, "<br>"),
        escape_html(row.requirement),
        escape_html(row.policy),
        escaped_list(row.citations, "<br>"),
        dated ? page.day(line->second.in_force_from ? line->second.in_force_from
                                                    : std::optional(line->second.since))
              : std::string());
  }
  page.heading(fmt::format(fmt::runtime(page.say("Listed: {}", "掲載者 {}件")), parties.size()),
               "parties");
  add_filter(page, "list", Filter::countries, countries);
  page.add("<table class=\"card list\" id=\"list\"><thead><tr><th>{}</th><th>{}</th><th>{}</th>"
           "<th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>\n{}</tbody></table>\n",
           page.say("Name", "名称"),
           page.say("Country", "国・地域"),
           page.say("Address", "所在地"),
           users ? page.say("Eligible items", "対象品目")
                 : page.say("License requirement", "許可要件"),
           users ? page.say("Destinations", "仕向地") : page.say("Review policy", "審査方針"),
           page.say("Federal Register", "連邦官報"),
           page.say("Name as of", "名称欄の最終改正"),
           rows);
  return true;
}

} // namespace regtrail::render
