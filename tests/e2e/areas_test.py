"""Five fields beyond export control, each from the question of a starter watch to the line in the mail."""
import unittest

from ecfr_server import History
from federal_register_server import FederalRegisterService
import harness
from harness import SAMPLE, Home
from watches_test import served

DAY = "2026-10-19"  # published; the mail is of the day after next
PART = "744"

# What the field is, the document, its watch, and the starter category in both languages.
AREAS = [
    ("AI infrastructure and power",
     {"number": "2026-30101", "type": "notice", "agency": "energy-department", "cfr": "",
      "title": "Federal Sites for Data Centers and Their Power; Request for Information",
      "abstract": "The Department asks which of its sites suit data centers with a load greater than 100 megawatts and new transmission lines.",
      "body": "Comments on large loads and high-voltage transmission are invited."},
     "energy-data-centers", "Data-center and power infrastructure", "データセンター・電力インフラ"),
    ("procurement",
     {"number": "2026-30102", "type": "proposed_rule", "agency": "general-services-administration;defense-department", "cfr": "48 CFR 39;48 CFR 52",
      "title": "Federal Acquisition Regulation: Contracts for Large Language Models",
      "abstract": "The councils propose a clause by which a contractor warrants that a large language model follows the unbiased AI principles.",
      "body": "The clause is prescribed at section 39.207."},
     "far-ai-clauses", "Procurement of AI by the federal government", "連邦政府によるAI調達"),
    ("exports program",
     {"number": "2026-30103", "type": "notice", "agency": "international-trade-administration", "cfr": "",
      "title": "American AI Exports Program: Call for Proposals of Consortia",
      "abstract": "Industry consortia may submit full-stack AI export packages.", "body": "Proposals are due within 90 days."},
     "ita-ai-exports", "American AI Exports Program (AI technology stack)", "米国AI輸出プログラム"),
    ("location verification",
     {"number": "2026-30104", "type": "notice", "agency": "national-institute-of-standards-and-technology", "cfr": "",
      "title": "Location Verification of Advanced Chips; Request for Comments on a Profile",
      "abstract": "Comments are sought on chip security and location verification of advanced computing integrated circuits.",
      "body": "The profile is voluntary."},
     "nist-ostp-ai", "Location verification and chip security", "位置検証機能・チップセキュリティ"),
    ("secondary tariffs",
     {"number": "2026-30105", "type": "presidential", "agency": "executive-office-of-the-president", "cfr": "",
      "title": "Duties on Goods of Countries Importing Restricted Semiconductor Tools",
      "abstract": "", "body": "A secondary tariff is laid on articles of countries importing such tools directly or indirectly. Semiconductor products are defined in the annex."},
     "presidential-trade", "Presidential documents on export control, chips and secondary tariffs", "輸出管理・半導体・2次関税に関する大統領文書"),
]


class TheDay(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        documents = [served(serial, {**row, "published": DAY}) for serial, (_, row, _, _, _) in enumerate(AREAS)]
        cls.service = FederalRegisterService(History.from_sample(SAMPLE), documents).__enter__()
        cls.addClassCleanup(cls.service.__exit__)
        cls.service.fr_today = "2026-10-21"
        cls.home = Home().__enter__()
        cls.addClassCleanup(cls.home.__exit__)
        cls.home.ok("init")
        done = cls.home.sync(cls.service.url, [PART])
        assert done.returncode == 0, done.stderr

    def test_each_document_is_listed_by_its_watch_and_is_an_item(self):
        brought = {watch["id"]: [document["id"] for document in watch["brought"]["newest"]] for watch in self.home.json("watch", "list")["watches"]}
        items = {item["id"]: item for item in self.home.json("items")}
        for area, row, watch, _, _ in AREAS:
            with self.subTest(area):
                self.assertIn(row["number"], brought[watch])
                self.assertIn(watch, [hit["category"] for hit in items[row["number"]]["hits"]])
                self.assertLessEqual(items[row["number"]]["severity"], 3)

    def test_each_document_stands_in_the_mail_with_its_field(self):
        for lang in ("en", "ja"):
            lines = " ".join(self.home.ok("digest", "--lang", lang).stdout.split())
            for area, row, _, en, ja in AREAS:
                with self.subTest(area, lang=lang):
                    self.assertIn(row["title"], lines)
                    self.assertIn(en if lang == "en" else ja, lines)


if __name__ == "__main__":
    harness.main()
