// What every input must obey, however strange it is. A broken law ends the process, which libFuzzer
// and the replay both report with the input.
#pragma once

#include "model/citation.hpp"
#include "model/node.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace regtrail::tests {

/// Ends the process with `law` and `where` on standard error unless `holds`.
void require(bool holds, std::string_view law, std::string_view where = {});

[[nodiscard]] bool is_valid_utf8(std::string_view text);

/// Texts are UTF-8, positions in print are all different, hashes are those of the content, every
/// citation parses back and leads to its node.
void check_units(std::span<const Unit> units);

/// No change between a text and itself.
void check_no_change(std::span<const Unit> units);

/// The edit script made from both sides turns one into the other, both ways, and what is added one
/// way is removed the other way.
void check_inverse(std::span<const Unit> before, std::span<const Unit> after);

/// Spans lie in the text, in order, and hold something.
template<typename Mentions>
void check_spans(const Mentions& mentions, std::string_view text, std::string_view grammar) {
  std::size_t last = 0;
  for (const auto& mention : mentions) {
    require(mention.begin >= last && mention.begin < mention.end && mention.end <= text.size(),
            "spans are in order and within the text",
            grammar);
    last = mention.begin;
  }
}

} // namespace regtrail::tests
