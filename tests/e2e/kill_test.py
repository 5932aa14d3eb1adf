"""`kill -9` of sync at any moment: the archive opens, and the next sync ends where it would have."""
import random
import tempfile
import time
import unittest

from ecfr_server import EcfrService, History
from harness import SAMPLE, SAMPLE_NOW, SAMPLE_PARTS, Home, corpus_history, needs_corpus

SEED = 20261122


class Killing(unittest.TestCase):
    def undisturbed(self, service, parts, now):
        with Home(now) as home:
            home.ok("init")
            started = time.monotonic()
            done = home.sync(service.url, parts)
            self.assertEqual(done.returncode, 0, done.stderr)
            return time.monotonic() - started, home.derived()

    def kill_and_complete(self, service, parts, now, kills, most_in_a_row):
        span, wanted = self.undisturbed(service, parts, now)
        luck, cut_short, done = random.Random(SEED), 0, 0
        arguments = ["sync", "--mirror", service.url, *(x for part in parts for x in ("--part", part))]
        while done < kills:
            with Home(now) as home:
                home.ok("init")
                in_a_row = min(luck.randint(1, most_in_a_row), kills - done)
                moments = []
                for _ in range(in_a_row):
                    moments.append(luck.uniform(0.0, span))
                    process = home.start(*arguments)
                    time.sleep(moments[-1])
                    process.kill()
                    cut_short += process.wait() != 0
                    done += 1
                    if home.database.exists():
                        opened = home.run("status", "--json")
                        self.assertEqual(opened.returncode, 0, "status after a kill at %s s: %s" % (moments, opened.stderr))
                last = home.run(*arguments)
                self.assertEqual(last.returncode, 0, "sync after a kill at %s s: %s" % (moments, last.stderr))
                self.assertEqual(home.derived(), wanted, "derived tables after a kill at %s s" % moments)
                home.ok("verify")
        self.assertGreater(cut_short, kills // 2, "the kills came too late to prove anything")

    def test_forty_kills_over_the_sample(self):
        with EcfrService(History.from_sample(SAMPLE)) as service:
            self.kill_and_complete(service, SAMPLE_PARTS, SAMPLE_NOW, 40, most_in_a_row=3)

    @needs_corpus
    def test_ten_kills_over_real_parts(self):
        with tempfile.TemporaryDirectory() as seeds:
            parts = ("734", "742")
            with EcfrService(History.from_folders(corpus_history(seeds, parts))) as service:
                self.kill_and_complete(service, parts, "2026-02-20", 10, most_in_a_row=4)


if __name__ == "__main__":
    unittest.main(verbosity=2)
