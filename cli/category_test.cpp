#include "cli/category_test.hpp"

#include "cli/json_text.hpp"
#include "cli/register_edit.hpp"
#include "diff/relevance/matcher.hpp"
#include "model/text.hpp"
#include "query/lookup.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace regtrail::cli {
namespace {

struct Subject {
  Citation at; ///< empty for a text of the user's
  std::string name;
  std::string text;
};

/// A citation that the archive holds stands for its text; everything else is a text itself.
Result<Subject> test_subject(const Session& session, const std::vector<std::string>& words) {
  const auto citation = query::text_citation(words);
  if (!citation) {
    return Subject{{}, "text", fmt::format("{}", fmt::join(words, " "))};
  }
  TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
  TRY_ASSIGN(auto version, query::version_for(archive, *citation, std::nullopt));
  TRY_ASSIGN(auto node, archive.load_node(version, *citation));
  if (!node) {
    return query::unknown_citation(archive, *citation);
  }
  return Subject{*citation, citation->to_string(), subtree_text(*node)};
}

void print_test(Session& session,
                const MatchingRules& rules,
                const Subject& subject,
                const Hit& hit) {
  if (session.json()) {
    Json json;
    json["schema"] = 1;
    json["category"] = hit.category;
    json["citation"] = subject.at.empty() ? Json(nullptr) : Json(subject.at.to_string());
    json["score"] = hit.score;
    json["hit"] = hit.score >= rules.min_score_flag;
    json["needs"] = rules.min_score_flag;
    json["reasons"] = Json::array();
    for (const Reason& reason : hit.reasons) {
      json["reasons"].push_back({{"signal", to_string(reason.signal)},
                                 {"words", reason.words},
                                 {"at", reason.at},
                                 {"weight", reason.weight}});
    }
    session.console().print(json_text(json));
    return;
  }
  const char* verdict = hit.score >= rules.min_score_flag      ? "hit"
                        : hit.score >= rules.min_score_mention ? "near miss"
                                                               : "no hit";
  std::string text = fmt::format("{} x {}    {:.2f}   {} (needs {:.2f})\n",
                                 hit.category,
                                 subject.name,
                                 hit.score,
                                 verdict,
                                 rules.min_score_flag);
  for (const Reason& reason : hit.reasons) {
    text += fmt::format("  {} {:.2f}  {:<9} {}{}\n",
                        reason.weight < 0 ? '-' : '+',
                        reason.weight < 0 ? -reason.weight : reason.weight,
                        to_string(reason.signal),
                        reason.words.empty() ? "" : fmt::format("\"{}\"", reason.words),
                        reason.at.empty() ? "" : "  " + reason.at);
  }
  if (hit.reasons.empty()) {
    text += "  nothing of this category is there\n";
  }
  session.console().page(printable(text));
}

} // namespace

Result<void> test_category(Session& session,
                           const LoadedRegister& loaded,
                           const std::string& id,
                           const std::vector<std::string>& words) {
  TRY(find_entry<Category>(loaded, id));
  TRY_ASSIGN(auto subject, test_subject(session, words));
  // With all categories, as they weigh each other when a place belongs to several.
  const std::vector<Hit> hits = diff::Matcher(loaded.categories).explain(subject.text, subject.at);
  const auto found = std::find_if(
      hits.begin(), hits.end(), [&](const Hit& other) { return other.category == id; });
  Hit hit;
  hit.category = id;
  if (found != hits.end()) {
    hit = *found;
  }
  print_test(session, loaded.categories.rules, subject, hit);
  return {};
}

} // namespace regtrail::cli
