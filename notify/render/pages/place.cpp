// The page of a unit, or of an entry of the CCL.
#include "model/supplement.hpp"
#include "model/text.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/headline_internal.hpp"
#include "notify/render/pages/page_internal.hpp"

#include <algorithm>
#include <map>

namespace regtrail::render {

namespace {

constexpr std::size_t places_shown = 4; ///< of an amendment
constexpr int deepest = 8;

/// A row of cells, which stands with its neighbours below common heads.
bool is_row(const Node& node) {
  return node.kind == NodeKind::row && !node.children.empty() &&
         std::all_of(node.children.begin(), node.children.end(), [](const Node& cell) {
           return cell.kind == NodeKind::cell && cell.children.empty();
         });
}

/// "Entity List" of "Supplement No. 4 to Part 744—Entity List".
std::string heading_behind(const std::string& name, const std::string& printed) {
  std::string heading = normalise(printed);
  const std::size_t at = heading.find(name);
  if (at <= 8) { // behind "§ " or "PART "
    heading.erase(0, heading.find_first_not_of(" -.:", at + name.size()));
  }
  return heading;
}

bool bears_on(const Citation& what, const Citation& place) {
  return what.is_within(place) || place.is_within(what);
}

class PlacePage {
public:
  PlacePage(Site& site, const PlaceView& view)
      : m_site(site),
        m_view(view),
        m_page(site, page_path(view.at), title_of(site, view), Menu::law) {
    site.places[view.at.to_string()] = m_page.path();
    site.search.push_back({m_page.path(), title_of(site, view), ""});
  }

  SiteFile run() {
    head();
    ahead();
    const bool aside = std::holds_alternative<EccnRecord>(own_record());
    m_page.add("<div class=\"{}\"><div>\n", aside ? "grid" : "");
    text();
    m_page.add("</div>\n");
    if (aside) {
      controls(std::get<EccnRecord>(own_record()));
    }
    m_page.add("</div>\n");
    redlines();
    add_versions(m_page, m_view);
    return m_page.finish();
  }

private:
  static std::string title_of(const Site& site, const PlaceView& view) {
    const Headline name = place_words(view.at);
    const std::string heading = heading_behind(view.at.name(), view.heading);
    return (site.language == Language::ja ? name.ja : name.en) +
           (heading.empty() ? "" : "　" + heading);
  }

  [[nodiscard]] Record own_record() const {
    const auto found = m_view.records.find(m_view.at.to_string());
    return found == m_view.records.end() ? Record() : found->second;
  }

  [[nodiscard]] std::string say(std::string_view en, std::string_view ja) const {
    return std::string(m_page.say(en, ja));
  }

  void head() {
    const std::string part = m_view.at.part_number();
    const std::string heading = heading_behind(m_view.at.name(), m_view.heading);
    m_page.add(
        "<p class=\"crumb\">{}{}</p>\n<h1>{}{}</h1>\n",
        m_page.link("law.html#part-" + safe_name(part),
                    fmt::format(fmt::runtime(m_page.say("Part {}", "{}部")), escape_html(part))),
        m_view.at.kind() == CitationKind::eccn ? " › " + m_page.place(m_view.at.unit())
                                               : std::string(),
        m_page.say(place_words(m_view.at)),
        heading.empty() ? "" : "　<span lang=\"en\">" + escape_html(heading) + "</span>");
  }

  void banner(int severity, const std::string& title, const std::string& text) {
    m_page.add(
        "<section class=\"ban s{} keep\"><b>{}</b><p>{}</p></section>\n", severity, title, text);
  }

  /// Where a document may not say what it amends of the part, that is said as well.
  [[nodiscard]] std::string places_of(const PendingAmendment& pending) const {
    std::vector<std::string> places;
    for (const Citation& target : pending.targets) {
      if (target.kind() == CitationKind::part) {
        return say("it amends this part; where is not known",
                   "この部を改正。箇所は特定できていません");
      }
      if (bears_on(target, m_view.at) && places.size() < places_shown) {
        places.push_back(m_page.place(target));
      }
    }
    return joined(places, m_page.say(", ", "、"));
  }

  [[nodiscard]] std::string source_of(const PendingAmendment& pending) const {
    return fmt::format("<span lang=\"en\">{}</span> {}",
                       escape_html(pending.title),
                       m_page.document(pending.document, pending.citation));
  }

