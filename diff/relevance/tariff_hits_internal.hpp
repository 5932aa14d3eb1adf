// Numbers of the tariff in a document beside those of the register's products and categories.
#pragma once

#include "model/document.hpp"
#include "model/hit.hpp"
#include "model/register.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace regtrail::diff {

class TariffMatcher {
public:
  explicit TariffMatcher(const Register& source);

  /// Adds the reasons `hs` of a document's title, abstract and body to `hits`, and hits of the
  /// entries that have none. A number concerns what it is a beginning of, and what is a beginning
  /// of it. A product that is named is told, with severity 4; a category is at most a near hit by
  /// its numbers alone.
  void add_hits(std::vector<Hit>& hits, const Document& document) const;

private:
  /// A number of an entry as the interval of the ten-digit codes that begin with it.
  struct OwnNumber {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::string printed;
    EntryKind entry = EntryKind::category;
    std::string id;
  };

  /// A number of a document beside one of an entry.
  struct Meeting {
    Reason reason;
    bool covers = false;     ///< the document's holds all of the entry's
    std::uint64_t width = 0; ///< of the document's, in codes
  };

  [[nodiscard]] std::map<std::pair<EntryKind, std::string>, std::vector<Meeting>>
  find(const Document& document) const;
  void add_reasons(Hit& hit, std::vector<Meeting> meetings) const;
  void add(EntryKind entry, const std::string& id, const std::vector<std::string>& numbers);

  MatchingRules m_rules;
  std::vector<OwnNumber> m_own; ///< ascending
};

} // namespace regtrail::diff
