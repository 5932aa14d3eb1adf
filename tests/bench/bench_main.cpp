// Registers what depends on the input found, then runs as any google benchmark.
#include "tests/bench/bench_input.hpp"

#include <fmt/format.h>

#include <benchmark/benchmark.h>
#include <exception>
#include <malloc.h>

int main(int argc, char** argv) {
  // As cli/main.cpp sets it, for us and for the peers alike.
  ::mallopt(M_TRIM_THRESHOLD, 64 << 20);
  ::mallopt(M_MMAP_THRESHOLD, 32 << 20);
  benchmark::Initialize(&argc, argv);
  try {
    regtrail::bench::register_parse_benchmarks();
    regtrail::bench::register_diff_benchmarks();
    regtrail::bench::register_word_benchmarks();
    regtrail::bench::register_match_benchmarks();
    benchmark::RunSpecifiedBenchmarks();
  } catch (const std::exception& error) {
    fmt::print(stderr, "cannot run the benchmarks: {}\n", error.what());
    return 2;
  }
  benchmark::Shutdown();
  return 0;
}
