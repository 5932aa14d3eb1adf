#include "sync/sanity.hpp"

#include <fmt/format.h>

namespace regtrail::sync {

using store::Inventory;

namespace {

constexpr std::size_t least_rows = 20;
constexpr std::size_t least_units = 4;

bool lost_too_much(std::size_t before, std::size_t after, double share) {
  return static_cast<double>(after) < static_cast<double>(before) * (1.0 - share);
}

} // namespace

Inventory take_inventory(std::span<const Unit> units) {
  Inventory inventory;
  inventory.units = units.size();
  for (const Unit& unit : units) {
    inventory.rows += count_list_rows(unit.root);
  }
  return inventory;
}

Result<void> check_loss(const Inventory& before, const Inventory& after, const std::string& what) {
  if (before.rows >= least_rows && lost_too_much(before.rows, after.rows, max_row_loss)) {
    return fail(
        ErrorKind::quarantined,
        fmt::format("{} lost {} of {} list rows at once; kept aside and not reported as law "
                    "until the same bytes still come a day later",
                    what,
                    before.rows - after.rows,
                    before.rows));
  }
  if (before.units >= least_units && lost_too_much(before.units, after.units, max_unit_loss)) {
    return fail(ErrorKind::quarantined,
                fmt::format("{} lost {} of {} sections and supplements at once; kept aside and not "
                            "reported as law until the same bytes still come a day later",
                            what,
                            before.units - after.units,
                            before.units));
  }
  return {};
}

} // namespace regtrail::sync
