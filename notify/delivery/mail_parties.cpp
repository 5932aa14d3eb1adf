#include "notify/delivery/mail_parties.hpp"

#include "model/characters.hpp"
#include "notify/render/csv.hpp"
#include "notify/render/entries.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/headline_countries.hpp"
#include "notify/render/summary.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace regtrail::delivery {

namespace {

constexpr std::size_t most_named = 12;
constexpr std::size_t aliases_shown = 4;

const EntityRecord* record_of(const Change& change, const DigestInput& input) {
  const auto found = input.parties.find(change.id);
  return found == input.parties.end() ? nullptr : &found->second;
}

std::string joined_lines(const std::vector<std::string>& parts) {
  return render::joined(parts, "; ");
}

const Party* find_party(const std::string& id, const Register& entries) {
  const auto found = std::find_if(entries.parties.begin(),
                                  entries.parties.end(),
                                  [&](const Party& party) { return party.id == id; });
  return found == entries.parties.end() ? nullptr : &*found;
}

/// The policies that a cell names, from strict to open; both may stand in one.
Headline policy_words(const std::string& text) {
  constexpr std::array words{
      std::pair{std::string_view("presumption of denial"),
                Phrase{"presumption of denial", "原則不許可"}},
      std::pair{std::string_view("policy of denial"), Phrase{"policy of denial", "不許可方針"}},
      std::pair{std::string_view("case-by-case"), Phrase{"case-by-case review", "個別審査"}},
      std::pair{std::string_view("presumption of approval"),
                Phrase{"presumption of approval", "原則許可"}}};
  const std::string lower = lowered(text);
  Headline out;
  for (const auto& [printed, phrase] : words) {
    if (lower.find(printed) != std::string::npos) {
      out.en += (out.en.empty() ? "" : " / ") + std::string(phrase.en);
      out.ja += (out.ja.empty() ? "" : "・") + std::string(phrase.ja);
    }
  }
  return out;
}

/// "§ 734.9(e)(3)" where the requirement names a foreign direct product rule.
std::string product_rule(const std::string& requirement) {
  constexpr std::string_view section = "734.9(";
  const std::size_t begin = requirement.find(section);
  if (begin == std::string::npos) {
    return "";
  }
  std::size_t end = begin + section.size() - 1;
  while (end < requirement.size() && requirement[end] == '(') {
    const std::size_t close = requirement.find(')', end);
    if (close == std::string::npos) {
      break;
    }
    end = close + 1;
  }
  return "§" + requirement.substr(begin, end - begin);
}

/// "＝ equals an alias (apart from legal form, case and punctuation)"
std::string name_verdict(const Reason& reason, const EntityRecord* record, const Speaker& speak) {
  const bool alias = record != nullptr &&
                     std::find(record->aliases.begin(), record->aliases.end(), reason.words) !=
                         record->aliases.end();
  const std::string equal = speak(alias ? say::equals_alias : say::equals_name);
  switch (*reason.likeness) {
  case NameLikeness::exact:
    return equal;
  case NameLikeness::folded:
    return equal + speak(say::but_for_form);
  case NameLikeness::near:
    return reason.distance == 0 ? speak(say::near_order) : speak(say::near_name, reason.distance);
  case NameLikeness::address:
    return speak(say::like_address);
  case NameLikeness::owner:
    return speak(say::like_owner);
  }
  return "";
}

/// The change that a partner's hit is about.
const Change* change_of(const Topic& topic, const Hit& hit) {
  for (const Shown& shown : shown_changes(topic)) {
    if (is_about(hit, *shown.change)) {
      return shown.change;
    }
  }
  return nullptr;
}

Comparison
compare(const Party& party, const Hit& hit, const EntityRecord* record, const Speaker& speak) {
  Comparison out{speak(say::your_record, party.id), speak(say::the_list), {}};
  const Reason* named = nullptr;
  bool address = false;
  for (const Reason& reason : hit.reasons) {
    if (reason.signal == Signal::party && reason.likeness) {
      address = address || *reason.likeness == NameLikeness::address;
      named = named == nullptr && *reason.likeness != NameLikeness::address ? &reason : named;
    }
  }
  std::string listed = record == nullptr ? (named == nullptr ? "" : named->words) : record->name;
  if (record != nullptr && !record->aliases.empty()) {
    std::vector<std::string> aliases = record->aliases;
    if (named != nullptr) { // the one that is alike is not cut off
      std::stable_partition(aliases.begin(), aliases.end(), [&](const std::string& alias) {
        return alias == named->words;
      });
    }
    const std::size_t rest = aliases.size() - std::min(aliases.size(), aliases_shown);
    aliases.resize(std::min(aliases.size(), aliases_shown));
    if (rest > 0) {
      aliases.push_back(speak(say::more, rest));
    }
    listed += "; a.k.a. " + joined_lines(aliases);
  }
  const std::string own = named == nullptr || named->own.empty()
                              ? (party.names.empty() ? "" : party.names.front())
                              : named->own;
  out.rows.push_back(
      {speak(say::party_name),
       own,
       speak(record != nullptr && !record->aliases.empty() ? say::party_names : say::party_name),
       listed,
       named == nullptr ? "" : name_verdict(*named, record, speak)});
  const std::string addresses = record == nullptr ? "" : joined_lines(record->addresses);
  if (!party.address.empty() && !addresses.empty()) {
    out.rows.push_back({speak(say::party_address),
                        party.address,
                        speak(say::party_address),
                        addresses,
                        address ? speak(say::like_address) : ""});
  }
  return out;
}

/// "China", "中国"
std::string country_of(const Change& change, const Speaker& speak) {
  const std::string& printed = change.at.steps().front().name;
  const auto words = render::country_words(printed);
  return words ? speak(*words) : printed;
}

struct Counts {
  int added = 0;
  int removed = 0;
  int footnoted = 0;

