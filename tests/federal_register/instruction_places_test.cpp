// Lists by country, entries of the Commerce Control List and other places as the Bureau of Industry
// and Security writes of them.
#include "tests/federal_register/instruction_cases.hpp"

using namespace instruction_cases;

TEST_CASE("words are replaced where they are said to stand, not in the places around it",
          "[instruction]") {
  check_all(
      "744",
      {
          {"5. Section 744.9 is amended by removing “old office” and adding “new office” in its "
           "place in paragraphs (a)(1) and (a)(4).",
           "replace words [15 CFR 744.9(a)(1)] [15 CFR 744.9(a)(4)] {old office|new office}"},
          {"5. Amend § 744.7 by removing “x” and adding “y” in paragraph (c).",
           "replace words [15 CFR 744.7(c)] {x|y}"},
          {"5. In § 744.7, remove “x” in paragraph (a) and “y” in paragraph (b) and add in their "
           "place “u” and “v”, respectively.",
           "replace words [15 CFR 744.7(a)] {x|u} (respectively); replace words [15 CFR 744.7(b)] "
           "{y|v} (respectively)"},
          {"5. In § 744.7, removing “x” in paragraph (a) and “y” in paragraph (b).",
           "remove words [15 CFR 744.7(a)] {x|}; remove words [15 CFR 744.7(b)] {y|}"},
          {"5. Section 744.7 is amended by adding “x” after the first sentence of paragraph (c).",
           "add words [15 CFR 744.7(c)]+own {|x} (after the first sentence of paragraph (c))"},
          {"5. In § 744.7, add “x” in paragraph (a)(1), remove “y” in paragraph (a)(2), and revise "
           "paragraph (b).",
           "add words [15 CFR 744.7(a)(1)] {|x}; remove words [15 CFR 744.7(a)(2)] {y|}; revise "
           "[15 CFR 744.7(b)]"},
          {"5. In § 744.7, remove “x” and paragraph (b).", "? words and places under one verb"},
          {"5. In § 744.7, remove “x” from paragraph (a) and add it in paragraph (b).",
           "? words or a place that a pronoun stands for"},
          {"5. In § 750.4, remove the words “x” from paragraphs (d)(1) and (f)(2) and the words "
           "“y” from paragraph (g).",
           "remove words [15 CFR 750.4(d)(1)] [15 CFR 750.4(f)(2)] {x|}; remove words [15 CFR "
           "750.4(g)] {y|}"},
      });
}

TEST_CASE("words may stand in front of their verb", "[instruction]") {
  check_all("744",
            {
                {"5. In § 744.21, in paragraph (a)(1), “Burma” is removed and “Burma (Myanmar)” is "
                 "added in its place.",
                 "replace words [15 CFR 744.21(a)(1)] {Burma|Burma (Myanmar)}"},
                {"5. In § 744.21(a)(1), the phrase “Burma” is replaced by “Burma (Myanmar)” in two "
                 "places.",
                 "replace words [15 CFR 744.21(a)(1)] {Burma|Burma (Myanmar)} (in two places)"},
                {"5. In § 744.21, the reference to “§ 744.6” in paragraph (f) is revised to read "
                 "“§ 744.6(b)”.",
                 "replace words [15 CFR 744.21(f)] {§ 744.6|§ 744.6(b)}"},
                {"5. On page 123, in the first column, in § 744.7(b), “three” is corrected to read "
                 "“four”.",
                 "correct [15 CFR 744.7(b)] {three|four} (On page 123; in the first column)"},
                {"5. In § 744.7, in paragraph (b), “three” should read “four”.",
                 "correct [15 CFR 744.7(b)] {three|four}"},
                {"5. In § 750.4, in paragraph (b)(6), “and” is removed, and in paragraph (b)(7), "
                 "“or” is added after “x”.",
                 "remove words [15 CFR 750.4(b)(6)] {and|}; add words [15 CFR 750.4(b)(7)] {|or} "
                 "(after “x”)"},
            });
}

