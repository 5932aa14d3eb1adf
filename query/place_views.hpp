// All that is shown of the units of a part, and of the entries of the CCL, one by one. No printing.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"
#include "model/place_view.hpp"
#include "model/version.hpp"
#include "store/archive.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace regtrail::query {

class PlaceViews {
public:
  /// What is asked once for all parts. `limit`: bytes of all different lines of a place's versions.
  static Result<PlaceViews> read(store::Archive& archive, Date today, std::size_t limit);

  /// Every unit that the part has or had, in legal order, the CCL followed by its entries.
  Result<std::vector<PlaceView>> of_part(int title, const std::string& part);

private:
  explicit PlaceViews(store::Archive& archive) : m_archive(archive) {}

  Result<void> add_unit(const Citation& unit, std::vector<PlaceView>& views);
  Result<void> add_ahead(PlaceView& view);
  Result<void> add_texts(std::vector<PlaceView>& views);

  store::Archive& m_archive;
  Date m_today;
  std::size_t m_limit = 0;
  std::optional<std::vector<PendingAmendment>> m_pending; ///< nullopt: nothing is known
  std::vector<PendingAmendment> m_recent; ///< of the last weeks, which the eCFR may not show yet
  std::vector<StatusEvent> m_events;
};

} // namespace regtrail::query
