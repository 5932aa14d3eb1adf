// Documents of the Federal Register that answer the question of a watch.
#pragma once

#include "diff/relevance/compiled_internal.hpp"
#include "model/cfr_pattern.hpp"
#include "model/document.hpp"
#include "model/hit.hpp"
#include "model/register.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::diff {

/// A watch is hit by a document of its agencies, types and places of the CFR in which one of its
/// terms stands (docs/register.md, Watches). Disabled watches and those of pages are never hit.
class WatchMatcher {
public:
  explicit WatchMatcher(const Register& source);

  [[nodiscard]] std::vector<Hit> match(const Document& document) const;

  /// Whether a question asks for documents like this one, whatever its words.
  [[nodiscard]] bool covers(const Document& document) const;

private:
  struct Question {
    std::string id;
    std::vector<std::string> agencies; ///< slugs
    std::vector<std::string> types;
    std::vector<CfrPattern> cfr;
    bool has_terms = false;
  };

  /// The part of a document in which a term stands first.
  enum class Where : std::uint8_t { title, abstract, body };

  struct FoundTerm {
    std::uint32_t pattern = 0;
    Where where = Where::title;
    std::string words; ///< as printed
  };

  /// What of the document the question covers, in the document's words, "Energy Department, rule";
  /// nullopt where it does not.
  [[nodiscard]] static std::optional<std::string> covered(const Question& question,
                                                          const Document& document);
  void
  add_terms(std::vector<std::vector<FoundTerm>>& terms, std::string_view text, Where where) const;

  [[nodiscard]] static double weight_of(Where where);

  /// `terms`: those of the question, in printed order.
  [[nodiscard]] static Hit make_hit(const Question& question,
                                    std::string covered,
                                    const std::vector<FoundTerm>& terms,
                                    const Document& document);

  std::vector<Question> m_questions; ///< beside the categories of m_terms
  CompiledRegister m_terms;          ///< a category a watch, which holds its terms
};

} // namespace regtrail::diff
