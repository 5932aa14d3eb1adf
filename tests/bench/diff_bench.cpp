// What one changed paragraph, or one changed row of a two-megabyte supplement, costs to find.
#include "diff/tree/tree_diff.hpp"
#include "tests/bench/bench_input.hpp"

#include <benchmark/benchmark.h>
#include <stdexcept>

namespace regtrail::bench {
namespace {

constexpr std::size_t long_list_bytes = std::size_t{2} << 20U;

template<class T>
T must(Result<T> result) {
  if (!result) {
    throw std::runtime_error(result.error().message);
  }
  return std::move(*result);
}

/// The text with one word of one element in its middle replaced.
std::string with_one_change(const std::string& text, std::string_view element) {
  const std::size_t at = text.find(' ', text.find(element, text.size() / 2) + element.size());
  std::string changed = text;
  changed.insert(at, " amended");
  return changed;
}

/// Both trees are in memory.
void diff_of_trees(benchmark::State& state, const std::string& before, const std::string& after) {
  const std::vector<Unit> old_units = parsed(before);
  const std::vector<Unit> new_units = parsed(after);
  std::size_t changes = 0;
  for (auto _ : state) {
    changes = diff::diff_units(old_units, new_units, {}).changes.size();
  }
  state.counters["changes"] = static_cast<double>(changes);
}

void parse_of_long_list(benchmark::State& state, const std::string& text) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(parsed(text).data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(text.size()));
}

} // namespace

void register_diff_benchmarks() {
  static const std::string part = part_text(parts().back());
  static const std::string part_changed = with_one_change(part, "<P>");
  static const std::string list = long_entity_list(long_list_bytes);
  static const std::string list_changed = with_one_change(list, "Copy ");
  const std::string name = "/" + input_name() + "/part_" + parts().back();
  const auto add = [](const std::string& title,
                      auto run,
                      const std::string& before,
                      const std::string& after) {
    benchmark::RegisterBenchmark(title.c_str(), [run, &before, &after](benchmark::State& state) {
      run(state, before, after);
    })->Unit(benchmark::kMicrosecond);
  };
  add("diff/one_paragraph/trees" + name, diff_of_trees, part, part_changed);
  add("diff/one_row_of_2_MB/trees/" + input_name(), diff_of_trees, list, list_changed);
  benchmark::RegisterBenchmark(("parse/regtrail/" + input_name() + "/2_MB_list").c_str(),
                               [](benchmark::State& state) { parse_of_long_list(state, list); })
      ->Unit(benchmark::kMicrosecond);
}

} // namespace regtrail::bench
