#include "cli/entry_answers.hpp"

#include "query/lookup.hpp"
#include "query/register_answers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace regtrail::cli {
namespace {

using query::EccnToday;
using query::ListedName;
using query::OwnLimit;

/// "1 part", "2 parts".
std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

/// "VX-200, VX-210 and 3 more".
std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t shown = 3;
  const auto last = names.begin() + static_cast<std::ptrdiff_t>(std::min(shown, names.size()));
  const auto text = fmt::format("{}", fmt::join(names.begin(), last, ", "));
  return names.size() > shown ? fmt::format("{} and {} more", text, names.size() - shown) : text;
}

const std::string& name_of(const Product& product) {
  return product.part_number.empty() ? product.id : product.part_number;
}

std::string source_of(const Change& change) {
  if (change.causes.empty()) {
    return "";
  }
  const Cause& cause = change.causes.front();
  const bool claimed =
      answer_of(cause) == CauseAnswer::identified || answer_of(cause) == CauseAnswer::cited;
  return claimed ? cause.citation : "";
}

Result<EntryAnswers> without_archive(const Error& error) {
  return EntryAnswers{
      fmt::format("what the law says of them is not known yet: {}\n", error.message),
      Json(nullptr)};
}

class ProductReport {
public:
  ProductReport(const std::vector<Product>& products, const query::ProductAnswers& answers)
      : m_products(products),
        m_answers(answers) {
    for (const Product& product : products) {
      for (const std::string& eccn : product.eccn) {
        m_bearers[eccn].push_back(name_of(product));
      }
      bool held = false;
      bool lacking = false;
      for (const std::string& eccn : product.eccn) {
        const auto found = answers.eccns.find(eccn);
        const bool there = found != answers.eccns.end() && found->second.there;
        held = held || there;
        lacking = lacking || (found != answers.eccns.end() && !there);
      }
      m_held += held ? 1 : 0;
      m_lacking += lacking ? 1 : 0;
      m_unclassified += product.eccn.empty() ? 1 : 0;
    }
  }

  [[nodiscard]] std::string text() const {
    std::string out = fmt::format("of {}, by the Commerce Control List of {}:\n",
                                  counted(m_products.size(), "part", "parts"),
                                  m_answers.law.to_string());
    out += fmt::format("  {} an ECCN that it has", counted(m_held, "names", "name"));
    for (const char* word : {"EAR99", "NOCLASS"}) {
      if (const auto found = m_bearers.find(word); found != m_bearers.end()) {
        out += fmt::format(", {} {}", found->second.size(), word);
      }
    }
    out += m_unclassified == 0 ? "\n" : fmt::format(", {} without one\n", m_unclassified);
    add_lacking(out);
    add_changed(out);
    add_limits(out);
    return out;
  }

  [[nodiscard]] Json json() const {
    Json out;
    out["law"] = m_answers.law.to_string();
    out["since"] = m_answers.since.to_string();
    out["eccns"] = Json::array();
    for (const auto& [name, eccn] : m_answers.eccns) {
      Json one;
      one["eccn"] = name;
      one["there"] = eccn.there;
      one["nearest"] = eccn.nearest;
      one["parts"] = m_bearers.at(name);
      one["changes"] = Json::array();
      for (const auto& stored : eccn.changes) {
        one["changes"].push_back({{"id", stored.change.id},
                                  {"date", stored.after_date.to_string()},
                                  {"kind", to_string(stored.change.kind)},
                                  {"at", stored.change.at.to_string()}});
      }
      out["eccns"].push_back(std::move(one));
    }
    out["limits"] = Json::array();
    for (std::size_t i = 0; i < m_products.size(); ++i) {
      for (const OwnLimit& limit : m_answers.limits[i]) {
        out["limits"].push_back({{"product", m_products[i].id},
                                 {"own", limit.own},
                                 {"inside", limit.inside},
                                 {"words", limit.words},
                                 {"at", limit.at.to_string()}});
      }
    }
    return out;
  }

private:
  void add_lacking(std::string& out) const {
    if (m_lacking == 0) {
      return;
    }
    out += fmt::format("  {} one that it has not:\n", counted(m_lacking, "names", "name"));
    for (const auto& [name, eccn] : m_answers.eccns) {
      if (!eccn.there) {
        out += fmt::format(
            "    {}  {}{}\n",
            name,
            some_of(m_bearers.at(name)),
            eccn.nearest.empty() ? "" : fmt::format("  (near: {})", fmt::join(eccn.nearest, ", ")));
      }
    }
  }

