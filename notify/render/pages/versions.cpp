// What became of a place: its versions, the text of a day, any two versions beside each other.
#include "model/supplement.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/json_internal.hpp"
#include "notify/render/pages/page_internal.hpp"

#include <algorithm>
#include <map>

namespace regtrail::render {

namespace {

constexpr std::size_t sentences_shown = 4; ///< of a version

class Versions {
public:
  Versions(Page& page, const PlaceView& view) : m_page(page), m_view(view) {}

  void run() {
    const auto& versions = m_view.history.versions;
    m_page.heading(fmt::format("{} <span class=\"s m\">{}</span>",
                               m_page.say("Versions", "改正履歴"),
                               m_page.say("the day of law and the day of the eCFR are two",
                                          "施行日とeCFR反映日は別に示します")),
                   "history");
    m_page.add("<table class=\"card hist\" id=\"versions\"><thead><tr><th>{}</th><th>{}</th>"
               "<th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>\n",
               m_page.say("In force", "施行日"),
               m_page.say("In the eCFR", "eCFR反映日"),
               m_page.say("What changed", "内容"),
               m_page.say("Direction", "方向"),
               m_page.say("By", "根拠"));
    for (std::size_t i = 0; i < versions.size(); ++i) {
      version(i, i + 1 < versions.size() ? &versions[i + 1] : nullptr);
    }
    m_page.add("</tbody></table>\n");
    if (m_view.at.kind() != CitationKind::part) {
      date_box();
      comparison();
    }
  }

private:
  /// What a version is, in a few sentences.
  void sentences(const HistoryEntry& entry) {
    std::vector<std::string> lines;
    std::size_t more = 0;
    for (const Change& change : entry.changes) {
      if (change.kind == ChangeKind::cosmetic) {
        continue;
      }
      if (lines.size() == sentences_shown) {
        ++more;
        continue;
      }
      lines.push_back(m_page.say(headline_of(change)));
    }
    if (more > 0) {
      lines.push_back(fmt::format(fmt::runtime(m_page.say("and {} more", "ほか{}か所")), more));
    }
    if (entry.baseline) {
      lines.emplace_back(m_page.say("oldest text that is held", "保有する最古の条文"));
    } else if (entry.status == VersionStatus::removed) {
      lines.emplace_back(m_page.say("the text went", "条文の削除"));
    } else if (lines.empty()) {
      lines.emplace_back(entry.changes.empty() ? m_page.say("notes only", "注記のみ")
                                               : m_page.say("typography only", "表記のみの変更"));
    }
    m_page.add("{}", joined(lines, "<br>"));
    if (entry.was) {
      m_page.add("<br><span class=\"s m\">{} {}</span>",
                 m_page.say("before it:", "旧："),
                 m_page.place(*entry.was));
    }
    if (entry.became) {
      m_page.add("<br><span class=\"s m\">{} {}</span>",
                 m_page.say("now:", "現："),
                 m_page.place(*entry.became));
    }
  }

  [[nodiscard]] std::string state_chip(std::size_t index) const {
    const HistoryEntry& entry = m_view.history.versions[index];
    if (index > 0 || entry.status == VersionStatus::removed) {
      return {};
    }
    return entry.in_force_from && *entry.in_force_from > m_page.site().today
               ? fmt::format("<br><span class=\"chip s4\">{}</span>",
                             m_page.say("◇ not yet in force", "◇ 施行前"))
               : fmt::format("<br><span class=\"chip s0\">{}</span>",
                             m_page.say("○ newest", "○ 現行"));
  }

