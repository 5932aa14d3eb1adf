#include "parse/register_toml.hpp"

#include "parse/register_fields.hpp"
#include "parse/register_values_internal.hpp"
#include "parse/toml_depth.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <map>
#include <optional>
#include <type_traits>
#include <utility>

namespace regtrail::parse {

namespace {

/// Collects texts into a register; the first trouble ends it.
class RegisterReader {
public:
  void read(const RegisterText& text);
  Result<Register> finish();

private:
  using Line = toml::source_index;

  struct Place {
    std::string source;
    Line line = 0;
  };

  /// An entry or point, and another entry that it names.
  struct Reference {
    Place place;
    std::string from; ///< "product 'vx-200'"
    EntryKind kind = EntryKind::category;
    std::string id;
  };

  template<typename... Parts>
  void trouble(Line line, fmt::format_string<Parts...> format, Parts&&... parts) {
    trouble_at({m_source, line}, fmt::format(format, std::forward<Parts>(parts)...));
  }

  void trouble_at(const Place& place, const std::string& what) {
    if (!m_error) {
      m_error =
          Error{ErrorKind::malformed, fmt::format("{}:{}: {}", place.source, place.line, what)};
    }
  }

  void check_keys(const toml::table& table,
                  std::string_view place,
                  const std::vector<std::string_view>& known);
  const toml::array* tables(const toml::table& root, std::string_view key);
  void read_root(const toml::table& root);
  void read_home(const toml::table& root);
  void read_rules(const toml::table& root);
  void read_number(const toml::node& node, std::string_view key, double most, double& value);
  std::optional<std::string> read_string(const toml::node& node, std::string_view key);
  void read_rule(const toml::table& table, std::string_view key, double& value);
  CategoryGroup read_group(const toml::table& table);
  WatchPoint read_point(const toml::table& table);
  void refer(const toml::table& table,
             std::string_view key,
             const std::string& from,
             EntryKind kind,
             const std::vector<std::string>& ids);
  template<typename Entry>
  void read_entries(const toml::table& root);
  template<typename Entry>
  Entry read_entry(const toml::table& table);
  void check_id(const toml::table& table,
                std::string_view what,
                const std::string& id,
                std::map<std::string, Place>& taken);
  template<typename Entry>
  void check_references(const toml::table& table, const Entry& entry);

  void read_value(const toml::node& node, std::string_view key, std::string& value);
  void read_value(const toml::node& node, std::string_view key, double& value);
  void read_value(const toml::node& node, std::string_view key, bool& value);
  void read_value(const toml::node& node, std::string_view key, std::optional<double>& value);
  void read_value(const toml::node& node, std::string_view key, std::optional<bool>& value);
  void read_value(const toml::node& node, std::string_view key, std::vector<Owner>& values);
  void read_value(const toml::node& node, std::string_view key, std::vector<Parameter>& values);
  void read_value(const toml::node& node, std::string_view key, std::vector<std::string>& values);

