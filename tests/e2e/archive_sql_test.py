"""The archive answers plain SQL as the program answers with --json, and as docs/archive.md says."""
import contextlib
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import unittest

from causes_test import NOW, PARTS, documents, history
from ecfr_server import History
from federal_register_server import FederalRegisterService, document
import harness
from harness import ROOT, SAMPLE, SAMPLE_PARTS, Home, Mailbox

DOCUMENT = (ROOT / "docs/archive.md").read_text(encoding="utf-8")
CONFIGURATION = """
[smtp]
url = "smtp://127.0.0.1:%d"
from = "regtrail <regtrail@example.co.jp>"
security = "none"

[[subscriber]]
name = "boeki"
to = "boeki@example.co.jp"
lang = "en"
"""


def blocks(language):
    return re.findall(r"^```%s\n(.*?)^```" % language, DOCUMENT, re.S | re.M)


def block(language, words):
    found = [each for each in blocks(language) if words in each]
    assert len(found) == 1, (words, found)
    return found[0]


def sections():
    """name of a table or view -> what the document says of it"""
    told = {}
    for part in re.split(r"^##+ ", DOCUMENT, flags=re.M)[1:]:
        title, text = part.split("\n", 1)
        told.update(dict.fromkeys(title.split(", "), text))
    return told


class OfAnArchive(unittest.TestCase):
    """Subclasses set `home`."""

    @classmethod
    def opened(cls):
        # sqlite3's own context manager ends a transaction and leaves the connection open.
        return contextlib.closing(sqlite3.connect("file:%s?mode=ro" % cls.home.database, uri=True))

    def rows(self, sql, *values):
        with self.opened() as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(sql, values)]

    def column(self, sql, *values):
        return [next(iter(row.values())) for row in self.rows(sql, *values)]

    def run_statements(self):
        """Each statement of the document -> its rows."""
        return {each: self.rows(each) for text in blocks("sql") for each in text.split(";\n") if each.strip()}

    def assert_change(self, row, change):
        """A row of changes_v and an element of `changes` of --json."""
        known = {"id": row["id"], "kind": row["kind"], "at": row["at"], "was": row["was"],
                 "before": None if row["kind"] == "added" else row["before"],
                 "after": None if row["kind"] == "removed" else row["after"],
                 "words": json.loads(row["words"]), "typed": json.loads(row["typed"]), "group": row["replacement"] or None}
        self.assertEqual(known, {key: change[key] for key in known})
        cause = change["cause"]
        self.assertEqual(row["document"] is None, cause is None)
        if cause:
            self.assertEqual((row["document"] or None, row["citation"] or None, row["confidence"], json.loads(row["evidence"])),
                             (cause["document"], cause["citation"], cause["confidence"], cause["evidence"]))

    def check_changes(self, parts):
        """Of all comparisons of `parts`; returns how many changes there are."""
        compared = 0
        for step in self.rows("SELECT DISTINCT title, part, before_date, after_date FROM changes_v"):
            self.assertIn(step["part"], parts)
            place = "%d CFR Part %s" % (step["title"], step["part"])
            diff = self.home.json("diff", place, "--from", step["before_date"], "--to", step["after_date"])
            rows = self.rows("SELECT * FROM changes_v WHERE title = ? AND part = ? AND after_date = ?", step["title"], step["part"], step["after_date"])
            self.assertEqual({row["id"] for row in rows}, {change["id"] for change in diff["changes"]})
            changes = {change["id"]: change for change in diff["changes"]}
            for row in rows:
                self.assert_change(row, changes[row["id"]])
            compared += len(rows)
        return compared

    def check_versions(self, unit):
        """Of a unit: returns how many versions have a row."""
        rows = self.rows("SELECT * FROM versions_v WHERE unit = ? ORDER BY from_date DESC", unit)
        versions = [version for version in self.home.json("history", unit)["versions"] if version["status"] != "removed"]
        self.assertEqual([(row["from_date"], row["until_date"], row["first_seen"], row["sha256"], bool(row["baseline"])) for row in rows],
                         [(v["from"], v["until"], v["first_seen"], v["sha256"], v["baseline"]) for v in versions], unit)
        return len(rows)


