"""A year in which a stay, a note of the control list and a general license run out: each is told before and on its day, once."""
import datetime
import json
import re
import sqlite3
import unittest

from ecfr_server import History
from federal_register_server import FederalRegisterService, document
import harness
from harness import Home, Mailbox
from main_job_test import bodies

CONFIGURATION = """
[http]
contact = "tests@example.co.jp"
[sync]
parts = ["736", "744", "774"]
[smtp]
url = "smtp://127.0.0.1:%d"
from = "regtrail <regtrail@example.co.jp>"
security = "none"
[[subscriber]]
name = "london"
to = "london@example.com"
lang = "en"
[[subscriber]]
name = "osaka"
to = "osaka@example.co.jp"
lang = "ja"
"""

CATEGORIES = """schema_version = 1
[[category]]
id = "looms"
label_en = "Looms"
label_ja = "\u7e54\u6a5f"
group = "lab"
terms_en = ["loom"]
cfr = ["744.5"]
[[group]]
id = "lab"
label_en = "Laboratory"
label_ja = "\u5b9f\u9a13\u5ba4"
"""

PARTS = {
    "736": """<DIV5 N="736" TYPE="PART"><HEAD>PART 736&#x2014;GENERAL PROHIBITIONS</HEAD>
<DIV9 N="Supplement No. 1 to Part 736" TYPE="APPENDIX"><HEAD>Supplement No. 1 to Part 736&#x2014;General Orders</HEAD>
<P>(a) <I>General Order No. 8.</I> A temporary general license lets a maker of looms ship spare parts through October 15, 2026.</P></DIV9></DIV5>""",
    "744": """<DIV5 N="744" TYPE="PART"><HEAD>PART 744&#x2014;END USES</HEAD>
<DIV8 N="744.5" TYPE="SECTION"><HEAD>&#xA7; 744.5 Looms.</HEAD>
<P>(a) No person may export a loom to an affiliate of a listed party without a license.</P>
<P>(b) A loom made before January 5, 2019 is not subject to this section as of March 1, 2027.</P>
<CITA TYPE="N">[61 FR 12802, Mar. 25, 1996, as amended at 90 FR 50857, Nov. 12, 2025]</CITA>
<EFFDNOT><HED>Effective Date Note:</HED><PSPACE>At 90 FR 50857, Nov. 12, 2025, in &#xA7; 744.5, paragraph (a) was stayed, effective until Nov. 9, 2026.</PSPACE></EFFDNOT>
</DIV8></DIV5>""",
    "774": """<DIV5 N="774" TYPE="PART"><HEAD>PART 774&#x2014;THE COMMERCE CONTROL LIST</HEAD>
<DIV9 N="Supplement No. 1 to Part 774" TYPE="APPENDIX"><HEAD>Supplement No. 1 to Part 774&#x2014;The Commerce Control List</HEAD>
<FP-2><B>3A090 Weaving circuits as follows (see List of Items Controlled).</B></FP-2>
<FP-1><I>Reason for Control:</I> RS, AT</FP-1>
<FP><I>Items:</I></FP>
<P>a. Circuits that drive a loom at 4800 picks or more.</P>
<NOTE><HED><I>Note 1 to 3A090.a:</I></HED><P><I>Prior to December 31, 2026, authorized designers of a loom circuit include all designers; later only those that have applied.</I></P></NOTE>
</DIV9></DIV5>""",
}
STAY, NOTE, LICENSE = "15 CFR 744.5(a)", "ECCN 3A090.a / Note 1", "Supplement No. 1 to Part 736"
ENDS = {"stay ends": "2026-11-09", "day in the text": "2026-12-31", "expires": "2026-10-15"}


