// Hits of the user's parties on the lists of part 744 and in documents.
#pragma once

#include "diff/relevance/party_names.hpp"
#include "model/change.hpp"
#include "model/document.hpp"
#include "model/hit.hpp"
#include "model/node.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::diff {

class PartyMatcher {
public:
  explicit PartyMatcher(const std::vector<Party>& parties);

  /// `severity`: that of the change before any entry is known; `above`: the node
  /// above its place (Matcher::match).
  [[nodiscard]] std::vector<Hit>
  match(const Change& change, int severity, const Node* above = nullptr) const;
  [[nodiscard]] std::vector<Hit> match(const Document& document) const;

private:
  struct Finding;
  using Findings = std::map<std::size_t, Finding>; ///< by party

  void take(Findings& findings, PartyMatch match, const Citation& at, int severity) const;
  void take_all(Findings& findings,
                const std::vector<PartyMatch>& matches,
                const Citation& at,
                int severity) const;
  void match_list(Findings& findings, const Change& change, int severity, const Node* above) const;
  void match_set_out(Findings& findings, const Node& node, const Citation& at, int severity) const;
  [[nodiscard]] std::vector<Hit> hits_of(const Findings& findings) const;

  std::vector<Party> m_parties;
  PartyNames m_names;
};

} // namespace regtrail::diff
