#include "cli/pipeline/causes.hpp"

#include "cli/pipeline/plan.hpp"
#include "diff/cause/pending.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

namespace regtrail::pipeline {
namespace {

using store::Archive;
using store::DocumentContent;
using store::StoredDocument;
using store::Transition;

/// Raised when the join weighs differently, so that stored causes are found again.
constexpr const char* rules_version = "1";
constexpr const char* rules_key = "cause.rules";
constexpr const char* coverage_key = "federal-register.coverage";
constexpr std::chrono::days slack{10};
/// Documents in memory at once; one may be a megabyte.
constexpr std::size_t cached_documents = 48;

std::string todo_key(int title, const std::string& part) {
  return fmt::format("cause.todo.{}.{}", title, part);
}

Result<std::optional<Date>> marked_since(Archive& archive, int title, const std::string& part) {
  const auto text = archive.setting(todo_key(title, part));
  if (!text) {
    return tl::unexpected(text.error());
  }
  const auto date = Date::parse(*text);
  return date ? std::optional(*date) : std::nullopt;
}

/// Relations that decide when a document takes effect or whose words it printed.
bool bears_on_dates(RelationKind kind) {
  switch (kind) {
  case RelationKind::corrects:
  case RelationKind::corrected_by:
  case RelationKind::delays:
  case RelationKind::delayed_by:
  case RelationKind::withdraws:
  case RelationKind::withdrawn_by:
    return true;
  default:
    return false;
  }
}

Citation page_citation(diff::FrPage page) {
  return Citation::fr_page(std::to_string(page.volume), std::to_string(page.page));
}

/// Documents with their instructions and all their relations, each read once.
class Library {
public:
  explicit Library(Archive& archive) : m_archive(archive) {}

  /// Everything that may have to do with a transition; valid until the next call.
  Result<std::vector<const Document*>> candidates(const Transition& transition) {
    if (m_documents.size() > cached_documents) {
      m_documents.clear();
    }
    std::set<std::string> numbers;
    const diff::Coverage dates = diff::candidate_dates(transition.before, transition.after);
    store::DocumentQuery query;
    query.part = CfrPart{std::to_string(transition.title), transition.part};
    query.since = dates.from;
    query.until = dates.to;
    if (auto done = collect(m_archive.documents(query), numbers); !done) {
      return tl::unexpected(done.error());
    }
    for (const diff::FrPage page : diff::newly_cited_pages(transition.diff)) {
      auto done = collect(m_archive.find_documents(page_citation(page), DocumentContent::described),
                          numbers);
      if (!done) {
        return tl::unexpected(done.error());
      }
    }
    return with_related(std::move(numbers));
  }

  /// What is to take effect after `today` or is still on file, and what bears on it.
  Result<std::vector<const Document*>> not_in_force(Date today) {
    std::set<std::string> numbers;
    store::DocumentQuery query;
    query.since = today + std::chrono::days(1);
    if (auto done = collect(m_archive.documents(query), numbers); !done) {
      return tl::unexpected(done.error());
    }
    return with_related(std::move(numbers));
  }

private:
  Result<std::vector<const Document*>> with_related(std::set<std::string> numbers) {
    if (auto done = add_related(numbers); !done) {
      return tl::unexpected(done.error());
    }
    std::vector<const Document*> found;
    for (const std::string& number : numbers) {
      const auto document = whole(number);
      if (!document) {
        return tl::unexpected(document.error());
      }
      found.push_back(*document);
    }
    return found;
  }

  static Result<void> collect(const Result<std::vector<StoredDocument>>& found,
                              std::set<std::string>& numbers) {
    if (!found) {
      return tl::unexpected(found.error());
    }
    for (const StoredDocument& stored : *found) {
      numbers.insert(stored.document.number);
    }
    return {};
  }

  Result<void> add_related(std::set<std::string>& numbers) {
    for (const std::string& number : std::vector(numbers.begin(), numbers.end())) {
      const auto document = whole(number);
      if (!document) {
        return tl::unexpected(document.error());
      }
      for (const Relation& relation : (*document)->relations) {
        if (!bears_on_dates(relation.kind)) {
          continue;
        }
        auto done =
            collect(m_archive.find_documents(relation.target, DocumentContent::described), numbers);
        if (!done) {
          return done;
        }
      }
    }
    return {};
  }

  Result<const Document*> whole(const std::string& number) {
    const auto known = m_documents.find(number);
    if (known != m_documents.end()) {
      return known->second.get();
    }
    auto found = m_archive.find_documents(Citation::fr_document(number), DocumentContent::whole);
    auto relations = m_archive.relations_of(number);
    if (!found || !relations) {
      return tl::unexpected(found ? relations.error() : found.error());
    }
    if (found->empty()) {
      return fail(ErrorKind::storage,
                  fmt::format("document '{}' is gone from the archive", number));
    }
    auto document = std::make_unique<Document>(std::move(found->front().document));
    document->relations = std::move(*relations);
    document->body.clear();
    return m_documents.emplace(number, std::move(document)).first->second.get();
  }