  void add_changed(std::string& out) const {
    // A change by its parts: several ECCNs of one entry share it.
    std::map<std::string, std::pair<const store::StoredChange*, std::set<std::string>>> changes;
    std::set<std::string> parts;
    for (const auto& [name, eccn] : m_answers.eccns) {
      for (const auto& stored : eccn.changes) {
        auto& [change, bearers] = changes[stored.change.id];
        change = &stored;
        const auto& names = m_bearers.at(name);
        bearers.insert(names.begin(), names.end());
        parts.insert(names.begin(), names.end());
      }
    }
    if (changes.empty()) {
      out += fmt::format("  none changed since {}\n", m_answers.since.to_string());
      return;
    }
    std::vector<std::pair<const store::StoredChange*, std::set<std::string>>> newest;
    for (auto& [id, change] : changes) {
      newest.push_back(std::move(change));
    }
    std::stable_sort(newest.begin(), newest.end(), [](const auto& left, const auto& right) {
      return std::pair(right.first->after_date, left.first->change.at) <
             std::pair(left.first->after_date, right.first->change.at);
    });
    constexpr std::size_t shown = 10;
    out += fmt::format("  the law of {} changed since {}, newest first:\n",
                       counted(parts.size(), "part", "parts"),
                       m_answers.since.to_string());
    for (std::size_t i = 0; i < std::min(shown, newest.size()); ++i) {
      const auto& [stored, bearers] = newest[i];
      const std::string source = source_of(stored->change);
      out += fmt::format("    {}  {}  {}{}  {}\n",
                         stored->after_date.to_string(),
                         stored->change.at.to_string(),
                         to_string(stored->change.kind),
                         source.empty() ? "" : ", " + source,
                         some_of({bearers.begin(), bearers.end()}));
    }
    if (newest.size() > shown) {
      out += fmt::format("    and {} more\n", counted(newest.size() - shown, "change", "changes"));
    }
  }

  void add_limits(std::string& out) const {
    std::size_t inside = 0;
    std::size_t outside = 0;
    std::string lines;
    for (std::size_t i = 0; i < m_products.size(); ++i) {
      for (const OwnLimit& limit : m_answers.limits[i]) {
        ++(limit.inside ? inside : outside);
        constexpr std::size_t shown = 10;
        if (inside + outside <= shown) {
          lines += fmt::format("    {}  {}: {} \"{}\"  {}\n",
                               name_of(m_products[i]),
                               limit.own,
                               limit.inside ? "inside" : "outside",
                               limit.words,
                               limit.at.to_string());
        }
      }
    }
    if (inside + outside > 0) {
      out += fmt::format("  figures beside a limit of their paragraph: {} inside, {} outside\n{}",
                         inside,
                         outside,
                         lines);
    }
  }

  const std::vector<Product>& m_products;
  const query::ProductAnswers& m_answers;
  std::map<std::string, std::vector<std::string>> m_bearers; ///< parts by classification
  std::size_t m_held = 0;
  std::size_t m_lacking = 0;
  std::size_t m_unclassified = 0;
};

std::string_view likeness_words(const ListedName& listed) {
  switch (listed.likeness) {
  case NameLikeness::exact:
    return "the same name";
  case NameLikeness::folded:
    return "the same but for case, punctuation, spacing, legal form, plural or usual abbreviation";
  case NameLikeness::near:
    return "alike";
  case NameLikeness::address:
    return "the same address";
  case NameLikeness::owner:
    return "the name of an owner";
  }
  return "";
}

