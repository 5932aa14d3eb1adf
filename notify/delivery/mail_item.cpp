#include "notify/delivery/mail_item.hpp"

#include "model/characters.hpp"
#include "notify/delivery/mail_links.hpp"
#include "notify/delivery/mail_parties.hpp"
#include "notify/delivery/mail_reasons.hpp"
#include "notify/render/days.hpp"
#include "notify/render/entries.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/headline_countries.hpp"
#include "notify/render/items.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <algorithm>
#include <array>

namespace regtrail::delivery {

namespace {

constexpr std::size_t passages_shown = 6;
constexpr std::size_t passages_forwarded = 3;
constexpr int context_words = 12;
constexpr std::size_t words_of_edit = 40; ///< of what came or went at one place
constexpr std::size_t words_of_abstract = 45;
constexpr std::size_t names_shown = 6;
constexpr std::size_t own_shown = 12;
constexpr std::size_t places_shown = 12;
constexpr std::size_t longest_url = 400;

using store::StoredChange;

/// The first words of a text, with "…" where it is longer.
std::string first_words(std::string_view text, std::size_t count) {
  std::string out;
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool blank = text[i] == ' ' || text[i] == '\n';
    words += blank && i > 0 && text[i - 1] != ' ' && text[i - 1] != '\n';
    if (words == count || out.size() > count * 12) {
      return std::string(render::first_bytes(out, out.size())) + " …";
    }
    out += text[i];
  }
  return out;
}

std::vector<WordRun> abridged(const Change& change) {
  if (change.kind == ChangeKind::added || change.kind == ChangeKind::removed) {
    const std::string& text = change.kind == ChangeKind::added ? change.after : change.before;
    // Of a listed party its name and address; the rest stands beside it as facts.
    const std::string_view shown =
        is_whole_party(change) ? std::string_view(text).substr(0, text.find('\n')) : text;
    return {{WordRun::Op::same, first_words(shown, words_of_edit)}};
  }
  if (change.kind == ChangeKind::redesignated || change.kind == ChangeKind::moved) {
    return {};
  }
  std::vector<WordRun> out =
      render::abridge(render::merged_edits(render::runs_of(change)), context_words);
  for (WordRun& run : out) {
    if (run.op != WordRun::Op::same) {
      run.text = first_words(run.text, words_of_edit);
    }
    for (std::size_t at = run.text.find("..."); at != std::string::npos;
         at = run.text.find("...", at)) {
      run.text.replace(at, 3, "…");
    }
  }
  return out;
}

/// A sentence beside a redline that only repeats its words says nothing.
bool says_only_words(const Change& change) {
  return change.kind == ChangeKind::revised && render::main_type(change) == nullptr;
}

class ItemWriter {
public:
  ItemWriter(const Topic& topic, const DigestInput& input, const Speaker& speak, OwnData own)
      : m_topic(topic),
        m_input(input),
        m_speak(speak),
        m_own(own == OwnData::shown),
        m_shown(shown_changes(topic)) {}

  std::vector<Block> run(int number, std::vector<Attachment>& files) {
    const TopicWords words = topic_words(m_topic, m_input, m_speak);
    m_blocks.emplace_back(Band{number, m_topic.severity, band_words()});
    m_blocks.emplace_back(ItemTitle{words.headline});
    if (!words.lead.empty()) {
      m_blocks.emplace_back(Paragraph{{{m_speak.sentences(words.lead)}}});
    }
    if (m_own) {
      for (Comparison& comparison : party_comparisons(m_topic, m_input, m_speak)) {
        m_blocks.emplace_back(std::move(comparison));
      }
      add_frame();
    }
    add_abstract();
    add_passages();
    add_facts();
    std::vector<Attachment> own_files;
    if (auto file = party_file(m_topic, m_input)) {
      own_files.push_back(*std::move(file));
    }
    for (Block& block : party_blocks(m_topic, m_input, m_speak, own_files)) {
      m_blocks.push_back(std::move(block));
    }
    if (m_own) {
      Checklist checks{topic_questions(m_topic, m_input, m_speak)};
      if (!checks.questions.empty()) {
        m_blocks.emplace_back(Label{m_speak(say::checks)});
        m_blocks.emplace_back(std::move(checks));
      }
    }
    if (Rich links = topic_links(m_topic, m_input, m_speak); !links.empty()) {
      m_blocks.emplace_back(Links{std::move(links)});
    }
    const std::string basis = topic_basis(m_topic, m_input, m_speak, m_own);
    if (!basis.empty()) {
      m_blocks.emplace_back(Paragraph{{{basis}}, Paragraph::Size::small});
    }
    std::move(own_files.begin(), own_files.end(), std::back_inserter(files));
    return std::move(m_blocks);
  }

private:
  [[nodiscard]] const Item* item() const { return m_topic.item(); }

