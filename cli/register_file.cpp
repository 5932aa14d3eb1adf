#include "cli/register_file.hpp"

#include "cli/files.hpp"
#include "model/digest.hpp"
#include "parse/register_toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <tuple>

namespace regtrail::cli {
namespace {

constexpr std::uint64_t register_limit = std::uint64_t{64} << 20U;

bool holds(const RegisterFile& file, EntryKind kind) {
  return std::find(file.kinds.begin(), file.kinds.end(), kind) != file.kinds.end();
}

/// The file that the configuration names, or `plural`.toml beside it, which may be absent.
Result<RegisterFile> read_named(const Config& config,
                                const Environment& environment,
                                const std::string& named,
                                std::string_view plural) {
  RegisterFile file;
  file.path = expand_path(named.empty() ? fmt::format("{}.toml", plural) : named,
                          config.path.parent_path(),
                          environment);
  auto bytes = read_file(file.path, register_limit);
  if (bytes) {
    file.text = std::move(*bytes);
  } else if (bytes.error().kind == ErrorKind::not_found && named.empty()) {
    file.from = RegisterFile::From::absent;
  } else {
    return fail_while(fmt::format("{} file of {}", plural, config.path.string()),
                      std::move(bytes.error()));
  }
  return file;
}

} // namespace

const RegisterFile& LoadedRegister::file(EntryKind kind) const {
  const auto found = std::find_if(
      files.begin(), files.end(), [&](const RegisterFile& file) { return holds(file, kind); });
  if (found == files.end()) {
    throw std::logic_error("a kind of entry without a file");
  }
  return *found;
}

Result<LoadedRegister> load_register(const Config& config, const Environment& environment) {
  const RegisterFiles& names = config.register_files;
  const std::array kinds{
      std::tuple{EntryKind::category, std::cref(names.categories), "categories"},
      std::tuple{EntryKind::product, std::cref(names.products), "products"},
      std::tuple{EntryKind::party, std::cref(names.parties), "parties"},
      std::tuple{EntryKind::procedure, std::cref(names.procedures), "procedures"},
      std::tuple{EntryKind::destination, std::cref(names.destinations), "destinations"},
      std::tuple{EntryKind::watch, std::cref(names.watches), "watches"},
  };
  LoadedRegister loaded;
  for (const auto& [kind, name, plural] : kinds) {
    TRY_ASSIGN(auto file, read_named(config, environment, name, plural));
    const auto same =
        std::find_if(loaded.files.begin(), loaded.files.end(), [&](const RegisterFile& other) {
          return other.path == file.path;
        });
    if (same != loaded.files.end()) {
      same->kinds.push_back(kind);
      continue;
    }
    file.kinds = {kind};
    const bool with_starter = kind == EntryKind::category ||
                              (kind == EntryKind::watch && loaded.file(EntryKind::category).from ==
                                                               RegisterFile::From::built_in);
    if (with_starter && file.from == RegisterFile::From::absent) {
      file.text = kind == EntryKind::watch ? starter_watches() : starter_categories();
      file.from = RegisterFile::From::built_in;
    }
    loaded.files.push_back(std::move(file));
  }
  std::vector<parse::RegisterText> texts;
  std::string all;
  for (const RegisterFile& file : loaded.files) {
    texts.push_back({file.text, file.path.string()});
    all += fmt::format("{}\n{}", file.text.size(), file.text);
  }
  auto entries = parse::parse_register(texts);
  if (!entries) {
    return fail(entries.error().kind,
                fmt::format("cannot read {}; nothing was changed, stored hits stay as they are",
                            entries.error().message));
  }
  loaded.categories = std::move(*entries);
  loaded.sha256 = to_hex(sha256(all));
  return loaded;
}

} // namespace regtrail::cli
