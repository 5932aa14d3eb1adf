// The word script between two texts with twenty one-word edits.
#include "diff/words/word_diff.hpp"
#include "tests/bench/bench_input.hpp"

#include <benchmark/benchmark.h>

namespace regtrail::bench {
namespace {

constexpr std::size_t edits = 20;

/// `text` with every (count / edits)-th word replaced.
std::string edited(const std::string& text, std::size_t count) {
  std::string result;
  std::size_t word = 0;
  bool inside = false;
  bool dropping = false;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank && !inside) {
      dropping = word % (count / edits) == count / edits / 2;
      if (dropping) {
        result += "amended";
      }
      ++word;
    }
    inside = !blank;
    if (blank || !dropping) {
      result += c;
    }
  }
  return result;
}

void word_script(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const std::string before = words_of_law(count);
  const std::string after = edited(before, count);
  for (auto _ : state) {
    auto script = diff::word_diff(before, after);
    benchmark::DoNotOptimize(script.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
  state.SetLabel(input_name());
}

} // namespace

void register_word_benchmarks() {
  benchmark::RegisterBenchmark("words/20_edits", word_script)
      ->Arg(1'000)
      ->Arg(8'000)
      ->Arg(50'000)
      ->Unit(benchmark::kMillisecond);
}

} // namespace regtrail::bench
