#include "sync/federal_register.hpp"

#include "fetch/federal_register_client.hpp"
#include "store/streams.hpp"
#include "sync/causes.hpp"
#include "sync/fr_documents.hpp"
#include "sync/fr_question.hpp"
#include "sync/fr_search.hpp"
#include "sync/plan.hpp"
#include "sync/run.hpp"
#include "sync/watches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace regtrail::sync {
namespace {

using fetch::FederalRegisterClient;
using store::Archive;
using store::RawId;
using store::StoredDocument;

/// Rules are published before they take effect, mostly by a month.
constexpr std::chrono::days lead_time{60};
/// Metadata and notes change after publication (docs/sources.md, Federal Register: search);
/// documents of these days are asked for again.
constexpr std::chrono::days overlap{10};
constexpr std::chrono::days without_plan{90};
constexpr std::chrono::days between_orders{7};
/// XML that is not there is asked for at each run while it is still expected, then seldom: the
/// texts of some old documents never come. Raw text, for documents of which the service names no
/// XML, is asked for once a day.
constexpr std::chrono::days text_expected{60};
constexpr std::chrono::days between_old_texts{7};
constexpr std::chrono::days between_raw_texts{1};
/// The service takes hours, a holiday sometimes days, to have the XML of an issue.
constexpr std::chrono::days xml_delay{3};
constexpr std::chrono::hours retry_broken_text{24 * 30};
constexpr std::size_t pages_a_run = 25;
/// Of orders and of answers of watches.
constexpr std::size_t other_texts_a_run = 100;
constexpr std::chrono::days watched_texts_period{90};
constexpr std::chrono::days between_other_texts{1};
constexpr int first_volume = 59; ///< of 1994, the first that the service has
constexpr const char* bureau = "industry-and-security-bureau";
constexpr const char* orders_key = "federal-register.orders.day";
/// The Daily Compilation has an order days after it was signed; older ones are not asked for, there
/// are thousands.
constexpr std::chrono::days link_period{60};
constexpr const char* links_key = "federal-register.links.day";
constexpr const char* pages_key = "federal-register.pages";
constexpr const char* absent_key = "federal-register.absent"; ///< from a mirror that had none

/// A document whose text is wanted and where to ask for it.
struct WantedText {
  std::string number;
  std::string url; ///< "" where the service names none yet
  bool raw_text = false;
  bool filing = false;       ///< not published yet: some filings have no text
  bool beside_rules = false; ///< of an order, or wanted by a watch only: nobody misses it
  Date published;
  std::optional<RawId> reread_for; ///< the metadata that changed after the text was read
};

/// Holds when the text was first and last asked for in vain: two instants, with a blank between.
std::string missing_key(const std::string& number) {
  return store::missing_text_key + number;
}

/// Holds the metadata for which a text was read again.
std::string reread_key(const std::string& number) {
  return "federal-register.reread." + number;
}

/// Holds the day when the text of an answer of a watch was last asked for in vain.
std::string vain_key(const std::string& number) {
  return "federal-register.no-other-text." + number;
}

class Run {
public:
  Run(Archive& archive,
      fetch::Transport& transport,
      const SyncOptions& options,
      AbsentSource absent,
      SyncObserver& observer)
      : m_archive(archive),
        m_client(transport),
        m_options(options),
        m_absent(absent),
        m_run(archive, store::fr_source, options, observer),
        m_reader(m_client, m_run),
        m_report(m_run.report),
        m_today(date_of(options.now)) {}

  Result<SyncReport> run() {
    for (const auto step : {&Run::take_documents,
                            &Run::take_inspection_list,
                            &Run::take_orders,
                            &Run::take_watches,
                            &Run::take_cited_pages,
                            &Run::take_texts,
                            &Run::take_links}) {
      if (m_absent_here || cancelled()) {
        break;
      }
      if (const auto done = (this->*step)(); !done) {
        TRY(m_run.note(store::fr_source, done.error()));
      }
    }
    TRY(relate_stored(m_archive));
    if (m_absent_here) {
      m_report.absent = {store::fr_source};
      m_report.nothing_new = true;
      TRY(m_archive.put_setting(absent_key, "1"));
      return std::move(m_report);
    }
    m_report.sources = {{store::fr_source, m_newest}};
    TRY_ASSIGN(const auto coverage, read_coverage(m_archive));
    TRY(m_run.note_health(m_newest, coverage ? std::optional(coverage->to) : std::nullopt));
    std::move(m_run.own_troubles.begin(),
              m_run.own_troubles.end(),
              std::back_inserter(m_report.troubles));
    m_report.nothing_new =
        m_report.documents == 0 && m_report.texts == 0 && m_report.troubles.empty();
    return std::move(m_report);
  }

private:
  bool cancelled() { return m_run.cancelled(store::fr_source); }

