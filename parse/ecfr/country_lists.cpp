// Entity List, Unverified List, Military End-User List, Validated End-Users: rows by country and
// name (docs/grammar.md, Party lists).
#include "ear/entity_cell.hpp"
#include "ear/fr_citation.hpp"
#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "parse/ecfr/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace regtrail::parse {
namespace {

constexpr std::size_t longest_name = 1000; ///< the longest of the Entity List has 400 bytes

bool is_blank_cell(const GridRow& row, std::size_t column) {
  return column >= row.size() || trimmed(row[column].text).empty();
}

/// "CHINA, PEOPLE'S REPUBLIC OF"; the name of a firm or an address is none.
bool is_country(std::string_view text) {
  constexpr std::size_t longest = 60;
  constexpr std::string_view words_of_firms = "co|ltd|inc|llc|limited|corp|corporation|company|aka|"
                                              "a.k.a";
  return text.size() <= longest && std::none_of(text.begin(), text.end(), is_digit) &&
         text.find(';') == std::string_view::npos &&
         !any_phrase(words_of_firms, [text](std::string_view word) {
           return find_word(text, word) != std::string_view::npos;
         });
}

bool begins_with_citation(std::string_view text) {
  const auto citations = ear::find_fr_citations(trimmed(text));
  return !citations.empty() && citations.front().begin == 0;
}

class CountryList {
public:
  CountryList(TreeBuilder& tree, int parent, const std::vector<std::string>& columns)
      : m_tree(tree),
        m_parent(parent),
        m_columns(columns),
        m_width(columns.size()),
        m_country(parent) {
    for (std::size_t column = 0; column < columns.size(); ++column) {
      if (starts_with_ignoring_case(columns[column], "federal register")) {
        m_width = column + 1; // rows with too many cells make further columns
      }
    }
  }

  void add(GridRow& row) {
    if (!straighten(row)) {
      keep(row);
      return;
    }
    open_country(row[0].text);
    const std::string_view cell = trimmed(row[1].text);
    const bool alone = is_alone(row);
    if (cell.empty() && alone) {
      return;
    }
    const auto blocks = ear::divide_entity_cell(cell);
    const ear::EntityBlock& first = blocks.front();
    constexpr std::size_t longest_label = 40;
    if (alone && cell.ends_with(':') && cell.size() < longest_label) {
      m_label = (m_label.empty() ? "" : m_label + " ") + std::string(cell);
      m_label_is_of_part = first.kind == ear::EntityBlock::Kind::subordinate;
      return;
    }
    if (cell.ends_with(':') && cell.find('\n') == std::string_view::npos) {
      m_owner = m_tree.add(
          m_country, NodeKind::heading, as_designator(cell, longest_name), {}, std::string(cell));
      m_owner_is_group = true;
      add_cells(m_owner, row, alone);
      return;
    }
    const bool continues = m_owner >= 0 && (first.kind != ear::EntityBlock::Kind::party ||
                                            m_label_is_of_part || (alone && m_owner_is_group));
    if (!continues) {
      m_owner = -1;
      m_owner_is_group = false;
    }
    int holder = -1; // of the other cells
    for (const ear::EntityBlock& block : blocks) {
      const int node = add_block(block);
      holder = holder < 0 ? node : holder;
    }
    add_cells(holder, row, alone);
  }

  void finish() {
    if (!m_label.empty()) {
      m_tree.add(m_country, NodeKind::heading, as_designator(m_label), {}, m_label);
    }
    number_bearers();
  }

private:
  struct Party {
    int parent = 0;
    int node = 0;
    int citation = -1; ///< the cell that cites the Federal Register
  };

  /// Moves the cells of a row that is shifted by one to their columns; false if the row cannot be
  /// told.
  bool straighten(GridRow& row) const {
    const auto width = static_cast<std::ptrdiff_t>(m_width);
    const bool wide =
        std::any_of(row.begin() + std::min(width, static_cast<std::ptrdiff_t>(row.size())),
                    row.end(),
                    [](const GridCell& cell) { return !trimmed(cell.text).empty(); });
    if (wide) {
      if (!is_blank_cell(row, 0) || !is_blank_cell(row, 1) ||
          !begins_with_citation(row[m_width].text)) {
        return false;
      }
      row.erase(row.begin());
    } else if (!is_blank_cell(row, 0) && is_blank_cell(row, m_width - 1) &&
               !is_blank_cell(row, m_width - 2) && begins_with_citation(row[m_width - 2].text)) {
      row.insert(row.begin(), GridCell{});
    }
    row.resize(m_width);
    return is_blank_cell(row, 0) || is_country(without_footnote_marks(row[0].text));
  }

  /// A row that is not understood, as it is printed.
  void keep(GridRow& row) {
    const auto first = std::find_if(
        row.begin(), row.end(), [](const GridCell& cell) { return !trimmed(cell.text).empty(); });
    const std::string name = as_designator(first->text, 80);
    const int node = m_tree.add(m_country, NodeKind::row, name, {}, std::move(row[0].text));
    for (std::size_t column = 1; column < row.size(); ++column) {
      if (!is_blank_cell(row, column)) {
        m_tree.add(node, NodeKind::cell, m_columns[column], {}, std::move(row[column].text));
      }
    }
    m_tree.not_understood(
        node, fmt::format("the cells of the row '{}' do not fit the columns of the list", name));
  }

