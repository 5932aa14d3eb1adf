#include "sync/causes.hpp"

#include "query/related_documents.hpp"
#include "query/status_days.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace regtrail::sync {
namespace {

using store::Archive;
using store::DocumentContent;
using store::Transition;

/// Raised when the join weighs differently, so that stored causes are found again.
constexpr const char* rules_version = "1";
constexpr const char* rules_key = "cause.rules";
constexpr const char* coverage_key = "federal-register.coverage";
constexpr std::chrono::days slack{10};
constexpr int bureau_title = 15; ///< of the CFR, which the Bureau of Industry and Security amends

std::string todo_key(int title, const std::string& part) {
  return fmt::format("cause.todo.{}.{}", title, part);
}

Result<std::optional<Date>> marked_since(Archive& archive, int title, const std::string& part) {
  TRY_ASSIGN(const auto text, archive.setting(todo_key(title, part)));
  const auto date = Date::parse(text);
  return date ? std::optional(*date) : std::nullopt;
}

Citation page_citation(diff::FrPage page) {
  return Citation::fr_page(std::to_string(page.volume), std::to_string(page.page));
}

/// The numbers of all documents that may have made a transition.
Result<std::set<std::string>> candidates(Archive& archive, const Transition& transition) {
  const diff::Coverage dates = diff::candidate_dates(transition.before, transition.after);
  store::DocumentQuery query;
  query.part = CfrPart{std::to_string(transition.title), transition.part};
  query.since = dates.from;
  query.until = dates.to;
  TRY_ASSIGN(const auto near, archive.documents(query));
  std::set<std::string> numbers;
  query::add_numbers(numbers, near);
  for (const diff::FrPage page : diff::newly_cited_pages(transition.diff)) {
    TRY_ASSIGN(const auto cited,
               archive.find_documents(page_citation(page), DocumentContent::described));
    query::add_numbers(numbers, cited);
  }
  return numbers;
}

/// Transitions that are marked, by date, with the key under which they are.
struct Marked {
  int title = 0;
  std::string part;
  Date since;
  std::vector<Transition> transitions; ///< dates only
};

Result<std::vector<Marked>> marked_transitions(Archive& archive) {
  TRY_ASSIGN(auto dates, archive.transition_dates());
  std::map<std::pair<int, std::string>, Marked> marked;
  for (Transition& transition : dates) {
    const auto [entry, is_new] = marked.try_emplace({transition.title, transition.part});
    if (is_new) {
      TRY_ASSIGN(const auto since, marked_since(archive, transition.title, transition.part));
      entry->second = {transition.title, transition.part, since.value_or(Date(9999, 1, 1)), {}};
    }
    if (transition.after >= entry->second.since) {
      entry->second.transitions.push_back(std::move(transition));
    }
  }
  std::vector<Marked> found;
  for (auto& [key, each] : marked) {
    if (!each.transitions.empty()) {
      found.push_back(std::move(each));
    }
  }
  return found;
}

/// The dates of a part that are those of annual editions.
Result<std::set<Date>> annual_dates(Archive& archive, const Marked& part) {
  TRY_ASSIGN(const auto plan, archive.planned_dates(part.title, part.part));
  std::set<Date> dates;
  for (const store::PlannedDate& planned : plan) {
    if (planned.edition == Edition::annual) {
      dates.insert(planned.issue_date);
    }
  }
  return dates;
}

Result<void> mark_all_when_rules_changed(Archive& archive) {
  TRY_ASSIGN(const auto version, archive.setting(rules_key));
  if (version == rules_version) {
    return {};
  }
  TRY_ASSIGN(const auto dates, archive.transition_dates());
  return archive.in_transaction([&]() -> Result<void> {
    for (const Transition& transition : dates) {
      TRY(mark_causes(archive, transition.title, transition.part, transition.after));
    }
    return archive.put_setting(rules_key, rules_version);
  });
}

Result<int> attribute_one(Archive& archive,
                          query::RelatedDocuments& related,
                          const Transition& dates,
                          const std::optional<diff::Coverage>& coverage) {
  TRY_ASSIGN(const auto transition,
             archive.transition(dates.title, dates.part, dates.before, dates.after));
  TRY_ASSIGN(const auto status, query::dated_status(archive, transition.diff));
  if (status != transition.diff.status) {
    TRY(archive.replace_status(
        dates.title, dates.part, transition.before, transition.after, status));
  }
  TRY_ASSIGN(auto numbers, candidates(archive, transition));
  TRY_ASSIGN(const auto documents, related.read(std::move(numbers)));
  const diff::Attributable attributable{transition.diff,
                                        std::to_string(transition.title),
                                        transition.part,
                                        transition.before,
                                        transition.after};
  return archive.replace_causes(transition.title,
                                transition.part,
                                transition.before,
                                transition.after,
                                diff::attribute_causes(attributable, documents, coverage));
}

} // namespace

