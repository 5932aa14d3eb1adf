// Prints the tree of an eCFR file, one node a line: for looking at what the parser made of it.
#include "parse/ecfr_xml.hpp"

#include <fstream>
#include <iostream>
#include <sstream>

namespace {

void print(const regtrail::Node& node, const regtrail::Citation& at) {
  std::string text = node.text;
  for (char& c : text) {
    c = c == '\n' ? '|' : c;
  }
  std::cout << at.to_string() << '\t' << regtrail::to_string(node.kind) << '\t' << node.label
            << '\t' << text << '\n';
  const auto steps = regtrail::child_steps(node);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    print(node.children[i], at.child(steps[i]));
  }
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: parse_tree_dump FILE [problems]\n";
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  regtrail::parse::EcfrOptions options;
  options.source_name = argv[1];
  const auto document = regtrail::parse::parse_ecfr(bytes.str(), options);
  if (!document) {
    std::cerr << document.error().message << '\n';
    return 1;
  }
  std::size_t nodes = 0;
  std::size_t problems = 0;
  for (const auto& unit : document->units) {
    nodes += regtrail::count_nodes(unit.root);
    problems += unit.not_understood.size();
    if (argc == 2) {
      print(unit.root, unit.id);
      for (const auto& note : unit.notes) {
        std::cout << "  [" << regtrail::to_string(note.field) << "] " << note.text << '\n';
      }
    }
    for (const auto& problem : unit.not_understood) {
      std::cout << "NOT UNDERSTOOD\t" << problem.at.to_string() << '\t' << problem.what << '\t'
                << problem.text << '\n';
    }
  }
  std::cout << "scope " << document->scope << ", title " << document->title << ", units "
            << document->units.size() << ", nodes " << nodes << ", not understood " << problems
            << '\n';
  return 0;
}
