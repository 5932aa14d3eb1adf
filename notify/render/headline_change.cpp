// What happened to a text, one sentence a type.
#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "model/supplement.hpp"
#include "model/text.hpp"
#include "notify/render/headline_countries_internal.hpp"
#include "notify/render/headline_internal.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace regtrail::render {

namespace {

using Type = TypedChangeType;

constexpr int quoted_columns = 44;
constexpr int party_columns = 52;

constexpr std::string_view opening_mark = "\u201c";
constexpr std::string_view closing_mark = "\u201d";

/// Without quotation marks, commas and blanks at the ends.
std::string_view bare(std::string_view text) {
  for (bool again = true; again;) {
    const std::size_t size = text.size();
    text = trimmed(text, ",;:\"'");
    for (const std::string_view mark : {opening_mark, closing_mark}) {
      text.remove_prefix(text.starts_with(mark) ? mark.size() : 0);
      text.remove_suffix(text.ends_with(mark) ? mark.size() : 0);
    }
    again = text.size() != size;
  }
  return text;
}

std::string quoted(std::string_view text, int columns = quoted_columns) {
  return fmt::format("{}{}{}", opening_mark, excerpt(bare(text), columns), closing_mark);
}

std::string quoted_ja(std::string_view text, int columns = quoted_columns) {
  return fmt::format("「{}」", excerpt(bare(text), columns));
}

/// The bytes up to the last blank of what both begin with.
std::size_t common_words(std::string_view left, std::string_view right) {
  const auto end = std::mismatch(left.begin(), left.end(), right.begin(), right.end()).first;
  const std::string_view common = left.substr(0, static_cast<std::size_t>(end - left.begin()));
  const std::size_t blank = common.rfind(' ');
  return blank == std::string_view::npos ? 0 : blank + 1;
}

/// Two long texts that begin alike without their common words, so that what differs can be seen.
std::pair<std::string, std::string> apart(std::string_view before, std::string_view after) {
  constexpr int columns = 40;
  const bool marks_only = bare(before) == bare(after);
  before = marks_only ? trimmed(before) : bare(before);
  after = marks_only ? trimmed(after) : bare(after);
  const bool longer = display_width(before) > columns || display_width(after) > columns;
  const std::size_t common = longer ? common_words(before, after) : 0;
  const std::string lead = common > 0 ? "…" : "";
  return {excerpt(lead + std::string(before.substr(common)), columns),
          excerpt(lead + std::string(after.substr(common)), columns)};
}

Headline became(std::string_view before, std::string_view after) {
  const auto [was, is] = apart(before, after);
  return {fmt::format("{0}{2}{1} became {0}{3}{1}", opening_mark, closing_mark, was, is),
          fmt::format("「{}」を「{}」に変更", was, is)};
}

// --- what follows --------------------------------------------------------------------------------

struct Consequences {
  Headline tightened;
  Headline loosened;
};

/// Who is caught more or less, by what the text at the place does.
Consequences consequences_at(const Citation& at) {
  const std::string part = at.part_number();
  if (at.kind() == CitationKind::eccn) {
    return {{"more is controlled", "規制対象が拡大"}, {"less is controlled", "規制対象が縮小"}};
  }
  if (at.title() == "15" && part == "734") {
    return {{"more is subject to the EAR", "EARの対象が拡大"},
            {"less is subject to the EAR", "EARの対象が縮小"}};
  }
  if (at.title() == "15" && part == "740" && at.kind() == CitationKind::section) {
    return {{"the license exceptions cover less", "許可例外の範囲が縮小"},
            {"the license exceptions cover more", "許可例外の範囲が拡大"}};
  }
  if (at.title() == "15" && (part == "742" || part == "744" || part == "746")) {
    return {{"license requirement widened", "許可要件の拡大"},
            {"license requirement narrowed", "許可要件の縮小"}};
  }
  return {{"stricter than before", "規制強化"}, {"less strict than before", "規制緩和"}};
}

/// Empty where no direction is known.
Headline consequence(const Citation& at, Direction direction) {
  switch (direction) {
  case Direction::tightened:
    return consequences_at(at).tightened;
  case Direction::loosened:
    return consequences_at(at).loosened;
  case Direction::neutral:
  case Direction::unclear:
    break;
  }
  return {};
}

Headline joined_by_comma(Headline first, const Headline& second) {
  first.en += second.en.empty() ? "" : ", " + second.en;
  first.ja += second.ja.empty() ? "" : "、" + second.ja;
  return first;
}

// --- parties -------------------------------------------------------------------------------------

Headline list_name(const Citation& at) {
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

Headline party_change(const Change& change) {
  const bool came = change.kind == ChangeKind::added;
  const Headline list = list_name(change.at);
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
  const Headline list = list_name(change.at);
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

// --- licenses ------------------------------------------------------------------------------------

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

// --- countries -----------------------------------------------------------------------------------

/// "D:5" of the column "[D: 5] U.S. Arms Embargoed Countries".
std::optional<std::string> numbered_group(const Citation& at) {
  const std::string& column = at.steps().back().name;
  const std::size_t end = column.find(']');
  if (!column.starts_with('[') || end == std::string::npos) {
    return std::nullopt;
  }
  std::string group = column.substr(1, end - 1);
  group.erase(std::remove(group.begin(), group.end(), ' '), group.end());
  return group;
}

Headline country_change(const Change& change, const TypedChange& typed) {
  const bool came = !typed.after.empty();
  const std::size_t comma = typed.subject.rfind(", ");
  std::string name = typed.subject.substr(0, comma);
  // "Korea, South" and "Bahamas, The" are names with a comma of their own.
  const auto whole = country_words(typed.subject);
  const bool divided = comma != std::string::npos &&
                       (change.at.name() == country_chart || change.at.name() == country_groups);
  const Headline country = divided ? country_words(name).value_or(Headline{name, name})
                                   : whole.value_or(Headline{typed.subject, typed.subject});
  const std::string of =
      divided ? numbered_group(change.at).value_or(typed.subject.substr(comma + 2)) : "";
  if (change.at.name() == country_chart && divided) {
    return {fmt::format("{}: {} mark {} the Commerce Country Chart, so {} {} a license",
                        country.en,
                        of,
                        came ? "added to" : "removed from",
                        of,
                        came ? "now requires" : "no longer requires"),
            fmt::format("{}：カントリーチャートの{}の印を{}、{}を理由とする許可が{}",
                        country.ja,
                        of,
                        came ? "追加" : "削除",
                        of,
                        came ? "必要に" : "不要に")};
  }
  if (change.at.name() == country_groups && divided) {
    return {
        fmt::format("{} {} Country Group {}", country.en, came ? "joins" : "leaves", of),
        fmt::format("{}をカントリーグループ{}{}", country.ja, of, came ? "に追加" : "から削除")};
  }
  if (typed.subject.starts_with("Country Group ")) {
    const std::string group = typed.subject.substr(std::string_view("Country Group ").size());
    return {fmt::format("Country Group {} {}", group, came ? "now named" : "no longer named"),
            fmt::format("カントリーグループ{}の記載を{}", group, came ? "追加" : "削除")};
  }
  if (change.at.name() == excluded_countries) {
    return {fmt::format("{} {} the countries excluded from the license requirements",
                        country.en,
                        came ? "joins" : "leaves"),
            fmt::format("許可要件の適用除外国{}{}を{}",
                        came ? "に" : "から",
                        country.ja,
                        came ? "追加" : "削除")};
  }
  return {
      fmt::format("{} {} the list of countries", country.en, came ? "joins" : "leaves"),
      fmt::format("国のリスト{}{}を{}", came ? "に" : "から", country.ja, came ? "追加" : "削除")};
}

// --- words ---------------------------------------------------------------------------------------

Headline date_change(const TypedChange& typed) {
  const auto before = Date::parse(typed.before);
  const auto after = Date::parse(typed.after);
  if (before && after) {
    const Headline from = day_words(*before);
    const Headline to = day_words(*after);
    const bool later = *after > *before;
    return {
        fmt::format("date changed from {} to {} ({})", from.en, to.en, later ? "later" : "earlier"),
        fmt::format("日付を{}から{}に{}", from.ja, to.ja, later ? "繰り下げ" : "繰り上げ")};
  }
  if (after) {
    return {fmt::format("date added: {}", day_words(*after).en),
            fmt::format("日付（{}）を追加", day_words(*after).ja)};
  }
  if (before) {
    return {fmt::format("date removed: {}", day_words(*before).en),
            fmt::format("日付（{}）を削除", day_words(*before).ja)};
  }
  return {"date changed", "日付の変更"};
}

bool is_all(std::string_view phrase) {
  return phrase.starts_with("all") || phrase.starts_with("both");
}

Headline conjunction_change(const TypedChange& typed) {
  if (typed.subject == "list") {
    return is_all(typed.after)
               ? Headline{"all listed conditions must now be met (before: one was enough)",
                          "列挙された条件のすべてが必要に（従前は一つで足りた）"}
               : Headline{"one of the listed conditions is now enough (before: all)",
                          "列挙された条件の一つで足りることに（従前はすべて）"};
  }
  const auto word = [](const std::string& text) { return text.empty() ? "nothing" : text; };
  const auto word_ja = [](const std::string& text) {
    return text == "and" ? "及び" : text == "or" ? "又は" : "なし";
  };
  return {fmt::format("what joins the next paragraph changed from \u201c{}\u201d to \u201c{}\u201d",
                      word(typed.before),
                      word(typed.after)),
          fmt::format(
              "次項との接続が「{}」から「{}」に変更", word_ja(typed.before), word_ja(typed.after))};
}

std::string reference_ja(const std::string& reference) {
  const auto citation = Citation::parse(reference);
  return citation ? place_words(*citation).ja : reference;
}

std::string reference_en(const std::string& reference) {
  const auto citation = Citation::parse(reference);
  return citation ? place_words(*citation).en : reference;
}

Headline reference_change(const TypedChange& typed) {
  if (typed.before.empty() || typed.after.empty()) {
    const bool came = typed.before.empty();
    const std::string& reference = came ? typed.after : typed.before;
    return {fmt::format("reference to {} {}", reference_en(reference), came ? "added" : "removed"),
            fmt::format("{}の参照を{}", reference_ja(reference), came ? "追加" : "削除")};
  }
  return {fmt::format("reference changed from {} to {}",
                      reference_en(typed.before),
                      reference_en(typed.after)),
          fmt::format(
              "参照条項を{}から{}に変更", reference_ja(typed.before), reference_ja(typed.after))};
}

struct Texts {
  std::string before;
  std::string after;
};

bool is_reserved(std::string_view text) {
  return trimmed(text).ends_with("[Reserved]");
}

/// The edits of the word script; with what stands between two that are a word or two apart.
std::vector<Texts> edits_of(const Change& change) {
  constexpr std::size_t nearest = 14;
  std::vector<Texts> edits;
  std::string between;
  for (const WordRun& run : merged_edits(runs_of(change))) {
    if (run.op == WordRun::Op::same) {
      between += run.text;
      continue;
    }
    if (edits.empty() || between.size() > nearest) {
      edits.emplace_back();
    } else {
      edits.back().before += between;
      edits.back().after += between;
    }
    between.clear();
    (run.op == WordRun::Op::removed ? edits.back().before : edits.back().after) += run.text;
  }
  return edits;
}

/// True where whole phrases came or went, of which a date or a reference is only a part.
bool is_phrase_edit(const Change& change) {
  constexpr std::ptrdiff_t fewest_blanks = 4;
  const auto edits = edits_of(change);
  const auto blanks = [](const std::string& text) {
    return std::count(text.begin(), text.end(), ' ');
  };
  return !edits.empty() &&
         std::max(blanks(edits.front().before), blanks(edits.front().after)) >= fewest_blanks;
}

/// The first changed words, and how many other edits there are.
Headline words_change(const Change& change) {
  const auto edits = edits_of(change);
  if (edits.empty()) {
    return {"reworded", "改正"};
  }
  const auto& [before, after] = edits.front();
  Headline out;
  if (trimmed(before).empty()) {
    out = {fmt::format("{} added", quoted(after)), fmt::format("{}を追加", quoted_ja(after))};
  } else if (trimmed(after).empty()) {
    out = {fmt::format("{} struck", quoted(before)), fmt::format("{}を削除", quoted_ja(before))};
  } else {
    out = became(before, after);
  }
  if (edits.size() > 1) {
    const std::size_t more = edits.size() - 1;
    out.en += fmt::format(" and {} more {}", more, more == 1 ? "edit" : "edits");
    out.ja += fmt::format("、ほか{}か所", more);
  }
  return out;
}

Headline scope_change(const Change& change, const TypedChange& typed) {
  if (change.kind != ChangeKind::revised) {
    return {}; // told as a whole
  }
  if (is_reserved(typed.after)) {
    return {fmt::format("removed (now reserved): {}", quoted(typed.before)), "削除（[Reserved]）"};
  }
  if (is_reserved(typed.before)) {
    return {fmt::format("new text in a reserved place: {}", quoted(typed.after)),
            "空き項（[Reserved]）に新設"};
  }
  if (typed.subject == "items beside the list" && typed.before.empty()) {
    return {fmt::format("the entry now also controls {}", quoted(typed.after)),
            fmt::format("{}も規制対象に追加", quoted_ja(typed.after))};
  }
  if (typed.subject == "items beside the list" && typed.after.empty()) {
    return {fmt::format("the entry no longer controls {}", quoted(typed.before)),
            fmt::format("{}を規制対象から削除", quoted_ja(typed.before))};
  }
  if (typed.subject == "heading") {
    return {"heading reworded", "見出しの改正"};
  }
  return words_change(change);
}

Headline typed_words(const Change& change, const TypedChange& typed) {
  switch (typed.type) {
  case Type::threshold:
    return limit_change(typed);
  case Type::entity:
    return typed.subject == "party" ? party_change(change) : cell_change(change, typed);
  case Type::license_requirement:
    return is_in_party_list(change.at)                    ? party_requirement(typed)
           : typed.subject.find(' ') != std::string::npos ? row_change(change, typed)
                                                          : Headline{};
  case Type::license_exception:
    return exception_change(typed);
  case Type::review_policy:
    return review_change(typed);
  case Type::country:
    return country_change(change, typed);
  case Type::cross_reference:
  case Type::date:
    if ((typed.before.empty() || typed.after.empty()) && is_phrase_edit(change)) {
      return words_change(change);
    }
    return typed.type == Type::date ? date_change(typed) : reference_change(typed);
  case Type::definition:
    return {"definition: " + words_change(change).en, "定義の改正：" + words_change(change).ja};
  case Type::conjunction:
    return conjunction_change(typed);
  case Type::scope:
    return scope_change(change, typed);
  case Type::quotation:
    return {fmt::format("quotation marks around {} changed: another definition may apply",
                        quoted(typed.subject)),
            fmt::format("{}の引用符の変更（適用される定義は要確認）", quoted_ja(typed.subject))};
  case Type::nomenclature: {
    const Headline words = became(typed.before, typed.after);
    return {"wording only: " + words.en, "表記のみの変更：" + words.ja};
  }
  }
  return {};
}

// --- whole texts ---------------------------------------------------------------------------------

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find('\n'));
}

/// The text without the number, ECCN or designator that the place names already: "§ 740.24 ",
/// "3B995 ", "(iv) ", "Note: ".
std::string opening(const Change& change, std::string_view text) {
  std::string_view line = trimmed(first_line(text));
  const std::string number = "§ " + change.at.name() + " ";
  if (line.starts_with(number)) {
    return std::string(line.substr(number.size()));
  }
  const std::size_t blank = line.find(' ');
  if (blank != std::string_view::npos) {
    const std::string_view front = line.substr(0, blank);
    const bool named = front == change.at.name() || front.back() == '.' || front.back() == ':' ||
                       front.front() == '(' || front.front() == '^';
    line = named ? trimmed(line.substr(blank)) : line;
  }
  return std::string(line);
}

Headline with_terms(Headline out, const std::string& text) {
  const std::string ja = terms_ja(first_bytes(text, 90));
  out.ja += ja.empty() ? "" : fmt::format("（{}）", ja);
  return out;
}

/// Added, or removed, with everything below it.
Headline whole_change(const Change& change) {
  const bool came = change.kind == ChangeKind::added;
  const std::string& text = came ? change.after : change.before;
  const std::string words = opening(change, text);
  if (is_reserved(words)) {
    return {came ? "reserved paragraph added" : "reserved paragraph removed",
            came ? "空き項（[Reserved]）の追加" : "空き項（[Reserved]）の削除"};
  }
  if (change.at.kind() == CitationKind::eccn && change.at.steps().empty()) {
    return with_terms(
        came ? Headline{fmt::format("new entry on the CCL: {}", quoted(words, 60)), "CCLに新設"}
             : Headline{fmt::format("no longer on the CCL, decontrolled or moved: {}",
                                    quoted(words, 60)),
                        "CCLから削除（規制解除または移動）"},
        words);
  }
  if (excludes(text)) {
    return with_terms(
        came ? Headline{fmt::format("exclusion added: {}", quoted(words, 60)), "適用除外の追加"}
             : Headline{fmt::format("exclusion struck: {}", quoted(words, 60)), "適用除外の削除"},
        words);
  }
  return with_terms(came ? Headline{fmt::format("new: {}", quoted(words, 60)), "新設"}
                         : Headline{fmt::format("removed: {}", quoted(words, 60)), "削除"},
                    words);
}

Headline renumbered(const Change& change) {
  const Headline was = change.was ? place_words(*change.was) : Headline{};
  if (change.kind == ChangeKind::redesignated) {
    return {fmt::format("new number, was {}, text unchanged", was.en),
            fmt::format("項番号の変更（旧 {}）、本文は同じ", was.ja)};
  }
  return {fmt::format("moved here from {}, text unchanged", was.en),
          fmt::format("{}から移動、本文は同じ", was.ja)};
}

} // namespace

