"""From the eCFR to a mailed digest: parts 734, 738, 742 and 744 in four dates, a real mail server."""
import html
import re
import tempfile
import unittest

from ecfr_server import EcfrService, Fault, History, busy
import harness
from harness import CORPUS_PARTS, SAMPLE, SAMPLE_NOW, SAMPLE_PARTS, Home, Mailbox, corpus_history, make_certificates, needs_corpus

NOW = "2026-02-20"
CONFIGURATION = """
[http]
contact = "tests@example.co.jp"

[sync]
parts = [%s]

[smtp]
url = "smtp://%s:%d"
from = "regtrail <regtrail@example.co.jp>"
%s

[[subscriber]]
name = "boeki"
to = "boeki@example.co.jp"
lang = "%s"
"""


def configuration(port, parts, language="en", host="127.0.0.1", smtp='security = "none"'):
    return CONFIGURATION % (", ".join('"%s"' % p for p in parts), host, port, smtp, language)


def bodies(message):
    """(text, what the HTML shows): white space folded, so that wrapping does not matter."""
    fold = lambda s: re.sub(r"\s+", " ", s)
    text = message.get_body(("plain",)).get_content()
    page = message.get_body(("html",)).get_content()
    page = re.sub(r"<style.*?</style>", " ", page, flags=re.S)
    return fold(text), fold(html.unescape(re.sub(r"<[^>]+>", "", page)))


def asked(requests):
    """Of the eCFR; this server has no Federal Register."""
    return [path.split("/www.ecfr.gov/api/")[1] for path, _, _ in requests if "/www.ecfr.gov/api/" in path]