class TheSample(OfAnArchive):
    @classmethod
    def setUpClass(cls):
        cls.home = Home()
        cls.addClassCleanup(cls.home.__exit__)
        cls.mailbox = Mailbox().__enter__()
        cls.addClassCleanup(cls.mailbox.__exit__)
        cls.home.ok("init")
        cls.home.configure(CONFIGURATION % cls.mailbox.port)
        cls.home.ok("sync", "--mirror", SAMPLE)
        cls.home.ok("digest", "--send")

    def test_changes_v_holds_what_diff_tells_of_every_pair_of_neighbouring_dates(self):
        self.assertGreater(self.check_changes(SAMPLE_PARTS), 40)

    def test_hits_v_holds_what_changes_tells_with_its_near_misses(self):
        told = [item for item in self.home.json("changes", "--near") if not item["status"]]
        rows = {row["id"]: row for row in self.rows("SELECT * FROM hits_v")}
        self.assertEqual(sorted(rows), sorted(item["id"] for item in told))
        self.assertGreater(len(rows), 100)
        for item in told:
            row = rows[item["id"]]
            self.assertEqual((row["category"], row["score"], row["severity"], bool(row["near"]), json.loads(row["reasons"]), row["change"], row["at"]),
                             (item["category"], item["score"], item["severity"], item["near"], item["reasons"], item["change"]["id"], item["change"]["at"]))
            self.assertEqual(row["after_date"], item["after"]["date"])

    def test_status_events_of_changes_stand_in_their_table(self):
        told = {(item["status"]["at"], item["status"]["event"], item["status"]["date"], item["status"]["until"])
                for item in self.home.json("changes", "--near") if item["status"]}
        stored = {tuple(row.values()) for row in self.rows("SELECT at, event, date, until FROM status_events")}
        self.assertTrue(told)
        self.assertLessEqual(told, stored)

    def test_versions_v_holds_the_versions_of_history(self):
        units = ["15 CFR 744.23", "15 CFR 742.4", "15 CFR 742.8", "15 CFR 742.9", "Supplement No. 4 to Part 744", "Supplement No. 1 to Part 774"]
        self.assertEqual([self.check_versions(unit) for unit in units], [2, 4, 1, 1, 4, 4])

    def test_the_version_on_a_day_is_the_text_that_show_cuts_its_answer_from(self):
        day = "2026-08-20"
        found = self.rows("SELECT sha256 FROM versions_v WHERE unit = '15 CFR 742.6' AND from_date <= ?1 AND (until_date IS NULL OR until_date > ?1)", day)
        side = self.home.json("diff", "15 CFR 742.6", "--from", "2026-06-01", "--to", day)["after"]
        self.assertEqual([row["sha256"] for row in found], [side["sha256"]])

    def test_views_leave_out_what_is_no_longer_known(self):
        with self.opened() as database, contextlib.closing(sqlite3.connect(":memory:")) as copy:
            database.backup(copy)
            held = lambda: [copy.execute("SELECT count(*) FROM " + view).fetchone()[0] for view in ("changes_v", "hits_v", "versions_v")]
            before = held()
            change, hits = copy.execute("SELECT change, count(*) FROM hits GROUP BY change LIMIT 1").fetchone()
            copy.execute("UPDATE changes SET known_until = '2026-10-22T00:00:00Z' WHERE id = ?", (change,))
            copy.execute("UPDATE versions SET known_until = '2026-10-22T00:00:00Z' WHERE until_date IS NULL AND baseline")
            versions = copy.execute("SELECT changes()").fetchone()[0]
            self.assertGreater(hits * versions, 0)
            self.assertEqual([a - b for a, b in zip(before, held())], [1, hits, versions])

    def test_the_question_for_versions_of_an_eccn_is_answered_as_by_history(self):
        rows = self.rows(block("sql", "WITH marks"))
        versions = self.home.json("history", "ECCN 3B001.c")["versions"]
        self.assertEqual([(row["from_date"], row["until_date"]) for row in rows], [(v["from"], v["until"]) for v in versions])
        self.assertEqual([row["from_date"] for row in rows], ["2026-10-19", "2026-07-06", "2026-06-01"])

    def test_the_questions_for_changes_and_hits_are_answered_as_by_the_commands(self):
        changes = self.home.json("diff", "15 CFR 744.23", "--from", "2026-06-01", "--to", "2026-10-19")["changes"]
        rows = self.rows(block("sql", "unit = '15 CFR 744.23' OR was"))
        self.assertEqual(sorted(row["at"] for row in rows), sorted(change["at"] for change in changes if change["kind"] != "cosmetic"))
        self.assertTrue(rows)
        hits = [item for item in self.home.json("changes", "--category", "vacuum-valves") if not item["status"]]
        rows = self.rows(block("sql", "category = 'vacuum-valves'"))
        self.assertEqual(sorted((row["at"], row["severity"]) for row in rows), sorted((item["change"]["at"], item["severity"]) for item in hits))
        self.assertTrue(rows)

    def test_what_was_mailed_names_the_message_that_arrived_and_every_place_in_it(self):
        rows = self.rows(block("sql", "FROM outbox o LEFT JOIN told"))
        message, = self.mailbox.messages()
        self.assertEqual({(row["subscriber"], row["recipient"], row["subject"]) for row in rows}, {("boeki", "boeki@example.co.jp", message["Subject"])})
        told = {(row["issue_date"], row["at"]) for row in rows if row["step"] == "changed"}
        self.assertEqual(told, {(item["after"]["date"], item["change"]["at"]) for item in self.home.json("changes") if not item["status"]})
        self.assertEqual(self.column("SELECT message_id FROM outbox"), [message["Message-ID"]])

    def test_every_statement_of_the_document_runs(self):
        answers = self.run_statements()
        self.assertGreater(len(answers), 12)
        # The sample has no documents, and all of it is understood and sound.
        nothing = [each for each, rows in answers.items() if not rows]
        self.assertEqual([each for each in nothing if not re.search(r"deadlines_v|documents_v|not_understood|foreign_key_check", each)], [])

    @unittest.skipUnless(shutil.which("zstd") and shutil.which("sqlite3"), "needs the programs zstd and sqlite3")
    def test_a_body_and_a_unit_are_read_by_zstd_and_the_shell_as_the_document_says(self):
        self.assertEqual(len(blocks("sh")), 3)
        read = subprocess.run(["sh", "-e"], input="\n".join(blocks("sh")), cwd=self.home.folder, capture_output=True, text=True)
        self.assertEqual((read.returncode, read.stderr), (0, ""), read.stdout)
        checked = [line for line in read.stdout.splitlines() if line.endswith(": OK")]
        self.assertEqual([re.sub(r"^\d+", "N", line) for line in checked], ["N.body: OK", "N.body: OK", "unit.xml: OK"])
        day = "2026-07-06"
        read, = self.rows("SELECT b.id, b.base, b.sha256 FROM answers a JOIN raw_records r ON r.id = a.raw JOIN raw_bodies b ON b.id = r.body "
                          "WHERE a.part = '744' AND a.issue_date = ?", day)
        self.assertIsNotNone(read["base"], "a body that stands alone proves nothing of --patch-from")
        body = (self.home.folder / ("%d.body" % read["id"])).read_bytes()
        self.assertEqual(hashlib.sha256(body).hexdigest(), read["sha256"])
        self.assertEqual(body, (SAMPLE / ("www.ecfr.gov/api/versioner/v1/full/%s/title-15.xml@part=744" % day)).read_bytes())
        unit = (self.home.folder / "unit.xml").read_bytes()
        self.assertEqual(hashlib.sha256(unit).hexdigest(), self.home.json("diff", "15 CFR 744.23", "--to", day, "--from", "2026-06-01")["after"]["sha256"])
        self.assertIn(unit, body)

    @unittest.skipUnless(shutil.which("zstd") and shutil.which("sqlite3"), "needs the programs zstd and sqlite3")
    def test_every_text_is_cut_out_of_its_body_by_its_ranges(self):
        function, = re.findall(r"^read_body\(\) \{\n.*?^\}\n", DOCUMENT, re.S | re.M)
        script = function + "".join("read_body %d\n" % id for id in self.column("SELECT id FROM raw_bodies"))
        done = subprocess.run(["sh", "-e"], input=script, cwd=self.home.folder, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        ranges = 0
        for text in self.rows("SELECT t.sha256, t.ranges, r.body FROM texts t JOIN raw_records r ON r.id = t.raw"):
            body = (self.home.folder / ("%d.body" % text["body"])).read_bytes()
            cut = b"".join(body[offset:offset + length] for offset, length in json.loads(text["ranges"]))
            self.assertEqual(hashlib.sha256(cut).hexdigest(), text["sha256"])
            ranges = max(ranges, len(json.loads(text["ranges"])))
        self.assertGreater(ranges, 1, "no frame of a part was among them")

    def test_the_document_names_every_column_of_every_table_and_view(self):
        told = sections()
        with self.opened() as database:
            names = [name for name, in database.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' "
                                                        "AND name NOT LIKE 'search_words%' AND name NOT LIKE 'search_codes%'")]
            for name in names:
                about = told.get(name) or (DOCUMENT if name in ("about", "table_digests", "row_digests") else "")
                columns = [row[1] for row in database.execute("PRAGMA table_info(%s)" % name)]
                if name == "documents_v":
                    about += told["documents"]  # "the others"
                missing = [column for column in columns if column != "id" and "`%s`" % column not in about]
                with self.subTest(name):
                    self.assertEqual(missing, [])

    def test_the_header_has_the_numbers_that_the_document_names(self):
        for pragma in ("application_id", "user_version"):
            self.assertIn("`PRAGMA %s` is %d" % (pragma, self.column("PRAGMA " + pragma)[0]), DOCUMENT)

    def test_the_document_names_every_row_of_about_and_every_stream(self):
        for name in self.column("SELECT name FROM about"):
            self.assertIn("`%s`" % name, DOCUMENT)
        table = sections()["raw_records"]
        for stream in self.column("SELECT DISTINCT stream FROM raw_records"):
            self.assertIn(re.sub(r"part-\d*", "part-744", stream), table)

    def test_a_digest_of_rows_is_kept_for_each_row_of_the_tables_of_facts(self):
        facts = DOCUMENT[DOCUMENT.index("## Tables of facts"):DOCUMENT.index("## Tables that are derived")]
        tables = [name for title in re.findall(r"^### (.*)$", facts, re.M) for name in title.split(", ")
                  if self.column(f"SELECT 1 FROM {name} LIMIT 1")]
        self.assertEqual(set(self.column("SELECT DISTINCT name FROM row_digests")), set(tables))
        for table in tables:
            self.assertEqual(self.column("SELECT count(*) FROM row_digests WHERE name = ?", table), self.column("SELECT count(*) FROM %s" % table), table)