  void version(std::size_t index, const HistoryEntry* before) {
    const HistoryEntry& entry = m_view.history.versions[index];
    m_page.add("<tr id=\"v-{0}\" data-from=\"{0}\" data-law=\"{1}\"{2}{3}>"
               "<th scope=\"row\" data-l=\"{4}\">{5}{6}</th><td data-l=\"{7}\">{8}</td>"
               "<td data-l=\"{9}\">",
               entry.from.to_string(),
               entry.in_force_from ? entry.in_force_from->to_string() : "",
               entry.baseline ? " data-base=\"1\"" : "",
               entry.status == VersionStatus::removed ? " data-gone=\"1\"" : "",
               m_page.say("In force", "施行日"),
               entry.in_force_from ? m_page.day(entry.in_force_from) : "—",
               state_chip(index),
               m_page.say("In the eCFR", "eCFR"),
               m_page.day(entry.from),
               m_page.say("What", "内容"));
    sentences(entry);
    // Entries of the CCL and units of a part have them on their pages.
    const bool redlines = m_view.at.name() != commerce_control_list &&
                          m_view.at.kind() != CitationKind::part &&
                          std::any_of(entry.changes.begin(), entry.changes.end(), [](auto& change) {
                            return change.kind != ChangeKind::cosmetic;
                          });
    if (redlines) {
      m_page.add("<details><summary>{}</summary>\n", m_page.say("word by word", "新旧を見る"));
      m_page.add_changes(entry.changes, m_view.at.to_string(), redlines_shown);
      m_page.add("</details>");
    }
    if (before != nullptr && before->status != VersionStatus::removed &&
        entry.status != VersionStatus::removed && !entry.was) {
      m_page.add(" <a class=\"s\" href=\"https://www.ecfr.gov/compare/{}/to/{}/{}\">{}</a>",
                 entry.from.to_string(),
                 before->from.to_string(),
                 escape_html(ecfr_path(m_view.at)),
                 m_page.say("compare in the eCFR", "eCFRで比較"));
    }
    m_page.add("</td><td data-l=\"{}\">{}</td><td data-l=\"{}\">{}</td></tr>\n",
               m_page.say("Direction", "方向"),
               m_page.direction(entry.changes),
               m_page.say("By", "根拠"),
               entry.baseline || entry.changes.empty() ? "" : m_page.cause(entry.causes));
  }

  void date_box() {
    m_page.add(
        "<div class=\"ask noprint\" id=\"ask\" hidden data-law=\"{}\" data-code=\"{}\" "
        "data-behind=\"{}\" data-gone=\"{}\" data-before=\"{}\" data-new=\"{}\" data-late=\"{}\" "
        "data-ahead=\"{}\" data-shown=\"{}\" data-force=\"{}\"><label>{}<br><input type=\"date\" "
        "id=\"day\"></label> <p id=\"answer\" role=\"status\"></p></div>\n",
        m_page.say("On {d} the law was the text in force from {v}.",
                   "{d}の時点の条文は、{v}施行の版です。"),
        m_page.say("By the dates of the eCFR the text of {d} is that shown from {v}.",
                   "eCFRの日付によれば、{d}の時点の条文は{v}から掲載の版です。"),
        m_page.say(" The eCFR showed it only from {e}.",
                   "当日のeCFRにはまだ反映されていません（反映は{e}）。"),
        m_page.say("On {d} there was no such text: it went on {v}.",
                   "{d}の時点でこの条文はありません（{v}に削除）。"),
        m_page.say("The archive begins with {v}: the text of {d} is not held.",
                   "保有する条文は{v}からです。{d}の条文は保有していません。"),
        m_page.say("On {d} there was no such text yet: it came on {v}.",
                   "{d}の時点でこの条文はまだありません（{v}に新設）。"),
        m_page.say(" But the eCFR was read up to {e} only.", "ただしeCFRの確認は{e}までです。"),
        m_page.say(" A published amendment is to be in force by then (above).",
                   "それまでに施行される改正が公表されています（上記）。"),
        m_page.say(" An amendment in force is not in the eCFR yet (above).",
                   "施行済みでeCFR未反映の改正があります（上記）。"),
        m_page.say(" See also the notes on its force (above).",
                   "効力に関する注記も参照してください（上記）。"),
        m_page.say("What was the law on a day (of shipment, say)?",
                   "ある日に効力があった条文を調べる（出荷日など）"));
    if (!m_view.not_shown.empty()) {
      m_page.add("<span hidden id=\"not-shown\"></span>");
    }
  }

