// What the benchmarks run on: real parts when the corpus is there, else those of the sample mirror.
#pragma once

#include "model/node.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::bench {

/// The text of a part. Throws when neither corpus nor sample holds it.
[[nodiscard]] const std::string& part_text(std::string_view part);

/// "corpus" or "sample": stands in the labels, since figures of one say nothing about the other.
[[nodiscard]] std::string input_name();

/// The parts to compare and to take words from, the largest last.
[[nodiscard]] std::vector<std::string> parts();

/// A file of the law as it is published.
struct LawFile {
  std::string name; ///< "ecfr/title-15-part-742_2026-09-01"
  std::string text;
  bool annual = false; ///< in the form of the annual CFR, not of the eCFR
};

/// All that the corpus has of the CFR in either form: parts, sections and whole titles.
[[nodiscard]] const std::vector<LawFile>& law_files();

/// A part of about `bytes` with one list of entities, made of the Entity List's rows over and over
/// under new names: the shape of the full list, of which the corpus holds a tenth.
[[nodiscard]] std::string long_entity_list(std::size_t bytes);

/// A day's issue of the Federal Register, about 2.5 MB: a real one, else one made of the fixture
/// that the tests of FR XML use.
[[nodiscard]] const std::string& issue_text();

/// The first `count` words of the parts' texts, repeated when they do not suffice.
[[nodiscard]] std::string words_of_law(std::size_t count);

[[nodiscard]] std::vector<Unit> parsed(std::string_view xml);

void register_parse_benchmarks();
void register_diff_benchmarks();
void register_word_benchmarks();
void register_match_benchmarks();

} // namespace regtrail::bench
