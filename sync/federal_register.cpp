#include "sync/federal_register.hpp"

#include "fetch/federal_register_client.hpp"
#include "store/streams.hpp"
#include "sync/causes.hpp"
#include "sync/fr_documents.hpp"
#include "sync/plan.hpp"

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
constexpr std::chrono::days between_texts{7}; ///< where there was none
/// The service takes hours, a holiday sometimes days, to have the XML of an issue.
constexpr std::chrono::days xml_patience{3};
constexpr std::chrono::hours broken_text_rest{24 * 30};
constexpr int give_up_after = 3;
constexpr std::size_t pages_a_run = 25;
constexpr int first_volume = 59; ///< of 1994, the first that the service has
constexpr const char* bureau = "industry-and-security-bureau";
constexpr const char* orders_key = "federal-register.orders.day";
/// The Daily Compilation has an order days after it was signed; older ones are not asked for, there
/// are thousands.
constexpr std::chrono::days link_patience{60};
constexpr const char* links_key = "federal-register.links.day";
constexpr const char* pages_key = "federal-register.pages";
constexpr const char* absent_key = "federal-register.absent"; ///< from a mirror that had none

/// A document whose text is wanted and where to ask for it.
struct WantedText {
  std::string number;
  std::string url;
  bool raw_text = false;
  Date published;
  std::optional<RawId> reread_for; ///< the metadata that changed after the text was read
};

std::string no_text_key(const std::string& number) {
  return "federal-register.no-text." + number;
}