  /// True when the question under `key` was asked within the `period` before today. A day that was
  /// noted while the clock ran ahead says nothing.
  Result<bool> asked_within(std::chrono::days period, const std::string& key) {
    TRY_ASSIGN(const auto text, m_archive.setting(key));
    const auto last = Date::parse(text);
    return last && !m_run.is_ahead(*last) && m_today - *last < period;
  }

  Result<void> take_documents() {
    TRY_ASSIGN(const auto old, read_coverage(m_archive));
    TRY_ASSIGN(const auto oldest, oldest_wanted());
    // A day that was noted while the clock ran ahead does not say how far the answers reached.
    const bool whole = !old || oldest < old->from || m_run.is_ahead(old->to);
    const Date from = whole ? oldest : old->to - overlap;
    fetch::FrSearch search;
    search.agencies = {bureau};
    const auto all_read =
        m_reader.take_search(search, from, m_today, store::fr_documents_stream, "documents");
    if (!all_read) {
      // What once was there and is gone is news of the mirror, never silence.
      const bool never_held = !old;
      if (all_read.error().kind == ErrorKind::not_found && m_absent == AbsentSource::fine &&
          never_held) {
        m_absent_here = true;
        return {};
      }
      return tl::unexpected(all_read.error());
    }
    if (!*all_read) {
      return {};
    }
    // Of today there may be more to come.
    const Date yesterday = m_today - std::chrono::days(1);
    return put_coverage(m_archive,
                        whole ? diff::Coverage{oldest, yesterday}
                              : diff::Coverage{old->from, std::max(old->to, yesterday)});
  }

  /// The first day whose publications may matter to a text that we hold or are to hold.
  Result<Date> oldest_wanted() {
    if (m_options.since) {
      return *m_options.since - lead_time;
    }
    TRY_ASSIGN(const auto parts, m_archive.planned_parts());
    std::optional<Date> oldest;
    for (const auto& [title, part] : parts) {
      TRY_ASSIGN(const auto plan, m_archive.planned_dates(title, part));
      for (const store::PlannedDate& planned : plan) {
        if (planned.edition == Edition::ecfr) {
          oldest = std::min(oldest.value_or(planned.issue_date), planned.issue_date);
          break;
        }
      }
    }
    return oldest ? *oldest - lead_time : m_today - without_plan;
  }

  Result<void> take_inspection_list() {
    const std::string url = fetch::fr_public_inspection_current_url();
    TRY_ASSIGN(const auto raw,
               if_found(m_run.record(
                   m_client.public_inspection_current(), url, store::fr_inspection_stream)));
    if (raw) {
      TRY_ASSIGN(const auto taken,
                 m_reader.kept_or_quarantined(*raw, take_inspection(m_archive, *raw)));
      TRY(m_reader.note_taken("documents", url, taken.news, taken.unreadable));
    }
    return {};
  }

  /// A note changes without a change of any date, so all are looked at again (docs/sources.md,
  /// Federal Register: executive orders).
  Result<void> take_orders() {
    TRY_ASSIGN(const bool recently, asked_within(between_orders, orders_key));
    if (recently) {
      return {};
    }
    const auto done = m_reader.take_search(fetch::all_executive_orders(),
                                           Date(1937, 1, 1),
                                           m_today,
                                           store::fr_orders_stream,
                                           "documents");
    if (!done && done.error().kind != ErrorKind::not_found) {
      return tl::unexpected(done.error());
    }
    return cancelled() ? Result<void>() : m_archive.put_setting(orders_key, m_today.to_string());
  }

  Result<void> take_watches() { return sync::take_watches(m_reader, m_run, m_absent); }