TEST_CASE("an extent reaches as far as the paragraph named behind it", "[instruction]") {
  check_all(
      "744",
      {
          {"4. Section 744.21 is amended by revising the first sentence of paragraphs (f), (g) and "
           "(i).",
           "revise [15 CFR 744.21(f)]+own [15 CFR 744.21(g)]+own [15 CFR 744.21(i)]+own (the first "
           "sentence)"},
          {"4. Section 744.21 is amended by revising the first sentence of paragraph (f), and "
           "paragraphs (g) and (i).",
           "revise [15 CFR 744.21(f)]+own [15 CFR 744.21(g)] [15 CFR 744.21(i)] (the first "
           "sentence)"},
          {"4. Section 744.21 is amended by revising the heading of paragraph (e) and paragraph "
           "(e)(3) introductory text.",
           "revise [15 CFR 744.21(e) / heading] [15 CFR 744.21(e)(3)]+intro"},
          {"4. Section 744.21 is amended by revising the introductory text of paragraph (a) and of "
           "paragraph (b).",
           "revise [15 CFR 744.21(a)]+intro [15 CFR 744.21(b)]+intro"},
          {"4. Section 744.21 is amended by revising the first sentence of paragraph (f), (g) and "
           "(i).",
           "? of one paragraph or of several: '(f), (g) and (i).'"},
          {"4. Section 744.7 is amended by adding a sentence to the end of paragraph (c)(1)(ii).",
           "add [15 CFR 744.7(c)(1)(ii)]+own (a sentence; to the end)"},
          {"4. Section 744.7 is amended by adding a sentence after the first sentence of paragraph "
           "(c).",
           "add [15 CFR 744.7(c)]+own (a sentence after the first sentence)"},
          {"4. Section 744.7 is amended by adding two sentences at the end of paragraphs (c) and "
           "(d).",
           "add [15 CFR 744.7(c)]+own [15 CFR 744.7(d)]+own (two sentences; at the end)"},
          {"4. Section 744.7 is amended by removing the last sentence of paragraph (a)(9), and "
           "adding in its place two sentences.",
           "remove [15 CFR 744.7(a)(9)]+own (the last sentence); add [15 CFR 744.7(a)(9)]+own (two "
           "sentences)"},
          {"4. Section 744.7 is amended by adding Note 1 to precede Note 2 to paragraph (c).",
           "add [15 CFR 744.7(c) / Note 1] (to precede Note 2 to paragraph (c))"},
          {"4. Amend § 744.7 by revising paragraph (a) in paragraph (b).",
           "? objects in several places"},
          {"4. Revise the section heading and paragraph (a) of § 744.7 and the heading and "
           "introductory text of § 744.8.",
           "revise [15 CFR 744.7 / heading] [15 CFR 744.7(a)] [15 CFR 744.8 / heading] [15 CFR "
           "744.8]+intro"},
          {"4. Section 744.3 is redesignated as § 744.4 and amended by revising paragraph (a).",
           "redesignate [15 CFR 744.3] -> [15 CFR 744.4]; revise [15 CFR 744.4(a)]"},
      });
}

