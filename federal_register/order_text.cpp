#include "federal_register/order_text.hpp"

#include "federal_register/order_mention_internal.hpp"
#include "federal_register/sentence_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace regtrail::federal_register {

namespace {

struct OrderVerb {
  RelationKind kind;
  std::string_view base;
  std::string_view third;
  std::string_view participle;
  std::string_view gerund;
};

constexpr std::array<OrderVerb, 8> verbs = {{
    {RelationKind::revokes, "revoke", "revokes", "revoked", "revoking"},
    {RelationKind::revokes, "rescind", "rescinds", "rescinded", "rescinding"},
    {RelationKind::amends, "amend", "amends", "amended", "amending"},
    {RelationKind::supersedes, "supersede", "supersedes", "superseded", "superseding"},
    {RelationKind::suspends, "suspend", "suspends", "suspended", "suspending"},
    {RelationKind::terminates, "terminate", "terminates", "terminated", "terminating"},
    {RelationKind::continues, "continue", "continues", "continued", "continuing"},
    {RelationKind::modifies, "modify", "modifies", "modified", "modifying"},
}};

/// Words behind which an order is not what the verb acts on.
bool excludes_object(std::string_view word) {
  return is_one_of(word,
                   "by|in|under|to|with|from|than|for|on|if|unless|until|when|whether|pursuant|see|"
                   "into|upon|implementing|enforcing|through|revoked|amended|superseded");
}

/// Its emergency, council or board counts as the order for these.
bool acts_on_what_it_made(RelationKind kind) {
  return kind == RelationKind::continues || kind == RelationKind::terminates;
}

/// Between "is" and "revoked": "hereby", "revoked and superseded".
bool stands_before_participles(std::string_view word) {
  return is_one_of(word,
                   "hereby|further|also|therefore|thereby|accordingly|each|both|and|in|part") ||
         std::any_of(verbs.begin(), verbs.end(), [&](const OrderVerb& verb) {
           return verb.participle == word;
         });
}

/// What a verb acts on stands in `objects`.
struct Action {
  RelationKind kind = RelationKind::cites;
  Span objects;
  bool plural = false;
  bool in_part = false;   ///< "superseded to the extent that"
  bool announces = false; ///< "The following orders are revoked:"
};

class Reader {
public:
  explicit Reader(std::string_view own_number) : m_own(own_number) {}

  void read_paragraph(std::string_view paragraph);

  std::vector<Relation> relations() &&;

private:
  void read_sentence(Span sentence);
  void read_list_item();
  void find_mentions();
  [[nodiscard]] std::vector<Action> actions(Span sentence) const;
  [[nodiscard]] std::optional<Action> passive(Span sentence, std::size_t from, Span word) const;
  [[nodiscard]] std::optional<Action> active(Span sentence, Span word, bool chained) const;
  void apply(const Action& action, Span sentence);
  void add(RelationKind kind, const OrderMention& mention, bool in_part, Span words);

  [[nodiscard]] std::string_view between(std::size_t begin, std::size_t end) const {
    return begin < m_text.size()
               ? std::string_view(m_text).substr(begin, end > begin ? end - begin : 0)
               : std::string_view();
  }

  /// The first that begins at `pos` or behind it.
  [[nodiscard]] std::vector<OrderMention>::const_iterator first_mention(std::size_t pos) const {
    return std::lower_bound(
        m_mentions.begin(), m_mentions.end(), pos, [](const OrderMention& mention, std::size_t at) {
          return mention.begin < at;
        });
  }

