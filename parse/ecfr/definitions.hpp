// Definitions without designators, keyed by the term they define: of glossary sections (15 CFR
// 772.1) and inside a paragraph ("(a) Definitions.").
#pragma once

#include "parse/ecfr/blocks.hpp"
#include "parse/ecfr/tree_builder.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace regtrail::parse {

struct Term {
  std::string name;    ///< without quotes and final punctuation
  std::size_t end = 0; ///< behind the term and its punctuation in the text
};

/// The term in italics or quotes at the front of a paragraph without a designator; an empty name
/// when there is none.
[[nodiscard]] Term term_of(const Block& block);

/// How a definition is worded: "Widget means a thing", and among definitions also "Widget. A
/// thing".
enum class Wording { sentence, heading };

/// True when the paragraph says what its `term` means or includes.
[[nodiscard]] bool defines(const Block& block, const Term& term, Wording wording);

/// True when term_of() is worth asking.
[[nodiscard]] bool may_define(const Block& block);

/// True when `blocks` are mostly definitions without designators, and not those of one of several
/// designated paragraphs.
[[nodiscard]] bool is_glossary(const std::string& heading, const std::vector<Block>& blocks);

/// Builds the definitions below the root of `tree`. Their texts are moved out of `blocks`.
void build_glossary(TreeBuilder& tree, std::vector<Block>& blocks);

} // namespace regtrail::parse
