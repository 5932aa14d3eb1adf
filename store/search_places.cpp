#include "store/bytes_internal.hpp"
#include "store/search_places_internal.hpp"
#include "store/trouble_internal.hpp"

#include <algorithm>
#include <vector>

namespace regtrail::store {

std::int64_t room_for(std::size_t places) {
  return static_cast<std::int64_t>(places + places / 4 + 16);
}

bool number_places(PlaceRun& run, const std::map<std::string, std::string>& texts) {
  std::vector<bool> taken(static_cast<std::size_t>(run.room), false);
  for (const auto& [steps, number] : run.numbers) {
    taken.at(static_cast<std::size_t>(number)) = true;
  }
  auto next = taken.begin();
  for (const auto& [steps, text] : texts) {
    if (run.numbers.count(steps) != 0) {
      continue;
    }
    next = std::find(next, taken.end(), false);
    if (next == taken.end()) {
      return false;
    }
    run.numbers.emplace(steps, next - taken.begin());
    ++next;
  }
  return true;
}

std::string pack_places(const PlaceNumbers& places) {
  Writer out;
  std::string_view last;
  std::int64_t last_number = 0;
  for (const auto& [steps, number] : places) {
    const auto differ = std::mismatch(last.begin(), last.end(), steps.begin(), steps.end());
    const auto shared = static_cast<std::size_t>(differ.first - last.begin());
    out.zigzag(number - last_number);
    out.varint(shared);
    out.string(std::string_view(steps).substr(shared));
    last = steps;
    last_number = number;
  }
  return out.take();
}

PlaceNumbers unpack_places(std::string_view bytes) {
  PlaceNumbers places;
  std::string last;
  std::int64_t number = 0;
  for (Reader in(bytes); !in.done();) {
    number += in.zigzag();
    const std::uint64_t shared = in.varint();
    if (shared > last.size()) {
      throw Damage("a place that shares more than there is");
    }
    last.resize(static_cast<std::size_t>(shared));
    last += in.string();
    places.emplace_hint(places.end(), last, number);
  }
  return places;
}

} // namespace regtrail::store
