#include "diff/effect/carried_out_internal.hpp"
#include "model/scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace regtrail::diff {

namespace {

using Outcome = tl::expected<void, std::string>;

tl::unexpected<std::string> cannot(std::string why) {
  return tl::unexpected<std::string>(std::move(why));
}

/// "* * *", "* * * * *"
bool stands_for_unchanged(std::string_view text) {
  return text.find('*') != std::string_view::npos &&
         text.find_first_not_of("* \u00a0") == std::string_view::npos;
}

bool has_asterisks(const Node& node) {
  return stands_for_unchanged(node.text) ||
         std::any_of(node.children.begin(), node.children.end(), has_asterisks);
}

/// The tree belongs to the caller, who may change what is found in it.
Node* node_at(Unit& unit, const Citation& place) {
  return const_cast<Node*>(find_node(unit.root, unit.id, place));
}

/// The parent of the node at `place` and the node's index in it.
std::pair<Node*, std::size_t> parent_of(Unit& unit, const Citation& place) {
  const Node* node = node_at(unit, place);
  std::vector<Node*> open{&unit.root};
  while (node != nullptr && !open.empty()) {
    Node* each = open.back();
    open.pop_back();
    for (std::size_t i = 0; i < each->children.size(); ++i) {
      if (&each->children[i] == node) {
        return {each, i};
      }
      open.push_back(&each->children[i]);
    }
  }
  return {nullptr, 0};
}

/// The child of `node` that is named like `wanted`; nullptr for undesignated ones.
const Node* namesake(const Node& node, const Node& wanted) {
  const auto found =
      std::find_if(node.children.begin(), node.children.end(), [&](const Node& child) {
        return !wanted.designator.empty() && child.designator == wanted.designator;
      });
  return found == node.children.end() ? nullptr : &*found;
}

/// `printed` with what its asterisks stand for, from `current`. Asterisks among the children stand
/// for the children of `current` between those printed.
tl::expected<Node, std::string> filled(const Node& current, const Node& printed) {
  Node out = printed;
  const bool text_unchanged = stands_for_unchanged(printed.text);
  if (text_unchanged) {
    out.text = current.text;
    out.label = current.label;
  }
  const bool any =
      std::any_of(printed.children.begin(), printed.children.end(), [](const Node& child) {
        return stands_for_unchanged(child.text) && child.designator.empty();
      });
  if (text_unchanged && printed.children.empty()) {
    out.children = current.children;
    return out;
  }
  if (text_unchanged && !any) {
    return cannot("it is not clear what its asterisks stand for");
  }
  out.children.clear();
  std::size_t next = 0; // of the children of `current` that were not passed yet
  bool unchanged = false;
  for (const Node& child : printed.children) {
    if (child.designator.empty() && stands_for_unchanged(child.text)) {
      unchanged = true;
      continue;
    }
    const Node* match = namesake(current, child);
    if (match == nullptr) {
      if (has_asterisks(child) || unchanged) {
        return cannot("it is not clear what its asterisks stand for");
      }
      out.children.push_back(child);
      continue;
    }
    const auto index = static_cast<std::size_t>(match - current.children.data());
    if (index < next) {
      return cannot("its paragraphs stand in another order");
    }
    if (unchanged) {
      out.children.insert(out.children.end(),
                          current.children.begin() + static_cast<std::ptrdiff_t>(next),
                          current.children.begin() + static_cast<std::ptrdiff_t>(index));
      unchanged = false;
    }
    auto below = filled(*match, child);
    if (!below) {
      return below;
    }
    out.children.push_back(*std::move(below));
    next = index + 1;
  }
  if (unchanged) {
    out.children.insert(out.children.end(),
                        current.children.begin() + static_cast<std::ptrdiff_t>(next),
                        current.children.end());
  }
  return out;
}

/// The text printed for `place`.
const Node* printed_at(const std::vector<SetOutText>& set_out, const Citation& place) {
  for (const SetOutText& text : set_out) {
    if (text.unit != place.unit()) {
      continue;
    }
    if (const Node* node = find_node(text.root, text.unit, place)) {
      return node;
    }
  }
  return nullptr;
}

Outcome revise(const Target& target, const std::vector<SetOutText>& set_out, Unit& unit) {
  Node* current = node_at(unit, target.at);
  if (current == nullptr) {
    return cannot("the place is not in the text in force");
  }
  const Node* printed = printed_at(set_out, target.at);
  if (printed == nullptr) {
    return cannot("no text is printed for it");
  }
  switch (target.extent) {
  case TargetExtent::own_text:
    return cannot("a part of its text is revised");
  case TargetExtent::introductory_text:
    if (stands_for_unchanged(printed->text)) {
      return cannot("no text is printed for it");
    }
    current->text = printed->text;
    return {};
  case TargetExtent::whole:
    break;
  }
  auto whole = filled(*current, *printed);
  if (!whole) {
    return cannot(std::move(whole.error()));
  }
  whole->designator = current->designator;
  *current = *std::move(whole);
  return {};
}

Outcome add(const Target& target, const std::vector<SetOutText>& set_out, Unit& unit) {
  if (node_at(unit, target.at) != nullptr) {
    return cannot("the place is in the text in force already");
  }
  const Node* printed = printed_at(set_out, target.at);
  if (printed == nullptr || has_asterisks(*printed)) {
    return cannot("no text of it alone is printed");
  }
  const Citation above = target.at.parent().empty() ? unit.id : target.at.parent();
  Node* parent = above == unit.id ? &unit.root : node_at(unit, above);
  if (parent == nullptr) {
    return cannot("what it stands in is not in the text in force");
  }
  const std::vector<Step> steps = child_steps(*parent);
  std::size_t index = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (above.child(steps[i]) < target.at) {
      index = i + 1;
    }
  }
  parent->children.insert(parent->children.begin() + static_cast<std::ptrdiff_t>(index), *printed);
  return {};
}