class AYear(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        history = History({part: {"2026-02-02": '<?xml version="1.0"?>\n' + text} for part, text in PARTS.items()})
        cls.service = FederalRegisterService(history, [], fr_today="2026-02-09").__enter__()
        cls.addClassCleanup(cls.service.__exit__)
        cls.mailbox = Mailbox().__enter__()
        cls.addClassCleanup(cls.mailbox.__exit__)
        cls.home = Home().__enter__()
        cls.addClassCleanup(cls.home.__exit__)
        cls.home.ok("init")
        cls.home.configure(CONFIGURATION % cls.mailbox.port)
        (cls.home.folder / "categories.toml").write_text(CATEGORIES, encoding="utf-8")

    def run_on(self, day):
        self.service.fr_today = day
        self.service.advance_to("2026-02-02", day)
        self.home.environment["REGTRAIL_NOW"] = day + "T12:00:00Z"
        done = self.home.sync(self.service.url, list(PARTS))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.home.ok("digest", "--send")

    def told(self):
        with sqlite3.connect(self.home.database) as archive:
            return archive.execute("SELECT subscriber, at, step, issue_date FROM told WHERE step LIKE 'due%' ORDER BY 1, 4, 2").fetchall()

    def test_1_the_calendar_lists_every_day_once(self):
        self.run_on("2026-02-09")
        found = self.home.json("calendar", "--from", "2026-02-09", "--to", "2027-12-31")["entries"]
        self.assertEqual([(each["day"], each["kind"], each["at"]) for each in found],
                         [("2026-10-15", "expires", found[0]["at"]), ("2026-11-09", "stay_ends", STAY), ("2026-12-31", "text_ends", found[2]["at"])])
        self.assertTrue(found[0]["at"].startswith(LICENSE), found)
        self.assertTrue(found[2]["at"].startswith("ECCN 3A090"), found)
        self.assertEqual({hit["category"] for each in found for hit in each["hits"]}, {"looms"})
        self.assertEqual(found[1]["hits"][0]["severity"], 3)
        self.assertEqual(found[2]["hits"][0]["severity"], 2)
        self.assertEqual(self.home.json("items", "--since", "2026-02-03"), [])
        table = self.home.ok("calendar", "--to", "2026-12-31").stdout
        self.assertIn("2026-11-09", table)
        self.assertIn("3 days from 2026-02-09 to 2026-12-31", table)

    def test_2_each_end_is_told_three_times_and_each_time_once(self):
        days = {datetime.date(2026, month, 2) for month in range(3, 13)} | {datetime.date(2027, 2, 1)}
        days |= {datetime.date.fromisoformat(end) - datetime.timedelta(days=before)
                 for end in ENDS.values() for before in (31, 30, 29, 8, 7, 6, 1, 0, -1, -7)}
        for day in sorted(days):
            self.run_on(day.isoformat())
        steps = {"due_30": 30, "due_7": 7, "due": 0}
        wanted = sorted((name, step, (datetime.date.fromisoformat(end) - datetime.timedelta(days=before)).isoformat())
                        for name in ("london", "osaka") for end in ENDS.values() for step, before in steps.items())
        self.assertEqual(sorted((name, step, issue) for name, _, step, issue in self.told()), wanted)
        texts = {"london": [], "osaka": []}
        for message in self.mailbox.messages():
            texts["london" if "london" in message["To"] else "osaka"].append(bodies(message)[0])
        english = " ".join(texts["london"])
        for kind, end in ENDS.items():
            self.assertEqual(re.findall(r"1\. (In 30 days|In 7 days|Today): %s %s" % (kind, end), english), ["In 30 days", "In 7 days", "Today"], kind)
        japanese = re.sub(r"\s", "", " ".join(texts["osaka"]))
        for kind, end in (("\u9069\u7528\u505c\u6b62\u306e\u7d42\u4e86", "2026\u5e7411\u67089\u65e5"), ("\u5931\u52b9", "2026\u5e7410\u670815\u65e5")):
            self.assertEqual(re.findall(r"1\.(\u3042\u306830\u65e5|\u3042\u30687\u65e5|\u672c\u65e5)\uff1a" + kind + " ?" + end, japanese),
                             ["\u3042\u306830\u65e5", "\u3042\u30687\u65e5", "\u672c\u65e5"], kind)
        self.assertIn("applies again unless prolonged; the eCFR of 2026-02-02 says", " ".join(self.home.ok("items").stdout.split()))

    def test_3_a_rebuild_tells_nothing_again(self):
        before, told = self.home.json("items"), self.told()
        mails = len(self.mailbox.messages())
        self.home.ok("rebuild")
        self.home.ok("verify")
        self.home.ok("digest", "--send")
        self.assertEqual((self.home.json("items"), self.told(), len(self.mailbox.messages())), (before, told, mails))


# Order, document, page, signed, published, days of its tasks, what it revokes.
ORDERS = [("13859", "2019-02544", "84 FR 3967", "2019-02-11", "2019-02-14", [90, 120, 180], []),
          ("13960", "2020-27065", "85 FR 78939", "2020-12-03", "2020-12-08", [60, 180], []),
          ("14007", "2021-02176", "86 FR 7615", "2021-01-27", "2021-02-01", [], []),
          ("14094", "2023-07760", "88 FR 21879", "2023-04-06", "2023-04-11", [], []),
          ("14110", "2023-24283", "88 FR 75191", "2023-10-30", "2023-11-01", [90, 540], []),
          ("14148", "2025-01901", "90 FR 8237", "2025-01-20", "2025-01-28", [], ["14007", "14094", "14110"]),
          ("14179", "2025-02172", "90 FR 8741", "2025-01-23", "2025-01-31", [60, 180], []),
          ("14275", "2025-06839", "90 FR 16447", "2025-04-15", "2025-04-18", [15, 20, 180], []),
          ("14277", "2025-07368", "90 FR 17519", "2025-04-23", "2025-04-28", [90, 120], []),
          ("14318", "2025-14212", "90 FR 35385", "2025-07-23", "2025-07-28", [10, 30, 180], []),
          ("14319", "2025-14217", "90 FR 35389", "2025-07-23", "2025-07-28", [120], []),
          ("14320", "2025-14218", "90 FR 35393", "2025-07-23", "2025-07-28", [90], [])]
ORDER_TEXT = """<PRESDOCU><EXECORD><PRES>The President<PRTPAGE P="%s"/></PRES><EXECORDR>Executive Order %s of %s</EXECORDR>
<HD SOURCE="HED">Order on Looms</HD><FP>It is hereby ordered:</FP>%s
<FRDOC>[FR Doc. %s Filed 1-1-19; 8:45 am]</FRDOC></EXECORD></PRESDOCU>"""


def long_day(iso):
    day = datetime.date.fromisoformat(iso)
    return "%s %d, %d" % (day.strftime("%B"), day.day, day.year)


def order(number, document_number, page, signed, published, tasks, revoked):
    signed_of = {each[0]: long_day(each[3]) for each in ORDERS}
    words = "".join("<FP>Within %d days of the date of this order, the Secretary of Commerce shall count the looms.</FP>" % days for days in tasks)
    words += "".join("<FP>Executive Order %s of %s (Looms) is hereby revoked.</FP>" % (each, signed_of[each]) for each in revoked)
    series, first = page.rsplit(" ", 1)
    return document(document_number, published, (series, int(first), int(first) + 3), type="Presidential Document", subtype="Executive Order",
                    title="Order %s on Looms" % number, executive_order_number=number, signing_date=signed, agencies=[], action=None,
                    xml=ORDER_TEXT % (first, number, long_day(signed), words, document_number))


class Orders(unittest.TestCase):
    def test_tasks_are_counted_from_the_signing_and_shown_as_revoked_from_the_revocation_on(self):
        history = History({"736": {"2026-02-02": '<?xml version="1.0"?>\n' + PARTS["736"]}})
        service = FederalRegisterService(history, [order(*each) for each in ORDERS], fr_today="2026-02-09").__enter__()
        self.addCleanup(service.__exit__)
        home = Home().__enter__()
        self.addCleanup(home.__exit__)
        home.ok("init")
        home.configure('[sync]\nparts = ["736"]\n')
        (home.folder / "categories.toml").write_text(CATEGORIES, encoding="utf-8")
        service.advance_to("2026-02-02", "2026-02-09")
        home.environment["REGTRAIL_NOW"] = "2026-02-09T12:00:00Z"
        done = home.sync(service.url, ["736"], "--since", "2019-01-01")
        self.assertEqual(done.returncode, 0, done.stderr)
        found = [each for each in home.json("calendar", "--from", "2019-01-01", "--to", "2026-12-31")["entries"] if each["kind"] == "task"]
        wanted = sorted(((datetime.date.fromisoformat(signed) + datetime.timedelta(days=days)).isoformat(), document_number)
                        for _, document_number, _, signed, _, tasks, _ in ORDERS for days in tasks)
        self.assertEqual(sorted((each["day"], each["document"]) for each in found), wanted)
        revoked = [each["day"] for each in found if "(revoked by EO 14148)" in each["words"]]
        self.assertEqual(revoked, ["2025-04-22"])
        items = {item["id"] for item in home.json("items")}
        self.assertTrue({each[1] for each in ORDERS} <= items, items)


if __name__ == "__main__":
    harness.main()
