"""`evidence`: an auditor's ZIP of an item, checked without the program."""
import csv
import hashlib
import io
import re
import unittest
import zipfile

from docx_test import docx, tracked
from ecfr_server import History
from federal_register_server import FederalRegisterService
import harness
from harness import Home, Mailbox
import items_test
from main_job_test import configuration
import pages_test

RULE = items_test.RULE
FIRST, CODIFIED, UNEXPLAINED = "2026-01-05", "2026-04-09", "2026-06-11"
CITED = ", as amended at 91 FR 9000, Mar. 3, 2026"
TEXTS = {FIRST: items_test.PART % (5, 90, ""), CODIFIED: items_test.PART % (20, 90, CITED),
         UNEXPLAINED: (items_test.PART % (20, 90, CITED)).replace("made of glass only", "made of glass or quartz")}


class Evidence:
    """The members of a ZIP by name, and its tables."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.files = {name: self.zip.read(name) for name in self.zip.namelist()}

    def rows(self, name):
        return list(csv.DictReader(io.StringIO(self.files[name].decode("utf-8-sig"))))


class ThePackage(unittest.TestCase):
    """A rule that was mailed, came into the Code, and was judged."""

    @classmethod
    def setUpClass(cls):
        history = History({"744": TEXTS})
        cls.rule = items_test.made(RULE, "2026-03-03", 9000, "Controls on Glove Boxes", "Final rule.", "This rule is effective March 16, 2026.",
                                   items_test.AMENDMENTS.split("\n<REGTEXT")[0])
        cls.service = FederalRegisterService(history, [cls.rule]).__enter__()
        cls.addClassCleanup(cls.service.__exit__)
        cls.mailbox = Mailbox().__enter__()
        cls.addClassCleanup(cls.mailbox.__exit__)
        cls.home = Home().__enter__()
        cls.addClassCleanup(cls.home.__exit__)
        cls.home.ok("init")
        cls.home.configure(configuration(cls.mailbox.port, ["744"]))
        (cls.home.folder / "categories.toml").write_text(items_test.CATEGORIES, encoding="utf-8")
        for today, issue in (("2026-03-03", FIRST), ("2026-04-10", CODIFIED), ("2026-06-12", UNEXPLAINED)):
            cls.service.fr_today = today
            cls.service.advance_to(issue, today)
            cls.home.environment["REGTRAIL_NOW"] = today + "T12:00:00Z"
            done = cls.home.sync(cls.service.url, ["744"])
            assert done.returncode == 0, done.stderr
            cls.home.ok("digest", "--send")
            if issue == FIRST:
                cls.home.ok("evidence", RULE, "early.zip")
        cls.home.ok("ack", RULE, "--relevant", "--note", "GB-20 is inside now", environment={"USER": "sato"})
        cls.home.ok("evidence", RULE, "rule.zip")
        cls.evidence = Evidence(cls.home.folder / "rule.zip")

    def test_each_file_has_the_hash_that_SHA256SUMS_says_and_none_is_left_out(self):
        sums = dict(reversed(line.split("  ")) for line in self.evidence.files["SHA256SUMS"].decode().splitlines())
        self.assertEqual(sorted(sums), sorted(set(self.evidence.files) - {"SHA256SUMS"}))
        for name, expected in sums.items():
            self.assertEqual(hashlib.sha256(self.evidence.files[name]).hexdigest(), expected, name)

    def test_every_answer_is_there_byte_for_byte_with_its_headers_addresses_and_time(self):
        rows = self.evidence.rows("answers.csv")
        by_use = {use.split(",")[0]: row for row in rows for use in row["used for"].split("; ")}
        for use, text in (("15 CFR Part 744 on " + FIRST, TEXTS[FIRST]), ("15 CFR Part 744 on " + CODIFIED, TEXTS[CODIFIED]),
                          ("text of " + RULE, self.rule["xml"])):
            row = by_use[use]
            self.assertEqual(self.evidence.files[row["file"]].decode(), text)
            self.assertEqual(row["sha256"], hashlib.sha256(text.encode()).hexdigest())
        self.assertIn(RULE.encode(), self.evidence.files[by_use["description of " + RULE]["file"]])
        self.assertNotIn("15 CFR Part 744 on " + UNEXPLAINED, by_use)
        for row in rows:
            headers = self.evidence.files[re.sub(r"\.\w+$", ".headers.txt", row["file"])].decode()
            self.assertIn("received " + row["first received"], headers)
            self.assertIn("final address " + row["final address"], headers)
            self.assertIn("content-type: ", headers.lower())

    def test_both_texts_are_those_of_show_and_stand_in_their_answers(self):
        rows = self.evidence.rows("texts.csv")
        self.assertEqual([(row["unit"], row["date"]) for row in rows], [("15 CFR 744.2", FIRST), ("15 CFR 744.2", CODIFIED)])
        for row, leak in zip(rows, ("5 pascal", "20 pascal")):
            body = self.evidence.files[row["answer"]]
            start = int(row["offset"])
            self.assertEqual(hashlib.sha256(body[start:start + int(row["length"])]).hexdigest(), row["sha256"])
            text = self.evidence.files[row["file"]].decode()
            self.assertIn(leak, text)
            shown = self.home.ok("show", "744.2", "--on", row["date"]).stdout
            remarks = ("in force since", "unchanged since", "in the eCFR since")
            kept = [line for line in shown.splitlines() if not line.strip().startswith(remarks)]
            self.assertEqual(text.splitlines(), kept)

    def test_the_redline_has_the_changed_words_only_and_the_reasons_name_rule_and_words(self):
        page = self.evidence.files["redline/15-cfr-part-744_%s_%s.html" % (FIRST, CODIFIED)].decode()
        self.assertIn("<del>5</del><ins>20</ins>", page)
        item = self.evidence.files["item.json"].decode()
        self.assertIn('"glove box', item)
        self.assertIn('"category": "glove-boxes"', item)

    def test_the_mails_are_those_that_the_server_was_given(self):
        rows = self.evidence.rows("mails.csv")
        told = {(row["step told"], row["date of the step"]) for row in rows}
        self.assertLessEqual({("published", "2026-03-03"), ("in_force", "2026-03-16")}, told)
        self.assertEqual({row["recipient"] for row in rows}, {"boeki@example.co.jp"})
        self.assertTrue(all(row["handed over"].startswith("2026-") for row in rows))
        sent = {re.search(rb"(?im)^Message-ID: (\S+)", e.content)[1].decode(): e.content for e in self.mailbox.envelopes}
        for row in rows:
            self.assertEqual(self.evidence.files[row["file"]].rstrip(), sent[row["Message-ID"]].rstrip())
        self.assertLess(len({row["file"] for row in rows}), len(sent), "the mail about another item is not among them")

    def test_the_judgement_is_there_with_its_author_and_time(self):
        self.assertEqual(self.evidence.rows("judgements.csv"), [{"given": "2026-06-12T12:00:00Z", "who": "sato", "judgement": "relevant", "item": RULE,
                                                                 "note": "GB-20 is inside now"}])

    def test_the_readme_names_every_file_in_two_languages_and_says_that_it_is_confidential(self):
        readme = self.evidence.files["README.txt"].decode()
        self.assertIn("CONFIDENTIAL", readme)
        self.assertIn("\u793e\u5916\u79d8", readme)
        for name in set(self.evidence.files) - {"README.txt"}:
            listed = name.split("/")[0] + ("/" if "/" in name else "")
            self.assertEqual(readme.count("  %s " % listed), 2, listed)

    def test_two_runs_give_the_same_bytes_wherever_they_run(self):
        self.home.ok("evidence", RULE, "again.zip", environment={"TZ": "Asia/Tokyo"})
        self.assertEqual((self.home.folder / "again.zip").read_bytes(), (self.home.folder / "rule.zip").read_bytes())

    def test_an_existing_file_is_kept_without_force(self):
        target = self.home.folder / "kept.zip"
        target.write_bytes(b"mine")
        done = self.home.ok("evidence", RULE, "kept.zip", code=2)
        self.assertIn("--force", done.stderr)
        self.assertEqual(target.read_bytes(), b"mine")
        answer = self.home.json("evidence", RULE, "kept.zip", "--force")
        self.assertEqual(answer["sha256"], hashlib.sha256(target.read_bytes()).hexdigest())
        self.assertEqual([p.name for p in self.home.folder.glob("kept.zip*")], ["kept.zip"])

    def test_an_item_that_is_not_there_is_an_error_with_ids_that_are_near(self):
        done = self.home.ok("evidence", RULE[:-1] + "7", "none.zip", code=2)
        self.assertIn("near: '%s'" % RULE, done.stderr)
        self.assertFalse((self.home.folder / "none.zip").exists())

    def test_a_change_without_a_known_rule_has_evidence_too(self):
        self.home.ok("evidence", "15 CFR 744@" + UNEXPLAINED, "change.zip")
        evidence = Evidence(self.home.folder / "change.zip")
        self.assertEqual([row["date"] for row in evidence.rows("texts.csv")], [CODIFIED, UNEXPLAINED])
        self.assertIn(b"<ins>or quartz</ins>", evidence.files["redline/15-cfr-part-744_%s_%s.html" % (CODIFIED, UNEXPLAINED)])
        self.assertEqual(evidence.rows("judgements.csv"), [])
        self.assertNotIn("documents/%s.txt" % RULE, evidence.files)

    def test_of_a_rule_that_the_Code_does_not_show_yet_the_text_in_force_and_its_effect_are_there(self):
        early = Evidence(self.home.folder / "early.zip")
        self.assertEqual([(row["unit"], row["date"]) for row in early.rows("texts.csv")], [("15 CFR 744.2", FIRST)])
        self.assertIn(b"<del>5</del><ins>20</ins>", early.files["redline/%s.html" % RULE])
        self.assertEqual([row["step told"] for row in early.rows("mails.csv")], ["filed", "published"])
        self.assertEqual(early.rows("judgements.csv"), [])
        self.assertIn("judgements.csv", early.files["README.txt"].decode())

    def test_the_tracked_changes_have_the_rule_as_author_and_its_day(self):
        changes = tracked(docx(self.home, "diff", "744.2", "--from", FIRST, "--to", CODIFIED))
        self.assertEqual(changes, [("del", "91 FR 9000", "2026-03-03T00:00:00Z"), ("ins", "91 FR 9000", "2026-03-03T00:00:00Z")])
        self.assertEqual({(author, date) for _, author, date in tracked(docx(self.home, "diff", "744.2", "--from", CODIFIED, "--to", UNEXPLAINED))},
                         {("eCFR", UNEXPLAINED + "T00:00:00Z")})


class APage(unittest.TestCase):
    def test_both_versions_of_a_watched_page_are_there_as_they_came(self):
        pages = [pages_test.plan(pages_test.FIRST, each) for each in ("The office asks foundries once a year.", pages_test.SECOND, pages_test.TARIFFS)]
        with pages_test.Sites() as sites, Home() as home:
            home.configure(pages_test.CONFIGURATION % 9)
            (home.folder / "watches.toml").write_text(pages_test.WATCHES.split("[[watch]]\nid = \"chip-report\"")[0], encoding="utf-8")
            for day, page in zip(("2026-05-04", "2026-05-05", "2026-05-06"), pages):
                sites.put(pages_test.PLAN, page)
                home.environment["REGTRAIL_NOW"] = day
                home.ok("sync", "--source", "pages", "--mirror", sites.url)
            home.ok("evidence", "page chip-plan@2026-05-06", "page.zip")
            evidence = Evidence(home.folder / "page.zip")
        self.assertEqual([evidence.files[row["file"]] for row in evidence.rows("answers.csv")], pages[1:])
        texts = evidence.rows("texts.csv")
        self.assertEqual([row["date"] for row in texts], ["2026-05-05", "2026-05-06"])
        for row, words in zip(texts, (pages_test.SECOND, pages_test.TARIFFS)):
            self.assertIn(words, re.sub(r"\s+", " ", evidence.files[row["file"]].decode()))
            self.assertEqual(row["sha256"], hashlib.sha256(evidence.files[row["answer"]]).hexdigest())
        self.assertIn("redline/page-chip-plan_2026-05-05_2026-05-06.html", evidence.files)


if __name__ == "__main__":
    harness.main()
