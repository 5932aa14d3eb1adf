// The Federal Register's API and the places that hold its texts (docs/sources.md, Federal
// Register and govinfo): URLs in, bytes out.
#pragma once

#include "fetch/transport.hpp"
#include "model/date.hpp"
#include "model/document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::fetch {

/// A title of the CFR, or parts of it, that documents name as concerned.
struct FrCfr {
  int title = 0;
  int first_part = 0; ///< 0: any of the title
  int last_part = 0;

  friend bool operator==(const FrCfr&, const FrCfr&) = default;
};

/// Conditions of a search of documents beside the days of publication; what is empty is left out.
struct FrSearch {
  std::vector<std::string> agencies; ///< slugs; the service refuses an unknown one
  /// rule, proposed_rule, notice, presidential; the service files corrections as rules
  std::vector<DocumentType> types;
  std::vector<std::string> presidential_types; ///< "executive_order", "proclamation", ...
  /// Words and phrases of which the full text has one, as they stand there.
  std::vector<std::string> terms;
  std::optional<FrCfr> cfr;
};

/// The code under which the service files documents of a type: "RULE"; "" for those that it files
/// under another's.
[[nodiscard]] std::string_view type_code(DocumentType type);

/// All executive orders.
[[nodiscard]] FrSearch all_executive_orders();

/// What a page of results says of itself (parse::parse_fr_documents reads it).
struct FrPageFacts {
  std::optional<int> count; ///< of all pages together
  int results = 0;          ///< on this page
  std::string first_number; ///< of the first document, "" without results
  std::string next_page_url;
};

/// One search in windows of publication dates, each small enough for the service to answer in
/// full: it gives no more than 10,000 results and 50 pages, and starts again at page 1, without an
/// error, where asked for more. Ask for `next_url`, pass what came to `take`, until there is no
/// next. Does no I/O.
class FrWalk {
public:
  /// Orders from 1937 on exist as metadata, texts from 1994 on. `until` before `from` throws
  /// std::logic_error.
  FrWalk(FrSearch search, Date from, Date until);

  /// nullopt when all is collected. The same URL until its answer was passed to `take`.
  [[nodiscard]] std::optional<std::string> next_url() const;

  enum class Verdict {
    taken, ///< these results count; keep them by number, after a split some come twice
    split, ///< too many for one window: these results come again in smaller ones
  };

  /// An error where the answers cannot be complete: page 1 came again, fewer documents than
  /// counted, or one day with more than the service gives. The walk is then over. Throws
  /// std::logic_error after the end.
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

  /// A page of a search: a URL of FrWalk or fr_search_url. `usage` where the service does not take
  /// the question: a condition that it does not know, an agency that does not exist.
  Result<Response> documents(const std::string& url);
  /// Every document whose page range holds that page: two where one ends and another begins.
  Result<Response> by_citation(int volume, int page);

  /// XML of a document, from the address that the service gave for it; `blocked` for an address
  /// elsewhere than at the Federal Register or govinfo.
  Result<Response> full_text(const std::string& url);
  /// The text as printed, wrapped in a little HTML, where there is no XML (yet); addresses as for
  /// full_text.
  Result<Response> raw_text(const std::string& url);

  Result<Response> public_inspection_current();

  /// An answer of govinfo's link service; not_found where it answers with an error page.
  Result<Response> link(const std::string& url);

private:
  Transport& m_transport;
};

/// Page 1 to 10 (else std::logic_error) of a thousand documents each, published `from` to `until`,
/// oldest first, so that new documents do not shift pages. Throws std::logic_error for types that
/// cannot be searched.
[[nodiscard]] std::string
fr_search_url(const FrSearch& search, Date from, Date until, int page = 1);
[[nodiscard]] std::string fr_citation_url(int volume, int page);
[[nodiscard]] std::string fr_raw_text_url(const std::string& number, Date published);
[[nodiscard]] std::string fr_public_inspection_current_url();
/// Leads to an order's document in the Daily Compilation of Presidential Documents.
[[nodiscard]] std::string govinfo_order_link_url(const std::string& executive_order);

} // namespace regtrail::fetch
