#include "model/place_view.hpp"

#include <utility>

namespace regtrail {

std::vector<PlaceLine> lines_of(const Node& node, const Citation& at) {
  const std::string above = at.to_string();
  std::vector<PlaceLine> lines;
  std::vector<std::pair<Citation, const Node*>> open{{at, &node}};
  while (!open.empty()) {
    const auto [place, each] = std::move(open.back());
    open.pop_back();
    if (!each->text.empty() || !each->label.empty()) {
      std::string name = place.to_string();
      name.erase(0,
                 name.starts_with(above) ? name.find_first_not_of(" /.", above.size())
                                         : std::string::size_type{0});
      lines.push_back({std::move(name), shown_text(*each)});
    }
    const std::vector<Step> steps = child_steps(*each);
    for (std::size_t i = steps.size(); i-- > 0;) {
      open.emplace_back(place.child(steps[i]), &each->children[i]);
    }
  }
  return lines;
}

} // namespace regtrail
