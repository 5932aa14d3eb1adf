#include "diff/relevance/party_names.hpp"

#include "diff/relevance/folded_name_internal.hpp"
#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <tuple>
#include <unordered_map>

namespace regtrail::diff {

namespace {

/// A name of the register.
struct Spelling {
  std::size_t party = 0;
  std::string shown; ///< as the register spells it
  std::string name;  ///< without the percent of an owner, blanks folded
  bool by_owner = false;
  FoldedName folded;
};

std::string with_single_blanks(std::string_view text) {
  std::string result;
  const Folded folded(text);
  for (const char c : folded.text()) {
    if (c != ' ' || (!result.empty() && result.back() != ' ')) {
      result += c;
    }
  }
  return std::string(trimmed(result));
}

/// Each run of three bytes once, as a number.
std::vector<std::uint32_t> trigrams(std::string_view text) {
  constexpr std::size_t gram = 3;
  constexpr unsigned byte_bits = 8;
  std::vector<std::uint32_t> result;
  for (std::size_t i = 0; i + gram <= text.size(); ++i) {
    std::uint32_t value = 0;
    for (const char c : text.substr(i, gram)) {
      value = (value << byte_bits) | static_cast<unsigned char>(c);
    }
    result.push_back(value);
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

const std::string& indexed(const FoldedName& folded) {
  return folded.core.empty() ? folded.squeezed : folded.core;
}

bool is_better(const PartyMatch& left, const PartyMatch& right) {
  return std::tie(left.likeness, left.by_owner, left.distance) <
         std::tie(right.likeness, right.by_owner, right.distance);
}

// ---- addresses

constexpr std::string_view address_spellings =
    "road|rd;street|st|str;building|bldg;floor|fl|f;room|rm;avenue|ave|av;district|dist;"
    "number|no;north|n;south|s;east|e;west|w;boulevard|blvd;city|ct;tower|twr;center|centre;"
    "block|blk;house|hse";

struct Address {
  std::multiset<std::string> numbers;
  std::set<std::string> words;
};

Address read_address(std::string_view text) {
  static const auto table = [] {
    std::unordered_map<std::string, std::string> result;
    for (const auto row : split(address_spellings, ';')) {
      for (const auto word : split(row, '|')) {
        result.emplace(word, split(row, '|').front());
      }
    }
    return result;
  }();
  Address address;
  std::string word;
  const auto finish = [&] {
    if (word.empty()) {
      return;
    }
    // "12/F" and "12th floor"
    const std::size_t digits = word.find_first_not_of("0123456789");
    if (digits == std::string::npos ||
        (digits > 0 && is_one_of(word.substr(digits), "f|st|nd|rd|th"))) {
      address.numbers.insert(word.substr(0, digits));
    } else {
      const auto found = table.find(word);
      address.words.insert(found == table.end() ? word : found->second);
    }
    word.clear();
  };
  const Folded folded(text);
  for (const char c : folded.text()) {
    if (is_alnum(c) || static_cast<unsigned char>(c) >= 0x80U) {
      word += to_lower(c);
    } else {
      finish();
    }
  }
  finish();
  return address;
}

/// The numbers of the shorter stand in the longer, and two thirds of its words.
bool same_address(const Address& left, const Address& right) {
  const bool left_is_shorter = left.words.size() <= right.words.size();
  const Address& few = left_is_shorter ? left : right;
  const Address& many = left_is_shorter ? right : left;
  constexpr std::size_t least_words = 3;
  if (few.numbers.empty() || few.words.size() < least_words ||
      !std::includes(
          many.numbers.begin(), many.numbers.end(), few.numbers.begin(), few.numbers.end())) {
    return false;
  }
  std::vector<std::string> both;
  std::set_intersection(few.words.begin(),
                        few.words.end(),
                        many.words.begin(),
                        many.words.end(),
                        std::back_inserter(both));
  return both.size() * 3 >= few.words.size() * 2;
}

} // namespace

struct PartyNames::Impl {
  std::vector<Spelling> spellings;
  std::unordered_map<std::string, std::vector<std::size_t>> by_squeezed;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> by_gram;
  std::unordered_map<std::string, std::vector<std::size_t>> by_beginning; ///< of the squeezed form
  std::vector<std::pair<std::size_t, Address>> addresses;
  std::vector<std::string> address_texts;

  void add(std::size_t party, const std::string& name, std::string shown, bool by_owner);
  [[nodiscard]] PartyMatch
  match_of(std::size_t spelling, NameLikeness likeness, int distance, std::string_view words) const;
  [[nodiscard]] std::vector<std::size_t> candidates(const FoldedName& name) const;
};

namespace {

constexpr std::size_t beginning = 3;

/// One match a party, the best, and the best party first.
std::vector<PartyMatch> best_of(std::vector<PartyMatch> all) {
  std::stable_sort(all.begin(), all.end(), is_better);
  std::vector<PartyMatch> result;
  for (auto& match : all) {
    if (std::none_of(result.begin(), result.end(), [&](const PartyMatch& known) {
          return known.party == match.party;
        })) {
      result.push_back(std::move(match));
    }
  }
  return result;
}

} // namespace

void PartyNames::Impl::add(std::size_t party,
                           const std::string& name,
                           std::string shown,
                           bool by_owner) {
  Spelling spelling{
      party, std::move(shown), with_single_blanks(name), by_owner, make_folded_name(name)};
  if (spelling.folded.squeezed.empty()) {
    return;
  }
  const std::size_t id = spellings.size();
  by_squeezed[spelling.folded.squeezed].push_back(id);
  for (const std::uint32_t piece : trigrams(indexed(spelling.folded))) {
    by_gram[piece].push_back(id);
  }
  if (spelling.folded.squeezed.size() >= beginning) {
    by_beginning[spelling.folded.squeezed.substr(0, beginning)].push_back(id);
  }
  spellings.push_back(std::move(spelling));
}

PartyMatch PartyNames::Impl::match_of(std::size_t id,
                                      NameLikeness likeness,
                                      int distance,
                                      std::string_view words) const {
  const Spelling& spelling = spellings[id];
  PartyMatch match;
  match.party = spelling.party;
  match.likeness = likeness;
  match.distance = distance;
  match.own = spelling.shown;
  match.words = words;
  match.by_owner = spelling.by_owner;
  return match;
}

/// Spellings that share a third of the trigrams.
std::vector<std::size_t> PartyNames::Impl::candidates(const FoldedName& name) const {
  const auto pieces = trigrams(indexed(name));
  std::vector<std::uint16_t> shared(spellings.size(), 0);
  for (const std::uint32_t piece : pieces) {
    if (const auto found = by_gram.find(piece); found != by_gram.end()) {
      for (const std::size_t id : found->second) {
        ++shared[id];
      }
    }
  }
  std::vector<std::size_t> result;
  for (std::size_t id = 0; id < shared.size(); ++id) {
    if (shared[id] > 0 && shared[id] * 3U >= pieces.size()) {
      result.push_back(id);
    }
  }
  return result;
}

PartyNames::PartyNames(std::span<const Party> parties) : m_impl(std::make_unique<Impl>()) {
  for (std::size_t i = 0; i < parties.size(); ++i) {
    const Party& party = parties[i];
    for (const auto* names : {&party.names, &party.aliases}) {
      for (const auto& entered : *names) {
        const auto each = names_in(entered);
        for (const auto& name : each) {
          m_impl->add(i, name, each.size() == 1 ? entered : name, false);
        }
      }
    }
    for (const Owner& owner : party.owners) {
      m_impl->add(i,
                  owner.name,
                  owner.percent ? fmt::format("owner {} ({} %)", owner.name, *owner.percent)
                                : "owner " + owner.name,
                  true);
    }
    if (!party.address.empty()) {
      m_impl->addresses.emplace_back(i, read_address(party.address));
      m_impl->address_texts.push_back(party.address);
    }
  }
}

PartyNames::PartyNames(PartyNames&&) noexcept = default;
PartyNames& PartyNames::operator=(PartyNames&&) noexcept = default;
PartyNames::~PartyNames() = default;

std::vector<PartyMatch> PartyNames::find(std::string_view name) const {
  const auto folded = make_folded_name(name);
  std::vector<PartyMatch> all;
  if (const auto found = m_impl->by_squeezed.find(folded.squeezed);
      found != m_impl->by_squeezed.end()) {
    const auto printed = with_single_blanks(name);
    for (const std::size_t id : found->second) {
      const bool exact = m_impl->spellings[id].name == printed;
      all.push_back(
          m_impl->match_of(id, exact ? NameLikeness::exact : NameLikeness::folded, 0, name));
    }
  }
  for (const std::size_t id : m_impl->candidates(folded)) {
    const auto& other = m_impl->spellings[id].folded;
    if (other.squeezed == folded.squeezed) {
      continue;
    }
    if (const int distance = near_distance(other, folded); distance >= 0) {
      all.push_back(m_impl->match_of(id, NameLikeness::near, distance, name));
    }
  }
  return best_of(std::move(all));
}

std::vector<PartyMatch> PartyNames::find_address(std::string_view address) const {
  const auto printed = read_address(address);
  std::vector<PartyMatch> all;
  for (std::size_t i = 0; i < m_impl->addresses.size(); ++i) {
    const auto& [party, own] = m_impl->addresses[i];
    if (same_address(own, printed)) {
      PartyMatch match;
      match.party = party;
      match.likeness = NameLikeness::address;
      match.own = m_impl->address_texts[i];
      match.words = address;
      all.push_back(std::move(match));
    }
  }
  return best_of(std::move(all));
}

std::vector<PartyMatch> PartyNames::find_in_text(std::string_view text) const {
  if (m_impl->spellings.empty()) {
    return {};
  }
  const auto words = name_words(text);
  std::vector<bool> is_form(words.size(), false);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t form = legal_form_at(words, i);
    for (std::size_t k = i; k < i + form; ++k) {
      is_form[k] = true;
    }
  }
  constexpr std::size_t shortest_word = 5;
  std::vector<PartyMatch> all;
  std::string ahead;
  std::vector<std::size_t> ends; // of the words in `ahead`
  std::vector<std::size_t> last; // the word that ends there
  constexpr std::size_t longest = 160;
  for (std::size_t first = 0; first < words.size(); ++first) {
    if (is_form[first]) {
      continue;
    }
    ahead.clear();
    ends.clear();
    last.clear();
    for (std::size_t i = first; i < words.size() && ahead.size() < longest; ++i) {
      if (!is_form[i]) {
        ahead += words[i].text;
        ends.push_back(ahead.size());
        last.push_back(i);
      }
    }
    const auto found = m_impl->by_beginning.find(ahead.substr(0, beginning));
    if (found == m_impl->by_beginning.end()) {
      continue;
    }
    for (const std::size_t id : found->second) {
      const auto& folded = m_impl->spellings[id].folded;
      const auto end = std::lower_bound(ends.begin(), ends.end(), folded.squeezed.size());
      if (end == ends.end() || *end != folded.squeezed.size() ||
          !ahead.starts_with(folded.squeezed)) {
        continue;
      }
      std::size_t last_word = last[static_cast<std::size_t>(end - ends.begin())];
      while (last_word + 1 < words.size() && is_form[last_word + 1]) {
        ++last_word;
      }
      const std::size_t begin = words[first].begin;
      const char initial = text[begin];
      const bool plain = is_lower(initial) || folded.core.empty();
      if (folded.words == 1 && (plain || folded.squeezed.size() < shortest_word)) {
        continue;
      }
      const auto printed = text.substr(begin, words[last_word].end - begin);
      const bool exact = with_single_blanks(printed) == trimmed(m_impl->spellings[id].name, ".");
      auto match =
          m_impl->match_of(id, exact ? NameLikeness::exact : NameLikeness::folded, 0, printed);
      match.begin = begin;
      all.push_back(std::move(match));
    }
  }
  return best_of(std::move(all));
}

} // namespace regtrail::diff
