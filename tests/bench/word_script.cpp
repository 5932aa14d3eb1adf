// word_script BEFORE AFTER [ROUNDS]: the word script between two files, as a library call.
//
// Prints the CPU time of the fastest round and the characters marked, as JSON, for peers_bench.py.
#include "diff/words/word_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

namespace {

std::string bytes_of(const char* path) {
  const std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::size_t marked_characters(const std::vector<regtrail::WordRun>& runs) {
  std::size_t marked = 0;
  for (const auto& run : runs) {
    if (run.op != regtrail::WordRun::Op::same) {
      marked += static_cast<std::size_t>(std::count_if(
          run.text.begin(), run.text.end(), [](char c) { return c != ' ' && c != '\n'; }));
    }
  }
  return marked;
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: word_script BEFORE AFTER [ROUNDS]\n", stderr);
    return 2;
  }
  const auto before = bytes_of(argv[1]);
  const auto after = bytes_of(argv[2]);
  const int rounds = argc > 3 ? std::atoi(argv[3]) : 20;
  double fastest = std::numeric_limits<double>::max();
  std::size_t marked = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::clock_t start = std::clock();
    const auto runs = regtrail::diff::word_diff(before, after);
    const std::clock_t stop = std::clock();
    fastest = std::min(fastest, 1000.0 * static_cast<double>(stop - start) / CLOCKS_PER_SEC);
    marked = marked_characters(runs);
  }
  fmt::print("{{\"ms\": {:.4f}, \"marked\": {}}}\n", fastest, marked);
  return 0;
}