TEST_CASE("a party stands below its country, however the country is said", "[instruction]") {
  check_all(
      "744",
      {
          {"2. Supplement No. 4 to part 744 is amended under the destination of Kazakhstan by "
           "removing the following two entities: “Alma Sauda LLP” and “Turan Pribor”.",
           "remove [Supplement No. 4 to Part 744 / KAZAKHSTAN / Alma Sauda LLP] [Supplement No. 4 "
           "to Part 744 / KAZAKHSTAN / Turan Pribor]"},
          {"2. Supplement No. 4 to part 744 is amended under RUSSIA by, in alphabetical order, "
           "adding entries for “Vostok Pribor AO” and “Zvezda Optika OOO”.",
           "add [Supplement No. 4 to Part 744 / RUSSIA / Vostok Pribor AO] [Supplement No. 4 to "
           "Part 744 / RUSSIA / Zvezda Optika OOO] (in alphabetical order)"},
          {"2. Supplement No. 4 to part 744 is amended by removing from under Germany the entry "
           "for “Muster GmbH”.",
           "remove [Supplement No. 4 to Part 744 / GERMANY / Muster GmbH]"},
          {"2. Supplement No. 4 to part 744 is amended by removing under Germany, one German "
           "entity, “Muster Optik GmbH,” Amselweg 7, 12345 Musterstadt, Germany;",
           "remove [Supplement No. 4 to Part 744 / GERMANY / Muster Optik GmbH]"},
          {"2. Supplement No. 4 to part 744 is amended by removing the entity “Beispiel Ltd.” "
           "under the destination of the People's Republic of China.",
           "remove [Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / Beispiel Ltd.]"},
          {"2. Supplement No. 4 to part 744 is amended by adding two entries under Bosnia and "
           "Herzegovina, “Aba” and “Beta”.",
           "add [Supplement No. 4 to Part 744 / BOSNIA AND HERZEGOVINA / Aba] [Supplement No. 4 to "
           "Part 744 / BOSNIA AND HERZEGOVINA / Beta]"},
          {"2. Supplement no. 6 to part 744 is amended by adding the entry for “Aba” under "
           "GEORGIA, and the entries for “Gamma” and “Delta” under PERU.",
           "add [Supplement No. 6 to Part 744 / GEORGIA / Aba] [Supplement No. 6 to Part 744 / "
           "PERU / Gamma] [Supplement No. 6 to Part 744 / PERU / Delta]"},
          {"2. In Supplement No. 4 to part 744, in the entry for “Beispiel Ltd.” under IRAQ, "
           "remove “Case-by-case” from the “License review policy” column and add in its place "
           "“Presumption of denial”.",
           "replace words [Supplement No. 4 to Part 744 / IRAQ / Beispiel Ltd. / License review "
           "policy] {Case-by-case|Presumption of denial}"},
          {"2. In supplement no. 4 to part 744, under IRAQ, in the entry for “Beispiel Co.,” in "
           "the License Review Policy column, remove “Denial” and add in its place “Case-by-case”.",
           "replace words [Supplement No. 4 to Part 744 / IRAQ / Beispiel Co. / License review "
           "policy] {Denial|Case-by-case}"},
          {"2. Supplement No. 4 to part 744 is amended under IRAN by removing the second entry for "
           "“Kavir Ava”.",
           "remove [Supplement No. 4 to Part 744 / IRAN / Kavir Ava #2]"},
          {"2. Supplement No. 4 to part 744 is amended under IRAN by adding three entities: “Kavir "
           "Ava” and “Kavir Sang”.",
           "? a count that does not agree: 'three entities: “Kavir Ava” and “Kavir Sang”'"},
          {"2. Supplement No. 4 to part 744 is amended by removing the entry for “Kavir Ava”.",
           "? a party of no country"},
          {"2. Supplement No. 4 to part 744 is amended under the following countries by adding "
           "entries for “Kavir Ava”.",
           "? under nothing: 'the following countries by adding entries'"},
          {"2. Supplement No. 4 to part 744 is amended by removing under Hong Kong, one Hong Kong "
           "entity: “Beispiel Ltd., a.k.a., the following alias: Bei.”",
           "remove [Supplement No. 4 to Part 744 / HONG KONG / Beispiel Ltd.]"},
          {"2. Supplement No. 4 to part 744 is amended by adding under Crimea region of Ukraine, "
           "in alphabetical order, one entity.",
           "add [Supplement No. 4 to Part 744 / CRIMEA REGION OF UKRAINE / entries] (one entity; "
           "in alphabetical order)"},
          {"2. In Supplement No. 4 to part 744, in the entries for “Aba Ltd.” and “Beta Ltd.” "
           "under IRAQ, remove “Denial” and add in its place “Case-by-case”.",
           "replace words [Supplement No. 4 to Part 744 / IRAQ / Aba Ltd.] [Supplement No. 4 to "
           "Part 744 / IRAQ / Beta Ltd.] {Denial|Case-by-case}"},
      });
}

TEST_CASE("headings of countries are places, and entries named behind them stand below",
          "[instruction]") {
  check_all("744",
            {
                {"4. Supplement no. 6 to part 744 is amended by removing the country headings for "
                 "“OMAN” and “QATAR”.",
                 "remove [Supplement No. 6 to Part 744 / OMAN / heading] [Supplement No. 6 to Part "
                 "744 / QATAR / heading]"},
                {"4. Supplement no. 6 to part 744 is amended by adding a country heading for OMAN "
                 "in alphabetical order.",
                 "add [Supplement No. 6 to Part 744 / OMAN / heading] (in alphabetical order)"},
                {"4. Supplement no. 6 to part 744 is amended by adding a heading for TONGA and, "
                 "under that heading, entries for “Nuku Trade” and “Vava Supply”.",
                 "add [Supplement No. 6 to Part 744 / TONGA / heading] [Supplement No. 6 to Part "
                 "744 / TONGA / Nuku Trade] [Supplement No. 6 to Part 744 / TONGA / Vava Supply]"},
                {"4. Supplement no. 6 to part 744 is amended by removing the heading “OMAN” and "
                 "the entry for “Muscat Trading”.",
                 "remove [Supplement No. 6 to Part 744 / OMAN / heading] [Supplement No. 6 to Part "
                 "744 / OMAN / Muscat Trading]"},
                {"4. Supplement no. 4 to part 744 is amended by adding in alphabetical order the "
                 "destination of Tonga under the Country column, and one Tongan entity.",
                 "add [Supplement No. 4 to Part 744 / TONGA / heading] [Supplement No. 4 to Part "
                 "744 / TONGA / entries] (one Tongan entity; in alphabetical order)"},
            });
}