  /// One banner a document.
  void amendment_banners(const std::vector<PendingAmendment>& amendments, int severity) {
    std::map<std::string, std::pair<const PendingAmendment*, std::set<std::string>>> documents;
    for (const PendingAmendment& each : amendments) {
      auto& document = documents[each.document];
      document.first = document.first == nullptr ? &each : document.first;
      document.second.insert(places_of(each));
    }
    for (const auto& [number, document] : documents) {
      const PendingAmendment& first = *document.first;
      const bool in_force = first.effective && *first.effective <= m_site.today;
      m_page.add(
          "<section class=\"ban s{} keep\"{}><b>{}{}</b><p>{}{}{}</p></section>\n",
          severity,
          first.effective ? " data-ahead=\"" + first.effective->to_string() + "\"" : "",
          in_force ? m_page.say("◆ In force, and not in the eCFR yet: from ",
                                "◆ 施行済み、eCFR未反映：施行日 ")
          : first.on_inspection
              ? m_page.say("◇ Filed, not published: in force ", "◇ 公開閲覧中の改正：施行日 ")
              : m_page.say("◇ Not yet in force: ", "◇ 施行前の改正：施行日 "),
          first.effective ? m_page.day(first.effective) : say("on a day that is not set", "未定"),
          joined(document.second, m_page.say("; ", "。")),
          m_page.say(": ", "："),
          source_of(first));
    }
  }

  /// One banner a document: what is in force and not shown, what is to come, what is proposed, and
  /// what notes say of the force of the text.
  void ahead() {
    if (m_view.gone) {
      const bool dated = !m_view.history.versions.empty();
      banner(4,
             say("This text is no longer law", "この条文は現在ありません"),
             dated ? fmt::format(fmt::runtime(m_page.say("since the eCFR of {}", "eCFR {}版から")),
                                 m_page.day(m_view.history.versions.front().from))
                   : std::string());
    }
    amendment_banners(m_view.not_shown, 5);
    amendment_banners(pending_amendments(), 4);
    for (const Item& item : m_site.items) {
      const bool here =
          item.station == Station::proposed &&
          std::find(item.marks.begin(), item.marks.end(), Mark::withdrawn) == item.marks.end() &&
          std::any_of(item.effects.begin(), item.effects.end(), [&](const Effect& each) {
            return bears_on(each.at, m_view.at);
          });
      if (here) {
        banner(3,
               say("Proposed: no duty follows from it now", "規則案：現時点で義務は生じません"),
               m_page.link(item_path(item.id), m_page.say(headline_of(item))));
      }
    }
    if (!m_view.events.empty()) {
      std::string lines;
      for (const StatusEvent& event : m_view.events) {
        lines += m_page.place(event.at) + say(": ", "：") +
                 escape_html(event_phrase(event, m_site.language)) + "<br>";
      }
      m_page.add("<section class=\"ban s4 keep\" id=\"force\"><b>{}</b><p>{}</p></section>\n",
                 m_page.say("Notes on the force of the text", "条文の効力に関する注記"),
                 lines);
    }
  }

  [[nodiscard]] const std::vector<PendingAmendment>& pending_amendments() const {
    static const std::vector<PendingAmendment> none;
    return m_view.history.pending ? *m_view.history.pending : none;
  }

  /// What the text does not show: what is in force already, then what is to come.
  [[nodiscard]] std::vector<PendingAmendment> amendments() const {
    std::vector<PendingAmendment> all = m_view.not_shown;
    all.insert(all.end(), pending_amendments().begin(), pending_amendments().end());
    return all;
  }

  /// The places printed that it is about, each with its first day.
  void find_marks() {
    for (const PendingAmendment& each : amendments()) {
      for (const Citation& target : each.targets) {
        Citation at = target;
        while (!at.empty() && !m_view.blame.contains(at.to_string())) {
          at = at.parent();
        }
        if (!at.empty()) {
          m_marks.emplace(at.to_string(), each.effective);
        }
      }
    }
  }

  [[nodiscard]] std::string who(const std::string& at) const {
    const auto found = m_view.blame.find(at);
    if (found == m_view.blame.end()) {
      return {};
    }
    const BlameLine& line = found->second;
    if (line.baseline) {
      return fmt::format(fmt::runtime(m_page.say("{} or earlier", "{}以前")),
                         m_page.day(line.since));
    }
    return fmt::format("{} {}",
                       line.in_force_from ? m_page.day(line.in_force_from)
                                          : "eCFR " + m_page.day(line.since),
                       line.cause ? m_page.cause({*line.cause}) : "");
  }

