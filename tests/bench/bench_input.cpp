#include "tests/bench/bench_input.hpp"

#include "parse/ecfr_xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace regtrail::bench {
namespace {

namespace fs = std::filesystem;

fs::path corpus_folder() {
  const char* named = std::getenv("REGTRAIL_CORPUS");
  const fs::path folder = fs::path(named != nullptr ? named : REGTRAIL_DEFAULT_CORPUS) / "ecfr";
  return fs::is_directory(folder) ? folder : fs::path();
}

std::string read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) {
    throw std::runtime_error(fmt::format("cannot read '{}'", file.string()));
  }
  return text.str();
}

fs::path part_file(std::string_view part) {
  const fs::path corpus = corpus_folder();
  if (corpus.empty()) {
    return fs::path(REGTRAIL_SOURCE_DIR) /
           fmt::format("sample/www.ecfr.gov/api/versioner/v1/full/2026-06-01/title-15.xml@part={}",
                       part);
  }
  const bool reduced = part == "744" || part == "774";
  return corpus / fmt::format("title-15-part-{}{}_2026-09-01.xml", part, reduced ? "_reduced" : "");
}

} // namespace

const std::string& part_text(std::string_view part) {
  static std::map<std::string, std::string, std::less<>> texts;
  const auto found = texts.find(part);
  if (found != texts.end()) {
    return found->second;
  }
  return texts.emplace(part, read_file(part_file(part))).first->second;
}

const std::string& issue_text() {
  static const std::string text = [] {
    const fs::path corpus = corpus_folder();
    if (!corpus.empty()) {
      return read_file(corpus.parent_path() / "fr/issues/FR-2024-02-12_as-published.xml");
    }
    const std::string document =
        read_file(fs::path(REGTRAIL_SOURCE_DIR) / "tests/parse/fr/fixtures/lists.xml");
    constexpr std::size_t size = 2'500'000;
    std::string issue = "<FEDREG><VOL>92</VOL><DATE>Thursday, March 4, 2027</DATE><RULES>";
    while (issue.size() < size) {
      issue += document;
    }
    return issue + "</RULES></FEDREG>";
  }();
  return text;
}

std::string input_name() {
  return corpus_folder().empty() ? "sample" : "corpus";
}

std::vector<std::string> parts() {
  if (corpus_folder().empty()) {
    return {"742", "774", "738"};
  }
  return {"742", "744", "774", "740"};
}

const std::vector<LawFile>& law_files() {
  static const std::vector<LawFile> files = [] {
    std::vector<LawFile> found;
    if (corpus_folder().empty()) {
      for (const std::string& part : parts()) {
        found.push_back({"part_" + part, part_text(part), false});
      }
      return found;
    }
    const fs::path corpus = corpus_folder().parent_path();
    for (const std::string_view form : {"ecfr", "cfr-annual"}) {
      for (const auto& entry : fs::recursive_directory_iterator(corpus / form)) {
        if (entry.path().extension() == ".xml") {
          fs::path name = fs::relative(entry.path(), corpus);
          found.push_back(
              {name.replace_extension().string(), read_file(entry.path()), form == "cfr-annual"});
        }
      }
    }
    std::sort(found.begin(), found.end(), [](const LawFile& left, const LawFile& right) {
      return left.name < right.name;
    });
    return found;
  }();
  return files;
}

std::string long_entity_list(std::size_t bytes) {
  const std::string& text = part_text("744");
  const std::size_t list = text.find("<DIV9 N=\"Supplement No. 4 to Part 744\"");
  const std::size_t first = text.find("<TBODY>", list) + std::string_view("<TBODY>").size();
  const std::size_t last = text.find("</TBODY>", first);
  const std::string_view row_end = "</TR>";
  std::string result = text.substr(0, last);
  std::size_t copy = 0;
  while (result.size() < bytes) {
    ++copy;
    for (std::size_t at = first; at < last;) {
      const std::size_t end = std::min(text.find(row_end, at) + row_end.size(), last);
      std::string row = text.substr(at, end - at);
      const std::size_t entity = row.find('>', row.find("<TD", row.find("<TD") + 1)) + 1;
      row.insert(std::min(entity, row.size()), fmt::format("Copy {} of ", copy));
      result += row;
      at = end;
    }
  }
  return result + text.substr(last);
}

std::string words_of_law(std::size_t count) {
  std::vector<std::string> words;
  for (const std::string& part : parts()) {
    for (const Unit& unit : parsed(part_text(part))) {
      std::istringstream text(subtree_text(unit.root));
      for (std::string word; words.size() < count && text >> word;) {
        words.push_back(word);
      }
    }
  }
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += words[i % words.size()];
    text += i % 97 == 96 ? '\n' : ' ';
  }
  return text;
}

std::vector<Unit> parsed(std::string_view xml) {
  auto document = parse::parse_ecfr(xml, {});
  if (!document) {
    throw std::runtime_error(document.error().message);
  }
  return std::move(document->units);
}

} // namespace regtrail::bench
