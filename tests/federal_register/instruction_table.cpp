// Prints the instructions of Federal Register files beside the operations they were read into.
//   instruction_table all|failed|counts|texts FILE...        instruction_table sample SEED N
//   FILE...
#include "tests/federal_register/amdpars.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <numeric>
#include <random>

namespace {

struct Row {
  Amdpar amdpar;
  regtrail::Instruction instruction;
};

/// One instruction a line, of title 15 unless it says otherwise: "15/744 text".
std::vector<Amdpar> lines_of(const std::string& path) {
  std::vector<Amdpar> amdpars;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    Amdpar amdpar;
    amdpar.document = path;
    amdpar.title = "15";
    amdpar.text = line;
    amdpar.new_document = amdpars.empty() || line.starts_with("=");
    amdpar.new_block = amdpar.new_document;
    if (line.starts_with("=")) {
      amdpar.part = line.substr(1, line.find(' ') - 1);
      amdpar.text = line.substr(std::min(line.find(' ') + 1, line.size()));
    }
    amdpars.push_back(std::move(amdpar));
  }
  return amdpars;
}

std::vector<Row> rows_of(const std::vector<std::string>& paths) {
  std::vector<Row> rows;
  for (const auto& path : paths) {
    const auto amdpars = path.ends_with(".xml") ? amdpars_of(path) : lines_of(path);
    const auto instructions = read_all(amdpars);
    for (std::size_t i = 0; i < amdpars.size(); ++i) {
      rows.push_back({amdpars[i], instructions[i]});
    }
  }
  return rows;
}

void print(const Row& row) {
  std::cout << row.amdpar.document << " " << row.amdpar.title << "/" << row.amdpar.part << "\n  "
            << row.amdpar.text << "\n"
            << shown(row.instruction);
}

void print_counts(const std::vector<Row>& rows) {
  std::map<std::string, std::pair<int, int>> files;
  std::map<std::string, int> reasons;
  int understood = 0;
  for (const auto& row : rows) {
    auto& [all, good] = files[row.amdpar.document.substr(0, row.amdpar.document.find('#'))];
    ++all;
    good += row.instruction.understood ? 1 : 0;
    understood += row.instruction.understood ? 1 : 0;
    if (!row.instruction.understood) {
      ++reasons[row.instruction.reason.substr(0, row.instruction.reason.find(':'))];
    }
  }
  for (const auto& [file, count] : files) {
    std::cout << file << "  " << count.second << " of " << count.first << "\n";
  }
  std::cout << "all  " << understood << " of " << rows.size() << "\n";
  for (const auto& [reason, count] : reasons) {
    std::cout << count << "  " << reason << "\n";
  }
}

} // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 2) {
    return EXIT_FAILURE;
  }
  const bool sample = arguments[0] == "sample";
  const auto first_file = arguments.begin() + (sample ? 3 : 1);
  const auto rows = rows_of({first_file, arguments.end()});
  if (sample) {
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), 0U);
    std::mt19937 random(static_cast<unsigned>(std::stoul(arguments[1])));
    // Not std::shuffle: its result differs between libraries.
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[random() % i]);
    }
    order.resize(std::min<std::size_t>(order.size(), std::stoul(arguments[2])));
    std::sort(order.begin(), order.end());
    for (const auto index : order) {
      print(rows[index]);
    }
  } else if (arguments[0] == "counts") {
    print_counts(rows);
  } else {
    for (const auto& row : rows) {
      if (arguments[0] == "all" || !row.instruction.understood) {
        print(row);
      }
    }
  }
  return EXIT_SUCCESS;
}
