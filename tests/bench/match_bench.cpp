// Ten thousand terms of a register against the text of all parts, beside grep on the same lines.
#include "diff/relevance/matcher.hpp"
#include "tests/bench/bench_input.hpp"

#include <fmt/format.h>

#include <benchmark/benchmark.h>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <unistd.h>

namespace regtrail::bench {
namespace {

constexpr std::size_t term_count = 10'000;
constexpr std::size_t terms_of_category = 100;
constexpr std::size_t every_present = 20; ///< one term in so many stands in the law

struct Line {
  Citation at;
  std::string text;
};

/// Every printed paragraph of the parts.
const std::vector<Line>& lines_of_law() {
  static const std::vector<Line> lines = [] {
    std::vector<Line> made;
    for (const std::string& part : parts()) {
      for (const Unit& unit : parsed(part_text(part))) {
        std::istringstream text(subtree_text(unit.root));
        for (std::string line; std::getline(text, line);) {
          made.push_back({unit.id, line});
        }
      }
    }
    return made;
  }();
  return lines;
}

/// Two words in lower case; most pairs do not stand together in the law, as most products do not.
std::vector<std::string> make_terms() {
  std::vector<std::string> words;
  for (const Line& line : lines_of_law()) {
    std::istringstream text(line.text);
    for (std::string word; text >> word;) {
      bool plain = word.size() > 3;
      for (const char c : word) {
        plain = plain && std::islower(static_cast<unsigned char>(c)) != 0;
      }
      if (plain) {
        words.push_back(word);
      }
    }
  }
  std::set<std::string> terms;
  std::size_t at = 0;
  for (std::size_t i = 0; terms.size() < term_count; ++i) {
    at = (at * 48271 + 12345) % words.size();
    const std::size_t other = i % every_present == 0 ? at + 1 : at * 7 + i;
    terms.insert(words[at] + ' ' + words[other % words.size()]);
  }
  return {terms.begin(), terms.end()};
}

const std::vector<std::string>& terms_of_register() {
  static const std::vector<std::string> terms = make_terms();
  return terms;
}

Register make_register() {
  Register made;
  for (std::size_t i = 0; i < terms_of_register().size(); ++i) {
    if (i % terms_of_category == 0) {
      made.categories.emplace_back();
      made.categories.back().id = fmt::format("category-{}", i / terms_of_category);
    }
    made.categories.back().terms_en.push_back(terms_of_register()[i]);
  }
  return made;
}

std::size_t bytes_of_law() {
  std::size_t bytes = 0;
  for (const Line& line : lines_of_law()) {
    bytes += line.text.size() + 1;
  }
  return bytes;
}

void say(benchmark::State& state, std::int64_t copies) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * copies *
                          static_cast<std::int64_t>(bytes_of_law()));
  state.SetLabel(input_name());
}

/// The register compiled in every round, as grep does it.
void match_terms(benchmark::State& state) {
  const Register categories = make_register();
  for (auto _ : state) {
    const diff::Matcher matcher(categories);
    std::size_t hits = 0;
    for (std::int64_t copy = 0; copy < state.range(0); ++copy) {
      for (const Line& line : lines_of_law()) {
        hits += matcher.explain(line.text, line.at).size();
      }
    }
    benchmark::DoNotOptimize(hits);
  }
  say(state, state.range(0));
}

class Files {
public:
  explicit Files(std::int64_t copies)
      : m_folder(std::filesystem::temp_directory_path() /
                 fmt::format("regtrail-bench-{}", ::getpid())) {
    std::filesystem::create_directories(m_folder);
    std::ofstream terms(m_folder / "terms");
    for (const std::string& term : terms_of_register()) {
      terms << term << '\n';
    }
    std::ofstream law(m_folder / "law");
    for (std::int64_t copy = 0; copy < copies; ++copy) {
      for (const Line& line : lines_of_law()) {
        law << line.text << '\n';
      }
    }
  }

  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  ~Files() {
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
  }

  [[nodiscard]] std::string grep() const {
    // Into a file: with /dev/null grep stops at the first match.
    const std::string folder = m_folder.string();
    return fmt::format("grep -F -f '{}/terms' '{}/law' > '{}/found'", folder, folder, folder);
  }

private:
  std::filesystem::path m_folder;
};

void grep_terms(benchmark::State& state) {
  const Files files(state.range(0));
  const std::string command = files.grep();
  for (auto _ : state) {
    if (std::system(command.c_str()) != 0) {
      throw std::runtime_error("grep found nothing or failed: " + command);
    }
  }
  say(state, state.range(0));
}

} // namespace

void register_match_benchmarks() {
  const auto with = [](benchmark::internal::Benchmark* bench) {
    bench->Arg(1)->Arg(4)->UseRealTime()->Unit(benchmark::kMillisecond);
  };
  with(benchmark::RegisterBenchmark("match/10000_terms", match_terms));
  with(benchmark::RegisterBenchmark("match/grep_F", grep_terms));
  // With -i -w, which is what the matcher does, grep takes more than a minute.
}

} // namespace regtrail::bench
