#include "sync/watches.hpp"

#include "model/cfr_pattern.hpp"
#include "query/watch_state.hpp"
#include "store/streams.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace regtrail::sync {
namespace {

constexpr std::chrono::days first_period{365};
/// As for the documents of the Bureau (docs/sources.md, Federal Register: search).
constexpr std::chrono::days overlap{10};

bool asks_register(const Watch& watch) {
  return watch.enabled && watch.address.empty();
}

DocumentType type_of(std::string_view word) {
  return word == "rule"            ? DocumentType::rule
         : word == "proposed_rule" ? DocumentType::proposed_rule
         : word == "notice"        ? DocumentType::notice
                                   : DocumentType::presidential;
}

/// The term in the other number: the service finds a phrase as it is written, and documents write
/// of a data center and of data centers.
std::string other_number(const std::string& term) {
  const auto ends_with_one_of = [&](const std::vector<std::string_view>& ends) {
    return std::any_of(
        ends.begin(), ends.end(), [&](std::string_view end) { return term.ends_with(end); });
  };
  const auto without = [&](std::size_t letters) { return term.substr(0, term.size() - letters); };
  if (ends_with_one_of({"ies"})) {
    return without(3) + "y";
  }
  if (ends_with_one_of({"sses", "xes", "ches", "shes"})) {
    return without(2);
  }
  if (ends_with_one_of({"ss", "x", "ch", "sh"})) {
    return term + "es";
  }
  if (ends_with_one_of({"s"})) {
    return without(1);
  }
  const bool vowel_y = ends_with_one_of({"ay", "ey", "oy", "uy"});
  return term.ends_with('y') && !vowel_y ? without(1) + "ies" : term + "s";
}

/// Agencies of the watch that the words of a refusal name, else all.
std::vector<std::string> refused_agencies(const Watch& watch, std::string_view words) {
  std::vector<std::string> named;
  std::copy_if(watch.agencies.begin(),
               watch.agencies.end(),
               std::back_inserter(named),
               [&](const std::string& slug) { return words.find(slug) != std::string_view::npos; });
  return named.empty() ? watch.agencies : named;
}

/// The address of a question names all its conditions and fields.
std::string without_query(std::string message) {
  const std::size_t begin = message.find('?');
  const std::size_t end = message.find('\'', begin);
  return begin < end && end != std::string::npos ? message.erase(begin, end - begin) : message;
}

/// Of a question that the service does not take.
Error refusal(const Watch& watch, std::string_view message) {
  const std::string_view words = message.substr(std::min(message.find(": "), message.size()));
  const auto slugs = refused_agencies(watch, words);
  const std::string check =
      slugs.empty() ? "correct it"
                    : fmt::format("check the agenc{} '{}' (slugs: "
                                  "https://www.federalregister.gov/agencies) and correct it",
                                  slugs.size() == 1 ? "y" : "ies",
                                  fmt::join(slugs, "', '"));
  return {ErrorKind::usage,
          fmt::format("the Federal Register does not take the question{}; {}: regtrail register "
                      "watches edit {}",
                      words,
                      check,
                      watch.id)};
}

class Watches {
public:
  Watches(FrReader& reader, SourceRun& run, AbsentSource absent)
      : m_reader(reader),
        m_run(run),
        m_absent(absent),
        m_today(date_of(run.options.now)) {}

  Result<void> take() {
    for (const Watch& watch : m_run.options.watches) {
      if (!asks_register(watch)) {
        continue;
      }
      if (m_run.cancelled(m_run.source)) {
        break;
      }
      TRY(take(watch));
      if (m_last_failure && m_run.gave_up(*m_last_failure)) {
        break;
      }
    }
    m_run.failures = 0;
    return {};
  }

private:
  Result<void> take(const Watch& watch) {
    TRY_ASSIGN(auto state, query::watch_state(m_run.archive, watch));
    auto asked = ask(watch, state);
    const bool answered = asked.has_value();
    if (!answered && asked.error().kind == ErrorKind::storage) {
      return tl::unexpected(asked.error());
    }
    if (answered) {
      m_run.failures = 0;
      m_last_failure.reset();
      if (m_run.cancelled(m_run.source)) {
        return {};
      }
    } else if (asked.error().kind == ErrorKind::not_found && m_absent == AbsentSource::fine &&
               !state.asked_until) {
      return {};
    }
    state.trouble = !answered ? note(watch, std::move(asked.error()))
                    : *asked  ? ""
                              : m_run.report.troubles.back().error.message;
    return query::put_watch_state(m_run.archive, watch, state);
  }