  [[nodiscard]] int all() const { return added + removed; }

  void add(const Counts& other) {
    added += other.added;
    removed += other.removed;
    footnoted += other.footnoted;
  }
};

/// Of a topic's parties.
class Overview {
public:
  Overview(const std::vector<const Change*>& parties,
           const DigestInput& input,
           const Speaker& speak)
      : m_parties(parties),
        m_speak(speak) {
    for (const Change* change : parties) {
      const EntityRecord* record = record_of(*change, input);
      Counts one{change->kind == ChangeKind::added, change->kind == ChangeKind::removed, 0};
      if (record != nullptr && !record->footnotes.empty()) {
        one.footnoted = 1;
        m_footnotes.insert(record->footnotes.begin(), record->footnotes.end());
      }
      m_all.add(one);
      m_countries[country_of(*change, speak)].add(one);
      const std::string policy =
          record == nullptr ? "" : speak(policy_words(record->review_policy));
      if (!policy.empty()) {
        ++m_policies[policy];
      }
    }
  }

  [[nodiscard]] std::string heading() const {
    const Phrase& phrase = m_all.removed == 0 ? say::parties_added
                           : m_all.added == 0 ? say::parties_removed
                                              : say::parties_changed;
    return m_speak(phrase, m_all.all());
  }

  [[nodiscard]] Table table() const {
    std::vector<std::pair<std::string, Counts>> rows(m_countries.begin(), m_countries.end());
    std::stable_sort(rows.begin(), rows.end(), [](const auto& left, const auto& right) {
      return left.second.all() > right.second.all();
    });
    Table out;
    out.columns = {m_speak(say::country)};
    if (m_all.added > 0) {
      out.columns.push_back(m_speak(say::added));
    }
    if (m_all.removed > 0) {
      out.columns.push_back(m_speak(say::removed));
    }
    if (m_all.footnoted > 0) {
      out.columns.push_back(m_footnotes.size() == 1 ? m_speak(say::footnoted, *m_footnotes.begin())
                                                    : m_speak(say::footnoted_any));
    }
    rows.emplace_back(m_speak(say::total), m_all);
    for (const auto& [country, counts] : rows) {
      std::vector<std::string> row{country};
      const auto add = [&row](int shown, int count) {
        if (shown > 0) {
          row.push_back(count == 0 ? "–" : std::to_string(count));
        }
      };
      add(m_all.added, counts.added);
      add(m_all.removed, counts.removed);
      add(m_all.footnoted, counts.footnoted);
      out.rows.push_back(std::move(row));
    }
    return out;
  }

  /// "" where the list says nothing of them.
  [[nodiscard]] std::string policies() const {
    std::vector<std::string> parts;
    for (const auto& [policy, count] : m_policies) {
      parts.push_back(m_speak(say::policy_count, policy, count));
    }
    return parts.empty() ? "" : m_speak(say::policies, m_speak.list(parts));
  }

private:
  const std::vector<const Change*>& m_parties;
  const Speaker& m_speak;
  Counts m_all;
  std::set<int> m_footnotes;
  std::map<std::string, Counts> m_countries;
  std::map<std::string, int> m_policies;
};

} // namespace

std::vector<Comparison>
party_comparisons(const Topic& topic, const DigestInput& input, const Speaker& speak) {
  std::vector<Comparison> out;
  for (const Hit& hit : topic.hits) {
    const Party* party =
        hit.entry == EntryKind::party ? find_party(hit.category, input.categories) : nullptr;
    if (party != nullptr) {
      const Change* change = change_of(topic, hit);
      out.push_back(
          compare(*party, hit, change == nullptr ? nullptr : record_of(*change, input), speak));
    }
  }
  return out;
}

