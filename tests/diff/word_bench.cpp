// word_bench FILE...: our word diff beside `git diff --no-index --word-diff=porcelain`.
//
// Takes the text out of the given XML files, and at 1,000, 8,000 and 50,000 words makes 20 seeded
// one-word edits. Prints the characters each marks and the best of several times.
#include "diff/words/word_diff.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace {

using regtrail::WordRun;

std::vector<std::string> words_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream buffer;
  buffer << file.rdbuf();
  std::string text;
  bool in_tag = false;
  for (const char c : buffer.str()) {
    in_tag = in_tag || c == '<';
    text.push_back(in_tag ? ' ' : c);
    in_tag = in_tag && c != '>';
  }
  std::vector<std::string> words;
  std::istringstream stream(text);
  for (std::string word; stream >> word;) {
    words.push_back(std::move(word));
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text + "\n";
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

template<typename Work>
double best_milliseconds(int rounds, Work work) {
  double best = 1e9;
  for (int i = 0; i < rounds; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    best = std::min(best, took.count());
  }
  return best;
}

/// Characters on the '-' and '+' lines behind the hunk header.
std::size_t git_marked(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  std::size_t marked = 0;
  bool in_hunk = false;
  std::string line;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
    if (c != '\n') {
      line.push_back(static_cast<char>(c));
      continue;
    }
    in_hunk = in_hunk || line.starts_with("@@");
    if (in_hunk && (line.front() == '-' || line.front() == '+')) {
      marked += line.size() - 1;
    }
    line.clear();
  }
  pclose(pipe);
  return marked;
}

std::size_t our_marked(const std::vector<WordRun>& runs) {
  std::size_t marked = 0;
  for (const WordRun& run : runs) {
    marked += run.op == WordRun::Op::same ? 0 : run.text.size();
  }
  return marked;
}

} // namespace

int main(int argc, char** argv) {
  std::vector<std::string> all;
  for (int i = 1; i < argc; ++i) {
    const auto words = words_of(argv[i]);
    all.insert(all.end(), words.begin(), words.end());
  }
  if (all.size() < 1000) {
    std::fputs("usage: word_bench FILE... with at least 1,000 words\n", stderr);
    return 2;
  }
  const auto dir =
      std::filesystem::temp_directory_path() / fmt::format("word_bench_{}", std::random_device{}());
  std::filesystem::create_directory(dir);
  const std::string command =
      fmt::format("git diff --no-index --word-diff=porcelain {0}/before {0}/after", dir.string());
  for (const std::size_t size : {1'000U, 8'000U, 50'000U}) {
    for (unsigned seed = 1; seed <= 3; ++seed) {
      std::mt19937 random(seed);
      std::vector<std::string> before(size);
      for (std::size_t i = 0; i < size; ++i) {
        before[i] = all[i % all.size()];
      }
      std::vector<std::string> after = before;
      for (int edit = 0; edit < 20; ++edit) {
        after[random() % size] = fmt::format("edited{}", edit);
      }
      const std::string left = joined(before);
      const std::string right = joined(after);
      write(dir / "before", left);
      write(dir / "after", right);
      std::size_t ours = 0;
      std::size_t git = 0;
      const double our_time =
          best_milliseconds(9, [&] { ours = our_marked(regtrail::diff::word_diff(left, right)); });
      const double git_time = best_milliseconds(5, [&] { git = git_marked(command); });
      fmt::print(
          "{:>6} words, seed {}: ours {:>4} marked, {:8.3f} ms; git {:>4} marked, {:8.3f} ms "
          "({:.1f}x)\n",
          size,
          seed,
          ours,
          our_time,
          git,
          git_time,
          git_time / our_time);
    }
  }
  std::filesystem::remove_all(dir);
  return 0;
}
