// Composition of the mails. Deterministic: equal input gives equal bytes.
#include "notify/delivery/digest.hpp"

#include "notify/delivery/mail_headlines.hpp"
#include "notify/delivery/mail_item.hpp"
#include "notify/delivery/mail_parties.hpp"
#include "notify/delivery/mail_sections.hpp"
#include "notify/delivery/mail_topics.hpp"
#include "notify/delivery/mail_view.hpp"
#include "notify/delivery/mail_words.hpp"
#include "notify/render/entries.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace regtrail::delivery {

namespace {

constexpr std::size_t items_in_full = 7;
constexpr std::size_t largest_html = 80'000; ///< bytes; Gmail cuts at 102 kB
constexpr int subject_columns_en = 78;
constexpr int subject_columns_ja = 120; ///< sixty wide characters
constexpr int preheader_columns = 150;

Digest digest_of(const MailView& view) {
  Digest out;
  out.subject = render::one_line(view.subject);
  out.text = mail_text(view);
  out.html = mail_html(view);
  return out;
}

/// The bracket behind the fact of a subject: the day on which it takes effect, or comments close.
std::string subject_day(const Topic& topic, const Speaker& speak) {
  const Document* rule = topic.rule();
  if (rule == nullptr || topic.told(StepKind::delayed)) {
    return "";
  }
  if (rule->type == DocumentType::proposed_rule) {
    return rule->comments_close ? speak(say::subject_comments, speak.slashed(*rule->comments_close))
                                : "";
  }
  return rule->effective.empty()
             ? ""
             : speak(say::subject_in_force, speak.slashed(rule->effective.front()));
}

std::string
subject_of(const std::vector<Topic>& topics, const DigestInput& input, const Speaker& speak) {
  const Topic& first = topics.front();
  const std::string mark = severity_label(first.severity, speak.language());
  const std::string more =
      topics.size() > 1 ? speak(say::subject_more, topics.size() - 1) : std::string();
  std::string fact = topic_words(first, input, speak).fact;
  const int most = speak.is_japanese() ? subject_columns_ja : subject_columns_en;
  // "ほかN件" is dropped last, the day before it.
  std::string day = subject_day(first, speak);
  constexpr int shortest_fact = 40;
  const auto room = [&] {
    return most - render::display_width(speak(say::subject, mark, "", day, more));
  };
  if (room() < std::min(shortest_fact, render::display_width(fact))) {
    day.clear();
  }
  // Of a fact in several clauses the last ones are dropped.
  const std::string_view comma = speak.is_japanese() ? say::comma.ja : say::comma.en;
  for (std::size_t end = fact.rfind(comma);
       render::display_width(fact) > room() && end != std::string::npos && end > 0;
       end = fact.rfind(comma)) {
    if (render::display_width(fact.substr(0, end)) < shortest_fact) {
      break;
    }
    fact.resize(end);
  }
  return speak(say::subject, mark, speak.cut(fact, room()), day, more);
}

class Composer {
public:
  explicit Composer(const DigestInput& input)
      : m_input(input),
        m_speak(input.subscriber.language, input.now) {
    m_view.language = input.subscriber.language;
  }

  Digest compose() {
    m_topics = topics_of(m_input);
    std::vector<Topic> all = m_topics;
    const auto news = std::stable_partition(
        all.begin(), all.end(), [](const Topic& topic) { return !is_without_news(topic); });
    m_without_news.assign(std::make_move_iterator(news), std::make_move_iterator(all.end()));
    all.erase(news, all.end());
    m_topics = std::move(all);
    Digest out;
    switch (m_input.kind) {
    case MailKind::digest:
      out = m_topics.empty() && m_without_news.empty() ? compose_quiet() : compose_news();
      break;
    case MailKind::quiet:
      out = compose_quiet();
      break;
    case MailKind::trouble:
      out = compose_trouble();
      break;
    case MailKind::recovered:
      out = compose_recovered();
      break;
    }
    for (const auto& change : m_input.changes) {
      for (const Hit& hit : change.hits) {
        out.hit_ids.push_back(hit.id);
      }
    }
    for (const ItemNews& item : m_input.items) {
      for (const Hit& hit : item.steps.empty() ? std::vector<Hit>() : item.item.hits) {
        out.hit_ids.push_back(hit.id);
      }
    }
    return out;
  }

