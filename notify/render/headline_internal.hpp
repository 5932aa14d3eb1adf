// Parts of headlines. A Headline is used for every phrase that has both languages; where its
// Japanese is "", there is none.
#pragma once

#include "model/change.hpp"
#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/item.hpp"
#include "notify/render/headline.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace regtrail::render {

/// "limit raised from 300 to 500 ms", "しきい値が300 ms 未満から500 ms 未満に引き上げ".
[[nodiscard]] Headline limit_change(const TypedChange& typed);

/// What a limit is of, in the words of the law nearest to it: "fast gas switching valve(s) with
/// switching time"; in Japanese those of them that have a term. Both may be "".
[[nodiscard]] Headline subject_of(const Change& change, const TypedChange& typed);

/// The terms of the text that Japanese has a word for, at most two: "高速ガス切替バルブ、切替時間".
[[nodiscard]] std::string terms_ja(std::string_view text);

inline constexpr int quoted_columns = 44;

inline constexpr std::string_view opening_mark = "\u201c";
inline constexpr std::string_view closing_mark = "\u201d";

/// Without quotation marks, commas and blanks at the ends.
[[nodiscard]] std::string_view bare(std::string_view text);

/// Words of the law as an excerpt in quotation marks of either language.
[[nodiscard]] std::string quoted(std::string_view text, int columns = quoted_columns);
[[nodiscard]] std::string quoted_ja(std::string_view text, int columns = quoted_columns);

/// Parts joined by a comma of their language.
[[nodiscard]] Headline joined_by_comma(Headline first, const Headline& second);

// Of a row of a party list: one that came or went, an alias or address of it, its requirement.
[[nodiscard]] Headline party_change(const Change& change);
[[nodiscard]] Headline cell_change(const Change& change, const TypedChange& typed);
[[nodiscard]] Headline party_requirement(const TypedChange& typed);

// Of licenses: a row of a table of requirements, an exception, a review policy.
[[nodiscard]] Headline row_change(const Change& change, const TypedChange& typed);
[[nodiscard]] Headline exception_change(const TypedChange& typed);
[[nodiscard]] Headline review_change(const TypedChange& typed);

/// What happened to the change's text, without its place.
[[nodiscard]] Headline what_of(const Change& change);

} // namespace regtrail::render
