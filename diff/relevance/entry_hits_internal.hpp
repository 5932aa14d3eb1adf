// Hits of the register's entries that are no categories: products, parties, procedures,
// destinations (docs/register.md).
#pragma once

#include "diff/relevance/party_hits_internal.hpp"
#include "diff/relevance/place_hits_internal.hpp"
#include "diff/relevance/product_hits_internal.hpp"
#include "model/change.hpp"
#include "model/document.hpp"
#include "model/hit.hpp"
#include "model/register.hpp"

#include <vector>

namespace regtrail::diff {

class EntryMatcher {
public:
  explicit EntryMatcher(const Register& source);

  /// Adds the hits of a change to those of the categories, best score first.
  void add_hits(std::vector<Hit>& hits, const Change& change) const;

  /// Adds the hits of a document by itself, those of the places and the text of its instructions
  /// included.
  void add_hits(std::vector<Hit>& hits, const Document& document) const;

private:
  void add_places(std::vector<Hit>& hits, const Change& change) const;

  bool m_empty;
  ProductMatcher m_products;
  PartyMatcher m_parties;
  PlaceMatcher m_places;
};

} // namespace regtrail::diff
