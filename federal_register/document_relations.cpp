#include "federal_register/document_relations.hpp"

#include "ear/fr_citation.hpp"
#include "federal_register/document_acts.hpp"
#include "federal_register/order_text.hpp"
#include "model/agency.hpp"
#include "model/scan.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace regtrail::federal_register {

namespace {

using Indices = std::vector<std::size_t>;

constexpr std::size_t rulemaking_limit = 40;

bool meet(const auto& left, const auto& right) {
  return std::any_of(left.begin(), left.end(), [&](const auto& one) {
    return std::find(right.begin(), right.end(), one) != right.end();
  });
}

bool share_agency(const Document& one, const Document& other) {
  return std::any_of(one.agencies.begin(), one.agencies.end(), [&](const std::string& name) {
    return std::any_of(other.agencies.begin(), other.agencies.end(), [&](const auto& each) {
      return is_same_agency(name, each);
    });
  });
}

/// A title without "; Correction" and its like, in the form in which titles are compared.
std::string plain_title(const Document& document) {
  return lowered(normalise(document.title.substr(0, document.title.find(';'))));
}

bool is_rule(const Document& document) {
  return document.type == DocumentType::rule || document.type == DocumentType::proposed_rule;
}

class Relater {
public:
  explicit Relater(const std::vector<Document>& documents);

  std::vector<std::vector<Relation>> relate() &&;

private:
  /// The words of a document as they are searched for names of others.
  struct Words {
    std::string text;
    std::vector<ear::FrCitation> pages;
  };

  void relate_acts(std::size_t index);
  void relate_rulemakings();
  void relate_companions();
  void relate_back();
  void add(std::size_t index, Relation relation);

  [[nodiscard]] std::optional<std::size_t> find(const Citation& citation, std::size_t asking) const;
  [[nodiscard]] std::optional<std::size_t> on_page(int volume, int page, std::size_t asking) const;
  [[nodiscard]] std::optional<std::size_t> on_day(Date day, std::size_t asking) const;
  [[nodiscard]] Indices titled(const EarlierDocument& earlier, std::size_t asking) const;
  [[nodiscard]] bool names(std::size_t index, std::size_t other);
  const Words& words_of(std::size_t index);
  [[nodiscard]] Citation name_of(std::size_t index) const;

  const std::vector<Document>& m_documents;
  std::map<std::string, std::size_t> m_by_number;
  std::map<std::string, std::size_t> m_by_order;
  std::map<std::pair<int, int>, Indices> m_by_page; ///< volume and start page
  std::map<Date, Indices> m_by_day;
  std::map<std::string, Indices> m_by_title;
  std::map<std::size_t, Words> m_words;
  std::vector<std::vector<Relation>> m_relations;
  std::vector<std::map<std::pair<RelationKind, std::string>, std::size_t>> m_known;
};

Relater::Relater(const std::vector<Document>& documents)
    : m_documents(documents),
      m_relations(documents.size()),
      m_known(documents.size()) {
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const Document& document = documents[i];
    m_by_number.emplace(document.number, i);
    if (!document.executive_order.empty()) {
      m_by_order.emplace(document.executive_order, i);
    }
    if (document.volume != 0 && document.start_page != 0) {
      m_by_page[{document.volume, document.start_page}].push_back(i);
    }
    if (document.title.find(' ') != std::string::npos) {
      m_by_title[lowered(normalise(document.title))].push_back(i);
    }
    if (document.published) {
      m_by_day[*document.published].push_back(i);
    }
  }
}

Citation Relater::name_of(std::size_t index) const {
  const Document& document = m_documents[index];
  return document.executive_order.empty() ? Citation::fr_document(document.number)
                                          : Citation::executive_order(document.executive_order);
}

