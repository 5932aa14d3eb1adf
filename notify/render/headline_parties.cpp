// What happened to a row of a party list.
#include "model/characters.hpp"
#include "model/supplement.hpp"
#include "model/text.hpp"
#include "notify/render/headline_countries.hpp"
#include "notify/render/headline_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace regtrail::render {

namespace {

constexpr int party_columns = 52;

/// "Example Co., Ltd. (China)", by its row.
Headline party_of(const Citation& at) {
  const auto& steps = at.steps();
  const std::string name = excerpt(steps.size() > 1 ? steps[1].name : steps[0].name, party_columns);
  const auto country = country_words(steps[0].name);
  return country && steps.size() > 1 ? Headline{fmt::format("{} ({})", name, country->en),
                                                fmt::format("{}（{}）", name, country->ja)}
                                     : Headline{name, name};
}

bool covers_all_items(std::string_view text) {
  const std::string lower = lowered(text);
  return lower.find("all items subject to the ear") != std::string::npos &&
         lower.find("except") == std::string::npos;
}

/// "all items, footnotes 4 and 5" of a list row.
struct Requirement {
  std::string scope;
  std::vector<std::string> footnotes;
};

Requirement read_requirement(const std::string& text) {
  Requirement out;
  const std::size_t comma = text.find(", footnote");
  out.scope = text.substr(0, comma);
  for (std::size_t i = std::min(comma, text.size()); i < text.size(); ++i) {
    if (is_digit(text[i])) {
      out.footnotes.emplace_back(1, text[i]);
    }
  }
  return out;
}

Headline scope_words(const std::string& scope) {
  return scope == "all items" ? Headline{"all items subject to the EAR", "EAR対象品目すべて"}
         : scope == "some items" ? Headline{"some items subject to the EAR", "EAR対象品目の一部"}
                                 : Headline{"items not understood", "対象品目は要確認"};
}

/// What a footnote of the Entity List brings: § 734.9(e) and (g) name those of FDP rules.
Headline footnote_words(const std::string& number) {
  const bool product_rule = number == "1" || number == "3" || number == "4" || number == "5";
  return {
      fmt::format("footnote {}{}", number, product_rule ? " (foreign direct product rule)" : ""),
      fmt::format("脚注{}{}", number, product_rule ? "（外国直接製品ルール）" : "")};
}

} // namespace

Headline party_list_name(const Citation& at) {
  struct List {
    std::string_view supplement;
    Headline name;
  };

  const std::array lists{
      List{entity_list, {"the Entity List", "エンティティー・リスト"}},
      List{unverified_list, {"the Unverified List", "未検証者リスト（UVL）"}},
      List{military_end_user_list,
           {"the Military End-User List", "軍事エンドユーザーリスト（MEUリスト）"}},
      List{validated_end_users,
           {"the list of validated end users", "認証エンドユーザー（VEU）のリスト"}}};
  for (const List& list : lists) {
    if (at.name() == list.supplement) {
      return list.name;
    }
  }
  return place_words(at.unit());
}

Headline party_change(const Change& change) {
  const bool came = change.kind == ChangeKind::added;
  const Headline list = party_list_name(change.at);
  const Headline party = party_of(change.at);
  Headline out{fmt::format("{} {}: {}", came ? "added to" : "removed from", list.en, party.en),
               fmt::format("{}{}：{}", list.ja, came ? "に追加" : "から削除", party.ja)};
  if (came && covers_all_items(change.after)) {
    out = joined_by_comma(
        out, {"license needed for all items subject to the EAR", "EAR対象品目すべてに許可が必要"});
  }
  return out;
}

Headline cell_change(const Change& change, const TypedChange& typed) {
  const Headline list = party_list_name(change.at);
  const Headline party = party_of(change.at);
  const Headline head{fmt::format("{}, {}", party.en, list.en.substr(4)),
                      fmt::format("{}の{}", list.ja, party.ja)};

  struct Cell {
    std::string_view subject;
    std::string_view en;
    std::string_view ja;
  };

  constexpr std::array cells{Cell{"alias", "alias", "別名"},
                             Cell{"address", "address", "所在地"},
                             Cell{"name", "name", "名称"}};
  const auto cell = std::find_if(
      cells.begin(), cells.end(), [&](const Cell& each) { return each.subject == typed.subject; });
  const std::string_view en = cell == cells.end() ? "entry" : cell->en;
  const std::string_view ja = cell == cells.end() ? "記載" : cell->ja;
  if (typed.before.empty()) {
    return {fmt::format("{}: {} added: {}", head.en, en, excerpt(typed.after, quoted_columns)),
            fmt::format("{}：{}の追加、{}", head.ja, ja, excerpt(typed.after, quoted_columns))};
  }
  if (typed.after.empty()) {
    return {fmt::format("{}: {} removed: {}", head.en, en, excerpt(typed.before, quoted_columns)),
            fmt::format("{}：{}の削除、{}", head.ja, ja, excerpt(typed.before, quoted_columns))};
  }
  return {fmt::format("{}: {} changed to {}", head.en, en, excerpt(typed.after, quoted_columns)),
          fmt::format("{}：{}を{}に変更", head.ja, ja, excerpt(typed.after, quoted_columns))};
}

Headline party_requirement(const TypedChange& typed) {
  const Requirement before = read_requirement(typed.before);
  const Requirement after = read_requirement(typed.after);
  Headline out;
  if (before.scope != after.scope) {
    const Headline from = scope_words(before.scope);
    const Headline to = scope_words(after.scope);
    out = {fmt::format("license now needed for {} (before: {})", to.en, from.en),
           fmt::format("許可が必要な品目が「{}」から「{}」に", from.ja, to.ja)};
  }
  const auto add_missing = [&](const auto& all, const auto& other, const char* en, const char* ja) {
    for (const std::string& each : all) {
      if (std::find(other.begin(), other.end(), each) == other.end()) {
        const Headline words = footnote_words(each);
        out.en += fmt::format("{}{} {}", out.en.empty() ? "" : ", ", words.en, en);
        out.ja += fmt::format("{}{}{}", out.ja.empty() ? "" : "、", words.ja, ja);
      }
    }
  };
  add_missing(after.footnotes, before.footnotes, "added", "を追加");
  add_missing(before.footnotes, after.footnotes, "removed", "を削除");
  return out.en.empty() ? Headline{"license requirement reworded", "許可要件の改正"} : out;
}

} // namespace regtrail::render
