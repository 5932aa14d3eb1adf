// Watched pages: the texts that they had, and what became of them as items. Nothing of it is stored
// but the answers themselves; they are read and compared when they are asked for.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"
#include "model/item.hpp"
#include "model/register.hpp"
#include "parse/page.hpp"
#include "query/items.hpp"
#include "store/archive.hpp"

#include <vector>

namespace regtrail::query {

/// An answer that was taken for the page of a watch, and the day on which it first came.
struct PageVersion {
  Date day;
  store::RawRecord record;
};

/// Of the watch's present address, oldest first, the last of each day.
Result<std::vector<PageVersion>> page_versions(store::Archive& archive, const Watch& watch);

/// The page of a version as the watch reads it now.
Result<parse::Page>
read_version(store::Archive& archive, const Watch& watch, const PageVersion& version);

/// An item for each version of an enabled watch's page whose text is another than that of the
/// version before. The first version is what changes are counted from.
Result<std::vector<Item>>
page_items(store::Archive& archive, const diff::Matcher& matcher, const ItemQuery& query);

} // namespace regtrail::query
