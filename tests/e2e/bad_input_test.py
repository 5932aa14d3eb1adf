"""Bad input through the real program: a message that names the place, the right exit code, nothing lost."""
import concurrent.futures
import http.server
import os
import pathlib
import shutil
import threading
import unittest

import ecfr_server as bad
from ecfr_server import EcfrService, Fault, History
import harness
from harness import BINARY, SAMPLE, SAMPLE_NOW, SAMPLE_PARTS, Home

TEXT = "/full/2026-08-10/title-15.xml?part=742"
ROWS = "/versions/title-15.json"
TITLES = "/titles.json"
NOBODY = 65534

# name, where it strikes, what goes wrong, words that the message must hold
FROM_THE_SERVICE = [
    ("a block page with status 200", TEXT, bad.block_page, ["742", "2026-08-10"]),
    ("a block page that calls itself XML", TEXT, bad.block_page_as_xml, ["742", "2026-08-10"]),
    ("an empty body", TEXT, bad.empty_body, ["742", "2026-08-10"]),
    ("XML cut off at two thirds", TEXT, bad.truncated, ["742", "2026-08-10"]),
    ("a body over the limit", TEXT, bad.over_limit, ["742", "2026-08-10"]),
    ("JSON where XML was asked", TEXT, bad.wrong_shape, ["742", "2026-08-10"]),
    ("a part that lost nearly all of its units", TEXT, bad.shrunk, ["742", "2026-08-10"]),
    ("versions of the wrong shape", ROWS, bad.wrong_shape, ["versions"]),
    ("versions that are no JSON", ROWS, bad.no_json, ["versions"]),
    ("titles of the wrong shape", TITLES, bad.wrong_shape, ["titles"]),
    ("an empty titles.json", TITLES, bad.empty_body, ["titles"]),
    ("a block page for titles.json", TITLES, bad.block_page, ["titles"]),
    ("a watermark that lies ahead", TITLES, bad.ahead("latest_issue_date", "2026-10-19"), ["titles.json", "3026-10-19", "next sync"]),
    ("a currency that lies ahead", TITLES, bad.ahead("up_to_date_as_of", "2026-10-21"), ["titles.json", "3026-10-21", "next sync"]),
    ("versions of one part that lie ahead", ROWS + "?issue_date[gte]=2016-01-01&part=742", bad.ahead("issue_date", "2026-08-10"),
     ["part=742", "3026-08-10", "next sync"]),
]


class Trap(http.server.HTTPServer):
    """Another host, which must not be asked."""

    def __init__(self):
        super().__init__(("127.0.0.2", 0), TrapHandler)
        self.visits = []

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *details):
        self.shutdown()
        self.server_close()

    @property
    def url(self):
        return "http://127.0.0.2:%d/stolen" % self.server_address[1]


class TrapHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.visits.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "application/xml")
        self.end_headers()
        self.wfile.write(b'<DIV5 N="742" TYPE="PART"></DIV5>')

    def log_message(self, *details):
        pass