  Digest compose_forward() {
    m_topics = topics_of(m_input);
    if (m_topics.empty() && !m_input.items.empty()) {
      m_topics.emplace_back().news = &m_input.items.front();
    }
    if (m_topics.empty()) {
      return {};
    }
    Topic& topic = m_topics.front();
    topic.hits.clear();
    topic.severity = topic.item() == nullptr ? topic.severity : topic.item()->severity;
    m_view.subject = topic_words(topic, m_input, m_speak).brief;
    std::vector<Attachment> files;
    add_masthead(say::name_forward);
    add_all(topic_blocks(topic, 0, m_input, m_speak, OwnData::left_out, files));
    m_view.blocks.emplace_back(Paragraph{{{m_speak(say::disclaimer)}}, Paragraph::Size::small});
    Digest out = digest_of(m_view);
    out.attachments = std::move(files);
    return out;
  }

private:
  // --- what is new ------------------------------------------------------------------------------

  Digest compose_news() {
    if (m_topics.empty()) {
      m_view.subject = m_speak(say::known_subject, m_without_news.size());
    } else {
      m_view.subject = subject_of(m_topics, m_input, m_speak);
    }
    // Where it is too large, the last items become lines.
    Digest out;
    for (std::size_t full = std::min(m_topics.size(), items_in_full);; --full) {
      std::vector<Attachment> files;
      add_news(full, files);
      out = digest_of(m_view);
      out.attachments = std::move(files);
      if (out.html.size() <= largest_html || full == 0) {
        break;
      }
      m_view.blocks.clear();
    }
    if (!m_topics.empty()) {
      const Topic& first = m_topics.front();
      out.thread = first.item() != nullptr   ? first.item()->id
                   : !first.citation.empty() ? first.citation
                                             : first.place.to_string();
    }
    return out;
  }

  void add_news(std::size_t full, std::vector<Attachment>& files) {
    add_masthead(say::name);
    add_verdict();
    add_summary();
    const auto lines = first_lines();
    m_view.preheader = m_speak.cut(m_speak.sentences(lines), preheader_columns);
    for (std::size_t i = 0; i < full; ++i) {
      add_all(topic_blocks(
          m_topics[i], static_cast<int>(i) + 1, m_input, m_speak, OwnData::shown, files));
    }
    add_rest(full, files);
    std::vector<const Topic*> without;
    for (const Topic& topic : m_without_news) {
      without.push_back(&topic);
    }
    add_all(other_blocks(m_input, without, m_speak));
    add_all(day_blocks(m_input, numbers(), m_speak));
    add_all(checked_blocks(m_input, all_topics(), m_speak));
    m_view.blocks.push_back(footer(m_input, m_speak));
  }

  /// What a list of mails shows beside the subject: the next two items, or of one its standing.
  [[nodiscard]] std::vector<std::string> first_lines() const {
    std::vector<std::string> lines;
    for (std::size_t i = 1; i < std::min<std::size_t>(m_topics.size(), 3); ++i) {
      lines.push_back(topic_words(m_topics[i], m_input, m_speak).brief +
                      (m_speak.is_japanese() ? "。" : "."));
    }
    if (lines.empty()) {
      lines.push_back(compared_words());
    }
    return lines;
  }

  [[nodiscard]] std::string compared_words() const {
    std::vector<std::string> sentences;
    sentences.push_back(m_input.since ? m_speak(say::since, m_speak.day(*m_input.since))
                                      : m_speak(say::first_mail));
    const std::string entries = entries_words(m_input, m_speak);
    if (!entries.empty()) {
      sentences.push_back(m_speak(say::compared, entries));
    }
    if (const std::size_t unwatched = unwatched_entries(m_input); unwatched > 0) {
      sentences.push_back(m_speak(say::unwatched, unwatched));
    }
    return m_speak.sentences(sentences);
  }

  void add_verdict() {
    const auto critical = std::count_if(
        m_topics.begin(), m_topics.end(), [](const Topic& topic) { return topic.severity == 5; });
    const auto count = static_cast<std::ptrdiff_t>(m_topics.size());
    std::string title;
    if (count == 0) {
      title = m_speak(say::known_title, m_without_news.size());
    } else if (m_speak.is_japanese()) {
      title =
          critical > 0 ? m_speak(say::verdict_critical, critical) : m_speak(say::verdict, count);
    } else if (critical > 0) {
      title = m_speak(say::verdict_critical, critical, critical == 1 ? "change" : "changes");
    } else {
      title = m_speak(say::verdict, count, count == 1 ? "change touches" : "changes touch");
    }
    m_view.blocks.emplace_back(Title{title});
    m_view.blocks.emplace_back(Paragraph{{{compared_words()}}, Paragraph::Size::secondary});
  }