@needs_corpus
class TheMainJob(unittest.TestCase):
    """One archive through the whole job; the steps are tests of their own, in the order of their names."""

    @classmethod
    def setUpClass(cls):
        cls.seeds = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.seeds.cleanup)
        cls.service = EcfrService(History.from_folders(corpus_history(cls.seeds.name))).__enter__()
        cls.addClassCleanup(cls.service.__exit__)
        cls.mailbox = Mailbox().__enter__()
        cls.addClassCleanup(cls.mailbox.__exit__)
        cls.home = Home(NOW)
        cls.addClassCleanup(cls.home.__exit__)

    def test_1_init_writes_a_configuration_and_categories_and_keeps_what_is_there(self):
        self.home.ok("init")
        self.assertIn("[smtp]", self.home.config.read_text(encoding="utf-8"))
        self.home.configure(configuration(self.mailbox.port, CORPUS_PARTS))
        self.home.run("init")
        self.assertEqual(self.home.config.read_text(encoding="utf-8"), configuration(self.mailbox.port, CORPUS_PARTS))
        self.assertIn("vacuum-valves", self.home.ok("categories", "list").stdout)

    def test_2_sync_pulls_four_parts_in_four_dates(self):
        done = self.home.ok("sync", "--mirror", self.service.url)
        self.assertEqual(done.stderr, "")
        self.assertEqual(len(done.stdout.splitlines()), 1, done.stdout)
        requests = self.service.take_requests()
        self.assertEqual([path for path, status, _ in requests if status != 200 and "/www.ecfr.gov/" in path], [])
        fetched = [path for path in asked(requests) if "/full/" in path]
        self.assertEqual(len(fetched), len(set(fetched)), "a text was fetched twice")
        self.assertEqual(len(fetched), sum(len(dates) for dates in self.service.history.texts.values()))
        self.assertIn("tests@example.co.jp", requests[0][2]["User-Agent"])
        status = self.home.json("status")
        self.assertEqual(status["sources"][0]["health"], "healthy")
        self.assertEqual(status["sources"][0]["newest_issue_date"], "2026-02-16")
        self.assertEqual((status["quarantined"], status["not_understood"]), (0, 0))

    def test_3_history_holds_one_version_for_each_row_of_the_service(self):
        rows = [r for r in self.service.history.rows if r["identifier"] == "Supplement No. 4 to Part 744" and not r["removed"]]
        versions = self.home.json("history", "Supplement No. 4 to Part 744")["versions"]
        self.assertEqual([v["from"] for v in sorted(versions, key=lambda v: v["from"])], [r["issue_date"] for r in rows])
        self.assertEqual([v["until"] for v in versions].count(None), 1)

    def test_3_diff_exits_with_1_only_when_asked_and_there_are_changes(self):
        arguments = ("diff", "Supplement No. 4 to Part 744", "--from", "2026-01-05", "--to", "2026-02-16")
        diff = self.home.json(*arguments)
        self.assertTrue(diff["changes"])
        self.home.ok(*arguments, "--exit-code", code=1)
        self.home.ok("diff", "Supplement No. 4 to Part 744", "--from", "2026-02-16", "--to", "2026-02-16", "--exit-code")
        for change in diff["changes"]:
            if change["words"]:
                self.assertEqual("".join(t for op, t in change["words"] if op in "=-"), change["before"])
                self.assertEqual("".join(t for op, t in change["words"] if op in "=+"), change["after"])

    def test_4_the_digest_that_arrives_names_the_changes_in_both_parts(self):
        hits = self.home.json("changes")
        self.assertTrue(hits)
        self.home.ok("digest", "--send")
        self.assertEqual(len(self.mailbox.envelopes), 1)
        envelope, message = self.mailbox.envelopes[0], self.mailbox.messages()[0]
        self.assertEqual(envelope.rcpt_tos, ["boeki@example.co.jp"])
        self.assertEqual(envelope.mail_from, "regtrail@example.co.jp")
        self.assertEqual(message.get_content_type(), "multipart/alternative")
        self.assertEqual([p.get_content_type() for p in message.iter_parts()], ["text/plain", "text/html"])
        self.assertRegex(message["Message-ID"], r"^<[^<>@\s]+@[^<>@\s]+>$")
        self.assertTrue(message["Subject"] and message["Date"] and message["From"] and message["To"])
        self.assertTrue(all(len(line) <= 998 for line in envelope.content.split(b"\r\n")))
        strongest = max(hits, key=lambda h: (h["severity"], h["score"]))["change"]
        at = re.sub(r"\s+", " ", strongest["at"])
        for name, body in zip(("text", "html"), bodies(message)):
            self.assertIn(at.split(" / ")[-1].removeprefix("15 CFR "), body, name)

    def test_5_a_second_sync_asks_for_titles_only_and_a_second_digest_mails_nothing(self):
        self.service.take_requests()
        before = self.home.derived()
        self.home.ok("sync", "--mirror", self.service.url)
        paths = asked(self.service.take_requests())
        self.assertEqual([p for p in paths if "titles.json" in p], ["versioner/v1/titles.json"])
        self.assertEqual([p for p in paths if "titles.json" not in p and "corrections" not in p], [])
        self.home.ok("digest", "--send")
        self.assertEqual(len(self.mailbox.envelopes), 1)
        self.assertEqual(self.home.derived(), before)

    def test_6_rebuild_makes_the_same_tables_again(self):
        before = self.home.derived()
        self.home.ok("rebuild")
        self.assertEqual(self.home.derived(), before)
        self.home.ok("verify")


