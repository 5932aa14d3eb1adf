#include "notify/render/summary.hpp"

#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace regtrail::render {

namespace {

/// The words for one value of a vocabulary.
struct Word {
  std::string_view en;
  std::string_view ja;
};

// In the order of the values.
constexpr std::array<Word, 6> kinds{{{"added", "新設"},
                                     {"removed", "削除"},
                                     {"revised", "改正"},
                                     {"redesignated", "番号変更"},
                                     {"moved", "移動"},
                                     {"cosmetic", "編集上の変更"}}};

constexpr std::array<Word, 13> types{{{"threshold", "しきい値"},
                                      {"entity", "掲載者"},
                                      {"license requirement", "許可要件"},
                                      {"license exception", "許可例外"},
                                      {"review policy", "許可審査方針"},
                                      {"country", "国・地域"},
                                      {"cross-reference", "参照条項"},
                                      {"date", "日付"},
                                      {"definition", "定義"},
                                      {"and/or", "接続詞（及び・又は）"},
                                      {"scope", "対象範囲"},
                                      {"quotation marks", "引用符（定義語）"},
                                      {"nomenclature", "表記・名称の変更"}}};

constexpr std::array<Word, 4> directions{{{"tightened", "規制強化"},
                                          {"loosened", "規制緩和"},
                                          {"neutral", "中立"},
                                          {"direction unclear", "強化・緩和は不明"}}};

constexpr std::array<Word, 6> fields{{{"source note", "出典注記"},
                                      {"authority note", "根拠法令注記"},
                                      {"part source note", "部の出典注記"},
                                      {"editorial note", "編集者注記"},
                                      {"effective-date note", "施行日注記"},
                                      {"pending-amendment link", "改正予告リンク"}}};

constexpr std::array<Word, 5> events{{{"stayed", "適用停止"},
                                      {"stay lifted", "適用停止の解除"},
                                      {"expired", "失効"},
                                      {"reverted to an earlier text", "以前の文言に復帰"},
                                      {"amendment not incorporated", "改正を編入できず"}}};

constexpr std::array<Word, 17> signals{{{"ECCN", "ECCN"},
                                        {"EAR term", "EAR用語"},
                                        {"term", "用語"},
                                        {"section", "条項"},
                                        {"listed party", "掲載者"},
                                        {"parameter", "数値"},
                                        {"reference", "参照"},
                                        {"HS code", "HSコード"},
                                        {"excluded context", "除外文脈"},
                                        {"required context absent", "必要な文脈なし"},
                                        {"named party", "取引先名"},
                                        {"product", "登録品"},
                                        {"destination", "仕向地"},
                                        {"procedure", "社内手順書"},
                                        {"document", "官報文書"},
                                        {"watch", "監視項目"},
                                        {"page", "ページ"}}};

constexpr std::array<Word, 5> severities{
    {{"info", "参考"}, {"low", "低"}, {"medium", "中"}, {"high", "高"}, {"critical", "重大"}}};

template<std::size_t Size>
std::string word_at(const std::array<Word, Size>& words, std::size_t index, Language language) {
  const Word& word = words.at(index);
  return std::string(language == Language::ja ? word.ja : word.en);
}

template<typename Enum, std::size_t Size>
std::string word_for(const std::array<Word, Size>& words, Enum value, Language language) {
  static_assert(Size == Vocabulary<Enum>::words.size());
  return word_at(words, static_cast<std::size_t>(value), language);
}

} // namespace

std::string type_word(TypedChangeType type, Language language) {
  return word_for(types, type, language);
}

std::string field_word(NoteField field, Language language) {
  return word_for(fields, field, language);
}

