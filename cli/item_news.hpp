// Which steps of items a subscriber has not been told yet.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"
#include "model/item.hpp"
#include "notify/delivery/digest.hpp"
#include "store/archive.hpp"

#include <string>
#include <vector>

namespace regtrail::cli {

struct UntoldSteps {
  std::vector<delivery::ItemNews> items;
  std::vector<store::Told> told; ///< to be noted when they are
};

/// Of `items`, those of documents and pages with steps since `since` that were not told. Steps up
/// to a day of which changes of the item were told count as told where nothing else was told of it;
/// so does a document that was told as an item of its own before what it acts on was held.
Result<UntoldSteps> untold_steps(store::Archive& archive,
                                 const std::string& subscriber,
                                 const std::vector<Item>& items,
                                 Date since);

} // namespace regtrail::cli
