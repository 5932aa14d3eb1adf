// Composition of the digest. Deterministic: equal input gives equal bytes.
#include "notify/delivery/digest.hpp"

#include "model/text.hpp"
#include "notify/delivery/digest_internal.hpp"
#include "notify/render/entries.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/items.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace regtrail::delivery {

namespace {

constexpr int context_words = 10;
constexpr std::size_t longest_side = 700; ///< bytes of before or after that a mail shows
constexpr std::size_t typed_longest = 120;
constexpr std::size_t typed_in_subject = 40;
constexpr std::size_t longest_title = 90; ///< bytes, of a document in the subject
constexpr std::size_t reasons_shown = 3;
constexpr std::size_t places_shown = 12;
constexpr std::size_t problems_shown = 5;

using store::StoredChange;

/// Stored changes that are one item: one change, or one replacement in many places.
struct HitGroup {
  std::vector<const StoredChange*> changes;
  int severity = 1;
  double score = 0.0;
};

std::vector<HitGroup> group_hits(const std::vector<StoredChange>& changes) {
  std::vector<HitGroup> out;
  std::map<std::string, std::size_t> known;
  for (const StoredChange& change : changes) {
    if (change.hits.empty()) {
      continue;
    }
    std::size_t place = out.size();
    if (!change.change.group.empty()) {
      place = known.emplace(change.change.group, place).first->second;
    }
    if (place == out.size()) {
      out.emplace_back();
    }
    HitGroup& group = out[place];
    group.changes.push_back(&change);
    for (const Hit& hit : change.hits) {
      group.severity = std::max(group.severity, hit.severity);
      group.score = std::max(group.score, hit.score);
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const HitGroup& left, const HitGroup& right) {
    return left.severity != right.severity ? left.severity > right.severity
                                           : left.score > right.score;
  });
  return out;
}

class Composer {
public:
  explicit Composer(const DigestInput& input)
      : m_input(input),
        m_language(input.subscriber.language),
        m_say(phrases(m_language)) {}

  Digest compose() {
    const std::vector<HitGroup> groups = group_hits(m_input.changes);
    DigestView view;
    view.date = local_day().to_string();
    for (const HitGroup& group : groups) {
      view.items.push_back(item(group));
    }
    for (const ItemNews& news : m_input.items) {
      view.documents.push_back(document_item(news, m_input.categories, local_day(), m_language));
    }
    view.nothing = all_sources_well() ? m_say.nothing : m_say.nothing_known;
    view.closing = closing(groups);
    Digest out;
    out.subject = subject(groups, view.date);
    out.text = digest_text(view, m_language);
    out.html = digest_html(view, out.subject, m_language);
    for (const HitGroup& group : groups) {
      for (const StoredChange* change : group.changes) {
        for (const Hit& hit : change->hits) {
          out.hit_ids.push_back(hit.id);
        }
      }
    }
    for (const ItemNews& news : m_input.items) {
      for (const Hit& hit : news.item.hits) {
        out.hit_ids.push_back(hit.id);
      }
    }
    return out;
  }

private:
  [[nodiscard]] bool is_japanese() const { return m_language == render::Language::ja; }

  /// Japan has no daylight saving time; English readers get UTC.
  [[nodiscard]] std::chrono::hours offset() const {
    return std::chrono::hours(is_japanese() ? 9 : 0);
  }

  [[nodiscard]] Date local_day() const { return date_of(m_input.now + offset()); }

  [[nodiscard]] std::string instant(Timestamp when) const {
    std::string text = to_string(when + offset()).substr(0, 16);
    text[10] = ' ';
    return text + (is_japanese() ? " JST" : " UTC");
  }

  template<typename Value>
  static std::string fill(std::string_view phrase, const Value& value) {
    return fmt::format(fmt::runtime(phrase), value);
  }

  [[nodiscard]] std::string headline(const StoredChange& stored, std::size_t longest) const {
    if (stored.status) {
      return render::event_phrase(*stored.status, m_language);
    }
    const Change& change = stored.change;
    std::string out = render::kind_phrase(change, "", m_language);
    const std::string typed = render::typed_phrase(change, m_language, longest);
    return typed.empty() ? out : out + m_say.colon + typed;
  }

