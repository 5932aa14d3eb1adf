#include "parse/ecfr/definitions.hpp"

#include "model/characters.hpp"
#include "model/scan.hpp"
#include "parse/ecfr/prose.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace regtrail::parse {
namespace {

constexpr std::string_view open_quote = "\xE2\x80\x9C";
constexpr std::string_view close_quote = "\xE2\x80\x9D";

/// The letter of "(b) ...", '\0' for anything else.
char leading_letter(const Block& block) {
  const std::string& text = block.text.text;
  const bool letter = block.kind == Block::Kind::paragraph && !block.quoted && text.size() > 2 &&
                      text[0] == '(' && is_lower(text[1]) && text[2] == ')';
  return letter ? text[1] : '\0';
}

/// True when the first words of `text` have one of `verbs` as a whole word, not behind "by".
bool says(std::string_view text, std::span<const std::string_view> verbs) {
  return std::any_of(verbs.begin(), verbs.end(), [&](std::string_view verb) {
    const std::size_t at = find_word(text, verb);
    return at != std::string_view::npos && !text.substr(0, at).ends_with("by ");
  });
}

} // namespace

Term term_of(const Block& block) {
  const std::string_view text = block.text.text;
  if (block.kind != Block::Kind::paragraph || block.quoted || text.starts_with('(')) {
    return {};
  }
  std::size_t end = 0;
  if (text.starts_with(open_quote) || text.starts_with('"')) {
    const std::string_view quote = text.starts_with('"') ? std::string_view("\"") : close_quote;
    const std::size_t close = text.substr(0, 120 + quote.size()).find(quote, 1);
    if (close == std::string_view::npos) {
      return {};
    }
    end = close + quote.size();
  } else {
    const auto span = std::find_if(block.text.italics.begin(),
                                   block.text.italics.end(),
                                   [](const TextSpan& s) { return s.begin == 0; });
    if (span == block.text.italics.end() || span->end > 160) {
      return {};
    }
    end = span->end;
  }
  std::string name(text.substr(0, end));
  const auto drop = [&](std::string_view what) {
    for (std::size_t at = name.find(what); at != std::string::npos; at = name.find(what)) {
      name.erase(at, what.size());
    }
  };
  drop(open_quote);
  drop(close_quote);
  drop("\"");
  while (!name.empty() && std::string_view(" .,:;").find(name.back()) != std::string_view::npos) {
    name.pop_back();
  }
  while (end < text.size() && (text[end] == '.' || text[end] == ',' || text[end] == ':' ||
                               text.substr(end).starts_with(close_quote))) {
    end += text.substr(end).starts_with(close_quote) ? close_quote.size() : 1;
  }
  return {as_designator(name), end};
}

bool may_define(const Block& block) {
  const std::string& text = block.text.text;
  const std::vector<TextSpan>& italics = block.text.italics;
  return (!italics.empty() && italics.front().begin == 0) || text.starts_with(open_quote) ||
         text.starts_with('"');
}

bool defines(const Block& block, const Term& term, Wording wording) {
  static constexpr std::array<std::string_view, 6> openings = {
      "Example", "Exception", "Illustration", "Note", "Provided", "And provided"};
  static constexpr std::array<std::string_view, 4> meanings = {
      "means", "mean", "meaning", "meanings"};
  static constexpr std::array<std::string_view, 5> others = {
      "includes", "include", "refers to", "is defined", "are defined"};
  constexpr std::size_t clause = 250; // room for "as used in this subpart,"
  constexpr std::size_t next_words = 40;
  if (term.name.empty() || std::any_of(openings.begin(), openings.end(), [&](auto opening) {
        return term.name.starts_with(opening);
      })) {
    return false;
  }
  const std::string_view text = block.text.text;
  const std::string_view rest = text.substr(term.end);
  const bool heading = text.substr(0, term.end).ends_with('.') ||
                       text.substr(0, term.end).ends_with(':') || rest.starts_with("\xE2\x80\x94");
  return (wording == Wording::heading && heading) || says(rest.substr(0, clause), meanings) ||
         says(rest.substr(0, next_words), others);
}

bool is_glossary(const std::string& heading, const std::vector<Block>& blocks) {
  if (heading.find("efinition") == std::string::npos &&
      heading.find("eaning of terms") == std::string::npos) {
    return false;
  }
  constexpr int enough = 3;
  int definitions = 0;
  char designated = '\0'; // the last "(a)" before the first definition
  for (const Block& block : blocks) {
    const char letter = leading_letter(block);
    if (definitions == 0 && letter != '\0') {
      designated = letter;
    }
    if (definitions != 0 && designated != '\0' && letter == designated + 1) {
      return false; // the definitions are those of one paragraph of several
    }
    definitions += term_of(block).name.empty() ? 0 : 1;
  }
  return definitions >= enough;
}

void build_glossary(TreeBuilder& tree, std::vector<Block>& blocks) {
  int current = TreeBuilder::root;
  std::vector<Block> inside;
  std::string collapsed; // printed before the first paragraph inside, in the same P
  const auto flush = [&] {
    const int next = tree.size();
    ProseBuilder(tree, {}).add(inside, current);
    if (!collapsed.empty() && next < tree.size()) {
      tree.at(next).label.insert(0, collapsed);
    }
    collapsed.clear();
    inside.clear();
  };
  for (Block& block : blocks) {
    const Term term = term_of(block);
    if (term.name.empty()) {
      inside.push_back(std::move(block));
      continue;
    }
    flush();
    // the term is law, not a label: "facility" made "site" is a revision
    const std::string& text = block.text.text;
    const std::size_t rest = std::min(text.find_first_not_of(' ', term.end), text.size());
    const std::string_view own = std::string_view(text).substr(rest);
    if (own.starts_with("(1) ") || own.starts_with("(a) ")) {
      current = tree.add(
          TreeBuilder::root, NodeKind::definition, term.name, {}, text.substr(0, term.end));
      collapsed = text.substr(0, rest);
      Block first;
      first.text.text = own;
      inside.push_back(std::move(first));
    } else {
      current = tree.add(
          TreeBuilder::root, NodeKind::definition, term.name, {}, std::move(block.text.text));
    }
  }
  flush();
}

} // namespace regtrail::parse
