#include "parse/govinfo_json.hpp"

#include "parse/json_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace regtrail::parse {
namespace {

using nlohmann::json;

std::optional<int> number_in(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && value >= 0 ? std::optional(value) : std::nullopt;
}

/// "27-Feb-2026 21:27", GMT.
std::optional<Timestamp> modified_at(std::string_view text) {
  static constexpr std::array<std::string_view, 12> months = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 17 || text[2] != '-' || text[6] != '-' || text[11] != ' ' || text[14] != ':') {
    return std::nullopt;
  }
  const auto month = std::find(months.begin(), months.end(), text.substr(3, 3));
  const auto parsed = parse_timestamp(fmt::format("{}-{:02}-{}T{}:00Z",
                                                  text.substr(7, 4),
                                                  month - months.begin() + 1,
                                                  text.substr(0, 2),
                                                  text.substr(12)));
  return month != months.end() && parsed ? std::optional(*parsed) : std::nullopt;
}

} // namespace

Result<std::vector<BulkFile>> parse_bulk_listing(std::string_view text,
                                                 std::string_view source_name) {
  TRY_ASSIGN(const JsonAnswer answer, JsonAnswer::read(text, source_name));
  TRY_ASSIGN(const json* const files, answer.array("files"));
  std::vector<BulkFile> listing;
  for (const json& entry : *files) {
    std::string name = entry.is_object() ? text_of(entry, "justFileName") : std::string{};
    if (name.empty() && entry.is_object()) {
      name = text_of(entry, "name");
    }
    if (name.empty()) {
      return answer.bad(fmt::format("entry {} of 'files' has no name", listing.size() + 1));
    }
    BulkFile file;
    file.name = std::move(name);
    file.link = text_of(entry, "link");
    file.folder = entry.value("folder", json(false)) == json(true);
    file.modified = modified_at(text_of(entry, "formattedLastModifiedTime"));
    file.size = static_cast<std::uint64_t>(std::max<std::int64_t>(number_of(entry, "size").value_or(0), 0));
    listing.push_back(std::move(file));
  }
  return listing;
}

std::vector<int> bulk_years(const std::vector<BulkFile>& listing) {
  std::vector<int> years;
  for (const BulkFile& file : listing) {
    const auto year = number_in(file.name);
    if (file.folder && year && file.name.size() == 4) {
      years.push_back(*year);
    }
  }
  std::sort(years.begin(), years.end());
  return years;
}

std::vector<int> bulk_cfr_volumes(const std::vector<BulkFile>& listing, int year, int title) {
  const std::string front = fmt::format("CFR-{}-title{}-vol", year, title);
  std::vector<int> volumes;
  for (const BulkFile& file : listing) {
    const std::string_view name = file.name;
    if (file.folder || !name.starts_with(front) || !name.ends_with(".xml")) {
      continue;
    }
    if (const auto volume = number_in(name.substr(front.size(), name.size() - front.size() - 4))) {
      volumes.push_back(*volume);
    }
  }
  std::sort(volumes.begin(), volumes.end());
  volumes.erase(std::unique(volumes.begin(), volumes.end()), volumes.end());
  return volumes;
}

} // namespace regtrail::parse