  /// What the change means, for an entry of the firm's own beside what it does to that.
  [[nodiscard]] std::string meaning(const HitGroup& group) const {
    const StoredChange& stored = *group.changes.front();
    const Headline words =
        stored.hits.front().entry == EntryKind::category
            ? render::meaning_of(stored.change)
            : render::headline_of(stored.change, stored.hits, m_input.categories);
    return is_japanese() ? words.ja : words.en;
  }

  // --- one item -------------------------------------------------------------------------------

  [[nodiscard]] DigestItem item(const HitGroup& group) const {
    const StoredChange& stored = *group.changes.front();
    const Change& change = stored.change;
    DigestItem out;
    out.severity = group.severity;
    out.mark = render::severity_word(group.severity, m_language);
    out.place = change.at.to_string();
    if (group.changes.size() > 1) {
      out.place += m_say.and_others;
    }
    out.headline = stored.status ? headline(stored, typed_longest) : meaning(group);
    if (stored.status) {
      out.facts.push_back(editions(stored));
      out.facts.push_back({m_say.scope, scope(group)});
      return out;
    }
    add_words(out, change);
    if (group.changes.size() > 1) {
      out.facts.push_back({m_say.places, places(group)});
    }
    add_facts(out, group, stored);
    return out;
  }

  void add_words(DigestItem& out, const Change& change) const {
    std::size_t before = 0;
    std::size_t after = 0;
    bool cut = false;
    for (WordRun& run :
         render::abridge(render::merged_edits(render::runs_of(change)), context_words)) {
      const bool in_before = run.op != WordRun::Op::added;
      const bool in_after = run.op != WordRun::Op::removed;
      const std::size_t used = std::max(in_before ? before : 0, in_after ? after : 0);
      const std::size_t room = used < longest_side ? longest_side - used : 0;
      if (run.text.size() > room) {
        cut = true;
        run.text = std::string(render::first_bytes(run.text, room)) + " ...";
      }
      before += in_before ? run.text.size() : 0;
      after += in_after ? run.text.size() : 0;
      out.words.push_back(std::move(run));
      if (cut && used >= longest_side) {
        break;
      }
    }
    const bool moved_only = change.was.has_value() && change.before == change.after;
    out.has_before = change.kind != ChangeKind::added && !moved_only;
    out.has_after = change.kind != ChangeKind::removed;
    if (cut) {
      out.cut_remark = fill(m_say.cut, change.at.to_string());
    }
  }

  [[nodiscard]] std::string listed(const std::vector<std::string>& parts,
                                   const char* if_empty) const {
    return parts.empty() ? if_empty : render::joined(parts, m_say.list_separator);
  }

  /// The first `shown` of `parts` and how many more there are.
  [[nodiscard]] std::string first_of(std::vector<std::string> parts, std::size_t shown) const {
    if (parts.size() > shown) {
      const std::size_t rest = parts.size() - shown;
      parts.resize(shown);
      parts.push_back(fill(m_say.more, rest));
    }
    return listed(parts, "");
  }

  [[nodiscard]] std::string places(const HitGroup& group) const {
    std::vector<std::string> parts;
    for (const StoredChange* stored : group.changes) {
      parts.push_back(stored->change.at.to_string());
    }
    return first_of(std::move(parts), places_shown);
  }

  [[nodiscard]] Fact editions(const StoredChange& stored) const {
    return {m_say.editions,
            render::date_word(stored.before_date, m_language) + " -> " +
                render::date_word(stored.after_date, m_language)};
  }

  void add_facts(DigestItem& out, const HitGroup& group, const StoredChange& stored) const {
    out.facts.push_back({"", dates(stored.change)});
    out.facts.push_back(editions(stored));
    out.facts.push_back({m_say.scope, scope(group)});
    out.facts.push_back({m_say.licensing, licensing(stored.change)});
    out.facts.push_back({m_say.source, source(stored.change)});
  }