  void add_summary() {
    Summary summary;
    for (std::size_t i = 0; i < m_topics.size() && i < summary_rows; ++i) {
      const Topic& topic = m_topics[i];
      std::vector<std::string> note;
      const std::string standing = standing_words(topic, m_speak);
      if (!standing.empty()) {
        note.push_back(standing);
      }
      const std::string groups = hit_names(topic);
      if (!groups.empty()) {
        note.push_back(groups);
      }
      summary.rows.push_back(
          {topic.severity,
           fmt::format("{}. {}", i + 1, topic_words(topic, m_input, m_speak).brief),
           m_speak.capital(render::joined(note, m_speak.is_japanese() ? "。" : ". "))});
    }
    if (!summary.rows.empty()) {
      m_view.blocks.emplace_back(std::move(summary));
    }
    std::vector<std::string> beside;
    if (m_topics.size() > summary_rows) {
      beside.push_back(m_speak(say::rest_below, m_topics.size() - summary_rows));
    }
    const std::size_t others = m_input.others.size() + m_without_news.size();
    if (others > 0) {
      beside.push_back(m_speak(say::below, others));
    }
    if (m_input.days && reads_documents(m_input)) {
      beside.push_back(m_speak(say::dates_below, m_input.days->size()));
    }
    if (!beside.empty()) {
      m_view.blocks.emplace_back(Paragraph{{{m_speak.sentences(beside)}}, Paragraph::Size::small});
    }
  }

  /// Groups that a topic hits, three of them.
  [[nodiscard]] std::string hit_names(const Topic& topic) const {
    std::vector<std::string> names;
    for (const Hit& hit : topic.hits) {
      if (hit.entry == EntryKind::category || hit.entry == EntryKind::watch) {
        names.push_back(render::entry_name(hit, m_input.categories, m_speak.language()));
      }
    }
    return m_speak.first_of(std::move(names), groups_named);
  }

  void add_rest(std::size_t full, std::vector<Attachment>& files) {
    if (full == m_topics.size()) {
      return;
    }
    Lines lines;
    for (std::size_t i = full; i < m_topics.size(); ++i) {
      const Topic& topic = m_topics[i];
      Line line = topic_line(topic, m_input, m_speak);
      line.text.insert(line.text.begin(),
                       {fmt::format("{}. {} {} ",
                                    i + 1,
                                    severity_sign(topic.severity),
                                    severity_label(topic.severity, m_speak.language())),
                        "",
                        true});
      const std::string names = hit_names(topic);
      if (!names.empty()) {
        line.note.push_back({"  " + names});
      }
      lines.rows.push_back(std::move(line));
      if (auto file = party_file(topic, m_input)) {
        files.push_back(*std::move(file));
      }
    }
    const std::size_t count = m_topics.size() - full;
    m_view.blocks.emplace_back(Section{m_speak(say::rest, count)});
    m_view.blocks.emplace_back(std::move(lines));
  }

  // --- the other kinds --------------------------------------------------------------------------

  /// "eCFR issue of Oct 13, Federal Register issue of Oct 14"
  [[nodiscard]] std::string ranges() const {
    std::vector<std::string> words;
    for (const SourceStatus& source : m_input.status.sources) {
      const std::string range = source_range(source, m_speak);
      if (!range.empty()) {
        words.push_back(source_name(source.source, m_speak) + " " + range);
      }
    }
    return m_speak.list(words);
  }

