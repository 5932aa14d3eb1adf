#include "parse/register_toml.hpp"

#include "model/cfr_pattern.hpp"
#include "model/characters.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>

namespace regtrail::parse {

namespace {

/// Collects into a register; the first trouble ends it.
class RegisterReader {
public:
  explicit RegisterReader(std::string_view source_name) : m_source(source_name) {}

  Result<Register> read(const toml::table& root);

private:
  using Line = toml::source_index;

  template<typename... Parts>
  void trouble(Line line, fmt::format_string<Parts...> format, Parts&&... parts) {
    if (!m_error) {
      m_error = Error{
          ErrorKind::malformed,
          fmt::format(
              "{}:{}: {}", m_source, line, fmt::format(format, std::forward<Parts>(parts)...))};
    }
  }

  void check_keys(const toml::table& table,
                  std::string_view place,
                  std::initializer_list<std::string_view> known);
  const toml::array* tables(const toml::table& root, std::string_view key);
  void read_rules(const toml::table& root);
  void read_number(const toml::table& table, std::string_view key, double& value);
  void read_string(const toml::table& table, std::string_view key, std::string& value);
  void require(const toml::table& table, std::string_view place, std::string_view key);
  void
  read_strings(const toml::table& table, std::string_view key, std::vector<std::string>& values);
  void check_id(const toml::table& table, std::string_view place, const std::string& id);
  CategoryGroup read_group(const toml::table& table);
  Category read_category(const toml::table& table);
  void check_category(const toml::table& table, const Category& category);
  void check_strings(const toml::table& table,
                     std::string_view key,
                     bool (*good)(std::string_view),
                     std::string_view remedy);

