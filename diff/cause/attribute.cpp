#include "diff/cause/attribute.hpp"

#include "diff/cause/cited_internal.hpp"
#include "diff/cause/overlap_internal.hpp"
#include "diff/cause/places_internal.hpp"
#include "diff/cause/schedule_internal.hpp"
#include "diff/cause/weights_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace regtrail::diff {

namespace {

using cause::Naming;
using cause::Neighbourhood;
using cause::NewWords;
using cause::Pointer;
using cause::Shingles;
using cause::Timing;

constexpr std::size_t candidates_told = 2;
constexpr std::chrono::days slack{10};

/// Notices, proposals and orders do not amend the CFR; what only amends authority citations or
/// delays others does not alter its text.
bool can_amend(const Document& document) {
  return document.type == DocumentType::rule || document.type == DocumentType::correction ||
         document.type == DocumentType::other;
}

bool is_of(const Instruction& instruction, const Attributable& transition) {
  return (instruction.part.empty() || instruction.part == transition.part) &&
         (instruction.title.empty() || instruction.title == transition.title);
}

/// A document with what does not depend on the change.
struct Candidate {
  const Document* document = nullptr;
  Neighbourhood others;
  std::vector<const Instruction*> instructions; ///< that concern the part
  bool all_understood = true;                   ///< of these
  Timing timing = Timing::unknown;              ///< of any instruction
};

/// What one document has for itself concerning one change.
struct Case {
  const Candidate* candidate = nullptr;
  const Instruction* instruction = nullptr;
  int points = 0;
  int signals = 0; ///< of the four that must agree, and the text
  bool differs = false;
  std::vector<CauseEvidence> evidence;

  void add(int weight, CauseEvidence found) {
    points += weight;
    evidence.push_back(found);
  }
};

class Attribution {
public:
  Attribution(const Attributable& transition,
              const std::vector<const Document*>& documents,
              const std::optional<Coverage>& coverage)
      : m_transition(transition),
        m_coverage(coverage),
        m_pointers(cause::pointers_of(transition.diff)) {
    for (const Document* document : documents) {
      if (can_amend(*document)) {
        prepare(*document, documents);
      }
    }
  }

  std::vector<Cause> causes_of(const Change& change) {
    const auto pointers = cause::pointers_for(m_pointers, change);
    const NewWords words = cause::new_words(change);
    std::vector<Case> cases;
    for (const Candidate& candidate : m_candidates) {
      Case judged = judge(candidate, change, pointers, words);
      if (judged.points > 0) {
        cases.push_back(std::move(judged));
      }
    }
    std::stable_sort(cases.begin(), cases.end(), [](const Case& left, const Case& right) {
      return left.points > right.points;
    });
    return verdict(change, cases, pointers);
  }

private:
  void prepare(const Document& document, const std::vector<const Document*>& all) {
    Candidate candidate;
    candidate.document = &document;
    candidate.others = cause::neighbourhood_of(document, all);
    for (const Instruction& instruction : document.instructions) {
      if (is_of(instruction, m_transition)) {
        candidate.instructions.push_back(&instruction);
        candidate.all_understood = candidate.all_understood && instruction.understood;
      }
    }
    candidate.timing = cause::timing_of(document,
                                        cause::effective_days(document, nullptr, candidate.others),
                                        candidate.others,
                                        m_transition);
    if (candidate.timing != Timing::never) {
      m_candidates.push_back(std::move(candidate));
    }
  }

  Case judge(const Candidate& candidate,
             const Change& change,
             const std::vector<const Pointer*>& pointers,
             const NewWords& words) {
    Case best;
    best.candidate = &candidate;
    judge_pointers(best, pointers);
    if (!candidate.document->has_text) {
      judge_timing(best, candidate.timing);
      return best;
    }
    // The instruction that fits best speaks for its document.
    std::optional<Case> named;
    for (const Instruction* instruction : candidate.instructions) {
      const Naming naming = cause::naming_of(*instruction, change);
      if (naming == Naming::no) {
        continue;
      }
      const Timing timing = timing_of(candidate, *instruction);
      if (timing == Timing::never) {
        continue;
      }
      Case judged = best;
      judged.instruction = instruction;
      judge_naming(judged, naming);
      judge_text(judged, candidate, *instruction, change, words);
      judge_timing(judged, timing);
      if (!named || judged.points > named->points) {
        named = std::move(judged);
      }
    }
    if (named) {
      return *named;
    }
    if (candidate.instructions.empty()) {
      best.points += orders_nothing(*candidate.document) ? 0 : weight::not_this_part;
    } else if (candidate.all_understood) {
      best.add(weight::names_elsewhere, CauseEvidence::names_elsewhere);
    } else {
      best.evidence.push_back(CauseEvidence::not_understood);
    }
    judge_timing(best, candidate.timing);
    return best;
  }

