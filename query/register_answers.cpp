#include "query/register_answers.hpp"

#include "diff/relevance/parameters.hpp"
#include "diff/relevance/party_names.hpp"
#include "ear/path_set.hpp"
#include "ear/record.hpp"
#include "model/characters.hpp"
#include "query/lookup.hpp"
#include "query/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>

namespace regtrail::query {
namespace {

constexpr std::chrono::days looked_back{365};

/// The law of today that products are held against.
class ControlList {
public:
  static Result<ControlList> read(store::Archive& archive) {
    ControlList list;
    list.m_unit = Citation::eccn("3B001").unit();
    TRY_ASSIGN(const auto version, version_for(archive, list.m_unit, std::nullopt));
    TRY_ASSIGN(list.m_law, part_date(archive, list.m_unit, std::nullopt));
    TRY_ASSIGN(auto unit, archive.load(version));
    list.m_root = std::move(unit.root);
    for (const Node& entry : list.m_root.children) {
      if (is_eccn(entry.designator)) {
        list.m_entries.push_back(entry.designator);
      }
    }
    return list;
  }

  [[nodiscard]] Date law() const { return m_law; }

  [[nodiscard]] const Node* find(const Citation& at) const { return find_node(m_root, m_unit, at); }

  /// The deepest place above that is there, else entries whose names differ by one character.
  [[nodiscard]] std::vector<std::string> near(const Citation& at) const {
    for (Citation above = at.parent(); !above.empty(); above = above.parent()) {
      if (find(above) != nullptr) {
        return {std::string(above.to_string()).substr(std::string_view("ECCN ").size())};
      }
    }
    std::vector<std::string> nearest = closest(at.name(), m_entries, 3);
    std::erase_if(nearest,
                  [&](const std::string& entry) { return edit_distance(at.name(), entry) > 1; });
    return nearest;
  }

private:
  Citation m_unit;
  Date m_law;
  Node m_root;
  std::vector<std::string> m_entries;
};

/// A text of the law with what stands above it.
struct TextAt {
  Citation at;
  const std::string* text = nullptr;
  std::string lead;
};

void collect(const Node& node,
             const Citation& at,
             const std::string& lead,
             std::vector<TextAt>& out) {
  if (node.text.find_first_of("0123456789") != std::string::npos) {
    out.push_back({at, &node.text, lead});
  }
  const auto steps = child_steps(node);
  const std::string below = lead + (lead.empty() ? "" : " ") + node.text;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    collect(node.children[i], at.child(steps[i]), below, out);
  }
}

/// The texts of a place and of what lies below it.
std::vector<TextAt> texts_at(const ControlList& list, const Citation& at) {
  std::string lead;
  for (Citation above = at.parent(); !above.empty(); above = above.parent()) {
    if (const Node* node = list.find(above)) {
      lead = node->text + (lead.empty() ? "" : " ") + lead;
    }
  }
  std::vector<TextAt> texts;
  collect(*list.find(at), at, lead, texts);
  return texts;
}

/// "c.1.a" of 3B001.c.1.a.
std::string path_in_entry(const Citation& at) {
  std::string path;
  for (const Step& step : at.steps()) {
    path += (path.empty() ? "" : ".") + step.name;
  }
  return path;
}

/// Of a row "NS: a.4, c, d": true when the row is not for named paragraphs only, or for one at,
/// above or below `path`.
bool row_reaches(std::string_view row, const std::string& path) {
  const auto paths = ear::parse_path_set(row.substr(row.find(": ") + 2));
  const auto within = [](const std::string& low, const std::string& high) {
    return low == high || low.starts_with(high + ".");
  };
  return !paths || path.empty() ||
         std::any_of(paths->begin(), paths->end(), [&](const std::string& each) {
           return within(each, path) || within(path, each);
         });
}

/// True for what holds for the whole entry: its heading, exceptions, notes, and the rows of its
/// license requirements that are for the place.
bool concerns_entry(const Citation& changed, const Citation& at, const Citation& entry) {
  const std::size_t depth = entry.steps().size();
  if (!changed.is_within(entry) || changed.steps().size() <= depth ||
      changed.steps()[depth].kind != Step::Kind::named) {
    return false;
  }
  const bool is_row = changed.steps().size() > depth + 1 &&
                      changed.steps()[depth].name == "License Requirements" &&
                      changed.steps()[depth + 1].name.find(": ") != std::string::npos;
  return !is_row || row_reaches(changed.steps()[depth + 1].name, path_in_entry(at));
}

bool concerns(const Change& change, const Citation& at, const Citation& entry) {
  const auto near = [&](const Citation& changed) {
    return changed.is_within(at) || at.is_within(changed) || concerns_entry(changed, at, entry);
  };
  return near(change.at) || (change.was && near(*change.was));
}

Citation entry_of(const Citation& at) {
  return Citation::eccn(at.name());
}

/// Changes of the CCL by the entry they are in, newest first.
using ChangesByEntry = std::map<std::string, std::vector<store::StoredChange>>;

Result<ChangesByEntry> changes_since(store::Archive& archive, const Citation& unit, Date since) {
  store::ChangeQuery query;
  query.since = since;
  query.within = unit;
  TRY_ASSIGN(auto changes, archive.changes(query));
  ChangesByEntry by_entry;
  for (store::StoredChange& stored : changes) {
    std::set<std::string> entries;
    for (const Citation* place :
         {&stored.change.at, stored.change.was ? &*stored.change.was : nullptr}) {
      if (place != nullptr && place->kind() == CitationKind::eccn) {
        entries.insert(place->name());
      }
    }
    for (const std::string& entry : entries) {
      by_entry[entry].push_back(stored);
    }
  }
  return by_entry;
}

std::vector<OwnLimit> limits_of(const Product& product, const std::vector<TextAt>& texts) {
  std::vector<OwnLimit> limits;
  for (const TextAt& text : texts) {
    std::size_t end = std::string::npos; ///< of the limit in front
    for (const auto& limit : diff::parameter_limits(product, *text.text, text.at, text.lead)) {
      const auto inside = limit.inside();
      if (!inside) {
        continue;
      }
      // "2000 or more and less than 4800" is one limit to a reader.
      if (limit.sense == diff::LimitSense::control && limit.begin > end &&
          trimmed(text.text->substr(end, limit.begin - end)) == "and" && !limits.empty() &&
          limits.back().own == limit.own) {
        limits.back().words += " and " + text.text->substr(limit.begin, limit.end - limit.begin);
        limits.back().inside = limits.back().inside && *inside;
      } else {
        limits.push_back({text.at, limit.own, limit.words, *inside});
      }
      end = limit.end;
    }
  }
  return limits;
}

bool is_in_law(const std::string& classification) {
  return classification != "EAR99" && classification != "NOCLASS";
}

} // namespace

