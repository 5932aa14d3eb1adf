#include "sync/fr_search.hpp"

namespace regtrail::sync {

Result<void> FrReader::note_taken(const std::string& what,
                                  const std::string& url,
                                  const DocumentNews& news,
                                  const std::vector<std::string>& unreadable) {
  m_run.report.documents += news.changed;
  m_run.report.amending += news.amending;
  m_run.report.not_understood += news.not_understood;
  m_run.took_something = true;
  return m_run.note_unreadable(what, url, unreadable);
}

Result<bool> FrReader::take_search(const fetch::FrSearch& search,
                                   Date from,
                                   Date until,
                                   const std::string& stream,
                                   const std::string& what) {
  bool all_read = true;
  fetch::FrWalk walk(search, from, until);
  while (const auto url = walk.next_url()) {
    if (m_run.cancelled(m_run.source)) {
      return false;
    }
    TRY_ASSIGN(const auto raw, m_run.record(m_client.documents(*url), *url, stream));
    TRY_ASSIGN(const auto taken, kept_or_quarantined(raw, take_page(m_run.archive, raw)));
    const parse::FrPage& page = taken.page;
    TRY(note_taken(what, *url, taken.news, page.unreadable));
    all_read = all_read && page.unreadable.empty();
    TRY(walk.take({page.count,
                   static_cast<int>(page.documents.size() + page.unreadable.size()),
                   page.documents.empty() ? std::string() : page.documents.front().number,
                   page.next_page_url}));
  }
  return all_read;
}

} // namespace regtrail::sync
