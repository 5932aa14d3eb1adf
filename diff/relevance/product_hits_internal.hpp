// Hits of the user's products.
#pragma once

#include "diff/relevance/compiled_internal.hpp"
#include "diff/relevance/evidence_internal.hpp"
#include "model/change.hpp"
#include "model/hit.hpp"
#include "model/node.hpp"
#include "model/register.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace regtrail::diff {

class ProductMatcher {
public:
  explicit ProductMatcher(const Register& source);

  /// `severity`: that of the change before any entry is known; `categories`: its hits so far;
  /// `above`: the node above its place (Matcher::match).
  [[nodiscard]] std::vector<Hit> match(const Change& change,
                                       int severity,
                                       const std::vector<Hit>& categories,
                                       const Node* above) const;

private:
  struct Finding;
  using Findings = std::map<std::uint32_t, Finding>; ///< by product

  void add_places(Findings& findings, const Change& change, const Subject& subject) const;
  void add_mentions(Findings& findings, const Change& change, const Subject& subject) const;
  void add_reasons_for_control(Findings& findings, const Change& change) const;
  void add_definitions(Findings& findings, const Change& change) const;
  void add_content(Findings& findings, const Change& change) const;
  void add_terms(Findings& findings, const Change& change, const Subject& subject) const;
  void add_categories(Findings& findings, const std::vector<Hit>& categories) const;
  void add_neighbours(Finding& finding,
                      std::uint32_t product,
                      const Change& change,
                      const Node& list) const;
  [[nodiscard]] bool is_named(std::uint32_t product, std::string_view text) const;
  [[nodiscard]] Hit
  make_hit(std::uint32_t product, const Finding& finding, const Change& change, int severity) const;

  std::vector<Product> m_products;
  MatchingRules m_rules;
  std::vector<std::vector<EccnPlace>> m_eccns; ///< by product
  std::unordered_map<std::string, std::vector<std::uint32_t>> m_by_eccn;
  std::unordered_map<std::string, std::vector<std::uint32_t>> m_by_category;
  /// Terms and names of figures, squeezed.
  std::unordered_map<std::string, std::vector<std::uint32_t>> m_by_definition;
  CompiledRegister m_terms; ///< a category a product, which holds its terms and HS codes
};

} // namespace regtrail::diff