  /// The document that made the change, where the archive holds it.
  [[nodiscard]] const Document* document_of(const Change& change) const {
    if (change.causes.empty() || answer_of(change.causes.front()) != CauseAnswer::identified) {
      return nullptr;
    }
    const auto found = m_input.documents.find(change.causes.front().document);
    return found == m_input.documents.end() ? nullptr : &found->second;
  }

  [[nodiscard]] std::string
  dated(std::string_view name, const std::optional<Date>& date, std::string_view otherwise) const {
    return fmt::format(
        "{} {}", name, date ? render::date_word(*date, m_language) : std::string(otherwise));
  }

  /// "effective 2026-08-13 / published 2026-08-10 / comments close none"
  [[nodiscard]] std::string dates(const Change& change) const {
    const Document* document = document_of(change);
    std::optional<Date> effective;
    std::optional<Date> published;
    std::optional<Date> comments;
    if (document != nullptr) {
      const auto& instructions = document->instructions;
      const auto instruction =
          std::find_if(instructions.begin(), instructions.end(), [&](const Instruction& each) {
            return each.ordinal == change.causes.front().instruction;
          });
      effective = instruction == instructions.end() ? effective_date(*document, Instruction{})
                                                    : effective_date(*document, *instruction);
      published = document->published;
      comments = document->comments_close;
    }
    return fmt::format(
        "{} / {} / {}",
        dated(m_say.effective, effective, m_say.unknown),
        dated(m_say.published, published, m_say.unknown),
        dated(m_say.comments, comments, document == nullptr ? m_say.unknown : m_say.none));
  }

  /// Dates that lie ahead in the documents behind the items, the nearest first.
  [[nodiscard]] std::string deadlines() const {
    if (m_input.documents.empty()) {
      return m_say.unknown;
    }
    const Date today = local_day();
    std::set<std::pair<Date, std::string>> ahead;
    for (const auto& [number, document] : m_input.documents) {
      const std::string citation = fr_citation_of(document);
      const std::string& source = citation.empty() ? number : citation;
      const auto add = [&](std::string_view name, const Date& date) {
        if (date >= today) {
          ahead.insert({date, fmt::format("{} ({})", dated(name, date, {}), source)});
        }
      };
      if (document.comments_close) {
        add(m_say.comments, *document.comments_close);
      }
      for (const Date& date : document.compliance) {
        add(m_say.compliance, date);
      }
      for (const Date& date : document.effective) {
        add(m_say.effective, date);
      }
    }
    std::vector<std::string> words;
    for (const auto& [date, text] : ahead) {
      words.push_back(text);
    }
    return listed(words, m_say.none);
  }

  /// Every entry once, best score first within the group's order.
  [[nodiscard]] std::string scope(const HitGroup& group) const {
    std::map<std::string, const Hit*> best;
    std::vector<std::string> order;
    for (const StoredChange* change : group.changes) {
      for (const Hit& hit : change->hits) {
        const auto [place, fresh] = best.emplace(hit.category, &hit);
        if (fresh) {
          order.push_back(hit.category);
        } else if (hit.score > place->second->score) {
          place->second = &hit;
        }
      }
    }
    std::vector<Hit> hits;
    for (const std::string& category : order) {
      hits.push_back(*best.at(category));
    }
    std::vector<std::string> parts;
    for (const std::vector<Hit>& alike : render::alike_hits(hits)) {
      const Hit& hit = alike.front();
      parts.push_back(fmt::format("{} {} ({})",
                                  render::entry_names(alike, m_input.categories, m_language),
                                  render::two_decimals(hit.score),
                                  reasons(hit)));
    }
    return listed(parts, "");
  }

  [[nodiscard]] std::string reasons(const Hit& hit) const {
    std::vector<std::string> parts;
    for (const Reason& reason : hit.reasons) {
      if (reason.weight > 0 && parts.size() < reasons_shown) {
        parts.push_back(render::reason_phrase(reason, m_language));
      }
    }
    return listed(parts, m_say.unknown);
  }

