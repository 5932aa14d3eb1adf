"""Parts of other titles than 15 through the built binary, from a mirror folder."""
import json
import re
import shlex
import shutil
import unittest

import harness
from harness import SAMPLE, SAMPLE_NOW, Home

API = "www.ecfr.gov/api/versioner/v1"
DATES = {"2026-06-01": "Sonar of 5 kHz or more.", "2026-09-14": "Sonar of 4 kHz or more."}


def part(number, words):
    return """<?xml version="1.0"?>
<DIV5 N="%(n)s" TYPE="PART"><HEAD>PART %(n)s—LIST</HEAD>
<DIV8 N="%(n)s.1" TYPE="SECTION"><HEAD>§ %(n)s.1   General.</HEAD><P>(a) Articles.</P><P>(b) %(words)s</P></DIV8>
<DIV9 N="Supplement No. 1 to Part %(n)s" TYPE="APPENDIX"><HEAD>Supplement No. 1 to Part %(n)s—Articles</HEAD><P>(a) %(words)s</P></DIV9>
</DIV5>""" % {"n": number, "words": words}


def add_title(mirror, title, number):
    titles = mirror / API / "titles.json"
    listed = json.loads(titles.read_text(encoding="utf-8"))
    listed["titles"].append({"number": title, "name": "Other", "latest_amended_on": max(DATES), "latest_issue_date": max(DATES),
                             "up_to_date_as_of": "2026-10-20", "reserved": False})
    titles.write_text(json.dumps(listed), encoding="utf-8")
    rows = [{"date": date, "amendment_date": date, "issue_date": date, "identifier": number + ".1", "name": "x", "part": number,
             "substantive": True, "removed": False, "subpart": None, "title": str(title), "type": "section"} for date in DATES]
    versions = mirror / API / "versions" / ("title-%d.json@part=%s" % (title, number))
    versions.write_text(json.dumps({"content_versions": rows, "meta": {"result_count": str(len(rows))}}), encoding="utf-8")
    for date, words in DATES.items():
        folder = mirror / API / "full" / date
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ("title-%d.xml@part=%s" % (title, number))).write_text(part(number, words), encoding="utf-8")


class OtherTitles(unittest.TestCase):
    def setUp(self):
        self.home = Home(SAMPLE_NOW)
        self.addCleanup(self.home.__exit__)
        self.home.ok("init")
        self.mirror = self.home.folder / "mirror"
        shutil.copytree(SAMPLE, self.mirror)
        add_title(self.mirror, 22, "121")
        add_title(self.mirror, 48, "52")

    def test_the_command_in_the_message_fetches_what_was_not_held(self):
        self.home.configure('[sync]\nparts = ["742"]\n')
        self.home.ok("sync", "--mirror", self.mirror)
        refused = self.home.ok("show", "22 CFR 121.1(b)", code=2)
        command = re.search(r"run: regtrail (sync --part .*)$", refused.stderr.strip())
        self.assertIsNotNone(command, refused.stderr)
        self.home.ok(*shlex.split(command[1]), "--mirror", self.mirror)
        self.assertIn("4 kHz", self.home.ok("show", "22 CFR 121.1(b)").stdout)

    def test_configured_parts_of_several_titles_are_read_and_compared(self):
        self.home.configure('[sync]\nparts = ["742", "22 CFR 121", "48 CFR 52"]\n')
        self.home.ok("sync", "--mirror", self.mirror)
        for citation in ("22 CFR 121.1(b)", "48 CFR 52.1(b)"):
            diff = self.home.json("diff", citation)
            self.assertEqual([c["at"] for c in diff["changes"]], [citation])
            self.assertIn("5 kHz", self.home.ok("show", citation, "--on", "2026-06-01").stdout)
            self.assertEqual(len(self.home.json("history", citation)["versions"]), 2)
        for citation in ("22 CFR supp. 1 to part 121", "Supplement No. 1 to Part 121"):
            self.assertIn("4 kHz", self.home.ok("show", citation).stdout)
            self.assertEqual(self.home.json("diff", citation)["before"]["date"], "2026-06-01")
        self.assertEqual(self.home.ok("sync", "--mirror", self.mirror).stdout, "")  # nothing is new
        before = self.home.derived()
        self.home.ok("rebuild")
        self.assertEqual(self.home.derived(), before)
        self.home.ok("verify")


if __name__ == "__main__":
    harness.main()