TEST_CASE("an alias or an address is a revision of its entry", "[instruction]") {
  check_all("744",
            {
                {"3. Supplement No. 4 to part 744 is amended by revising the entry for “Beispiel "
                 "Ltd.” under IRAQ by adding two aliases and one address.",
                 "revise [Supplement No. 4 to Part 744 / IRAQ / Beispiel Ltd.] (two aliases and "
                 "one address)"},
                {"3. Supplement No. 4 to part 744 is amended under IRAN by revising the addresses "
                 "in the entries for “Kavir Ava” and “Sang Co.”.",
                 "revise [Supplement No. 4 to Part 744 / IRAN / Kavir Ava] [Supplement No. 4 to "
                 "Part 744 / IRAN / Sang Co.] (addresses)"},
                {"3. Supplement No. 4 to part 744 is amended under IRAN by removing one address "
                 "from the entry for “Kavir Ava”.",
                 "revise [Supplement No. 4 to Part 744 / IRAN / Kavir Ava] (one address)"},
                {"3. Supplement No. 4 to part 744 is amended under IRAN by adding two aliases.",
                 "? part of an unknown entry: 'two aliases.'"},
            });
}

TEST_CASE("categories of the Commerce Control List only say where an entry stands",
          "[instruction]") {
  check_all(
      "774",
      {
          {"6. In Supplement No. 1 to part 774, Category 1—Special Materials and Related "
           "Equipment, Chemicals, “Microorganisms,” and “Toxins,” ECCN 1C351 is amended by "
           "revising paragraph d.35 in the “Items” paragraph of the List of Items Controlled "
           "section.",
           "revise [ECCN 1C351.d.35]"},
          {"6. In Supplement No. 1 to part 774, Category 0—Nuclear Materials, Facilities, and "
           "Equipment [and Miscellaneous Items], ECCN 0A501 is amended by revising the heading and "
           "paragraphs a and y.3.",
           "revise [ECCN 0A501 / heading] [ECCN 0A501.a] [ECCN 0A501.y.3]"},
          {"6. In Supplement No. 1 to part 774, Category 3—Electronics, Product Group A, “End "
           "Items,” “Equipment,” “Accessories,” ECCN 3A001 is amended by revising paragraph a.",
           "revise [ECCN 3A001.a]"},
          {"6. Supplement No. 1 to part 774, Category 2, ECCN 2B350, Items paragraphs .g and .i.3 "
           "are revised.",
           "revise [ECCN 2B350.g] [ECCN 2B350.i.3]"},
          {"6. In Supplement No. 1 to part 774, Category 5, Part 2, remove Note 2 and add Note 4.",
           "remove [Supplement No. 1 to Part 774 / Category 5 Part 2 / Note 2]; add [Supplement "
           "No. 1 to Part 774 / Category 5 Part 2 / Note 4]"},
          {"6. In Supplement No. 1 to part 774, Category 5, Part 2—“Information Security,” revise "
           "the N.B. to Note 1 and the Note to the Cryptography Note.",
           "revise [Supplement No. 1 to Part 774 / Category 5 Part 2 / Note 1 / N.B.] [Supplement "
           "No. 1 to Part 774 / Cryptography Note / Note]"},
          {"6. Supplement No. 1 to part 774 is amended by removing the phrase “old words” and "
           "adding in its place “new words” wherever they appear in ECCNs 3A001 and 3B001.",
           "replace words [ECCN 3A001] [ECCN 3B001] {old words|new words} (wherever they appear)"},
          {"6. In Supplement No. 1 to part 774, revise paragraph b.1.", "? an item of no entry"},
          {"6. Supplement No. 1 to Part 774 (the Commerce Control List), Category 3—Electronics, "
           "Export Control Classification Number (ECCN) 3A001 is amended by revising the "
           "introductory text of paragraph b.2.",
           "revise [ECCN 3A001.b.2]+intro"},
          {"6. In Supplement No. 1 to part 774, remove and reserve ECCN 7A611 and paragraphs a and "
           "b of ECCN 7B611.",
           "reserve [ECCN 7A611] [ECCN 7B611.a] [ECCN 7B611.b]"},
      });
}

