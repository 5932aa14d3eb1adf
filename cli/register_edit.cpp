#include "cli/register_edit.hpp"

#include "cli/files.hpp"
#include "model/characters.hpp"
#include "parse/register_fields.hpp"
#include "parse/register_toml.hpp"
#include "query/suggest.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <map>
#include <optional>

namespace regtrail::cli {
namespace {

using parse::EntryTraits;

/// A text with the places of its lines.
class Lines {
public:
  explicit Lines(std::string_view text) : m_text(text) {
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      m_starts.push_back(at);
      if (text.find('\n', at) == std::string_view::npos) {
        break;
      }
    }
  }

  [[nodiscard]] std::size_t count() const { return m_starts.size(); }

  /// Where a line begins, counted from 1; the end of the text for one behind the last.
  [[nodiscard]] std::size_t begin(std::size_t line) const {
    return line > m_starts.size() ? m_text.size() : m_starts[line - 1];
  }

  [[nodiscard]] std::string_view at(std::size_t line) const {
    return m_text.substr(begin(line), begin(line + 1) - begin(line));
  }

  /// TOML's columns count characters.
  [[nodiscard]] std::size_t offset(const toml::source_position& position) const {
    std::size_t offset = begin(position.line);
    for (toml::source_index column = 1; column < position.column && offset < m_text.size();
         ++column) {
      ++offset;
      while (offset < m_text.size() &&
             (static_cast<unsigned char>(m_text[offset]) & 0xc0U) == 0x80U) {
        ++offset;
      }
    }
    return offset;
  }

  /// The first line of the comment that stands directly above `line`, or `line` itself.
  [[nodiscard]] std::size_t above_comment(std::size_t line) const {
    while (line > 1 && trimmed(at(line - 1)).starts_with('#')) {
      --line;
    }
    return line;
  }

private:
  std::string_view m_text;
  std::vector<std::size_t> m_starts;
};

/// A stretch of text and what takes its place.
struct Replacement {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

/// One file of the register, with the blocks of one kind of entry in it.
template<typename Entry>
class FileEditor {
public:
  explicit FileEditor(const RegisterFile& file)
      : m_file(file),
        m_lines(file.text),
        m_root(toml::parse(file.text)) {
    for (const auto& [key, node] : m_root) {
      if (const auto* table = node.as_table()) {
        m_headers.push_back(table->source().begin.line);
      }
      const auto* array = node.as_array();
      for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
        if (const auto* table = array->get(i)->as_table()) {
          m_headers.push_back(table->source().begin.line);
          const toml::node* node_of_id = table->get("id");
          const auto* id = node_of_id == nullptr ? nullptr : node_of_id->as_string();
          if (key.str() == to_string(EntryTraits<Entry>::kind) && id != nullptr) {
            m_blocks.emplace(id->get(), table);
          }
        }
      }
    }
    std::sort(m_headers.begin(), m_headers.end());
  }

  [[nodiscard]] bool holds(const std::string& id) const { return m_blocks.count(id) != 0; }

  void remove(const std::string& id) {
    const std::size_t line = m_blocks.at(id)->source().begin.line;
    const auto next = std::upper_bound(m_headers.begin(), m_headers.end(), line);
    const std::size_t end =
        next == m_headers.end() ? m_lines.count() + 1 : m_lines.above_comment(*next);
    m_edits.push_back({m_lines.begin(m_lines.above_comment(line)), m_lines.begin(end), ""});
  }

  /// Writes the keys in which the entries differ.
  void alter(const Entry& before, const Entry& after) {
    const toml::table& table = *m_blocks.at(after.id);
    std::size_t last_line = table.source().begin.line;
    for (const auto& [key, node] : table) {
      last_line = std::max<std::size_t>(last_line, node.source().end.line);
    }
    std::string added;
    for (const auto& field : parse::register_fields<Entry>()) {
      const auto value = parse::field_to_toml(after, field);
      if (value == parse::field_to_toml(before, field)) {
        continue;
      }
      const auto found = table.find(field.key);
      if (found == table.end()) {
        added += fmt::format("{} = {}\n", field.key, *value);
      } else if (value) {
        const auto& source = found->second.source();
        m_edits.push_back({m_lines.offset(source.begin), m_lines.offset(source.end), *value});
      } else {
        m_edits.push_back({m_lines.begin(found->first.source().begin.line),
                           m_lines.begin(found->second.source().end.line + 1),
                           ""});
      }
    }
    if (!added.empty()) {
      const std::size_t at = m_lines.begin(last_line + 1);
      const bool ended = at == 0 || m_file.text[at - 1] == '\n';
      m_edits.push_back({at, at, (ended ? "" : "\n") + added});
    }
  }