  /// Under which number the Daily Compilation has the latest orders; once a week, as the last
  /// thing: it is asked of another service, whose trouble must not keep a rule's text from us.
  Result<void> take_links() {
    TRY_ASSIGN(const bool recently, asked_within(between_orders, links_key));
    if (recently) {
      return {};
    }
    TRY_ASSIGN(const auto stored, m_archive.documents({}));
    for (const StoredDocument& each : stored) {
      const Document& order = each.document;
      if (order.executive_order.empty() || !order.published ||
          m_today - *order.published > link_period) {
        continue;
      }
      const std::string url = fetch::govinfo_order_link_url(order.executive_order);
      TRY_ASSIGN(const auto known, m_archive.newest_raw(url));
      if (known) {
        continue;
      }
      if (cancelled()) {
        return {};
      }
      TRY(if_found(m_run.record(m_client.link(url), url, store::govinfo_link_stream)));
    }
    return m_archive.put_setting(links_key, m_today.to_string());
  }

  /// Old rules that took effect late are known by the pages that the law cites.
  Result<void> take_cited_pages() {
    TRY_ASSIGN(const auto pages, unheld_pages(m_archive));
    TRY_ASSIGN(const auto asked, m_archive.setting(pages_key));
    std::string known = asked;
    std::size_t count = 0;
    for (const diff::FrPage page : pages) {
      const std::string word = fmt::format(" {}.{} ", page.volume, page.page);
      if (page.volume < first_volume || known.find(word) != std::string::npos) {
        continue;
      }
      if (++count > pages_a_run || cancelled()) {
        break;
      }
      const std::string url = fetch::fr_citation_url(page.volume, page.page);
      TRY_ASSIGN(const auto raw,
                 if_found(m_run.record(m_client.by_citation(page.volume, page.page),
                                       url,
                                       store::fr_documents_stream)));
      if (raw) {
        TRY_ASSIGN(const auto taken,
                   m_reader.kept_or_quarantined(*raw, take_page(m_archive, *raw)));
        TRY(m_reader.note_taken("documents", url, taken.news, taken.page.unreadable));
      }
      known += word;
      TRY(m_archive.put_setting(pages_key, known));
    }
    return {};
  }

  Result<void> take_texts() {
    TRY_ASSIGN(const auto wanted, wanted_texts());
    for (const WantedText& text : wanted) {
      if (cancelled()) {
        break;
      }
      const auto taken = text.reread_for ? take_text_again(text) : take_one_text(text);
      if (taken) {
        m_run.failures = 0;
        continue;
      }
      const ErrorKind kind = taken.error().kind;
      const bool absent = kind == ErrorKind::not_found || kind == ErrorKind::malformed;
      if (text.beside_rules && absent) {
        m_run.failures = 0;
        TRY(m_archive.put_setting(vain_key(text.number), m_today.to_string()));
        continue;
      }
      if (kind == ErrorKind::not_found) {
        m_run.failures = 0;
        TRY(note_missing(text));
        continue;
      }
      m_report.missing_texts += text.reread_for || text.beside_rules ? 0 : 1;
      TRY(m_run.note("text of " + text.number, taken.error()));
      m_run.failures = kind == ErrorKind::malformed ? 0 : m_run.failures + 1;
      if (m_run.gave_up(kind)) {
        break;
      }
    }
    return {};
  }

  /// The service has no text of it yet; the document stays known by its metadata.
  Result<void> note_missing(const WantedText& text) {
    if (text.filing) {
      return {};
    }
    ++m_report.missing_texts;
    const std::string key = missing_key(text.number);
    TRY_ASSIGN(const auto old, m_archive.setting(key));
    const std::string now = regtrail::to_string(m_options.now);
    const std::string first = old.empty() ? now : old.substr(0, old.find(' '));
    return m_archive.put_setting(key, first + " " + now);
  }

  /// True for a text that was asked for in vain not long ago and is not expected from hour to hour.
  Result<bool> can_wait(const WantedText& text) {
    const bool expected = m_today - text.published < text_expected;
    if (text.filing || (expected && !text.raw_text)) {
      return false;
    }
    const std::chrono::days between = expected ? between_raw_texts : between_old_texts;
    TRY_ASSIGN(const auto asked, m_archive.setting(missing_key(text.number)));
    const auto last = parse_timestamp(asked.substr(asked.find(' ') + 1));
    return last && !m_run.is_ahead(date_of(*last)) && m_today - date_of(*last) < between;
  }

