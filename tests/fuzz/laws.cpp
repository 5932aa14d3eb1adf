#include "tests/fuzz/laws.hpp"

#include "diff/tree/tree_diff.hpp"
#include "model/text.hpp"
#include "tests/support/apply/apply.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace regtrail::tests {
namespace {

void check_texts(const Node& node, std::string_view unit) {
  for (const std::string* text : {&node.designator, &node.label, &node.text}) {
    require(is_valid_utf8(*text), "texts are UTF-8", unit);
    require(text->find('\0') == std::string::npos, "no text holds a NUL", unit);
  }
}

/// A citation below `unit` names one place: it reads back as what it prints, and leads there.
void check_citation(const Unit& unit, const Citation& at, const Node& node) {
  const std::string printed = at.to_string();
  const auto read = Citation::parse(printed);
  require(read.has_value(), "a citation parses back", printed);
  require(read->to_string() == printed, "a citation reads back as it prints", printed);
  require(find_node(unit.root, unit.id, *read) == &node, "a citation leads to its node", printed);
}

/// Looking up a citation walks the children of every node above it, so not all places of a long
/// unit are tried.
constexpr std::size_t most_walked = 20'000;

void check_tree(const Unit& unit, bool cited) {
  std::unordered_set<std::uint32_t> ordinals;

  struct Place {
    const Node* node;
    Citation at;
    std::size_t walk; // to look it up
  };

  std::vector<Place> open{{&unit.root, unit.id, 0}};
  std::size_t walked = 0;
  const std::string name = unit.id.to_string();
  while (!open.empty()) {
    const auto [node, at, walk] = std::move(open.back());
    open.pop_back();
    check_texts(*node, name);
    require(ordinals.insert(node->ordinal).second, "positions in print differ", name);
    if (cited && node != &unit.root && walked < most_walked) {
      walked += walk;
      check_citation(unit, at, *node);
    }
    const auto steps = child_steps(*node);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      open.push_back({&node->children[i], at.child(steps[i]), walk + steps.size()});
    }
  }
}

std::map<ChangeKind, std::size_t> kinds_of(const DiffResult& result) {
  std::map<ChangeKind, std::size_t> kinds;
  for (const Change& change : result.changes) {
    ++kinds[change.kind];
  }
  return kinds;
}

void check_words(const DiffResult& result) {
  for (const Change& change : result.changes) {
    std::string before;
    std::string after;
    for (const WordRun& run : change.words) {
      before += run.op == WordRun::Op::added ? "" : run.text;
      after += run.op == WordRun::Op::removed ? "" : run.text;
    }
    require(change.words.empty() || (before == change.before && after == change.after),
            "a word script holds both sides",
            change.at.to_string());
  }
}

void check_applies(std::span<const Unit> before, std::span<const Unit> after) {
  const auto applied = tests::apply(before, tests::make_edit_script(before, after));
  require(applied.has_value(), "a script applies to what it was made from");
  require(std::equal(applied->begin(), applied->end(), after.begin(), after.end()),
          "a script gives the after side");
}

} // namespace

void require(bool holds, std::string_view law, std::string_view where) {
  if (!holds) {
    std::fprintf(stderr,
                 "broken law: %.*s: '%.*s'\n",
                 static_cast<int>(law.size()),
                 law.data(),
                 static_cast<int>(std::min<std::size_t>(where.size(), 1000)),
                 where.data());
    std::abort();
  }
}

bool is_valid_utf8(std::string_view text) {
  // printable() marks what is not UTF-8 and drops controls, which keep their place here
  std::string visible;
  std::copy_if(text.begin(), text.end(), std::back_inserter(visible), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20;
  });
  const auto marks = [](std::string_view in) {
    std::size_t count = 0;
    for (auto at = in.find("\xEF\xBF\xBD"); at != in.npos; at = in.find("\xEF\xBF\xBD", at + 3)) {
      ++count;
    }
    return count;
  };
  return marks(printable(visible)) == marks(visible);
}

void check_units(std::span<const Unit> units) {
  for (const Unit& unit : units) {
    const std::string name = unit.id.to_string();
    require(!unit.id.empty(), "a unit has a name", name);
    Node copy = unit.root;
    rehash(copy);
    require(copy == unit.root, "hashes are those of the content", name);
    // what the document itself calls a unit may be no citation; it is still kept and compared
    const auto read = Citation::parse(name);
    check_tree(unit, read && *read == unit.id);
    for (const UnitNote& note : unit.notes) {
      require(is_valid_utf8(note.text), "notes are UTF-8", name);
    }
    for (const NotUnderstood& problem : unit.not_understood) {
      require(is_valid_utf8(problem.text) && problem.text.size() <= 200,
              "what was not understood is quoted in part",
              name);
      require(problem.at.is_within(unit.id), "what was not understood lies in its unit", name);
    }
  }
}

void check_no_change(std::span<const Unit> units) {
  const DiffResult result = diff::diff_units(units, units, {});
  require(result.changes.empty() && result.notes.empty() && result.status.empty(),
          "a text does not differ from itself",
          result.changes.empty() ? "" : result.changes.front().at.to_string());
}

void check_inverse(std::span<const Unit> before, std::span<const Unit> after) {
  check_applies(before, after);
  check_applies(after, before);
  const DiffResult there = diff::diff_units(before, after, {});
  const DiffResult back = diff::diff_units(after, before, {});
  check_words(there);
  auto forth = kinds_of(there);
  auto return_kinds = kinds_of(back);
  for (const ChangeKind kind : {ChangeKind::added, ChangeKind::removed}) {
    const ChangeKind opposite = kind == ChangeKind::added ? ChangeKind::removed : ChangeKind::added;
    require(forth[kind] == return_kinds[opposite], "what was added is removed on the way back");
  }
  std::set<std::string> ids;
  for (const Change& change : there.changes) {
    require(ids.insert(change.id).second, "changes have different ids", change.at.to_string());
  }
}

} // namespace regtrail::tests
