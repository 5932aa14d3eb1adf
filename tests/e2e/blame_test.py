"""What blame says against the texts themselves: a paragraph reads on its date as it does now, and did not the day before."""
import json
import pathlib
import re
import tempfile
import unittest

from ecfr_server import EcfrService, History
import harness
from harness import CORPUS, CORPUS_PARTS, SAMPLE, Home, needs_corpus, seed_history

FOLDED = str.maketrans("\u2018\u2019\u201c\u201d\u00a0", "''\"\" ")


def fold(text, at):
    """What differs only by this did not change: of listed parties letters and digits count alone."""
    if re.match(r"Supplement No\. [467] to Part 744 / ", at):
        return re.sub(r"[\W_]", "", text)
    return re.sub(r"\s+", " ", re.sub("[\u2010-\u2015\u2212]", "-", text).translate(FOLDED)).strip().rstrip(".")


def flat(nodes):
    found = {}
    for node in nodes:
        found[node["at"]] = node["text"]
        found.update(flat(node["children"]))
    return found


def unit_of(at):
    if at.startswith("ECCN"):
        return "Supplement No. 1 to Part 774"
    return re.match(r"15 CFR [\d.]+|[^/]*?(?= /|$)", at).group(0)


class Texts:
    def __init__(self, home):
        self.home, self.known = home, {}

    def of(self, unit, on):
        if (unit, on) not in self.known:
            shown = self.home.run("show", unit, "--on", on, "--json")
            self.known[unit, on] = flat(json.loads(shown.stdout)["nodes"]) if shown.returncode == 0 else {}
        return self.known[unit, on]


class Blame(unittest.TestCase):
    def check(self, home, part, unit):
        texts = Texts(home)
        dates = sorted(v["from"] for v in home.json("history", "15 CFR Part " + part)["versions"])
        now = flat(home.json("show", unit)["nodes"])
        lines = home.json("blame", unit)["nodes"]
        self.assertEqual([line["at"] for line in lines], [at for at, text in now.items() if text])
        for line in lines:
            with self.subTest(at=line["at"], since=line["since"]):
                name = line["was"] or line["at"]
                at = line["at"]
                self.assertEqual(fold(texts.of(unit_of(name), line["since"])[name], at), fold(line["text"], at))
                if line["baseline"]:
                    continue
                before = texts.of(unit_of(name), dates[dates.index(line["since"]) - 1])
                self.assertNotEqual(fold(before.get(name, ""), at), fold(line["text"], at))
        return len(lines)

    def test_the_sample(self):
        with Home() as home:
            home.ok("init")
            home.ok("sync", "--mirror", SAMPLE)
            for part, unit in (("742", "15 CFR 742.4"), ("742", "15 CFR 742.6"), ("744", "15 CFR 744.16"),
                               ("744", "Supplement No. 4 to Part 744"), ("774", "Supplement No. 1 to Part 774"),
                               ("738", "Supplement No. 1 to Part 738"), ("772", "15 CFR 772.1")):
                self.check(home, part, unit)

    @needs_corpus
    def test_histories_of_forty_versions(self):
        sources = {"742": CORPUS_PARTS["742"], "744": CORPUS_PARTS["744"], "774": "title-15-part-774_reduced_2026-09-01.xml"}
        units = {"742": ["15 CFR 742.4", "15 CFR 742.6", "15 CFR Part 742"], "744": ["15 CFR 744.23", "Supplement No. 4 to Part 744"],
                 "774": ["Supplement No. 1 to Part 774"]}
        for part, source in sources.items():
            with tempfile.TemporaryDirectory() as made, Home("2030-12-31") as home:
                folder = pathlib.Path(made) / part
                seed_history(CORPUS / "ecfr" / source, folder, "--versions", "40", "--every", "14", "--seed", "11")
                home.ok("init")
                with EcfrService(History.from_folders([folder])) as service:
                    home.ok("sync", "--mirror", service.url, "--part", part, timeout=600)
                print("part", part, [self.check(home, part, unit) for unit in units[part]], "lines agree with the texts")


if __name__ == "__main__":
    harness.main()
