// Changes and documents x register -> hits with their reasons.
#pragma once

#include "model/change.hpp"
#include "model/document.hpp"
#include "model/hit.hpp"
#include "model/node.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace regtrail::diff {

/// Compiled once from a register (one automaton over all terms, linear in the text), then used for
/// any number of changes. English terms: whole words, case-insensitive, plural -s/-es folded,
/// hyphen == blank == nothing. Japanese: NFKC, kana variants folded, longest first.
class Matcher {
public:
  explicit Matcher(Register categories);
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;
  ~Matcher();

  /// Hits and near misses of one change, best score first. `above`: the node above
  /// that of the change, after it, for what the change alone does not say: the other names of a
  /// row of which a cell changed, and the limits of the paragraphs beside it. nullptr where it is
  /// not known.
  [[nodiscard]] std::vector<Hit> match(const Change& change, const Node* above = nullptr) const;

  /// Hits and near misses of a document by itself: the places that its instructions name, the text
  /// set out, title, abstract, CFR parts.
  [[nodiscard]] std::vector<Hit> match(const Document& document) const;

  /// The score of any text at a place, for `categories test`: one Hit per category that has at
  /// least one reason, also below the thresholds.
  [[nodiscard]] std::vector<Hit> explain(std::string_view text, const Citation& at) const;

  [[nodiscard]] const Register& categories() const;

  /// Whether the node above the change may add to its hits.
  [[nodiscard]] bool needs_node_above(const Change& change) const;

private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

/// 1 info .. 5 critical, by docs/grammar.md, Severity, before any category is known.
[[nodiscard]] int base_severity(const Change& change);

} // namespace regtrail::diff