  Digest compose_quiet() {
    const bool sure = sources_well(m_input) && unwatched_entries(m_input) == 0 &&
                      !m_input.watches.empty() && m_input.status.quarantined.empty();
    const bool held = m_input.held_back.count > 0;
    add_masthead(say::name_quiet);
    const std::string entries = entries_words(m_input, m_speak);
    std::string note = m_speak(say::quiet_unsure);
    if (!sure) {
      m_view.subject = m_speak(say::quiet_unsure_subject);
      m_view.blocks.emplace_back(Title{m_speak(say::quiet_unsure_title)});
    } else if (held) {
      note = m_speak(say::quiet_held, m_input.held_back.count);
      m_view.subject = m_speak(say::quiet_held_title);
      m_view.blocks.emplace_back(Title{m_speak(say::quiet_held_title)});
    } else {
      m_view.subject = m_speak(say::quiet_subject, ranges());
      m_view.blocks.emplace_back(Title{m_speak(say::quiet_title)});
      note = entries.empty() ? "" : m_speak(say::compared, entries);
    }
    if (sure && !held) {
      m_view.blocks.emplace_back(Notice{0, m_speak(say::quiet_head), note});
    } else {
      m_view.blocks.emplace_back(Paragraph{{{note}}, Paragraph::Size::secondary});
    }
    m_view.preheader = note;
    add_all(checked_blocks(m_input, all_topics(), m_speak));
    add_all(other_blocks(m_input, {}, m_speak));
    add_all(day_blocks(m_input, {}, m_speak));
    m_view.blocks.push_back(footer(m_input, m_speak));
    return digest_of(m_view);
  }

  [[nodiscard]] const SourceStatus* source(const std::string& name) const {
    const auto& sources = m_input.status.sources;
    const auto found = std::find_if(
        sources.begin(), sources.end(), [&](const auto& each) { return each.source == name; });
    return found == sources.end() ? nullptr : &*found;
  }

  Digest compose_trouble() {
    const SourceTrouble trouble = m_input.trouble.value_or(SourceTrouble{});
    const std::string name = source_name(trouble.source, m_speak);
    const std::string since = m_speak.instant(trouble.since);
    const bool ecfr = trouble.source == "ecfr";
    std::vector<std::string> well;
    for (const SourceStatus& each : m_input.status.sources) {
      if (each.source != trouble.source && each.health == Health::healthy && each.last_success) {
        well.push_back(source_name(each.source, m_speak));
      }
    }
    m_view.subject = m_speak(say::trouble_subject, name, m_speak.slashed(local(trouble.since)));
    m_view.subject += well.empty() ? "" : m_speak(say::trouble_rest_fine, m_speak.list(well));
    m_view.preheader = m_speak(say::trouble_note);
    add_masthead(say::name_trouble);
    m_view.blocks.emplace_back(Title{m_speak(say::trouble_title, name, since)});
    m_view.blocks.emplace_back(Paragraph{{{m_speak(say::trouble_last,
                                                   m_speak(ecfr ? say::issue_ecfr : say::issue_fr,
                                                           m_speak.weekday(trouble.checked_to)))}},
                                         Paragraph::Size::secondary});
    m_view.blocks.emplace_back(
        Notice{5, m_speak(say::trouble_head, name), m_speak(say::trouble_note)});
    add_states(trouble);
    m_view.blocks.emplace_back(Section{m_speak(say::known_unknown)});
    Facts facts;
    facts.rows.push_back({m_speak(say::not_known),
                          {{m_speak(ecfr ? say::not_known_ecfr : say::not_known_fr,
                                    m_speak.day(trouble.checked_to))}}});
    for (const SourceStatus& each : m_input.status.sources) {
      const std::string range = source_range(each, m_speak);
      if (each.source != trouble.source && each.health == Health::healthy && !range.empty()) {
        facts.rows.push_back(
            {m_speak(say::known),
             {{m_speak(say::known_to, source_name(each.source, m_speak), range)}}});
      }
    }
    m_view.blocks.emplace_back(std::move(facts));
    m_view.blocks.emplace_back(Section{m_speak(say::to_do)});
    m_view.blocks.emplace_back(Label{m_speak(say::for_officers)});
    m_view.blocks.emplace_back(ecfr ? Checklist{{m_speak(say::read_law), m_speak(say::read_list)}}
                                    : Checklist{{m_speak(say::read_fr)}});
    m_view.blocks.emplace_back(
        ecfr ? Links{{{"eCFR",
                       "https://www.ecfr.gov/current/title-15/subtitle-B/chapter-VII/"
                       "subchapter-C"},
                      {"Consolidated Screening List",
                       "https://www.trade.gov/consolidated-screening-list"}}}
             : Links{{{"Federal Register",
                       "https://www.federalregister.gov/agencies/"
                       "industry-and-security-bureau"}}});
    m_view.blocks.emplace_back(Label{m_speak(say::for_administrators)});
    Checklist ask{{m_speak(say::ask_administrator)}};
    m_view.blocks.emplace_back(std::move(ask));
    if (!trouble.why.empty()) {
      m_view.blocks.emplace_back(
          Paragraph{{{m_speak(say::last_failure, render::excerpt(trouble.why, why_columns))}},
                    Paragraph::Size::small});
    }
    m_view.blocks.emplace_back(Paragraph{{{m_speak(say::retried)}}, Paragraph::Size::small});
    m_view.blocks.push_back(footer(m_input, m_speak));
    return digest_of(m_view);
  }