std::string party_text(const std::vector<Party>& parties, const query::PartyAnswers& answers) {
  std::set<std::size_t> like;
  for (const ListedName& listed : answers.listed) {
    like.insert(listed.party);
  }
  std::string out = fmt::format("of {}, by the lists of {} ({}; {} names):\n",
                                counted(parties.size(), "partner", "partners"),
                                answers.law.to_string(),
                                fmt::join(answers.lists, ", "),
                                answers.names);
  if (like.empty()) {
    return out + "  none bears a name like one of them\n";
  }
  out += fmt::format("  {} a name like one of them, which does not say that it is the same firm:\n",
                     counted(like.size(), "bears", "bear"));
  for (const ListedName& listed : answers.listed) {
    out += fmt::format("    {}  \"{}\" - \"{}\": {}{}{}\n      {}\n",
                       parties[listed.party].id,
                       listed.own,
                       listed.words,
                       listed.by_owner ? "owner, " : "",
                       likeness_words(listed),
                       listed.distance > 0
                           ? fmt::format(", {}",
                                         counted(static_cast<std::size_t>(listed.distance),
                                                 "letter apart",
                                                 "letters apart"))
                           : "",
                       listed.at.to_string());
  }
  return out;
}

Json party_json(const std::vector<Party>& parties, const query::PartyAnswers& answers) {
  Json out;
  out["law"] = answers.law.to_string();
  out["lists"] = answers.lists;
  out["names"] = answers.names;
  out["listed"] = Json::array();
  for (const ListedName& listed : answers.listed) {
    out["listed"].push_back({{"party", parties[listed.party].id},
                             {"own", listed.own},
                             {"words", listed.words},
                             {"likeness", to_string(listed.likeness)},
                             {"distance", listed.distance},
                             {"owner", listed.by_owner},
                             {"list", listed.list},
                             {"at", listed.at.to_string()}});
  }
  return out;
}

/// Why a place cannot be shown; "" where the archive holds it.
Result<std::string> trouble_with(store::Archive& archive, const std::string& words) {
  const auto citation = query::text_citation({words});
  if (!citation) {
    return std::string("is no single place");
  }
  const auto version = query::version_for(archive, *citation, std::nullopt);
  if (!version) {
    return version.error().message;
  }
  TRY_ASSIGN(const auto node, archive.load_node(*version, *citation));
  if (!node) {
    return Error(query::unknown_citation(archive, *citation).value()).message;
  }
  return std::string();
}

} // namespace

Result<EntryAnswers> answer(Session& session, const std::vector<Product>& products) {
  auto archive = session.open_archive(store::OpenMode::read_only);
  if (!archive) {
    return without_archive(archive.error());
  }
  const auto answers = query::product_answers(*archive, products, session.today());
  if (!answers) {
    return without_archive(answers.error());
  }
  const ProductReport report(products, *answers);
  return EntryAnswers{report.text(), report.json()};
}

Result<EntryAnswers> answer(Session& session, const std::vector<Party>& parties) {
  auto archive = session.open_archive(store::OpenMode::read_only);
  if (!archive) {
    return without_archive(archive.error());
  }
  const auto answers = query::party_answers(*archive, parties);
  if (!answers) {
    return without_archive(answers.error());
  }
  return EntryAnswers{party_text(parties, *answers), party_json(parties, *answers)};
}

Result<EntryAnswers> answer(Session& session, const std::vector<Procedure>& procedures) {
  auto archive = session.open_archive(store::OpenMode::read_only);
  if (!archive) {
    return without_archive(archive.error());
  }
  EntryAnswers answers;
  answers.json = Json::array();
  for (const Procedure& procedure : procedures) {
    for (const std::string& words : procedure.citations) {
      TRY_ASSIGN(const std::string trouble, trouble_with(*archive, words));
      answers.text += fmt::format(
          "{}  {}  {}\n", procedure.id, words, trouble.empty() ? "is in force" : trouble);
      answers.json.push_back({{"procedure", procedure.id},
                              {"citation", words},
                              {"there", trouble.empty()},
                              {"trouble", trouble.empty() ? Json(nullptr) : Json(trouble)}});
    }
  }
  return answers;
}

} // namespace regtrail::cli
