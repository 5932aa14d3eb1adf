#include "model/node.hpp"

#include "model/characters.hpp"
#include "model/citation_internal.hpp"
#include "model/compared_text.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>

namespace regtrail {
namespace {

void append_hash(std::string& out, const Hash128& hash) {
  out.append(reinterpret_cast<const char*>(&hash.high), sizeof hash.high);
  out.append(reinterpret_cast<const char*>(&hash.low), sizeof hash.low);
}

Step::Kind step_kind(const Node& node) {
  if (node.kind == NodeKind::item) {
    return Step::Kind::item;
  }
  return citation_detail::is_paragraph_name(node.designator) ? Step::Kind::paragraph
                                                             : Step::Kind::named;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
  }
}

/// `name` as it can stand between other steps in print: " / " separates steps, and "(a)(1)" would
/// read as two paragraphs.
std::string step_name(std::string name) {
  replace_all(name, " / ", "/");
  if (name.ends_with(" /")) {
    name.erase(name.size() - 2, 1);
  }
  if (name.starts_with('(')) {
    replace_all(name, ")(", ") (");
  }
  return name;
}

/// How a child with a designator is called in the step to it: with a dot where it is neither an
/// item nor a paragraph and would be read as an item beside it, or as several steps.
std::string child_name(const Node& parent, const Node& child) {
  std::string name = step_name(child.designator);
  if (step_kind(child) != Step::Kind::named ||
      (name.front() != '(' && (name.front() < 'a' || name.front() > 'z'))) {
    return name;
  }
  const std::vector<Step> read = citation_detail::read_segment(name, CitationKind::eccn);
  const bool beside_items = parent.kind == NodeKind::item || parent.kind == NodeKind::entry;
  if (read.size() > 1 || (beside_items && read.front().kind == Step::Kind::item)) {
    name += '.';
  }
  return name;
}

/// The number of a designator that tells the bearers of one name apart: 2 of "Wong Yung Fai #2"; 0
/// where it has none.
std::uint32_t number_in(std::string_view designator) {
  const std::size_t mark = designator.rfind(" #");
  std::uint32_t number = 0;
  if (mark != std::string_view::npos && all_digits(designator.substr(mark + 2))) {
    std::from_chars(designator.data() + mark + 2, designator.data() + designator.size(), number);
  }
  return number;
}

/// Takes the number out of the name of a step to an entry whose designator has one.
bool take_number(Step& step, const Node& entry) {
  const std::uint32_t number = entry.kind == NodeKind::entry ? number_in(entry.designator) : 0;
  if (number == 0) {
    return false;
  }
  step.occurrence = number;
  step.name.erase(step.name.rfind(" #"));
  return true;
}

/// Letters, digits and characters beyond ASCII, lower case.
std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : normalise(text)) {
    if (is_alnum(c) || static_cast<unsigned char>(c) >= 0x80U) {
      letters.push_back(to_lower(c));
    }
  }
  return letters;
}

/// The entry whose cell begins with `words`, of which its designator is the beginning: "Address 02,
/// Room 803" is "Address 02". Null if there is none, or more than one.
const Node* find_quoted_entry(const Node& parent, std::string_view words) {
  const std::string wanted = letters_of(words);
  const Node* found = nullptr;
  for (const Node& child : parent.children) {
    if (child.kind == NodeKind::entry && !child.designator.empty() &&
        wanted.starts_with(letters_of(child.designator)) &&
        letters_of(child.text).starts_with(wanted)) {
      if (found != nullptr) {
        return nullptr;
      }
      found = &child;
    }
  }
  return found;
}

/// "text 3": the third paragraph without a designator.
std::string unnamed_step(NodeKind kind, std::ptrdiff_t number) {
  std::string name(kind == NodeKind::paragraph ? "text" : to_string(kind));
  name += ' ';
  name += std::to_string(number);
  return name;
}

/// How a step is matched when looked up: rendered, folded, lower case.
std::string lookup_key(const Step& step) {
  std::string rendered = step.name;
  if (step.occurrence > 1) {
    rendered += fmt::format(" #{}", step.occurrence);
  }
  return lowered(normalise(rendered));
}

std::vector<Step> steps_below(const Citation& unit, const Citation& citation) {
  std::vector<Step> steps;
  if (citation.kind() == CitationKind::eccn && unit.kind() != CitationKind::eccn) {
    steps.push_back(Step{Step::Kind::named, citation.name(), 1});
  }
  steps.insert(steps.end(), citation.steps().begin(), citation.steps().end());
  return steps;
}

} // namespace

void rehash_shallow(Node& node) {
  // Layout: kind, text, NUL, then per child: designator, NUL, hash. NUL cannot occur in XML text.
  static thread_local std::string buffer;
  if (const auto compared = node.children.empty() ? plainly_compared(node) : std::nullopt) {
    const std::size_t size = node.text.size() + 3;
    buffer.resize(std::max(buffer.size(), size)); // grows to that of the longest text
    char* const bytes = buffer.data();
    bytes[0] = bytes[1] = static_cast<char>(node.kind);
    std::memcpy(bytes + 2, node.text.data(), node.text.size());
    bytes[size - 1] = '\0';
    node.published = hash128({bytes + 1, size - 1}); // the published layout lacks the version
    bytes[1] = static_cast<char>(normaliser_version);
    bytes[2 + compared->size()] = '\0';
    node.normalised = hash128({bytes, compared->size() + 3});
    return;
  }
  buffer.assign(1, static_cast<char>(node.kind));
  buffer += node.text;
  buffer.push_back('\0');
  for (const Node& child : node.children) {
    buffer += child.designator;
    buffer.push_back('\0');
    append_hash(buffer, child.published);
  }
  node.published = hash128(buffer);

  buffer.assign(1, static_cast<char>(node.kind));
  buffer.push_back(static_cast<char>(normaliser_version));
  compared_text_into(buffer, node);
  buffer.push_back('\0');
  for (const Node& child : node.children) {
    normalise_into(buffer, child.designator);
    buffer.push_back('\0');
    append_hash(buffer, child.normalised);
  }
  node.normalised = hash128(buffer);
}