  Result<void> take_one_text(const WantedText& text) {
    if (text.url.empty()) {
      return note_missing(text);
    }
    TRY_ASSIGN(const auto known, m_archive.newest_raw(text.url));
    TRY_ASSIGN(const bool waits, can_wait(text));
    if (waits) {
      ++m_report.missing_texts;
      return {};
    }
    std::optional<RawId> raw;
    if (known && known->quarantine.empty()) {
      raw = known->id;
    } else if (known && m_options.now - known->fetched_at < retry_broken_text) {
      m_report.missing_texts += text.beside_rules ? 0 : 1;
      return {};
    } else {
      TRY_ASSIGN(raw, record_text(text));
    }
    TRY(read_text(*raw, text.number));
    TRY_ASSIGN(const auto missed, m_archive.setting(missing_key(text.number)));
    return missed.empty() ? Result<void>() : m_archive.put_setting(missing_key(text.number), "");
  }

  Result<RawId> record_text(const WantedText& text) {
    return m_run.record(text.raw_text ? m_client.raw_text(text.url) : m_client.full_text(text.url),
                        text.url,
                        store::fr_text_stream + text.number);
  }

  Result<void> read_text(RawId raw, const std::string& number) {
    TRY_ASSIGN(const auto news,
               m_reader.kept_or_quarantined(raw, take_text(m_archive, raw, number)));
    ++m_report.texts;
    m_report.not_understood += news.not_understood;
    return {};
  }

  /// Corrections and notes of the editors are put into the text as well (docs/sources.md, Federal
  /// Register: traps). The text read before is kept, and stays in use where the new one cannot be
  /// had.
  Result<void> take_text_again(const WantedText& text) {
    const std::string key = reread_key(text.number);
    const std::string metadata = std::to_string(*text.reread_for);
    TRY_ASSIGN(const auto known, m_archive.newest_raw(text.url));
    TRY_ASSIGN(const auto done_for, m_archive.setting(key));
    const bool broken = known && !known->quarantine.empty() &&
                        m_options.now - known->fetched_at < retry_broken_text;
    if (done_for == metadata || broken) {
      return {};
    }
    TRY_ASSIGN(const auto raw, if_found(record_text(text)));
    const bool other = raw && (!known || *raw != known->id);
    TRY(other ? read_text(*raw, text.number) : Result<void>());
    return m_archive.put_setting(key, metadata);
  }

  static bool has_wanted_text(const Document& document) {
    switch (document.type) {
    case DocumentType::rule:
    case DocumentType::proposed_rule:
    case DocumentType::correction:
      return document.published && !document.withdrawn;
    default:
      return false;
    }
  }

  /// Where the text of a document is to be had that has none yet, or one that was provisional.
  [[nodiscard]] WantedText address_of(const Document& document) const {
    WantedText text{document.number,
                    document.text_url,
                    false,
                    document.on_inspection,
                    false,
                    *document.published,
                    {}};
    const bool late = m_today - text.published >= xml_delay;
    if (text.url.empty() && (text.filing || late)) {
      text.raw_text = true;
      text.url = document.raw_text_url;
    }
    if (text.url.empty() && !text.filing && late) {
      text.url = fetch::fr_raw_text_url(text.number, text.published);
    }
    return text;
  }

  /// Nothing where the text that is here is the one wanted.
  Result<std::optional<WantedText>> wanted_text(const StoredDocument& stored) {
    WantedText text = address_of(stored.document);
    if (!stored.text_raw) {
      return text.filing && text.url.empty() ? std::nullopt : std::optional(text);
    }
    if (!stored.metadata_raw || *stored.metadata_raw <= *stored.text_raw) {
      return std::nullopt;
    }
    // The text of a filing gives way to the printed one, raw text to XML.
    TRY_ASSIGN(const auto record, m_archive.raw_record(*stored.text_raw));
    const bool provisional = is_of_filing(record.url) && !text.filing;
    if (stored.document.text_url.empty() && !provisional) {
      return std::nullopt;
    }
    if (!provisional && record.url != stored.document.raw_text_url) {
      text.reread_for = stored.metadata_raw;
    }
    return text;
  }

