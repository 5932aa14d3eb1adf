#include "cli/register_file.hpp"

#include "cli/files.hpp"
#include "model/characters.hpp"
#include "model/digest.hpp"
#include "parse/register_toml.hpp"
#include "query/suggest.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace regtrail::cli {
namespace {

constexpr std::uint64_t register_limit = std::uint64_t{16} << 20U;

/// Lines with their line ends, so that joining them gives the text again.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

/// Lines [begin, end) of a file, counted from 0.
struct LineRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The first line of the comment that stands directly above `line`, or `line` itself.
std::size_t above_comment(const std::vector<std::string_view>& lines, std::size_t line) {
  while (line > 0 && trimmed(lines[line - 1]).starts_with('#')) {
    --line;
  }
  return line;
}

/// Where the block of `id` stands: from its comment to the comment of the next block.
std::optional<LineRange> block_of(std::string_view text, const std::string& id) {
  const std::vector<std::string_view> lines = lines_of(text);
  std::optional<std::size_t> begin;
  std::vector<std::size_t> headers;
  const toml::table root = toml::parse(text);
  for (const auto& [key, node] : root) {
    if (const auto* table = node.as_table()) {
      headers.push_back(table->source().begin.line);
    }
    const auto* array = node.as_array();
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
      const auto* table = array->get(i)->as_table();
      if (table == nullptr) {
        continue;
      }
      headers.push_back(table->source().begin.line);
      if (key.str() == "category" && table->get_as<std::string>("id") != nullptr &&
          table->get_as<std::string>("id")->get() == id) {
        begin = table->source().begin.line;
      }
    }
  }
  if (!begin) {
    return std::nullopt;
  }
  std::size_t end = lines.size();
  for (const std::size_t header : headers) {
    if (header > *begin) {
      end = std::min(end, above_comment(lines, header - 1));
    }
  }
  return LineRange{above_comment(lines, *begin - 1), end};
}

std::vector<std::string> ids_of(const Register& categories) {
  std::vector<std::string> ids;
  ids.reserve(categories.categories.size());
  for (const Category& category : categories.categories) {
    ids.push_back(category.id);
  }
  return ids;
}

/// The register that the edited text holds; an edit that does anything else than was asked is
/// refused.
Result<std::string>
checked(std::string text, const Register& expected, const LoadedRegister& loaded) {
  const auto read = parse::parse_register(text, loaded.path.string());
  if (!read) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' was not changed: the result would not parse: {}",
                            loaded.path.string(),
                            read.error().message));
  }
  if (!(*read == expected)) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' was not changed: the edit would alter other categories; edit it "
                            "by hand",
                            loaded.path.string()));
  }
  return text;
}

} // namespace

Result<LoadedRegister> load_register(const Config& config, const Environment& environment) {
  LoadedRegister loaded;
  const bool named = !config.categories_file.empty();
  loaded.path = expand_path(
      named ? config.categories_file : "categories.toml", config.path.parent_path(), environment);
  auto bytes = read_file(loaded.path, register_limit);
  if (bytes) {
    loaded.text = std::move(*bytes);
  } else if (bytes.error().kind == ErrorKind::not_found && !named) {
    loaded.text = starter_register();
    loaded.from = LoadedRegister::From::built_in;
  } else {
    return fail_while(fmt::format("[categories] file of {}", config.path.string()),
                      std::move(bytes.error()));
  }
  auto categories = parse::parse_register(loaded.text, loaded.path.string());
  if (!categories) {
    return fail(categories.error().kind,
                fmt::format("cannot read {}; nothing was changed, stored hits stay as they are",
                            categories.error().message));
  }
  loaded.categories = std::move(*categories);
  loaded.sha256 = to_hex(sha256(loaded.text));
  return loaded;
}

Result<std::string> with_category(const LoadedRegister& loaded, const Category& category) {
  const auto ids = ids_of(loaded.categories);
  if (std::find(ids.begin(), ids.end(), category.id) != ids.end()) {
    return fail(ErrorKind::usage,
                fmt::format("category '{}' is in '{}' already", category.id, loaded.path.string()));
  }
  std::string text = loaded.text;
  if (!text.empty() && !text.ends_with('\n')) {
    text += '\n';
  }
  if (!text.empty() && !text.ends_with("\n\n")) {
    text += '\n';
  }
  text += parse::category_to_toml(category);
  Register expected = loaded.categories;
  expected.categories.push_back(category);
  return checked(std::move(text), expected, loaded);
}

Result<std::string> without_category(const LoadedRegister& loaded, const std::string& id) {
  TRY(find_category(loaded, id));
  std::optional<LineRange> block;
  try {
    block = block_of(loaded.text, id);
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::malformed,
                fmt::format("cannot read {}:{}: {}",
                            loaded.path.string(),
                            error.source().begin.line,
                            error.description()));
  }
  if (!block) {
    return fail(ErrorKind::usage,
                fmt::format("cannot find the block of '{}' in '{}'; remove it by hand",
                            id,
                            loaded.path.string()));
  }
  const std::vector<std::string_view> lines = lines_of(loaded.text);
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i < block->begin || i >= block->end) {
      text += lines[i];
    }
  }
  Register expected = loaded.categories;
  std::erase_if(expected.categories, [&](const Category& category) { return category.id == id; });
  return checked(std::move(text), expected, loaded);
}

Result<Category> find_category(const LoadedRegister& loaded, const std::string& id) {
  const auto& categories = loaded.categories.categories;
  const auto found = std::find_if(categories.begin(),
                                  categories.end(),
                                  [&](const Category& category) { return category.id == id; });
  if (found == categories.end()) {
    return fail(ErrorKind::usage,
                fmt::format("no category '{}' in the register; near: {}",
                            id,
                            query::one_of(query::closest(id, ids_of(loaded.categories), 3))));
  }
  return *found;
}

} // namespace regtrail::cli