  std::string_view m_own;
  std::string_view m_paragraph;
  std::optional<Folded> m_folded;
  std::string m_text; ///< of the paragraph, quotations blanked
  std::vector<OrderMention> m_mentions;
  std::vector<RelationKind> m_list; ///< what is done to the items in the paragraphs that follow
  std::string m_last_order;         ///< what "that order" means
  std::vector<Relation> m_relations;
  std::map<std::pair<std::string, RelationKind>, std::size_t> m_known; ///< index of each
};

void Reader::find_mentions() {
  m_mentions.clear();
  for (std::size_t i = 0; i < m_text.size();) {
    if (to_lower(m_text[i]) == 'e' && (i == 0 || !is_alnum(m_text[i - 1]))) {
      std::size_t end = i;
      const auto found = read_orders(m_text, end);
      if (!found.empty()) {
        m_mentions.insert(m_mentions.end(), found.begin(), found.end());
        m_last_order = found.front().number;
        i = end;
        continue;
      }
    }
    // "that order", "that Executive Order": the one named first in the words before.
    if (!m_last_order.empty() && has_word_at(m_text, i, "that")) {
      const std::size_t next = skip_blanks(m_text, i + 4);
      for (const std::string_view name : {"executive order", "order"}) {
        if (has_word_at(m_text, next, name)) {
          m_mentions.push_back({m_last_order, i, next + name.size()});
          i = next + name.size() - 1;
          break;
        }
      }
    }
    ++i;
  }
}

/// "Executive Order N ... is hereby revoked": the participle is `word`.
std::optional<Action> Reader::passive(Span sentence, std::size_t from, Span word) const {
  std::size_t begin = word.begin;
  std::string before;
  for (int words = 0; words < 8; ++words) {
    before = word_before(m_text, begin, begin);
    if (!stands_before_participles(before)) {
      break;
    }
  }
  if (begin < from || !is_one_of(before, "is|are|be")) {
    return std::nullopt;
  }
  std::size_t modal = begin;
  if (before == "be" && word_before(m_text, begin, modal) != "shall") {
    return std::nullopt;
  }
  Action action;
  action.plural = before == "are";
  action.objects = {from, begin};
  const std::size_t next = skip_blanks(m_text, word.end);
  for (const std::string_view limit : {"to the extent", "in part", "insofar as"}) {
    action.in_part = action.in_part || has_word_at(m_text, next, limit);
  }
  const auto subject = between(from, begin);
  for (const std::string_view lead : {"following", "listed below", "set forth below"}) {
    action.announces = action.announces || find_word(subject, lead) != std::string_view::npos;
  }
  if (action.announces) {
    const std::size_t colon = between(word.end, std::min(word.end + 200, sentence.end)).find(':');
    if (colon != std::string_view::npos) {
      action.objects = {word.end + colon + 1, sentence.end};
    }
  }
  return action;
}

/// "This order supersedes ...", "I hereby revoke ...": the verb is `word`. `chained`: another such
/// verb went before, "and revoke that order".
std::optional<Action> Reader::active(Span sentence, Span word, bool chained) const {
  std::size_t begin = word.begin;
  std::string before = word_before(m_text, begin, begin);
  bool subject = chained && before == "and";
  for (int words = 0; words < 6 && !subject; ++words) {
    if (before == "i" && m_text[begin] == 'I') {
      subject = true;
    } else if (is_one_of(before, "order|proclamation|notice|section")) {
      subject = word_before(m_text, begin, begin) == "this";
      break;
    } else if (!is_one_of(before, "hereby|do|am|also|further|therefore|and|accordingly|thus")) {
      break;
    }
    before = word_before(m_text, begin, begin);
  }
  if (!subject || begin < sentence.begin) {
    return std::nullopt;
  }
  Action action;
  action.plural = true;
  action.objects = {word.end, sentence.end};
  return action;
}

std::vector<Action> Reader::actions(Span sentence) const {
  std::vector<Action> found;
  std::size_t from = sentence.begin; ///< where the subject of the next verb may begin
  bool chained = false;
  auto mention = first_mention(sentence.begin);
  for (std::size_t i = sentence.begin; i < sentence.end;) {
    while (mention != m_mentions.end() && mention->end <= i) {
      ++mention;
    }
    if (mention != m_mentions.end() && mention->begin <= i) {
      i = mention->end; // titles of orders have verbs too
      continue;
    }
    if (!is_alpha(m_text[i]) || (i > 0 && is_alnum(m_text[i - 1]))) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < sentence.end && is_alpha(m_text[end])) {
      ++end;
    }
    const std::string word = lowered(between(i, end));
    for (const OrderVerb& verb : verbs) {
      std::optional<Action> action;
      if (word == verb.participle) {
        action = passive(sentence, from, {i, end});
        if (!action && !found.empty() && trimmed(between(from, i), ",") == "and") {
          action = found.back(); // "are revoked and superseded"
        }
      } else if (word == verb.base || word == verb.third || word == verb.gerund) {
        action = active(sentence, {i, end}, chained);
        // "the national emergency declared in Executive Order N must continue in effect"
        if (!action && verb.kind == RelationKind::continues &&
            has_word_at(m_text, skip_blanks(m_text, end), "in effect")) {
          std::size_t modal = i;
          if (is_one_of(word_before(m_text, i, modal), "must|shall")) {
            action = Action{};
            action->objects = {from, modal};
          }
        } else {
          chained = chained || action;
        }
      }
      if (!action) {
        continue;
      }
      action->kind = verb.kind;
      if (!found.empty() && found.back().objects.end == sentence.end) {
        found.back().objects.end = std::max(found.back().objects.begin, i);
      }
      found.push_back(*action);
      from = end;
    }
    i = end;
  }
  return found;
}

