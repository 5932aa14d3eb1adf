// One plain sentence, in English and in Japanese, that says what a change or an item means.
// Sentences are built from typed parts; where a direction is not known they claim none. They are
// meant for two lines of a mail: about 110 columns in English, 120 (60 wide characters) in
// Japanese. Text from outside is printable and on one line.
#pragma once

#include "model/change.hpp"
#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/document.hpp"
#include "model/hit.hpp"
#include "model/item.hpp"
#include "model/register.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::render {

/// "fast gas switching valve(s): limit raised from 300 to 500 ms, more is controlled
/// (3B001.c.1.c.2)". Where nothing typed is known, the first changed words.
[[nodiscard]] Headline headline_of(const Change& change);

/// The same without its place, for where that stands beside it.
[[nodiscard]] Headline meaning_of(const Change& change);

/// The same, with the entry that it hits and what it does to it in front: "V400 (switching time 400
/// ms): was outside, is now inside 3B001.c.1.c.2; limit raised from 300 to 500 ms".
[[nodiscard]] Headline headline_of(const Change& change, const Hit& hit, const Register& entries);

/// The same for the first of `hits`, of which there is at least one, with the number of other
/// products that are hit behind that of a product: "...; and 3 more of yours".
[[nodiscard]] Headline
headline_of(const Change& change, const std::vector<Hit>& hits, const Register& entries);

[[nodiscard]] Headline headline_of(const StatusEvent& event);

/// "§ 744.23(a)(5)", "Supplement No. 4 to Part 744, China", "3B001.c.1, heading";
/// "§744.23(a)(5)", "744部補遺4、中国", "3B001.c.1、見出し".
[[nodiscard]] Headline place_words(const Citation& at);

/// "December 31, 2026", "2026年12月31日".
[[nodiscard]] Headline day_words(Date day);

/// On one line, at most `columns` wide, cut between words with "…".
[[nodiscard]] std::string excerpt(std::string_view text, int columns);

/// "final rule", "最終規則"; of an order its number.
[[nodiscard]] Headline document_kind(const Document& document);

/// "the Entity List", "エンティティー・リスト": the list of parties in which the place lies, else
/// the place's unit.
[[nodiscard]] Headline party_list_name(const Citation& at);

/// "does not control", "do not apply": the text takes items out.
[[nodiscard]] bool excludes(std::string_view text);

/// The typed change that says most; nullptr where none says anything.
[[nodiscard]] const TypedChange* main_type(const Change& change);

/// Of a document its kind, title and days; of a step of the eCFR the change that weighs most, and
/// how many others there are; of a page its title and the first words that changed.
[[nodiscard]] Headline headline_of(const Item& item);

/// The same, with the best of its hits in front where that says more.
[[nodiscard]] Headline headline_of(const Item& item, const Register& entries);

} // namespace regtrail::render
