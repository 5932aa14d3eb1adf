// Documents from outside export control, which only a watch or a citation brings.
#pragma once

#include "model/cfr_pattern.hpp"
#include "model/document.hpp"
#include "model/hit.hpp"
#include "model/register.hpp"

#include <map>
#include <string>
#include <vector>

namespace regtrail::diff {

/// Of the Export Administration Regulations, 15 CFR parts 730 to 774.
[[nodiscard]] bool is_ear_part(const CfrPart& part);

/// Keeps the hits of documents of other agencies in bounds: their words are those of trades, not of
/// the EAR.
class OtherAgencies {
public:
  explicit OtherAgencies(const Register& source);

  /// Leaves documents alone that are of the Bureau of Industry and Security, that name a part of
  /// the EAR, or whose agency is not known. Else severity is at most 3 but for what names an own
  /// product's number, an own party or a destination. `is_asked_for`: the question of a watch
  /// covers the document; where none of these watches is hit, ordinary words and whole titles of
  /// the CFR make categories of the starter register near hits at most, but in presidential
  /// documents.
  void limit(std::vector<Hit>& hits, const Document& document, bool is_asked_for) const;

private:
  /// The categories that the user did not write, with the parts of the CFR that they name one by
  /// one.
  std::map<std::string, std::vector<CfrPattern>> m_starters;
};

} // namespace regtrail::diff
