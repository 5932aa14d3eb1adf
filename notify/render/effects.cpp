#include "notify/render/effects.hpp"

#include "notify/render/json_internal.hpp"
#include "notify/render/layout_internal.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace regtrail::render {

namespace {

constexpr int context_words = 30;
constexpr std::size_t typed_longest = 120;

std::string_view outcome_words(Effect::Outcome outcome) {
  switch (outcome) {
  case Effect::Outcome::compared:
    return "against the text in force";
  case Effect::Outcome::not_compared:
    return "not compared";
  case Effect::Outcome::as_set_out:
    return "in the eCFR as set out";
  case Effect::Outcome::otherwise:
    return "in the eCFR otherwise; from set out to shown";
  }
  return "";
}

} // namespace

Json to_json(const Effect& effect) {
  return {{"instruction", effect.instruction},
          {"at", effect.at.empty() ? Json(nullptr) : Json(effect.at.to_string())},
          {"outcome", to_string(effect.outcome)},
          {"change", effect.change ? to_json(*effect.change) : Json(nullptr)},
          {"reason", text_or_null(effect.reason)}};
}

std::string effects_json(const Document& document, const std::vector<Effect>& effects) {
  return print({{"schema", 1},
                {"document_number", document.number},
                {"effects", list(effects, [](const Effect& each) { return to_json(each); })}});
}

std::string effects_text(const Document& document,
                         const std::vector<Effect>& effects,
                         const TerminalStyle& style) {
  std::string out =
      paragraph(style, 0, 4, Mark::bold, fmt::format("{}  {}", document.number, document.title));
  for (const Effect& effect : effects) {
    Flow flow(style, 2, 4);
    flow.add(Mark::dim, effect.instruction);
    flow.gap();
    if (effect.change) {
      const std::string typed = typed_phrase(*effect.change, Language::en, typed_longest);
      flow.add(Mark::bold, effect.at.to_string());
      flow.gap();
      flow.add(Mark::plain,
               fmt::format("{}{}{} ({})",
                           kind_phrase(*effect.change, "", Language::en),
                           typed.empty() ? "" : ": ",
                           typed,
                           outcome_words(effect.outcome)));
    } else {
      flow.add(Mark::plain,
               effect.outcome == Effect::Outcome::not_compared
                   ? effect.reason
                   : fmt::format("{}: {} ({})",
                                 effect.at.to_string(),
                                 effect.reason,
                                 outcome_words(effect.outcome)));
    }
    out += flow.finish();
    if (effect.change) {
      out += redline(abridge(merged_edits(runs_of(*effect.change)), context_words), style, 4);
    }
  }
  const auto left = static_cast<std::size_t>(
      std::count_if(effects.begin(), effects.end(), [](const Effect& effect) {
        return effect.outcome == Effect::Outcome::not_compared;
      }));
  return out + fmt::format("{}, {} not compared\n", counted(effects.size(), "effect"), left);
}

} // namespace regtrail::render
