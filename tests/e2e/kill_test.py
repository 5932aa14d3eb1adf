"""`kill -9` of sync at any moment: the archive opens, and the next sync ends where it would have."""
import contextlib
import random
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

import causes_test
from ecfr_server import EcfrService, History
from federal_register_server import FederalRegisterService
import harness
from harness import SAMPLE, SAMPLE_NOW, SAMPLE_PARTS, Home, Mailbox, corpus_history, needs_corpus

SEED = 20261122


def let_work(process, seconds):
    """Returns when that time is over, or when the process has ended."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)


def killed(process):
    """True when the process was still at work. One that failed by itself must not pass for one that was killed."""
    process.kill()
    code = process.wait()
    if code not in (0, -signal.SIGKILL):
        raise AssertionError("it ended by itself with exit %d" % code)
    return code != 0


class Killing(unittest.TestCase):
    def undisturbed(self, service, parts, now):
        with Home(now) as home:
            home.ok("init")
            service.take_requests()
            started = time.monotonic()
            done = home.sync(service.url, parts)
            self.assertEqual(done.returncode, 0, done.stderr)
            requests = len(service.take_requests())
            return requests, (time.monotonic() - started) / requests, home.derived()

    def kill_and_complete(self, service, parts, now, kills, most_in_a_row):
        """Each kill comes with some request or up to a request's time behind it, so that it falls on the fetching, the
        storing and the deriving alike, however fast the machine is. Only a run that was cut short counts."""
        requests, pause, wanted = self.undisturbed(service, parts, now)
        luck, cut_short, tries = random.Random(SEED), 0, 0
        arguments = ["sync", "--mirror", service.url, *(x for part in parts for x in ("--part", part))]
        while cut_short < kills:
            with Home(now) as home:
                home.ok("init")
                moments, left = [], requests
                for _ in range(luck.randint(1, most_in_a_row)):
                    ordinal, delay = luck.randint(1, left), luck.choice((0.0, luck.uniform(0.0, pause)))
                    left = max(1, left - ordinal)
                    moments.append((ordinal, delay))
                    service.take_requests()
                    process = home.start(*arguments)
                    service.wait_for_request(ordinal, process)
                    let_work(process, delay)
                    tries += 1
                    if not killed(process):
                        break
                    cut_short += 1
                    if home.database.exists():
                        opened = home.run("status", "--json")
                        self.assertEqual(opened.returncode, 0, "status after kills at %s: %s" % (moments, opened.stderr))
                last = home.run(*arguments)
                self.assertEqual(last.returncode, 0, "sync after kills at %s: %s" % (moments, last.stderr))
                self.assertEqual(home.derived(), wanted, "derived tables after kills at %s" % moments)
                home.ok("verify")
            self.assertLess(tries, 5 * kills, "the kills come too late to prove anything")

    def test_forty_kills_over_the_sample(self):
        with EcfrService(History.from_sample(SAMPLE)) as service:
            self.kill_and_complete(service, SAMPLE_PARTS, SAMPLE_NOW, 40, most_in_a_row=3)

    def test_twenty_kills_over_both_sources(self):
        with FederalRegisterService(causes_test.history(), causes_test.documents(), fr_today=causes_test.NOW) as service:
            self.kill_and_complete(service, causes_test.PARTS, causes_test.NOW, 20, most_in_a_row=3)

    @needs_corpus
    def test_ten_kills_over_real_parts(self):
        with tempfile.TemporaryDirectory() as seeds:
            parts = ("734", "742")
            with EcfrService(History.from_folders(corpus_history(seeds, parts))) as service:
                self.kill_and_complete(service, parts, "2026-02-20", 10, most_in_a_row=4)


class KillingTheDigest(unittest.TestCase):
    def test_a_killed_delivery_loses_nothing_and_any_repetition_carries_the_same_id(self):
        luck, cut_short, tries = random.Random(SEED), 0, 0
        with Home() as prepared, Mailbox() as mailbox:
            prepared.ok("init")
            prepared.configure('[smtp]\nurl = "smtp://127.0.0.1:%d"\nfrom = "regtrail@example.co.jp"\nsecurity = "none"\n'
                               '[[subscriber]]\nname = "boeki"\nto = "boeki@example.co.jp"\n' % mailbox.port)
            prepared.ok("sync", "--mirror", SAMPLE)
            started = time.monotonic()
            prepared.ok("digest", "--dry-run")
            span = time.monotonic() - started
            while cut_short < 12:
                tries += 1
                self.assertLess(tries, 60, "the kills come too late to prove anything")
                mailbox.envelopes.clear()
                with Home() as home:
                    shutil.copytree(prepared.folder, home.folder, dirs_exist_ok=True)
                    moment = luck.uniform(0.0, span)
                    process = home.start("digest", "--send")
                    let_work(process, moment)
                    if killed(process):
                        cut_short += 1
                    else:
                        span *= 0.9
                    home.ok("digest", "--send")
                    home.ok("digest", "--send")
                    ids = [message["Message-ID"] for message in mailbox.messages()]
                    self.assertEqual(len(set(ids)), 1, "after a kill at %s s" % moment)
                    self.assertLessEqual(len(ids), 2)
                    outbox = home.json("status")["outbox"]
                    self.assertEqual((outbox["queued"], outbox["failed"], outbox["sent"]), (0, 0, 1))


if __name__ == "__main__":
    harness.main()