  void open_country(std::string& text) {
    std::string name = as_designator(without_footnote_marks(text));
    if (name.empty()) {
      return;
    }
    const auto [known, added] = m_countries.try_emplace(name, -1);
    if (added) {
      known->second = m_tree.add(m_parent, NodeKind::table, std::move(name), {}, std::move(text));
    }
    if (m_country != known->second) {
      m_owner = -1;
      m_owner_is_group = false;
    }
    m_country = known->second;
    m_label.clear();
    m_label_is_of_part = false;
  }

  static bool is_alone(const GridRow& row) {
    return std::all_of(row.begin() + 2, row.end(), [](const GridCell& other) {
      return trimmed(other.text).empty();
    });
  }

  int add_block(const ear::EntityBlock& block) {
    std::string label = std::exchange(m_label, {});
    m_label_is_of_part = false;
    if (!block.label.empty()) {
      label += (label.empty() ? "" : " ") + std::string(block.label);
    }
    if (block.text.empty() && block.kind == ear::EntityBlock::Kind::subordinate) {
      m_label = std::move(label); // of the next row
      m_label_is_of_part = true;
      return m_owner;
    }
    const bool of_owner = m_owner >= 0;
    const int parent = of_owner ? m_owner : m_country;
    if (block.kind == ear::EntityBlock::Kind::joint_addresses) {
      return m_tree.add(parent, NodeKind::paragraph, {}, std::move(label), std::string(block.text));
    }
    const int node = m_tree.add(parent,
                                NodeKind::entry,
                                as_designator(ear::entity_name(block.text), longest_name),
                                std::move(label),
                                std::string(block.text));
    m_parties.push_back({parent, node, -1});
    if (!of_owner) {
      m_owner = node;
    }
    return node;
  }

  void add_cells(int node, GridRow& row, bool alone) {
    if (node < 0) {
      return;
    }
    for (std::size_t column = 2; column < row.size(); ++column) {
      if (row[column].covered || (alone && row[column].text.empty())) {
        continue;
      }
      const int cell =
          m_tree.add(node, NodeKind::cell, m_columns[column], {}, std::move(row[column].text));
      const auto party = std::find_if(m_parties.rbegin(),
                                      m_parties.rend(),
                                      [node](const Party& one) { return one.node == node; });
      if (column + 1 == m_width && party != m_parties.rend()) {
        party->citation = cell;
      }
    }
  }

  /// The second bearer of a name gets " #2", in the order of the first Federal Register citation,
  /// then of the address: the position in the list says nothing.
  void number_bearers() {
    std::map<std::pair<int, std::string>, std::vector<Party>> bearers;
    for (const Party& party : m_parties) {
      bearers[{party.parent, ear::party_key(m_tree.at(party.node).designator)}].push_back(party);
    }
    for (auto& [name, parties] : bearers) {
      if (parties.size() == 1) {
        continue;
      }
      std::vector<std::pair<Rank, int>> order;
      order.reserve(parties.size());
      for (const Party& party : parties) {
        order.emplace_back(rank_of(party), party.node);
      }
      std::sort(order.begin(), order.end());
      for (std::size_t i = 1; i < order.size(); ++i) {
        m_tree.at(order[i].second).designator += fmt::format(" #{}", i + 1);
      }
    }
  }

  using Rank = std::tuple<int, int, std::string>; ///< volume, page, address

  [[nodiscard]] Rank rank_of(const Party& party) {
    const auto citations = party.citation < 0
                               ? std::vector<ear::FrCitation>{}
                               : ear::find_fr_citations(m_tree.at(party.citation).text);
    std::string addresses;
    for (const auto& address : ear::parse_entity_cell(m_tree.at(party.node).text).addresses) {
      addresses += ear::party_key(address) + "\n";
    }
    return {citations.empty() ? 0 : citations.front().volume,
            citations.empty() ? 0 : citations.front().page,
            std::move(addresses)};
  }

  TreeBuilder& m_tree;
  int m_parent;
  const std::vector<std::string>& m_columns;
  std::size_t m_width; ///< number of columns
  std::map<std::string, int, std::less<>> m_countries;
  int m_country;
  int m_owner = -1;              ///< the entry or group that the following rows may continue
  bool m_owner_is_group = false; ///< "The following institutions of X:": no party itself
  std::string m_label;           ///< of the next entry: "Subordinate institution:"
  bool m_label_is_of_part = false;
  std::vector<Party> m_parties;
};

} // namespace

bool is_country_list(const std::vector<std::string>& columns) {
  if (columns.size() < 3) {
    return false;
  }
  const std::string second = lowered(columns[1]);
  return lowered(columns[0]) == "country" && (second.find("entity") != std::string::npos ||
                                              second.find("person") != std::string::npos ||
                                              second.find("end-user") != std::string::npos);
}

void add_country_list(TreeBuilder& tree,
                      int parent,
                      std::vector<GridRow>& rows,
                      const std::vector<std::string>& columns) {
  CountryList list(tree, parent, columns);
  for (GridRow& row : rows) {
    list.add(row);
  }
  list.finish();
}

} // namespace regtrail::parse
