// The places of a unit that are in the search index, and the rows of the index that stand for them.
//
//   places = { zigzag number, varint length, string rest }*
//
// in the order of their steps (pack_steps): the number as its distance from the one before, the
// steps as the length they share with those before and the rest. A number is below the room of the
// unit's run of rows; a unit that outgrows it gets another run.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace regtrail::store {

/// Numbers of a unit's rows, counted from the first of its run, by their places.
using PlaceNumbers = std::map<std::string, std::int64_t>;

struct PlaceRun {
  std::int64_t first = 0;
  std::int64_t room = 0;
  PlaceNumbers numbers;
};

/// Numbers for the places of `texts` that have none yet, the smallest that are free; false when
/// the room does not do.
bool number_places(PlaceRun& run, const std::map<std::string, std::string>& texts);

/// For that many places and some that may come.
std::int64_t room_for(std::size_t places);

std::string pack_places(const PlaceNumbers& places);
PlaceNumbers unpack_places(std::string_view bytes);

} // namespace regtrail::store