ORDER = document(
    "2026-02999", "2026-02-20", ("91 FR", 9000, 9001), type="Presidential Document", subtype="Executive Order", executive_order_number="14999",
    title="Promoting Pumps", signing_date="2026-02-17", cfr_references=[{"title": 15, "part": 744}], executive_order_notes="Revokes: EO 13673, July 31, 2014")


def richer():
    """The history with a designator that follows nothing; its documents with an instruction that orders nothing, with a day on which comments
    close, and an executive order."""
    told = history()
    for date, text in told.texts["744"].items():
        told.texts["744"][date] = text.replace("<P>(c) A report is due", "<P>(q) A report is due")
    rules = documents()
    first = next(rule for rule in rules if "AMDPAR" in rule.get("xml") or "")
    first["xml"] = first["xml"].replace("</AMDPAR>", "</AMDPAR><AMDPAR>9. Treat part 744 with care.</AMDPAR>", 1)
    first["comments_close_on"] = "2026-06-30"
    return History(told.texts), rules + [ORDER]


class TwoRuns(OfAnArchive):
    """The second run, two days after the first, brings three more dates."""

    @classmethod
    def setUpClass(cls):
        cls.home = Home(now="2026-10-21")
        cls.addClassCleanup(cls.home.__exit__)
        cls.home.ok("init")
        cls.home.ok("sync", "--mirror", SAMPLE, "--until", "2026-07-06")
        cls.then = cls.home.json("history", "15 CFR 744.23")["versions"]
        cls.home.ok("sync", "--mirror", SAMPLE, "--now", "2026-10-23")

    def test_the_question_for_what_was_known_on_a_day_is_answered_as_history_answered_on_it(self):
        question = block("sql", "v.known_from <=")
        known = lambda sql: [(row["from_date"], row["until_date"]) for row in self.rows(sql)]
        self.assertEqual(known(question), [(version["from"], version["until"]) for version in reversed(self.then)])
        now = self.home.json("history", "15 CFR 744.23")["versions"]
        self.assertEqual(known(question.replace("2026-10-21T", "2026-10-23T")), [(version["from"], version["until"]) for version in reversed(now)])
        self.assertNotEqual(now, self.then)


