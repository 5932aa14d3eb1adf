"""The sample mirror says of itself what is true, and the program reads it as its README says."""
import json
import re
import unittest

from ecfr_server import PREFIX, History, rows_of_part
import harness
from harness import CORPUS, SAMPLE, SAMPLE_NOW, SAMPLE_PARTS, Home, needs_corpus

VERSIONER = SAMPLE / (PREFIX[1:] + "/versioner/v1")
ENTITIES = "Supplement No. 4 to Part 744 / "
CHINA = ENTITIES + "CHINA, PEOPLE'S REPUBLIC OF / "
CHART = "Supplement No. 1 to Part 738 / "

# before, after, part, kind, at, was, a type that must be among `typed`
EXPECTED = [
    ("2026-06-01", "2026-07-06", "744", "added", CHINA + "Probe Valve Technology (Wuhan) Co., Ltd.", None, None),
    ("2026-06-01", "2026-07-06", "744", "revised", CHINA + "Beispiel Plasma Instruments Co., Ltd.", None, "entity"),
    ("2026-06-01", "2026-07-06", "774", "revised", "ECCN 3B001.c.1.c.2", None, "threshold"),
    ("2026-06-01", "2026-07-06", "774", "revised", "ECCN 3B001 / License Requirements / NS: a, b and f / Country Chart", None, "license_requirement"),
    ("2026-07-06", "2026-08-10", "742", "added", "15 CFR 742.4(a)(2)", None, None),
    ("2026-07-06", "2026-08-10", "742", "redesignated", "15 CFR 742.4(a)(3)", "15 CFR 742.4(a)(2)", None),
    ("2026-07-06", "2026-08-10", "742", "redesignated", "15 CFR 742.4(a)(4)", "15 CFR 742.4(a)(3)", None),
    ("2026-07-06", "2026-08-10", "742", "revised", "15 CFR 742.4(a)(5)", "15 CFR 742.4(a)(4)", None),
    ("2026-07-06", "2026-08-10", "742", "revised", "15 CFR 742.6(a)(2)(i)", None, "threshold"),
    ("2026-07-06", "2026-08-10", "742", "added", "15 CFR 742.6(a)(3)", None, None),
    ("2026-07-06", "2026-08-10", "742", "revised", "15 CFR 742.6(b)(1)", None, "review_policy"),
    ("2026-06-01", "2026-08-10", "772", "added", "15 CFR 772.1 / Heating zone", None, None),
    ("2026-06-01", "2026-08-10", "772", "removed", "15 CFR 772.1 / Accessories", None, None),
    ("2026-06-01", "2026-08-10", "772", "revised", "15 CFR 772.1 / Fast gas switching valve", None, None),
    ("2026-07-06", "2026-08-10", "774", "revised", "ECCN 3B993.c.3.c", None, "threshold"),
    ("2026-07-06", "2026-08-10", "774", "added", "ECCN 3B993.c.4", None, None),
    ("2026-07-06", "2026-08-10", "774", "revised", "ECCN 3B001.f.1.b", None, "threshold"),
    ("2026-07-06", "2026-08-10", "774", "added", "ECCN 3B001 / License Requirements / RS: f.1", None, None),
    ("2026-06-01", "2026-09-14", "738", "revised", CHART + "Kenya / RS 2", None, "country"),
    ("2026-06-01", "2026-09-14", "738", "revised", CHART + "Argentina / NS 2", None, "country"),
    ("2026-08-10", "2026-09-14", "742", "moved", "15 CFR 742.6(d)", "15 CFR 742.4(c)", None),
    ("2026-08-10", "2026-09-14", "742", "removed", "15 CFR 742.8", None, None),
    ("2026-07-06", "2026-09-14", "744", "redesignated", "15 CFR 744.16", "15 CFR 744.15", None),
    ("2026-07-06", "2026-09-14", "744", "removed", ENTITIES + "JAPAN / Rei Optics Trading G.K.", None, None),
    ("2026-07-06", "2026-09-14", "744", "moved", ENTITIES + "VIETNAM / Specimen Trading House", CHINA + "Specimen Trading House", None),
    ("2026-07-06", "2026-09-14", "744", "revised", CHINA + "Exemplar Vacuum Works / License requirement", None, None),
    ("2026-07-06", "2026-09-14", "744", "revised", CHINA + "Muster Lithography Institute / License review policy", None, None),
    ("2026-09-14", "2026-10-19", "742", "revised", "15 CFR 742.4(a) / Note 1", None, None),
    ("2026-09-14", "2026-10-19", "742", "added", "15 CFR 742.9", None, None),
    ("2026-09-14", "2026-10-19", "742", "revised", "Supplement No. 2 to Part 742 / (c)", None, None),
    ("2026-09-14", "2026-10-19", "744", "cosmetic", "15 CFR 744.1(a)", None, None),
    ("2026-09-14", "2026-10-19", "744", "revised", "15 CFR 744.23(a)(1)", None, "threshold"),
    ("2026-09-14", "2026-10-19", "744", "revised", "15 CFR 744.23(a)(2)(ii)", None, "threshold"),
    ("2026-09-14", "2026-10-19", "744", "revised", ENTITIES + "Footnote 5", None, None),
    ("2026-08-10", "2026-10-19", "774", "revised", "ECCN 3B001.b.3", None, None),
    ("2026-08-10", "2026-10-19", "774", "added", "ECCN 3B001.b.5", None, None),
    ("2026-08-10", "2026-10-19", "774", "removed", "ECCN 3B001.f.2", None, None),
    ("2026-08-10", "2026-10-19", "774", "revised", "ECCN 3B001.c / Note 1", None, None),
    ("2026-08-10", "2026-10-19", "774", "revised", "ECCN 3B001 / LVS", None, "license_exception"),
    ("2026-08-10", "2026-10-19", "774", "revised", "ECCN 3B993 / heading", None, None),
    ("2026-08-10", "2026-10-19", "774", "added", "ECCN 3B994", None, None),
]