void rehash(Node& root) {
  // Depth first without recursion: a tree made by hand may be deeper than any parser allows.
  std::vector<std::pair<Node*, std::size_t>> open{{&root, 0}};
  while (!open.empty()) {
    auto& [node, next] = open.back();
    if (next < node->children.size()) {
      Node* child = &node->children[next++];
      open.emplace_back(child, 0);
      continue;
    }
    rehash_shallow(*node);
    open.pop_back();
  }
}

Step child_step(const Node& parent, std::size_t index) {
  const Node& child = parent.children[index];
  const auto earlier = std::span(parent.children).first(index);
  Step step;
  if (child.designator.empty()) {
    const auto alike = std::count_if(earlier.begin(), earlier.end(), [&](const Node& other) {
      return other.designator.empty() && other.kind == child.kind;
    });
    step.name = unnamed_step(child.kind, alike + 1);
  } else {
    step.kind = step_kind(child);
    step.name = child_name(parent, child);
    if (take_number(step, child)) {
      return step;
    }
  }
  const bool like_unnamed =
      !child.designator.empty() && step.name.front() >= 'a' && step.name.back() <= '9';
  std::map<NodeKind, std::ptrdiff_t> unnamed;
  for (const Node& other : earlier) {
    const std::string& name = other.designator;
    if (name.empty()) {
      if (like_unnamed && unnamed_step(other.kind, ++unnamed[other.kind]) == step.name) {
        ++step.occurrence;
      }
      continue;
    }
    // what child_name() changes holds a slash or begins like a paragraph or an item
    const bool as_is = name.front() != '(' && (name.front() < 'a' || name.front() > 'z') &&
                       name.find('/') == std::string::npos;
    step.occurrence += (as_is ? name : child_name(parent, other)) == step.name ? 1 : 0;
  }
  return step;
}

std::vector<Step> child_steps(const Node& parent) {
  std::vector<Step> steps;
  steps.reserve(parent.children.size());
  std::unordered_map<std::string, std::uint32_t> bearers;
  std::map<NodeKind, std::ptrdiff_t> unnamed;
  for (const Node& child : parent.children) {
    Step step;
    if (child.designator.empty()) {
      step.name = unnamed_step(child.kind, ++unnamed[child.kind]);
    } else {
      step.kind = step_kind(child);
      step.name = child_name(parent, child);
    }
    if (child.designator.empty() || !take_number(step, child)) {
      step.occurrence = ++bearers[step.name];
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

std::string shown_text(const Node& node) {
  if (node.label.empty()) {
    return node.text;
  }
  if (node.text.empty()) {
    return node.label;
  }
  std::string out;
  out.reserve(node.label.size() + 1 + node.text.size());
  out += node.label;
  out += ' ';
  out += node.text;
  return out;
}

std::string subtree_text(const Node& root) {
  std::string out;
  std::size_t last_line = 0;
  std::vector<const Node*> open{&root};
  while (!open.empty()) {
    const Node* node = open.back();
    open.pop_back();
    const std::string line = shown_text(*node);
    if (!line.empty()) {
      const std::string_view before = std::string_view(out).substr(last_line);
      if (!before.empty() && node->label.starts_with(before)) {
        out.resize(last_line); // one printed paragraph: the label repeats the parent's words
      } else if (!out.empty()) {
        out.push_back('\n');
        last_line = out.size();
      }
      out += line;
    }
    for (auto child = node->children.rbegin(); child != node->children.rend(); ++child) {
      open.push_back(&*child);
    }
  }
  return out;
}

std::size_t count_list_rows(const Node& root) {
  std::size_t rows = 0;
  std::vector<const Node*> open{&root};
  while (!open.empty()) {
    const Node* node = open.back();
    open.pop_back();
    const bool is_row = node->kind == NodeKind::row || node->kind == NodeKind::entry ||
                        node->kind == NodeKind::definition;
    rows += is_row ? 1 : 0;
    for (const Node& child : node->children) {
      open.push_back(&child);
    }
  }
  return rows;
}

std::size_t count_nodes(const Node& root) {
  std::size_t count = 0;
  std::vector<const Node*> open{&root};
  while (!open.empty()) {
    const Node* node = open.back();
    open.pop_back();
    ++count;
    for (const Node& child : node->children) {
      open.push_back(&child);
    }
  }
  return count;
}

const Node* find_node(const Node& root, const Citation& unit, const Citation& citation) {
  const Node* node = &root;
  for (const Step& wanted : steps_below(unit, citation)) {
    const std::string key = lookup_key(wanted);
    const std::vector<Step> steps = child_steps(*node);
    const Node* found = nullptr;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const bool exact = steps[i].name == wanted.name && steps[i].occurrence == wanted.occurrence;
      if (exact || (found == nullptr && lookup_key(steps[i]) == key)) {
        found = &node->children[i];
      }
      if (exact) {
        break; // "(a)" and "(A)" may be siblings
      }
    }
    if (found == nullptr) {
      found = find_quoted_entry(*node, wanted.name);
    }
    if (found == nullptr) {
      return nullptr;
    }
    node = found;
  }
  return node;
}

} // namespace regtrail