TEST_CASE("lines, tables and notes of an entry stand directly below it", "[instruction]") {
  check_all(
      "774",
      {
          {"7. In Supplement No. 1 to part 774, ECCN 6A003 is amended by revising the License "
           "Requirements section, the List Based License Exceptions section and the Special "
           "Conditions for STA section.",
           "revise [ECCN 6A003 / License Requirements] [ECCN 6A003 / List Based License "
           "Exceptions] [ECCN 6A003 / Special Conditions for STA]"},
          {"7. ECCN 2B001 is amended by revising the “Related Controls” and “Related Definitions” "
           "paragraphs in the List of Items Controlled section.",
           "revise [ECCN 2B001 / Related Controls] [ECCN 2B001 / Related Definitions]"},
          {"7. ECCN 2B001 is amended by revising Related Controls paragraph (2) and Items "
           "paragraphs a and b.1.",
           "revise [ECCN 2B001 / Related Controls / (2)] [ECCN 2B001.a] [ECCN 2B001.b.1]"},
          {"7. ECCN 2B001 is amended by revising the NS and RS entries in the License Requirements "
           "table and removing the License Exception CIV paragraph.",
           "revise [ECCN 2B001 / License Requirements / NS] [ECCN 2B001 / License Requirements / "
           "RS]; remove [ECCN 2B001 / CIV]"},
          {"7. ECCN 2B001 in Supplement No. 1 to part 774 is amended by revising paragraphs .g "
           "introductory text and .i.3 and the Technical Note to paragraph .i.",
           "revise [ECCN 2B001.g]+intro [ECCN 2B001.i.3] [ECCN 2B001.i / Technical Note]"},
          {"7. In Supplement No. 1 to part 774, revise ECCN 2B350 heading, paragraph .g "
           "introductory text, and the note to paragraph .i.",
           "revise [ECCN 2B350 / heading] [ECCN 2B350.g]+intro [ECCN 2B350.i / Note]"},
          {"7. ECCN 3A991 is amended by adding a License Requirement Note to the License "
           "Requirements section and removing the Nota Bene (N.B.) to paragraph b.3.",
           "add [ECCN 3A991 / License Requirement Note]; remove [ECCN 3A991.b.3 / N.B.]"},
          {"7. In the heading of ECCN 2B009, removing “spin forming” and adding in its place "
           "“spin-forming”.",
           "replace words [ECCN 2B009 / heading] {spin forming|spin-forming}"},
          {"7. In ECCN 9A515, redesignate paragraph c.1 as c.2.",
           "redesignate [ECCN 9A515.c.1] -> [ECCN 9A515.c.2]"},
          {"7. In Supplement No. 1 to part 774, add an entry for ECCN 3A904 between the entries "
           "for ECCNs 3A901 and 3A980.",
           "add [ECCN 3A904] (between the entries for ECCNs 3A901 and 3A980)"},
          {"7. Supplement No. 1 to part 774 is amended by removing ECCNs 3A991 through 3A995.",
           "? unknown words: 'through 3A995.'"},
          {"7. In Supplement No. 1 to part 774, ECCN 2B201 is amended by: a. Revising the Related "
           "Controls paragraph; b. Removing Note 3 to paragraph b; and c. Adding paragraph b.4 to "
           "the “items” paragraph.",
           "revise [ECCN 2B201 / Related Controls]; remove [ECCN 2B201.b / Note 3]; add [ECCN "
           "2B201.b.4]"},
          {"7. In Supplement No. 1 to part 774, ECCN 3E001, the License Requirements section is "
           "amended by revising the first row of the table.",
           "? unknown words: 'the first row of the table'"},
      });
}

