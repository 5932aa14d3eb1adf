#include "notify/render/headline.hpp"

#include "model/supplement.hpp"
#include "notify/render/headline_countries.hpp"
#include "notify/render/headline_internal.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::render {

namespace {

constexpr int widest = 118; ///< columns; two lines of a mail

Headline labelled(const Headline& label, const Headline& what) {
  return {fmt::format("{}: {}", label.en, what.en), fmt::format("{}：{}", label.ja, what.ja)};
}

/// A party's row, or a country's, is named by the sentence itself.
bool names_itself(const Change& change) {
  const TypedChange* typed = main_type(change);
  return typed != nullptr &&
         (typed->type == TypedChangeType::entity ||
          (typed->type == TypedChangeType::country && change.at.kind() == CitationKind::appendix));
}

Headline party_label(const Citation& at) {
  const auto country = country_words(at.steps()[0].name);
  const std::string name = excerpt(at.steps()[1].name, 60);
  return country ? Headline{fmt::format("{} ({})", name, country->en),
                            fmt::format("{}（{}）", name, country->ja)}
                 : Headline{name, name};
}

const Reason* effect_in(const Hit& hit) {
  const auto found = std::find_if(hit.reasons.begin(), hit.reasons.end(), [](const Reason& reason) {
    return reason.signal == Signal::parameter && reason.effect && !names_neighbour(reason);
  });
  return found == hit.reasons.end() ? nullptr : &*found;
}

/// "; 3B001.c.2 holds it already"
Headline neighbour_words(const Hit& hit) {
  const auto found = std::find_if(hit.reasons.begin(), hit.reasons.end(), names_neighbour);
  return found == hit.reasons.end() ? Headline{}
                                    : Headline{fmt::format("; {} holds it already", found->words),
                                               fmt::format("。{}で既に対象", found->words)};
}

template<typename Entry>
const Entry* find_by_id(const std::vector<Entry>& entries, const std::string& id) {
  const auto found = std::find_if(
      entries.begin(), entries.end(), [&](const Entry& entry) { return entry.id == id; });
  return found == entries.end() ? nullptr : &*found;
}

Headline effect_words(ParameterEffect effect, const Headline& place) {
  switch (effect) {
  case ParameterEffect::now_inside:
    return {fmt::format("was outside, is now inside {}", place.en),
            fmt::format("従前は対象外、今回{}の対象に", place.ja)};
  case ParameterEffect::now_outside:
    return {fmt::format("was inside, is now outside {}", place.en),
            fmt::format("従前は{}の対象、今回対象外に", place.ja)};
  case ParameterEffect::still_inside:
    return {fmt::format("is still inside {}", place.en), fmt::format("引き続き{}の対象", place.ja)};
  case ParameterEffect::still_outside:
    return {fmt::format("is still outside {}", place.en),
            fmt::format("引き続き{}の対象外", place.ja)};
  }
  return {};
}

Headline product_headline(const Product& product, const Change& change, const Hit& hit) {
  const std::string& name = product.part_number.empty() ? product.id : product.part_number;
  const Reason* effect = effect_in(hit);
  if (effect == nullptr) {
    return labelled({name, name}, headline_of(change));
  }
  const std::string own = effect->own.empty() ? effect->words : effect->own;
  const auto at = Citation::parse(effect->at);
  const Headline place = place_words(at ? *at : change.at);
  const Headline what = effect_words(*effect->effect, place);
  const Headline limit = what_of(change);
  const Headline beside = neighbour_words(hit);
  return {fmt::format("{} ({}): {}{}; {}", name, own, what.en, beside.en, limit.en),
          fmt::format("{}（{}）：{}{}。{}", name, own, what.ja, beside.ja, limit.ja)};
}

Headline party_headline(const Party& party, const Change& change, const Hit& hit) {
  const std::string& name = party.names.empty() ? party.id : party.names.front();
  const auto reason = std::find_if(hit.reasons.begin(), hit.reasons.end(), [](const Reason& each) {
    return each.signal == Signal::party && each.likeness.has_value();
  });
  const NameLikeness likeness =
      reason == hit.reasons.end() ? NameLikeness::near : *reason->likeness;
  const Headline same = likeness == NameLikeness::owner
                            ? Headline{"owner of your partner {}", "登録取引先「{}」の所有者"}
                        : likeness == NameLikeness::address
                            ? Headline{"address of your partner {}", "登録取引先「{}」の所在地"}
                            : Headline{"your partner {}", "登録取引先「{}」"};
  const Headline who{fmt::format(fmt::runtime(same.en), name),
                     fmt::format(fmt::runtime(same.ja), name)};
  return labelled({fmt::format("possible match with {}", who.en),
                   fmt::format("{}と同一の可能性（要照合）", who.ja)},
                  headline_of(change));
}

} // namespace

