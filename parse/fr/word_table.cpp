#include "parse/fr/word_table.hpp"

#include "model/characters.hpp"
#include "model/scan.hpp"
#include "parse/ecfr/inline_text.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace regtrail::parse {
namespace {

/// Which columns hold what; those in front of `removed` name the place together.
struct Columns {
  std::size_t removed = 0;
  std::size_t added = 0;
};

std::string cell_text(const pugi::xml_node& cell) {
  return std::string(trimmed(resolve_inline(cell).text));
}

std::optional<Columns> columns_by_heads(const pugi::xml_node& gpotable) {
  std::optional<std::size_t> removed;
  std::optional<std::size_t> added;
  std::size_t column = 0;
  for (const pugi::xml_node head : gpotable.child("BOXHD").children("CHED")) {
    const std::string text = lowered(cell_text(head));
    if (text.find("remove") != std::string::npos || text.find("delete") != std::string::npos) {
      removed = column;
    } else if (text.find("add") != std::string::npos || text.find("insert") != std::string::npos) {
      added = column;
    }
    ++column;
  }
  if (!removed || !added || *removed == 0 || *added != *removed + 1) {
    return std::nullopt;
  }
  return Columns{*removed, *added};
}

std::optional<Columns> columns_by_words(std::string_view instruction) {
  const std::string text = lowered(instruction);
  const auto at = [&](std::string_view words) { return text.find(words); };
  const std::size_t remove = at("remove");
  const std::size_t add = at("add");
  for (const auto& [second, third] :
       {std::pair{std::string_view("middle column"), std::string_view("right column")},
        std::pair{std::string_view("second column"), std::string_view("third column")}}) {
    const bool both = at(second) != std::string::npos && at(third) != std::string::npos;
    if (both && remove < at(second) && at(second) < add && add < at(third)) {
      return Columns{1, 2};
    }
  }
  return std::nullopt;
}

/// Without the quotes around it.
std::string_view bare(std::string_view words) {
  for (const auto& [open, close] :
       {std::pair{std::string_view("\u201c"), std::string_view("\u201d")},
        std::pair{std::string_view("\""), std::string_view("\"")}}) {
    if (words.size() > open.size() + close.size() && words.starts_with(open) &&
        words.ends_with(close)) {
      return words.substr(open.size(), words.size() - open.size() - close.size());
    }
  }
  return words;
}

/// "§ 750.4", "(d)(1)" is "§ 750.4(d)(1)".
std::string joined_place(const std::vector<std::string>& cells, std::size_t count) {
  std::string place;
  for (std::size_t i = 0; i < std::min(count, cells.size()); ++i) {
    const bool path = cells[i].starts_with('(');
    place += place.empty() && path ? "paragraph " : "";
    place += place.empty() || path || cells[i].empty() ? "" : ", ";
    place += cells[i];
  }
  return place;
}

} // namespace

std::vector<Operation> word_table_operations(const pugi::xml_node& gpotable,
                                             std::string_view instruction,
                                             const federal_register::InstructionContext& context) {
  auto columns = columns_by_heads(gpotable);
  columns = columns ? columns : columns_by_words(instruction);
  if (!columns) {
    return {};
  }
  std::vector<Operation> operations;
  std::vector<std::string> above;
  for (const pugi::xml_node row : gpotable.children("ROW")) {
    std::vector<std::string> cells;
    for (const pugi::xml_node cell : row.children("ENT")) {
      cells.push_back(cell_text(cell));
    }
    if (cells.size() <= columns->removed || cells[columns->removed].empty()) {
      return {};
    }
    cells.resize(std::max(cells.size(), columns->added + 1));
    for (std::size_t i = 0; i < columns->removed && cells[i].empty() && i < above.size(); ++i) {
      cells[i] = above[i];
    }
    above = cells;
    std::string text = "In " + joined_place(cells, columns->removed) + ", remove \u201c";
    text += bare(cells[columns->removed]);
    const std::string_view added = bare(cells[columns->added]);
    text += added.empty() ? "\u201d."
                          : "\u201d and add in its place \u201c" + std::string(added) + "\u201d.";
    federal_register::InstructionContext of_row = context;
    of_row.levels.clear();
    Instruction one = federal_register::read_instruction(text, of_row);
    if (!one.understood) {
      return {};
    }
    std::move(one.operations.begin(), one.operations.end(), std::back_inserter(operations));
  }
  return operations;
}

} // namespace regtrail::parse
