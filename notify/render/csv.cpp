#include "notify/render/csv.hpp"

#include "model/text.hpp"
#include "notify/render/summary.hpp"

#include <algorithm>
#include <cstddef>

namespace regtrail::render {

namespace {

std::string csv_field(std::string_view text) {
  std::string safe = printable(text);
  const std::size_t first = safe.find_first_not_of(" \n");
  if (first != std::string::npos &&
      std::string_view("=+-@\t").find(safe[first]) != std::string_view::npos) {
    safe.insert(0, "'");
  }
  std::string out = "\"";
  for (const char c : safe) {
    out += c;
    if (c == '"') {
      out += c;
    }
  }
  return out + "\"";
}

std::string day_of(const SideInfo& side) {
  return side.date ? side.date->to_string() : "";
}

std::string directions_of(const Change& change) {
  std::vector<std::string> words;
  for (const TypedChange& typed : change.typed) {
    const std::string word(to_string(typed.direction));
    if (std::find(words.begin(), words.end(), word) == words.end()) {
      words.push_back(word);
    }
  }
  return joined(words);
}

std::vector<std::string> row_of(const FeedItem& item) {
  const Change& change = item.change;
  const Cause cause = change.causes.empty() ? Cause{} : change.causes.front();
  std::vector<std::string> row{day_of(item.after),
                               std::to_string(item.severity()),
                               item.status ? std::string(to_string(item.status->event))
                                           : std::string(to_string(change.kind)),
                               directions_of(change),
                               change.at.to_string(),
                               item.headline.en,
                               item.headline.ja,
                               change.before,
                               change.after,
                               cause.document,
                               cause.citation};
  if (item.hit) {
    row.insert(row.end(),
               {std::string(to_string(item.hit->entry)),
                item.hit->category,
                two_decimals(item.hit->score),
                item.hit->near ? "yes" : "no",
                reasons_phrase(*item.hit)});
  } else {
    row.resize(row.size() + 5);
  }
  row.push_back(change.id);
  return row;
}

} // namespace

void add_csv_row(std::string& out, const std::vector<std::string>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    out += (i == 0 ? "" : ",") + csv_field(fields[i]);
  }
  out += "\r\n";
}

std::string changes_csv(const std::vector<FeedItem>& items) {
  std::string out(byte_order_mark);
  add_csv_row(out,
              {"ecfr_date",
               "severity",
               "kind",
               "direction",
               "at",
               "headline_en",
               "headline_ja",
               "before",
               "after",
               "document",
               "citation",
               "entry",
               "id",
               "score",
               "near_miss",
               "reasons",
               "change"});
  for (const FeedItem& item : items) {
    add_csv_row(out, row_of(item));
  }
  return out;
}

} // namespace regtrail::render