class BothSources(OfAnArchive):
    """An invented history with the documents that made it."""

    @classmethod
    def setUpClass(cls):
        cls.home = Home(now=NOW)
        cls.addClassCleanup(cls.home.__exit__)
        cls.home.ok("init")
        texts, cls.documents = richer()
        with FederalRegisterService(texts, cls.documents, fr_today=NOW) as service:
            done = cls.home.sync(service.url, PARTS)
        assert done.returncode in (0, 3), done.stderr

    def test_changes_v_names_the_cause_that_diff_names(self):
        self.assertGreater(self.check_changes(PARTS), 10)
        self.assertGreater(len(set(self.column("SELECT document FROM changes_v WHERE document <> ''"))), 2)

    def test_documents_v_and_its_tables_hold_what_doc_tells(self):
        rows = self.rows("SELECT v.*, d.id, d.clauses, d.deadlines FROM documents_v v JOIN documents d ON d.number = v.number")
        self.assertEqual({row["number"] for row in rows}, {each["document_number"] for each in self.documents})
        related = 0
        for row in rows:
            told = self.home.json("doc", row["number"])
            dates = told["dates"]
            self.assertEqual((row["citation"], row["type"], row["title"], row["action"] or None, row["published"], row["filed"], row["comments_close"]),
                             (told["citation"], told["type"], told["title"], told["action"], dates["published"], dates["filed"], dates["comments_close"]))
            self.assertEqual([json.loads(row[name]) for name in ("effective", "compliance", "agencies", "rins", "dockets")],
                             [dates["effective"], dates["compliance"], told["agencies"], told["rins"], told["dockets"]])
            self.assertEqual([(int(each["title"]), each["part"]) for each in json.loads(row["cfr"])], [(each["title"], each["part"]) for each in told["cfr"]])
            self.assertEqual(row["instructions_not_understood"], sum(not each["understood"] for each in told["instructions"]))
            relations = {(each["kind"], each["target"], each["in_part"], each["source"]) for each in told["relations"]}
            stored = {(each["kind"], each["target"], bool(each["in_part"]), each["source"])
                      for each in self.rows("SELECT * FROM relations WHERE document = ?", row["id"])}
            self.assertLessEqual(stored, relations)
            related += len(stored)
            instructions = self.rows("SELECT * FROM instructions WHERE document = ? ORDER BY position", row["id"])
            self.assertEqual(row["instructions"], len(instructions))
            self.assertEqual([(each["ordinal"], each["text"], bool(each["understood"]), each["effective"], each["until"],
                               [(done["verb"], [target["at"] for target in done["targets"]]) for done in json.loads(each["operations"])])
                              for each in instructions],
                             [(each["ordinal"], each["text"], each["understood"], each["effective"], each["until"],
                               [(done["verb"], done["targets"]) for done in each["operations"]]) for each in told["instructions"]])
        self.assertGreater(related, 0)

    def test_deadlines_v_holds_every_day_that_doc_tells(self):
        for number in self.column("SELECT number FROM documents"):
            told = self.home.json("doc", number)
            dates = told["dates"]
            days = {("comments_close", dates["comments_close"])}
            days |= {(word, day) for word in ("effective", "compliance", "applicable") for day in dates[word]}
            days |= {(clause["kind"], clause["date"]) for clause in dates["clauses"] if clause["kind"] == "expires"}
            days |= {(word, each[word]) for each in told["instructions"] for word in ("effective", "until")}
            days |= {("deadline", each["date"]) for each in told["deadlines"]}
            self.assertEqual({(row["what"], row["date"]) for row in self.rows("SELECT what, date FROM deadlines_v WHERE number = ?", number)},
                             {(what, day) for what, day in days if day}, number)
        self.assertEqual(set(self.column("SELECT what FROM deadlines_v WHERE number IS NOT NULL")), {"effective", "comments_close"})

    def test_the_question_for_documents_that_take_effect_finds_those_ahead(self):
        question = block("sql", "'+90 days'").replace("2026-10-21", "2026-02-01")
        found = {(row["date"], row["number"]) for row in self.rows(question)}
        ahead = {(day, number) for number in self.column("SELECT number FROM documents") for day in self.home.json("doc", number)["dates"]["effective"]
                 if "2026-02-01" <= day <= "2026-05-02"}
        self.assertTrue(ahead)
        self.assertLessEqual(ahead, found)

    def test_what_was_not_understood_is_as_many_as_status_counts(self):
        status = self.home.json("status")
        law = self.column("SELECT count(*) FROM (SELECT DISTINCT n.at, n.what, n.words FROM versions v JOIN not_understood n ON n.text = v.text "
                          "WHERE v.known_until IS NULL)")
        self.assertEqual(law, [status["not_understood"]])
        rows = self.rows(block("sql", "JOIN not_understood n"))
        listed = self.column("SELECT count(*) FROM instructions WHERE NOT understood")[0] + self.column(
            "SELECT count(*) FROM documents d, json_each(d.not_understood)")[0]
        self.assertEqual(len(rows), law[0] + listed)
        self.assertTrue(law[0] and listed, (law, listed))

    def test_every_statement_of_the_document_runs(self):
        self.run_statements()

    def test_the_fields_of_json_columns_are_those_that_the_document_names(self):
        told = sections()
        met = 0
        for table, columns in {"texts": ["notes"], "changes": ["typed"], "hits": ["reasons"], "documents": ["clauses", "unread_dates", "cfr", "deadlines"],
                               "instructions": ["operations", "set_out"]}.items():
            for column in columns:
                line, = re.findall(r"^\| `%s` \| (.*)$" % column, told[table], re.M)
                keys = set()
                for value in self.column("SELECT %s FROM %s" % (column, table)):
                    keys |= self.keys_of(json.loads(value))
                self.assertEqual([key for key in keys if '"%s"' % key not in line], [], "%s.%s" % (table, column))
                met += len(keys)
        self.assertGreater(met, 25)

    def keys_of(self, value):
        children = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        return (set(value) if isinstance(value, dict) else set()).union(*map(self.keys_of, children))


if __name__ == "__main__":
    harness.main()