  [[nodiscard]] const Document* rule() const { return m_topic.rule(); }

  [[nodiscard]] bool is_pending() const {
    return !m_shown.empty() && m_shown.front().stored == nullptr;
  }

  [[nodiscard]] std::string band_words() const {
    const std::string direction = direction_words(m_topic, m_speak);
    const std::string standing = standing_words(m_topic, m_speak);
    return direction + (direction.empty() || standing.empty() ? "" : m_speak(say::dot)) + standing;
  }

  // --- what is hit ------------------------------------------------------------------------------

  [[nodiscard]] std::string name_of(const Hit& hit) const {
    return render::entry_name(hit, m_input.categories, m_speak.language());
  }

  /// The figure of the first product that comes inside or leaves.
  void add_frame() {
    const auto hit = std::find_if(m_topic.hits.begin(), m_topic.hits.end(), [](const Hit& each) {
      return each.entry == EntryKind::product && render::moves_own_figure(each);
    });
    if (hit == m_topic.hits.end()) {
      return;
    }
    const auto moved =
        std::find_if(hit->reasons.begin(), hit->reasons.end(), [](const Reason& reason) {
          return reason.effect == ParameterEffect::now_inside ||
                 reason.effect == ParameterEffect::now_outside;
        });
    const bool inside = moved->effect == ParameterEffect::now_inside;
    const auto at = Citation::parse(moved->at);
    m_blocks.emplace_back(
        Frame{m_speak(say::product_and_limit,
                      moved->own.empty() ? name_of(*hit)
                                         : m_speak(say::bracketed, name_of(*hit), moved->own),
                      at ? m_speak.place(*at) : moved->at),
              m_speak(inside ? say::was_outside : say::was_within),
              m_speak(inside ? say::now_within : say::now_outside)});
    std::vector<std::string> notes;
    for (const Reason& reason : hit->reasons) {
      if (render::names_neighbour(reason)) {
        notes.push_back(m_speak(say::neighbour, reason.words));
        break;
      }
    }
    notes.push_back(m_speak(say::no_classification));
    m_blocks.emplace_back(Paragraph{{{m_speak.sentences(notes)}}, Paragraph::Size::small});
  }

  /// Names of the entries of a kind that are hit, products with what it does to their figures.
  [[nodiscard]] std::vector<std::string> names_of(EntryKind kind) const {
    std::vector<std::string> names;
    for (const Hit& hit : m_topic.hits) {
      if (hit.entry != kind) {
        continue;
      }
      std::string name = name_of(hit);
      if (kind == EntryKind::destination) {
        const auto words = render::country_words(name);
        name = words ? m_speak(*words) : name;
      }
      for (const Reason& reason : hit.reasons) {
        if (reason.effect && !render::names_neighbour(reason)) {
          name = m_speak(say::bracketed, name, effect_words(*reason.effect));
          break;
        }
      }
      names.push_back(std::move(name));
    }
    return names;
  }

  [[nodiscard]] std::string effect_words(ParameterEffect effect) const {
    switch (effect) {
    case ParameterEffect::now_inside:
      return m_speak(say::was_outside) + " → " + m_speak(say::now_within);
    case ParameterEffect::now_outside:
      return m_speak(say::was_within) + " → " + m_speak(say::now_outside);
    case ParameterEffect::still_inside:
      return m_speak(say::still_within);
    case ParameterEffect::still_outside:
      return m_speak(say::still_outside);
    }
    return "";
  }

  // --- what changed -----------------------------------------------------------------------------

  /// Of a document of which no text is compared, its own first words.
  void add_abstract() {
    if (rule() == nullptr || !m_shown.empty() || rule()->abstract.empty()) {
      return;
    }
    m_blocks.emplace_back(Paragraph{{{first_words(rule()->abstract, words_of_abstract)}},
                                    Paragraph::Size::secondary});
  }

  void add_passages() {
    Passages passages;
    std::vector<std::string> rest;
    const std::size_t most = m_own ? passages_shown : passages_forwarded;
    const bool many_parties = whole_parties(m_topic).size() > 1;
    for (const Shown& shown : m_shown) {
      if (many_parties && is_whole_party(*shown.change)) {
        continue;
      }
      if (passages.rows.size() < most) {
        passages.rows.push_back(passage(shown));
      } else {
        rest.push_back(m_speak.place(shown.change->at));
      }
    }
    add_events(passages);
    if (!rest.empty()) {
      const std::size_t count = rest.size();
      passages.rows.back().more +=
          (passages.rows.back().more.empty() ? "" : " ") +
          m_speak(say::more_places, count, m_speak.first_of(std::move(rest), places_shown));
    }
    if (passages.rows.empty()) {
      return;
    }
    const bool proposed = rule() != nullptr && rule()->type == DocumentType::proposed_rule;
    m_blocks.emplace_back(Label{m_speak(proposed                            ? say::what_is_proposed
                                        : is_pending() && rule() != nullptr ? say::what_changes
                                                                            : say::what_changed)});
    m_blocks.emplace_back(std::move(passages));
  }

