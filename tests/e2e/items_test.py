"""A rule from its filing to the Code, and a proposal that is withdrawn: each step is an item's once, and is mailed once."""
import json
import sqlite3
import unittest

from ecfr_server import History
from federal_register_server import FederalRegisterService, document
import harness
from harness import Home, Mailbox
from main_job_test import bodies, configuration

RULE, DELAY, CORRECTION = "2026-03100", "2026-03250", "2026-03290"
PROPOSAL, WITHDRAWAL = "2026-03110", "2026-03260"

CATEGORIES = """schema_version = 1
[[category]]
id = "glove-boxes"
label_en = "Glove boxes"
label_ja = "\u30b0\u30ed\u30fc\u30d6\u30dc\u30c3\u30af\u30b9"
group = "lab"
terms_en = ["glove box"]
cfr = ["744.2"]
[[group]]
id = "lab"
label_en = "Laboratory"
label_ja = "\u5b9f\u9a13\u5ba4"
"""

PART = """<?xml version="1.0"?>
<DIV5 N="744" TYPE="PART"><HEAD>PART 744&#x2014;END USES</HEAD>
<AUTH><HED>Authority:</HED><PSPACE>50 U.S.C. 4801-4852.</PSPACE></AUTH>
<DIV8 N="744.2" TYPE="SECTION"><HEAD>&#xA7; 744.2 Glove boxes.</HEAD>
<P>(a) No person may export a glove box with a leak rate below %s pascal without a license.</P>
<P>(b) Paragraph (a) of this section does not apply to a glove box that is made of glass only.</P>
<P>(c) A report is due at the bureau within %s days after the glove box has been shipped.</P>
<CITA TYPE="N">[61 FR 12802, Mar. 25, 1996%s]</CITA></DIV8></DIV5>"""

# The day of filing that the printed text gives is not that of the list of filings, as it happens.
TEXT = """<%(tag)s><PREAMB><PRTPAGE P="%(page)d"/><AGENCY TYPE="S">DEPARTMENT OF COMMERCE</AGENCY><SUBAGY>Bureau of Industry and Security</SUBAGY>
<CFR>15 CFR Part 744</CFR><RIN>RIN %(rin)s</RIN><SUBJECT>%(title)s</SUBJECT>
<ACT><HD SOURCE="HED">ACTION:</HD><P>%(action)s</P></ACT><SUM><HD SOURCE="HED">SUMMARY:</HD><P>%(summary)s</P></SUM>
<EFFDATE><HD SOURCE="HED">DATES:</HD><P>%(dates)s</P></EFFDATE></PREAMB>
<SUPLINF><HD SOURCE="HED">SUPPLEMENTARY INFORMATION:</HD><P>The part is amended as follows.</P>%(amendments)s</SUPLINF>
<FRDOC>[FR Doc. %(number)s Filed 3-1-26; 8:45 am]</FRDOC></%(tag)s>"""

AMENDMENTS = """<REGTEXT TITLE="15" PART="744"><AMDPAR>1. In &#xA7; 744.2, revise paragraph (a) to read as follows:</AMDPAR>
<SECTION><SECTNO>&#xA7; 744.2 </SECTNO><SUBJECT>Glove boxes.</SUBJECT><P>(a) No person may export a glove box with a leak rate below 20 pascal without a license.</P><STARS/></SECTION></REGTEXT>
<REGTEXT TITLE="15" PART="744"><AMDPAR>2. Effective May 4, 2026, in &#xA7; 744.2, revise paragraph (c) to read as follows:</AMDPAR>
<SECTION><SECTNO>&#xA7; 744.2 </SECTNO><SUBJECT>Glove boxes.</SUBJECT><STARS/><P>(c) A report is due at the bureau within 30 days after the glove box has been shipped.</P></SECTION></REGTEXT>
<REGTEXT TITLE="15" PART="744"><AMDPAR>3. Turn the page of &#xA7; 744.2 over with care.</AMDPAR></REGTEXT>"""


def made(number, published, page, title, action, dates, amendments="", rin="0694-AZ90", summary="Glove boxes are looked at.", **more):
    proposed = action.startswith("Proposed")
    text = TEXT % {"tag": "PRORULE" if proposed else "RULE", "page": page, "rin": rin, "title": title, "action": action, "summary": summary, "dates": dates,
                   "amendments": amendments, "number": number}
    return document(number, published, ("91 FR", page, page + 2), title=title, action=action, dates=dates, abstract=summary,
                    type="Proposed Rule" if proposed else "Rule", regulation_id_numbers=[rin], cfr_references=[{"title": 15, "part": 744}], xml=text, **more)


def steps(item):
    return [(step["step"], step["date"], step["document"]) for step in item["steps"]]


