// Federal Register documents as JSON and in a terminal: dates, instructions and how each was read,
// relations.
#pragma once

#include "model/document.hpp"
#include "notify/render/terminal.hpp"

#include <string>
#include <vector>

namespace regtrail::render {

/// The object of `doc --json`.
[[nodiscard]] std::string document_json(const Document& document);

/// An array of them, for a whole issue.
[[nodiscard]] std::string documents_json(const std::vector<Document>& documents);

/// True for a day that was counted from publication or filing: its words name none.
[[nodiscard]] bool is_computed(const DatedClause& clause, const Document& document);

/// Head, dates, one line for each operation of each instruction, relations, what was not
/// understood.
[[nodiscard]] std::string document_text(const Document& document, const TerminalStyle& style);

/// One line for a list of documents: number, type, dates, title, instructions.
[[nodiscard]] std::string document_line(const Document& document, const TerminalStyle& style);

} // namespace regtrail::render
