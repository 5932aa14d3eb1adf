"""The differ against a history with known truth: part 742, twenty seeds."""
import re
import subprocess
import tempfile
import unittest

import harness
from harness import BINARY, CORPUS, CORPUS_PARTS, PYTHON, TOOLS, needs_corpus, seed_history

SEEDS = range(1, 21)
FULL = ("word", "threshold", "append", "remove", "chart")


def score(folder):
    """(edit -> (found, all), noise reported as law, everything it printed)"""
    done = subprocess.run([PYTHON, str(TOOLS / "score_changes.py"), folder, "--regtrail", str(BINARY), "--verbose"], capture_output=True, text=True)
    counts = {edit: (int(found), int(all_)) for edit, found, all_ in re.findall(r"\b(\w+) (\d+)/(\d+)", done.stdout)}
    noise = re.search(r"noise reported as law (\d+)", done.stdout)
    if not noise:
        raise AssertionError(done.stdout + done.stderr)
    return counts, int(noise.group(1)), done.stdout


@needs_corpus
class TheDiffer(unittest.TestCase):
    def test_twenty_histories_of_part_742_are_read_fully_and_without_noise(self):
        total, noise, trouble = {}, 0, []
        for seed in SEEDS:
            with tempfile.TemporaryDirectory() as folder:
                seed_history(CORPUS / "ecfr" / CORPUS_PARTS["742"], folder, "--seed", str(seed))
                counts, loud, printed = score(folder)
            noise += loud
            for edit, (found, wanted) in counts.items():
                total[edit] = tuple(map(sum, zip(total.get(edit, (0, 0)), (found, wanted))))
            trouble += ["seed %d %s" % (seed, line) for line in printed.splitlines() if line.startswith(("missed", "extra"))]
        print("part 742, seeds 1 to 20:", ", ".join("%s %d/%d" % (e, *total[e]) for e in sorted(total)), "; noise reported as law", noise)
        for edit in FULL:
            with self.subTest(edit=edit):
                self.assertGreater(total[edit][1], 10, "too few to prove anything")
                self.assertEqual(total[edit][0], total[edit][1], "\n".join(trouble[:20]))
        self.assertEqual(noise, 0, "\n".join(trouble[:20]))


if __name__ == "__main__":
    harness.main()
