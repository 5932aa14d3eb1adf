// The watches of the register that are questions to the Federal Register: when they are asked, from
// which day on, and what is remembered of the answers.
#pragma once

#include "fetch/federal_register_client.hpp"
#include "model/error.hpp"
#include "model/register.hpp"
#include "sync/federal_register.hpp"
#include "sync/fr_question.hpp"
#include "sync/fr_search.hpp"
#include "sync/run.hpp"

#include <vector>

namespace regtrail::sync {

/// The searches that together are the question, one for each place of the CFR: a search takes one.
[[nodiscard]] std::vector<fetch::FrSearch> searches_of(const Watch& watch);

/// What those of `watches` that are enabled and no pages ask for, their terms aside.
[[nodiscard]] std::vector<FrQuestion> questions_of(const std::vector<Watch>& watches);

/// Asks every such watch of `run.options`: first back to `since`, else for a year, afterwards what
/// was published since the last time and the ten days before it, whose metadata may have changed. A
/// watch whose question was edited is asked as if it were new. What goes wrong is noted as the
/// trouble of its watch (query/watch_state.hpp) and in the report; what is not the fault of the
/// source stands in `run.own_troubles`. A mirror that never held the answer is no trouble where
/// `absent` is fine.
Result<void> take_watches(FrReader& reader, SourceRun& run, AbsentSource absent);

} // namespace regtrail::sync