Result<ProductAnswers>
product_answers(store::Archive& archive, const std::vector<Product>& products, Date today) {
  TRY_ASSIGN(const auto list, ControlList::read(archive));
  ProductAnswers answers;
  answers.law = list.law();
  const Citation unit = Citation::eccn("3B001").unit();
  TRY_ASSIGN(const auto dates, archive.snapshot_dates(15, "774"));
  answers.since = std::max(today - looked_back, dates.front());
  TRY_ASSIGN(const auto changes, changes_since(archive, unit, answers.since));
  std::map<std::string, std::vector<TextAt>> texts;
  for (const Product& product : products) {
    auto& limits = answers.limits.emplace_back();
    for (const std::string& name : product.eccn) {
      if (!is_in_law(name)) {
        continue;
      }
      const auto [found, fresh] = answers.eccns.try_emplace(name);
      EccnToday& eccn = found->second;
      if (fresh) {
        TRY_ASSIGN(eccn.at, Citation::parse(name));
        eccn.there = list.find(eccn.at) != nullptr;
        if (!eccn.there) {
          eccn.nearest = list.near(eccn.at);
        }
        if (const auto in_entry = changes.find(eccn.at.name()); in_entry != changes.end()) {
          for (const auto& stored : in_entry->second) {
            if (concerns(stored.change, eccn.at, entry_of(eccn.at))) {
              eccn.changes.push_back(stored);
            }
          }
        }
      }
      if (eccn.there && !product.parameters.empty()) {
        auto& here = texts[name];
        if (here.empty()) {
          here = texts_at(list, eccn.at);
        }
        const auto own = limits_of(product, here);
        limits.insert(limits.end(), own.begin(), own.end());
      }
    }
  }
  return answers;
}