class TheStory(unittest.TestCase):
    """One archive through the spring of 2026; the days are tests of their own, in the order of their names."""

    @classmethod
    def setUpClass(cls):
        history = History({"744": {"2026-01-05": PART % (5, 90, ""), "2026-04-09": PART % (20, 90, ", as amended at 91 FR 9000, Mar. 3, 2026"),
                                   "2026-05-06": PART % (20, 30, ", as amended at 91 FR 9000, Mar. 3, 2026")}})
        cls.rule = made(RULE, "2026-03-03", 9000, "Controls on Glove Boxes", "Final rule.",
                        "This rule is effective March 16, 2026, except for amendatory instruction 2, which is effective May 4, 2026.", AMENDMENTS,
                        inspection=True)
        cls.service = FederalRegisterService(history, [cls.rule]).__enter__()
        cls.addClassCleanup(cls.service.__exit__)
        cls.mailbox = Mailbox().__enter__()
        cls.addClassCleanup(cls.mailbox.__exit__)
        cls.home = Home().__enter__()
        cls.addClassCleanup(cls.home.__exit__)
        cls.home.ok("init")
        cls.home.configure(configuration(cls.mailbox.port, ["744"]))
        (cls.home.folder / "categories.toml").write_text(CATEGORIES, encoding="utf-8")
        cls.mails = 0

    def day(self, date, issue=None):
        """What a run on `date` mails; None where it mails nothing."""
        self.service.fr_today = date
        self.service.advance_to(issue or "2026-01-05", date)
        self.home.environment["REGTRAIL_NOW"] = date + "T12:00:00Z"
        done = self.home.sync(self.service.url, ["744"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.home.ok("digest", "--send")
        self.home.ok("digest", "--send")
        messages = self.mailbox.messages()[self.__class__.mails:]
        self.assertLessEqual(len(messages), 1)
        self.__class__.mails += len(messages)
        return bodies(messages[0])[0] if messages else None

    def items(self):
        return {item["id"]: item for item in self.home.json("items")}

    def test_01_a_filing_is_an_item_on_the_day_on_which_it_is_filed(self):
        mail = self.day("2026-03-02")
        item = self.items()[RULE]
        self.assertEqual((item["station"], steps(item)), ("filed", [("filed", "2026-03-02", RULE)]))
        self.assertEqual([(hit["category"], hit["entry"]) for hit in item["hits"]], [("glove-boxes", "category")])
        self.assertIn("filed Mar 2", mail)

    def test_02_its_publication_is_a_step_of_the_same_item(self):
        self.rule["inspection"] = False
        self.service.documents.append(made(PROPOSAL, "2026-03-03", 9100, "Glove Boxes for Schools", "Proposed rule.", "Comments are due April 2, 2026.",
                                           rin="0694-AZ91"))
        mail = self.day("2026-03-03")
        items = self.items()
        self.assertEqual(sorted(items), [RULE, PROPOSAL])
        self.assertEqual([s[0] for s in steps(items[RULE])], ["filed", "published"])
        self.assertEqual((items[PROPOSAL]["station"], steps(items[PROPOSAL])[-1][:2]), ("proposed", ("proposed", "2026-03-03")))
        self.assertEqual(items[RULE]["dates"]["effective"], ["2026-03-16", "2026-05-04"])
        self.assertIn("Turn the page", " ".join(items[RULE]["checks"]))
        self.assertIn("published Mar 3", mail)
        self.assertNotIn("filed Mar 2", mail)

    def test_02a_what_it_will_do_is_said_against_the_text_in_force(self):
        effects = {effect["at"]: effect for effect in self.items()[RULE]["effects"] if effect["change"]}
        self.assertEqual(sorted(effects), ["15 CFR 744.2(a)", "15 CFR 744.2(c)"])
        first = effects["15 CFR 744.2(a)"]
        self.assertEqual((first["outcome"], first["instruction"]), ("compared", "1"))
        self.assertEqual([run for run in first["change"]["words"] if run[0] != "="], [["-", "5"], ["+", "20"]])
        shown = self.home.ok("doc", RULE, "--effect").stdout
        self.assertIn("[-5-]{+20+}", shown)
        self.assertIn("1 not compared", shown)

    def test_03_a_run_without_news_mails_nothing(self):
        self.assertIsNone(self.day("2026-03-04"))

    def test_04_each_day_of_effect_is_a_step_with_its_instructions(self):
        mail = self.day("2026-03-16")
        self.assertEqual([(s["date"], s["instructions"]) for s in self.items()[RULE]["steps"] if s["step"] == "in_force"], [("2026-03-16", ["1", "3"])])
        self.assertIn("News in force Mar 16", mail)
        self.assertNotIn(PROPOSAL, mail.split("Dates and deadlines ahead")[0])

    def test_05_a_delay_and_a_withdrawal_are_steps_and_no_items(self):
        self.service.documents.append(made(DELAY, "2026-03-20", 9500, "Controls on Glove Boxes; Delay of Effective Date",
                                           "Final rule; delay of effective date.",
                                           "As of March 20, 2026, the effective date of amendatory instruction 2 of the rule published March 3, 2026, at 91 FR 9000, "
                                           "is delayed until May 5, 2026."))
        self.service.documents.append(made(WITHDRAWAL, "2026-03-20", 9520, "Glove Boxes for Schools; Withdrawal", "Proposed rule; withdrawal.",
                                           "The proposed rule published March 3, 2026, at 91 FR 9100, is withdrawn as of March 20, 2026.", rin="0694-AZ91"))
        mail = self.day("2026-03-20")
        items = self.items()
        self.assertEqual(sorted(items), [RULE, PROPOSAL])
        self.assertIn(("delayed", "2026-03-20", DELAY), steps(items[RULE]))
        self.assertEqual((items[RULE]["station"], items[RULE]["marks"]), ("in_force", ["delayed"]))
        self.assertEqual(items[RULE]["dates"]["effective"], ["2026-03-16", "2026-05-05"])
        self.assertEqual((items[PROPOSAL]["station"], items[PROPOSAL]["marks"]), ("proposed", ["withdrawn"]))
        self.assertIn("delayed Mar 20 (91 FR 9500 <https://www.federalregister.gov/d/%s>)" % DELAY, mail)
        self.assertRegex(mail, r"withdrawn Mar 20 \(91 FR \d+ <https://www.federalregister.gov/d/%s>\)" % WITHDRAWAL)

    def test_06_a_correction_is_a_step(self):
        self.service.documents.append(made(CORRECTION, "2026-03-25", 9600, "Controls on Glove Boxes; Correction", "Final rule; correction.",
                                           "This correction is effective March 25, 2026.",
                                           summary="This document corrects the final rule published on March 3, 2026, at 91 FR 9000 (FR Doc. %s)." % RULE))
        mail = self.day("2026-03-25")
        self.assertEqual(self.items()[RULE]["marks"], ["corrected", "delayed"])
        self.assertIn("corrected Mar 25 (91 FR 9600 <https://www.federalregister.gov/d/%s>)" % CORRECTION, mail)

    def test_07_the_changes_of_the_code_belong_to_the_item(self):
        mail = self.day("2026-04-10", issue="2026-04-09")
        item = self.items()[RULE]
        self.assertEqual((item["station"], item["dates"]["ecfr"]), ("codified", "2026-04-09"))
        self.assertEqual([change["change"]["id"] for change in self.home.json("changes")], item["changes"])
        self.assertIn("§ 744.2(a)", mail)
        self.assertEqual(len(self.items()), 2)

    def test_07a_what_the_code_shows_is_as_set_out(self):
        effects = self.home.json("doc", RULE, "--effect")["effects"]
        self.assertEqual([(e["at"], e["outcome"]) for e in effects if e["change"]], [("15 CFR 744.2(a)", "as_set_out"), ("15 CFR 744.2(c)", "compared")])

    def test_08_the_second_day_of_effect_and_its_text(self):
        mail = self.day("2026-05-07", issue="2026-05-06")
        item = self.items()[RULE]
        self.assertEqual([s for s in steps(item) if s[0] in ("in_force", "codified")],
                         [("in_force", "2026-03-16", RULE), ("codified", "2026-04-09", None), ("in_force", "2026-05-05", RULE), ("codified", "2026-05-06", None)])
        self.assertIn("§ 744.2(c)", mail)
        self.assertNotIn("§ 744.2(a)", mail.split("Dates and deadlines ahead")[0])

    def test_09_each_step_was_mailed_once(self):
        with sqlite3.connect(self.home.database) as archive:
            told = archive.execute("SELECT at, step, issue_date FROM told WHERE unit = ? ORDER BY issue_date, step", [RULE]).fetchall()
        self.assertEqual(told, sorted(told, key=lambda t: (t[2], t[1])))
        self.assertEqual([t[:2] for t in told], [(RULE, "filed"), (RULE, "published"), (RULE, "in_force"), (DELAY, "delayed"), (CORRECTION, "corrected"),
                                                 (RULE, "codified"), (RULE, "in_force"), (RULE, "codified")])
        self.assertEqual(self.home.json("status")["outbox"]["sent"], 7)
        self.assertIsNone(self.day("2026-05-08", issue="2026-05-06"))

    def test_10_a_rebuild_tells_nothing_again(self):
        before = self.home.json("items")
        self.home.ok("rebuild")
        self.assertEqual(self.home.json("items"), before)
        self.home.ok("verify")
        self.home.ok("digest", "--send")
        self.assertEqual(len(self.mailbox.messages()), self.mails)

    def test_11_what_is_asked_for_is_what_is_listed(self):
        self.assertEqual([item["id"] for item in self.home.json("items", "--since", "2026-04-01")], [RULE])
        self.assertEqual([item["id"] for item in self.home.json("items", "--min-severity", "5", "--direction", "tightened")], [RULE])
        self.assertEqual(self.home.json("items", "--direction", "loosened"), [])
        self.assertEqual([item["id"] for item in json.loads(self.home.ok("items", "--category", "glove-boxes", "--kind", "revised", "--json").stdout)], [RULE])
        table = self.home.ok("items", "--csv").stdout.splitlines()
        self.assertEqual([row.split(",")[0] for row in table[1:]], ['"%s"' % RULE, '"%s"' % PROPOSAL])
        self.assertIn("no 'glove-box' in the register", self.home.ok("items", "--category", "glove-box", code=2).stderr)


if __name__ == "__main__":
    harness.main()