  static void judge_pointers(Case& judged, const std::vector<const Pointer*>& pointers) {
    const Document& document = *judged.candidate->document;
    const auto points_here = [&](Pointer::Kind kind) {
      return std::any_of(pointers.begin(), pointers.end(), [&](const Pointer* pointer) {
        const FrPage page = pointer->page;
        return pointer->kind == kind && document.volume == page.volume && page.volume != 0 &&
               page.page >= document.start_page &&
               page.page <= std::max(document.start_page, document.end_page);
      });
    };
    if (points_here(Pointer::Kind::cited)) {
      judged.add(weight::cited, CauseEvidence::cita);
      judged.evidence.push_back(CauseEvidence::page_range);
      ++judged.signals;
    }
    if (points_here(Pointer::Kind::pending_gone)) {
      judged.add(weight::pending_gone, CauseEvidence::pending_link);
      ++judged.signals;
    }
  }

  static void judge_naming(Case& judged, Naming naming) {
    switch (naming) {
    case Naming::exactly:
      judged.add(weight::names_exactly, CauseEvidence::instruction);
      ++judged.signals;
      break;
    case Naming::around:
      judged.add(weight::names_around, CauseEvidence::instruction);
      ++judged.signals;
      break;
    case Naming::weakly:
      judged.add(weight::names_weakly, CauseEvidence::instruction_in_part);
      break;
    case Naming::no:
      break;
    }
  }

  void judge_text(Case& judged,
                  const Candidate& candidate,
                  const Instruction& instruction,
                  const Change& change,
                  const NewWords& words) {
    const cause::Quoted quoted = cause::quoted_words(instruction, change);
    if (quoted == cause::Quoted::exactly) {
      judged.add(weight::words_exact, CauseEvidence::words);
      ++judged.signals;
      return;
    }
    if (quoted == cause::Quoted::alike) {
      judged.add(weight::text_alike, CauseEvidence::words);
      return;
    }
    const auto share = words.share_in(printed_by(*candidate.document, instruction));
    if (!share) {
      return;
    }
    if (*share >= weight::equal_share) {
      judged.add(weight::text_equal, CauseEvidence::text);
      ++judged.signals;
    } else if (*share >= weight::alike_share) {
      judged.add(weight::text_alike, CauseEvidence::text);
    } else if (*share < weight::differs_share && words.enough) {
      judged.add(weight::text_differs, CauseEvidence::text_differs);
      judged.differs = true;
    }
  }

  static void judge_timing(Case& judged, Timing timing) {
    switch (timing) {
    case Timing::on_time:
      judged.add(weight::on_time, CauseEvidence::dates);
      ++judged.signals;
      break;
    case Timing::too_late:
      judged.add(weight::too_late, CauseEvidence::too_late);
      break;
    case Timing::within:
    case Timing::unknown:
    case Timing::never:
      break;
    }
  }

  Timing timing_of(const Candidate& candidate, const Instruction& instruction) {
    return cause::timing_of(
        *candidate.document,
        cause::effective_days(*candidate.document, &instruction, candidate.others),
        candidate.others,
        m_transition);
  }

  /// What stands under an instruction; lettered ones share what is printed with their number.
  const Shingles& printed_by(const Document& document, const Instruction& instruction) {
    const auto [entry, is_new] = m_printed.try_emplace(&instruction);
    if (!is_new) {
      return entry->second;
    }
    if (!instruction.set_out.empty()) {
      cause::add_set_out(entry->second, instruction);
      return entry->second;
    }
    const auto number = [](const Instruction& each) {
      return each.ordinal.substr(0, each.ordinal.find('.'));
    };
    for (const Instruction& other : document.instructions) {
      if (number(other) == number(instruction)) {
        cause::add_set_out(entry->second, other);
      }
    }
    return entry->second;
  }

  /// A correction of the printed document has no instructions of its own.
  static bool orders_nothing(const Document& document) {
    return document.type == DocumentType::correction && document.instructions.empty();
  }

  static bool is_family(const Case& one, const Case& other) {
    const auto& corrected = one.candidate->others.corrected_by;
    return std::find(corrected.begin(), corrected.end(), other.candidate->document) !=
           corrected.end();
  }

  static double confidence_of(const Case& judged, const std::vector<Case>& cases) {
    const auto most = static_cast<int>(weight::confidence.size()) - 1;
    double confidence =
        weight::confidence[static_cast<std::size_t>(std::clamp(judged.points, 0, most))];
    const auto at_most = [&](double ceiling) { confidence = std::min(confidence, ceiling); };
    if (judged.signals < 2) {
      at_most(weight::one_signal);
    }
    if (!judged.candidate->document->has_text) {
      at_most(weight::unread);
    }
    if (judged.differs) {
      at_most(weight::contradicted);
    }
    for (const Case& rival : cases) {
      if (rival.candidate == judged.candidate || is_family(judged, rival) ||
          rival.points + 2 < weight::claim) {
        continue;
      }
      const int lead = judged.points - rival.points;
      if (lead <= 0) {
        at_most(weight::rival_equal);
      } else if (lead == 1) {
        at_most(weight::rival_close);
      } else if (lead == 2) {
        at_most(weight::rival_near);
      }
    }
    return confidence;
  }