  /// Moves the days of `state` on where all was answered, else false.
  Result<bool> ask(const Watch& watch, query::WatchState& state) {
    const Date oldest = std::min(m_run.options.since.value_or(m_today - first_period), m_today);
    // A day that was noted while the clock ran ahead does not say how far the answers reached.
    const bool whole = !state.asked_until || !state.asked_from || oldest < *state.asked_from ||
                       m_run.is_ahead(*state.asked_until);
    const Date from = whole ? oldest : *state.asked_until - overlap;
    bool all_read = true;
    for (const fetch::FrSearch& search : searches_of(watch)) {
      TRY_ASSIGN(const bool read,
                 m_reader.take_search(
                     search, from, m_today, store::fr_watch_stream + watch.id, name_of(watch)));
      all_read = all_read && read;
    }
    if (all_read) {
      // Of today there may be more to come.
      const Date yesterday = m_today - std::chrono::days(1);
      state.asked_from = whole ? oldest : *state.asked_from;
      state.asked_until = whole ? yesterday : std::max(*state.asked_until, yesterday);
    }
    return all_read;
  }

  static std::string name_of(const Watch& watch) { return "watch " + watch.id; }

  /// Reports the trouble and returns it in words.
  std::string note(const Watch& watch, Error error) {
    error.message = without_query(std::move(error.message));
    bool of_source = false;
    switch (error.kind) {
    case ErrorKind::usage:
      error = refusal(watch, error.message);
      break;
    case ErrorKind::network:
    case ErrorKind::http:
    case ErrorKind::blocked:
      of_source = true;
      break;
    default:
      break;
    }
    m_run.failures = of_source ? m_run.failures + 1 : 0;
    m_last_failure = of_source ? std::optional(error.kind) : std::nullopt;
    std::string words = error.message;
    auto& troubles = of_source ? m_run.report.troubles : m_run.own_troubles;
    troubles.push_back({name_of(watch), std::move(error)});
    return words;
  }

  FrReader& m_reader;
  SourceRun& m_run;
  AbsentSource m_absent;
  Date m_today;
  std::optional<ErrorKind> m_last_failure; ///< of the watch asked last, where the source failed
};

} // namespace

std::vector<fetch::FrSearch> searches_of(const Watch& watch) {
  fetch::FrSearch search;
  search.agencies = watch.agencies;
  for (const std::string& term : watch.terms) {
    search.terms.push_back(term);
    search.terms.push_back(other_number(term));
  }
  for (const std::string& type : watch.types) {
    search.types.push_back(type_of(type));
  }
  if (watch.cfr.empty()) {
    return {search};
  }
  std::vector<fetch::FrSearch> searches;
  for (const std::string& place : watch.cfr) {
    // The register's reader has checked it.
    const CfrPattern pattern = parse_cfr_pattern(place).value();
    search.cfr = fetch::FrCfr{std::stoi(pattern.title), pattern.first_part, pattern.last_part};
    searches.push_back(search);
  }
  return searches;
}

std::vector<FrQuestion> questions_of(const std::vector<Watch>& watches) {
  std::vector<FrQuestion> questions;
  for (const Watch& watch : watches) {
    if (asks_register(watch)) {
      for (const fetch::FrSearch& search : searches_of(watch)) {
        questions.push_back(fr_question_of(search));
      }
    }
  }
  return questions;
}

Result<void> take_watches(FrReader& reader, SourceRun& run, AbsentSource absent) {
  return Watches(reader, run, absent).take();
}

} // namespace regtrail::sync
