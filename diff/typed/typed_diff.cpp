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

namespace {

/// "does not control", "do not apply to": the text takes items out.
bool excludes(std::string_view text) {
  constexpr std::array<std::string_view, 6> phrases = {"does not control",
                                                       "do not control",
                                                       "does not apply to",
                                                       "do not apply to",
                                                       "not subject to",
                                                       "is not controlled"};
  return std::any_of(phrases.begin(), phrases.end(), [text](std::string_view phrase) {
    return text.find(phrase) != std::string_view::npos;
  });
}

} // namespace

Role role_of(const Change& change) {
  const auto& at = change.at;
  if (at.kind() == CitationKind::eccn) {
    if (has_step(at, "LVS") || has_step(at, "GBS") || has_step(at, "TSR") || has_step(at, "STA") ||
        has_step(at, "IEC") || has_step(at, "NAC") || has_step(at, "HBM")) {
      return Role::exception;
    }
    if (has_step(at, "Related") || has_step(at, "Technical Note")) {
      return Role::other;
    }
    const bool note = change.node_kind == NodeKind::note || has_step(at, "Note");
    const bool out = excludes(change.before) || excludes(change.after);
    return note ? (out ? Role::exclusion : Role::other) : out ? Role::other : Role::control;
  }
  const auto part = at.part_number();
  if (at.kind() != CitationKind::section || at.title() != "15") {
    return Role::other;
  }
  const bool out = excludes(change.before) || excludes(change.after);
  // De minimis: what stays under the percentage is not subject to the EAR.
  if (at.is_within(Citation::parse("15 CFR 734.4(c)").value_or(Citation())) ||
      at.is_within(Citation::parse("15 CFR 734.4(d)").value_or(Citation()))) {
    return Role::exclusion;
  }
  if (part == "744" || at.name() == "734.9") {
    return out ? Role::other : Role::control;
  }
  if (part == "742" && !at.steps().empty()) {
    return at.steps().front().name == "(a)" && !out ? Role::control : Role::review;
  }
  return part == "740" ? Role::exception : Role::other;
}

/// What the words of prose say.
void type_wording(Change& change) {
  type_thresholds(change);
  type_review_policy(change);
  type_country(change);
  type_scope(change);
  type_conjunction(change);
  type_quotations(change);
  type_references(change);
  type_dates(change);
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
    typed::type_party_list(change);
  } else if (typed::is_country_place(change.at)) {
    typed::type_country(change);
  } else if (typed::is_license_row(change)) {
    typed::type_license_row(change);
  } else if (typed::is_license_exception(change.at)) {
    typed::type_license_exception(change);
  } else if (change.kind == ChangeKind::revised && !typed::type_reserved(change)) {
    typed::type_wording(change);
  }
}

} // namespace regtrail::diff