  static Cause cause_from(const Case& judged, double confidence) {
    const Document& document = *judged.candidate->document;
    Cause cause;
    cause.document = document.number;
    cause.citation = fr_citation_of(document);
    cause.confidence = confidence;
    cause.evidence = judged.evidence;
    if (!document.has_text) {
      cause.evidence.push_back(CauseEvidence::text_not_read);
    }
    if (judged.instruction != nullptr) {
      cause.instruction = judged.instruction->ordinal;
    }
    return cause;
  }

  std::vector<Cause> verdict(const Change& change,
                             const std::vector<Case>& cases,
                             const std::vector<const Pointer*>& pointers) const {
    std::vector<Cause> identified;
    std::vector<Cause> candidates;
    for (const Case& judged : cases) {
      const double confidence = confidence_of(judged, cases);
      const bool claimed = judged.points >= weight::claim && confidence >= 0.5;
      // The winner alone, and whom it corrects or who corrects it.
      if (claimed && (identified.empty() || is_family(cases.front(), judged))) {
        identified.push_back(cause_from(judged, confidence));
      } else if (candidates.size() < candidates_told) {
        candidates.push_back(cause_from(judged, std::min(confidence, weight::rival_equal)));
        candidates.back().evidence.push_back(CauseEvidence::candidate);
      }
    }
    if (!identified.empty()) {
      return identified;
    }
    std::vector<Cause> answer = without_document(change, cases, pointers);
    if (!answer.empty() && answer_of(answer.front()) != CauseAnswer::editorial) {
      answer.insert(answer.end(), candidates.begin(), candidates.end());
    }
    return answer;
  }

  /// The pages cited for the change that no document at hand explains.
  std::vector<Cause> without_document(const Change& change,
                                      const std::vector<Case>& cases,
                                      const std::vector<const Pointer*>& pointers) const {
    std::vector<Cause> answer;
    for (const Pointer* pointer : pointers) {
      if (pointer->kind != Pointer::Kind::cited || holds(pointer->page)) {
        continue;
      }
      Cause cause;
      cause.citation = fmt::format("{} FR {}", pointer->page.volume, pointer->page.page);
      cause.confidence = weight::cited_unheld;
      cause.evidence = {CauseEvidence::cita, CauseEvidence::document_not_held};
      answer.push_back(std::move(cause));
    }
    if (!answer.empty()) {
      // Of several the newest is the last.
      std::reverse(answer.begin(), answer.end());
      return answer;
    }
    if (covered() && cases.empty() && pointers.empty()) {
      Cause cause;
      cause.confidence = change.kind == ChangeKind::cosmetic ? weight::cosmetic : weight::editorial;
      cause.evidence = {
          CauseEvidence::editorial, CauseEvidence::no_citation, CauseEvidence::no_instruction};
      return {cause};
    }
    if (!cases.empty() || covered()) {
      Cause cause;
      cause.evidence = {CauseEvidence::unidentified};
      return {cause};
    }
    return {};
  }

  [[nodiscard]] bool holds(FrPage page) const {
    return std::any_of(m_candidates.begin(), m_candidates.end(), [&](const Candidate& candidate) {
      const Document& document = *candidate.document;
      return document.volume == page.volume && page.page >= document.start_page &&
             page.page <= std::max(document.start_page, document.end_page);
    });
  }

  /// Whatever could have been published for this transition is at hand.
  [[nodiscard]] bool covered() const {
    return m_coverage && m_coverage->from <= m_transition.before - slack &&
           m_coverage->to + std::chrono::days(1) >= m_transition.after;
  }

  const Attributable& m_transition;
  const std::optional<Coverage>& m_coverage;
  std::vector<Pointer> m_pointers;
  std::vector<Candidate> m_candidates;
  std::map<const Instruction*, Shingles> m_printed;
};

} // namespace

Coverage candidate_dates(Date before, Date after) {
  return {before - slack, after + std::chrono::days(weight::days_early)};
}

std::vector<std::vector<Cause>> attribute_causes(const Attributable& transition,
                                                 const std::vector<const Document*>& candidates,
                                                 const std::optional<Coverage>& coverage) {
  Attribution attribution(transition, candidates, coverage);
  std::vector<std::vector<Cause>> causes;
  causes.reserve(transition.diff.changes.size());
  for (const Change& change : transition.diff.changes) {
    causes.push_back(attribution.causes_of(change));
  }
  return causes;
}

} // namespace regtrail::diff
