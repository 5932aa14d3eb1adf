// What happened to a license requirement, an exception or a review policy.
#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "notify/render/headline_internal.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace regtrail::render {

namespace {

/// What stands in one list of paths and not in the other: "b, f.1".
std::string only_in(const std::string& list, const std::string& other) {
  std::vector<std::string_view> known;
  for (const std::string_view each : split(other, ',')) {
    known.push_back(trimmed(each));
  }
  std::vector<std::string_view> out;
  for (const std::string_view each : split(list, ',')) {
    if (std::find(known.begin(), known.end(), trimmed(each)) == known.end()) {
      out.push_back(trimmed(each));
    }
  }
  return joined(out);
}

/// The policies of one list that the other has not.
Headline policy_words(std::string_view policies, std::string_view others) {
  struct Policy {
    std::string_view printed;
    std::string_view en;
    std::string_view ja;
  };

  constexpr std::array known{
      Policy{"policy of approval", "a policy of approval", "許可方針"},
      Policy{"presumption of approval", "a presumption of approval", "原則許可"},
      Policy{"case-by-case review", "case-by-case review", "個別審査"},
      Policy{"presumption of denial", "a presumption of denial", "原則不許可"},
      Policy{"policy of denial", "a policy of denial", "不許可方針"},
      Policy{"pointer", "a reference to another section", "他の条項の参照"}};
  const auto has = [](std::string_view list, std::string_view policy) {
    const auto all = split(list, ';');
    return std::any_of(
        all.begin(), all.end(), [&](std::string_view each) { return trimmed(each) == policy; });
  };
  Headline out;
  for (const Policy& policy : known) {
    if (has(policies, policy.printed) && !has(others, policy.printed)) {
      out.en += (out.en.empty() ? "" : " and ") + std::string(policy.en);
      out.ja += (out.ja.empty() ? "" : "及び") + std::string(policy.ja);
    }
  }
  return out;
}

} // namespace

Headline row_change(const Change& change, const TypedChange& typed) {
  constexpr std::string_view applies = " applies to";
  std::string reason =
      typed.subject.substr(0, std::min(typed.subject.find(' '), typed.subject.size()));
  const Headline head{fmt::format("{} license requirement", reason),
                      fmt::format("{}の許可要件", reason)};
  const bool extent = typed.subject.ends_with(applies);
  if (extent && change.kind == ChangeKind::added) {
    return {fmt::format("{} added: {}", head.en, typed.after),
            fmt::format("{}を追加（{}）", head.ja, typed.after)};
  }
  if (extent && change.kind == ChangeKind::removed) {
    return {fmt::format("{} removed: {}", head.en, typed.before),
            fmt::format("{}を削除（{}）", head.ja, typed.before)};
  }
  if (extent) {
    const std::string more = only_in(typed.after, typed.before);
    const std::string fewer = only_in(typed.before, typed.after);
    if (fewer.empty() && !more.empty() && typed.after != "entire entry") {
      return {fmt::format("{} now also for {}", head.en, more),
              fmt::format("{}の対象に{}を追加", head.ja, more)};
    }
    if (more.empty() && !fewer.empty() && typed.before != "entire entry") {
      return {fmt::format("{} no longer for {}", head.en, fewer),
              fmt::format("{}の対象から{}を削除", head.ja, fewer)};
    }
  }
  const auto ja = [](const std::string& text) {
    return text == "entire entry" ? std::string("全項目")
           : text == "worldwide"  ? std::string("全世界")
                                  : excerpt(text, quoted_columns);
  };
  return {fmt::format("{} now for {} (before: {})",
                      head.en,
                      excerpt(typed.after, quoted_columns),
                      excerpt(typed.before, quoted_columns)),
          fmt::format("{}が「{}」から「{}」に", head.ja, ja(typed.before), ja(typed.after))};
}

Headline exception_change(const TypedChange& typed) {
  const Headline head{fmt::format("License Exception {}", typed.subject),
                      fmt::format("許可例外{}", typed.subject)};
  const auto is_none = [](const std::string& text) { return text.empty() || text == "N/A"; };
  if (is_none(typed.after) && !is_none(typed.before)) {
    return {head.en + " no longer available", head.ja + "は利用不可に"};
  }
  if (is_none(typed.before) && !is_none(typed.after)) {
    return {fmt::format("{} now available: {}", head.en, excerpt(typed.after, quoted_columns)),
            fmt::format("{}が利用可能に", head.ja)};
  }
  const bool amounts = typed.before.starts_with('$') && typed.after.starts_with('$');
  if (amounts) {
    const bool up = typed.direction == Direction::loosened;
    const bool down = typed.direction == Direction::tightened;
    const auto dollars = [](const std::string& text) { return text.substr(1) + "ドル"; };
    return {fmt::format("{}: value limit {} from {} to {}",
                        head.en,
                        up     ? "raised"
                        : down ? "lowered"
                               : "changed",
                        typed.before,
                        typed.after),
            fmt::format("{}：限度額を{}から{}に{}",
                        head.ja,
                        dollars(typed.before),
                        dollars(typed.after),
                        up     ? "引き上げ"
                        : down ? "引き下げ"
                               : "変更")};
  }
  const std::string_view en = typed.direction == Direction::tightened  ? "narrowed"
                              : typed.direction == Direction::loosened ? "widened"
                                                                       : "reworded";
  const std::string_view ja = typed.direction == Direction::tightened  ? "縮小"
                              : typed.direction == Direction::loosened ? "拡大"
                                                                       : "改正";
  return {fmt::format("{} {}: now {}", head.en, en, quoted(typed.after)),
          fmt::format("{}の範囲の{}：{}", head.ja, ja, quoted_ja(typed.after))};
}

Headline review_change(const TypedChange& typed) {
  const Headline before = policy_words(typed.before, typed.after);
  const Headline after = policy_words(typed.after, typed.before);
  const bool tightened = typed.direction == Direction::tightened;
  const bool loosened = typed.direction == Direction::loosened;
  const Headline grade = tightened  ? Headline{", stricter", "（強化）"}
                         : loosened ? Headline{", less strict", "（緩和）"}
                                    : Headline{};
  if (before.en.empty() || after.en.empty()) {
    return {"license review policy changed" + grade.en, "審査方針の変更" + grade.ja};
  }
  return {fmt::format("license review changed from {} to {}{}", before.en, after.en, grade.en),
          fmt::format("審査方針が{}から{}に変更{}", before.ja, after.ja, grade.ja)};
}

} // namespace regtrail::render
