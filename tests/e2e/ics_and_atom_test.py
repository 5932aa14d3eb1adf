"""The calendar as iCalendar and the items as Atom, read by others' parsers, while a rule is delayed and a proposal withdrawn."""
import datetime
import re
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

from ecfr_server import History
from federal_register_server import FederalRegisterService
import harness
from harness import Home
from items_test import AMENDMENTS, CATEGORIES, DELAY, PART, PROPOSAL, RULE, WITHDRAWAL, made

try:
    import icalendar
except ImportError:
    icalendar = None

ATOM = "{http://www.w3.org/2005/Atom}"
TITLE = "Controls on Glove Boxes; Tongs, <Gauntlets> & \\Sleeves \u624b\u888b"


class Exports(unittest.TestCase):
    """One archive on two days: before and after the delay and the withdrawal."""

    @classmethod
    def setUpClass(cls):
        history = History({"744": {"2026-01-05": PART % (5, 90, "")}})
        cls.service = FederalRegisterService(history, [
            made(RULE, "2026-03-03", 9000, TITLE.replace("&", "&amp;").replace("<", "&lt;"), "Final rule.",
                 "This rule is effective March 16, 2026, except for amendatory instruction 2, which is effective May 4, 2026.", AMENDMENTS),
            made(PROPOSAL, "2026-03-03", 9100, "Glove Boxes for Schools", "Proposed rule.", "Comments are due April 2, 2026.", rin="0694-AZ91",
                 comments_close_on="2026-04-02")]).__enter__()
        cls.addClassCleanup(cls.service.__exit__)
        cls.service.documents[0]["title"] = TITLE
        cls.home = Home().__enter__()
        cls.addClassCleanup(cls.home.__exit__)
        cls.home.ok("init")
        cls.home.configure('[sync]\nparts = ["744"]\n')
        (cls.home.folder / "categories.toml").write_text(CATEGORIES, encoding="utf-8")
        cls.run_on("2026-03-10")
        cls.before = cls.exported()
        cls.service.documents += [
            made(DELAY, "2026-03-20", 9500, "Controls on Glove Boxes; Delay of Effective Date", "Final rule; delay of effective date.",
                 "As of March 20, 2026, the effective date of amendatory instruction 2 of the rule published March 3, 2026, at 91 FR 9000, "
                 "is delayed until June 6, 2026."),
            made(WITHDRAWAL, "2026-03-20", 9520, "Glove Boxes for Schools; Withdrawal", "Proposed rule; withdrawal.",
                 "The proposed rule published March 3, 2026, at 91 FR 9100, is withdrawn as of March 20, 2026.", rin="0694-AZ91")]
        cls.run_on("2026-03-20")
        cls.after = cls.exported()

    @classmethod
    def run_on(cls, day):
        cls.service.fr_today = day
        cls.service.advance_to("2026-01-05", day)
        cls.home.environment["REGTRAIL_NOW"] = day + "T12:00:00Z"
        done = cls.home.sync(cls.service.url, ["744"])
        if done.returncode != 0:
            raise AssertionError(done.stderr)

    @classmethod
    def raw(cls, *arguments):
        return subprocess.run([str(cls.home.binary), *arguments], env=cls.home.environment, cwd=cls.home.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=60, check=True).stdout

    @classmethod
    def exported(cls):
        return {"ics": cls.raw("calendar", "--ics"), "all": cls.raw("feed", "--all", "--address", "https://example.co.jp/all.atom"),
                "category": cls.raw("feed", "--category", "glove-boxes", "--lang", "ja"), "place": cls.raw("feed", "--place", "744.2(c)")}

    @staticmethod
    def events(ics):
        found = {str(event["UID"]): event for event in icalendar.Calendar.from_ical(ics).walk("VEVENT")}
        assert len(found) == len(icalendar.Calendar.from_ical(ics).walk("VEVENT")), "a UID stands twice"
        return found

    def test_lines_end_with_cr_lf_and_have_75_octets_of_whole_characters(self):
        for exported in (self.before["ics"], self.after["ics"], self.raw("calendar", "--ics", "--lang", "ja")):
            self.assertTrue(exported.endswith(b"\r\n"))
            self.assertNotRegex(exported.replace(b"\r\n", b""), b"[\r\n]")
            for line in exported.split(b"\r\n"):
                self.assertLessEqual(len(line), 75)
                line.decode("utf-8")

    @unittest.skipUnless(icalendar, "no python3-icalendar")
    def test_events_are_all_day_with_alarms_and_escaped_text(self):
        events = self.events(self.before["ics"])
        rule = events[RULE + "/effective/2@regtrail"]
        self.assertEqual((rule["DTSTART"].dt, rule["DTEND"].dt), (datetime.date(2026, 5, 4), datetime.date(2026, 5, 5)))
        self.assertEqual(rule["SUMMARY"], "takes effect: " + TITLE)
        self.assertEqual((rule["STATUS"], rule["SEQUENCE"], rule["URL"]), ("CONFIRMED", 0, "https://www.federalregister.gov/d/" + RULE))
        self.assertEqual([alarm["TRIGGER"].dt for alarm in rule.walk("VALARM")], [-datetime.timedelta(days=6, hours=15)])
        self.assertEqual(rule["DTSTAMP"].dt, datetime.datetime(2026, 3, 3, tzinfo=datetime.timezone.utc))
        comments = events[PROPOSAL + "/comments_close/1@regtrail"]
        self.assertEqual((comments["DTSTART"].dt, comments["STATUS"], comments["SEQUENCE"]), (datetime.date(2026, 4, 2), "CONFIRMED", 0))
        self.assertEqual([alarm["TRIGGER"].dt.days for alarm in comments.walk("VALARM")], [-30, -7])

    @unittest.skipUnless(icalendar, "no python3-icalendar")
    def test_a_delayed_day_keeps_its_uid_and_raises_its_sequence(self):
        before, after = (self.events(each["ics"])[RULE + "/effective/2@regtrail"] for each in (self.before, self.after))
        self.assertEqual((before["DTSTART"].dt, after["DTSTART"].dt), (datetime.date(2026, 5, 4), datetime.date(2026, 6, 6)))
        self.assertGreater(after["SEQUENCE"], before["SEQUENCE"])
        self.assertGreater(after["DTSTAMP"].dt, before["DTSTAMP"].dt)
        self.assertIn("[Saturday]", after["SUMMARY"])

    @unittest.skipUnless(icalendar, "no python3-icalendar")
    def test_a_withdrawn_day_is_cancelled_under_its_uid(self):
        before, after = (self.events(each["ics"])[PROPOSAL + "/comments_close/1@regtrail"] for each in (self.before, self.after))
        self.assertEqual((after["STATUS"], after["DTSTART"].dt), ("CANCELLED", before["DTSTART"].dt))
        self.assertGreater(after["SEQUENCE"], before["SEQUENCE"])
        self.assertEqual(after.walk("VALARM"), [])
        self.assertEqual(set(self.events(self.before["ics"])) - set(self.events(self.after["ics"])), set())

    def feed(self, exported):
        """Its entries by title, after a look at what RFC 4287 asks of every feed."""
        root = ElementTree.fromstring(exported)
        self.assertEqual(root.tag, ATOM + "feed")
        ids = []
        for element in (root, *root.findall(ATOM + "entry")):
            for name in ("id", "title", "updated"):
                self.assertEqual(len(element.findall(ATOM + name)), 1, name)
            ids.append(element.findtext(ATOM + "id"))
            self.assertRegex(ids[-1], r"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
            for name in ("updated", "published"):
                for date in element.findall(ATOM + name):
                    datetime.datetime.strptime(date.text, "%Y-%m-%dT%H:%M:%SZ")
        self.assertEqual(len(set(ids)), len(ids))
        self.assertTrue(root.findtext(ATOM + "author/" + ATOM + "name"))
        for entry in root.findall(ATOM + "entry"):
            self.assertEqual(len(entry.findall(ATOM + "link[@rel='alternate']")), 1)
            self.assertEqual(entry.find(ATOM + "content").get("type"), "html")
            self.assertLessEqual(entry.findtext(ATOM + "published"), entry.findtext(ATOM + "updated"))
        self.assertEqual(root.findtext(ATOM + "updated"), max(entry.findtext(ATOM + "updated") for entry in root.findall(ATOM + "entry")))
        return {entry.find(ATOM + "link").get("href").rsplit("/")[-1]: entry for entry in root.findall(ATOM + "entry")}

    def test_a_feed_has_what_rfc_4287_asks_for_and_escapes_what_it_quotes(self):
        for exported in (self.before, self.after):
            for name in ("all", "category"):
                self.assertEqual(sorted(self.feed(exported[name])), [RULE, PROPOSAL])
        self.assertEqual(ElementTree.fromstring(self.before["all"]).find(ATOM + "link").attrib, {"rel": "self", "href": "https://example.co.jp/all.atom"})
        content = self.feed(self.before["all"])[RULE].findtext(ATOM + "content")
        self.assertIn("&lt;Gauntlets&gt; &amp;", content)
        ElementTree.fromstring("<div>%s</div>" % content)
        self.assertEqual(self.feed(self.before["all"])[RULE].find(ATOM + "category").attrib, {"term": "glove-boxes", "label": "Glove boxes"})

    def test_a_feed_of_a_place_has_what_changes_that_place(self):
        self.assertEqual(sorted(self.feed(self.before["place"])), [RULE])
        self.assertEqual(re.findall(b"<entry>", self.raw("feed", "--place", "744.2(b)")), [])

    def test_an_entry_keeps_its_id_and_is_updated_when_something_becomes_of_it(self):
        before, after = (self.feed(each["all"]) for each in (self.before, self.after))
        for number in (RULE, PROPOSAL):
            self.assertEqual(before[number].findtext(ATOM + "id"), after[number].findtext(ATOM + "id"))
        self.assertEqual(after[PROPOSAL].findtext(ATOM + "updated"), "2026-03-20T00:00:00Z")
        self.assertLess(before[PROPOSAL].findtext(ATOM + "updated"), after[PROPOSAL].findtext(ATOM + "updated"))

    def test_an_entry_that_is_not_in_the_register_is_refused_with_the_nearest(self):
        self.assertIn("glove-boxes", self.home.ok("feed", "--category", "glove-box", code=2).stderr)

    def test_the_same_archive_and_day_give_the_same_bytes_also_after_a_rebuild(self):
        self.assertEqual(self.exported(), self.after)
        self.home.ok("rebuild")
        self.assertEqual(self.exported(), self.after)


if __name__ == "__main__":
    harness.main()
