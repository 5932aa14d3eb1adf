#include "notify/render/entries.hpp"

#include "notify/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::render {

namespace {

template<typename Entry>
std::string name_in(const std::vector<Entry>& entries, const std::string& id, auto name) {
  const auto found = std::find_if(
      entries.begin(), entries.end(), [&](const Entry& entry) { return entry.id == id; });
  return found == entries.end() || name(*found).empty() ? id : one_line(name(*found));
}

bool is_alike(const Hit& left, const Hit& right) {
  return left.entry == right.entry && left.score == right.score &&
         left.severity == right.severity && left.reasons == right.reasons;
}

} // namespace

bool moves_own_figure(const Hit& hit) {
  return std::any_of(hit.reasons.begin(), hit.reasons.end(), [](const Reason& reason) {
    return reason.effect == ParameterEffect::now_inside ||
           reason.effect == ParameterEffect::now_outside;
  });
}

std::string entry_name(const Hit& hit, const Register& entries, Language language) {
  const std::string& id = hit.category;
  switch (hit.entry) {
  case EntryKind::category:
    return name_in(entries.categories, id, [language](const Category& each) {
      return language == Language::ja ? each.label_ja : each.label_en;
    });
  case EntryKind::product:
    return name_in(entries.products, id, [](const Product& each) { return each.part_number; });
  case EntryKind::party:
    return name_in(entries.parties, id, [](const Party& each) {
      return each.names.empty() ? std::string() : each.names.front();
    });
  case EntryKind::procedure:
    return name_in(entries.procedures, id, [](const Procedure& each) { return each.title; });
  case EntryKind::watch:
    return name_in(entries.watches, id, [language](const Watch& each) {
      return language == Language::ja ? each.label_ja : each.label_en;
    });
  case EntryKind::destination:
    break;
  }
  return id;
}

std::vector<std::vector<Hit>> alike_hits(const std::vector<Hit>& hits) {
  std::vector<std::vector<Hit>> groups;
  for (const Hit& hit : hits) {
    const auto group =
        std::find_if(groups.begin(), groups.end(), [&](const std::vector<Hit>& other) {
          return is_alike(other.front(), hit);
        });
    if (group == groups.end()) {
      groups.push_back({hit});
    } else {
      group->push_back(hit);
    }
  }
  std::stable_partition(groups.begin(), groups.end(), [](const std::vector<Hit>& group) {
    return moves_own_figure(group.front());
  });
  return groups;
}

std::string entry_names(const std::vector<Hit>& alike, const Register& entries, Language language) {
  constexpr std::size_t named = 3;
  std::vector<std::string> names;
  for (const Hit& hit : alike) {
    if (names.size() == named) {
      break;
    }
    names.push_back(entry_name(hit, entries, language));
  }
  const bool ja = language == Language::ja;
  const bool holds_commas = std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name.find(',') != std::string::npos;
  });
  const std::size_t more = alike.size() - names.size();
  return joined(names,
                ja             ? "、"
                : holds_commas ? "; "
                               : ", ") +
         (more == 0 ? std::string()
          : ja      ? fmt::format("ほか{}件", more)
                    : fmt::format(" and {} more", more));
}

} // namespace regtrail::render
