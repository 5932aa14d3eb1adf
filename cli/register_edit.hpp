// Edits to the files of the register that keep their comments.
#pragma once

#include "cli/register_file.hpp"
#include "model/error.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace regtrail::cli {

/// The text that a file of the register is to have.
struct EditedFile {
  std::filesystem::path path;
  std::string text;
};

/// Entries whose id is there take the place of those, key by key; others are written behind. Only
/// files that change are returned. An edit whose result would not read back as asked is an error.
template<typename Entry>
Result<std::vector<EditedFile>> with_entries(const LoadedRegister& loaded,
                                             const std::vector<Entry>& entries);

/// Without the block of `id` and the comment lines directly above it.
template<typename Entry>
Result<std::vector<EditedFile>> without_entry(const LoadedRegister& loaded, const std::string& id);

/// Writes the edited files, new ones with mode 0600.
Result<void> write_edited(const LoadedRegister& loaded, const std::vector<EditedFile>& edited);

/// The entry, or an error that names the nearest ones.
template<typename Entry>
Result<Entry> find_entry(const LoadedRegister& loaded, const std::string& id);

/// "category 'pumps'" of whatever kind bears the id; "" where none does.
[[nodiscard]] std::string bearer_of(const Register& entries, const std::string& id);

} // namespace regtrail::cli