  /// What the change itself says about licensing; the rest is not known yet and said so.
  [[nodiscard]] std::string licensing(const Change& change) const {
    Change only;
    for (const TypedChange& typed : change.typed) {
      if (typed.type == TypedChangeType::license_requirement ||
          typed.type == TypedChangeType::license_exception ||
          typed.type == TypedChangeType::review_policy) {
        only.typed.push_back(typed);
      }
    }
    return only.typed.empty() ? m_say.unknown
                              : render::typed_phrase(only, m_language, typed_longest);
  }

  [[nodiscard]] std::string source(const Change& change) const {
    if (change.causes.empty()) {
      return fmt::format("{} / {}", m_say.unknown, m_say.codified);
    }
    const Cause& cause = change.causes.front();
    const CauseAnswer answer = answer_of(cause);
    if (answer == CauseAnswer::editorial || answer == CauseAnswer::unidentified) {
      return render::cause_phrase(cause, m_language) + " / " + m_say.codified;
    }
    return fmt::format("{} / {} {} / {}",
                       render::cause_name(cause),
                       m_say.confidence,
                       render::two_decimals(cause.confidence),
                       m_say.codified);
  }

  // --- below the items --------------------------------------------------------------------------

  [[nodiscard]] std::vector<Fact> closing(const std::vector<HitGroup>& groups) const {
    std::vector<Fact> out;
    out.push_back({m_say.deadlines, deadlines()});
    if (m_input.status.sources.empty()) {
      out.push_back({"", m_say.never_checked});
    }
    for (const SourceStatus& source : m_input.status.sources) {
      out.push_back({m_say.checked, source_line(source)});
    }
    if (m_input.cosmetic_left_out > 0) {
      out.push_back({"", fill(m_say.cosmetic, m_input.cosmetic_left_out)});
    }
    add_not_understood(out);
    add_withdrawn(out);
    add_missing_texts(out);
    if (!m_input.status.quarantined.empty()) {
      out.push_back({"", fill(m_say.quarantined, m_input.status.quarantined.size())});
    }
    const std::string without_hit = categories_without_hit(groups);
    if (!without_hit.empty()) {
      out.push_back({m_say.without_hit, without_hit});
    }
    return out;
  }

  /// Of rules that were announced as pending the subscriber hears once that they are not.
  void add_withdrawn(std::vector<Fact>& out) const {
    for (const PendingAmendment& each : m_input.status.withdrawn) {
      std::string what = each.document;
      what += each.title.empty() ? "" : m_say.colon + each.title;
      what += each.text.empty() ? "" : " (" + each.text + ")";
      out.push_back({m_say.withdrawn, render::one_line(what)});
    }
  }

  void add_missing_texts(std::vector<Fact>& out) const {
    std::vector<std::string> documents;
    for (const MissingText& each : m_input.status.missing_texts) {
      documents.push_back(each.citation.empty()
                              ? each.document
                              : fmt::format("{} ({})", each.document, each.citation));
    }
    if (!documents.empty()) {
      out.push_back({m_say.missing_text, first_of(std::move(documents), problems_shown)});
    }
  }

  void add_not_understood(std::vector<Fact>& out) const {
    const std::vector<NotUnderstoodRecord>& problems = m_input.status.not_understood;
    if (problems.empty()) {
      return;
    }
    std::vector<std::string> places;
    for (const NotUnderstoodRecord& record : problems) {
      places.push_back(record.problem.at.to_string());
    }
    out.push_back(
        {fill(m_say.not_understood, problems.size()), first_of(std::move(places), problems_shown)});
  }

  [[nodiscard]] std::string source_name(const std::string& source) const {
    if (source == "ecfr") {
      return "eCFR";
    }
    if (source == "federal-register") {
      return is_japanese() ? "連邦官報" : "Federal Register";
    }
    return source;
  }

