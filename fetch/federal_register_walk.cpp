#include "fetch/federal_register_client.hpp"
#include "fetch/url.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>

namespace regtrail::fetch {

namespace {

constexpr int result_cap = 10'000;
constexpr int page_cap = 10; // of a thousand results; the service's own cap of 50 lies beyond

/// An address of the service itself. That of the next page may carry a cursor and is then used as
/// it is.
bool is_of_service(const std::string& url) {
  const auto parsed = Url::parse(url);
  return parsed && parsed->scheme() == "https" && parsed->host() == "www.federalregister.gov" &&
         parsed->path().starts_with("/api/v1/");
}

} // namespace

FrSearch all_executive_orders() {
  FrSearch search;
  search.types = {DocumentType::presidential};
  search.presidential_types = {"executive_order"};
  return search;
}

FrWalk::FrWalk(FrSearch search, Date from, Date until) : m_search(std::move(search)) {
  if (until < from) {
    throw std::logic_error("a walk through the Federal Register ends before it begins");
  }
  m_windows.push_back({from, until});
  begin_window();
}

std::optional<std::string> FrWalk::next_url() const {
  return m_url.empty() ? std::nullopt : std::optional<std::string>(m_url);
}

void FrWalk::begin_window() {
  m_page = 1;
  m_collected = 0;
  m_first_number.clear();
  m_url.clear();
  if (m_windows.empty()) {
    return;
  }
  m_url = fr_search_url(m_search, m_windows.back().from, m_windows.back().until);
}

tl::unexpected<Error> FrWalk::broken(ErrorKind kind, const std::string& what) {
  const Window window = m_windows.back();
  m_windows.clear();
  m_url.clear();
  return fail(kind,
              fmt::format("cannot collect the documents published {} to {}: {}",
                          window.from.to_string(),
                          window.until.to_string(),
                          what));
}

Result<FrWalk::Verdict> FrWalk::split() {
  const Window whole = m_windows.back();
  const auto days = (whole.until - whole.from).count();
  if (days == 0) {
    return broken(ErrorKind::too_large,
                  "one day has more than the service gives; ask for fewer agencies or parts");
  }
  const Date middle = whole.from + std::chrono::days(days / 2);
  m_windows.pop_back();
  m_windows.push_back({middle + std::chrono::days(1), whole.until});
  m_windows.push_back({whole.from, middle});
  begin_window();
  return Verdict::split;
}

Result<FrWalk::Verdict> FrWalk::take(const FrPageFacts& page) {
  if (m_url.empty()) {
    throw std::logic_error("a walk through the Federal Register was told of a page after its end");
  }
  if (page.count && *page.count >= result_cap) {
    return split();
  }
  if (m_page == 1) {
    m_first_number = page.first_number;
  } else if (page.results > 0 && page.first_number == m_first_number) {
    return broken(ErrorKind::malformed, fmt::format("page {} is page 1 again", m_page));
  }
  m_collected += page.results;
  if (!page.next_page_url.empty()) {
    if (page.results == 0) {
      return broken(ErrorKind::malformed, fmt::format("page {} is empty, not the last", m_page));
    }
    if (m_page == page_cap) {
      return split();
    }
    ++m_page;
    const Window window = m_windows.back();
    m_url = is_of_service(page.next_page_url)
                ? page.next_page_url
                : fr_search_url(m_search, window.from, window.until, m_page);
    return Verdict::taken;
  }
  if (page.count && m_collected < *page.count) {
    return broken(
        ErrorKind::malformed,
        fmt::format("{} came of {} counted; the next sync asks again", m_collected, *page.count));
  }
  m_windows.pop_back();
  begin_window();
  return Verdict::taken;
}

} // namespace regtrail::fetch
