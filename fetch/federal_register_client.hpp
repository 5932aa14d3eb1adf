// The Federal Register's API and the places that hold its texts (sources.md section 2, 3.2, 3.4):
// URLs in, bytes out.
#pragma once

#include "fetch/transport.hpp"
#include "model/date.hpp"
#include "model/document.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::fetch {

/// Both ends inclusive.
struct DateBounds {
  std::optional<Date> from;
  std::optional<Date> until;

  friend bool operator==(const DateBounds&, const DateBounds&) = default;
};

/// Conditions of a search of documents; what is empty is not asked for.
struct FrSearch {
  std::vector<std::string> agencies; ///< slugs; an unknown one is refused by the service
  std::string cfr_title;             ///< "15"
  std::string cfr_parts;             ///< "744" or "730-774", digits only; needs cfr_title
  /// rule, proposed_rule, notice, presidential; the service files corrections as rules
  std::vector<DocumentType> types;
  std::vector<std::string> presidential_types; ///< "executive_order", "proclamation", ...
  DateBounds published;
  DateBounds effective;
  DateBounds signed_on;
  std::vector<std::string> document_numbers;
  std::vector<std::string> executive_orders; ///< numbers
  std::vector<std::string> citing;           ///< documents whose numbers the wanted ones cite
  std::string rin;                           ///< "0694-AK60"
  std::string docket;                        ///< a phrase, not exact

  friend bool operator==(const FrSearch&, const FrSearch&) = default;
};

/// All orders there are, for the weekly look at their notes (sources.md 2.9).
[[nodiscard]] FrSearch all_executive_orders();

/// What a page of results says of itself (parse::parse_fr_documents reads it).
struct FrPageFacts {
  std::optional<int> count; ///< of all pages together
  int results = 0;          ///< on this page
  std::string first_number; ///< of the first document, "" without results
  std::string next_page_url;
};

/// One search in windows of publication dates, each small enough for the service to answer in
/// full: it gives no more than 10,000 results and 50 pages, and starts again at page 1 without a
/// word where asked for more (sources.md 2.3). Ask for `next_url`, tell what came with `take`,
/// until there is no next. Does no I/O.
class FrWalk {
public:
  /// Orders from 1937 on exist as metadata, texts from 1994 on.
  FrWalk(FrSearch search, Date from, Date until);

  /// nullopt when all is collected. The same URL until `take` was told of its answer.
  [[nodiscard]] std::optional<std::string> next_url() const;

  enum class Verdict {
    taken, ///< these results count; keep them by number, after a split some come twice
    split, ///< too many for one window: these results come again in smaller ones
  };

  /// An error where the answers cannot be all there is: page 1 came again, fewer documents than
  /// counted, or one day with more than the service gives. The walk is then over.
  Result<Verdict> take(const FrPageFacts& page);

private:
  struct Window {
    Date from;
    Date until;
  };

  Result<Verdict> split();
  void begin_window();
  [[nodiscard]] tl::unexpected<Error> broken(ErrorKind kind, const std::string& what);

  FrSearch m_search;
  std::vector<Window> m_windows; ///< still to ask, the next one last
  std::string m_url;             ///< "" when done
  int m_page = 1;
  int m_collected = 0; ///< results of the window so far
  std::string m_first_number;
};

/// `transport` must outlive the client.
class FederalRegisterClient {
public:
  explicit FederalRegisterClient(Transport& transport) : m_transport(transport) {}

  /// A page of a search: a URL of FrWalk or fr_search_url.
  Result<Response> documents(const std::string& url, const Validators& validators = {});
  /// `published` picks between reused numbers (old two-digit ones repeat).
  Result<Response> document(const std::string& number, std::optional<Date> published = {});
  /// At most fr_batch_limit of them; those missing stand under errors/not_found.
  Result<Response> batch(const std::vector<std::string>& numbers);
  /// Every document whose page range holds that page: two where one ends and another begins.
  Result<Response> by_citation(int volume, int page);

  /// XML of a document, from the address that the service gave for it (or fr_full_text_url);
  /// only official hosts are asked.
  Result<Response> full_text(const std::string& url);
  /// The text as printed, wrapped in a little HTML, where there is no XML (yet).
  Result<Response> raw_text(const std::string& url);
  /// A whole issue in XML from govinfo, the second route; not_found on days without one.
  Result<Response> issue(Date date);

  Result<Response> public_inspection_current(const Validators& validators = {});
  /// What was on file that day.
  Result<Response> public_inspection_on(Date date);
  Result<Response> agencies();

  /// An answer of govinfo's link service; not_found where it answers with a page for people.
  Result<Response> link(const std::string& url);

private:
  Transport& m_transport;
};

inline constexpr std::size_t fr_batch_limit = 250;

/// The fields asked for, always explicitly: a list without them lacks even effective dates. Only
/// those that recorded answers show: one unknown field and the whole question is refused.
[[nodiscard]] const std::vector<std::string_view>& fr_document_fields();

/// Page 1 to 10 of a thousand results each, oldest first, so that new documents do not shift pages.
[[nodiscard]] std::string fr_search_url(const FrSearch& search, int page = 1);
[[nodiscard]] std::string fr_document_url(const std::string& number,
                                          std::optional<Date> published = {});
[[nodiscard]] std::string fr_batch_url(const std::vector<std::string>& numbers);
[[nodiscard]] std::string fr_citation_url(int volume, int page);
[[nodiscard]] std::string fr_full_text_url(const std::string& number, Date published);
[[nodiscard]] std::string fr_raw_text_url(const std::string& number, Date published);
[[nodiscard]] std::string fr_public_inspection_current_url();
[[nodiscard]] std::string fr_public_inspection_url(Date available_on);
[[nodiscard]] std::string fr_agencies_url();
[[nodiscard]] std::string govinfo_fr_issue_url(Date date);
/// "DCPD-202500789" -> the link service's question for that document. Throws std::logic_error for
/// what is no such number.
[[nodiscard]] std::string govinfo_dcpd_link_url(const std::string& dcpd);
[[nodiscard]] std::string govinfo_order_link_url(const std::string& executive_order);

} // namespace regtrail::fetch
