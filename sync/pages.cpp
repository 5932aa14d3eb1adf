#include "sync/pages.hpp"

#include "fetch/page_client.hpp"
#include "model/characters.hpp"
#include "query/pages.hpp"
#include "store/streams.hpp"
#include "sync/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace regtrail::sync {
namespace {

using query::PageVersion;

constexpr std::size_t shrunk_to = 5; ///< one part in so many is taken for a page that was emptied

bool is_gone(int status) {
  return status == 404 || status == 410;
}

/// Why the status is not that of the page; "" for 200.
std::string why_status(int status) {
  if (status == 200) {
    return {};
  }
  if (is_gone(status)) {
    return fmt::format("the page is gone (status {})", status);
  }
  if (status == 401 || status == 403 || status == 429 || status == 503) {
    return fmt::format("a login or block page came (status {})", status);
  }
  return fmt::format("status {} came instead of the page", status);
}

/// Why the answer is neither HTML nor PDF by its label; a mirror folder gives none.
std::string why_type(const fetch::Response& answer) {
  const std::string type = lowered(answer.header("content-type"));
  const std::string name(trimmed(std::string_view(type).substr(0, type.find(';'))));
  return name.empty() || name == "text/html" || name == "application/xhtml+xml" ||
                 name == "application/pdf"
             ? ""
             : fmt::format("neither HTML nor PDF came but '{}'", name);
}

class Run {
public:
  Run(store::Archive& archive,
      fetch::Transport& transport,
      const SyncOptions& options,
      AbsentSource absent,
      SyncObserver& observer)
      : m_archive(archive),
        m_client(transport),
        m_absent(absent),
        m_run(archive, store::pages_source, options, observer),
        m_today(date_of(options.now)) {}

  Result<SyncReport> run(const std::vector<Watch>& pages) {
    std::set<std::string> addresses;
    for (const Watch& watch : pages) {
      if (m_run.cancelled(store::pages_source)) {
        break;
      }
      if (!addresses.insert(watch.address).second) {
        TRY(note(watch,
                 {ErrorKind::usage,
                  "another watch has the same address; give this one a fragment of its own "
                  "(address#2)"}));
        continue;
      }
      TRY_ASSIGN(const auto asked, m_archive.setting(store::page_asked_key + watch.id));
      if (asked != asked_today(watch)) {
        TRY(take(watch));
      }
    }
    TRY(note_health(pages));
    return std::move(m_run.report);
  }

private:
  [[nodiscard]] std::string asked_today(const Watch& watch) const {
    return fmt::format("{} {}", m_today.to_string(), watch.address);
  }

  /// What `status` says until the page is read again. `before`: the version that stands.
  Result<void> note(const Watch& watch, Error error, const PageVersion* before = nullptr) {
    if (before != nullptr) {
      error.message += fmt::format("; the text of {} stands", before->day.to_string());
    }
    TRY(m_archive.put_setting(store::page_trouble_key + watch.id, error.message));
    return m_run.note(parse::page_citation(watch.id).to_string(), std::move(error));
  }

  Result<void> take(const Watch& watch) {
    TRY_ASSIGN(const auto held, m_archive.newest_raw(watch.address));
    TRY_ASSIGN(const auto origin, m_archive.newest_origin(watch.address));
    fetch::Validators validators;
    if (origin) {
      fetch::Response answer;
      answer.headers = origin->headers;
      validators = {origin->final_url,
                    std::string(answer.header("etag")),
                    std::string(answer.header("last-modified"))};
    }
    const auto answer = m_client.page(watch.address, validators);
    if (answer && is_gone(answer->status) && !held && m_absent == AbsentSource::fine) {
      return {};
    }
    // An answer is never held without what was thought of it.
    return m_archive.in_transaction([&]() -> Result<void> {
      TRY_ASSIGN(const auto versions, query::page_versions(m_archive, watch));
      const auto raw = m_run.record(answer, watch.address, store::page_stream + watch.id);
      if (raw || raw.error().kind != ErrorKind::network) {
        TRY(m_archive.put_setting(store::page_asked_key + watch.id, asked_today(watch)));
      }
      const PageVersion* before = versions.empty() ? nullptr : &versions.back();
      return raw ? judge(watch, *answer, *raw, before) : note(watch, raw.error(), before);
    });
  }

  /// `before`: the version that stands.
  Result<void> judge(const Watch& watch,
                     const fetch::Response& answer,
                     store::RawId raw,
                     const PageVersion* before) {
    const bool is_held = before != nullptr && before->record.id == raw;
    TRY_ASSIGN(const auto why, why_no_version(watch, answer, raw, is_held ? nullptr : before));
    if (why.empty()) {
      m_run.report.new_versions += is_held ? 0 : 1;
      TRY(m_archive.quarantine(raw, ""));
      TRY(m_archive.put_setting(store::page_trouble_key + watch.id, ""));
      return m_archive.put_setting(store::page_read_key + watch.id, m_today.to_string());
    }
    // What was believed once is not taken back: the watch may be read otherwise now.
    if (!is_held) {
      TRY(m_archive.quarantine(raw, why));
      ++m_run.report.quarantined;
    }
    return note(
        watch, {ErrorKind::quarantined, fmt::format("'{}': {}", watch.address, why)}, before);
  }

