#include "parse/ecfr_json.hpp"

#include "parse/json_answer.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

namespace regtrail::parse {
namespace {

using nlohmann::json;

/// true, "true" and 1 are true; everything else, absence included, is `otherwise` or false.
bool flag_of(const json& object, const char* key, bool otherwise) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) {
    return otherwise;
  }
  if (found->is_boolean()) {
    return found->get<bool>();
  }
  return *found == "true" || *found == 1;
}

Citation unit_of(const std::string& title, const std::string& type, std::string identifier) {
  return type == "appendix" ? Citation::appendix(title, std::move(identifier))
                            : Citation::section(title, std::move(identifier));
}

/// The message of an error says only what is wrong.
Result<VersionRow> version_of(const json& row) {
  if (!row.is_object()) {
    return fail(ErrorKind::malformed, fmt::format("is {}", row.type_name()));
  }
  const std::string identifier = text_of(row, "identifier");
  const auto issue_date = date_of_key(row, "issue_date");
  if (identifier.empty() || !issue_date) {
    return fail(ErrorKind::malformed, "lacks an identifier or an issue_date");
  }
  VersionRow version;
  version.unit = unit_of(text_of(row, "title"), text_of(row, "type"), identifier);
  version.name = text_of(row, "name");
  version.part = text_of(row, "part");
  version.issue_date = *issue_date;
  version.amendment_date = date_of_key(row, "amendment_date");
  version.substantive = flag_of(row, "substantive", true);
  version.removed = flag_of(row, "removed", false);
  return version;
}

Result<EcfrCorrection> correction_of(const json& row) {
  if (!row.is_object()) {
    return fail(ErrorKind::malformed, fmt::format("is {}", row.type_name()));
  }
  const auto id = number_of(row, "id");
  if (!id) {
    return fail(ErrorKind::malformed, "lacks an id");
  }
  EcfrCorrection correction;
  correction.id = *id;
  correction.action = trimmed(text_of(row, "corrective_action"));
  correction.occurred = date_of_key(row, "error_occurred");
  correction.corrected = date_of_key(row, "error_corrected");
  correction.fr_citation = text_of(row, "fr_citation");
  const auto references = row.find("cfr_references");
  if (references != row.end() && references->is_array()) {
    for (const json& reference : *references) {
      if (reference.is_object()) {
        correction.references.push_back(text_of(reference, "cfr_reference"));
      }
    }
  }
  return correction;
}

} // namespace

Result<Titles> parse_titles(std::string_view text, std::string_view source_name) {
  TRY_ASSIGN(const JsonAnswer answer, JsonAnswer::read(text, source_name));
  TRY_ASSIGN(const json* const rows, answer.array("titles"));
  Titles titles;
  for (const json& row : *rows) {
    const auto number = row.is_object() ? number_of(row, "number") : std::nullopt;
    if (!number || *number < 1 || *number > 50) {
      return answer.bad(
          fmt::format("title {} has no number from 1 to 50", titles.titles.size() + 1));
    }
    TitleState title;
    title.number = static_cast<int>(*number);
    title.name = text_of(row, "name");
    title.latest_amended_on = date_of_key(row, "latest_amended_on");
    title.latest_issue_date = date_of_key(row, "latest_issue_date");
    title.up_to_date_as_of = date_of_key(row, "up_to_date_as_of");
    title.reserved = flag_of(row, "reserved", false);
    title.processing_in_progress = flag_of(row, "processing_in_progress", false);
    titles.titles.push_back(std::move(title));
  }
  const auto meta = answer.root().find("meta");
  if (meta != answer.root().end() && meta->is_object()) {
    titles.date = date_of_key(*meta, "date");
    titles.import_in_progress = flag_of(*meta, "import_in_progress", false);
  }
  return titles;
}

Result<VersionsAnswer> parse_versions(std::string_view text, std::string_view source_name) {
  TRY_ASSIGN(const JsonAnswer answer, JsonAnswer::read(text, source_name));
  TRY_ASSIGN(const json* const rows, answer.array("content_versions"));
  VersionsAnswer read;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    auto version = version_of((*rows)[i]);
    if (version) {
      read.page.rows.push_back(std::move(*version));
    } else {
      read.unreadable.push_back(
          fmt::format("row {} of 'content_versions' {}", i + 1, version.error().message));
    }
  }
  if (read.page.rows.empty() && !read.unreadable.empty()) {
    return answer.bad(read.unreadable.front());
  }
  const auto meta = answer.root().find("meta");
  if (meta != answer.root().end() && meta->is_object()) {
    if (const auto count = number_of(*meta, "result_count")) {
      read.page.result_count = static_cast<int>(*count);
    }
    if (const auto pages = number_of(*meta, "total_pages")) {
      read.page.total_pages = static_cast<int>(*pages);
    }
  }
  return read;
}

Result<CorrectionsAnswer> parse_corrections(std::string_view text, std::string_view source_name) {
  TRY_ASSIGN(const JsonAnswer answer, JsonAnswer::read(text, source_name));
  TRY_ASSIGN(const json* const rows, answer.array("ecfr_corrections"));
  CorrectionsAnswer read;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    auto correction = correction_of((*rows)[i]);
    if (correction) {
      read.entries.push_back({std::move(*correction),
                              (*rows)[i].dump(-1, ' ', false, json::error_handler_t::replace)});
    } else {
      read.unreadable.push_back(fmt::format("correction {} {}", i + 1, correction.error().message));
    }
  }
  if (read.entries.empty() && !read.unreadable.empty()) {
    return answer.bad(read.unreadable.front());
  }
  return read;
}

} // namespace regtrail::parse
