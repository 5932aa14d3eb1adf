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
using cause::NewWords;
using cause::Pointer;
using cause::RelatedDocuments;
using cause::Shingles;
using cause::Timing;

constexpr std::size_t max_candidates = 2;
constexpr std::chrono::days slack{10};

/// Notices, proposals and orders do not amend the CFR.
bool can_amend(const Document& document) {
  return document.type == DocumentType::rule || document.type == DocumentType::correction ||
         document.type == DocumentType::other;
}

bool is_of(const Instruction& instruction, const Attributable& transition) {
  return (instruction.part.empty() || instruction.part == transition.part) &&
         (instruction.title.empty() || instruction.title == transition.title);
}

/// A document with what is the same for every change.
struct Candidate {
  const Document* document = nullptr;
  RelatedDocuments others;
  std::vector<const Instruction*> instructions; ///< that concern the part
  bool all_understood = true;                   ///< of these
  Timing timing = Timing::unknown;              ///< of any instruction
};

/// The evidence for one document as the cause of one change.
struct Assessment {
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
    std::vector<Assessment> assessments;
    for (const Candidate& candidate : m_candidates) {
      Assessment assessment = judge(candidate, change, pointers, words);
      if (assessment.points > 0) {
        assessments.push_back(std::move(assessment));
      }
    }
    std::stable_sort(
        assessments.begin(),
        assessments.end(),
        [](const Assessment& left, const Assessment& right) { return left.points > right.points; });
    return verdict(change, assessments, pointers);
  }

