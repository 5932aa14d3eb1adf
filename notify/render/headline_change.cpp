// What happened to a text, one sentence a type.
#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "model/supplement.hpp"
#include "model/text.hpp"
#include "notify/render/headline_countries.hpp"
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
    return {
        fmt::format("{}: {} mark {} the Commerce Country Chart",
                    country.en,
                    of,
                    came ? "added to" : "removed from"),
        fmt::format("{}：カントリーチャートの{}の印を{}", country.ja, of, came ? "追加" : "削除")};
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
    const TypedChange* typed = main_type(change);
    if (!came && typed != nullptr && is_eccn(typed->after)) {
      return with_terms(Headline{fmt::format("moved to {}: {}", typed->after, quoted(words, 60)),
                                 fmt::format("{}に移動", typed->after)},
                        words);
    }
    return with_terms(
        came ? Headline{fmt::format("new entry on the CCL: {}", quoted(words, 60)), "CCLに新設"}
             : Headline{fmt::format("removed from the CCL: {}", quoted(words, 60)), "CCLから削除"},
        words);
  }
  // "Does not apply" takes something out only where the text as a whole frees.
  const TypedChange* typed = main_type(change);
  if (excludes(text) && typed != nullptr &&
      typed->direction == (came ? Direction::loosened : Direction::tightened)) {
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

std::string quoted(std::string_view text, int columns) {
  return fmt::format("{}{}{}", opening_mark, excerpt(bare(text), columns), closing_mark);
}

std::string quoted_ja(std::string_view text, int columns) {
  return fmt::format("「{}」", excerpt(bare(text), columns));
}

Headline joined_by_comma(Headline first, const Headline& second) {
  first.en += second.en.empty() ? "" : ", " + second.en;
  first.ja += second.ja.empty() ? "" : "、" + second.ja;
  return first;
}

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
  const bool said =
      typed != nullptr && (typed->type == Type::entity || typed->type == Type::review_policy ||
                           typed->type == Type::license_exception);
  return typed == nullptr || said ? what
                                  : joined_by_comma(what, consequence(change.at, typed->direction));
}

} // namespace regtrail::render
