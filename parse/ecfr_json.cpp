#include "parse/ecfr_json.hpp"

#include "model/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <optional>
#include <string>

namespace regtrail::parse {
namespace {

using nlohmann::json;

/// One answer being read: every complaint names its source and the place inside it.
class Answer {
public:
  Answer(json root, std::string_view source_name)
      : m_root(std::move(root)),
        m_source_name(source_name) {}

  static Result<Answer> read(std::string_view text, std::string_view source_name) {
    json root = json::parse(text, nullptr, false);
    if (root.is_discarded()) {
      return fail(
          ErrorKind::malformed,
          fmt::format("cannot read '{}': not JSON ({} bytes, beginning '{}'); the answer is "
                      "kept as received, the next sync asks again",
                      source_name,
                      text.size(),
                      printable(text.substr(0, 40))));
    }
    return Answer(std::move(root), source_name);
  }

  [[nodiscard]] tl::unexpected<Error> bad(const std::string& what) const {
    return fail(ErrorKind::malformed,
                fmt::format("cannot read '{}': {}; the answer is kept as received, the next sync "
                            "asks again",
                            m_source_name,
                            what));
  }

  [[nodiscard]] const json& root() const { return m_root; }

  /// The array `key` of the root; a service's own error message otherwise.
  [[nodiscard]] Result<const json*> array(const char* key) const {
    if (!m_root.is_object()) {
      return bad(fmt::format("expected an object with '{}', got {}", key, m_root.type_name()));
    }
    const auto found = m_root.find(key);
    if (found == m_root.end()) {
      for (const char* complaint : {"error", "errors", "message"}) {
        if (m_root.contains(complaint)) {
          return bad(fmt::format("the service says '{}'",
                                 printable(m_root[complaint].dump()).substr(0, 200)));
        }
      }
      return bad(fmt::format("expected '{}'", key));
    }
    if (!found->is_array()) {
      return bad(fmt::format("expected '{}' to be an array, got {}", key, found->type_name()));
    }
    return &*found;
  }

private:
  json m_root;
  std::string m_source_name;
};

/// A string, or a number or boolean as text; "" for null and absent keys.
std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) {
    return {};
  }
  return found->is_string() ? found->get<std::string>() : found->dump();
}

/// Numbers come as numbers or as strings of digits (sources.md 1.3).
std::optional<std::int64_t> number_of(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) {
    return std::nullopt;
  }
  if (found->is_number_integer()) {
    return found->get<std::int64_t>();
  }
  if (found->is_string()) {
    const auto& text = found->get_ref<const std::string&>();
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) {
      return value;
    }
  }
  return std::nullopt;
}

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

/// nullopt for null, absent and what is no date; dates with a time behind them are cut.
std::optional<Date> date_of_key(const json& object, const char* key) {
  const auto date = Date::parse(std::string_view(text_of(object, key)).substr(0, 10));
  return date ? std::optional<Date>(*date) : std::nullopt;
}

Citation unit_of(const std::string& title, const std::string& type, std::string identifier) {
  return type == "appendix" ? Citation::appendix(title, std::move(identifier))
                            : Citation::section(title, std::move(identifier));
}

std::string trimmed(std::string text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

} // namespace

Result<Titles> parse_titles(std::string_view text, std::string_view source_name) {
  const auto answer = Answer::read(text, source_name);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  const auto rows = answer->array("titles");
  if (!rows) {
    return tl::unexpected(rows.error());
  }
  Titles titles;
  for (const json& row : **rows) {
    const auto number = row.is_object() ? number_of(row, "number") : std::nullopt;
    if (!number || *number < 1 || *number > 50) {
      return answer->bad(
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
  const auto meta = answer->root().find("meta");
  if (meta != answer->root().end() && meta->is_object()) {
    titles.date = date_of_key(*meta, "date");
    titles.import_in_progress = flag_of(*meta, "import_in_progress", false);
  }
  return titles;
}

Result<VersionsPage> parse_versions(std::string_view text, std::string_view source_name) {
  const auto answer = Answer::read(text, source_name);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  const auto rows = answer->array("content_versions");
  if (!rows) {
    return tl::unexpected(rows.error());
  }
  VersionsPage page;
  for (const json& row : **rows) {
    const auto here = [&] {
      return fmt::format("row {} of 'content_versions'", page.rows.size() + 1);
    };
    if (!row.is_object()) {
      return answer->bad(fmt::format("{} is {}", here(), row.type_name()));
    }
    const std::string identifier = text_of(row, "identifier");
    const auto issue_date = date_of_key(row, "issue_date");
    if (identifier.empty() || !issue_date) {
      return answer->bad(fmt::format("{} lacks an identifier or an issue_date", here()));
    }
    VersionRow version;
    version.unit = unit_of(text_of(row, "title"), text_of(row, "type"), identifier);
    version.name = text_of(row, "name");
    version.part = text_of(row, "part");
    version.issue_date = *issue_date;
    version.amendment_date = date_of_key(row, "amendment_date");
    version.substantive = flag_of(row, "substantive", true);
    version.removed = flag_of(row, "removed", false);
    page.rows.push_back(std::move(version));
  }
  const auto meta = answer->root().find("meta");
  if (meta != answer->root().end() && meta->is_object()) {
    if (const auto count = number_of(*meta, "result_count")) {
      page.result_count = static_cast<int>(*count);
    }
    if (const auto pages = number_of(*meta, "total_pages")) {
      page.total_pages = static_cast<int>(*pages);
    }
  }
  return page;
}

Result<std::vector<EcfrCorrection>> parse_corrections(std::string_view text,
                                                      std::string_view source_name) {
  const auto answer = Answer::read(text, source_name);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  const auto rows = answer->array("ecfr_corrections");
  if (!rows) {
    return tl::unexpected(rows.error());
  }
  std::vector<EcfrCorrection> corrections;
  for (const json& row : **rows) {
    if (!row.is_object()) {
      return answer->bad(
          fmt::format("correction {} is {}", corrections.size() + 1, row.type_name()));
    }
    EcfrCorrection correction;
    correction.id = number_of(row, "id").value_or(0);
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
    corrections.push_back(std::move(correction));
  }
  return corrections;
}

} // namespace regtrail::parse