TEST_CASE("cells of the Country Chart and of the Country Groups are named by row and column",
          "[instruction]") {
  check_all(
      "738",
      {
          {"5. In the entry for “India” in Supplement No. 1 to part 738, removing the “X” from the "
           "NS Column 2 and RS Column 2 columns.",
           "remove words [Supplement No. 1 to Part 738 / India / NS 2] [Supplement No. 1 to Part "
           "738 / India / RS 2] {X|}"},
          {"5. In Supplement No. 1 to part 738, in the row for “Chile,” remove “X” in CB Column 3.",
           "remove words [Supplement No. 1 to Part 738 / Chile / CB 3] {X|}"},
          {"5. In Supplement No. 1 to part 738, remove the “X” in the NS 1, NS 2, and RS 1 columns "
           "for Ukraine.",
           "remove words [Supplement No. 1 to Part 738 / Ukraine / NS 1] [Supplement No. 1 to Part "
           "738 / Ukraine / NS 2] [Supplement No. 1 to Part 738 / Ukraine / RS 1] {X|}"},
          {"5. In Supplement No. 1 to part 738, add an “X” under NP 1 in the entry for “Malta.”",
           "add words [Supplement No. 1 to Part 738 / Malta / NP 1] {|X}"},
          {"5. In Supplement No. 1 to part 738, revise the entries for India and the United Arab "
           "Emirates.",
           "revise [Supplement No. 1 to Part 738 / India] [Supplement No. 1 to Part 738 / United "
           "Arab Emirates]"},
          {"5. In Supplement No. 1 to part 740, in the table for Country Group A, add an “X” in "
           "the [A:6] column in the entry for “Cyprus”.",
           "add words [Supplement No. 1 to Part 740 / Country Group A / Cyprus / [A:6]] {|X}"},
          {"5. In Supplement No. 1 to part 740, in Country Group D, in the entry for “Oman,” "
           "remove the “X” from columns D:3 and D:4.",
           "remove words [Supplement No. 1 to Part 740 / Country Group D / Oman / [D:3]] "
           "[Supplement No. 1 to Part 740 / Country Group D / Oman / [D:4]] {X|}"},
          {"5. In Supplement No. 1 to part 738, remove the “X” in the NS 1 column.",
           "? a column without its row: 'NS 1 column.'"},
          {"5. Supplement No. 1 to part 738 is amended by revising the Commerce Country Chart "
           "entries for Armenia, Bosnia and Herzegovina, and Georgia.",
           "revise [Supplement No. 1 to Part 738 / Armenia] [Supplement No. 1 to Part 738 / Bosnia "
           "and Herzegovina] [Supplement No. 1 to Part 738 / Georgia]"},
          {"5. In Supplement No. 1 to part 738, in the entry for Yemen, an “X” is added in the “MT "
           "1” column.",
           "add words [Supplement No. 1 to Part 738 / Yemen / MT 1] {|X}"},
      });
}

TEST_CASE("paragraphs and notes of a glossary are those of a term", "[instruction]") {
  check_all(
      "772",
      {
          {"6. Section 772.1 is amended by revising paragraph (2) and Note 1 to the definition of "
           "“Alpha device”.",
           "revise [15 CFR 772.1 / Alpha device / (2)] [15 CFR 772.1 / Alpha device / Note 1]"},
          {"6. Section 772.1 is amended by removing the second definition of “Beta device”.",
           "remove [15 CFR 772.1 / Beta device #2]"},
          {"6. In § 772.1, add the definition of “Alpha device” to precede the definition of “Beta "
           "device”.",
           "add [15 CFR 772.1 / Alpha device] (to precede the definition of “Beta device”)"},
          {"6. In § 772.1, revise paragraph (b)(1).", "? a paragraph of no definition"},
          {"6. Section 772.1 is amended by adding Technical Note 2 after Technical Note 1 in the "
           "definition of “Alpha device”.",
           "add [15 CFR 772.1 / Alpha device / Technical Note 2] (after Technical Note 1 in the "
           "definition of “Alpha device”)"},
      });
}

TEST_CASE("a section that is transferred or designated keeps its number, and its part is the "
          "destination's",
          "[instruction]") {
  check_all(
      "738",
      {
          {"2. Section 744.30 is transferred from subpart A to subpart B.",
           "transfer [15 CFR 744.30] -> [15 CFR Part 744 / subpart B] (from subpart A)"},
          {"2. Sections 744.1 and 744.2 are designated as subpart A under the heading “General”.",
           "designate [15 CFR 744.1] [15 CFR 744.2] -> [15 CFR Part 744 / subpart A] (under the "
           "heading “General”)"},
          {"2. In § 740.21, redesignate the second paragraph (b)(2) as paragraph (b)(3).",
           "redesignate [15 CFR 740.21(b)(2) #2] -> [15 CFR 740.21(b)(3)]"},
          {"2. Add subpart C, consisting of §§ 738.20 and 738.21, to part 738 to read as follows:",
           "add [15 CFR Part 738 / subpart C] [15 CFR 738.20] [15 CFR 738.21] (to 15 CFR Part "
           "738)"},
          {"2. In § 738.4, in paragraph (b), add an entry for “Alpha” and remove the entry for "
           "Section 5.1.",
           "add [15 CFR 738.4(b) / Alpha]; remove [15 CFR 738.4(b) / Section 5.1]"},
      });
}