  void add_states(const SourceTrouble& trouble) {
    m_view.blocks.emplace_back(Section{m_speak(say::sources)});
    Facts facts;
    for (const SourceStatus& each : m_input.status.sources) {
      const bool down = each.source == trouble.source;
      const Phrase& state = down ? say::down : each.health == Health::healthy ? say::up : say::late;
      std::vector<std::string> words{m_speak(state)};
      const std::string range = source_range(each, m_speak);
      if (!range.empty()) {
        words.push_back(range);
      }
      facts.rows.push_back({source_name(each.source, m_speak), {{m_speak.list(words)}}});
    }
    m_view.blocks.emplace_back(std::move(facts));
  }

  Digest compose_recovered() {
    const SourceTrouble trouble = m_input.trouble.value_or(SourceTrouble{});
    const std::string name = source_name(trouble.source, m_speak);
    const std::string hits = m_topics.empty() ? m_speak(say::recovered_none)
                                              : m_speak(say::recovered_hits, m_topics.size());
    m_view.subject = m_speak(say::recovered_subject, name, hits);
    add_masthead(say::name_recovered);
    std::vector<std::string> sentences{
        m_speak(say::recovered_text, name, m_speak.instant(trouble.since))};
    const std::string known = ranges();
    if (!known.empty()) {
      sentences.push_back(m_speak(say::recovered_range, known));
    }
    sentences.push_back(m_speak(say::recovered_next));
    m_view.preheader = sentences.front();
    m_view.blocks.emplace_back(Title{m_view.subject});
    m_view.blocks.emplace_back(Paragraph{{{m_speak.sentences(sentences)}}});
    if (!m_topics.empty()) {
      add_summary();
      std::vector<Attachment> files;
      for (std::size_t i = 0; i < std::min(m_topics.size(), items_in_full); ++i) {
        add_all(topic_blocks(
            m_topics[i], static_cast<int>(i) + 1, m_input, m_speak, OwnData::shown, files));
      }
      add_rest(std::min(m_topics.size(), items_in_full), files);
      add_all(checked_blocks(m_input, all_topics(), m_speak));
    }
    m_view.blocks.push_back(footer(m_input, m_speak));
    return digest_of(m_view);
  }

  // --- parts of all -----------------------------------------------------------------------------

  void add_masthead(const Phrase& name) {
    m_view.blocks.emplace_back(
        Masthead{"regtrail " + m_speak(name), m_speak.weekday(m_speak.today())});
  }

  void add_all(std::vector<Block> blocks) {
    std::move(blocks.begin(), blocks.end(), std::back_inserter(m_view.blocks));
  }

  [[nodiscard]] std::vector<Topic> all_topics() const {
    std::vector<Topic> all = m_topics;
    all.insert(all.end(), m_without_news.begin(), m_without_news.end());
    return all;
  }

  [[nodiscard]] std::map<std::string, int> numbers() const {
    std::map<std::string, int> numbers;
    for (std::size_t i = 0; i < m_topics.size(); ++i) {
      if (const Item* item = m_topics[i].item()) {
        numbers[item->id] = static_cast<int>(i) + 1;
      }
    }
    return numbers;
  }

  [[nodiscard]] Date local(Timestamp when) const {
    return Speaker(m_speak.language(), when).today();
  }

  static constexpr std::size_t summary_rows = 12;
  static constexpr std::size_t groups_named = 3;
  static constexpr int why_columns = 200;

  const DigestInput& m_input;
  Speaker m_speak;
  MailView m_view;
  std::vector<Topic> m_topics;
  std::vector<Topic> m_without_news;
};

} // namespace

Date reader_day(const Subscriber& subscriber, Timestamp now) {
  return Speaker(subscriber.language, now).today();
}

Digest compose_digest(const DigestInput& input) {
  return Composer(input).compose();
}

Digest compose_forward(const DigestInput& input) {
  return Composer(input).compose_forward();
}

} // namespace regtrail::delivery