class BadAnswers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.history = History.from_sample(SAMPLE)
        with EcfrService(cls.history) as service, Home(SAMPLE_NOW) as home:
            home.ok("init")
            done = home.sync(service.url, SAMPLE_PARTS)
            assert done.returncode == 0, done.stderr
            cls.wanted = home.derived()

    def check(self, fault, words):
        """The run with the fault says so and exits 3, tells of no change of law that never was, and
        the next one completes to what an undisturbed run gives."""
        with EcfrService(self.history) as service, Home(SAMPLE_NOW) as home:
            home.ok("init")
            service.faults = [fault]
            done = home.sync(service.url, SAMPLE_PARTS)
            said = done.stderr + done.stdout
            self.assertEqual(done.returncode, 3, said)
            for word in words:
                self.assertIn(word, said)
            status = home.json("status")
            self.assertNotEqual(status["sources"][0]["health"], "healthy")
            service.faults = []
            last = home.sync(service.url, SAMPLE_PARTS)
            self.assertEqual(last.returncode, 0, last.stderr)
            self.assertEqual(home.derived(), self.wanted)
            self.assertEqual(home.json("status")["sources"][0]["health"], "healthy")

    def test_each_wrong_answer_is_named_set_aside_and_made_good_by_the_next_sync(self):
        """All at once: most of the time goes by in waiting for the next attempt."""
        with Trap() as trap:
            table = FROM_THE_SERVICE + [
                ("a redirect to another host", TEXT, bad.redirect_to(trap.url), ["127.0.0.2"]),
                ("a redirect to the unblocking page", TEXT, bad.redirect_to("https://unblock.federalregister.gov/"), ["unblock.federalregister.gov"]),
            ]
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                runs = [(name, pool.submit(self.check, Fault(where, change), words)) for name, where, change, words in table]
            for name, run in runs:
                with self.subTest(answer=name):
                    run.result()
            self.assertEqual(trap.visits, [])

    def test_an_issue_that_lost_nearly_all_of_its_units_is_set_aside(self):
        with EcfrService(self.history) as service, Home(SAMPLE_NOW) as home:
            home.ok("init")
            service.advance_to("2026-07-06")
            self.assertEqual(home.sync(service.url, SAMPLE_PARTS).returncode, 0)
            service.advance_to("2026-10-19")
            service.faults = [Fault(TEXT, bad.shrunk)]
            done = home.sync(service.url, SAMPLE_PARTS)
            self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
            self.assertGreater(home.json("status")["quarantined"], 0)
            service.faults = []
            self.assertEqual(home.sync(service.url, SAMPLE_PARTS).returncode, 0)
            self.assertEqual(home.derived(), self.wanted)

    def test_a_part_that_is_repealed_is_gone_and_one_that_is_missing_is_trouble(self):
        texts = {part: dict(dated) for part, dated in self.history.texts.items()}
        last = self.history.dates[-1]
        texts["742"][last] = ""
        with EcfrService(History(texts)) as service, Home(SAMPLE_NOW) as home:
            home.ok("init")
            service.faults = [Fault(ROWS, lambda answer: bad.Answer(200, answer.body.replace(b'"removed": true', b'"removed": false'),
                                                                    answer.content_type))]
            missing = home.sync(service.url, ["742"])
            self.assertEqual(missing.returncode, 3, missing.stderr)
            self.assertIn("15 CFR Part 742 of %s" % last, missing.stderr)
        with EcfrService(History(texts)) as service, Home(SAMPLE_NOW) as home:
            home.ok("init")
            done = home.sync(service.url, SAMPLE_PARTS)
            self.assertEqual(done.returncode, 0, done.stderr)
            for citation in ("15 CFR 742.4", "15 CFR 742.4(a)", "15 CFR Part 742"):
                shown = home.ok("show", citation, code=2)
                self.assertIn("was removed on %s" % last, shown.stderr)
                self.assertEqual(home.run("show", citation, "--on", "2026-09-01").returncode, 0)
            newest = home.json("history", "15 CFR 742.4")["versions"][0]
            self.assertEqual((newest["status"], newest["from"]), ("removed", last))
            service.take_requests()
            self.assertEqual(home.sync(service.url, SAMPLE_PARTS).returncode, 0)
            self.assertEqual([path for path, _, _ in service.take_requests() if "/full/" in path], [])
            wanted = home.derived()
            home.ok("rebuild")
            self.assertEqual(home.derived(), wanted)

    def test_a_connection_that_breaks_off_once_is_tried_again(self):
        with EcfrService(self.history) as service, Home(SAMPLE_NOW) as home:
            home.ok("init")
            service.faults = [Fault(TEXT, bad.broken_off, times=1)]
            done = home.sync(service.url, SAMPLE_PARTS)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(home.derived(), self.wanted)

    def test_no_server_at_all(self):
        with EcfrService(self.history) as service:
            gone = service.url
        with Home(SAMPLE_NOW) as home:
            home.ok("init")
            done = home.sync(gone, ["742"])
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn("127.0.0.1", done.stderr + done.stdout)

    def test_a_clock_that_ran_backwards_is_no_news(self):
        with EcfrService(self.history) as service, Home(SAMPLE_NOW) as home:
            home.ok("init")
            self.assertEqual(home.sync(service.url, SAMPLE_PARTS).returncode, 0)
            service.advance_to("2026-07-06")
            done = home.sync(service.url, SAMPLE_PARTS)
            self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
            self.assertEqual(home.derived(), self.wanted)

    def test_a_mirror_folder_that_is_not_there(self):
        with Home(SAMPLE_NOW) as home:
            home.ok("init")
            done = home.sync(home.folder / "nowhere", ["742"])
            self.assertIn(done.returncode, (2, 3))
            self.assertIn("nowhere", done.stderr)