TEST_CASE("instructions of another rule are cited by its page or number", "[instruction]") {
  check_all(
      "744",
      {
          {"5. Amendatory instruction 12 of the rule published at 91 FR 11001, March 6, 2026, is "
           "withdrawn.",
           "withdraw [91 FR 11001] (Amendatory instruction 12)"},
          {"5. In rule document 2026–12345, published March 6, 2026, instruction 4.b is withdrawn.",
           "withdraw [2026-12345] (instruction 4.b)"},
          {"5. The amendment to § 744.23 published at 91 FR 11001 on March 6, 2026, is withdrawn.",
           "withdraw [15 CFR 744.23] (published at 91 FR 11001 on March 6, 2026)"},
          {"5. The effective date of the rule published March 6, 2026 (91 FR 11001), is delayed to "
           "July 6, 2026.",
           "delay [91 FR 11001]"},
          {"5. The effective date of the rule published last spring is delayed to July 6, 2026.",
           "? a rule without page or number: 'rule published last spring is delayed'"},
          {"5. Withdraw amendatory instruction 5.b of FR Doc. 2026–12345, published March 6, 2026, "
           "at 91 FR 11001.",
           "withdraw [2026-12345] (amendatory instruction 5.b)"},
          {"5. The amendments to §§ 744.4 and 744.5 in the final rule published on March 6, 2026 "
           "(91 FR 11001) are withdrawn.",
           "withdraw [15 CFR 744.4] [15 CFR 744.5] (in 91 FR 11001)"},
      });
}

TEST_CASE("a category of the Munitions List is a place, to which the paragraphs behind it belong",
          "[instruction]") {
  check_all(
      "121",
      {
          {"5. Amend § 121.1, by revising the heading to Category IX, revising paragraph (e), and "
           "adding new paragraph (s).",
           "revise [15 CFR 121.1 / Category IX / heading]; revise [15 CFR 121.1 / Category IX / "
           "(e)]; add [15 CFR 121.1 / Category IX / (s)]"},
          {"5. Section 121.1 is amended by revising paragraphs (a)(2) and (h) introductory text in "
           "Category VIII and removing paragraph (e) of Category XI.",
           "revise [15 CFR 121.1 / Category VIII / (a)(2)] [15 CFR 121.1 / Category VIII / "
           "(h)]+intro; remove [15 CFR 121.1 / Category XI / (e)]"},
          {"5. In § 121.1, under Category IV, paragraph (h)(30) is added.",
           "add [15 CFR 121.1 / Category IV / (h)(30)]"},
          {"5. Amend § 121.1 by revising U.S. Munitions List Category VIII paragraph (h)(1) and "
           "Category XI paragraphs (a)(4) and (b).",
           "revise [15 CFR 121.1 / Category VIII / (h)(1)] [15 CFR 121.1 / Category XI / (a)(4)] "
           "[15 CFR 121.1 / Category XI / (b)]"},
          {"5. Section 121.1 is amended by revising U.S. Munitions List Categories IV and XV.",
           "revise [15 CFR 121.1 / Category IV] [15 CFR 121.1 / Category XV]"},
      });
}

TEST_CASE("names behind \"adding\" in a country are entries, words elsewhere are words",
          "[instruction]") {
  check_all(
      "744",
      {{"2. Supplement No. 4 to part 744 is amended under IRAN by adding, in alphabetical "
        "order, “Kavir Ava” and “Kavir Sang”.",
        "add [Supplement No. 4 to Part 744 / IRAN / Kavir Ava] [Supplement No. 4 to Part 744 "
        "/ IRAN / Kavir Sang] (in alphabetical order)"},
       {"2. In Supplement No. 4 to part 744, under IRAN, revise the License Requirement column "
        "for “Kavir Ava” and the License Review Policy column for “Kavir Sang”.",
        "revise [Supplement No. 4 to Part 744 / IRAN / Kavir Ava / License requirement] "
        "[Supplement No. 4 to Part 744 / IRAN / Kavir Sang / License review policy]"},
       {"2. Supplement No. 6 to part 744 is amended by adding an address to “Kavir Ava” under "
        "IRAN.",
        "revise [Supplement No. 6 to Part 744 / IRAN / Kavir Ava] (address)"},
       {"2. In Supplement No. 1 to part 740, Country Group B, add “Cyprus” in alphabetical "
        "order.",
        "add [Supplement No. 1 to Part 740 / Country Group B / Cyprus] (in alphabetical "
        "order)"},
       {"2. In Supplement No. 1 to part 738, add an “X” under CC columns 1 and 3 for "
        "“Malta”.",
        "add words [Supplement No. 1 to Part 738 / Malta / CC 1] [Supplement No. 1 to Part "
        "738 / Malta / CC 3] {|X}"},
       {"2. In Supplement No. 1 to part 738, add an “X” under the usual columns for “Malta”.",
        "? under nothing: 'the usual columns for “Malta”.'"},
       {"2. In § 744.23, in paragraph (a), add “y” immediately following the phrase “x”.",
        "add words [15 CFR 744.23(a)] {|y} (immediately following the phrase “x”)"}});
}

