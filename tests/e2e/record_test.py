"""A run that is recorded and played back: the same law, the same documents, no second look at the services."""
import unittest

import ecfr_server as bad
from ecfr_server import Fault, History
from federal_register_server import FederalRegisterService, document
import harness
from harness import SAMPLE, SAMPLE_NOW, SAMPLE_PARTS, Home

RULE = document("2026-14001", "2026-08-07", ("91 FR", 40001, 40010), title="Controls on Examples", effective_on="2026-08-10",
                agency_names=["Industry and Security Bureau"], cfr_references=[{"title": 15, "part": 744, "chapter": None, "citation_url": None}],
                xml="<RULE><PREAMB><SUBJECT>Controls on Examples</SUBJECT></PREAMB></RULE>")


class Recorded(unittest.TestCase):
    """`faults` strike while the run is recorded."""

    def record(self, faults=(), code=0):
        with FederalRegisterService(History.from_sample(SAMPLE), [RULE]) as service, Home(SAMPLE_NOW) as home:
            service.faults = list(faults)
            home.ok("init")
            done = home.sync(service.url, SAMPLE_PARTS, "--record", self.folder)
            self.assertEqual(done.returncode, code, done.stderr)
            self.asked = len(service.take_requests())
            return home.derived()

    def play(self, code=0):
        with Home(SAMPLE_NOW) as home:
            home.ok("init")
            done = home.sync(self.folder, SAMPLE_PARTS)
            self.assertEqual(done.returncode, code, done.stderr)
            return home.derived()

    def setUp(self):
        self.own = Home().__enter__()
        self.addCleanup(self.own.__exit__)
        self.folder = self.own.folder / "recorded"

    def lines(self):
        return [line.split("\t") for line in (self.folder / "_requests.tsv").read_text(encoding="utf-8").splitlines()]

    def test_what_was_recorded_plays_back_to_the_same_archive(self):
        recorded = self.record()
        self.assertIn("\ndocument\t2026-14001\t", recorded)
        self.assertEqual(self.play(), recorded)
        heading, *lines = self.lines()
        self.assertRegex(heading[0], r"^regtrail .*--now 2026-10-21")
        self.assertEqual(len(lines), self.asked)
        self.assertEqual(self.folder.stat().st_mode & 0o777, 0o700)

    def test_answers_that_were_tried_again_are_kept_beside_the_sound_ones(self):
        recorded = self.record([Fault("/titles.json", bad.busy, 1), Fault("/full/2026-08-10/title-15.xml?part=742", bad.block_page, 1)])
        self.assertEqual(self.play(), recorded)
        kept = [line for line in self.lines()[1:] if line[2].startswith("_answers/")]
        self.assertEqual([line[1] for line in kept], ["503", "200"])
        self.assertIn(b"currently unavailable", (self.folder / kept[0][2]).read_bytes())
        self.assertIn(b"aggressive automated scraping", (self.folder / kept[1][2]).read_bytes())

    def test_what_never_came_plays_back_as_missing(self):
        recorded = self.record([Fault("/full/2026-08-10/title-15.xml?part=742", bad.truncated)], code=3)
        self.assertEqual(self.play(code=3), recorded)

    def test_a_folder_that_holds_something_is_left_alone(self):
        self.folder.mkdir()
        (self.folder / "mine").write_text("x")
        self.own.ok("init")
        done = self.own.run("sync", "--mirror", SAMPLE, "--part", "744", "--record", self.folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn("name a new one", done.stderr)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["mine"])
        self.assertFalse(self.own.database.exists())


if __name__ == "__main__":
    harness.main()
