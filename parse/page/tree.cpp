// Pages as trees, and whether a page is the one that is watched.
#include "model/characters.hpp"
#include "parse/page/internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace regtrail::parse {
namespace {

bool reads_links(const Watch& watch) {
  return watch.read == "links";
}

Node node_of(NodeKind kind, std::string designator, std::string text) {
  Node node;
  node.kind = kind;
  node.designator = std::move(designator);
  node.text = std::move(text);
  return node;
}

void add_blocks(Node& root, const Page& page) {
  for (const PageBlock& block : page.blocks) {
    if (block.kind == PageBlock::Kind::heading) {
      root.children.push_back(node_of(NodeKind::table, block.text, ""));
      continue;
    }
    Node& place = block.heading.empty() ? root : root.children.back();
    place.children.push_back(node_of(NodeKind::paragraph, "", block.text));
  }
}

void add_links(Node& root, const Page& page) {
  for (const PageLink& link : page.links) {
    root.children.push_back(node_of(NodeKind::row, link.address, link.text));
  }
}

void number(Node& node, std::uint32_t& ordinal) {
  node.ordinal = ++ordinal;
  for (Node& child : node.children) {
    number(child, ordinal);
  }
}

/// The parts of a title: "Federal Register", "Request Access" of "Federal Register :: Request
/// Access".
std::vector<std::string> parts_of(std::string_view title) {
  static constexpr std::array<std::string_view, 5> joints{
      " | ", " :: ", " - ", " \u2013 ", " \u2014 "};
  std::vector<std::string> parts;
  const std::string low = lowered(title);
  std::string_view rest = low;
  while (!rest.empty()) {
    std::size_t end = rest.size();
    std::size_t width = 0;
    for (const std::string_view joint : joints) {
      if (const std::size_t at = rest.find(joint); at < end) {
        end = at;
        width = joint.size();
      }
    }
    parts.emplace_back(trimmed(rest.substr(0, end), ".!"));
    rest.remove_prefix(end + width);
  }
  return parts;
}

/// `words`, alone or with what follows them.
bool begins_with_words(std::string_view text, std::string_view words) {
  return text.starts_with(words) && (text.size() == words.size() || text[words.size()] == ' ');
}

/// "error 404", "403 forbidden", "http 503"
bool is_of_error(std::string_view title) {
  for (const std::string_view front : {"http ", "error ", "error: "}) {
    title.remove_prefix(title.starts_with(front) ? front.size() : 0);
  }
  static constexpr std::array<std::string_view, 7> codes{
      "401", "403", "404", "429", "500", "502", "503"};
  static constexpr std::array<std::string_view, 9> words{"",
                                                         "error",
                                                         "unauthorized",
                                                         "forbidden",
                                                         "not found",
                                                         "too many requests",
                                                         "internal server error",
                                                         "bad gateway",
                                                         "service unavailable"};
  return std::any_of(codes.begin(), codes.end(), [&](std::string_view code) {
    const std::string_view rest =
        title.starts_with(code) ? trimmed(title.substr(code.size()), "-:|()") : title;
    return rest.size() < title.size() &&
           std::any_of(words.begin(), words.end(), [&](std::string_view word) {
             return word.empty() ? rest.empty() : rest.starts_with(word);
           });
  });
}

/// A part of the title of a login, block or error page.
bool is_of_refusal(const std::string& part) {
  static constexpr std::array<std::string_view, 10> alone{"error",
                                                          "forbidden",
                                                          "login",
                                                          "log in",
                                                          "not found",
                                                          "page not found",
                                                          "request access",
                                                          "security check",
                                                          "service unavailable",
                                                          "site maintenance"};
  static constexpr std::array<std::string_view, 13> front{"access denied",
                                                          "access to this page has been denied",
                                                          "are you a human",
                                                          "are you a robot",
                                                          "attention required",
                                                          "checking your browser",
                                                          "internal server error",
                                                          "just a moment",
                                                          "log in to",
                                                          "login to",
                                                          "request blocked",
                                                          "request rejected",
                                                          "sign in"};
  return is_of_error(part) || std::find(alone.begin(), alone.end(), part) != alone.end() ||
         std::any_of(front.begin(), front.end(), [&](std::string_view words) {
           return begins_with_words(part, words);
         });
}

} // namespace

PageOptions page_options(const Watch& watch) {
  return {watch.address, watch.content, watch.skip};
}

std::string why_no_version(const Page& page, const Watch& watch) {
  const std::vector<std::string> parts = parts_of(page.title);
  if (std::any_of(parts.begin(), parts.end(), is_of_refusal)) {
    return fmt::format("a login, block or error page came: its title is \"{}\"", page.title);
  }
  if (page.asks_password) {
    return "a login page came: it has a field for a password";
  }
  if (!page.has_content) {
    return fmt::format("no element of the page is '{}' (content of the watch)", watch.content);
  }
  if (read_bytes(page, watch) == 0) {
    return reads_links(watch) ? "the page shows no links (is `content` of the watch right?)"
                              : "the page shows no text (is `content` of the watch right?)";
  }
  return {};
}

std::size_t read_bytes(const Page& page, const Watch& watch) {
  std::size_t bytes = 0;
  if (reads_links(watch)) {
    for (const PageLink& link : page.links) {
      bytes += link.text.size() + link.address.size();
    }
    return bytes;
  }
  for (const PageBlock& block : page.blocks) {
    bytes += block.text.size();
  }
  return bytes;
}

Citation page_citation(const std::string& watch) {
  return Citation::appendix("", "page " + watch);
}

Unit page_unit(const Page& page, const Watch& watch) {
  Unit unit;
  unit.id = page_citation(watch.id);
  unit.root.kind = NodeKind::unit;
  if (reads_links(watch)) {
    add_links(unit.root, page);
  } else {
    add_blocks(unit.root, page);
  }
  std::uint32_t ordinal = 0;
  number(unit.root, ordinal);
  rehash(unit.root);
  return unit;
}

Result<Page>
read_page(std::string_view bytes, const PageOptions& options, const std::string& source_name) {
  constexpr std::size_t mark_within = 1024; // PDF 1.7, implementation note 13
  return bytes.substr(0, mark_within).find("%PDF-") != std::string_view::npos
             ? read_page_pdf(bytes, source_name)
             : read_page_html(bytes, options, source_name);
}

} // namespace regtrail::parse
