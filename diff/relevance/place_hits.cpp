#include "diff/relevance/place_hits_internal.hpp"
#include "ear/country.hpp"
#include "ear/license_requirement.hpp"
#include "ear/license_row.hpp"
#include "ear/path_set.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "model/supplement.hpp"

#include <algorithm>
#include <array>

namespace regtrail::diff {

namespace {

constexpr double full = 1.0;
constexpr double governing = 0.9;
constexpr double named = 0.65;
constexpr double listed = 0.6;
constexpr int medium = 3;

std::string path_of(const Citation& at) {
  std::string path;
  for (const Step& step : at.steps()) {
    if (step.kind != Step::Kind::item) {
      break;
    }
    path += (path.empty() ? "" : ".") + step.name;
  }
  return path;
}

/// Paragraphs of `eccn` that a label names: "NS: a.4, c, d", "Note 1 to 3B001.c". Empty: it names
/// none and is about the whole entry.
std::vector<std::string> paths_in_label(const std::string& label, const std::string& eccn) {
  if (ear::is_license_control(label)) {
    return ear::parse_license_row(label).paths;
  }
  std::vector<std::string> paths;
  for (auto& mention : ear::find_eccns(label)) {
    if (mention.eccn == eccn && !mention.path.empty()) {
      paths.push_back(std::move(mention.path));
    }
  }
  return paths;
}

/// Countries of part 746 by section, whose text often says "destinations" only.
struct SanctionedSection {
  std::string_view section;
  std::string_view codes;
};

constexpr std::array sanctioned = {
    SanctionedSection{"746.2", "CU"},
    SanctionedSection{"746.3", "IQ"},
    SanctionedSection{"746.4", "KP"},
    SanctionedSection{"746.5", "RU|BY"},
    SanctionedSection{"746.6", "UA"},
    SanctionedSection{"746.7", "IR"},
    SanctionedSection{"746.8", "RU|BY"},
    SanctionedSection{"746.9", "SY"},
    SanctionedSection{"746.10", "RU|BY"},
};

bool is_country_table(const Citation& at) {
  return at.kind() == CitationKind::appendix &&
         (at.name() == country_chart || at.name() == country_groups ||
          at.name() == excluded_countries);
}

std::string words_at(std::string_view text, const ear::CountryMention& found) {
  return std::string(text.substr(found.begin, found.end - found.begin));
}

/// The country's name in words that changed.
std::string named_in_change(const Change& change, std::string_view code) {
  const auto in = [&](std::string_view text) {
    const auto found = ear::find_country(text, code);
    return found.begin == std::string_view::npos ? std::string() : words_at(text, found);
  };
  if (change.words.empty()) {
    const auto before = in(change.before);
    const auto after = in(change.after);
    // Without a word script only a name on one side is sure to have changed.
    return before.empty() != after.empty() ? before + after : std::string();
  }
  for (const WordRun& run : change.words) {
    if (run.op != WordRun::Op::same) {
      if (auto name = in(run.text); !name.empty()) {
        return name;
      }
    }
  }
  return {};
}

std::optional<Reason> reason_for_country(const Change& change, std::string_view code) {
  const Citation& at = change.at;
  const auto reason = [&](std::string words, double weight) {
    Reason result{Signal::destination, std::move(words), at.to_string(), weight};
    result.own = code;
    return result;
  };
  if (is_country_table(at) || is_in_party_list(at)) {
    const std::size_t count = is_in_party_list(at) ? 1 : at.steps().size();
    for (std::size_t i = 0; i < count; ++i) {
      const auto& step = at.steps()[i].name;
      if (const auto found = ear::find_country(step, code); found.begin == 0) {
        return reason(step, is_in_party_list(at) ? listed : full);
      }
    }
    if (is_in_party_list(at)) {
      return std::nullopt;
    }
    auto name = named_in_change(change, code);
    return name.empty() ? std::nullopt : std::optional(reason(std::move(name), full));
  }
  for (const auto& [section, codes] : sanctioned) {
    if (at.kind() == CitationKind::section && at.name() == section && is_one_of(code, codes)) {
      return reason(std::string(section), full);
    }
  }
  auto name = named_in_change(change, code);
  if (name.empty()) {
    return std::nullopt;
  }
  return reason(std::move(name), at.part_number() == "746" ? full : named);
}

} // namespace

std::optional<CitedPlace> read_cited_place(const std::string& typed) {
  CitedPlace result;
  result.typed = typed;
  const auto mentions = ear::find_eccns(typed);
  if (mentions.size() == 1) {
    result.eccn = EccnPlace{mentions[0].eccn, mentions[0].path};
    return result;
  }
  if (const auto pattern = parse_cfr_pattern(typed)) {
    result.place = *pattern;
    return result;
  }
  if (const auto citation = Citation::parse(typed)) {
    if (citation->kind() == CitationKind::section || citation->kind() == CitationKind::appendix) {
      CfrPattern pattern;
      pattern.title = citation->title().empty() ? "15" : citation->title();
      pattern.place = *citation;
      result.place = std::move(pattern);
      return result;
    }
  }
  return std::nullopt;
}

Concern concern_of(const EccnPlace& own, const Change& change, const Citation& at) {
  if (at.kind() != CitationKind::eccn || at.name() != own.eccn) {
    return Concern::none;
  }
  const EccnPlace place{at.name(), path_of(at)};
  if (!place.path.empty() && !related(own, place)) {
    return Concern::none;
  }
  for (const Step& step : at.steps()) {
    const auto paths = step.kind == Step::Kind::named ? paths_in_label(step.name, own.eccn)
                                                      : std::vector<std::string>{};
    if (!paths.empty() && !own.path.empty() &&
        std::none_of(paths.begin(), paths.end(), [&](const std::string& path) {
          return related(own, {own.eccn, path});
        })) {
      return Concern::none;
    }
  }
  const bool whole = change.kind == ChangeKind::added || change.kind == ChangeKind::removed;
  return covers(own, place) || whole ? Concern::within : Concern::governs;
}

Concern concern_of(const CitedPlace& own, const Change& change, const Citation& at) {
  if (own.eccn) {
    return concern_of(*own.eccn, change, at);
  }
  if (!own.place || at.empty()) {
    return Concern::none;
  }
  if (covers(*own.place, at)) {
    return Concern::within;
  }
  const Citation& cited = own.place->place;
  if (cited.empty() || at.unit().name() != cited.unit().name()) {
    return Concern::none;
  }
  const bool whole = change.kind == ChangeKind::added || change.kind == ChangeKind::removed;
  if (cited.is_within(at)) {
    return whole ? Concern::within : Concern::governs;
  }
  const bool heading = at.steps().size() == 1 && at.steps().front().name == "heading";
  return heading ? Concern::governs : Concern::none;
}

PlaceMatcher::PlaceMatcher(const Register& source) {
  for (const Procedure& procedure : source.procedures) {
    CitedProcedure cited{procedure.id, {}};
    for (const auto& typed : procedure.citations) {
      if (auto place = read_cited_place(typed)) {
        cited.places.push_back(std::move(*place));
      }
    }
    m_procedures.push_back(std::move(cited));
  }
  for (const Destination& destination : source.destinations) {
    m_countries.push_back({destination.id, destination.country});
  }
  if (!source.home.empty()) {
    m_countries.push_back({"home", source.home});
  }
}

std::vector<Hit> PlaceMatcher::match(const Change& change, int severity) const {
  std::vector<Hit> hits;
  const auto add = [&](const std::string& id, EntryKind kind, Reason reason, int weight) {
    Hit hit;
    hit.category = id;
    hit.entry = kind;
    hit.score = reason.weight;
    hit.severity = weight;
    hit.reasons.push_back(std::move(reason));
    hits.push_back(std::move(hit));
  };
  for (const CitedProcedure& procedure : m_procedures) {
    std::optional<Reason> best;
    for (const CitedPlace& place : procedure.places) {
      auto concern = concern_of(place, change, change.at);
      if (change.was) {
        concern = std::max(concern, concern_of(place, change, *change.was));
      }
      const double weight = concern == Concern::within ? full : governing;
      if (concern != Concern::none && (!best || weight > best->weight)) {
        best = Reason{Signal::procedure, change.at.to_string(), change.at.to_string(), weight};
        best->own = place.typed;
      }
    }
    if (best) {
      // What the document cites stands elsewhere now: it has to be mended.
      const bool moved = change.was.has_value() && *change.was != change.at;
      add(procedure.id,
          EntryKind::procedure,
          std::move(*best),
          moved ? std::max(severity, medium) : severity);
    }
  }
  for (const NamedCountry& country : m_countries) {
    if (auto reason = reason_for_country(change, country.code)) {
      // That some party of the country is listed stops no shipment to others.
      const int weight = is_in_party_list(change.at) ? std::min(severity, medium) : severity;
      add(country.id, EntryKind::destination, std::move(*reason), weight);
    }
  }
  return hits;
}

} // namespace regtrail::diff