  /// Texts that have XML of executive orders published since `oldest_order`, which set tasks with
  /// days, and of late answers of watches, which are matched by their words.
  Result<bool> is_wanted_beside_rules(const StoredDocument& stored,
                                      const std::vector<FrQuestion>& questions,
                                      Date oldest_order) {
    const Document& document = stored.document;
    const bool readable = !stored.text_raw && !document.text_url.empty() && document.published &&
                          !document.on_inspection && !document.withdrawn;
    if (!readable) {
      return false;
    }
    const bool is_order = !document.executive_order.empty() && *document.published >= oldest_order;
    const bool by_watch =
        m_today - *document.published < watched_texts_period &&
        std::any_of(questions.begin(), questions.end(), [&](const FrQuestion& question) {
          return is_asked_for(question, document);
        });
    if (!is_order && !by_watch) {
      return false;
    }
    TRY_ASSIGN(const bool in_vain, asked_within(between_other_texts, vain_key(document.number)));
    return !in_vain;
  }

  /// Of rules, proposed rules and corrections that name a part that we hold, newest first; then
  /// those of orders and of watches.
  Result<std::vector<WantedText>> wanted_texts() {
    TRY_ASSIGN(const auto parts, m_archive.planned_parts());
    TRY_ASSIGN(const auto stored, m_archive.documents({}));
    std::set<CfrPart> held;
    for (const auto& [title, part] : parts) {
      held.insert({std::to_string(title), part});
    }
    std::vector<WantedText> wanted;
    std::vector<WantedText> others;
    const auto questions = questions_of(m_options.watches);
    TRY_ASSIGN(const Date oldest_order, oldest_wanted());
    for (const StoredDocument& each : stored) {
      const Document& document = each.document;
      if (document.published && *document.published <= m_today &&
          document.type != DocumentType::measure) {
        m_newest = std::max(m_newest.value_or(*document.published), *document.published);
      }
      const bool names_held =
          std::any_of(document.cfr.begin(), document.cfr.end(), [&](const CfrPart& part) {
            return held.count(part) > 0;
          });
      // A heading that was mis-tagged leaves the parts out (docs/sources.md, Federal Register:
      // traps).
      const bool ours = names_held || (document.cfr.empty() && is_of_bis(document));
      if (ours && has_wanted_text(document)) {
        TRY_ASSIGN(auto text, wanted_text(each));
        if (text) {
          wanted.push_back(std::move(*text));
        }
        continue;
      }
      TRY_ASSIGN(const bool is_wanted, is_wanted_beside_rules(each, questions, oldest_order));
      if (is_wanted) {
        others.push_back(address_of(document));
        others.back().beside_rules = true;
      }
    }
    const auto newer = [](const auto& left, const auto& right) {
      return left.published > right.published;
    };
    std::stable_sort(wanted.begin(), wanted.end(), newer);
    std::stable_sort(others.begin(), others.end(), newer);
    others.resize(std::min(others.size(), other_texts_a_run));
    wanted.insert(wanted.end(), others.begin(), others.end());
    return wanted;
  }

  Archive& m_archive;
  FederalRegisterClient m_client;
  const SyncOptions& m_options;
  AbsentSource m_absent;
  SourceRun m_run;
  FrReader m_reader;
  SyncReport& m_report;
  Date m_today;
  std::optional<Date> m_newest; ///< publication of a document held
  bool m_absent_here = false;   ///< a mirror without a Federal Register
};

} // namespace

Result<SyncReport> sync_federal_register(Archive& archive,
                                         fetch::Transport& transport,
                                         const SyncOptions& options,
                                         AbsentSource absent,
                                         SyncObserver& observer) {
  return Run(archive, transport, options, absent, observer).run();
}

Result<std::vector<std::string>> sources_not_in_mirror(Archive& archive) {
  TRY_ASSIGN(const auto absent, archive.setting(absent_key));
  TRY_ASSIGN(const auto held, archive.source_status(store::fr_source));
  return absent.empty() || held ? std::vector<std::string>{}
                                : std::vector{std::string(store::fr_source)};
}

} // namespace regtrail::sync
