"""Watches of the register through a year: four hundred documents of twelve agencies of which thirty matter to somebody."""
import csv
import re
import unittest
import urllib.parse
import xml.sax.saxutils

from ecfr_server import History
from federal_register_server import CODES, FederalRegisterService, document
import harness
from harness import ROOT, SAMPLE, Home

ROWS = ROOT / "tests/diff/relevance/watched_documents.tsv"
WATCHES = ROOT / "tests/diff/relevance/watched_documents.toml"
PART = "744"
# Texts are read for ninety days, at most a hundred a run.
DAYS = ["2026-02-28", "2026-05-20", "2026-08-10", "2026-09-30"]
TYPES = {"rule": "RULE", "proposed_rule": "PRORULE", "notice": "NOTICE", "presidential": "PRESDOCU"}

XML = """<%(tag)s><PREAMB><PRTPAGE P="%(page)d"/><AGENCY TYPE="S">%(agency)s</AGENCY><SUBJECT>%(title)s</SUBJECT>
<SUM><HD SOURCE="HED">SUMMARY:</HD><P>%(abstract)s</P></SUM></PREAMB><SUPLINF><HD SOURCE="HED">SUPPLEMENTARY INFORMATION:</HD><P>%(body)s</P></SUPLINF>
<FRDOC>[FR Doc. %(number)s Filed 1-2-26; 8:45 am]</FRDOC></%(tag)s>"""
PRESIDENTIAL = """<PRESDOCU><PROCLA><TITLE3>Title 3&#x2014;</TITLE3><PRES>The President</PRES><PROC>Proclamation %(serial)d of %(day)s</PROC><HD SOURCE="HED">%(title)s</HD>
<PRES>By the President of the United States of America</PRES><PROC>A Proclamation</PROC><FP>%(body)s</FP><FRDOC>[FR Doc. %(number)s Filed 1-2-26; 8:45 am]</FRDOC></PROCLA></PRESDOCU>"""

LAW = """<?xml version="1.0"?>
<DIV5 N="744" TYPE="PART"><HEAD>PART 744&#x2014;END USES</HEAD><DIV8 N="744.2" TYPE="SECTION"><HEAD>&#xA7; 744.2 Kilns.</HEAD>
<P>(a) No person may export a kiln without a license.</P></DIV8></DIV5>"""
ISSUE = "2026-01-05"

CONFIGURATION = """[sync]
parts = ["744"]
[register]
watches = "watches.toml"
"""