  void append(const Entry& entry) { m_appended += "\n" + parse::entry_to_toml(entry); }

  /// nullopt where nothing changes.
  std::optional<EditedFile> result() {
    if (m_edits.empty() && m_appended.empty()) {
      return std::nullopt;
    }
    std::stable_sort(m_edits.begin(), m_edits.end(), [](const auto& left, const auto& right) {
      return left.begin < right.begin;
    });
    EditedFile edited{m_file.path, {}};
    std::size_t copied = 0;
    for (const Replacement& edit : m_edits) {
      edited.text.append(m_file.text, copied, edit.begin - copied);
      edited.text += edit.text;
      copied = edit.end;
    }
    edited.text.append(m_file.text, copied);
    if (!m_appended.empty()) {
      if (!edited.text.empty() && !edited.text.ends_with('\n')) {
        edited.text += '\n';
      }
      const bool parted = edited.text.empty() || edited.text.ends_with("\n\n");
      edited.text += m_appended.substr(parted ? 1 : 0);
    }
    return edited;
  }

private:
  const RegisterFile& m_file;
  Lines m_lines;
  toml::table m_root;
  std::vector<std::size_t> m_headers; ///< lines of all tables, ascending
  std::map<std::string, const toml::table*> m_blocks;
  std::vector<Replacement> m_edits;
  std::string m_appended;
};

/// Files differ in the order of their entries only.
Register sorted(Register entries) {
  const auto by_id = [](auto& list) {
    std::sort(list.begin(), list.end(), [](const auto& left, const auto& right) {
      return left.id < right.id;
    });
  };
  by_id(entries.categories);
  by_id(entries.products);
  by_id(entries.parties);
  by_id(entries.procedures);
  by_id(entries.destinations);
  by_id(entries.watches);
  by_id(entries.points);
  return entries;
}

/// An edit that does anything else than was asked is refused.
template<typename Entry>
Result<std::vector<EditedFile>> checked(std::vector<FileEditor<Entry>>& editors,
                                        const Register& expected,
                                        const LoadedRegister& loaded) {
  std::vector<EditedFile> edited;
  std::vector<parse::RegisterText> texts;
  edited.reserve(editors.size());
  for (std::size_t i = 0; i < editors.size(); ++i) {
    const RegisterFile& file = loaded.files[i];
    if (auto result = editors[i].result()) {
      edited.push_back(std::move(*result));
      texts.push_back({edited.back().text, file.path.string()});
    } else {
      texts.push_back({file.text, file.path.string()});
    }
  }
  const std::string name =
      (edited.empty() ? loaded.file(EntryTraits<Entry>::kind).path : edited.front().path).string();
  const auto read = parse::parse_register(texts);
  if (!read) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' was not changed: the result would not parse: {}",
                            name,
                            read.error().message));
  }
  if (!(sorted(*read) == sorted(expected))) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' was not changed: the edit would alter other entries; edit it by "
                            "hand",
                            name));
  }
  return edited;
}

template<typename Entry>
Result<std::vector<FileEditor<Entry>>> editors_of(const LoadedRegister& loaded) {
  std::vector<FileEditor<Entry>> editors;
  editors.reserve(loaded.files.size());
  for (const RegisterFile& file : loaded.files) {
    try {
      editors.emplace_back(file);
    } catch (const toml::parse_error& error) {
      return fail(ErrorKind::malformed,
                  fmt::format("cannot read {}:{}: {}",
                              file.path.string(),
                              error.source().begin.line,
                              error.description()));
    }
  }
  return editors;
}

template<typename Entry>
std::string bearer_among(const std::vector<Entry>& entries, const std::string& id) {
  const bool found = std::any_of(
      entries.begin(), entries.end(), [&](const Entry& entry) { return entry.id == id; });
  return found ? fmt::format("{} '{}'", to_string(EntryTraits<Entry>::kind), id) : "";
}

} // namespace