  [[nodiscard]] Passage passage(const Shown& shown) const {
    const Change& change = *shown.change;
    Passage out;
    out.place = m_speak.place(change.at);
    out.gist = says_only_words(change) ? "" : m_speak(render::meaning_of(change));
    out.words = abridged(change);
    if (!shown.alike.empty()) {
      std::vector<std::string> places;
      for (const Change* each : shown.alike) {
        places.push_back(m_speak.place(each->at));
      }
      out.more = m_speak(say::also_at, m_speak.first_of(std::move(places), places_shown));
    }
    return out;
  }

  /// What notes of the law say of the force of its text.
  void add_events(Passages& passages) const {
    for (const StoredChange* stored : m_topic.changes) {
      if (stored->status) {
        passages.rows.push_back({m_speak.place(stored->change.at),
                                 render::event_phrase(*stored->status, m_speak.language()),
                                 {}});
      }
    }
  }

  // --- facts ------------------------------------------------------------------------------------

  void add_facts() {
    if (m_own) {
      for (Fact& fact : party_facts(m_topic, m_input, m_speak)) {
        m_facts.rows.push_back(std::move(fact));
      }
      add_own(say::your_products, EntryKind::product, own_shown);
      add_own(say::your_procedures, EntryKind::procedure, names_shown);
      add_own(say::your_destinations, EntryKind::destination, own_shown);
      add_own(say::your_groups, EntryKind::category, names_shown);
      add_own(say::your_watches, EntryKind::watch, names_shown);
    }
    add_home();
    add_news();
    add_days();
    add_related();
    if (!m_facts.rows.empty()) {
      m_blocks.emplace_back(std::move(m_facts));
    }
  }

  void add_fact(const Phrase& label, std::string value) {
    if (!value.empty()) {
      m_facts.rows.push_back({m_speak(label), {{std::move(value)}}});
    }
  }

  void add_own(const Phrase& label, EntryKind kind, std::size_t shown) {
    add_fact(label, m_speak.first_of(names_of(kind), shown));
  }

  /// A place that names the firm's own country, as the lists of countries do.
  void add_home() {
    const auto home = render::country_words(m_input.home);
    if (!home) {
      return;
    }
    for (const Shown& shown : m_shown) {
      const Change& change = *shown.change;
      const bool named = std::any_of(change.at.steps().begin(),
                                     change.at.steps().end(),
                                     [&](const Step& step) { return step.name == m_input.home; });
      const bool typed =
          std::any_of(change.typed.begin(), change.typed.end(), [&](const TypedChange& each) {
            return each.type == TypedChangeType::country && each.subject.starts_with(m_input.home);
          });
      if (named || typed) {
        m_facts.rows.push_back({m_speak(say::home_made, m_speak(*home)),
                                {{m_speak(say::home_named, m_speak.place(change.at))}}});
        return;
      }
    }
  }

  /// The steps that are news, with the documents that brought them.
  void add_news() {
    if (m_topic.news == nullptr) {
      return;
    }
    Rich value;
    for (const ItemStep& step : m_topic.news->steps) {
      if (render::day_ahead(step)) {
        continue;
      }
      std::string words = render::step_word(*item(), step.kind, m_speak.language());
      if (step.date) {
        words += " " + m_speak.day(*step.date);
      }
      if (!value.empty()) {
        value.push_back({m_speak(say::comma)});
      }
      value.push_back({words});
      if (!step.document.empty() && step.document != item()->id && !item()->page) {
        const auto found = m_input.documents.find(step.document);
        const std::string citation =
            found == m_input.documents.end() ? "" : fr_citation_of(found->second);
        value.push_back({m_speak.is_japanese() ? "（" : " ("});
        value.push_back({citation.empty() ? step.document : citation,
                         found == m_input.documents.end()
                             ? "https://www.federalregister.gov/d/" + step.document
                             : document_url(found->second)});
        value.push_back({m_speak.is_japanese() ? "）" : ")"});
      }
    }
    if (!value.empty()) {
      m_facts.rows.push_back({m_speak(say::news), std::move(value)});
    }
  }

  [[nodiscard]] std::string with_days_left(Date day) const {
    const std::string words = m_speak.weekday(day);
    return day < m_speak.today()
               ? words
               : m_speak(say::bracketed,
                         words,
                         render::days_left(day, m_speak.today(), m_speak.language()));
  }