def rows():
    with open(ROWS, encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def agency(slug):
    name = " ".join(word.capitalize() for word in slug.split("-"))
    return {"raw_name": name.upper(), "name": name, "slug": slug}


def listed(cell):
    return [word for word in (cell or "").split(";") if word]


def served(serial, row):
    """A document of the service made of a row."""
    agencies = [agency(slug) for slug in listed(row["agency"])]
    code = TYPES[row["type"]]
    text = {key: xml.sax.saxutils.escape(row[key] or "") for key in ("title", "abstract", "body")}
    text.update({"tag": code.replace("PRESDOCU", "NOTICE"), "page": 100 + serial, "number": row["number"], "agency": agencies[-1]["raw_name"],
                 "serial": 10000 + serial, "day": row["published"]})
    made = document(row["number"], row["published"], ("91 FR", 100 + serial, 100 + serial), type=CODES[code], title=row["title"],
                    abstract=row["abstract"] or None, agencies=agencies,
                    cfr_references=[{"title": int(title), "part": part} for title, part in (place.split(" CFR ") for place in listed(row["cfr"]))],
                    xml=(PRESIDENTIAL if code == "PRESDOCU" else XML) % text)
    if code == "PRESDOCU":
        made.update(subtype="Proclamation", proclamation_number=str(10000 + serial))
    return made


class TheYear(unittest.TestCase):
    """One archive through the year; the steps are tests of their own, in the order of their names."""

    @classmethod
    def setUpClass(cls):
        cls.rows = rows()
        cls.watches = re.findall(r'(?m)^id = "([^"]+)"', WATCHES.read_text(encoding="utf-8"))
        # A watch of several places of the Code is a question for each.
        cls.questions = sum(max(1, line.count(" CFR")) for line in WATCHES.read_text(encoding="utf-8").split("[[watch]]")[1:])
        cls.service = FederalRegisterService(History({PART: {ISSUE: LAW}}), [served(i, row) for i, row in enumerate(cls.rows)],
                                             agencies={slug for row in cls.rows for slug in listed(row["agency"])}).__enter__()
        cls.addClassCleanup(cls.service.__exit__)
        cls.home = Home().__enter__()
        cls.addClassCleanup(cls.home.__exit__)
        cls.home.ok("init")
        (cls.home.folder / "watches.toml").write_text(WATCHES.read_text(encoding="utf-8"), encoding="utf-8")
        cls.home.configure(CONFIGURATION)

    def sync(self, day, code=0):
        """What a run on `day` says on standard error, and which requests it made of the Federal Register."""
        self.service.fr_today = day
        self.service.advance_to(ISSUE, day)
        self.service.take_requests()
        self.home.environment["REGTRAIL_NOW"] = day + "T12:00:00Z"
        done = self.home.sync(self.service.url, [PART])
        self.assertEqual(done.returncode, code, done.stderr)
        asked = [urllib.parse.unquote(path) for path, _, _ in self.service.take_requests()]
        return done.stderr, [path for path in asked if "/www.federalregister.gov/" in path]

    def told(self):
        """By document, the entries that it hits and the severity of the item."""
        return {item["id"]: ({hit["category"] for hit in item["hits"]}, item["severity"]) for item in self.home.json("items", "--all") if item["hits"]}

    def test_01_every_watch_asks_for_what_the_service_can_find(self):
        for day in DAYS:
            _, asked = self.sync(day)
        self.assertIn('conditions[term]="location verification"|"location verifications"|"chip security"|"chip securities"',
                      next(path for path in asked if "chip security" in path))
        documents = self.home.json("status")["documents"]
        matters = sum(row["matters"] == "yes" for row in self.rows)
        self.assertGreaterEqual(documents, matters)
        self.assertLess(documents, len(self.rows))

    def test_02_what_matters_is_told_by_the_watch_that_is_for_it_and_little_else(self):
        told = self.told()
        for row in self.rows:
            if row["matters"] == "yes":
                for wanted in listed(row["must"]):
                    self.assertIn(wanted, told.get(row["number"], (set(),))[0], row)
        others = sorted(set(told) - {row["number"] for row in self.rows if row["matters"] == "yes"})
        self.assertLessEqual(len(others), 10, others)

    def test_03_nothing_of_another_agency_is_grave(self):
        self.assertEqual({number: severity for number, (_, severity) in self.told().items() if severity > 3}, {})

    def test_04_a_quiet_poll_is_one_request_a_question(self):
        _, asked = self.sync(DAYS[-1])
        usual = [path for path in asked if "public-inspection" in path or "[]=industry-and-security-bureau" in path]
        self.assertEqual(len(usual), 2)
        self.assertEqual(len(asked) - len(usual), self.questions, asked)
        self.assertTrue(all("[gte]=2026-09-19" in path for path in asked if "documents.json" in path), asked)

    def test_05_a_new_document_is_a_step_of_the_next_run(self):
        row = {"number": "2026-29999", "published": "2026-10-01", "agency": "energy-department", "type": "notice", "cfr": "",
               "title": "Loads of Data Centers; Request for Information", "abstract": "The Department asks about large loads.", "body": "Answers are due soon."}
        self.service.documents.append(served(900, row))
        self.sync("2026-10-01")
        self.assertIn("infra-power", self.told()["2026-29999"][0])

    def test_06_a_rebuild_gives_the_same(self):
        items, derived = self.home.json("items", "--all"), self.home.derived()
        self.home.ok("rebuild")
        self.assertEqual(self.home.derived(), derived)
        self.assertEqual(self.home.json("items", "--all"), items)
        self.home.ok("verify")

    def test_07_an_agency_that_does_not_exist_is_told_by_name_and_the_other_watches_go_on(self):
        file = self.home.folder / "watches.toml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('agencies = ["treasury-department"]', 'agencies = ["treasury-departement"]'), encoding="utf-8")
        words, asked = self.sync("2026-10-02", code=3)
        self.assertIn("watch outbound: the Federal Register does not take the question", words)
        self.assertIn("check the agency 'treasury-departement'", words)
        self.assertIn("regtrail register watches edit outbound", words)
        self.assertEqual(len([path for path in asked if "documents.json" in path and "industry-and-security" not in path]), self.questions)
        self.assertEqual([source["health"] for source in self.home.json("status")["sources"] if source["source"] == "federal-register"], ["healthy"])
        file.write_text(text, encoding="utf-8")
        words, asked = self.sync("2026-10-02")
        self.assertEqual(words, "")
        self.assertEqual([path.count("[gte]=2025-10-02") for path in asked if "31" in path and "[cfr]" in path], [1])

    def test_08_a_watch_that_is_not_enabled_asks_nothing(self):
        file = self.home.folder / "watches.toml"
        file.write_text(file.read_text(encoding="utf-8").replace('id = "outbound"', 'id = "outbound"\nenabled = false'), encoding="utf-8")
        _, asked = self.sync("2026-10-02")
        self.assertEqual([path for path in asked if "[cfr][title]=31" in path], [])


class TheMirror(unittest.TestCase):
    def test_a_folder_that_never_held_the_answer_of_a_watch_is_silent(self):
        with Home() as home:
            home.ok("init")
            home.configure(CONFIGURATION)
            (home.folder / "watches.toml").write_text(WATCHES.read_text(encoding="utf-8"), encoding="utf-8")
            done = home.sync(SAMPLE, [PART])
            self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    harness.main()
