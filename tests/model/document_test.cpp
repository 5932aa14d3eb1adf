#include "model/document.hpp"

#include <catch2/catch.hpp>

namespace regtrail {

TEST_CASE("the inverse of a relation's inverse is the relation, and its word is the passive") {
  CHECK(inverse(RelationKind::revokes) == RelationKind::revoked_by);
  CHECK(inverse(RelationKind::cited_by) == RelationKind::cites);
  CHECK(inverse(RelationKind::companion) == RelationKind::companion);
  for (int number = 0; number <= static_cast<int>(RelationKind::cited_by); ++number) {
    const auto kind = static_cast<RelationKind>(number);
    INFO(to_string(kind));
    CHECK(inverse(inverse(kind)) == kind);
    CHECK(parse_word<RelationKind>(to_string(kind)).value() == kind);
  }
}

TEST_CASE("every verb is read back from its word, and a word that is no verb is refused") {
  for (int number = 0; number <= static_cast<int>(Verb::confirm); ++number) {
    const auto verb = static_cast<Verb>(number);
    CHECK(parse_word<Verb>(to_string(verb)).value() == verb);
  }
  REQUIRE_FALSE(parse_word<Verb>("abolish"));
  CHECK(parse_word<Verb>("abolish").error().message == "'abolish' is no verb of an instruction");
}

TEST_CASE("a document's text overrules the one effective date of its metadata") {
  Document metadata;
  metadata.number = "2023-23049";
  metadata.volume = 88;
  metadata.start_page = 73424;
  metadata.effective = {Date(2023, 10, 17)};
  metadata.cfr = {{"15", "744"}};
  Document text;
  text.number = "2023-23049";
  text.effective = {Date(2023, 11, 17), Date(2026, 1, 1)};
  text.cfr = {{"15", "734"}, {"15", "744"}};
  text.has_text = true;

  const auto joined = merge(metadata, text);

  CHECK(joined.effective == std::vector<Date>{Date(2023, 11, 17), Date(2026, 1, 1)});
  CHECK(joined.cfr == std::vector<CfrPart>{{"15", "734"}, {"15", "744"}});
  CHECK(fr_citation_of(joined) == "88 FR 73424");
  CHECK(joined.has_text);
}

TEST_CASE("an agency is named once, as the metadata names it") {
  Document metadata;
  metadata.agencies = {"Commerce Department", "Industry and Security Bureau"};
  Document text;
  text.agencies = {
      "DEPARTMENT OF COMMERCE", "Bureau of Industry and Security", "DEPARTMENT OF THE TREASURY"};
  CHECK(merge(metadata, text).agencies == std::vector<std::string>{"Commerce Department",
                                                                   "Industry and Security Bureau",
                                                                   "DEPARTMENT OF THE TREASURY"});
  CHECK(merge(Document(), text).agencies == text.agencies);
}

TEST_CASE("of one DATES paragraph the clauses are told once") {
  Document metadata;
  metadata.dates_text = "Effective on publication.";
  metadata.clauses = {{DatedClause::Kind::effective, Date(2027, 3, 1), "", "on publication."}};
  metadata.unread_dates = {{DatedClause::Kind::effective, "on publication."}};
  Document text = metadata;
  text.clauses[0].words = text.unread_dates[0].words = "on publication";
  const Document joined = merge(metadata, text);
  CHECK(joined.clauses == text.clauses);
  CHECK(joined.unread_dates == text.unread_dates);
}

TEST_CASE("documents of two numbers are never merged") {
  Document one;
  one.number = "2023-23049";
  Document other;
  other.number = "2023-23055";
  CHECK_THROWS_AS(merge(one, other), std::logic_error);
}

TEST_CASE("an instruction that is delayed indefinitely has no effective date") {
  Document document;
  document.effective = {Date(2026, 1, 1)};
  Instruction instruction;
  CHECK(effective_date(document, instruction) == Date(2026, 1, 1));
  instruction.effective = Date(2026, 3, 1);
  CHECK(effective_date(document, instruction) == Date(2026, 3, 1));
  instruction.indefinite = true;
  CHECK_FALSE(effective_date(document, instruction));
}

} // namespace regtrail