  std::string new_place(const Citation& at) {
    const std::string name = at.to_string();
    const std::string whole = m_view.at.to_string();
    const std::string id =
        m_page.new_id(name.starts_with(whole) ? std::string_view(name).substr(whole.size()) : name);
    m_site.places.emplace(name, m_page.path() + "#" + id);
    return id;
  }

  void text() {
    if (m_view.gone) {
      return;
    }
    find_marks();
    const bool parties = add_parties(m_page, m_site, m_view);
    if (!m_view.history.pending) {
      m_page.add("<p class=\"s m\">{}</p>\n",
                 m_page.say("Amendments that are published and not in force yet are not known: the "
                            "Federal Register was never read.",
                            "連邦官報を未取得のため、施行前の改正の有無は不明です。"));
    }
    m_page.heading(parties ? m_page.say("Rest of the text", "その他の条文")
                           : m_page.say("Text in the eCFR", "eCFRの現行条文"),
                   "text");
    m_page.add("<table class=\"text\"><thead><tr><th>{}</th><th class=\"who\">{}</th></tr></thead>"
               "<tbody>\n",
               m_page.say("Text", "条文（英語）"),
               m_page.say("Last amended: in force, by", "最終改正（施行日と根拠）"));
    node(m_view.text, m_view.at, 0);
    m_page.add("</tbody></table>\n<p class=\"s\"><a "
               "href=\"https://www.ecfr.gov/current/{}\">{}</a></p>\n",
               escape_html(ecfr_path(m_view.at)),
               m_page.say("this text in the eCFR", "eCFRの現行条文"));
  }

  /// A country whose entries all stand in the table of parties.
  [[nodiscard]] bool lists_parties(const Node& node, const Citation& at) const {
    const std::vector<Step> steps = child_steps(node);
    return !steps.empty() && std::all_of(steps.begin(), steps.end(), [&](const Step& step) {
      const Citation below = at.child(step);
      return is_in_party_list(below) && m_view.records.contains(below.to_string());
    });
  }

  // NOLINTNEXTLINE(misc-no-recursion): trees are at most a dozen levels deep
  void node(const Node& each, const Citation& at, int depth) {
    if (at.kind() == CitationKind::eccn && m_view.at.kind() != CitationKind::eccn) {
      const auto heading =
          std::find_if(each.children.begin(), each.children.end(), [](auto& child) {
            return child.kind == NodeKind::heading;
          });
      m_page.add("<tr><td class=\"para\" colspan=\"2\">{} <span lang=\"en\">{}</span></td></tr>\n",
                 m_page.link(page_path(at), escape_html(at.name())),
                 heading == each.children.end()
                     ? ""
                     : escape_html(heading_behind(at.name(), shown_text(*heading))));
      return;
    }
    if (lists_parties(each, at)) {
      m_site.places.emplace(at.to_string(), m_page.path() + "#parties");
      return;
    }
    if (depth == 1 && each.kind == NodeKind::heading) {
      m_site.places.emplace(at.to_string(), m_page.path()); // stands above
      return;
    }
    const bool wrote = line(each, at, depth);
    const std::vector<Step> steps = child_steps(each);
    for (std::size_t i = 0; i < steps.size();) {
      std::size_t end = i;
      while (end < steps.size() && is_row(each.children[end])) {
        ++end;
      }
      if (end > i) {
        rows({each.children.begin() + static_cast<std::ptrdiff_t>(i),
              each.children.begin() + static_cast<std::ptrdiff_t>(end)},
             at,
             {steps.begin() + static_cast<std::ptrdiff_t>(i),
              steps.begin() + static_cast<std::ptrdiff_t>(end)});
        i = end;
      } else {
        node(each.children[i], at.child(steps[i]), depth == 0 || wrote ? depth + 1 : depth);
        ++i;
      }
    }
  }

  bool line(const Node& each, const Citation& at, int depth) {
    const bool named = each.label.empty() && !each.designator.empty() &&
                       (each.text.empty() || each.kind == NodeKind::cell ||
                        each.kind == NodeKind::note || each.kind == NodeKind::row);
    const std::string label = named ? each.designator : each.label;
    if (depth == 0 && each.text.empty()) {
      return false;
    }
    if (label.empty() && each.text.empty()) {
      return false;
    }
    const std::string name = at.to_string();
    const auto mark = m_marks.find(name);
    m_page.add("<tr id=\"{}\"{}><td class=\"para d{}\" lang=\"en\">{}{}{}{}</td>"
               "<td class=\"who s m\">{}</td></tr>\n",
               new_place(at),
               mark == m_marks.end() ? "" : " class=\"pend\"",
               std::clamp(depth - 1, 0, deepest),
               label.empty() ? "" : "<b>" + escape_html(label) + "</b> ",
               each.kind == NodeKind::heading ? "<b>" + escape_html(each.text) + "</b>"
                                              : escape_html(each.text),
               mark == m_marks.end() ? "" : "<br><a class=\"pn s\" href=\"#ahead\">▲ ",
               mark == m_marks.end()
                   ? ""
                   : fmt::format(fmt::runtime(m_page.say("amended from {}", "{}から改正")),
                                 mark->second ? m_page.day(mark->second)
                                              : say("(no day set)", "（日付未定）")) +
                         "</a>",
               who(name));
    return true;
  }