std::string bearer_of(const Register& entries, const std::string& id) {
  for (const auto& bearer : {bearer_among(entries.categories, id),
                             bearer_among(entries.products, id),
                             bearer_among(entries.parties, id),
                             bearer_among(entries.procedures, id),
                             bearer_among(entries.destinations, id),
                             bearer_among(entries.watches, id)}) {
    if (!bearer.empty()) {
      return bearer;
    }
  }
  return "";
}

template<typename Entry>
Result<std::vector<EditedFile>> with_entries(const LoadedRegister& loaded,
                                             const std::vector<Entry>& entries) {
  TRY_ASSIGN(auto editors, editors_of<Entry>(loaded));
  Register expected = loaded.categories;
  auto& list = expected.*EntryTraits<Entry>::list;
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < list.size(); ++i) {
    places.emplace(list[i].id, i);
  }
  const auto& own = loaded.file(EntryTraits<Entry>::kind);
  for (const Entry& entry : entries) {
    const auto place = places.find(entry.id);
    if (place == places.end()) {
      editors[static_cast<std::size_t>(&own - loaded.files.data())].append(entry);
      places.emplace(entry.id, list.size());
      list.push_back(entry);
      continue;
    }
    for (auto& editor : editors) {
      if (editor.holds(entry.id)) {
        editor.alter(list[place->second], entry);
      }
    }
    list[place->second] = entry;
  }
  return checked(editors, expected, loaded);
}

template<typename Entry>
Result<std::vector<EditedFile>> without_entry(const LoadedRegister& loaded, const std::string& id) {
  TRY(find_entry<Entry>(loaded, id));
  TRY_ASSIGN(auto editors, editors_of<Entry>(loaded));
  for (auto& editor : editors) {
    if (editor.holds(id)) {
      editor.remove(id);
    }
  }
  Register expected = loaded.categories;
  std::erase_if(expected.*EntryTraits<Entry>::list,
                [&](const Entry& entry) { return entry.id == id; });
  return checked(editors, expected, loaded);
}

template<typename Entry>
Result<Entry> find_entry(const LoadedRegister& loaded, const std::string& id) {
  const auto& list = loaded.categories.*EntryTraits<Entry>::list;
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const Entry& entry) { return entry.id == id; });
  if (found != list.end()) {
    return *found;
  }
  const auto kind = to_string(EntryTraits<Entry>::kind);
  if (list.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("no {} '{}': the register has no {}; see: regtrail register {} add -h",
                            kind,
                            id,
                            EntryTraits<Entry>::plural,
                            EntryTraits<Entry>::plural));
  }
  std::vector<std::string> ids(list.size());
  std::transform(
      list.begin(), list.end(), ids.begin(), [](const Entry& entry) { return entry.id; });
  return fail(ErrorKind::usage,
              fmt::format("no {} '{}' in the register; near: {}",
                          kind,
                          id,
                          query::one_of(query::closest(id, ids, 3))));
}

Result<void> write_edited(const LoadedRegister& loaded, const std::vector<EditedFile>& edited) {
  for (const EditedFile& file : edited) {
    const auto former =
        std::find_if(loaded.files.begin(), loaded.files.end(), [&](const RegisterFile& each) {
          return each.path == file.path;
        });
    if (former->from == RegisterFile::From::absent) {
      TRY(make_private_folders(file.path.parent_path()));
      TRY(write_new_file(file.path, file.text));
    } else {
      TRY(replace_file(file.path, file.text));
    }
  }
  return {};
}

#define REGTRAIL_ENTRY_(Entry)                                                                     \
  template Result<std::vector<EditedFile>> with_entries(const LoadedRegister&,                     \
                                                        const std::vector<Entry>&);                \
  template Result<std::vector<EditedFile>> without_entry<Entry>(const LoadedRegister&,             \
                                                                const std::string&);               \
  template Result<Entry> find_entry(const LoadedRegister&, const std::string&);
REGTRAIL_ENTRY_(Category)
REGTRAIL_ENTRY_(Product)
REGTRAIL_ENTRY_(Party)
REGTRAIL_ENTRY_(Procedure)
REGTRAIL_ENTRY_(Destination)
REGTRAIL_ENTRY_(Watch)
#undef REGTRAIL_ENTRY_

} // namespace regtrail::cli
