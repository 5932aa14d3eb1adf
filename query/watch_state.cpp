#include "query/watch_state.hpp"

#include "model/digest.hpp"
#include "store/streams.hpp"

#include <algorithm>
#include <cstddef>

namespace regtrail::query {
namespace {

/// Of all that the answer depends on.
std::string question_hash(const Watch& watch) {
  std::string text = watch.address + '\n';
  for (const auto* list : {&watch.agencies, &watch.types, &watch.cfr, &watch.terms}) {
    for (const std::string& word : *list) {
      text += word + '\n';
    }
    text += '\n';
  }
  return to_hex(hash128(text));
}

std::string key_of(const Watch& watch) {
  return store::watch_state_key + watch.id;
}

std::string to_text(const std::optional<Date>& date) {
  return date ? date->to_string() : "-";
}

} // namespace

/// The setting is "HASH FROM UNTIL TROUBLE" with blanks between, "-" for a day that is not there.
Result<WatchState> watch_state(store::Archive& archive, const Watch& watch) {
  TRY_ASSIGN(const auto text, archive.setting(key_of(watch)));
  const std::string hash = question_hash(watch) + ' ';
  WatchState state;
  if (!text.starts_with(hash)) {
    return state;
  }
  std::size_t at = hash.size();
  const auto word = [&] {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string found = text.substr(at, end - at);
    at = std::min(end + 1, text.size());
    return found;
  };
  const auto day = [&]() -> std::optional<Date> {
    const auto date = Date::parse(word());
    return date ? std::optional(*date) : std::nullopt;
  };
  state.asked_from = day();
  state.asked_until = day();
  state.trouble = text.substr(at);
  return state;
}

Result<void> put_watch_state(store::Archive& archive, const Watch& watch, const WatchState& state) {
  const std::string text = question_hash(watch) + ' ' + to_text(state.asked_from) + ' ' +
                           to_text(state.asked_until) + ' ' + state.trouble;
  TRY_ASSIGN(const auto old, archive.setting(key_of(watch)));
  return old == text ? Result<void>() : archive.put_setting(key_of(watch), text);
}

} // namespace regtrail::query
