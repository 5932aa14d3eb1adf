#include "parse/ecfr/parts.hpp"

#include <algorithm>
#include <numeric>

namespace regtrail::parse {
namespace {

/// What a block weighs beside its text, in bytes of law.
constexpr std::size_t weight_of_a_block = 60;

/// Several for each thread, since one that has to be woken comes late; none too light.
constexpr std::size_t most_parts = 6;
constexpr std::size_t least_part = std::size_t{16} << 10U;

std::size_t weight_of(const Block& block) {
  return std::accumulate(block.inside.begin(),
                         block.inside.end(),
                         weight_of_a_block + block.text.text.size(),
                         [](std::size_t sum, const Block& part) { return sum + weight_of(part); });
}

std::size_t weight_of(const std::vector<Block>& blocks) {
  return std::accumulate(
      blocks.begin(), blocks.end(), std::size_t{0}, [](std::size_t sum, const Block& block) {
        return sum + weight_of(block);
      });
}

/// Where `count` parts begin, or fewer, and the end of the last one.
std::vector<std::size_t> cut(const std::vector<Block>& blocks,
                             const std::function<bool(const Block&)>& begins_entry,
                             std::size_t weight,
                             std::size_t count) {
  std::vector<std::size_t> cuts{0};
  std::size_t sum = 0;
  for (std::size_t i = 0; i < blocks.size() && cuts.size() < count; ++i) {
    if (sum * count >= weight * cuts.size() && begins_entry(blocks[i])) {
      cuts.push_back(i);
    }
    sum += weight_of(blocks[i]);
  }
  cuts.push_back(blocks.size());
  return cuts;
}

} // namespace

void build_in_parts(
    TreeBuilder& tree,
    std::vector<Block>& blocks,
    Crew& crew,
    const std::function<bool(const Block&)>& begins_entry,
    const std::function<void(TreeBuilder&, std::span<Block>, std::size_t first)>& build) {
  const std::size_t weight = weight_of(blocks);
  const std::size_t most = crew.is_worth_sharing(weight) ? most_parts : 1;
  const std::size_t count = std::clamp<std::size_t>(weight / least_part, 1, most);
  const std::vector<std::size_t> cuts = cut(blocks, begins_entry, weight, count);
  const auto part = [&](std::size_t i) {
    return std::span(blocks).subspan(cuts[i], cuts[i + 1] - cuts[i]);
  };
  if (cuts.size() == 2) {
    build(tree, part(0), 0);
    return;
  }
  tree.add_parts(cuts.size() - 1, weight, crew, [&](TreeBuilder& builder, std::size_t i) {
    builder.expect(part(i).size() * 2);
    build(builder, part(i), cuts[i]);
  });
}

} // namespace regtrail::parse
