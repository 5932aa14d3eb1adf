// The form in which the texts of two nodes are compared.
#pragma once

#include "model/node.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace regtrail {

/// normalise(node.text) without what an editor may put at the end of a heading, cell or paragraph:
/// full stops, in prose and headings dashes too. In prose (paragraphs, notes, definitions) the mark
/// between a heading that is run into the paragraph and what follows it, a full stop, a colon or a
/// dash, is ". ": "Scope. This part", "Scope\u2014This part" and "Scope: This part" are the same.
[[nodiscard]] std::string compared_text(const Node& node);

/// Appends compared_text(node) to `out`; for the parser, which reuses the buffer.
void compared_text_into(std::string& out, const Node& node);

/// compared_text(node) as a part of node.text, where it is one and that is plain to see; nullopt of
/// texts beyond visible ASCII.
[[nodiscard]] std::optional<std::string_view> plainly_compared(const Node& node);

} // namespace regtrail