EXPECTED_NOTES = [
    ("2026-06-01", "2026-07-06", "742", "pending_link", "15 CFR 742.6"),
    ("2026-07-06", "2026-08-10", "742", "cita", "15 CFR 742.6"),
    ("2026-09-14", "2026-10-19", "742", "ednote", "15 CFR 742.4"),
    ("2026-09-14", "2026-10-19", "742", "auth", "15 CFR Part 742"),
    ("2026-09-14", "2026-10-19", "744", "effdnot", "Supplement No. 4 to Part 744"),
]


def rows_of(name):
    return json.loads((VERSIONER / "versions" / name).read_text(encoding="utf-8"))


def shingles(text, size=14):
    words = re.findall(r"[a-z0-9]+", re.sub(r"<[^>]+>|&#?\w+;", " ", text).lower())
    return {tuple(words[i:i + size]) for i in range(len(words) - size + 1)}


class TheSampleAgreesWithItself(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.history = History.from_sample(SAMPLE)

    def test_the_rows_of_versions_name_exactly_the_units_that_differ_between_the_files(self):
        for part in SAMPLE_PARTS:
            with self.subTest(part=part):
                said = rows_of("title-15.json@part=" + part)
                key = lambda r: (r["identifier"], r["issue_date"], r["removed"], r["type"], r["substantive"], r["name"])
                self.assertEqual(sorted(map(key, said["content_versions"])), sorted(map(key, rows_of_part(part, self.history.texts[part]))))
                self.assertEqual(said["meta"]["result_count"], str(len(said["content_versions"])))

    def test_the_rows_of_the_title_are_those_of_its_parts(self):
        whole = rows_of("title-15.json")
        parts = [row for part in SAMPLE_PARTS for row in rows_of("title-15.json@part=" + part)["content_versions"]]
        self.assertEqual(whole["content_versions"], parts)
        self.assertEqual(whole["meta"]["result_count"], str(len(parts)))

    def test_the_watermark_is_the_newest_issue_date(self):
        titles = json.loads((VERSIONER / "titles.json").read_text(encoding="utf-8"))
        title = next(t for t in titles["titles"] if t["number"] == 15)
        self.assertEqual(title["latest_issue_date"], self.history.dates[-1])
        self.assertLess(title["latest_issue_date"], SAMPLE_NOW)

    def test_a_date_has_a_file_only_for_the_parts_that_changed_on_it(self):
        for part, texts in self.history.texts.items():
            dates = sorted(texts)
            self.assertEqual(dates[0], self.history.dates[0])
            for before, after in zip(dates, dates[1:]):
                self.assertNotEqual(texts[before], texts[after], "%s of %s" % (part, after))

    def test_the_sample_stays_small(self):
        self.assertLess(sum(f.stat().st_size for f in SAMPLE.rglob("*") if f.is_file()), 300_000)

    @needs_corpus
    def test_no_run_of_fourteen_words_is_taken_from_the_real_text(self):
        real = set()
        for path in (CORPUS / "ecfr").glob("title-15-*.xml"):
            real |= shingles(path.read_text(encoding="utf-8"))
        own = set()
        for texts in self.history.texts.values():
            for text in texts.values():
                own |= shingles(re.sub(r"<(AUTH|SOURCE|CITA|TABLE|EDNOTE|EFFDNOT|FP-1)\b.*?</\1>", " ", text, flags=re.S))
        self.assertEqual({" ".join(s) for s in own & real}, set())


class TheProgramReadsTheSample(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = Home()
        cls.addClassCleanup(cls.home.__exit__)
        cls.home.ok("init")
        done = cls.home.sync(SAMPLE, SAMPLE_PARTS)
        cls.synced = done
        cls.diffs = {}

    def diff(self, before, after, part):
        key = (before, after, part)
        if key not in self.diffs:
            self.diffs[key] = self.home.json("diff", "15 CFR Part " + part, "--from", before, "--to", after)
        return self.diffs[key]

    def test_sync_of_the_sample_is_complete(self):
        self.assertEqual((self.synced.returncode, self.synced.stderr), (0, ""))

    def test_every_change_that_the_readme_names_is_reported_at_its_place(self):
        for before, after, part, kind, at, was, typed in EXPECTED:
            with self.subTest(kind=kind, at=at, on=after):
                changes = self.diff(before, after, part)["changes"]
                found = [c for c in changes if c["at"] == at and c["kind"] == kind]
                self.assertEqual(len(found), 1, "reported: %s" % sorted((c["kind"], c["at"], c["was"]) for c in changes))
                self.assertEqual(found[0]["was"], was)
                if typed:
                    self.assertIn(typed, [t["type"] for t in found[0]["typed"]])

    def test_source_notes_and_pending_links_are_notes_and_no_changes(self):
        for before, after, part, field, at in EXPECTED_NOTES:
            with self.subTest(field=field, at=at):
                diff = self.diff(before, after, part)
                self.assertIn((field, at), [(n["field"], n["at"]) for n in diff["notes"]])
        self.assertEqual(self.diff("2026-06-01", "2026-07-06", "742")["changes"], [])

    def test_white_space_and_dashes_are_no_law(self):
        law = [c["at"] for part in ("742", "744") for c in self.diff("2026-09-14", "2026-10-19", part)["changes"] if c["kind"] != "cosmetic"]
        self.assertFalse([at for at in law if at.startswith(("15 CFR 742.1(", "15 CFR 742.1 ", "15 CFR 744.1("))])

    def test_a_renumbered_section_is_one_change_although_its_heading_prints_the_number(self):
        changes = self.diff("2026-07-06", "2026-09-14", "744")["changes"]
        self.assertEqual([(c["kind"], c["at"]) for c in changes if "744.16" in c["at"]], [("redesignated", "15 CFR 744.16")])

    def test_a_stay_is_a_status_of_the_unit(self):
        events = [(s["at"], s["event"], s["until"]) for s in self.diff("2026-09-14", "2026-10-19", "744")["status"]]
        self.assertIn(("Supplement No. 4 to Part 744", "stayed", "2027-04-14"), events)

    def test_the_changes_reach_the_categories_that_they_touch(self):
        feed = self.home.json("changes")
        self.assertIn(("Supplement No. 4 to Part 744", "stayed"), [(h["status"]["at"], h["status"]["event"]) for h in feed if h["status"]])
        hits = {(h["category"], h["change"]["at"]) for h in feed}
        for category, at in [("vacuum-valves", "ECCN 3B001.c.1.c.2"), ("electrostatic-chucks", "ECCN 3B993.c.3.c"),
                             ("lithography", "ECCN 3B001.f.1.b"), ("ion-implanters", "ECCN 3B001.b.5"),
                             ("entity-end-user-lists", CHINA + "Probe Valve Technology (Wuhan) Co., Ltd.")]:
            with self.subTest(category=category):
                self.assertIn((category, at), hits)
        self.assertIn("plasma-generators", {category for category, _ in hits})


if __name__ == "__main__":
    harness.main()