  Archive& m_archive;
  std::map<std::string, std::unique_ptr<Document>> m_documents;
};

/// Transitions that are marked, by date, with the key under which they are.
struct Marked {
  int title = 0;
  std::string part;
  Date since;
  std::vector<Transition> transitions; ///< dates only
};

Result<std::vector<Marked>> marked_transitions(Archive& archive) {
  auto dates = archive.transition_dates();
  if (!dates) {
    return tl::unexpected(std::move(dates.error()));
  }
  std::map<std::pair<int, std::string>, Marked> marked;
  for (Transition& transition : *dates) {
    const auto [entry, is_new] = marked.try_emplace({transition.title, transition.part});
    if (is_new) {
      const auto since = marked_since(archive, transition.title, transition.part);
      if (!since) {
        return tl::unexpected(since.error());
      }
      entry->second = {transition.title, transition.part, since->value_or(Date(9999, 1, 1)), {}};
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

Result<void> mark_all_when_rules_changed(Archive& archive) {
  const auto version = archive.setting(rules_key);
  if (!version) {
    return tl::unexpected(version.error());
  }
  if (*version == rules_version) {
    return {};
  }
  const auto dates = archive.transition_dates();
  if (!dates) {
    return tl::unexpected(dates.error());
  }
  return archive.in_transaction([&]() -> Result<void> {
    for (const Transition& transition : *dates) {
      auto done = mark_causes(archive, transition.title, transition.part, transition.after);
      if (!done) {
        return done;
      }
    }
    return archive.put_setting(rules_key, rules_version);
  });
}

Result<int> attribute_one(Archive& archive,
                          Library& library,
                          const Transition& dates,
                          const std::optional<diff::Coverage>& coverage) {
  const auto transition = archive.transition(dates.title, dates.part, dates.before, dates.after);
  if (!transition) {
    return tl::unexpected(transition.error());
  }
  const auto candidates = library.candidates(*transition);
  if (!candidates) {
    return tl::unexpected(candidates.error());
  }
  const diff::Attributable attributable{transition->diff,
                                        std::to_string(transition->title),
                                        transition->part,
                                        transition->before,
                                        transition->after};
  return archive.replace_causes(transition->title,
                                transition->part,
                                transition->before,
                                transition->after,
                                diff::attribute_causes(attributable, *candidates, coverage));
}

} // namespace

Result<void> mark_causes(Archive& archive, int title, const std::string& part, Date since) {
  const auto old = marked_since(archive, title, part);
  if (!old) {
    return tl::unexpected(old.error());
  }
  if (*old && **old <= since) {
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
  const auto planned = archive.planned_parts();
  if (!planned) {
    return tl::unexpected(planned.error());
  }
  for (const auto& [title, part] : *planned) {
    if (first && parts.count({std::to_string(title), part}) > 0) {
      if (auto done = mark_causes(archive, title, part, *first - slack); !done) {
        return done;
      }
    }
  }
  return {};
}

Result<std::optional<diff::Coverage>> read_coverage(Archive& archive) {
  const auto text = archive.setting(coverage_key);
  if (!text) {
    return tl::unexpected(text.error());
  }
  const auto cut = text->find("..");
  if (cut == std::string::npos) {
    return std::nullopt;
  }
  const auto from = Date::parse(std::string_view(*text).substr(0, cut));
  const auto to = Date::parse(std::string_view(*text).substr(cut + 2));
  if (!from || !to) {
    return std::nullopt;
  }
  return diff::Coverage{*from, *to};
}

Result<void> put_coverage(Archive& archive, const diff::Coverage& coverage) {
  const std::string text = coverage.from.to_string() + ".." + coverage.to.to_string();
  const auto old = archive.setting(coverage_key);
  if (!old) {
    return tl::unexpected(old.error());
  }
  return *old == text ? Result<void>() : archive.put_setting(coverage_key, text);
}

Result<Attributed> attribute_marked(Archive& archive) {
  if (auto done = mark_all_when_rules_changed(archive); !done) {
    return tl::unexpected(done.error());
  }
  const auto marked = marked_transitions(archive);
  const auto coverage = read_coverage(archive);
  if (!marked || !coverage) {
    return tl::unexpected(marked ? coverage.error() : marked.error());
  }
  Attributed attributed;
  Library library(archive);
  for (const Marked& part : *marked) {
    std::optional<Date> uncovered;
    for (const Transition& transition : part.transitions) {
      const auto changed = attribute_one(archive, library, transition, *coverage);
      if (!changed) {
        return tl::unexpected(changed.error());
      }
      ++attributed.transitions;
      attributed.changes += *changed;
      if (*coverage && transition.after > (*coverage)->to + std::chrono::days(1) && !uncovered) {
        uncovered = transition.after;
      }
    }
    const std::string left = uncovered ? uncovered->to_string() : "";
    if (left != part.since.to_string()) {
      if (auto done = archive.put_setting(todo_key(part.title, part.part), left); !done) {
        return tl::unexpected(done.error());
      }
    }
  }
  return attributed;
}

Result<std::vector<PendingAmendment>>
pending_amendments(Archive& archive, const Citation& place, Date today) {
  Library library(archive);
  const auto documents = library.not_in_force(today);
  if (!documents) {
    return tl::unexpected(documents.error());
  }
  return diff::pending_amendments(place, *documents, today);
}

Result<std::vector<diff::FrPage>> unheld_pages(Archive& archive) {
  const auto marked = marked_transitions(archive);
  if (!marked) {
    return tl::unexpected(marked.error());
  }
  std::set<diff::FrPage> pages;
  for (const Marked& part : *marked) {
    for (const Transition& dates : part.transitions) {
      if (is_edition(dates.after)) {
        continue;
      }
      const auto transition =
          archive.transition(dates.title, dates.part, dates.before, dates.after);
      if (!transition) {
        return tl::unexpected(transition.error());
      }
      for (const diff::FrPage page : diff::newly_cited_pages(transition->diff)) {
        const auto held = archive.find_documents(page_citation(page), DocumentContent::described);
        if (!held) {
          return tl::unexpected(held.error());
        }
        if (held->empty()) {
          pages.insert(page);
        }
      }
    }
  }
  return std::vector(pages.begin(), pages.end());
}

} // namespace regtrail::pipeline