  /// The lines of all versions, each text once, for the script.
  [[nodiscard]] Json compared() const {
    std::map<std::string, std::size_t> places;
    std::map<std::string, std::size_t> texts;
    Json json{{"places", Json::array()}, {"texts", Json::array()}, {"versions", Json::array()}};
    const auto number = [&](auto& known, const char* list, const std::string& text) {
      const auto [found, is_new] = known.emplace(text, known.size());
      if (is_new) {
        json[list].push_back(text);
      }
      return found->second;
    };
    for (std::size_t i = 0; i < m_view.texts.size(); ++i) {
      if (m_view.texts[i].empty()) {
        continue;
      }
      Json lines = Json::array();
      for (const PlaceLine& each : m_view.texts[i]) {
        lines.push_back(number(places, "places", each.place));
        lines.push_back(number(texts, "texts", each.text));
      }
      json["versions"].push_back(
          {{"from", m_view.history.versions[i].from.to_string()}, {"lines", std::move(lines)}});
    }
    return json;
  }

  void comparison() {
    const Json json = compared();
    std::string data = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (json["versions"].size() < 2 || data.size() > compared_history) {
      return;
    }
    for (std::size_t at = data.find('<'); at != std::string::npos; at = data.find('<', at)) {
      data.replace(at, 1, "\\u003c");
    }
    m_page.add(
        "<section id=\"compare\" hidden data-same=\"{}\" data-count=\"{}\" data-added=\"{}\" "
        "data-removed=\"{}\" data-changed=\"{}\">",
        m_page.say("The two are the same.", "条文の違いはありません。"),
        m_page.say("{n} places differ, {m} are the same.", "違い {n}か所、同一 {m}か所。"),
        m_page.say("new", "新設"),
        m_page.say("gone", "削除"),
        m_page.say("revised", "改正"));
    m_page.heading(m_page.say("Compare two versions", "2つの版を比較"));
    m_page.add("<div class=\"bar noprint\">");
    for (const auto& [id, words] :
         {std::pair("before", m_page.say("before (eCFR of)", "比較元（eCFRの版）")),
          std::pair("after", m_page.say("after (eCFR of)", "比較先（eCFRの版）"))}) {
      m_page.add("<label>{}<select id=\"{}\">", words, id);
      for (const Json& each : json["versions"]) {
        m_page.add("<option>{}</option>", each["from"].get<std::string>());
      }
      m_page.add("</select></label>");
    }
    m_page.add("<label class=\"ck\"><input type=\"checkbox\" id=\"side\">{}</label>"
               "<label class=\"ck\"><input type=\"checkbox\" id=\"all\">{}</label></div>"
               "<p id=\"difference\" role=\"status\"></p>"
               "<table id=\"out\"><tbody></tbody></table>"
               "<script type=\"application/json\" id=\"texts\">{}</script></section>\n",
               m_page.say("side by side", "新旧対照"),
               m_page.say("also what is the same", "変更のない条項も表示"),
               data);
  }

  Page& m_page;
  const PlaceView& m_view;
};

} // namespace

/// "title-15/section-744.23", "title-15/part-744/appendix-Supplement%20No.%204%20to%20Part%20744"
std::string ecfr_path(const Citation& at) {
  const Citation unit = at.unit();
  const std::string title = "title-" + (unit.title().empty() ? "15" : unit.title());
  if (unit.kind() == CitationKind::section) {
    return title + "/section-" + unit.name();
  }
  std::string path = title + "/part-" + unit.part_number();
  if (unit.kind() == CitationKind::appendix) {
    path += "/appendix-";
    for (const char c : unit.name()) {
      path += c == ' ' ? "%20" : std::string(1, c);
    }
  }
  return path + (at.kind() == CitationKind::eccn ? "#:~:text=" + at.name() : "");
}

void add_versions(Page& page, const PlaceView& view) {
  Versions(page, view).run();
}

} // namespace regtrail::render
