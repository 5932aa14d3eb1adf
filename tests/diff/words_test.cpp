#include "diff/words/word_diff.hpp"
#include "diff/words/words_internal.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace std::string_literals;
using regtrail::WordRun;
using regtrail::diff::word_diff;

namespace {

std::vector<std::string_view> tokenise(std::string_view text) {
  std::vector<std::string_view> tokens;
  std::size_t begin = 0;
  for (const std::uint32_t end : regtrail::diff::words::token_ends(text)) {
    tokens.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return tokens;
}

/// "=the |-item|+product" : one run each, separated by bars.
std::string script(const std::string& before, const std::string& after) {
  std::string out;
  for (const WordRun& run : word_diff(before, after)) {
    out += (out.empty() ? "" : "|") + std::string(1, static_cast<char>(run.op)) + run.text;
  }
  return out;
}

std::string joined(const std::vector<WordRun>& runs, WordRun::Op op) {
  std::string out;
  for (const WordRun& run : runs) {
    if (run.op == WordRun::Op::same || run.op == op) {
      out += run.text;
    }
  }
  return out;
}

std::size_t marked(const std::vector<WordRun>& runs) {
  std::size_t count = 0;
  for (const WordRun& run : runs) {
    count += run.op == WordRun::Op::same ? 0 : run.text.size();
  }
  return count;
}

/// The fewest characters any script over these tokens can mark.
std::size_t fewest_marked(const std::string& before, const std::string& after) {
  const auto a = tokenise(before);
  const auto b = tokenise(after);
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 && j == 0) {
        continue;
      }
      std::size_t best = before.size() + after.size();
      if (i > 0) {
        best = std::min(best, cost[i - 1][j] + a[i - 1].size());
      }
      if (j > 0) {
        best = std::min(best, cost[i][j - 1] + b[j - 1].size());
      }
      if (i > 0 && j > 0 && a[i - 1] == b[j - 1]) {
        best = std::min(best, cost[i - 1][j - 1]);
      }
      cost[i][j] = best;
    }
  }
  return cost[a.size()][b.size()];
}

std::string tokens(const std::string& text) {
  std::string out;
  for (const std::string_view token : tokenise(text)) {
    if (token != " ") {
      out += (out.empty() ? "" : "|") + std::string(token);
    }
  }
  return out;
}

std::string random_text(std::mt19937& random, std::size_t words) {
  static const std::vector<std::string> vocabulary{"the",
                                                   "item",
                                                   "of",
                                                   "a",
                                                   "to",
                                                   "export",
                                                   "(a)(2)",
                                                   "45",
                                                   "nm",
                                                   "license",
                                                   "and",
                                                   "or",
                                                   "3B001.c.",
                                                   "in",
                                                   "person",
                                                   "744.23(a)",
                                                   "country"};
  std::string out;
  for (std::size_t i = 0; i < words; ++i) {
    out += (out.empty()         ? ""
            : random() % 9 == 0 ? ", "
                                : " ") +
           vocabulary[random() % vocabulary.size()];
  }
  return out;
}

} // namespace

TEST_CASE("tokens are those of legal text", "[words]") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"see § 744.23(a)(2)(iii), or", "see|§|744.23(a)(2)(iii)|,|or"},
      {"paragraph (a)(2) (the end)", "paragraph|(a)(2)|(|the|end|)"},
      {"3B001.c.1.a, and 3A090.", "3B001.c.1.a|,|and|3A090|."},
      {"c.1.a. Equipment", "c.1.a|.|Equipment"},
      {"case-by-case, non-U.S. person's", "case-by-case|,|non-U.S.|person's"},
      {"45 nm or 5mA, 2 GB/s 1,500.5", "45|nm|or|5|mA|,|2|GB/s|1,500.5"},
      {"10^-4 atoms/cm^3", "10^-4|atoms|/|cm^3"},
      {"in the U.S. and a.k.a., X", "in|the|U.S.|and|a.k.a.|,|X"},
      {"document 2024-28270; 730-774", "document|2024-28270|;|730|-|774"},
      {"600-series; 90 FR 4619, 1/16/25.", "600-series|;|90|FR|4619|,|1/16/25|."},
      {"$5,000 50%", "$|5,000|50|%"},
      {"and/or SiO_2 R&D", "and/or|SiO_2|R&D"},
      {"“item”—10 µm", "“|item|”|—|10|µm"},
      {"Supplement No. 4", "Supplement|No|.|4"},
  }));
  CHECK(tokens(text) == expected);
}