  void add_days() {
    if (rule() != nullptr) {
      std::vector<std::string> effective;
      for (const Date day : rule()->effective) {
        effective.push_back(with_days_left(day));
      }
      add_fact(say::effective_day, m_speak.list(effective));
      add_fact(say::published_day, rule()->published ? m_speak.weekday(*rule()->published) : "");
    }
    std::vector<std::string> issues;
    for (const StoredChange* stored : m_topic.changes) {
      std::string day = m_speak.weekday(stored->after_date);
      if (std::find(issues.begin(), issues.end(), day) == issues.end()) {
        issues.push_back(std::move(day));
      }
    }
    add_fact(say::codified_day, m_speak.list(issues));
    if (item() == nullptr) {
      return;
    }
    for (const CalendarEntry& day : item()->days) {
      if (day.kind == CalendarKind::effective || day.day < m_speak.today()) {
        continue;
      }
      std::string value = with_days_left(day.day);
      if (!day.at.empty()) {
        value += m_speak(say::comma) + m_speak.place(day.at);
      }
      m_facts.rows.push_back({render::day_word(day.kind, m_speak.language()), {{value}}});
      if (!day.words.empty() && day.kind != CalendarKind::comments_close) {
        m_facts.rows.back().value.push_back(
            {m_speak.is_japanese() ? "「" + first_words(day.words, words_of_edit) + "」"
                                   : ": “" + first_words(day.words, words_of_edit) + "”"});
      }
    }
  }

  void add_related() {
    Rich links;
    for (const std::string& id : item() == nullptr ? std::vector<std::string>() : item()->related) {
      if (!links.empty()) {
        links.push_back({m_speak(say::comma)});
      }
      links.push_back({id, "https://www.federalregister.gov/d/" + id});
    }
    if (!links.empty()) {
      m_facts.rows.push_back({m_speak(say::related), std::move(links)});
    }
  }

  const Topic& m_topic;
  const DigestInput& m_input;
  const Speaker& m_speak;
  bool m_own;
  std::vector<Shown> m_shown;
  std::vector<Block> m_blocks;
  Facts m_facts;
};

/// The first change that hits somebody, as it stands in the eCFR.
const StoredChange* linked_change(const Topic& topic) {
  for (const Shown& shown : shown_changes(topic)) {
    if (shown.stored != nullptr) {
      return shown.stored;
    }
  }
  return nullptr;
}

} // namespace

std::vector<Block> topic_blocks(const Topic& topic,
                                int number,
                                const DigestInput& input,
                                const Speaker& speak,
                                OwnData own,
                                std::vector<Attachment>& files) {
  return ItemWriter(topic, input, speak, own).run(number, files);
}

Rich topic_links(const Topic& topic, const DigestInput& input, const Speaker& speak) {
  Rich links;
  const auto add = [&links](std::string words, std::string url) {
    if (!url.empty() && url.size() < longest_url) {
      links.push_back({std::move(words), std::move(url)});
    }
  };
  const Item* item = topic.item();
  const Document* rule = topic.rule();
  if (rule != nullptr) {
    const std::string citation = fr_citation_of(*rule);
    add(rule->type == DocumentType::measure
            ? speak(say::link_document)
            : speak(say::link_fr, citation.empty() ? rule->number : citation),
        document_url(*rule));
    add("PDF", pdf_url(*rule));
    if (rule->type == DocumentType::proposed_rule && !rule->dockets.empty() &&
        rule->dockets.front().find(' ') == std::string::npos) {
      add(speak(say::link_docket, rule->dockets.front()),
          "https://www.regulations.gov/docket/" + rule->dockets.front());
    }
  } else if (!topic.citation.empty()) {
    add(speak(say::link_fr, topic.citation), citation_url(topic.citation));
  } else if (item != nullptr && item->page) {
    add(speak(say::link_page), item->page->address);
  }
  if (const StoredChange* stored = linked_change(topic)) {
    const Citation& at = stored->change.at;
    const Citation shown = at.kind() == CitationKind::eccn ? Citation::eccn(at.name()) : at.unit();
    add(speak(say::link_compare, speak.place(shown)),
        compare_url(at, stored->before_date, stored->after_date));
  } else if (const auto shown = shown_changes(topic); !shown.empty() && rule != nullptr) {
    const Citation& at = shown.front().change->at;
    const Citation place = at.kind() == CitationKind::eccn ? Citation::eccn(at.name()) : at.unit();
    add(speak(say::link_current, speak.place(place)), text_url(at, std::nullopt));
  } else if (item != nullptr && !item->page && !item->days.empty() && rule == nullptr) {
    const Citation& at = item->days.front().at;
    add(speak(say::link_current, speak.place(at)), text_url(at, std::nullopt));
  }
  if (!input.pages.empty() && rule != nullptr && lowered(item->id) == item->id) {
    add(speak(say::link_own), fmt::format("{}/item/{}.html", input.pages, item->id));
  }
  return links;
}

} // namespace regtrail::delivery
