// What may not be done and may be done now, and how long a duty or a validity lasts.
#include "diff/typed/polarity_internal.hpp"
#include "diff/typed/typed_internal.hpp"
#include "ear/threshold.hpp"
#include "model/characters.hpp"
#include "model/phrases.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace regtrail::diff::typed {

namespace {

/// Of whom a bar says what they do in their office, not what is controlled.
constexpr std::string_view officials =
    "bis|bureau|secretary|department|departments|agency|agencies|government|ofac|customs|court";

// --- bars

constexpr std::string_view acts =
    "export|exported|reexport|reexported|transfer|transferred|ship|shipped|use|used|engage|proceed|"
    "release|released|sell|sold|provide|provided|install|installed|forward|forwarded|finance|"
    "financed|service|serviced|lend|loaned|deliver|delivered|access|rely|made|disposed|diverted";

/// A "not" that came or went between "may" and an act: a bar, where nothing else turns it.
std::optional<Direction> judge_bar(const Prose& prose, const Edit& edit, bool came) {
  const std::size_t at = came ? edit.after_begin : edit.before_begin;
  const std::size_t size =
      came ? edit.after_end - edit.after_begin : edit.before_end - edit.before_begin;
  const bool empty =
      came ? edit.before_begin == edit.before_end : edit.after_begin == edit.after_end;
  if (!empty || size != 1 || at == 0 || prose.key(at) != "not" || prose.key(at - 1) != "may") {
    return std::nullopt;
  }
  std::size_t act = at + 1;
  while (is_one_of(prose.key(act), "be|physically|computationally|or|,")) {
    ++act;
  }
  const std::size_t begin = prose.sentence_begin(at);
  const std::size_t end = prose.sentence_end(at);
  const bool certain = is_one_of(prose.key(act), acts) && !prose.has_any(officials, begin, at) &&
                       !prose.has_any("no|nor|neither|none|not|unless", begin, at - 1) &&
                       !prose.has_any("unless|until|without", at, end);
  return !certain ? Direction::unclear : came ? Direction::tightened : Direction::loosened;
}

// --- periods

/// The length of time that is written in the tokens from `at` on: "two years", "90-day".
std::optional<ear::Threshold> period_at(const Prose& prose, std::size_t at) {
  constexpr std::size_t longest = 4;
  std::string words = printed(prose.tokens(), at, std::min(at + longest, prose.size()));
  std::replace(words.begin(), words.end(), '-', ' ');
  constexpr std::string_view lead = "equal to ";
  auto found = ear::find_thresholds(std::string(lead) + words);
  const auto is_unit_of_time = [](std::string_view unit) {
    return ear::convert(1.0, unit, "year") || lowered(unit).starts_with("day") ||
           lowered(unit).starts_with("week");
  };
  const bool fits =
      !found.empty() && found.front().begin == 0 && is_unit_of_time(found.front().unit);
  return fits ? std::optional(std::move(found.front())) : std::nullopt;
}

struct PeriodEdit {
  std::size_t at = 0; ///< token before
  ear::Threshold before;
  ear::Threshold after;
};

/// nullopt where the edit is of anything but a number, a unit of time or both.
std::optional<PeriodEdit> period_edit(const Prose& before, const Prose& after, const Edit& edit) {
  constexpr std::size_t most = 3;
  if (edit.before_end == edit.before_begin || edit.after_end == edit.after_begin ||
      edit.before_end - edit.before_begin > most || edit.after_end - edit.after_begin > most) {
    return std::nullopt;
  }
  // "six months" became "six years": the number stands in front of the edit.
  for (const std::size_t back : {0U, 1U, 2U}) {
    if (back > edit.before_begin || back > edit.after_begin) {
      break;
    }
    auto was = period_at(before, edit.before_begin - back);
    auto is = period_at(after, edit.after_begin - back);
    if (was && is) {
      return PeriodEdit{edit.before_begin - back, std::move(*was), std::move(*is)};
    }
  }
  return std::nullopt;
}

Verdict judge_length(const Prose& prose, const PeriodEdit& edit) {
  const std::size_t begin = prose.sentence_begin(edit.at);
  const std::size_t end = prose.sentence_end(edit.at);
  const double days = ear::convert(edit.after.value, edit.after.unit, edit.before.unit).value_or(0);
  const bool longer = days > edit.before.value;
  const bool of_duty = is_lasting_duty(prose, begin, end);
  const bool due = prose.has_any("no later than|not later than", begin, edit.at) &&
                   prose.has_any("must|shall", begin, end) && !prose.has_any(officials, begin, end);
  if (due && days != edit.before.value) {
    return longer ? Verdict{Direction::loosened, "more time to comply"}
                  : Verdict{Direction::tightened, "less time to comply"};
  }
  const bool of_validity = prose.has_any("valid|validity|expire|expires", begin, end);
  if (days == edit.before.value || of_duty == of_validity) {
    return {Direction::unclear, "a period or deadline, not a property of items"};
  }
  if (of_duty) {
    return longer ? Verdict{Direction::tightened, "a duty lasts longer"}
                  : Verdict{Direction::loosened, "a duty ends earlier"};
  }
  return longer ? Verdict{Direction::loosened, "what is granted stays valid longer"}
                : Verdict{Direction::tightened, "what is granted stays valid for less time"};
}

} // namespace

bool is_lasting_duty(const Prose& prose, std::size_t begin, std::size_t end) {
  return prose.has_any("must|shall|required", begin, end) &&
         prose.has_any("record|records|recordkeeping|retain|retained|maintain|maintained|keep|kept",
                       begin,
                       end) &&
         !prose.has_any(officials, begin, end);
}

void type_duties(Change& change) {
  const Prose before(change.before);
  const Prose after(change.after);
  const auto edits = edits_between(before.tokens(), after.tokens());
  constexpr std::size_t most = 12;
  if (change.at.title() != "15" || !edits || edits->empty() || edits->size() > most) {
    return;
  }
  std::vector<Direction> bars;
  std::vector<PeriodEdit> periods;
  for (const Edit& edit : *edits) {
    if (const auto gone = judge_bar(before, edit, false)) {
      bars.push_back(*gone);
    } else if (const auto come = judge_bar(after, edit, true)) {
      bars.push_back(*come);
    } else if (auto period = period_edit(before, after, edit)) {
      periods.push_back(std::move(*period));
    } else {
      return;
    }
  }
  const bool agree =
      std::all_of(bars.begin(), bars.end(), [&](Direction each) { return each == bars.front(); });
  if (!bars.empty() && agree && periods.empty()) {
    const bool came = edits->front().before_begin == edits->front().before_end;
    add(change,
        Type::scope,
        "words",
        came ? Texts{"may", "may not"} : Texts{"may not", "may"},
        {bars.front(),
         bars.front() == Direction::unclear ? "what the words do to the text is not certain"
         : came                             ? "what might be done is barred"
                                            : "what was barred may be done"});
  }
  const bool limits = std::any_of(change.typed.begin(), change.typed.end(), [](const auto& typed) {
    return typed.type == Type::threshold;
  });
  for (const PeriodEdit& edit : periods) {
    if (bars.empty() && !limits) {
      add(change,
          Type::threshold,
          "period",
          {ear::to_string(edit.before), ear::to_string(edit.after)},
          judge_length(before, edit));
    }
  }
}

} // namespace regtrail::diff::typed