TEST_CASE("tokens cover any text without gaps", "[words]") {
  std::mt19937 random(7);
  const std::string alphabet = "ab.9-(A)^_ \n\xC2\xA7\xE2\x80\x94\xE8\xBC\xB8/&'\xFF";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::size_t i = random() % 40; i > 0; --i) {
      text += alphabet[random() % alphabet.size()];
    }
    std::string all;
    for (const std::string_view token : tokenise(text)) {
      REQUIRE_FALSE(token.empty());
      all += token;
    }
    REQUIRE(all == text);
  }
}

TEST_CASE("Japanese is cut at words, not at blanks", "[words]") {
  const auto cut = tokenise("輸出管理規則の改正");
  CHECK(cut.size() >= 3);
  CHECK(cut.size() <= 6);
  CHECK(script("輸出管理規則の改正", "輸出管理法令の改正").find("=輸出") == 0);
}

TEST_CASE("a changed number leaves its unit alone", "[words]") {
  CHECK(script("of 45 nm or less", "of 65 nm or less") == "=of |-45|+65|= nm or less");
}

TEST_CASE("an edit slides to the boundary a reader expects", "[words]") {
  const auto [before, after, expected] = GENERATE(table<std::string, std::string, std::string>({
      {"the item", "the new item", "=the |+new |=item"},
      {"a, b, and c", "a, b, d, and c", "=a, b, |+d, |=and c"},
      {"One is. Two is.", "One is. New is. Two is.", "=One is. |+New is. |=Two is."},
      {"the item.", "the item or product.", "=the item|+ or product|=."},
      {"x; and", "x;", "=x;|- and"},
      {"a b c", "x y z", "-a|+x|= |-b|+y|= |-c|+z"},
      {"", "new", "+new"},
      {"same", "same", "=same"},
  }));
  CHECK(script(before, after) == expected);
}

TEST_CASE("joining the runs gives both sides exactly", "[words]") {
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    const std::string before = random_text(random, random() % 30);
    std::string after = random_text(random, random() % 30);
    if (random() % 2 == 0) {
      after = before;
      after.insert(random() % (after.size() + 1), random() % 2 == 0 ? " the new" : " ");
    }
    const auto runs = word_diff(before, after);
    REQUIRE(joined(runs, WordRun::Op::removed) == before);
    REQUIRE(joined(runs, WordRun::Op::added) == after);
    for (std::size_t i = 1; i < runs.size(); ++i) {
      REQUIRE(runs[i].op != runs[i - 1].op);
    }
  }
}

TEST_CASE("no script over the same tokens marks noticeably fewer characters", "[words]") {
  std::mt19937 random(13);
  std::size_t ours = 0;
  std::size_t least = 0;
  for (int round = 0; round < 600; ++round) {
    const std::string before = random_text(random, 10 + random() % 40);
    const std::string after = random_text(random, 10 + random() % 40);
    ours += marked(word_diff(before, after));
    least += fewest_marked(before, after);
  }
  CHECK(static_cast<double>(ours) <= static_cast<double>(least) * 1.02);
}

TEST_CASE("hostile texts are diffed in linear-ish time", "[words]") {
  SECTION("two texts of 50,000 words with nothing in common but order") {
    std::mt19937 random(17);
    const std::string before = random_text(random, 50'000);
    const std::string after = random_text(random, 50'000);
    const auto runs = word_diff(before, after);
    CHECK(joined(runs, WordRun::Op::removed) == before);
    CHECK(joined(runs, WordRun::Op::added) == after);
  }
  SECTION("10 MB on a single line without a blank") {
    const std::string before(10'000'000, 'a');
    const auto runs = word_diff(before, before + "b");
    CHECK(marked(runs) == 2 * before.size() + 1);
  }
  SECTION("10 MB of one word, once more") {
    std::string before;
    for (int i = 0; i < 2'000'000; ++i) {
      before += "word ";
    }
    CHECK(marked(word_diff(before, before + "word ")) == 5);
  }
}