  /// Neighbouring rows below `at`, and their steps from it.
  void rows(const std::vector<Node>& all, const Citation& at, const std::vector<Step>& steps) {
    std::vector<std::string> heads;
    for (const Node& row : all) {
      for (const Node& cell : row.children) {
        if (std::find(heads.begin(), heads.end(), cell.designator) == heads.end()) {
          heads.push_back(cell.designator);
        }
      }
    }
    m_page.add(
        "<tr><td colspan=\"2\" lang=\"en\"><table class=\"card cells\"><thead><tr><td></td>");
    for (const std::string& head : heads) {
      m_page.add("<th>{}</th>", escape_html(head));
    }
    m_page.add("</tr></thead><tbody>\n");
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const Node& row = all[i];
      m_page.add("<tr id=\"{}\"><th scope=\"row\">{}</th>",
                 new_place(at.child(steps[i])),
                 escape_html(row.text.empty() ? row.designator : row.text));
      for (const std::string& head : heads) {
        const auto cell = std::find_if(row.children.begin(), row.children.end(), [&](auto& other) {
          return other.designator == head;
        });
        const bool there = cell != row.children.end() && !cell->text.empty();
        m_page.add("<td{}{}{}>{}</td>",
                   there ? " data-l=\"" : "",
                   there ? escape_html(head) : "",
                   there ? "\"" : "",
                   there ? escape_html(cell->text) : "");
      }
      m_page.add("</tr>\n");
    }
    m_page.add("</tbody></table></td></tr>\n");
  }

  void controls(const EccnRecord& record) {
    const auto row =
        [&](const std::string& head, const std::string& text, const std::string& more) {
          m_page.add("<tr lang=\"en\"><th scope=\"row\">{}</th><td>{}{}{}{}</td></tr>\n",
                     escape_html(head),
                     escape_html(text),
                     more.empty() ? "" : "<br><span class=\"s m\">",
                     escape_html(more),
                     more.empty() ? "" : "</span>");
        };
    m_page.add("<aside>");
    m_page.heading(m_page.say("License requirements and exceptions", "許可要件と許可例外"));
    m_page.add("<table><tbody>\n");
    for (const LicenseRowRecord& each : record.license_requirements) {
      row(each.reason, each.control, each.chart);
    }
    for (const auto& [name, text] : record.exceptions) {
      row(name, text, "");
    }
    m_page.add("</tbody></table></aside>\n");
  }

  /// What is to come, word by word where it could be compared, else as the instruction says it.
  void redlines() {
    const std::vector<PendingAmendment> all = amendments();
    if (all.empty()) {
      return;
    }
    m_page.heading(m_page.say("Amendments that the text does not show", "上の条文に未反映の改正"),
                   "ahead");
    for (const PendingAmendment& each : all) {
      const Item* item = m_site.item_of(each.document);
      std::vector<Change> changes;
      for (const Effect& effect : item == nullptr ? std::vector<Effect>() : item->effects) {
        if (effect.instruction == each.instruction && effect.change &&
            effect.outcome == Effect::Outcome::compared && effect.at.is_within(m_view.at)) {
          changes.push_back(*effect.change);
        }
      }
      m_page.add("<h3>{} {}</h3>\n",
                 each.effective ? m_page.day(each.effective) : say("no day set", "日付未定"),
                 m_page.document(each.document, each.citation));
      if (changes.empty()) {
        m_page.add("<p lang=\"en\" class=\"law\">{}</p>\n", escape_html(each.text));
      } else {
        m_page.add_changes(changes, m_view.at.to_string(), redlines_shown);
      }
    }
  }

  Site& m_site;
  const PlaceView& m_view;
  Page m_page;
  std::map<std::string, std::optional<Date>> m_marks; ///< citation -> day
};

} // namespace

SiteFile place_page(Site& site, const PlaceView& view) {
  return PlacePage(site, view).run();
}

} // namespace regtrail::render