TEST_CASE("a place in front of a comma is where the next place stands", "[instruction]") {
  check_all(
      "774",
      {{"3. In Supplement No. 1 to part 774, ECCN 3A001, “Special Conditions for STA” "
        "section, revise paragraph (1).",
        "revise [ECCN 3A001 / Special Conditions for STA / (1)]"},
       {"3. In Supplement No. 1 to part 740, Country Group D, the entry for “Iraq” is amended "
        "by removing the “X” in column D:2.",
        "remove words [Supplement No. 1 to Part 740 / Country Group D / Iraq / [D:2]] {X|}"},
       {"3. In ECCN 5A002, in the Technical Note 2 following paragraph a.4, “x” is removed.",
        "remove words [ECCN 5A002.a.4 / Technical Note 2] {x|}"},
       {"3. ECCN 3A001 is amended by revising paragraphs 3A001.a.1 and 3A001.b.2.",
        "revise [ECCN 3A001.a.1] [ECCN 3A001.b.2]"},
       {"3. In § 774.1, redesignate paragraph (b) as paragraph (c) and revise it.",
        "redesignate [15 CFR 774.1(b)] -> [15 CFR 774.1(c)]; revise [15 CFR 774.1(c)]"},
       {"3. Effective January 4, 2027, amend § 774.1 by removing paragraph (b), and effective "
        "July 4, 2027, by removing paragraph (c).",
        "? two dates in one instruction"}});
}

TEST_CASE("nothing below an instruction that was not understood is placed by it", "[instruction]") {
  const std::string unread = "2. Frobnicate § 744.5 as follows:";
  CHECK(last_of("744", {unread, "a. Revising paragraph (a);"}) ==
        "? paragraph of an unknown section");
  CHECK(last_of("744", {unread, "a. Revising § 744.6(b);"}) == "revise [15 CFR 744.6(b)]");
  CHECK(last_of("744",
                {unread, "a. Revising § 744.6(b);", "3. Amend § 744.7 by:", "a. Removing it."}) !=
        "remove [15 CFR 744.6(b)]");
  CHECK(last_of("744", {unread, "3. Amend § 744.7 by:", "a. Removing paragraph (c)."}) ==
        "remove [15 CFR 744.7(c)]");
}

TEST_CASE("the heading of a country is remembered in the lines below", "[instruction]") {
  CHECK(last_of("744",
                {"4. Supplement no. 6 to part 744 is amended by:",
                 "a. Adding a heading for TONGA:",
                 "i. Under that heading, adding an entry for “Nuku Trade”;"}) ==
        "add [Supplement No. 6 to Part 744 / TONGA / Nuku Trade]");
}

TEST_CASE("a delay is effective on its new day", "[instruction]") {
  regtrail::federal_register::InstructionContext context;
  context.title = "15";
  const auto delay = regtrail::federal_register::read_instruction(
      "5. The effective date of amendatory instruction 12 of the rule published at 91 FR 11001, "
      "March 6, 2026, is delayed from January 4, 2027, until July 6, 2027.",
      context);
  CHECK(compact(delay) == "delay [91 FR 11001] (amendatory instruction 12)");
  REQUIRE(delay.effective);
  CHECK(delay.effective->to_string() == "2027-07-06");
}

TEST_CASE("an instruction that is corrected is cited by the document that it stands in",
          "[instruction]") {
  regtrail::federal_register::InstructionContext context;
  context.title = "15";
  context.part = "744";
  const std::string text =
      "1. On page 11030, in amendatory instruction 11, “(a)” is corrected to read “(b)”.";
  CHECK(compact(regtrail::federal_register::read_instruction(text, context)) ==
        "correct [15 CFR Part 744 / amendatory instruction 11] {(a)|(b)} (On page 11030)");
  context.corrected = *regtrail::Citation::parse("2026-03111");
  CHECK(compact(regtrail::federal_register::read_instruction(text, context)) ==
        "correct [2026-03111] {(a)|(b)} (On page 11030; amendatory instruction 11)");
}
