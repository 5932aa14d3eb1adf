#include "query/place_tree.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace regtrail::query {
namespace {

/// "text 2" -> 2: the steps by which model/node.cpp names what has no designator; 0 for others.
std::uint32_t unnamed_position(const Step& step, std::size_t& word_end) {
  constexpr std::array<std::string_view, 10> words = {"text",
                                                      "heading",
                                                      "note",
                                                      "table",
                                                      "row",
                                                      "cell",
                                                      "entry",
                                                      "definition",
                                                      "footnote",
                                                      "figure"};
  const std::string_view name = step.name;
  word_end = name.rfind(' ');
  if (step.kind != Step::Kind::named || word_end == std::string_view::npos ||
      std::find(words.begin(), words.end(), name.substr(0, word_end)) == words.end()) {
    return 0;
  }
  std::uint32_t position = 0;
  const char* const end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + word_end + 1, end, position);
  return read.ptr == end ? position : 0;
}

PlaceStep place_step(const Step& step) {
  std::size_t word_end = 0;
  if (const std::uint32_t position = unnamed_position(step, word_end); position > 0) {
    return {"?" + step.name.substr(0, word_end), position};
  }
  const char* const prefix = step.kind == Step::Kind::paragraph ? "("
                             : step.kind == Step::Kind::item    ? "."
                                                                : "/";
  return {prefix + step.name, step.occurrence};
}

} // namespace

Path path_of(const Citation& citation) {
  Path path{{citation.unit().to_string(), 1}};
  if (citation.kind() == CitationKind::eccn) {
    path.push_back({"/" + citation.name(), 1});
  }
  for (const Step& step : citation.steps()) {
    path.push_back(place_step(step));
  }
  return path;
}

Citation citation_of(const Citation& unit, const Path& path) {
  Citation citation = unit;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const std::string name = path[i].name.substr(1);
    switch (path[i].name.front()) {
    case '?':
      citation = citation.child({Step::Kind::named, name + " " + std::to_string(path[i].position)});
      break;
    case '(':
      citation = citation.child({Step::Kind::paragraph, name, path[i].position});
      break;
    case '.':
      citation = citation.child({Step::Kind::item, name, path[i].position});
      break;
    default:
      citation = citation.child({Step::Kind::named, name, path[i].position});
    }
  }
  return citation;
}

bool lies_within(const Path& path, const Path& above) {
  return path.size() >= above.size() && std::equal(above.begin(), above.end(), path.begin());
}

void PlaceTree::add(const Path& path, std::size_t what) {
  auto place = std::make_unique<Place>();
  place->here.push_back(what);
  attach(path, std::move(place));
  ++m_count;
}

PlaceTree::Place* PlaceTree::find(const Path& path, std::size_t length) {
  Place* place = &m_root;
  for (std::size_t i = 0; i < length; ++i) {
    const auto next = place->below.find(path[i]);
    if (next == place->below.end()) {
      return nullptr;
    }
    place = next->second.get();
  }
  return place;
}

std::vector<std::size_t> PlaceTree::take_at(const Path& path) {
  const Place* found = find(path, path.size());
  if (found == nullptr || found->here.empty()) {
    return {};
  }
  auto node = take(path);
  std::vector<std::size_t> taken = std::move(node->here);
  node->here.clear();
  m_count -= taken.size();
  if (!node->below.empty()) {
    attach(path, std::move(node));
  }
  return taken;
}

std::vector<std::pair<Path, std::size_t>> PlaceTree::take_within(const Path& path) {
  std::vector<std::pair<Path, std::size_t>> taken;
  const std::unique_ptr<Place> top = take(path);
  if (top == nullptr) {
    return taken;
  }
  std::vector<std::pair<Path, const Place*>> open{{Path{}, top.get()}};
  while (!open.empty()) {
    const auto [below, place] = std::move(open.back());
    open.pop_back();
    for (const std::size_t what : place->here) {
      taken.emplace_back(below, what);
    }
    for (const auto& [step, child] : place->below) {
      open.emplace_back(below, child.get());
      open.back().first.push_back(step);
    }
  }
  m_count -= taken.size();
  return taken;
}

std::vector<std::uint32_t> PlaceTree::positions(const Path& path) {
  std::vector<std::uint32_t> found;
  const Place* parent = find(path, path.size() - 1);
  if (parent == nullptr) {
    return found;
  }
  for (auto step = parent->below.lower_bound({path.back().name, 0});
       step != parent->below.end() && step->first.name == path.back().name;
       ++step) {
    found.push_back(step->first.position);
  }
  return found;
}

void PlaceTree::rename(std::vector<std::pair<Path, Path>> from_to) {
  // Deepest first, because the names below a renamed place are given in full.
  std::stable_sort(from_to.begin(), from_to.end(), [](const auto& left, const auto& right) {
    return left.first.size() > right.first.size();
  });
  std::vector<std::pair<Path, std::unique_ptr<Place>>> held;
  for (auto& [from, to] : from_to) {
    if (auto place = take(from)) {
      held.emplace_back(std::move(to), std::move(place));
    }
  }
  for (auto& [to, place] : held) {
    attach(to, std::move(place));
  }
}

std::unique_ptr<PlaceTree::Place> PlaceTree::take(const Path& path) {
  Place* parent = find(path, path.size() - 1);
  if (parent == nullptr) {
    return nullptr;
  }
  auto found = parent->below.extract(path.back());
  return found ? std::move(found.mapped()) : nullptr;
}

void PlaceTree::attach(const Path& path, std::unique_ptr<Place> place) {
  Place* parent = &m_root;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    std::unique_ptr<Place>& next = parent->below[path[i]];
    if (next == nullptr) {
      next = std::make_unique<Place>();
    }
    parent = next.get();
  }
  std::unique_ptr<Place>& slot = parent->below[path.back()];
  if (slot == nullptr) {
    slot = std::move(place);
  } else {
    merge(*slot, *place);
  }
}

void PlaceTree::merge(Place& into, Place& from) {
  std::vector<std::pair<Place*, Place*>> open{{&into, &from}};
  while (!open.empty()) {
    const auto [target, source] = open.back();
    open.pop_back();
    target->here.insert(target->here.end(), source->here.begin(), source->here.end());
    for (auto& [step, child] : source->below) {
      std::unique_ptr<Place>& slot = target->below[step];
      if (slot == nullptr) {
        slot = std::move(child);
      } else {
        open.emplace_back(slot.get(), child.get());
      }
    }
  }
}

} // namespace regtrail::query
