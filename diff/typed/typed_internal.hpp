// The typed comparisons behind type_change(), one family a file.
#pragma once

#include "diff/typed/typed_diff.hpp"
#include "model/change.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace regtrail::diff::typed {

using Type = TypedChangeType;

struct Verdict {
  Direction direction = Direction::unclear;
  std::string_view rule;
};

/// What stood on either side; "" where it came or went.
struct Texts {
  std::string before;
  std::string after;
};

[[nodiscard]] inline Texts one_sided(bool came, std::string text) {
  return came ? Texts{"", std::move(text)} : Texts{std::move(text), ""};
}

/// Appends to `change.typed`.
void add(Change& change, Type type, std::string subject, Texts texts, Verdict verdict);

[[nodiscard]] bool has_step(const Citation& at, std::string_view name);

/// The entity, license requirement, policy or citation cell of a party list.
void type_party_list(Change& change, const Law& law);

void type_license_row(Change& change, const Law& law);
[[nodiscard]] bool is_license_row(const Change& change);

void type_license_exception(Change& change, const Law& law);
[[nodiscard]] bool is_license_exception(const Citation& at);

/// Calls `on_word` with each word, lower case: letters, digits and characters beyond ASCII.
void each_word(std::string_view text, const std::function<void(std::string_view)>& on_word);

/// Calls `on_text` with the text of each node.
void each_text(std::span<const Unit> units, const std::function<void(const std::string&)>& on_text);

/// Differences of form only; false, and nothing added, where anything else differs.
[[nodiscard]] bool type_nomenclature(Change& change, const Law& law);

/// A country that came to a list of countries outside the EAR, or left it; false where it is none.
[[nodiscard]] bool type_listed_country(Change& change, const Law& law);

/// Country Chart marks, Country Groups, country lists.
void type_country(Change& change, const Law& law);
[[nodiscard]] bool is_country_place(const Citation& at);

/// True when one side is only "[Reserved]": then nothing else is to be said of the change.
[[nodiscard]] bool type_reserved(Change& change, const Law& law);

void type_thresholds(Change& change, const Law& law);
/// What it means that `text` came to the place of `change`, or left it.
[[nodiscard]] Verdict
judge_whole(const Change& change, const Law& law, const std::string& text, bool came);

/// A text that was added or removed.
void type_whole(Change& change, const Law& law);

/// Words that came, went or gave way within a text. Says that they are unclear where they are, and
/// where nothing but what is neutral was said before.
void type_edits(Change& change, const Law& law);

/// "May not" that became "may", and the length of duties and validities.
void type_duties(Change& change);

void type_review_policy(Change& change);
void type_references(Change& change);
void type_dates(Change& change, const Law& law);
void type_quotations(Change& change);
void type_conjunction(Change& change, const Law& law);
void type_scope(Change& change);
void type_definition(Change& change);

} // namespace regtrail::diff::typed
