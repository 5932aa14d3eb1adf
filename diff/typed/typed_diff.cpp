#include "diff/typed/typed_diff.hpp"

#include "diff/typed/typed_internal.hpp"
#include "model/supplement.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <array>

namespace regtrail::diff {

namespace typed {

void add(Change& change, Type type, std::string subject, Texts texts, Verdict verdict) {
  change.typed.push_back({type,
                          std::move(subject),
                          std::move(texts.before),
                          std::move(texts.after),
                          verdict.direction,
                          std::string(verdict.rule)});
}

bool has_step(const Citation& at, std::string_view name) {
  return std::any_of(at.steps().begin(), at.steps().end(), [name](const Step& step) {
    return step.name.starts_with(name);
  });
}

/// What the words of prose say.
void type_wording(Change& change, const Law& law) {
  type_thresholds(change, law);
  type_review_policy(change);
  type_country(change, law);
  type_scope(change);
  type_conjunction(change, law);
  type_quotations(change);
  type_references(change);
  type_dates(change, law);
  type_duties(change);
  type_edits(change, law);
  type_definition(change);
}

} // namespace typed

void type_change(Change& change, const Law& law) {
  change.typed.clear();
  const bool textual = change.kind == ChangeKind::added || change.kind == ChangeKind::removed ||
                       change.kind == ChangeKind::revised;
  if (!textual || normalise(change.before) == normalise(change.after)) {
    return;
  }
  if (change.kind == ChangeKind::revised ? typed::type_nomenclature(change, law)
                                         : typed::type_listed_country(change, law)) {
    return;
  }
  if (is_in_party_list(change.at)) {
    typed::type_party_list(change, law);
  } else if (typed::is_country_place(change.at)) {
    typed::type_country(change, law);
  } else if (typed::is_license_row(change)) {
    typed::type_license_row(change, law);
  } else if (typed::is_license_exception(change.at)) {
    typed::type_license_exception(change, law);
  } else if (change.kind != ChangeKind::revised) {
    typed::type_whole(change, law);
  } else if (!typed::type_reserved(change, law)) {
    typed::type_wording(change, law);
  }
}

} // namespace regtrail::diff