std::string event_phrase(const StatusEvent& event, Language language) {
  const bool ja = language == Language::ja;
  if (event.event == StatusEventKind::reverted && event.date) {
    const std::string date = date_word(event.date, language);
    return ja ? date + "の版の文言に復帰" : "reverted to the version of " + date;
  }
  std::string phrase = event.extent;
  phrase += phrase.empty() ? "" : (ja ? "：" : ": ");
  phrase += word_for(events, event.event, language);
  if (event.date) {
    phrase += " " + date_word(event.date, language);
  }
  if (event.until) {
    phrase += (ja ? " ～ " : " until ") + date_word(event.until, language);
  }
  return phrase;
}

std::string signal_word(Signal signal, Language language) {
  return word_for(signals, signal, language);
}

std::string reasons_phrase(const Hit& hit) {
  std::vector<std::string> words;
  for (const Reason& reason : hit.reasons) {
    words.push_back(fmt::format("{}{} {}",
                                reason.weight < 0 ? "- " : "",
                                signal_word(reason.signal, Language::en),
                                reason.words));
  }
  return joined(words, "; ");
}

std::string severity_word(int severity, Language language) {
  return word_at(severities, static_cast<std::size_t>(std::clamp(severity, 1, 5) - 1), language);
}

std::string date_word(const std::optional<Date>& date, Language language) {
  if (!date) {
    return language == Language::ja ? "未確認" : "unknown";
  }
  if (language == Language::en) {
    return date->to_string();
  }
  const std::chrono::year_month_day day(date->days());
  return fmt::format("{}年{}月{}日",
                     static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::string place_within(const Citation& at, const std::string& unit) {
  std::string place = at.to_string();
  if (place.size() <= unit.size() || place.compare(0, unit.size(), unit) != 0) {
    return place;
  }
  const std::string_view rest = std::string_view(place).substr(unit.size());
  if (rest.substr(0, 3) == " / ") {
    return std::string(rest.substr(3));
  }
  return rest[0] == '(' ? std::string(rest) : place;
}

namespace {

/// "(1)", "(1) and (2)", "(1) to (3)".
std::string first_to_last(const std::vector<Citation>& places, Language language) {
  const auto name_of = [](const Citation& place) {
    const Step& last = place.steps().back();
    const std::string printed = place.to_string();
    return last.kind == Step::Kind::item ? printed.substr(printed.rfind(' ') + 1) : last.name;
  };
  const std::string first = name_of(places.front());
  if (places.size() == 1) {
    return first;
  }
  if (language == Language::ja) {
    return fmt::format(
        "{}{}{}", first, places.size() == 2 ? "及び" : "から", name_of(places.back()));
  }
  return fmt::format("{} {} {}", first, places.size() == 2 ? "and" : "to", name_of(places.back()));
}

} // namespace

std::string kind_phrase(const Change& change, const std::string& unit, Language language) {
  std::string word = word_for(kinds, change.kind, language);
  if (!change.divided_into.empty()) {
    const std::string parts = first_to_last(change.divided_into, language);
    word += language == Language::ja ? fmt::format("（{}に分割）", parts)
                                     : fmt::format(", divided into {}", parts);
  }
  if (!change.was) {
    return word;
  }
  const std::string from = place_within(*change.was, unit);
  if (language == Language::ja) {
    return fmt::format("{}（旧 {}）", word, from);
  }
  return change.kind == ChangeKind::revised ? fmt::format("{}, was {}", word, from)
                                            : fmt::format("{} from {}", word, from);
}

std::string typed_phrase(const Change& change, Language language, std::size_t longest) {
  std::vector<std::string> phrases;
  for (const TypedChange& typed : change.typed) {
    std::string phrase = type_word(typed.type, language);
    // What came or went as a whole stands beside it already.
    const bool whole = change.kind == ChangeKind::added || change.kind == ChangeKind::removed;
    if (!(whole && typed.type == TypedChangeType::scope) &&
        typed.before.size() + typed.after.size() <= longest) {
      if (!typed.before.empty() && !typed.after.empty()) {
        phrase += fmt::format(" {} -> {}", typed.before, typed.after);
      } else if (!typed.after.empty()) {
        phrase += fmt::format(" +{}", typed.after);
      } else if (!typed.before.empty()) {
        phrase += fmt::format(" -{}", typed.before);
      }
    }
    phrase += language == Language::ja ? "（" : ", ";
    phrase += word_for(directions, typed.direction, language);
    phrase += language == Language::ja ? "）" : "";
    if (std::find(phrases.begin(), phrases.end(), phrase) == phrases.end()) {
      phrases.push_back(std::move(phrase));
    }
  }
  return joined(phrases, language == Language::ja ? "、" : "; ");
}

std::vector<ChangeGroup> group_changes(const std::vector<const Change*>& changes) {
  std::vector<ChangeGroup> out;
  std::map<std::string_view, std::size_t> known;
  for (const Change* change : changes) {
    if (!change->group.empty()) {
      const auto [place, fresh] = known.emplace(change->group, out.size());
      if (!fresh) {
        out[place->second].members.push_back(change);
        continue;
      }
    }
    out.push_back({{change}});
  }
  return out;
}

std::string place_of(const ChangeGroup& group, const std::string& unit, Language language) {
  if (!group.many()) {
    return place_within(group.first().at, unit);
  }
  return fmt::format("{}{}", group.members.size(), language == Language::ja ? "か所" : " places");
}

std::string places_of(const ChangeGroup& group, const std::string& unit) {
  std::string out;
  for (const Change* change : group.members) {
    out += (out.empty() ? "" : ", ") + place_within(change->at, unit);
  }
  return out;
}

std::vector<WordRun> runs_of(const Change& change) {
  if (change.kind == ChangeKind::added) {
    return {{WordRun::Op::added, change.after}};
  }
  if (change.kind == ChangeKind::removed) {
    return {{WordRun::Op::removed, change.before}};
  }
  if (!change.words.empty()) {
    return change.words;
  }
  if (change.before == change.after) {
    return {{WordRun::Op::same, change.after}};
  }
  return {{WordRun::Op::removed, change.before}, {WordRun::Op::added, change.after}};
}

std::string cause_name(const Cause& cause) {
  switch (answer_of(cause)) {
  case CauseAnswer::editorial:
    return "editorial, no rule";
  case CauseAnswer::unidentified:
    return "cause unidentified";
  case CauseAnswer::identified:
  case CauseAnswer::cited:
  case CauseAnswer::candidate:
    break;
  }
  if (cause.citation.empty() || cause.document.empty()) {
    return cause.citation + cause.document;
  }
  return fmt::format("{} ({})", cause.citation, cause.document);
}

std::string cause_phrase(const Cause& cause, Language language) {
  const bool japanese = language == Language::ja;
  const std::string name = cause_name(cause);
  const std::string confidence = two_decimals(cause.confidence);
  switch (answer_of(cause)) {
  case CauseAnswer::editorial:
    return japanese ? "規則によらない編集上の変更" : name;
  case CauseAnswer::unidentified:
    return japanese ? "出典 未確認" : name;
  case CauseAnswer::candidate:
    return japanese ? fmt::format("出典候補 {}（確度 {}）", name, confidence)
                    : fmt::format("perhaps {}, confidence {}", name, confidence);
  case CauseAnswer::identified:
  case CauseAnswer::cited:
    break;
  }
  return japanese ? fmt::format("出典 {}（確度 {}）", name, confidence)
                  : fmt::format("{}, confidence {}", name, confidence);
}

std::string two_decimals(double value) {
  return fmt::format("{:.2f}", value);
}

std::string counted(std::size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string one_line(std::string_view text) {
  std::string out = printable(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return out;
}

std::string_view first_bytes(std::string_view text, std::size_t size) {
  std::size_t end = std::min(size, text.size());
  const std::size_t least = end - std::min<std::size_t>(end, 3); // a character has at most 4 bytes
  while (end > least && end < text.size() &&
         (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return text.substr(0, end);
}

} // namespace regtrail::render