/// Which of the orders between the ends of `action.objects` the verb acts on.
void Reader::apply(const Action& action, Span sentence) {
  std::size_t last = action.objects.begin;
  bool direct = true;
  for (auto at = first_mention(action.objects.begin);
       at != m_mentions.end() && at->end <= action.objects.end;
       ++at) {
    const OrderMention& mention = *at;
    std::string_view separator = between(last, mention.begin);
    const bool first = last == action.objects.begin;
    last = mention.end;
    std::size_t begin = 0;
    const std::string word = word_before(separator, separator.size(), begin);
    bool in_part = false;
    if (word == "of") {
      // "section 3 of", "subsection (b) of section 12 of"; but "implementation of".
      in_part = any_phrase(
          "section|sections|subsection|subsections|paragraph|paragraphs|sentence|clause|part|title|"
          "annex",
          [&](std::string_view unit) {
            return find_word(separator, unit) != std::string_view::npos;
          });
      direct = in_part || find_word(separator, "provisions") != std::string_view::npos;
    } else if (word == "and" || word == "or") {
      // "as amended by Executive Order 1 and Executive Order 2" goes on with what is meant by "by".
      const bool comma = separator.find(',') != std::string_view::npos;
      direct = direct || first || (comma && action.plural);
    } else if (word == "in" || word == "by" || word == "under") {
      const bool made = find_word(separator, "emergency") != std::string_view::npos ||
                        find_word(separator, "emergencies") != std::string_view::npos ||
                        find_word(separator, "established") != std::string_view::npos ||
                        find_word(separator, "created") != std::string_view::npos;
      direct = made && acts_on_what_it_made(action.kind);
    } else {
      direct = !excludes_object(word) && (first || word.empty() || direct);
    }
    if (direct) {
      add(action.kind, mention, in_part || action.in_part, sentence);
    }
  }
}

void Reader::add(RelationKind kind, const OrderMention& mention, bool in_part, Span words) {
  if (mention.number == m_own) {
    return;
  }
  const auto [known, is_new] = m_known.try_emplace({mention.number, kind}, m_relations.size());
  if (!is_new) {
    Relation& relation = m_relations[known->second];
    relation.in_part = relation.in_part && in_part;
    return;
  }
  Relation relation;
  relation.kind = kind;
  relation.target = Citation::executive_order(mention.number);
  // To amend is to change a part.
  relation.in_part = in_part && kind != RelationKind::amends && kind != RelationKind::cites;
  relation.source = "text";
  relation.words = excerpt(
      m_paragraph, {m_folded->original_begin(words.begin), m_folded->original_end(words.end)});
  m_relations.push_back(std::move(relation));
}

/// "(r) Executive Order 14007 of January 27, 2021 (...)." under "... are hereby revoked:".
void Reader::read_list_item() {
  if (m_mentions.empty()) {
    return; // a memorandum or a proclamation
  }
  const std::size_t begin = m_text.find(')') + 1;
  for (const RelationKind kind : m_list) {
    if (acts_on_what_it_made(kind)) {
      // "(d) President's Export Council; Executive Order 12131, as amended"
      add(kind, m_mentions.front(), false, {0, m_text.size()});
      continue;
    }
    Action action;
    action.kind = kind;
    action.plural = true;
    action.objects = {begin, m_text.size()};
    apply(action, {0, m_text.size()});
  }
}

void Reader::read_sentence(Span sentence) {
  const auto found = actions(sentence);
  for (const Action& action : found) {
    const std::size_t before = m_relations.size();
    apply(action, sentence);
    if (action.announces && m_relations.size() == before) {
      m_list.push_back(action.kind);
    }
  }
  for (auto at = first_mention(sentence.begin); at != m_mentions.end() && at->begin < sentence.end;
       ++at) {
    const OrderMention& mention = *at;
    const std::size_t window = 120;
    const std::size_t from =
        mention.begin - sentence.begin > window ? mention.begin - window : sentence.begin;
    const auto lead = between(from, mention.begin);
    const bool furthers = find_word(lead, "in furtherance of") != std::string_view::npos ||
                          trimmed(lead).ends_with("to implement");
    if (furthers) {
      add(RelationKind::implements, mention, false, sentence);
    }
    add(RelationKind::cites, mention, false, sentence);
  }
}

void Reader::read_paragraph(std::string_view paragraph) {
  m_paragraph = paragraph;
  m_folded.emplace(paragraph);
  m_text = without_quotations(m_folded->text());
  find_mentions();
  std::vector<Span> kept;
  for (const OrderMention& mention : m_mentions) {
    kept.push_back({mention.begin, mention.end});
  }
  const std::size_t begin = skip_blanks(m_text, 0);
  if (!m_list.empty() && begin < m_text.size() && m_text[begin] == '(') {
    read_list_item();
  } else {
    m_list.clear();
  }
  for (const Span& sentence : sentences(m_text, kept)) {
    read_sentence(sentence);
  }
}

std::vector<Relation> Reader::relations() && {
  std::set<std::string> acted_on;
  for (const Relation& relation : m_relations) {
    if (relation.kind != RelationKind::cites) {
      acted_on.insert(relation.target.name());
    }
  }
  m_relations.erase(std::remove_if(m_relations.begin(),
                                   m_relations.end(),
                                   [&](const Relation& relation) {
                                     return relation.kind == RelationKind::cites &&
                                            acted_on.count(relation.target.name()) != 0;
                                   }),
                    m_relations.end());
  return std::move(m_relations);
}

} // namespace

std::vector<Relation> find_order_relations(std::string_view body, std::string_view own_number) {
  Reader reader(own_number);
  for (const std::string_view paragraph : split(body, '\n')) {
    reader.read_paragraph(paragraph);
  }
  return std::move(reader).relations();
}

} // namespace regtrail::federal_register