  std::string m_source;
  std::optional<Error> m_error;
  Register m_register;
  std::map<std::string, Line> m_ids; ///< "category vacuum-valves" -> where it stands
};

/// "vacuum-valves": lower-case words and digits joined by single hyphens.
bool is_kebab_case(std::string_view id) {
  if (id.empty() || id.front() == '-' || id.back() == '-' ||
      id.find("--") != std::string_view::npos) {
    return false;
  }
  return std::all_of(
      id.begin(), id.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

/// "3B001", "3B001.c.1.a".
bool is_eccn_prefix(std::string_view text) {
  if (!is_eccn(text.substr(0, 5))) {
    return false;
  }
  text.remove_prefix(5);
  while (!text.empty()) {
    if (text.front() != '.') {
      return false;
    }
    text.remove_prefix(1);
    const auto step = text.substr(0, text.find('.'));
    if (!(step.size() == 1 && is_lower(step[0])) && !(all_digits(step) && step.size() <= 2)) {
      return false;
    }
    text.remove_prefix(step.size());
  }
  return true;
}

/// "8486", "8486.20", "8486.20.00".
bool is_hs_code(std::string_view text) {
  std::size_t expected = 4;
  while (true) {
    const auto digits = text.substr(0, text.find('.'));
    if (!all_digits(digits) || digits.size() != expected) {
      return false;
    }
    if (digits.size() == text.size()) {
      return true;
    }
    text.remove_prefix(digits.size() + 1);
    expected = 2;
  }
}

bool is_cfr_place(std::string_view text) {
  return parse_cfr_pattern(text).has_value();
}

bool is_term(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

bool is_evidence(std::string_view text) {
  return text.empty() || text == "ecfr" || text == "partial" || text == "gk" || text == "user";
}

void RegisterReader::check_keys(const toml::table& table,
                                std::string_view place,
                                std::initializer_list<std::string_view> known) {
  for (const auto& [key, node] : table) {
    if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
      trouble(key.source().begin.line,
              "unknown key '{}' in {} (known: {})",
              key.str(),
              place,
              fmt::join(known, ", "));
    }
  }
}

const toml::array* RegisterReader::tables(const toml::table& root, std::string_view key) {
  const auto* node = root.get(key);
  if (node == nullptr) {
    return nullptr;
  }
  const auto* array = node->as_array();
  if (array == nullptr || !array->is_homogeneous(toml::node_type::table)) {
    trouble(node->source().begin.line, "'{}' is no list of tables (write [[{}]])", key, key);
    return nullptr;
  }
  return array;
}

void RegisterReader::read_number(const toml::table& table, std::string_view key, double& value) {
  const auto* node = table.get(key);
  if (node == nullptr) {
    return;
  }
  const auto number = node->value<double>();
  if (!node->is_number() || !number) {
    trouble(node->source().begin.line, "'{}' is no number", key);
  } else if (!(*number >= 0.0 && *number <= 1.0)) {
    trouble(node->source().begin.line, "{} = {} is outside 0 to 1", key, *number);
  } else {
    value = *number;
  }
}

void RegisterReader::read_string(const toml::table& table,
                                 std::string_view key,
                                 std::string& value) {
  const auto* node = table.get(key);
  if (node == nullptr) {
    return;
  }
  if (const auto text = node->value_exact<std::string>()) {
    value = *text;
  } else {
    trouble(node->source().begin.line, "'{}' is no string (put it in quotes)", key);
  }
}

void RegisterReader::require(const toml::table& table,
                             std::string_view place,
                             std::string_view key) {
  if (table.get(key) == nullptr) {
    trouble(table.source().begin.line, "{} without '{}' (add {} = \"...\")", place, key, key);
  }
}

void RegisterReader::read_strings(const toml::table& table,
                                  std::string_view key,
                                  std::vector<std::string>& values) {
  const auto* node = table.get(key);
  if (node == nullptr) {
    return;
  }
  const auto* array = node->as_array();
  if (array == nullptr) {
    trouble(node->source().begin.line, "'{}' is no list (write {} = [\"...\"])", key, key);
    return;
  }
  for (const auto& element : *array) {
    if (const auto text = element.value_exact<std::string>()) {
      values.push_back(*text);
    } else {
      trouble(element.source().begin.line, "'{}' holds something that is no string", key);
    }
  }
}

void RegisterReader::check_id(const toml::table& table,
                              std::string_view place,
                              const std::string& id) {
  const auto* node = table.get("id");
  const Line line = node == nullptr ? table.source().begin.line : node->source().begin.line;
  if (!is_kebab_case(id)) {
    trouble(line, "id '{}' is not kebab-case (lower-case words joined by hyphens)", id);
  }
  const auto [first, fresh] = m_ids.emplace(fmt::format("{} {}", place, id), line);
  if (!fresh) {
    trouble(line, "{} id '{}' is taken by line {} (choose another)", place, id, first->second);
  }
}

void RegisterReader::read_rules(const toml::table& root) {
  const auto* node = root.get("matching");
  if (node == nullptr) {
    return;
  }
  const auto* table = node->as_table();
  if (table == nullptr) {
    trouble(node->source().begin.line, "'matching' is no table (write [matching])");
    return;
  }
  check_keys(*table,
             "[matching]",
             {"eccn_hit_weight",
              "ear_term_hit_weight",
              "cfr_hit_weight",
              "hs_hit_weight",
              "false_positive_penalty",
              "min_score_flag",
              "min_score_mention",
              "proximity_window_tokens"});
  auto& rules = m_register.rules;
  read_number(*table, "eccn_hit_weight", rules.eccn_hit_weight);
  read_number(*table, "ear_term_hit_weight", rules.ear_term_hit_weight);
  read_number(*table, "cfr_hit_weight", rules.cfr_hit_weight);
  read_number(*table, "hs_hit_weight", rules.hs_hit_weight);
  read_number(*table, "false_positive_penalty", rules.false_positive_penalty);
  read_number(*table, "min_score_flag", rules.min_score_flag);
  read_number(*table, "min_score_mention", rules.min_score_mention);
  if (rules.min_score_mention > rules.min_score_flag) {
    trouble(table->source().begin.line,
            "min_score_mention {} is above min_score_flag {} (lower it)",
            rules.min_score_mention,
            rules.min_score_flag);
  }
  if (const auto* window = table->get("proximity_window_tokens")) {
    const auto tokens = window->value_exact<std::int64_t>();
    constexpr std::int64_t widest = 10000;
    if (!tokens || *tokens < 0 || *tokens > widest) {
      trouble(window->source().begin.line,
              "'proximity_window_tokens' is no whole number from 0 to {}",
              widest);
    } else {
      rules.proximity_window_tokens = static_cast<int>(*tokens);
    }
  }
}

CategoryGroup RegisterReader::read_group(const toml::table& table) {
  check_keys(table, "[[group]]", {"id", "label_en", "label_ja"});
  CategoryGroup group;
  require(table, "group", "id");
  read_string(table, "id", group.id);
  read_string(table, "label_en", group.label_en);
  read_string(table, "label_ja", group.label_ja);
  check_id(table, "group", group.id);
  return group;
}

Category RegisterReader::read_category(const toml::table& table) {
  check_keys(table,
             "[[category]]",
             {"id",
              "label_en",
              "label_ja",
              "group",
              "seed",
              "terms_en",
              "ear_terms",
              "terms_ja",
              "eccn",
              "cfr",
              "hs",
              "require_any",
              "false_positives",
              "weight",
              "evidence",
              "note"});
  Category category;
  for (const std::string_view key : {"id", "label_en"}) {
    require(table, "category", key);
  }
  read_string(table, "id", category.id);
  read_string(table, "label_en", category.label_en);
  read_string(table, "label_ja", category.label_ja);
  read_string(table, "group", category.group);
  read_string(table, "evidence", category.evidence);
  read_string(table, "note", category.note);
  if (const auto* seed = table.get("seed")) {
    const auto value = seed->value_exact<bool>();
    if (!value) {
      trouble(seed->source().begin.line, "'seed' is neither true nor false");
    }
    category.seed = value.value_or(false);
  }
  read_number(table, "weight", category.weight);
  read_strings(table, "terms_en", category.terms_en);
  read_strings(table, "ear_terms", category.ear_terms);
  read_strings(table, "terms_ja", category.terms_ja);
  read_strings(table, "eccn", category.eccn);
  read_strings(table, "cfr", category.cfr);
  read_strings(table, "hs", category.hs);
  read_strings(table, "require_any", category.require_any);
  read_strings(table, "false_positives", category.false_positives);
  check_category(table, category);
  return category;
}

void RegisterReader::check_strings(const toml::table& table,
                                   std::string_view key,
                                   bool (*good)(std::string_view),
                                   std::string_view remedy) {
  const auto* node = table.get(key);
  const auto* array = node == nullptr ? nullptr : node->as_array();
  if (array == nullptr) {
    return;
  }
  for (const auto& element : *array) {
    const auto text = element.value_exact<std::string>();
    if (text && !good(*text)) {
      trouble(element.source().begin.line, "{} \"{}\" is {}", key, *text, remedy);
    }
  }
}

void RegisterReader::check_category(const toml::table& table, const Category& category) {
  check_id(table, "category", category.id);
  const auto* group = table.get("group");
  if (group != nullptr && m_ids.count("group " + category.group) == 0) {
    trouble(group->source().begin.line,
            "group '{}' is not defined (add a [[group]] with this id)",
            category.group);
  }
  for (const std::string_view key :
       {"terms_en", "ear_terms", "terms_ja", "require_any", "false_positives"}) {
    check_strings(table, key, is_term, "an empty term (remove it)");
  }
  check_strings(
      table, "eccn", is_eccn_prefix, "not an ECCN (digit, letter A-E, three digits, e.g. 3B001)");
  check_strings(table,
                "cfr",
                is_cfr_place,
                "no place in the CFR (e.g. 744.23(a)(4), 736 Supp. 1, 742, 48 CFR 1-53)");
  check_strings(table, "hs", is_hs_code, "no HS heading (four digits, e.g. 8486 or 8486.20)");
  if (!is_evidence(category.evidence)) {
    trouble(table.get("evidence")->source().begin.line,
            "evidence '{}' is unknown (one of ecfr, partial, gk, user)",
            category.evidence);
  }
  if (category.terms_en.empty() && category.ear_terms.empty() && category.terms_ja.empty() &&
      category.eccn.empty() && category.cfr.empty()) {
    trouble(table.source().begin.line,
            "category '{}' can never match (give it terms, eccn or cfr)",
            category.id);
  }
}

Result<Register> RegisterReader::read(const toml::table& root) {
  check_keys(root, "the register", {"schema_version", "as_of", "matching", "group", "category"});
  if (const auto* version = root.get("schema_version")) {
    if (version->value_exact<std::int64_t>() != 1) {
      trouble(version->source().begin.line,
              "'schema_version' is not 1, the only one this program reads");
    }
  }
  if (const auto* as_of = root.get("as_of"); as_of != nullptr && !as_of->is_date()) {
    trouble(as_of->source().begin.line, "'as_of' is no date (write as_of = 2026-07-23)");
  }
  read_rules(root);
  if (const auto* groups = tables(root, "group")) {
    for (const auto& group : *groups) {
      m_register.groups.push_back(read_group(*group.as_table()));
    }
  }
  if (const auto* categories = tables(root, "category")) {
    for (const auto& category : *categories) {
      m_register.categories.push_back(read_category(*category.as_table()));
    }
  }
  if (m_error) {
    return tl::make_unexpected(std::move(*m_error));
  }
  return std::move(m_register);
}

/// A TOML basic string.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20U || byte == 0x7fU) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

void write_strings(std::string& out, std::string_view key, const std::vector<std::string>& values) {
  if (values.empty()) {
    return;
  }
  out += fmt::format("{} = [", key);
  std::string_view joint;
  for (const auto& value : values) {
    out += joint;
    out += quoted(value);
    joint = ", ";
  }
  out += "]\n";
}

void write_string(std::string& out, std::string_view key, std::string_view value) {
  if (!value.empty()) {
    out += fmt::format("{} = {}\n", key, quoted(value));
  }
}

} // namespace

Result<Register> parse_register(std::string_view toml, std::string_view source_name) {
  try {
    return RegisterReader(source_name).read(toml::parse(toml, source_name));
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::malformed,
                fmt::format("{}:{}: {} (this is a matter of TOML, not of its content)",
                            source_name,
                            error.source().begin.line,
                            error.description()));
  }
}

std::string category_to_toml(const Category& category) {
  std::string out = "[[category]]\n";
  write_string(out, "id", category.id);
  out += fmt::format("label_en = {}\n", quoted(category.label_en));
  write_string(out, "label_ja", category.label_ja);
  write_string(out, "group", category.group);
  out += fmt::format("seed = {}\n", category.seed);
  write_strings(out, "terms_en", category.terms_en);
  write_strings(out, "ear_terms", category.ear_terms);
  write_strings(out, "terms_ja", category.terms_ja);
  write_strings(out, "eccn", category.eccn);
  write_strings(out, "cfr", category.cfr);
  write_strings(out, "hs", category.hs);
  write_strings(out, "require_any", category.require_any);
  write_strings(out, "false_positives", category.false_positives);
  // TOML's 1 is an integer; the shortest form that reads back is kept for everything else.
  const auto weight = fmt::format("{}", category.weight);
  out += fmt::format(
      "weight = {}{}\n", weight, weight.find_first_of(".e") == std::string::npos ? ".0" : "");
  write_string(out, "evidence", category.evidence);
  write_string(out, "note", category.note);
  return out;
}

} // namespace regtrail::parse
