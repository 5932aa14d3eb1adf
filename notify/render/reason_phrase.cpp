// Why an entry was hit, in words: both spellings of a name, a figure beside its limit.
#include "notify/render/summary.hpp"

#include <fmt/format.h>

namespace regtrail::render {

namespace {

std::string effect_phrase(ParameterEffect effect, bool ja) {
  switch (effect) {
  case ParameterEffect::now_inside:
    return ja ? "従前 対象外 → 今回 対象" : "was outside, now inside";
  case ParameterEffect::now_outside:
    return ja ? "従前 対象 → 今回 対象外" : "was inside, now outside";
  case ParameterEffect::still_inside:
    return ja ? "引き続き対象" : "still inside";
  case ParameterEffect::still_outside:
    return ja ? "引き続き対象外" : "still outside";
  }
  return {};
}

std::string likeness_phrase(const Reason& reason, bool ja) {
  switch (*reason.likeness) {
  case NameLikeness::exact:
    return ja ? "＝ 綴りが一致" : "same spelling";
  case NameLikeness::folded:
    return ja ? "＝ 法人格・記号・略語等の表記を除き一致" : "same but for form";
  case NameLikeness::near:
    if (reason.distance == 0) {
      return ja ? "≒ 一部一致、語順のみ相違" : "near, words in another order";
    }
    return ja ? fmt::format("≒ 一部一致、{}文字相違", reason.distance)
              : fmt::format("near, {} letter{} differ{}",
                            reason.distance,
                            reason.distance == 1 ? "" : "s",
                            reason.distance == 1 ? "s" : "");
  case NameLikeness::address:
    return ja ? "所在地" : "an address";
  case NameLikeness::owner:
    return ja ? "所有者名" : "the name of an owner";
  }
  return {};
}

} // namespace

bool names_neighbour(const Reason& reason) {
  return reason.signal == Signal::parameter && reason.at == "ECCN " + reason.words;
}

std::string reason_phrase(const Reason& reason, Language language) {
  const bool ja = language == Language::ja;
  std::string phrase = signal_word(reason.signal, language) + " \"" + reason.words + "\"";
  const std::string how = names_neighbour(reason) ? (ja ? "既に対象" : "holds it already")
                          : reason.effect         ? effect_phrase(*reason.effect, ja)
                          : reason.likeness       ? likeness_phrase(reason, ja)
                                                  : std::string();
  const bool shows_own = !reason.own.empty() && reason.own != reason.words;
  if (shows_own || !how.empty()) {
    const std::string own = shows_own ? (ja ? "登録：" : "own: ") + reason.own : std::string();
    const std::string joint = own.empty() || how.empty() ? "" : (ja ? "、" : ", ");
    phrase += (ja ? "（" : " (") + own + joint + how + (ja ? "）" : ")");
  }
  return phrase;
}

} // namespace regtrail::render
