// Terms of a register against the text of all parts, and parties against all rows of the Entity
// List, beside grep on the same lines.
#include "diff/relevance/matcher.hpp"
#include "diff/tree/tree_diff.hpp"
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
#include <sys/wait.h>
#include <unistd.h>

namespace regtrail::bench {
namespace {

constexpr std::size_t most_terms = 10'000;
constexpr std::size_t party_count = 5'000;
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
  for (std::size_t i = 0; terms.size() < most_terms; ++i) {
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

Register make_register(std::size_t terms) {
  Register made;
  for (std::size_t i = 0; i < terms; ++i) {
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
  const Register categories = make_register(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const diff::Matcher matcher(categories);
    std::size_t hits = 0;
    for (std::int64_t copy = 0; copy < state.range(1); ++copy) {
      for (const Line& line : lines_of_law()) {
        hits += matcher.explain(line.text, line.at).size();
      }
    }
    benchmark::DoNotOptimize(hits);
  }
  say(state, state.range(1));
}

/// The Entity List as if it had been published on one day.
const std::vector<Change>& rows_of_list() {
  static const std::vector<Change> rows = [] {
    std::string text = part_text("744");
    for (const LawFile& file : law_files()) {
      if (!file.annual && file.name.find("part-744_full") != std::string::npos) {
        text = file.text;
      }
    }
    const std::size_t list = text.find("<DIV9 N=\"Supplement No. 4 to Part 744\"");
    const std::size_t first = text.find("</TR>", text.find("<TBODY>", list)) + 5;
    std::string empty = text;
    empty.erase(first, text.find("</TBODY>", first) - first);
    return diff::diff_units(parsed(empty), parsed(text), {}).changes;
  }();
  return rows;
}

/// Names of three words of the list, as own customers bear them.
Register make_partners() {
  std::vector<std::string> words;
  for (const Change& row : rows_of_list()) {
    std::istringstream text(row.at.name());
    for (std::string word; text >> word;) {
      words.push_back(word);
    }
  }
  Register made;
  std::size_t at = 0;
  for (std::size_t i = 0; i < party_count; ++i) {
    at = (at * 48271 + 12345) % words.size();
    Party& party = made.parties.emplace_back();
    party.id = fmt::format("party-{}", i);
    party.names = {fmt::format("{} {} {}",
                               words[at],
                               words[(at * 7 + i) % words.size()],
                               words[(at * 11 + i) % words.size()])};
  }
  return made;
}

void match_parties(benchmark::State& state) {
  const Register partners = make_partners();
  for (auto _ : state) {
    const diff::Matcher matcher(partners);
    std::size_t hits = 0;
    for (const Change& row : rows_of_list()) {
      hits += matcher.match(row).size();
    }
    benchmark::DoNotOptimize(hits);
  }
  state.counters["rows"] = static_cast<double>(rows_of_list().size());
  state.SetLabel(input_name());
}

/// Patterns and lines in files of their own, for grep.
class Files {
public:
  Files(const std::vector<std::string>& patterns, const std::vector<std::string>& lines)
      : m_folder(std::filesystem::temp_directory_path() /
                 fmt::format("regtrail-bench-{}", ::getpid())) {
    std::filesystem::create_directories(m_folder);
    write("patterns", patterns);
    write("lines", lines);
  }

  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  ~Files() {
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
  }

  /// Once a round. Into a file: with /dev/null grep stops at the first match.
  void grep(benchmark::State& state) const {
    const std::string folder = m_folder.string();
    const std::string command =
        fmt::format("grep -F -f '{}/patterns' '{}/lines' > '{}/found'", folder, folder, folder);
    for (auto _ : state) {
      const int status = std::system(command.c_str());
      if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) { // 1: nothing found
        throw std::runtime_error("failed: " + command);
      }
    }
  }

private:
  void write(const char* name, const std::vector<std::string>& lines) const {
    std::ofstream file(m_folder / name);
    for (const std::string& line : lines) {
      file << line << '\n';
    }
  }

  std::filesystem::path m_folder;
};

void grep_terms(benchmark::State& state) {
  std::vector<std::string> lines;
  for (std::int64_t copy = 0; copy < state.range(1); ++copy) {
    for (const Line& line : lines_of_law()) {
      lines.push_back(line.text);
    }
  }
  const auto& terms = terms_of_register();
  Files({terms.begin(), terms.begin() + state.range(0)}, lines).grep(state);
  say(state, state.range(1));
}

void grep_parties(benchmark::State& state) {
  std::vector<std::string> names;
  for (const Party& party : make_partners().parties) {
    names.push_back(party.names.front());
  }
  std::vector<std::string> lines;
  for (const Change& row : rows_of_list()) {
    lines.push_back(row.after);
  }
  Files(names, lines).grep(state);
  state.SetLabel(input_name());
}

} // namespace

void register_match_benchmarks() {
  const auto with = [](benchmark::internal::Benchmark* bench) {
    bench->Args({10, 1})->Args({1'000, 1})->Args({10'000, 1})->Args({10'000, 4});
    bench->ArgNames({"terms", "copies"})->UseRealTime()->Unit(benchmark::kMillisecond);
  };
  with(benchmark::RegisterBenchmark("match/terms", match_terms));
  with(benchmark::RegisterBenchmark("match/terms/grep_F", grep_terms));
  for (benchmark::internal::Benchmark* bench :
       {benchmark::RegisterBenchmark("match/5000_parties", match_parties),
        benchmark::RegisterBenchmark("match/5000_parties/grep_F", grep_parties)}) {
    bench->UseRealTime()->Unit(benchmark::kMillisecond);
  }
  // With -i -w, which is what the matcher does, grep takes more than a minute.
}

} // namespace regtrail::bench