private:
  void prepare(const Document& document, const std::vector<const Document*>& all) {
    Candidate candidate;
    candidate.document = &document;
    candidate.others = cause::related_documents(document, all);
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

  Assessment judge(const Candidate& candidate,
                   const Change& change,
                   const std::vector<const Pointer*>& pointers,
                   const NewWords& words) {
    Assessment best;
    best.candidate = &candidate;
    judge_pointers(best, pointers);
    if (!candidate.document->has_text) {
      judge_timing(best, candidate.timing);
      return best;
    }
    // Of several instructions the one with the most points counts.
    std::optional<Assessment> named;
    for (const Instruction* instruction : candidate.instructions) {
      const Naming naming = cause::naming_of(*instruction, change);
      if (naming == Naming::no) {
        continue;
      }
      const Timing timing = timing_of(candidate, *instruction);
      if (timing == Timing::never) {
        continue;
      }
      Assessment assessment = best;
      assessment.instruction = instruction;
      judge_naming(assessment, naming);
      judge_text(assessment, candidate, *instruction, change, words);
      judge_timing(assessment, timing);
      if (!named || assessment.points > named->points) {
        named = std::move(assessment);
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

  static void judge_pointers(Assessment& assessment, const std::vector<const Pointer*>& pointers) {
    const Document& document = *assessment.candidate->document;
    const auto points_here = [&](Pointer::Kind kind) {
      return std::any_of(pointers.begin(), pointers.end(), [&](const Pointer* pointer) {
        return pointer->kind == kind && cause::is_on_page(document, pointer->page);
      });
    };
    if (points_here(Pointer::Kind::cited)) {
      assessment.add(weight::cited, CauseEvidence::cita);
      assessment.evidence.push_back(CauseEvidence::page_range);
      ++assessment.signals;
    }
    if (points_here(Pointer::Kind::pending_gone)) {
      assessment.add(weight::pending_gone, CauseEvidence::pending_link);
      ++assessment.signals;
    }
  }

  static void judge_naming(Assessment& assessment, Naming naming) {
    if (naming == Naming::weakly) {
      assessment.add(weight::names_weakly, CauseEvidence::instruction_in_part);
      return;
    }
    assessment.add(naming == Naming::exactly ? weight::names_exactly : weight::names_around,
                   CauseEvidence::instruction);
    ++assessment.signals;
  }

  void judge_text(Assessment& assessment,
                  const Candidate& candidate,
                  const Instruction& instruction,
                  const Change& change,
                  const NewWords& words) {
    const cause::Quoted quoted = cause::quoted_words(instruction, change);
    if (quoted == cause::Quoted::exactly) {
      assessment.add(weight::words_exact, CauseEvidence::words);
      ++assessment.signals;
      return;
    }
    if (quoted == cause::Quoted::alike) {
      assessment.add(weight::text_alike, CauseEvidence::words);
      return;
    }
    const auto share = words.share_in(printed_by(*candidate.document, instruction));
    if (!share) {
      return;
    }
    if (*share >= weight::equal_share) {
      assessment.add(weight::text_equal, CauseEvidence::text);
      ++assessment.signals;
    } else if (*share >= weight::alike_share) {
      assessment.add(weight::text_alike, CauseEvidence::text);
    } else if (*share < weight::differs_share && words.enough) {
      assessment.add(weight::text_differs, CauseEvidence::text_differs);
      assessment.differs = true;
    }
  }

  static void judge_timing(Assessment& assessment, Timing timing) {
    if (timing == Timing::on_time) {
      assessment.add(weight::on_time, CauseEvidence::dates);
      ++assessment.signals;
    } else if (timing == Timing::too_late) {
      assessment.add(weight::too_late, CauseEvidence::too_late);
    }
  }

  Timing timing_of(const Candidate& candidate, const Instruction& instruction) {
    return cause::timing_of(
        *candidate.document,
        cause::effective_days(*candidate.document, &instruction, candidate.others),
        candidate.others,
        m_transition);
  }

  /// The text set out under an instruction; lettered ones without a text share that of their
  /// number.
  const Shingles& printed_by(const Document& document, const Instruction& instruction) {
    const auto [entry, is_new] = m_printed.try_emplace(&instruction);
    if (!is_new) {
      return entry->second;
    }
    const auto number = [](const Instruction& each) {
      return each.ordinal.substr(0, each.ordinal.find('.'));
    };
    for (const Instruction& other : document.instructions) {
      if (&other == &instruction ||
          (instruction.set_out.empty() && number(other) == number(instruction))) {
        cause::add_set_out(entry->second, other);
      }
    }
    return entry->second;
  }

  /// A correction of the printed document has no instructions of its own.
  static bool orders_nothing(const Document& document) {
    return document.type == DocumentType::correction && document.instructions.empty();
  }

  /// One corrects the other.
  static bool are_related(const Assessment& one, const Assessment& other) {
    const auto& corrected = one.candidate->others.corrected_by;
    return std::find(corrected.begin(), corrected.end(), other.candidate->document) !=
           corrected.end();
  }

  static double confidence_of(const Assessment& assessment,
                              const std::vector<Assessment>& assessments) {
    const auto most = static_cast<int>(weight::confidence.size()) - 1;
    double confidence =
        weight::confidence[static_cast<std::size_t>(std::clamp(assessment.points, 0, most))];
    const auto at_most = [&](double ceiling) { confidence = std::min(confidence, ceiling); };
    if (assessment.signals < 2) {
      at_most(weight::one_signal);
    }
    if (!assessment.candidate->document->has_text) {
      at_most(weight::unread);
    }
    if (assessment.differs) {
      at_most(weight::contradicted);
    }
    for (const Assessment& other : assessments) {
      if (other.candidate == assessment.candidate || are_related(assessment, other) ||
          other.points + 2 < weight::claim) {
        continue;
      }
      const int ahead = assessment.points - other.points;
      if (ahead <= 0) {
        at_most(weight::tied);
      } else if (ahead == 1) {
        at_most(weight::one_point_ahead);
      } else if (ahead == 2) {
        at_most(weight::two_points_ahead);
      }
    }
    return confidence;
  }

  static Cause cause_from(const Assessment& assessment, double confidence) {
    const Document& document = *assessment.candidate->document;
    Cause cause;
    cause.document = document.number;
    cause.citation = fr_citation_of(document);
    cause.confidence = confidence;
    cause.evidence = assessment.evidence;
    if (!document.has_text) {
      cause.evidence.push_back(CauseEvidence::text_not_read);
    }
    if (assessment.instruction != nullptr) {
      cause.instruction = assessment.instruction->ordinal;
    }
    return cause;
  }

  std::vector<Cause> verdict(const Change& change,
                             const std::vector<Assessment>& assessments,
                             const std::vector<const Pointer*>& pointers) const {
    const std::vector<FrPage> unheld = unheld_pages(pointers);
    std::vector<Cause> identified;
    std::vector<Cause> candidates;
    for (const Assessment& assessment : assessments) {
      double confidence = confidence_of(assessment, assessments);
      if (assessment.instruction == nullptr && !unheld.empty()) {
        confidence = std::min(confidence, weight::tied); // the other page may have done it
      }
      const bool claimed = assessment.points >= weight::claim && confidence >= 0.5;
      // Only the best document and those that correct it or that it corrects.
      if (claimed && (identified.empty() || are_related(assessments.front(), assessment))) {
        identified.push_back(cause_from(assessment, confidence));
      } else if (candidates.size() < max_candidates) {
        candidates.push_back(cause_from(assessment, std::min(confidence, weight::tied)));
        candidates.back().evidence.push_back(CauseEvidence::candidate);
      }
    }
    if (!identified.empty()) {
      return identified;
    }
    std::vector<Cause> answer = without_document(change, assessments, pointers);
    if (!answer.empty() && answer_of(answer.front()) != CauseAnswer::editorial) {
      answer.insert(answer.end(), candidates.begin(), candidates.end());
      answer.resize(std::min(answer.size(), max_candidates + 1));
    }
    return answer;
  }

  /// The pages cited for the change that no document at hand explains.
  std::vector<Cause> without_document(const Change& change,
                                      const std::vector<Assessment>& assessments,
                                      const std::vector<const Pointer*>& pointers) const {
    std::vector<Cause> answer;
    for (const FrPage page : unheld_pages(pointers)) {
      Cause cause;
      cause.citation = fmt::format("{} FR {}", page.volume, page.page);
      cause.confidence = weight::cited_unheld;
      cause.evidence = {CauseEvidence::cita, CauseEvidence::document_not_held};
      answer.push_back(std::move(cause));
    }
    if (answer.size() == 1) {
      return answer;
    }
    if (!answer.empty()) { // nobody knows which; the newest is the last
      std::reverse(answer.begin(), answer.end());
      answer.resize(std::min(answer.size(), max_candidates));
      for (Cause& cause : answer) {
        cause.confidence = weight::tied;
        cause.evidence.push_back(CauseEvidence::candidate);
      }
      Cause cause;
      cause.evidence = {CauseEvidence::unidentified};
      answer.insert(answer.begin(), std::move(cause));
      return answer;
    }
    if (covered() && assessments.empty() && pointers.empty()) {
      Cause cause;
      cause.confidence = change.kind == ChangeKind::cosmetic ? weight::cosmetic : weight::editorial;
      cause.evidence = {
          CauseEvidence::editorial, CauseEvidence::no_citation, CauseEvidence::no_instruction};
      return {cause};
    }
    if (!assessments.empty() || covered()) {
      Cause cause;
      cause.evidence = {CauseEvidence::unidentified};
      return {cause};
    }
    return {};
  }

  /// The pages cited for a change that no document at hand is on, in printed order. Those that were
  /// printed long before are left out: notes are mended late.
  [[nodiscard]] std::vector<FrPage>
  unheld_pages(const std::vector<const Pointer*>& pointers) const {
    constexpr int year_before_first_volume = 1935;
    std::vector<FrPage> pages;
    for (const Pointer* pointer : pointers) {
      const Date printed = pointer->published.value_or(
          Date(pointer->page.volume + year_before_first_volume, 12, 31));
      const bool old = printed + std::chrono::days(weight::days_stale) < m_transition.before;
      if (pointer->kind == Pointer::Kind::cited && !old && !holds(pointer->page) &&
          std::find(pages.begin(), pages.end(), pointer->page) == pages.end()) {
        pages.push_back(pointer->page);
      }
    }
    return pages;
  }

  [[nodiscard]] bool holds(FrPage page) const {
    return std::any_of(m_candidates.begin(), m_candidates.end(), [&](const Candidate& candidate) {
      return cause::is_on_page(*candidate.document, page);
    });
  }

  /// All documents that could have made this transition are at hand.
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