  std::string m_source;
  std::optional<Error> m_error;
  Register m_register;
  std::map<std::string, Place> m_ids;
  std::map<std::string, Place> m_groups;
  std::map<std::string, Place> m_points;
  std::vector<Reference> m_references;
};

void RegisterReader::check_keys(const toml::table& table,
                                std::string_view place,
                                const std::vector<std::string_view>& known) {
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

void RegisterReader::read_number(const toml::node& node,
                                 std::string_view key,
                                 double most,
                                 double& value) {
  const auto number = node.value<double>();
  if (!node.is_number() || !number) {
    trouble(node.source().begin.line, "'{}' is no number", key);
  } else if (!(*number >= 0.0 && *number <= most)) {
    trouble(node.source().begin.line, "{} = {} is outside 0 to {}", key, *number, most);
  } else {
    value = *number;
  }
}

std::optional<std::string> RegisterReader::read_string(const toml::node& node,
                                                       std::string_view key) {
  auto text = node.value_exact<std::string>();
  if (!text) {
    trouble(node.source().begin.line, "'{}' is no string (put it in quotes)", key);
  }
  return text;
}

void RegisterReader::read_value(const toml::node& node, std::string_view key, std::string& value) {
  value = read_string(node, key).value_or("");
}

void RegisterReader::read_value(const toml::node& node, std::string_view key, double& value) {
  read_number(node, key, 1.0, value);
}

void RegisterReader::read_value(const toml::node& node, std::string_view key, bool& value) {
  const auto flag = node.value_exact<bool>();
  if (!flag) {
    trouble(node.source().begin.line, "'{}' is neither true nor false", key);
  }
  value = flag.value_or(false);
}

void RegisterReader::read_value(const toml::node& node,
                                std::string_view key,
                                std::optional<double>& value) {
  read_number(node, key, 100.0, value.emplace());
}

void RegisterReader::read_value(const toml::node& node,
                                std::string_view key,
                                std::optional<bool>& value) {
  read_value(node, key, value.emplace());
}

void RegisterReader::read_value(const toml::node& node,
                                std::string_view key,
                                std::vector<std::string>& values) {
  const auto* array = node.as_array();
  if (array == nullptr) {
    trouble(node.source().begin.line, "'{}' is no list (write {} = [\"...\"])", key, key);
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

void RegisterReader::read_value(const toml::node& node,
                                std::string_view key,
                                std::vector<Parameter>& values) {
  std::vector<std::string> texts;
  read_value(node, key, texts);
  std::transform(texts.begin(), texts.end(), std::back_inserter(values), parse_parameter);
}

void RegisterReader::read_value(const toml::node& node,
                                std::string_view key,
                                std::vector<Owner>& values) {
  const auto* array = node.as_array();
  const bool good = array != nullptr && (array->empty() || array->is_homogeneous<toml::table>());
  if (!good) {
    trouble(node.source().begin.line,
            "'{}' is no list of owners (write {} = [{{ name = \"...\", percent = 60 }}])",
            key,
            key);
    return;
  }
  for (const auto& element : *array) {
    const auto& table = *element.as_table();
    check_keys(table, key, {"name", "percent"});
    Owner owner;
    if (const auto* name = table.get("name")) {
      owner.name = read_string(*name, "name").value_or("");
    }
    if (!is_term(owner.name)) {
      trouble(table.source().begin.line, "an owner without a name (add name = \"...\")");
    }
    if (const auto* percent = table.get("percent")) {
      read_value(*percent, "percent", owner.percent);
    }
    values.push_back(std::move(owner));
  }
}

void RegisterReader::check_id(const toml::table& table,
                              std::string_view what,
                              const std::string& id,
                              std::map<std::string, Place>& taken) {
  const auto* node = table.get("id");
  const Line line = node == nullptr ? table.source().begin.line : node->source().begin.line;
  if (!is_kebab_case(id)) {
    trouble(line, "id '{}' is not kebab-case (lower-case words joined by hyphens)", id);
  }
  const auto [first, fresh] = taken.emplace(id, Place{m_source, line});
  if (!fresh) {
    const Place& other = first->second;
    const auto where = other.source == m_source ? fmt::format("line {}", other.line)
                                                : fmt::format("{}:{}", other.source, other.line);
    trouble(line, "{} id '{}' is taken by {} (choose another)", what, id, where);
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
  read_rule(*table, "eccn_hit_weight", rules.eccn_hit_weight);
  read_rule(*table, "ear_term_hit_weight", rules.ear_term_hit_weight);
  read_rule(*table, "cfr_hit_weight", rules.cfr_hit_weight);
  read_rule(*table, "hs_hit_weight", rules.hs_hit_weight);
  read_rule(*table, "false_positive_penalty", rules.false_positive_penalty);
  read_rule(*table, "min_score_flag", rules.min_score_flag);
  read_rule(*table, "min_score_mention", rules.min_score_mention);
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

void RegisterReader::read_rule(const toml::table& table, std::string_view key, double& value) {
  if (const auto* node = table.get(key)) {
    read_number(*node, key, 1.0, value);
  }
}

CategoryGroup RegisterReader::read_group(const toml::table& table) {
  check_keys(table, "[[group]]", {"id", "label_en", "label_ja"});
  CategoryGroup group;
  const auto read = [&](std::string_view key, std::string& value) {
    if (const auto* node = table.get(key)) {
      read_value(*node, key, value);
    }
  };
  read("id", group.id);
  read("label_en", group.label_en);
  read("label_ja", group.label_ja);
  check_id(table, "group", group.id, m_groups);
  return group;
}

WatchPoint RegisterReader::read_point(const toml::table& table) {
  WatchPoint point;
  const std::vector<std::pair<std::string_view, std::string*>> texts{
      {"id", &point.id},
      {"label_en", &point.label_en},
      {"label_ja", &point.label_ja},
      {"sentence", &point.sentence},
      {"source", &point.source},
      {"day", &point.day},
  };
  const std::vector<std::pair<std::string_view, std::vector<std::string>*>> lists{
      {"watches", &point.watches},
      {"categories", &point.categories},
      {"terms", &point.terms},
  };
  std::vector<std::string_view> keys;
  for (const auto& [key, value] : texts) {
    keys.push_back(key);
    if (const auto* node = table.get(key)) {
      read_value(*node, key, *value);
    }
  }
  for (const auto& [key, value] : lists) {
    keys.push_back(key);
    if (const auto* node = table.get(key)) {
      read_value(*node, key, *value);
    }
  }
  check_keys(table, "[[point]]", keys);
  check_id(table, "point", point.id, m_points);
  const Line line = table.source().begin.line;
  const std::string name = fmt::format("point '{}'", point.id);
  if (point.label_en.empty()) {
    trouble(line, "{} has no label (add label_en = \"...\")", name);
  }
  if (!is_day(point.day)) {
    trouble(line, "day \"{}\" of {} is no date (write day = \"2025-07-23\")", point.day, name);
  }
  if (point.watches.empty() && point.categories.empty()) {
    trouble(line, "{} can never show (give it watches or categories)", name);
  }
  refer(table, "watches", name, EntryKind::watch, point.watches);
  return point;
}

void RegisterReader::refer(const toml::table& table,
                           std::string_view key,
                           const std::string& from,
                           EntryKind kind,
                           const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    m_references.push_back({{m_source, table.get(key)->source().begin.line}, from, kind, id});
  }
}

template<typename Entry>
Entry RegisterReader::read_entry(const toml::table& table) {
  const auto kind = to_string(EntryTraits<Entry>::kind);
  const auto& fields = register_fields<Entry>();
  std::vector<std::string_view> keys(fields.size());
  std::transform(
      fields.begin(), fields.end(), keys.begin(), [](const auto& field) { return field.key; });
  check_keys(table, fmt::format("[[{}]]", kind), keys);
  Entry entry;
  for (const auto& field : fields) {
    const auto* node = table.get(field.key);
    if (node == nullptr) {
      if (field.required) {
        trouble(table.source().begin.line,
                "{} without '{}' (add {} = \"...\")",
                kind,
                field.key,
                field.key);
      }
      continue;
    }
    std::visit([&](auto member) { read_value(*node, field.key, entry.*member); }, field.member);
    const auto check = [&](const toml::node& value) {
      const auto text = value.value_exact<std::string>();
      if (text && field.good != nullptr && !field.good(*text)) {
        trouble(value.source().begin.line, "{} \"{}\" is {}", field.key, *text, field.wrong);
      }
    };
    if (const auto* array = node->as_array()) {
      std::for_each(array->begin(), array->end(), check);
    } else {
      check(*node);
    }
  }
  check_id(table, kind, entry.id, m_ids);
  check_references(table, entry);
  if (const auto reason = idle_reason(entry); !reason.empty()) {
    trouble(table.source().begin.line, "{}", reason);
  }
  return entry;
}

/// What an entry says of other tables.
template<typename Entry>
void RegisterReader::check_references(const toml::table& table, const Entry& entry) {
  if constexpr (std::is_same_v<Entry, Category>) {
    const auto* group = table.get("group");
    if (group != nullptr && m_groups.count(entry.group) == 0) {
      trouble(group->source().begin.line,
              "group '{}' is not defined (add a [[group]] with this id)",
              entry.group);
    }
  }
  // Watches and points may name categories that are not there: those of the starter register are
  // kept beside other categories.
  if constexpr (std::is_same_v<Entry, Product>) {
    refer(table,
          "categories",
          fmt::format("{} '{}'", to_string(EntryTraits<Entry>::kind), entry.id),
          EntryKind::category,
          entry.categories);
  }
}

template<typename Entry>
void RegisterReader::read_entries(const toml::table& root) {
  if (const auto* array = tables(root, to_string(EntryTraits<Entry>::kind))) {
    for (const auto& element : *array) {
      (m_register.*EntryTraits<Entry>::list).push_back(read_entry<Entry>(*element.as_table()));
    }
  }
}

void RegisterReader::read_home(const toml::table& root) {
  const auto* node = root.get("home");
  if (node == nullptr) {
    return;
  }
  const auto home = read_string(*node, "home").value_or("");
  const Line line = node->source().begin.line;
  if (!is_country(home)) {
    trouble(line, "home \"{}\" is no country code of ISO 3166 (two letters, e.g. JP)", home);
  } else if (!m_register.home.empty() && m_register.home != home) {
    trouble(line, "home is \"{}\" in another file of the register (keep one)", m_register.home);
  }
  m_register.home = home;
}

void RegisterReader::read_root(const toml::table& root) {
  check_keys(root,
             "the register",
             {"schema_version",
              "as_of",
              "home",
              "matching",
              "group",
              "category",
              "product",
              "party",
              "procedure",
              "destination",
              "watch",
              "point"});
  if (const auto* version = root.get("schema_version")) {
    if (version->value_exact<std::int64_t>() != 1) {
      trouble(version->source().begin.line,
              "'schema_version' is not 1, the only one this program reads");
    }
  }
  if (const auto* as_of = root.get("as_of"); as_of != nullptr && !as_of->is_date()) {
    trouble(as_of->source().begin.line, "'as_of' is no date (write as_of = 2026-07-23)");
  }
  read_home(root);
  read_rules(root);
  if (const auto* groups = tables(root, "group")) {
    for (const auto& group : *groups) {
      m_register.groups.push_back(read_group(*group.as_table()));
    }
  }
  read_entries<Category>(root);
  read_entries<Product>(root);
  read_entries<Party>(root);
  read_entries<Procedure>(root);
  read_entries<Destination>(root);
  read_entries<Watch>(root);
  if (const auto* points = tables(root, "point")) {
    for (const auto& point : *points) {
      m_register.points.push_back(read_point(*point.as_table()));
    }
  }
}

void RegisterReader::read(const RegisterText& text) {
  m_source = text.source_name;
  if (const auto trouble_at = toml_depth_trouble(text.toml)) {
    trouble(static_cast<Line>(trouble_at->line), "{}", trouble_at->what);
    return;
  }
  try {
    read_root(toml::parse(text.toml, text.source_name));
  } catch (const toml::parse_error& error) {
    trouble(error.source().begin.line,
            "{} (this is a matter of TOML, not of its content)",
            error.description());
  }
}

Result<Register> RegisterReader::finish() {
  const auto holds = [](const auto& entries, const std::string& id) {
    return std::any_of(
        entries.begin(), entries.end(), [&](const auto& entry) { return entry.id == id; });
  };
  for (const Reference& reference : m_references) {
    const bool known = reference.kind == EntryKind::watch
                           ? holds(m_register.watches, reference.id)
                           : holds(m_register.categories, reference.id);
    if (!known) {
      trouble_at(reference.place,
                 fmt::format("{} names {} '{}', which is not in the register",
                             reference.from,
                             to_string(reference.kind),
                             reference.id));
    }
  }
  if (m_error) {
    return tl::make_unexpected(std::move(*m_error));
  }
  return std::move(m_register);
}

} // namespace

Result<Register> parse_register(const std::vector<RegisterText>& texts) {
  RegisterReader reader;
  for (const RegisterText& text : texts) {
    reader.read(text);
  }
  return reader.finish();
}

Result<Register> parse_register(std::string_view toml, std::string_view source_name) {
  return parse_register({{toml, std::string(source_name)}});
}

} // namespace regtrail::parse