  /// "" for a version. `before`: what it is compared with, nullptr for none.
  Result<std::string> why_no_version(const Watch& watch,
                                     const fetch::Response& answer,
                                     store::RawId raw,
                                     const PageVersion* before) {
    if (!answer.not_modified()) {
      std::string why = why_status(answer.status);
      if (why.empty() && fetch::is_moved(watch.address, answer.final_url)) {
        why = fmt::format("the page moved to '{}' (if it is there now, set address)",
                          answer.final_url);
      }
      why = why.empty() ? why_type(answer) : why;
      if (!why.empty()) {
        return why;
      }
    }
    TRY_ASSIGN(auto record, m_archive.raw_record(raw));
    const auto page = query::read_version(m_archive, watch, {m_today, std::move(record)});
    if (!page) {
      return page.error().kind == ErrorKind::storage
                 ? Result<std::string>(tl::unexpected(page.error()))
                 : page.error().message;
    }
    std::string why = parse::why_no_version(*page, watch);
    if (!why.empty() || before == nullptr) {
      return why;
    }
    const auto old = query::read_version(m_archive, watch, *before);
    if (!old && old.error().kind == ErrorKind::storage) {
      return tl::unexpected(old.error());
    }
    const std::size_t then = old ? parse::read_bytes(*old, watch) : 0;
    const std::size_t now = parse::read_bytes(*page, watch);
    return now * shrunk_to < then ? fmt::format("the text shrank from {} to {} bytes", then, now)
                                  : std::string();
  }

  /// Of all pages together, also of those that were asked earlier today.
  Result<void> note_health(const std::vector<Watch>& pages) {
    std::optional<Date> newest;
    std::optional<Date> read_until; ///< the day on which all of them were read
    bool all_read = true;
    int troubled = 0;
    std::string message;
    constexpr int most_told = 3;
    for (const Watch& watch : pages) {
      TRY_ASSIGN(const auto versions, query::page_versions(m_archive, watch));
      TRY_ASSIGN(const auto trouble, m_archive.setting(store::page_trouble_key + watch.id));
      TRY_ASSIGN(const auto read, m_archive.setting(store::page_read_key + watch.id));
      if (!versions.empty()) {
        newest = std::max(newest.value_or(versions.back().day), versions.back().day);
      }
      const auto day = Date::parse(read);
      all_read = all_read && day.has_value();
      if (day) {
        read_until = std::min(read_until.value_or(*day), *day);
      }
      if (!trouble.empty() && ++troubled <= most_told) {
        message += fmt::format("{}{}: {}",
                               message.empty() ? "" : "; ",
                               parse::page_citation(watch.id).to_string(),
                               trouble);
      }
    }
    SyncReport& report = m_run.report;
    report.nothing_new = report.new_versions == 0 && report.troubles.empty();
    if (troubled == 0 && !read_until) {
      return {}; // a mirror without pages
    }
    report.sources = {{store::pages_source, newest}};
    TRY_ASSIGN(const auto known, m_archive.source_status(store::pages_source));
    SourceStatus status = known.value_or(SourceStatus{});
    status.source = store::pages_source;
    status.last_attempt = m_run.options.now;
    status.newest_issue_date = newest;
    status.valid_through = all_read ? read_until : std::nullopt;
    if (troubled == 0) {
      status.health = Health::healthy;
      status.last_success = m_run.options.now;
    } else {
      status.health =
          troubled == static_cast<int>(pages.size()) ? Health::failing : Health::degraded;
    }
    status.message = troubled > most_told
                         ? fmt::format("{}; and {} more", message, troubled - most_told)
                         : message;
    return m_archive.put_source_status(status);
  }

  store::Archive& m_archive;
  fetch::PageClient m_client;
  AbsentSource m_absent;
  SourceRun m_run;
  Date m_today;
};

} // namespace

std::vector<Watch> watched_pages(const Register& entries, const std::vector<std::string>& hosts) {
  std::vector<Watch> pages;
  for (const Watch& watch : entries.watches) {
    const auto address = fetch::Url::parse(watch.address);
    if (watch.enabled && address &&
        std::any_of(hosts.begin(), hosts.end(), [&](const std::string& host) {
          return lowered(host) == address->host();
        })) {
      pages.push_back(watch);
    }
  }
  return pages;
}

Result<SyncReport> sync_pages(store::Archive& archive,
                              fetch::Transport& transport,
                              const std::vector<Watch>& pages,
                              const SyncOptions& options,
                              AbsentSource absent,
                              SyncObserver& observer) {
  return Run(archive, transport, options, absent, observer).run(pages);
}

} // namespace regtrail::sync