Outcome remove(const Target& target, Unit& unit) {
  const auto [parent, index] = parent_of(unit, target.at);
  if (parent == nullptr) {
    return cannot("the place is not in the text in force");
  }
  if (target.extent != TargetExtent::whole) {
    return cannot("a part of its text is removed");
  }
  parent->children.erase(parent->children.begin() + static_cast<std::ptrdiff_t>(index));
  return {};
}

Outcome reserve(const Target& target, Unit& unit) {
  Node* node = node_at(unit, target.at);
  if (node == nullptr) {
    return cannot("the place is not in the text in force");
  }
  node->text = "[Reserved]";
  node->children.clear();
  return {};
}

std::size_t count_of(const Node& node, const std::string& words, bool below) {
  std::size_t count = 0;
  for (std::size_t at = node.text.find(words); at != std::string::npos;
       at = node.text.find(words, at + words.size())) {
    ++count;
  }
  for (const Node& child : node.children) {
    count += below ? count_of(child, words, below) : 0;
  }
  return count;
}

void replace_in(Node& node, const std::string& words, const std::string& by, bool below) {
  for (std::size_t at = node.text.find(words); at != std::string::npos;
       at = node.text.find(words, at + by.size())) {
    node.text.replace(at, words.size(), by);
    // Blanks on both sides of what was taken out.
    if (by.empty() && at > 0 && at < node.text.size() && node.text[at - 1] == ' ' &&
        node.text[at] == ' ') {
      node.text.erase(at, 1);
    }
  }
  for (Node& child : node.children) {
    if (below) {
      replace_in(child, words, by, below);
    }
  }
}

Outcome replace_words(const Operation& operation, const Target& target, Unit& unit) {
  Node* node = node_at(unit, target.at);
  if (node == nullptr) {
    return cannot("the place is not in the text in force");
  }
  const bool below = target.extent == TargetExtent::whole;
  const std::size_t count =
      operation.old_words.empty() ? 0 : count_of(*node, operation.old_words, below);
  const std::string note = lowered(operation.note);
  const bool everywhere = note.find("wherever") != std::string::npos ||
                          note.find("each place") != std::string::npos ||
                          note.find("everywhere") != std::string::npos;
  if (count == 0) {
    return cannot("words that are not there");
  }
  if (count > 1 && !everywhere) {
    return cannot(fmt::format("words that are there {} times", count));
  }
  replace_in(*node, operation.old_words, operation.new_words, below);
  return {};
}

Outcome carry_out(const Operation& operation,
                  const Target& target,
                  const std::vector<SetOutText>& set_out,
                  Unit& unit) {
  switch (operation.verb) {
  case Verb::revise:
  case Verb::revise_and_republish:
    return operation.note.empty() ? revise(target, set_out, unit)
                                  : cannot("only as far as it says: " + operation.note);
  case Verb::add:
    return add(target, set_out, unit);
  case Verb::remove:
    return remove(target, unit);
  case Verb::reserve:
    return reserve(target, unit);
  case Verb::replace_words:
  case Verb::remove_words:
    return replace_words(operation, target, unit);
  default:
    return cannot("");
  }
}

bool holds(const Node& node, const Node* wanted) {
  return &node == wanted || std::any_of(node.children.begin(),
                                        node.children.end(),
                                        [&](const Node& child) { return holds(child, wanted); });
}

} // namespace

Unit part_around(const Unit& unit, const Citation& place) {
  Citation held = place; // or the nearest above it that is there
  const Node* found = find_node(unit.root, unit.id, held);
  while (found == nullptr && !held.parent().empty()) {
    held = held.parent();
    found = find_node(unit.root, unit.id, held);
  }
  for (const Node& child : unit.root.children) {
    const bool of_list = child.kind == NodeKind::entry || child.kind == NodeKind::definition ||
                         child.kind == NodeKind::table;
    if (found != nullptr && of_list && holds(child, found)) {
      Unit part;
      part.id = unit.id;
      part.root = unit.root;
      part.root.children = {child};
      rehash_shallow(part.root);
      return part;
    }
  }
  return unit;
}

tl::expected<Unit, std::string> carried_out(const Operation& operation,
                                            const Target& target,
                                            const std::vector<SetOutText>& set_out,
                                            Unit unit) {
  if (auto done = carry_out(operation, target, set_out, unit); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  rehash(unit.root);
  return unit;
}

} // namespace regtrail::diff
