"""Both sources through the built binary: which rule made which change of an invented history."""
import json
import pathlib
import unittest

from ecfr_server import History
from federal_register_server import FederalRegisterService, STARTER, document
import harness
from harness import Home, ROOT

FIXTURES = ROOT / "tests/fixtures/causes"
TRUTH = json.loads((FIXTURES / "truth.json").read_text(encoding="utf-8"))
NOW = "2026-05-12"
PARTS = ["744", "774"]


def documents():
    made = []
    for told in TRUTH["documents"]:
        text = {"xml": (FIXTURES / (told["number"] + ".xml")).read_text(encoding="utf-8")} if told["xml"] else {}
        made.append(document(told["number"], told["published"], ("91 FR", told["first"], told["last"]), title=told["title"], dates=told["dates"],
                             effective_on=told["effective_on"], action=told["action"], regulation_id_numbers=told["rins"],
                             cfr_references=[{"title": 15, "part": int(part)} for part in told["parts"]],
                             agencies=[{"name": "Industry and Security Bureau", "slug": "industry-and-security-bureau"}], **text))
    return made


def history():
    texts = {}
    for path in sorted(FIXTURES.glob("part-*.xml")):
        part, date = path.stem[5:].split("_")
        texts.setdefault(part, {})[date] = path.read_text(encoding="utf-8")
    return History(texts)


class Causes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = FederalRegisterService(history(), documents(), fr_today=NOW)
        cls.service.__enter__()
        cls.home = Home(now=NOW)
        cls.home.ok("init")
        cls.first = cls.home.sync(cls.service.url, PARTS)

    @classmethod
    def tearDownClass(cls):
        cls.home.__exit__()
        cls.service.__exit__()

    def changes(self):
        """(date, place) -> the change, of every version of every unit."""
        found = {}
        for part, dates in {told["part"]: None for told in TRUTH["truth"]}.items():
            issues = sorted({told["date"] for told in TRUTH["truth"] if told["part"] == part})
            for before, after in zip(["2026-01-05"] + issues, issues):
                diff = self.home.json("diff", "15 CFR Part " + part, "--from", before, "--to", after)
                for change in diff["changes"]:
                    found[after, change["at"]] = change
        return found

    def test_1_the_first_sync_says_what_it_took(self):
        self.assertEqual(self.first.returncode, 0, self.first.stderr)
        self.assertRegex(self.first.stdout, r"^2026-05-12T00:00:00Z ok ecfr=2026-05-07 fr=2026-05-06 changes=\d+ hits=\d+ ")
        status = {source["source"]: source for source in self.home.json("status")["sources"]}
        self.assertEqual(status["federal-register"]["health"], "healthy")
        self.assertEqual(status["federal-register"]["newest_issue_date"], "2026-05-06")

    def test_2_every_change_has_its_cause(self):
        found = self.changes()
        wrong = []
        for told in TRUTH["truth"]:
            change = found.get((told["date"], told["at"]))
            self.assertIsNotNone(change, told)
            cause = change["cause"]
            if told["document"] is None:
                if "editorial" not in cause["evidence"]:
                    wrong.append((told, cause))
            elif cause["document"] != told["document"]:
                wrong.append((told, cause))
        self.assertEqual([w for w in wrong if w[1]["confidence"] > 0.8], [])
        self.assertEqual(wrong, [])

    def test_3_people_are_told(self):
        history = self.home.ok("history", "744.2(c)").stdout
        self.assertIn("91 FR 4000 (2026-02002)", history)
        self.assertIn("pending: none", history)
        self.assertIn("editorial, no rule", self.home.ok("history", "744.1(c)").stdout)
        self.assertIn("91 FR 8000 (2026-02010)", self.home.ok("diff", "supp. 4 to part 744").stdout)

    def test_4_what_is_to_come(self):
        pending = self.home.json("history", "744.1(a)")["pending"]
        self.assertEqual([(p["document"], p["effective"], p["instruction"]) for p in pending], [("2026-02014", "2026-10-15", "2")])
        self.assertIn("2026-10-15", self.home.ok("history", "744", "--pending").stdout)
        self.assertEqual(self.home.ok("history", "744.2", "--pending").stdout, "none\n")
        self.assertIn("2026-02014", self.home.ok("status").stdout)
        self.assertEqual(len(self.home.json("status")["pending"]), 1)

    def test_5_a_document_by_number_and_by_page(self):
        found = self.home.json("doc", "2026-02002")
        self.assertEqual(found["dates"]["effective"], ["2026-02-05", "2026-03-09"])
        self.assertEqual([i["ordinal"] for i in found["instructions"]], ["1", "2", "3"])
        self.assertEqual(self.home.json("doc", "91 FR 4003")["document_number"], "2026-02002")
        self.assertEqual([d["document_number"] for d in self.home.json("doc", "91 FR 7004")], ["2026-02008", "2026-02009"])
        relations = {(r["kind"], r["target"]) for r in self.home.json("doc", "2026-02005")["relations"]}
        self.assertIn(("delayed by", "2026-02006"), relations)
        self.assertIn("Winches", self.home.ok("doc", "2026-02005").stdout)
        self.assertIn("not in the archive", self.home.ok("doc", "2026-99999", code=2).stderr)

    def test_6_search(self):
        self.assertEqual(self.home.json("search", "switching time")["results"][0]["at"], "ECCN 3B001.c")
        self.assertIn("2026-02005", [r["at"] for r in self.home.json("search", "winches")["results"]])
        old = self.home.json("search", "300 milliseconds", "--on", "2026-02-01")["results"]
        self.assertEqual([r["at"] for r in old if r["at"].startswith("ECCN")], ["ECCN 3B001.c"])
        self.assertEqual([r for r in self.home.json("search", "300 milliseconds")["results"] if r["at"].startswith("ECCN")], [])
        self.assertIn("ECCN 3B001.b", [r["at"] for r in self.home.json("search", "\u30a4\u30aa\u30f3\u6ce8\u5165")["results"]])

    def test_7_a_measure_that_is_printed_nowhere(self):
        number = self.home.ok("doc", "add", "--kind", "press-release", "--date", "2026-05-11", "--title", "Winches: no enforcement",
                              "--about", "744.5(b)", "--text", "The bureau will not enforce the rule.", "--not-enforced").stdout.strip()
        self.assertEqual(number, "M-2026-05-11-winches-no-enforcement")
        self.assertIn("printed, not enforced since 2026-05-11", self.home.ok("show", "744.5(b)").stdout)
        self.assertNotIn("not enforced", self.home.ok("show", "744.1").stdout)
        self.assertEqual(self.home.json("doc", number)["type"], "measure")
        before = self.home.derived()
        self.home.ok("rebuild")
        self.assertEqual(self.home.derived(), before)

    def test_8_a_sync_without_news_asks_each_endpoint_once(self):
        self.service.take_requests()
        before = self.home.derived()
        again = self.home.sync(self.service.url, PARTS)
        self.assertEqual((again.returncode, again.stdout), (0, ""), again.stderr)
        questions = [watch for watch in STARTER["watch"] if "address" not in watch]
        self.assertEqual(len(self.service.take_requests()), 3 + len(questions))  # titles, documents, what is on file
        self.assertEqual(self.home.derived(), before)


if __name__ == "__main__":
    harness.main()
