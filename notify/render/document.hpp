// Federal Register documents for scripts and for people: what they say, what they order, how each
// instruction was read.
#pragma once

#include "model/document.hpp"
#include "notify/render/terminal.hpp"

#include <string>
#include <vector>

namespace regtrail::render {

/// The object of `doc --json` (design.md section 7).
[[nodiscard]] std::string document_json(const Document& document);

/// An array of them, for a whole issue.
[[nodiscard]] std::string documents_json(const std::vector<Document>& documents);

/// Head, dates, one line for each operation of each instruction, relations, what was not
/// understood.
[[nodiscard]] std::string document_text(const Document& document, const TerminalStyle& style);

/// One line for a list of documents: number, type, dates, title, instructions.
[[nodiscard]] std::string document_line(const Document& document, const TerminalStyle& style);

} // namespace regtrail::render