class TheService(unittest.TestCase):
    """What the eCFR does, done to a sync of the sample."""

    def setUp(self):
        self.history = History.from_sample(SAMPLE)

    def derived_by_one_sync(self, **options):
        with EcfrService(self.history, **options) as service, Home(SAMPLE_NOW) as home:
            home.ok("init")
            done = home.sync(service.url, SAMPLE_PARTS)
            self.assertEqual(done.returncode, 0, done.stderr)
            return home.derived()

    def test_the_mirror_folder_and_the_service_give_the_same_archive(self):
        with Home(SAMPLE_NOW) as home:
            home.ok("init")
            self.assertEqual(home.sync(SAMPLE, SAMPLE_PARTS).returncode, 0)
            folder = home.derived()
        self.assertEqual(folder, self.derived_by_one_sync(currency="2026-10-20"))

    def test_pages_of_versions_are_all_read(self):
        self.assertEqual(self.derived_by_one_sync(page_size=3), self.derived_by_one_sync())

    def test_an_issue_that_appears_later_is_the_only_one_fetched(self):
        with EcfrService(self.history) as service, Home() as home:
            home.ok("init")
            service.advance_to("2026-08-10")
            self.assertEqual(home.sync(service.url, SAMPLE_PARTS, "--now", "2026-08-13").returncode, 0)
            service.take_requests()
            service.advance_to("2026-09-14")
            done = home.sync(service.url, SAMPLE_PARTS, "--now", "2026-09-17")
            self.assertEqual(done.returncode, 0, done.stderr)
            texts = sorted(p for p in asked(service.take_requests()) if "/full/" in p)
            self.assertEqual(texts, ["versioner/v1/full/2026-09-14/title-15.xml?part=" + p for p in ("738", "742", "744")])
            newest = home.json("status")["sources"][0]["newest_issue_date"]
            self.assertEqual(newest, "2026-09-14")

    def test_since_bounds_how_far_back_a_first_sync_goes(self):
        with EcfrService(self.history) as service, Home() as home:
            home.ok("init")
            done = home.sync(service.url, ["744"], "--since", "2026-09-01")
            self.assertEqual(done.returncode, 0, done.stderr)
            dates = {p.split("/full/")[1][:10] for p in asked(service.take_requests()) if "/full/" in p}
            self.assertIn("2026-10-19", dates)
            self.assertNotIn("2026-06-01", dates)

    def test_a_title_in_processing_is_left_for_the_next_run(self):
        with EcfrService(self.history) as service, Home() as home:
            home.ok("init")
            service.processing = True
            done = home.sync(service.url, SAMPLE_PARTS)
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertFalse([p for p in asked(service.take_requests()) if "/full/" in p])
            service.processing = False
            self.assertEqual(home.sync(service.url, SAMPLE_PARTS).returncode, 0)

    def test_a_busy_answer_is_asked_again(self):
        with EcfrService(self.history) as service, Home() as home:
            home.ok("init")
            service.faults = [Fault("/full/2026-10-19/title-15.xml?part=742", busy, times=2)]
            done = home.sync(service.url, SAMPLE_PARTS)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_quiet_sync_asks_what_changed_and_is_done_when_nothing_did(self):
        with EcfrService(self.history) as service, Home() as home:
            service.etags = True
            home.ok("init")
            self.assertEqual(home.sync(service.url, SAMPLE_PARTS, "--now", "2026-10-21").returncode, 0)
            first = home.json("status")["sources"][0]
            derived = home.derived()
            service.take_requests()

            done = home.sync(service.url, SAMPLE_PARTS, "--now", "2026-10-22")

            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
            ours = [r for r in service.take_requests() if "/www.ecfr.gov/" in r[0]]
            self.assertEqual([r[0].split("/www.ecfr.gov/api/")[1] for r in ours],
                             ["versioner/v1/titles.json", "admin/v1/corrections/title/15.json"])
            self.assertEqual([r[1] for r in ours], [304, 304])
            self.assertTrue(all(r[2]["If-None-Match"].startswith('"') for r in ours))
            second = home.json("status")["sources"][0]
            self.assertEqual(second["health"], "healthy")
            self.assertGreater(second["last_success"], first["last_success"])
            self.assertEqual(home.derived(), derived)
            home.ok("verify")

    def test_validators_of_a_mirror_are_not_sent_to_another(self):
        with EcfrService(self.history) as one, EcfrService(self.history) as other, Home() as home:
            one.etags = other.etags = True
            home.ok("init")
            self.assertEqual(home.sync(one.url, ["742"]).returncode, 0)
            self.assertEqual(home.sync(other.url, ["742"]).returncode, 0)
            titles = [r for r in other.take_requests() if "titles.json" in r[0]]
            self.assertEqual([(r[1], "If-None-Match" in r[2]) for r in titles], [(200, False)])

    def test_a_mirror_on_this_machine_is_asked_under_every_name_of_it(self):
        for host, name in (("127.0.0.1", "localhost"), ("127.0.0.1", "LOCALHOST"), ("127.1.2.3", "127.1.2.3"), ("127.0.0.1", "0x7f.1"),
                           ("::1", "[::1]")):
            with self.subTest(name), EcfrService(self.history, host=host) as service, Home() as home:
                home.ok("init")
                done = home.sync("http://%s:%d" % (name, service.port), ["742"])
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertTrue(service.take_requests())

    def test_two_syncs_at_once_do_the_work_once(self):
        with EcfrService(self.history, delay=0.05) as service, Home() as home:
            home.ok("init")
            first = home.start("sync", "--mirror", service.url, *(x for p in SAMPLE_PARTS for x in ("--part", p)))
            second = home.sync(service.url, SAMPLE_PARTS)
            self.assertEqual(first.wait(60), 0)
            self.assertIn(second.returncode, (0, 3), second.stderr)
            fetched = [p for p in asked(service.take_requests()) if "/full/" in p]
            self.assertEqual(len(fetched), len(set(fetched)))


