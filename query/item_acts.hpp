// Which documents are steps of others: corrections, delays, withdrawals, stays and their ends.
#pragma once

#include "model/document.hpp"
#include "model/error.hpp"
#include "model/item.hpp"
#include "store/archive.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace regtrail::query {

/// What a document does to the item of another.
struct ItemAct {
  StepKind kind = StepKind::corrected;
  std::string document; ///< that does it
  std::string target;   ///< the item's

  friend bool operator==(const ItemAct&, const ItemAct&) = default;
};

/// The acts of all documents on documents that are held. What acts on a step acts on its items.
class ItemActs {
public:
  static Result<ItemActs> read(store::Archive& archive,
                               const std::map<std::string, Document>& documents);

  /// The items that a document belongs to: its own, unless it is only a step of others.
  [[nodiscard]] std::set<std::string> items_of(const std::string& number) const;
  /// The steps that other documents are of the item of `number`, by document.
  [[nodiscard]] std::vector<ItemAct> on(const std::string& number) const;

private:
  std::map<std::string, std::vector<ItemAct>> m_by_document;
  std::map<std::string, std::vector<ItemAct>> m_by_target;
  std::set<std::string> m_only_steps; ///< documents that are no items of their own
};

} // namespace regtrail::query
