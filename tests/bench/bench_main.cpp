// Registers what depends on the input found, then runs as any google benchmark.
#include "tests/bench/bench_input.hpp"

#include <fmt/format.h>

#include <benchmark/benchmark.h>
#include <exception>

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  try {
    regtrail::bench::register_parse_benchmarks();
    regtrail::bench::register_diff_benchmarks();
    regtrail::bench::register_word_benchmarks();
    benchmark::RunSpecifiedBenchmarks();
  } catch (const std::exception& error) {
    fmt::print(stderr, "cannot run the benchmarks: {}\n", error.what());
    return 2;
  }
  benchmark::Shutdown();
  return 0;
}