Headline meaning_of(const Change& change) {
  const TypedChange* typed = main_type(change);
  const Headline what = what_of(change);
  if (typed == nullptr || typed->type != TypedChangeType::threshold) {
    return what;
  }
  Headline subject = subject_of(change, *typed);
  if (!subject.en.empty() && excludes(change.before) && excludes(change.after)) {
    subject.en = "exclusion for " + subject.en;
    subject.ja += subject.ja.empty() ? "" : "の適用除外";
  }
  return {fmt::format("{}{}{}", subject.en, subject.en.empty() ? "" : ": ", what.en),
          fmt::format("{}{}{}", subject.ja, subject.ja.empty() ? "" : "：", what.ja)};
}

Headline headline_of(const Change& change) {
  const TypedChange* typed = main_type(change);
  Headline out = meaning_of(change);
  if (names_itself(change)) {
    return out;
  }
  if (is_in_party_list(change.at)) {
    return labelled(party_label(change.at), out);
  }
  // The row of an exception is named by the sentence; the entry is left to be said.
  const bool exception = typed != nullptr && typed->type == TypedChangeType::license_exception &&
                         change.at.kind() == CitationKind::eccn;
  const Headline place = place_words(exception ? Citation::eccn(change.at.name()) : change.at);
  if (typed == nullptr || typed->type != TypedChangeType::threshold) {
    return labelled(place, out);
  }
  // The subject of a limit says more than its place, which follows where there is room.
  const Headline subject = subject_of(change, *typed);
  const Headline front = labelled(place, out);
  const std::string tail = fmt::format(" ({})", place.en);
  out.en = subject.en.empty()                       ? front.en
           : display_width(out.en + tail) <= widest ? out.en + tail
                                                    : out.en;
  out.ja = subject.ja.empty() ? front.ja : fmt::format("{}（{}）", out.ja, place.ja);
  return out;
}

Headline headline_of(const Change& change, const Hit& hit, const Register& entries) {
  if (hit.entry == EntryKind::product) {
    if (const Product* product = find_by_id(entries.products, hit.category)) {
      return product_headline(*product, change, hit);
    }
  }
  if (hit.entry == EntryKind::party) {
    if (const Party* party = find_by_id(entries.parties, hit.category)) {
      return party_headline(*party, change, hit);
    }
  }
  if (hit.entry == EntryKind::procedure) {
    if (const Procedure* procedure = find_by_id(entries.procedures, hit.category)) {
      return labelled({fmt::format("your document \u201c{}\u201d", one_line(procedure->title)),
                       fmt::format("社内手順書「{}」", one_line(procedure->title))},
                      headline_of(change));
    }
  }
  return headline_of(change);
}

Headline headline_of(const Change& change, const std::vector<Hit>& hits, const Register& entries) {
  const Hit& best = hits.front();
  Headline out = headline_of(change, best, entries);
  const auto more = std::count_if(hits.begin() + 1, hits.end(), [](const Hit& hit) {
    return hit.entry == EntryKind::product && !hit.near;
  });
  if (best.entry == EntryKind::product && more > 0) {
    out.en += fmt::format("; and {} more of yours", more);
    out.ja += fmt::format("（ほか登録品{}点）", more);
  }
  return out;
}

Headline headline_of(const StatusEvent& event) {
  const Headline place = place_words(event.at);
  return {fmt::format("{}: {}", place.en, event_phrase(event, Language::en)),
          fmt::format("{}：{}", place.ja, event_phrase(event, Language::ja))};
}

} // namespace regtrail::render