std::vector<Fact> party_facts(const Topic& topic, const DigestInput& input, const Speaker& speak) {
  std::vector<const Change*> changes; // of the partner that is hit, else of the only party
  for (const Hit& hit : topic.hits) {
    changes.push_back(hit.entry == EntryKind::party ? change_of(topic, hit) : nullptr);
  }
  if (const auto parties = whole_parties(topic); parties.size() == 1) {
    changes.push_back(parties.front());
  }
  std::vector<Fact> facts;
  for (const Change* change : changes) {
    const EntityRecord* record = change == nullptr ? nullptr : record_of(*change, input);
    if (record == nullptr || change->kind == ChangeKind::removed) {
      continue;
    }
    const std::string& required = record->license_requirement;
    const std::string lower = lowered(required);
    const bool all = lower.find("all items subject to the ear") != std::string::npos &&
                     lower.find("except") == std::string::npos;
    if (!required.empty()) {
      facts.push_back(
          {speak(say::requirement),
           {{all ? speak(say::bracketed, speak(say::all_items), required) : required}}});
    }
    const std::string policy = speak(policy_words(record->review_policy));
    if (!record->review_policy.empty()) {
      facts.push_back({speak(say::policy),
                       {{policy.empty() || !speak.is_japanese()
                             ? record->review_policy
                             : speak(say::bracketed, policy, record->review_policy)}}});
    }
    const std::string rule = product_rule(required);
    const auto home = render::country_words(input.home);
    if (!rule.empty() && home) {
      facts.push_back(
          {speak(say::home_made, speak(*home)), {{speak(say::home_made_footnote, rule)}}});
    }
    break; // the first is the best
  }
  return facts;
}

std::vector<Block> party_blocks(const Topic& topic,
                                const DigestInput& input,
                                const Speaker& speak,
                                const std::vector<Attachment>& files) {
  const std::vector<const Change*> parties = whole_parties(topic);
  if (parties.size() < 2) {
    return {};
  }
  const Overview overview(parties, input, speak);
  std::vector<Block> out{Label{overview.heading()}};
  std::vector<std::string> notes;
  if (parties.size() <= most_named) {
    Lines lines;
    for (const Change* change : parties) {
      lines.rows.push_back(
          {{{speak(say::bracketed, change->at.steps()[1].name, country_of(*change, speak)),
             "",
             false}},
           {{speak(change->kind == ChangeKind::added ? say::added : say::removed)}}});
    }
    out.emplace_back(std::move(lines));
  } else {
    out.emplace_back(overview.table());
  }
  if (!overview.policies().empty()) {
    notes.push_back(overview.policies());
  }
  if (!files.empty()) {
    notes.push_back(speak(say::csv_attached, parties.size()));
  }
  if (!notes.empty()) {
    out.emplace_back(Paragraph{{{speak.sentences(notes)}}, Paragraph::Size::small});
  }
  return out;
}

std::optional<Attachment> party_file(const Topic& topic, const DigestInput& input) {
  const std::vector<const Change*> parties = whole_parties(topic);
  if (parties.size() <= most_named) {
    return std::nullopt;
  }
  const Document* rule = topic.rule();
  Attachment out;
  out.name = rule != nullptr           ? "parties_" + rule->number + ".csv"
             : !topic.citation.empty() ? "parties_" + topic.citation + ".csv"
                                       : "parties.csv";
  std::replace(out.name.begin(), out.name.end(), ' ', '-');
  out.type = "text/csv; charset=utf-8";
  out.bytes = render::byte_order_mark;
  render::add_csv_row(out.bytes,
                      {"no",
                       "change",
                       "list",
                       "country",
                       "国・地域",
                       "name",
                       "aliases",
                       "address",
                       "license_requirement",
                       "footnotes",
                       "license_review_policy",
                       "審査方針",
                       "fr_citation",
                       "document",
                       "effective",
                       "your_partner"});
  int number = 0;
  for (const Change* change : parties) {
    const EntityRecord* known = record_of(*change, input);
    const EntityRecord record = known == nullptr ? EntityRecord{} : *known;
    const auto country = render::country_words(change->at.steps().front().name);
    std::vector<std::string> partners;
    for (const Hit& hit : topic.hits) {
      if (hit.entry == EntryKind::party && is_about(hit, *change)) {
        partners.push_back(render::entry_name(hit, input.categories, input.subscriber.language));
      }
    }
    render::add_csv_row(
        out.bytes,
        {std::to_string(++number),
         std::string(to_string(change->kind)),
         render::party_list_name(change->at).en,
         change->at.steps().front().name,
         country ? country->ja : "",
         change->at.steps()[1].name,
         joined_lines(record.aliases),
         joined_lines(record.addresses),
         record.license_requirement,
         render::joined(record.footnotes, "; "),
         record.review_policy,
         policy_words(record.review_policy).ja,
         joined_lines(record.citations),
         rule == nullptr ? "" : rule->number,
         rule == nullptr || rule->effective.empty() ? "" : rule->effective.front().to_string(),
         joined_lines(partners)});
  }
  return out;
}

} // namespace regtrail::delivery