/// Holds the metadata for which a text was read again.
std::string reread_key(const std::string& number) {
  return "federal-register.reread." + number;
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
        m_observer(observer),
        m_recorder(archive, store::fr_source, options.now, m_report),
        m_today(date_of(options.now)) {}

  Result<SyncReport> run() {
    for (const auto step : {&Run::take_documents,
                            &Run::take_inspection_list,
                            &Run::take_orders,
                            &Run::take_cited_pages,
                            &Run::take_texts,
                            &Run::take_links}) {
      if (m_absent_here || m_over || cancelled()) {
        break;
      }
      if (auto done = (this->*step)(); !done) {
        if (done.error().kind == ErrorKind::storage) {
          return tl::unexpected(done.error());
        }
        m_report.troubles.push_back({store::fr_source, done.error()});
      }
    }
    TRY(relate_stored(m_archive));
    m_report.nothing_new =
        m_report.documents == 0 && m_report.texts == 0 && m_report.troubles.empty();
    if (m_absent_here) {
      m_report.absent = {store::fr_source};
      m_report.nothing_new = true;
      TRY(m_archive.put_setting(absent_key, "1"));
      return m_report;
    }
    m_report.sources = {{store::fr_source, m_newest}};
    TRY(note_health());
    return m_report;
  }

private:
  bool cancelled() {
    if (!m_observer.cancelled()) {
      return false;
    }
    if (!m_over) {
      m_report.troubles.push_back(
          {store::fr_source, {ErrorKind::network, "interrupted; run regtrail sync to go on"}});
      m_over = true;
    }
    return true;
  }

  void add(const DocumentNews& news) {
    m_report.documents += news.changed;
    m_report.amending += news.amending;
    m_report.not_understood += news.not_understood;
  }

  /// Reads what was recorded; an answer that cannot be read is set aside.
  template<typename Taken>
  Result<Taken> kept_or_aside(RawId raw, Result<Taken> taken) {
    if (taken || taken.error().kind == ErrorKind::storage) {
      return taken;
    }
    TRY(m_archive.quarantine(raw, taken.error().message));
    return taken;
  }

  /// All pages of a search over publication days.
  Result<void>
  take_search(const fetch::FrSearch& search, Date from, Date until, const char* stream) {
    fetch::FrWalk walk(search, from, until);
    while (const auto url = walk.next_url()) {
      if (cancelled()) {
        return {};
      }
      TRY_ASSIGN(const auto raw, m_recorder.record(m_client.documents(*url), *url, stream));
      TRY_ASSIGN(const auto taken, kept_or_aside(raw, take_page(m_archive, raw)));
      add(taken.news);
      const parse::FrPage& page = taken.page;
      const auto verdict =
          walk.take({page.count,
                     static_cast<int>(page.documents.size()),
                     page.documents.empty() ? std::string() : page.documents.front().number,
                     page.next_page_url});
      if (!verdict) {
        return tl::unexpected(verdict.error());
      }
    }
    return {};
  }

  Result<void> take_documents() {
    TRY_ASSIGN(const auto old, read_coverage(m_archive));
    TRY_ASSIGN(const auto oldest, oldest_wanted());
    const bool whole = !old || oldest < old->from;
    const Date from = whole ? oldest : old->to - overlap;
    fetch::FrSearch search;
    search.agencies = {bureau};
    const auto done = take_search(search, from, m_today, store::fr_documents_stream);
    if (!done) {
      // What once was there and is gone is news of the mirror, never silence.
      const bool never_held = !old;
      if (done.error().kind == ErrorKind::not_found && m_absent == AbsentSource::fine &&
          never_held) {
        m_absent_here = true;
        return {};
      }
      return done;
    }
    if (m_over) {
      return {};
    }
    // Of today there may be more to come.
    const Date yesterday = m_today - std::chrono::days(1);
    return put_coverage(
        m_archive, {whole ? oldest : old->from, old ? std::max(old->to, yesterday) : yesterday});
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
        if (!is_edition(planned.issue_date)) {
          oldest = std::min(oldest.value_or(planned.issue_date), planned.issue_date);
          break;
        }
      }
    }
    return oldest ? *oldest - lead_time : m_today - without_plan;
  }

  Result<void> take_inspection_list() {
    const std::string url = fetch::fr_public_inspection_current_url();
    const auto raw =
        m_recorder.record(m_client.public_inspection_current(), url, store::fr_inspection_stream);
    if (!raw) {
      return raw.error().kind == ErrorKind::not_found ? Result<void>()
                                                      : tl::unexpected(raw.error());
    }
    TRY_ASSIGN(const auto news, kept_or_aside(*raw, take_inspection(m_archive, *raw)));
    add(news);
    return {};
  }

  /// A note changes without a change of any date, so all are looked at again (docs/sources.md,
  /// Federal Register: executive orders).
  Result<void> take_orders() {
    TRY_ASSIGN(const auto text, m_archive.setting(orders_key));
    const auto last = Date::parse(text);
    if (last && m_today - *last < between_orders) {
      return {};
    }
    const auto done = take_search(
        fetch::all_executive_orders(), Date(1937, 1, 1), m_today, store::fr_orders_stream);
    if (!done && done.error().kind != ErrorKind::not_found) {
      return done;
    }
    return m_over ? Result<void>() : m_archive.put_setting(orders_key, m_today.to_string());
  }

  /// Under which number the Daily Compilation has the latest orders; once a week, as the last
  /// thing: it is asked of another service, whose trouble must not keep a rule's text from us.
  Result<void> take_links() {
    TRY_ASSIGN(const auto text, m_archive.setting(links_key));
    if (const auto last = Date::parse(text); last && m_today - *last < between_orders) {
      return {};
    }
    TRY_ASSIGN(const auto stored, m_archive.documents({}));
    for (const StoredDocument& each : stored) {
      const Document& order = each.document;
      if (order.executive_order.empty() || !order.published ||
          m_today - *order.published > link_patience) {
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
      const auto raw = m_recorder.record(m_client.link(url), url, store::govinfo_link_stream);
      if (!raw && raw.error().kind != ErrorKind::not_found) {
        return tl::unexpected(raw.error());
      }
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
      const auto raw = m_recorder.record(
          m_client.by_citation(page.volume, page.page), url, store::fr_documents_stream);
      if (!raw && raw.error().kind != ErrorKind::not_found) {
        return tl::unexpected(raw.error());
      }
      if (raw) {
        TRY_ASSIGN(const auto taken, kept_or_aside(*raw, take_page(m_archive, *raw)));
        add(taken.news);
      }
      known += word;
      TRY(m_archive.put_setting(pages_key, known));
    }
    return {};
  }

  Result<void> take_texts() {
    TRY_ASSIGN(const auto wanted, wanted_texts());
    int failures = 0;
    for (const WantedText& text : wanted) {
      if (cancelled()) {
        break;
      }
      const auto taken = text.reread_for ? take_text_again(text) : take_one_text(text);
      if (taken) {
        failures = 0;
        continue;
      }
      if (taken.error().kind == ErrorKind::storage) {
        return taken;
      }
      m_report.missing_texts += text.reread_for ? 0 : 1;
      if (taken.error().kind == ErrorKind::not_found) {
        // The service has none; the document stays known by its metadata.
        failures = 0;
        TRY(m_archive.put_setting(no_text_key(text.number), m_today.to_string()));
        continue;
      }
      m_report.troubles.push_back({"text of " + text.number, taken.error()});
      failures = taken.error().kind == ErrorKind::malformed ? 0 : failures + 1;
      if (failures >= give_up_after) {
        m_report.troubles.push_back(
            {store::fr_source,
             {taken.error().kind,
              fmt::format("gave up after {} failures in a row; the next sync goes on", failures)}});
        break;
      }
    }
    return {};
  }

  Result<void> take_one_text(const WantedText& text) {
    TRY_ASSIGN(const auto known, m_archive.newest_raw(text.url));
    TRY_ASSIGN(const auto asked, m_archive.setting(no_text_key(text.number)));
    if (const auto day = Date::parse(asked); day && m_today - *day < between_texts) {
      ++m_report.missing_texts;
      return {};
    }
    std::optional<RawId> raw;
    if (known && known->quarantine.empty()) {
      raw = known->id;
    } else if (known && m_options.now - known->fetched_at < broken_text_rest) {
      ++m_report.missing_texts;
      return {};
    } else {
      TRY_ASSIGN(raw, record_text(text));
    }
    return read_text(*raw, text.number);
  }

  Result<RawId> record_text(const WantedText& text) {
    return m_recorder.record(text.raw_text ? m_client.raw_text(text.url)
                                           : m_client.full_text(text.url),
                             text.url,
                             store::fr_text_stream + text.number);
  }

  Result<void> read_text(RawId raw, const std::string& number) {
    TRY_ASSIGN(const auto news, kept_or_aside(raw, take_text(m_archive, raw, number)));
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
    const bool broken =
        known && !known->quarantine.empty() && m_options.now - known->fetched_at < broken_text_rest;
    if (done_for == metadata || broken) {
      return {};
    }
    const auto raw = record_text(text);
    if (!raw && raw.error().kind != ErrorKind::not_found) {
      return tl::unexpected(raw.error());
    }
    const bool other = raw && (!known || *raw != known->id);
    TRY(other ? read_text(*raw, text.number) : Result<void>());
    return m_archive.put_setting(key, metadata);
  }

  /// Rules that name a part that we hold, newest first.
  Result<std::vector<WantedText>> wanted_texts() {
    TRY_ASSIGN(const auto parts, m_archive.planned_parts());
    TRY_ASSIGN(const auto stored, m_archive.documents({}));
    std::set<CfrPart> held;
    for (const auto& [title, part] : parts) {
      held.insert({std::to_string(title), part});
    }
    std::vector<WantedText> wanted;
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
      if (document.type != DocumentType::rule || document.on_inspection || !ours ||
          !document.published) {
        continue;
      }
      if (each.text_raw) {
        if (each.metadata_raw && *each.metadata_raw > *each.text_raw &&
            !document.text_url.empty()) {
          wanted.push_back(
              {document.number, document.text_url, false, *document.published, each.metadata_raw});
        }
      } else if (!document.text_url.empty()) {
        wanted.push_back(
            {document.number, document.text_url, false, *document.published, std::nullopt});
      } else if (m_today - *document.published >= xml_patience) {
        wanted.push_back({document.number,
                          fetch::fr_raw_text_url(document.number, *document.published),
                          true,
                          *document.published,
                          std::nullopt});
      } else {
        ++m_report.missing_texts;
      }
    }
    std::stable_sort(wanted.begin(), wanted.end(), [](const auto& left, const auto& right) {
      return left.published > right.published;
    });
    return wanted;
  }

  Result<void> note_health() {
    TRY_ASSIGN(const auto old, m_archive.source_status(store::fr_source));
    TRY_ASSIGN(const auto coverage, read_coverage(m_archive));
    SourceStatus status = old.value_or(SourceStatus{});
    status.source = store::fr_source;
    status.last_attempt = m_options.now;
    status.newest_issue_date = m_newest ? m_newest : status.newest_issue_date;
    if (coverage) {
      status.valid_through = coverage->to;
    }
    if (m_report.troubles.empty()) {
      status.health = Health::healthy;
      status.last_success = m_options.now;
      status.message.clear();
    } else {
      const bool got_something = m_report.documents > 0 || m_report.texts > 0;
      status.health = got_something ? Health::degraded : Health::failing;
      status.message =
          m_report.troubles.front().what + ": " + m_report.troubles.front().error.message;
    }
    return m_archive.put_source_status(status);
  }

  Archive& m_archive;
  FederalRegisterClient m_client;
  const SyncOptions& m_options;
  AbsentSource m_absent;
  SyncObserver& m_observer;
  SyncReport m_report;
  Recorder m_recorder;
  Date m_today;
  std::optional<Date> m_newest; ///< publication of a document held
  bool m_absent_here = false;   ///< a mirror without a Federal Register
  bool m_over = false;          ///< somebody wants us to stop
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
  const auto absent = archive.setting(absent_key);
  const auto held =
      absent ? archive.source_status(store::fr_source) : tl::unexpected(absent.error());
  if (!held) {
    return tl::unexpected(held.error());
  }
  return absent->empty() || *held ? std::vector<std::string>{}
                                  : std::vector{std::string(store::fr_source)};
}

} // namespace regtrail::sync