Result<void> mark_causes(Archive& archive, int title, const std::string& part, Date since) {
  TRY_ASSIGN(const auto old, marked_since(archive, title, part));
  if (old && *old <= since) {
    return {};
  }
  return archive.put_setting(todo_key(title, part), since.to_string());
}

Result<void> mark_causes_of(Archive& archive, const Document& document) {
  if (document.type != DocumentType::rule && document.type != DocumentType::correction) {
    return {};
  }
  std::optional<Date> first = document.published;
  const auto consider = [&](Date date) { first = std::min(first.value_or(date), date); };
  for (const Date date : document.effective) {
    consider(date);
  }
  std::set<CfrPart> parts(document.cfr.begin(), document.cfr.end());
  for (const Instruction& instruction : document.instructions) {
    if (instruction.effective) {
      consider(*instruction.effective);
    }
    if (!instruction.part.empty()) {
      parts.insert({instruction.title, instruction.part});
    }
  }
  TRY_ASSIGN(const auto planned, archive.planned_parts());
  for (const auto& [title, part] : planned) {
    if (first && parts.count({std::to_string(title), part}) > 0) {
      TRY(mark_causes(archive, title, part, *first - slack));
    }
  }
  return {};
}

Result<std::optional<diff::Coverage>> read_coverage(Archive& archive) {
  TRY_ASSIGN(const auto text, archive.setting(coverage_key));
  const auto cut = text.find("..");
  if (cut == std::string::npos) {
    return std::nullopt;
  }
  const auto from = Date::parse(std::string_view(text).substr(0, cut));
  const auto to = Date::parse(std::string_view(text).substr(cut + 2));
  if (!from || !to) {
    return std::nullopt;
  }
  return diff::Coverage{*from, *to};
}

Result<void> put_coverage(Archive& archive, const diff::Coverage& coverage) {
  const std::string text = coverage.from.to_string() + ".." + coverage.to.to_string();
  TRY_ASSIGN(const auto old, archive.setting(coverage_key));
  return old == text ? Result<void>() : archive.put_setting(coverage_key, text);
}

Result<Attributed> attribute_marked(Archive& archive) {
  TRY(mark_all_when_rules_changed(archive));
  TRY_ASSIGN(const auto marked, marked_transitions(archive));
  TRY_ASSIGN(const auto held, read_coverage(archive));
  Attributed attributed;
  query::RelatedDocuments related(archive);
  for (const Marked& part : marked) {
    // Only the Bureau's documents are asked for as a whole: of another title's nothing is covered.
    const auto coverage = part.title == bureau_title ? held : std::nullopt;
    std::optional<Date> uncovered;
    for (const Transition& transition : part.transitions) {
      TRY_ASSIGN(const auto changed, attribute_one(archive, related, transition, coverage));
      ++attributed.transitions;
      attributed.changes += changed;
      if (coverage && transition.after > coverage->to + std::chrono::days(1) && !uncovered) {
        uncovered = transition.after;
      }
    }
    const std::string left = uncovered ? uncovered->to_string() : "";
    if (left != part.since.to_string()) {
      TRY(archive.put_setting(todo_key(part.title, part.part), left));
    }
  }
  return attributed;
}

Result<std::vector<diff::FrPage>> unheld_pages(Archive& archive) {
  TRY_ASSIGN(const auto marked, marked_transitions(archive));
  std::set<diff::FrPage> pages;
  for (const Marked& part : marked) {
    TRY_ASSIGN(const auto editions, annual_dates(archive, part));
    for (const Transition& dates : part.transitions) {
      if (editions.contains(dates.after)) {
        continue;
      }
      TRY_ASSIGN(const auto transition,
                 archive.transition(dates.title, dates.part, dates.before, dates.after));
      for (const diff::FrPage page : diff::newly_cited_pages(transition.diff)) {
        TRY_ASSIGN(const auto held,
                   archive.find_documents(page_citation(page), DocumentContent::described));
        if (held.empty()) {
          pages.insert(page);
        }
      }
    }
  }
  return std::vector(pages.begin(), pages.end());
}

} // namespace regtrail::sync