  [[nodiscard]] std::string source_line(const SourceStatus& source) const {
    std::string out = source_name(source.source) + " ";
    const std::optional<Date> through =
        source.valid_through ? source.valid_through : source.newest_issue_date;
    out += fill(m_say.through, render::date_word(through, m_language));
    out += m_say.list_separator;
    out +=
        fill(m_say.checked_at, source.last_success ? instant(*source.last_success) : m_say.unknown);
    if (source.health != Health::healthy) {
      out += fmt::format("{}{}", m_say.list_separator, m_say.trouble);
      out += source.message.empty() ? "" : m_say.colon + source.message;
    }
    return out;
  }

  [[nodiscard]] bool all_sources_well() const {
    const std::vector<SourceStatus>& sources = m_input.status.sources;
    return !sources.empty() &&
           std::all_of(sources.begin(), sources.end(), [](const SourceStatus& source) {
             return source.health == Health::healthy && source.last_success;
           });
  }

  [[nodiscard]] std::string categories_without_hit(const std::vector<HitGroup>& groups) const {
    std::set<std::string> hit;
    for (const HitGroup& group : groups) {
      for (const StoredChange* change : group.changes) {
        for (const Hit& one : change->hits) {
          hit.insert(one.category);
        }
      }
    }
    for (const ItemNews& news : m_input.items) {
      for (const Hit& one : news.item.hits) {
        hit.insert(one.category);
      }
    }
    const std::vector<std::string>& wanted = m_input.subscriber.categories;
    std::vector<std::string> labels;
    for (const Category& category : m_input.categories.categories) {
      const bool asked =
          wanted.empty() || std::find(wanted.begin(), wanted.end(), category.id) != wanted.end();
      if (asked && hit.count(category.id) == 0) {
        Hit absent;
        absent.category = category.id;
        labels.push_back(render::entry_name(absent, m_input.categories, m_language));
      }
    }
    return listed(labels, "");
  }

  // --- subject ----------------------------------------------------------------------------------

  [[nodiscard]] std::string day_headline(const Item& item) const {
    const Headline headline = render::headline_of(item);
    return is_japanese() ? headline.ja : headline.en;
  }

  /// "[regtrail] 重大1 高2: ECCN 3B001.c.1.c 改正：… ほか  2026-09-02".
  [[nodiscard]] std::string subject(const std::vector<HitGroup>& groups,
                                    const std::string& day) const {
    if (groups.empty() && m_input.items.empty()) {
      const bool well = all_sources_well();
      return is_japanese() ? fmt::format("[regtrail] {}  {}",
                                         well ? "該当する変更なし（確認済み）" : "情報源に問題あり",
                                         day)
                           : fmt::format("[regtrail] {}  {}",
                                         well ? "nothing changed (checked)" : "source trouble",
                                         day);
    }
    std::map<int, int, std::greater<>> counts;
    for (const HitGroup& group : groups) {
      ++counts[group.severity];
    }
    for (const ItemNews& news : m_input.items) {
      ++counts[news.item.severity];
    }
    std::string levels;
    for (const auto& [severity, count] : counts) {
      levels += levels.empty() ? "" : " ";
      levels += render::severity_word(severity, m_language);
      levels += (is_japanese() ? "" : " ") + std::to_string(count);
    }
    std::string top;
    if (groups.empty()) {
      const ItemNews& news = m_input.items.front();
      top = news.item.rule || news.item.page
                ? news.item.id + " " +
                      std::string(render::first_bytes(news.item.page ? news.item.page->title
                                                                     : news.item.rule->title,
                                                      longest_title))
                : day_headline(news.item);
    } else {
      const StoredChange& change = *groups.front().changes.front();
      top = change.change.at.to_string() + " " + headline(change, typed_in_subject);
    }
    const bool more = groups.size() + m_input.items.size() > 1;
    std::string out =
        fmt::format("[regtrail] {}: {}{}  {}", levels, top, more ? m_say.and_others : "", day);
    return render::one_line(out);
  }

  const DigestInput& m_input;
  render::Language m_language;
  const Phrases& m_say;
};

} // namespace

Digest compose_digest(const DigestInput& input) {
  return Composer(input).compose();
}

} // namespace regtrail::delivery
