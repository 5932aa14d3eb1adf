"""Ten readers, a loop of syncs and a loop of rebuilds over one archive: every answer is a whole one, nobody waits for a lock
but the second writer, who says so. The syncs find nothing new: what a sync brings is stored date by date, its causes and the
search index after it, and a reader may see one before the other.

    readers.py [--corpus] [--seconds S]
"""
import argparse
import collections
import contextlib
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from archives import NOW, Archive, preloaded, service

READERS = 10
LONGEST_WAIT = 1_000_000  # microseconds asleep, which is what waiting for a lock is
QUESTIONS = [("show", "742.4"), ("show", "742.6", "--on", "2026-08-10"), ("show", "3B001"), ("history", "742.6"), ("history", "744.23"),
             ("search", "license"), ("search", "3B001")]
CHANGES = ("changes", "--json")


def transitions_of(database):
    """id of a change -> the comparison that it belongs to."""
    with contextlib.closing(sqlite3.connect("file:%s?mode=ro" % database, uri=True)) as db:
        return {change: where for change, *where in map(list, db.execute(
            "SELECT c.change, t.title, t.part, t.before_date, t.after_date FROM changes c JOIN transitions t ON t.id = c.transition"))}


class Known:
    """All whole answers: those after a sync up to each of the dates."""

    def __init__(self, served, dates):
        self.answers = collections.defaultdict(set)
        self.comparisons = []
        served.advance_to(dates[0])
        with Archive(served) as archive:
            for date in dates:
                served.advance_to(date)
                archive.home.ok("sync", "--mirror", served.url)
                for question in QUESTIONS:
                    self.answers[question].add(archive.home.ok(*question).stdout)
                comparison = transitions_of(archive.home.database)
                groups = collections.defaultdict(set)
                for hit in archive.home.json("changes"):
                    groups[tuple(comparison.get(hit["change"]["id"], [hit["id"]]))].add(hit["id"])  # a status event stands alone
                self.comparisons.append(groups)
        self.whole = {group: {frozenset(groups[group]) for groups in self.comparisons if group in groups}
                      for group in set().union(*self.comparisons)}
        self.group_of = {hit: group for groups in self.comparisons for group, hits in groups.items() for hit in hits}

    def accepts(self, question, text):
        if question != CHANGES:
            return text in self.answers[question]
        groups = collections.defaultdict(set)
        for hit in json.loads(text):
            groups[self.group_of.get(hit["id"])].add(hit["id"])
        return None not in groups and all(frozenset(hits) in self.whole[group] for group, hits in groups.items())


class SideBySide:
    def __init__(self, home, library, known, mirror):
        self.home, self.library, self.known, self.mirror = home, library, known, mirror
        self.counts, self.violations = collections.Counter(), collections.Counter()
        self.examples = {}
        self.longest = 0
        self.stop = threading.Event()

    def violation(self, what, example):
        self.violations[what] += 1
        self.examples.setdefault(what, example[-600:])

    def read(self, offset):
        questions = [*QUESTIONS, CHANGES]
        turn = offset
        while not self.stop.is_set():
            question = questions[turn % len(questions)]
            turn += 1
            with preloaded(self.library) as (environment, report):
                done = self.home.run(*question, environment=environment)
                slept = report()[1]
            self.counts["answers"] += 1
            self.longest = max(self.longest, slept)
            if done.returncode != 0:
                self.violation("%s: exit %d" % (" ".join(question), done.returncode), done.stderr)
            elif done.stderr:
                self.violation("%s: says something" % " ".join(question), done.stderr)
            elif not self.known.accepts(question, done.stdout):
                self.violation("%s: not a whole answer" % " ".join(question), done.stdout)
            if slept > LONGEST_WAIT:
                self.violation("%s: waited %.1f s" % (" ".join(question), slept / 1e6), done.stderr)

    def write(self, *command):
        """Waits for the other writer four times of five, and leaves at once the fifth time."""
        turn = 0
        while not self.stop.is_set():
            turn += 1
            leaves = turn % 5 == 0
            now = ["--now", "%sT%02d:%02d:%02dZ" % (NOW, turn // 3600, turn // 60 % 60, turn % 60)]
            done = self.home.run(*command, *(["--no-wait"] if leaves else []), *now)
            if done.returncode == 0:
                self.counts["%s%s" % (command[0], ", after waiting" if "waiting up to" in done.stderr else "")] += 1
            elif leaves and done.returncode == 2 and "wait longer with --wait" in done.stderr:
                self.counts["%s left at once" % command[0]] += 1
            else:
                self.violation("%s: exit %d" % (command[0], done.returncode), done.stderr)

    def run(self, seconds):
        threads = [threading.Thread(target=self.read, args=(number,)) for number in range(READERS)]
        threads.append(threading.Thread(target=self.write, args=("sync", "--mirror", self.mirror)))
        threads.append(threading.Thread(target=self.write, args=("rebuild",)))
        for thread in threads:
            thread.start()
        self.stop.wait(seconds)
        self.stop.set()
        for thread in threads:
            thread.join()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", action="store_true", help="a seeded history of a real part as well")
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with service(options.corpus) as served, tempfile.TemporaryDirectory() as made:
        library = pathlib.Path(made) / "writes.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, pathlib.Path(__file__).with_name("writes.c")], check=True)
        dates = served.history.dates[1:]
        known = Known(served, dates)
        with Archive(served) as archive:
            side = SideBySide(archive.home, library, known, served.url)
            started = time.monotonic()
            side.run(options.seconds)
            took = time.monotonic() - started
            verified = archive.home.run("verify")
            if verified.returncode != 0:
                side.violation("not sound in the end", verified.stderr)
    for what, count in side.violations.items():
        print("%s (%d times): %s" % (what, count, side.examples[what]))
    print("%.0f s: %s; a reader slept %.3f s at most; %d violations" % (
        took, ", ".join("%d %s" % (count, what) for what, count in sorted(side.counts.items())), side.longest / 1e6, side.violations.total()))
    return 1 if side.violations else 0


if __name__ == "__main__":
    sys.exit(main())