/// The one document on a page; of two, the one that shares a rulemaking or parts with the asking.
std::optional<std::size_t> Relater::on_page(int volume, int page, std::size_t asking) const {
  const int longest = 3000; // pages
  Indices found;
  const auto end = m_by_page.upper_bound({volume, page});
  for (auto at = m_by_page.lower_bound({volume, page - longest}); at != end; ++at) {
    for (const std::size_t index : at->second) {
      const Document& document = m_documents[index];
      if (index != asking && page <= std::max(document.start_page, document.end_page)) {
        found.push_back(index);
      }
    }
  }
  if (found.size() > 1) {
    const Document& own = m_documents[asking];
    const auto foreign = std::remove_if(found.begin(), found.end(), [&](std::size_t index) {
      return !meet(m_documents[index].rins, own.rins) && !meet(m_documents[index].cfr, own.cfr);
    });
    found.erase(foreign, found.end());
  }
  return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

/// The one document of a day on the subject of the asking one.
std::optional<std::size_t> Relater::on_day(Date day, std::size_t asking) const {
  const auto issue = m_by_day.find(day);
  if (issue == m_by_day.end()) {
    return std::nullopt;
  }
  const Document& own = m_documents[asking];
  const std::string title = plain_title(own);
  // By RIN, else by title, else by agency and parts: the first that exactly one document meets.
  for (int criterion = 0; criterion < 3; ++criterion) {
    Indices found;
    for (const std::size_t index : issue->second) {
      const Document& other = m_documents[index];
      const bool matches = criterion == 0   ? meet(other.rins, own.rins)
                           : criterion == 1 ? !title.empty() && plain_title(other) == title
                                            : share_agency(other, own) && meet(other.cfr, own.cfr);
      if (index != asking && matches) {
        found.push_back(index);
      }
    }
    if (found.size() == 1) {
      return found.front();
    }
  }
  return std::nullopt;
}

/// Earlier documents with the titles given, each title's only one; of that day where it is said.
Indices Relater::titled(const EarlierDocument& earlier, std::size_t asking) const {
  Indices found;
  const auto& own_day = m_documents[asking].published;
  for (const std::string& title : earlier.titles) {
    const auto same_title = m_by_title.find(title);
    if (same_title == m_by_title.end()) {
      continue;
    }
    Indices meant;
    for (const std::size_t index : same_title->second) {
      const auto& day = m_documents[index].published;
      if (index != asking && (earlier.published ? day == earlier.published : day < own_day)) {
        meant.push_back(index);
      }
    }
    if (meant.size() == 1 && std::find(found.begin(), found.end(), meant[0]) == found.end()) {
      found.push_back(meant[0]);
    }
  }
  return found;
}

std::optional<std::size_t> Relater::find(const Citation& citation, std::size_t asking) const {
  const auto in = [&](const auto& names) -> std::optional<std::size_t> {
    const auto found = names.find(citation.name());
    return found == names.end() || found->second == asking ? std::nullopt
                                                           : std::optional(found->second);
  };
  switch (citation.kind()) {
  case CitationKind::fr_document:
    return in(m_by_number);
  case CitationKind::executive_order:
    return in(m_by_order);
  case CitationKind::fr_page: {
    std::size_t at = 0;
    const auto volume = read_int(citation.volume(), at);
    at = 0;
    const auto page = read_int(citation.name(), at);
    return volume && page ? on_page(*volume, *page, asking) : std::nullopt;
  }
  default:
    return std::nullopt;
  }
}

/// Keeps the first of each kind and target: metadata, notes, text and inference come in that order.
void Relater::add(std::size_t index, Relation relation) {
  const auto [known, is_new] = m_known[index].try_emplace(
      {relation.kind, relation.target.to_string()}, m_relations[index].size());
  if (is_new) {
    m_relations[index].push_back(std::move(relation));
  }
}

void Relater::relate_acts(std::size_t index) {
  const Document& document = m_documents[index];
  const auto has = [&](RelationKind kind) {
    return std::any_of(m_relations[index].begin(), m_relations[index].end(), [&](const auto& one) {
      return one.kind == kind;
    });
  };
  for (const RelationKind act : acts_of(document)) {
    if (has(act)) {
      continue;
    }
    const auto earlier = find_earlier(document, act);
    if (!earlier) {
      continue;
    }
    for (const Citation& cited : earlier->cited) {
      const auto target = find(cited, index);
      if (cited == name_of(index)) {
        continue;
      }
      add(index, {act, target ? name_of(*target) : cited, false, "text", earlier->words});
    }
    if (!earlier->cited.empty()) {
      continue;
    }
    Indices targets = titled(*earlier, index);
    if (targets.empty() && earlier->published) {
      if (const auto target = on_day(*earlier->published, index)) {
        targets.push_back(*target);
      }
    }
    for (const std::size_t target : targets) {
      add(index, {act, name_of(target), false, "inferred", earlier->words});
    }
  }
  // "C1-2026-03111" corrects 2026-03111, "C8-4768" E8-4768.
  if (document.type == DocumentType::correction && !has(RelationKind::corrects)) {
    const std::size_t dash = document.number.find('-');
    const std::string rest =
        dash == std::string::npos ? std::string() : document.number.substr(dash + 1);
    const std::string base = rest.find('-') != std::string::npos ? rest
                             : dash == 2 && document.number[0] == 'C'
                                 ? "E" + document.number.substr(1)
                                 : std::string();
    if (!base.empty() && (rest.find('-') != std::string::npos || m_by_number.count(base) != 0)) {
      add(index, {RelationKind::corrects, Citation::fr_document(base), false, "inferred", ""});
    }
  }
}

void Relater::relate_rulemakings() {
  std::map<std::string, Indices> by_rin;
  for (std::size_t i = 0; i < m_documents.size(); ++i) {
    for (const std::string& rin : m_documents[i].rins) {
      if (auto& members = by_rin[rin]; members.empty() || members.back() != i) {
        members.push_back(i);
      }
    }
  }
  for (const auto& [rin, members] : by_rin) {
    if (members.size() > rulemaking_limit) {
      continue;
    }
    for (const std::size_t one : members) {
      for (const std::size_t other : members) {
        if (one != other) {
          add(one,
              {RelationKind::same_rulemaking, name_of(other), false, "metadata", "RIN " + rin});
        }
      }
    }
  }
}

const Relater::Words& Relater::words_of(std::size_t index) {
  const auto [words, is_new] = m_words.try_emplace(index);
  if (is_new) {
    const Document& document = m_documents[index];
    words->second.text = lowered(normalise(document.abstract + '\n' + document.body));
    words->second.pages = ear::find_fr_citations(words->second.text);
  }
  return words->second;
}

/// By its number, a page of it, its RIN or its title of more than five words.
bool Relater::names(std::size_t index, std::size_t other) {
  const Document& document = m_documents[index];
  const Document& wanted = m_documents[other];
  const Words& words = words_of(index);
  const auto holds = [&](const std::string& name) {
    return !name.empty() && find_word(words.text, lowered(normalise(name))) != std::string::npos;
  };
  if (holds(wanted.number) || (!meet(document.rins, wanted.rins) &&
                               std::any_of(wanted.rins.begin(), wanted.rins.end(), holds))) {
    return true;
  }
  const std::string title = plain_title(wanted);
  if (title != plain_title(document) && std::count(title.begin(), title.end(), ' ') >= 5 &&
      words.text.find(title) != std::string::npos) {
    return true;
  }
  return std::any_of(words.pages.begin(), words.pages.end(), [&](const ear::FrCitation& citation) {
    return wanted.start_page != 0 && citation.volume == wanted.volume &&
           wanted.start_page <= citation.page &&
           citation.page <= std::max(wanted.start_page, wanted.end_page);
  });
}

void Relater::relate_companions() {
  for (const auto& [day, issue] : m_by_day) {
    for (std::size_t i = 0; i < issue.size(); ++i) {
      for (std::size_t j = i + 1; j < issue.size(); ++j) {
        const Document& one = m_documents[issue[i]];
        const Document& other = m_documents[issue[j]];
        const bool related = share_agency(one, other) || meet(one.cfr, other.cfr);
        if (related && is_rule(one) && is_rule(other) && names(issue[i], issue[j]) &&
            names(issue[j], issue[i])) {
          add(issue[i], {RelationKind::companion, name_of(issue[j]), false, "text", ""});
          add(issue[j], {RelationKind::companion, name_of(issue[i]), false, "text", ""});
        }
      }
    }
  }
}

/// Adds the inverse of each relation to its target.
void Relater::relate_back() {
  for (std::size_t i = 0; i < m_documents.size(); ++i) {
    const std::vector<Relation> said = m_relations[i];
    for (const Relation& relation : said) {
      if (const auto target = find(relation.target, i)) {
        add(*target,
            {inverse(relation.kind),
             name_of(i),
             relation.in_part,
             relation.source,
             relation.words});
      }
    }
  }
}

std::vector<std::vector<Relation>> Relater::relate() && {
  for (std::size_t i = 0; i < m_documents.size(); ++i) {
    const Document& document = m_documents[i];
    for (const Relation& relation : document.relations) {
      add(i, relation);
    }
    if (document.type == DocumentType::presidential && document.has_text) {
      for (const Relation& relation :
           find_order_relations(document.body, document.executive_order)) {
        add(i, relation);
      }
    }
    relate_acts(i);
  }
  relate_rulemakings();
  relate_companions();
  relate_back();
  return std::move(m_relations);
}

} // namespace

std::vector<std::vector<Relation>> relate(const std::vector<Document>& documents) {
  return Relater(documents).relate();
}

} // namespace regtrail::federal_register
