// Options by which `changes` and `items` choose what they list.
#pragma once

#include "cli/register_file.hpp"
#include "cli/session.hpp"
#include "model/change.hpp"
#include "model/error.hpp"
#include "model/hit.hpp"
#include "store/archive.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace regtrail::cli {

class ChangeFilters {
public:
  /// --since, --until, --category, --product, --party, --procedure, --destination, --direction,
  /// --kind, --min-severity, --near, --all, --csv.
  void add_options(CLI::App& app);

  /// Reads days and looks the entries up. An id that is not in the register is an error.
  Result<void> resolve(const Session& session, const LoadedRegister& loaded);

  [[nodiscard]] bool all() const { return m_all; }

  [[nodiscard]] bool near() const { return m_near; }

  [[nodiscard]] bool csv() const { return m_csv; }

  [[nodiscard]] int min_severity() const { return m_min_severity; }

  [[nodiscard]] const std::optional<Date>& since() const { return m_since; }

  [[nodiscard]] const std::optional<Date>& until() const { return m_until; }

  /// The days; also which hits are worth reading, unless all changes are asked for.
  [[nodiscard]] store::ChangeQuery query() const;

  /// By entry, severity and near misses.
  [[nodiscard]] bool takes(const Hit& hit) const;

  /// By direction and kind.
  [[nodiscard]] bool takes(const Change& change) const;

  /// Status events have neither.
  [[nodiscard]] bool takes(const StatusEvent& event) const;

  /// Of what hits nobody: only with --all, and not where an entry is asked for.
  [[nodiscard]] bool takes_without_hit(int severity) const;

private:
  struct Entry {
    EntryKind kind;
    std::vector<std::string> ids; ///< as typed
  };

  std::string m_since_text;
  std::string m_until_text;
  std::optional<Date> m_since;
  std::optional<Date> m_until;
  std::array<Entry, 5> m_entries{{{EntryKind::category, {}},
                                  {EntryKind::product, {}},
                                  {EntryKind::party, {}},
                                  {EntryKind::procedure, {}},
                                  {EntryKind::destination, {}}}};
  std::vector<std::string> m_ids; ///< of the entries asked for
  std::vector<std::string> m_directions;
  std::vector<std::string> m_kinds;
  int m_min_severity = 0;
  bool m_near = false;
  bool m_all = false;
  bool m_csv = false;
};

/// The id of the entry that `asked` names: its id, a product's part number, a name of a party, the
/// country of a destination. An error names the nearest.
[[nodiscard]] Result<std::string>
named_entry(const Register& entries, EntryKind kind, const std::string& asked);

/// Every id of the register, with its kind.
[[nodiscard]] std::vector<std::pair<std::string, EntryKind>> entry_ids(const Register& entries);

} // namespace regtrail::cli