namespace {

/// Calls `take` with every listed party below `node`.
template<typename Take>
void each_listed(const Node& node, const Citation& at, const Take& take) {
  const auto steps = child_steps(node);
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const Citation below = at.child(steps[i]);
    const Node& child = node.children[i];
    const Record record = ear::read_record(below, child, &node);
    if (const auto* entity = std::get_if<EntityRecord>(&record)) {
      take(below, *entity);
    }
    if (child.kind == NodeKind::table || child.kind == NodeKind::entry) {
      each_listed(child, below, take);
    }
  }
}

std::vector<diff::PartyMatch> matches_of(const diff::PartyNames& names,
                                         const EntityRecord& entity) {
  std::vector<diff::PartyMatch> matches;
  const auto add = [&](std::vector<diff::PartyMatch> found) {
    matches.insert(matches.end(), found.begin(), found.end());
  };
  if (entity.address_only) {
    for (const std::string& address : entity.addresses) {
      add(names.find_address(address));
    }
    return matches;
  }
  add(names.find(entity.name));
  for (const std::string& alias : entity.aliases) {
    add(names.find(alias));
  }
  return matches;
}

auto rank_of(const ListedName& listed) {
  return std::tuple(listed.party, listed.by_owner, listed.likeness, listed.distance);
}

} // namespace

Result<PartyAnswers> party_answers(store::Archive& archive, const std::vector<Party>& parties) {
  const diff::PartyNames names{std::span(parties)};
  PartyAnswers answers;
  TRY_ASSIGN(const auto units, archive.units("744"));
  for (const Citation& unit : units) {
    if (unit.kind() != CitationKind::appendix) {
      continue;
    }
    TRY_ASSIGN(const auto version, archive.version_on(unit, std::nullopt));
    if (!version) {
      continue;
    }
    TRY_ASSIGN(const auto text, archive.load(*version));
    std::string list;
    each_listed(text.root, unit, [&](const Citation& at, const EntityRecord& entity) {
      list = entity.list;
      answers.names += 1 + entity.aliases.size();
      for (const auto& match : matches_of(names, entity)) {
        answers.listed.push_back({match.party,
                                  at,
                                  entity.list,
                                  match.likeness,
                                  match.distance,
                                  match.own,
                                  match.words,
                                  match.by_owner});
      }
    });
    if (!list.empty()) {
      answers.lists.push_back(list);
    }
  }
  if (answers.lists.empty()) {
    return fail(ErrorKind::not_found,
                "the lists of 15 CFR Part 744 are not in the archive; run: regtrail sync --part "
                "744");
  }
  TRY_ASSIGN(answers.law, part_date(archive, Citation::part("15", "744"), std::nullopt));
  std::stable_sort(answers.listed.begin(), answers.listed.end(), [](const auto& a, const auto& b) {
    return rank_of(a) < rank_of(b);
  });
  // One line an entry of a list and a party: the best.
  std::set<std::tuple<std::size_t, std::string, bool>> told;
  std::erase_if(answers.listed, [&](const ListedName& listed) {
    return !told.emplace(listed.party, listed.at.to_string(), listed.by_owner).second;
  });
  return answers;
}

} // namespace regtrail::query