class TheMail(unittest.TestCase):
    """Delivery of the sample's digest."""

    def prepared(self, home, mailbox, **options):
        home.ok("init")
        home.configure(configuration(mailbox.port, SAMPLE_PARTS, **options))
        home.ok("sync", "--mirror", SAMPLE)

    def test_starttls_with_an_own_authority_and_a_login(self):
        with tempfile.TemporaryDirectory() as folder:
            authority, certificate = make_certificates(folder)
            with Mailbox(certificate, login=("boeki", "pass word")) as mailbox, Home() as home:
                smtp = 'security = "starttls"\nca_file = "%s"\nuser = "boeki"\npassword_env = "SMTP_PASSWORD"' % authority
                self.prepared(home, mailbox, host="localhost", smtp=smtp, language="ja")
                done = home.run("digest", "--send", environment={"SMTP_PASSWORD": "pass word"})
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(mailbox.logins, [("boeki", "pass word")])
                text, page = bodies(mailbox.messages()[0])
                self.assertRegex(text, "[ぁ-んァ-ン]")
                self.assertRegex(page, "[ぁ-んァ-ン]")
                self.assertNotIn("pass word", done.stdout + done.stderr)

    def test_an_unknown_authority_is_refused_and_the_message_waits(self):
        with tempfile.TemporaryDirectory() as folder:
            authority, certificate = make_certificates(folder)
            with Mailbox(certificate) as mailbox, Home() as home:
                self.prepared(home, mailbox, host="localhost", smtp='security = "starttls"')
                done = home.run("digest", "--send")
                self.assertEqual(done.returncode, 3, done.stderr)
                self.assertEqual(mailbox.envelopes, [])
                home.configure(configuration(mailbox.port, SAMPLE_PARTS, host="localhost", smtp='ca_file = "%s"' % authority))
                home.ok("digest", "--send")
                self.assertEqual(len(mailbox.envelopes), 1)

    def test_a_refused_message_is_sent_again_under_the_same_id_and_only_once(self):
        with Mailbox(refuse=1) as mailbox, Home() as home:
            self.prepared(home, mailbox)
            done = home.run("digest", "--send")
            self.assertEqual(done.returncode, 3, done.stderr)
            waiting = home.json("status")["outbox"]
            self.assertEqual((waiting["queued"] + waiting["failed"] > 0, waiting["sent"]), (True, 0))
            home.ok("digest", "--send")
            home.ok("digest", "--send")
            self.assertEqual(len(mailbox.envelopes), 1)
            self.assertEqual(home.json("status")["outbox"]["sent"], 1)

    def test_a_dry_run_shows_the_message_and_sends_nothing(self):
        with Mailbox() as mailbox, Home() as home:
            self.prepared(home, mailbox)
            shown = home.ok("digest", "--dry-run").stdout
            self.assertIn("multipart/alternative", shown)
            self.assertEqual(mailbox.envelopes, [])
            home.ok("digest", "--send")
            self.assertEqual(len(mailbox.envelopes), 1)

    def test_a_mail_to_one_subscriber_does_not_use_up_the_hits_of_another(self):
        with Mailbox() as mailbox, Home() as home:
            self.prepared(home, mailbox)
            home.ok("digest", "--send")
            home.configure(configuration(mailbox.port, SAMPLE_PARTS) + '\n[[subscriber]]\nname = "second"\nto = "second@example.co.jp"\n')
            home.ok("digest", "--send")
            self.assertEqual([e.rcpt_tos for e in mailbox.envelopes], [["boeki@example.co.jp"], ["second@example.co.jp"]])


if __name__ == "__main__":
    harness.main()