bool excludes(std::string_view text) {
  constexpr std::string_view phrases =
      "does not control|do not control|does not apply|do not apply|"
      "not subject to|is not controlled|are not controlled";
  const std::string lower = lowered(text);
  return any_phrase(
      phrases, [&](std::string_view phrase) { return lower.find(phrase) != std::string::npos; });
}

const TypedChange* main_type(const Change& change) {
  const auto rank = [](const TypedChange& typed) {
    constexpr std::array order{Type::entity,
                               Type::license_requirement,
                               Type::license_exception,
                               Type::threshold,
                               Type::review_policy,
                               Type::country,
                               Type::conjunction,
                               Type::scope,
                               Type::date,
                               Type::definition,
                               Type::quotation,
                               Type::cross_reference,
                               Type::nomenclature};
    const bool directed =
        typed.direction == Direction::tightened || typed.direction == Direction::loosened;
    return std::pair(!directed, std::find(order.begin(), order.end(), typed.type));
  };
  const auto found = std::min_element(
      change.typed.begin(),
      change.typed.end(),
      [&](const TypedChange& left, const TypedChange& right) { return rank(left) < rank(right); });
  return found == change.typed.end() ? nullptr : &*found;
}

Headline what_of(const Change& change) {
  const TypedChange* typed = main_type(change);
  Headline what = typed == nullptr ? Headline{} : typed_words(change, *typed);
  if (what.en.empty()) {
    switch (change.kind) {
    case ChangeKind::added:
    case ChangeKind::removed:
      what = whole_change(change);
      break;
    case ChangeKind::redesignated:
    case ChangeKind::moved:
      what = renumbered(change);
      break;
    case ChangeKind::cosmetic:
      what = {"typography only", "表記のみの変更"};
      break;
    case ChangeKind::revised:
      what = words_change(change);
      break;
    }
  }
  // These say themselves what follows.
  const bool said = typed != nullptr &&
                    (typed->type == Type::entity || typed->type == Type::review_policy ||
                     typed->type == Type::license_exception || change.at.name() == country_chart);
  return typed == nullptr || said ? what
                                  : joined_by_comma(what, consequence(change.at, typed->direction));
}

} // namespace regtrail::render