class BadArguments(unittest.TestCase):
    """(arguments, exit code, words of the message)"""

    @classmethod
    def setUpClass(cls):
        cls.home = Home(SAMPLE_NOW)
        cls.addClassCleanup(cls.home.__exit__)
        cls.home.ok("init")
        done = cls.home.sync(SAMPLE, SAMPLE_PARTS)
        assert done.returncode == 0, done.stderr
        cls.part = SAMPLE / "www.ecfr.gov/api/versioner/v1/full/2026-06-01/title-15.xml@part=742"
        text = cls.part.read_text()
        for name, content in [("cut.xml", text[:3000]), ("page.xml", bad.BLOCK_PAGE), ("empty.xml", ""), ("list.json", "[]"),
                              ("bomb.xml", '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n' + text.split("\n", 1)[1])]:
            (cls.home.folder / name).write_text(content)

    def refused(self, *arguments, words, code=2):
        done = self.home.run(*arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertEqual(done.stdout, "")

    def test_what_is_no_citation(self):
        for text in ("what is new", "744.(", "3Z001", "supp. to part"):
            with self.subTest(text=text):
                self.refused("show", text, words=["'%s'" % text])

    def test_citations_of_nothing_in_the_archive(self):
        for text in ("15 CFR 742.99", "15 CFR 742.4(z)", "ECCN 9E999", "Supplement No. 9 to Part 744"):
            with self.subTest(text=text):
                self.refused("history", text, words=[text.split()[-1] if text.startswith("ECCN") else text])

    def test_a_date_before_the_first_version(self):
        self.refused("show", "15 CFR 742.4", "--on", "2019-01-01", words=["2019-01-01"])

    def test_what_is_no_date(self):
        self.refused("show", "15 CFR 742.4", "--on", "2026-02-30", words=["2026-02-30"])

    def test_files_that_are_no_text_of_law(self):
        for name, words in [("cut.xml", ["cut.xml"]), ("page.xml", ["page.xml"]), ("empty.xml", ["empty.xml"]), ("list.json", ["list.json"]),
                            ("bomb.xml", ["bomb.xml", "DOCTYPE"]), ("missing.xml", ["missing.xml"])]:
            with self.subTest(file=name):
                self.refused("diff", "--files", self.part, self.home.folder / name, words=words)
                self.refused("diff", "--files", self.home.folder / name, self.part, "--json", words=words)

    def test_an_unknown_command_or_option(self):
        self.refused("synk", words=["synk"])
        self.refused("sync", "--mirorr", "x", words=["--mirorr"])


class BadHome(unittest.TestCase):
    """Databases and configurations that cannot be used."""

    def setUp(self):
        self.home = Home(SAMPLE_NOW)
        self.addCleanup(self.home.__exit__)
        self.home.ok("init")

    def refused(self, *arguments, words, **options):
        done = self.home.run(*arguments, **options)
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    def as_nobody(self):
        """Options that run the program without root's right to ignore file modes."""
        if os.geteuid() != 0:
            return {}
        self.home.binary = pathlib.Path(shutil.copy(BINARY, self.home.folder / "regtrail"))
        shutil.copytree(SAMPLE, self.home.folder / "sample")  # the clone may lie where only root can look
        for path in [self.home.folder, *self.home.folder.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)
        return {"user": NOBODY, "group": NOBODY, "extra_groups": []}

    def test_a_database_that_is_something_else(self):
        self.home.database.write_bytes(b"this is no database, but it is somebody's file\n" * 40)
        before = self.home.database.read_bytes()
        for arguments in (("status",), ("sync", "--mirror", SAMPLE, "--part", "742"), ("history", "15 CFR 742.4")):
            self.refused(*arguments, words=[str(self.home.database.name)])
        self.assertEqual(self.home.database.read_bytes(), before)

    def test_a_database_that_may_not_be_read(self):
        self.assertEqual(self.home.sync(SAMPLE, ["742"]).returncode, 0)
        options = self.as_nobody()
        self.home.database.chmod(0)
        self.refused("status", words=[self.home.database.name], **options)

    def test_a_database_that_may_only_be_read(self):
        self.assertEqual(self.home.sync(SAMPLE, ["742"]).returncode, 0)
        wanted = self.home.derived()
        options = self.as_nobody()
        self.home.database.chmod(0o444)
        self.home.folder.chmod(0o555)
        self.refused("sync", "--mirror", "sample", "--part", "744", words=[self.home.database.name], **options)
        self.home.folder.chmod(0o755)
        self.home.database.chmod(0o644)
        self.assertEqual(self.home.run("verify", "--export", **options).stdout, wanted)

    def test_a_missing_database(self):
        if self.home.database.exists():
            self.home.database.unlink()
        self.refused("history", "15 CFR 742.4", words=[self.home.database.name])

    def test_a_newer_schema_is_refused_by_number(self):
        import sqlite3
        self.assertEqual(self.home.sync(SAMPLE, ["742"]).returncode, 0)
        with sqlite3.connect(self.home.database) as database:
            database.execute("PRAGMA user_version = 9999")
        database.close()
        self.refused("status", words=["9999"])

    def test_configurations_that_cannot_be_read(self):
        for text, words in [("[http\ncontact = 1\n", ["config.toml:1"]),
                            ("[http]\ncontact = \"x\"\nproxi = \"y\"\n", ["config.toml:3", "proxi"]),
                            ("\n[sync]\nparts = [744]\n", ["config.toml:3"]),
                            ("[[subscriber]]\nname = \"a\"\nto = \"a@example.jp\"\ncategories = [\"vacuum-valve\"]\n", ["config.toml:", "vacuum-valve"]),
                            ("[smtp]\nurl = \"smtp://x\"\nfrom = \"a@b.example\"\nsecurity = \"some\"\n", ["config.toml:4", "some"])]:
            with self.subTest(text=text):
                self.home.configure(text)
                self.refused("digest", "--dry-run", words=words)

    def test_categories_that_cannot_be_read(self):
        (self.home.folder / "own.toml").write_text('schema_version = 1\n[[category]]\nid = "x"\nlabel_en = "X"\neccn = ["3B01"]\n')
        self.home.configure('[categories]\nfile = "own.toml"\n')
        self.refused("categories", "list", words=["own.toml:5", "3B01"])

    def test_a_login_file_that_others_can_read(self):
        (self.home.folder / "secret").write_text("hush\n")
        (self.home.folder / "secret").chmod(0o644)
        self.assertEqual(self.home.sync(SAMPLE, SAMPLE_PARTS).returncode, 0)
        self.home.configure('[smtp]\nurl = "smtp://127.0.0.1:9"\nfrom = "a@b.example"\nuser = "u"\npassword_file = "secret"\n'
                            '[[subscriber]]\nname = "n"\nto = "n@b.example"\n')
        self.refused("digest", "--send", words=["secret", "0600"])


if __name__ == "__main__":
    harness.main()
