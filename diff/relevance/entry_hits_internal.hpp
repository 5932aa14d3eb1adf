// Hits of the register's entries that are no categories: products, parties, procedures,
// destinations, watches (docs/register.md).
#pragma once

#include "diff/relevance/other_agencies_internal.hpp"
#include "diff/relevance/party_hits_internal.hpp"
#include "diff/relevance/place_hits_internal.hpp"
#include "diff/relevance/product_hits_internal.hpp"
#include "diff/relevance/tariff_hits_internal.hpp"
#include "diff/relevance/watch_hits_internal.hpp"
#include "model/change.hpp"
#include "model/document.hpp"
#include "model/hit.hpp"
#include "model/node.hpp"
#include "model/register.hpp"

#include <vector>

namespace regtrail::diff {

class EntryMatcher {
public:
  explicit EntryMatcher(const Register& source);

  /// Adds the hits of a change to those of the categories, best score first. `above`: the
  /// node above its place (Matcher::match).
  void add_hits(std::vector<Hit>& hits, const Change& change, const Node* above) const;

  /// Adds the hits of a document by itself, those of the places and the text of its instructions
  /// included, and keeps all hits of documents of other agencies in bounds.
  void add_hits(std::vector<Hit>& hits, const Document& document) const;

private:
  void add_places(std::vector<Hit>& hits, const Change& change, const Node* above) const;
  void add_parts(std::vector<Hit>& hits, const Document& document) const;

  bool m_empty; ///< but for categories and watches
  ProductMatcher m_products;
  PartyMatcher m_parties;
  PlaceMatcher m_places;
  TariffMatcher m_tariff;
  WatchMatcher m_watches;
  OtherAgencies m_others;
};

} // namespace regtrail::diff
