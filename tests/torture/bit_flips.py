"""Single flipped bits of an archive are seen, and mended or named; nothing is lost without a word.

    bit_flips.py [--corpus] [--flips N] [--seed N] [--only N --keep DIR]

Every second bit is drawn from the whole file, the others from a table or an index drawn first, so that small tables have
their share. Whatever is not as promised is printed with its place; `--only` repeats one flip and keeps its home.
"""
import argparse
import collections
import concurrent.futures
import contextlib
import os
import pathlib
import random
import re
import shutil
import sqlite3
import struct
import subprocess
import sys

from archives import NOW, Archive, service
from harness import Home

TIMEOUT = 60
OURS = "archive.rebuild"  # a note of the program to itself, set and taken back by a repair


def tables(database):
    """Every row of every real table, the search index's own included."""
    with contextlib.closing(sqlite3.connect("file:%s?immutable=1" % database, uri=True)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")]
        return {name: sorted(map(repr, db.execute('SELECT * FROM "%s" NOT INDEXED' % name))) for name in names}


def is_as_before(database, before):
    try:
        with contextlib.closing(sqlite3.connect("file:%s?immutable=1" % database, uri=True)) as db:
            sound = db.execute("PRAGMA integrity_check").fetchall()
        return sound == [("ok",)] and tables(database) == before
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


FACTS = {
    "raw_bodies": "SELECT id, sha256, size FROM raw_bodies",
    "raw_records": "SELECT * FROM raw_records",
    "fetches": "SELECT * FROM fetches",
    "planned_dates": "SELECT * FROM planned_dates",
    "answers": "SELECT * FROM answers",
    "settings": "SELECT * FROM settings WHERE key <> '%s'" % OURS,
    "outbox": "SELECT * FROM outbox",
    "told": "SELECT * FROM told",
}


def facts(database):
    with contextlib.closing(sqlite3.connect(database)) as db:
        return {name: set(db.execute(sql)) for name, sql in FACTS.items()}


class Places:
    """Which table or index each page belongs to."""

    def __init__(self, database):
        with contextlib.closing(sqlite3.connect("file:%s?immutable=1" % database, uri=True)) as db:
            (self.page_size,) = db.execute("PRAGMA page_size").fetchone()
            self.pages = {page: (name, kind) for name, page, kind in db.execute("SELECT name, pageno, pagetype FROM dbstat")}

        self.content = pathlib.Path(database).read_bytes()

    def is_used(self, page, at):
        """False between the cells of a page and their index (https://www.sqlite.org/fileformat2.html, section 1.6)."""
        kind = self.pages[page][1]
        if kind == "overflow":
            return True
        start = (page - 1) * self.page_size
        header = start + (100 if page == 1 else 0)
        cells, first = struct.unpack(">HH", self.content[header + 3:header + 7])
        return not header - start + (12 if kind == "internal" else 8) + 2 * cells <= at < (first or 65536)

    def by_name(self):
        grouped = collections.defaultdict(list)
        for page, (name, _) in sorted(self.pages.items()):
            grouped[name].append(page)
        return grouped

    def of(self, offset):
        page = offset // self.page_size + 1
        if offset < 100:
            return page, "header"
        name, kind = self.pages.get(page, ("free page", ""))
        return page, ("%s %s" % (name, kind)).strip()


def draw(places, size, count, seed):
    """(offset, bit) of each flip; the first ones are the same for every count."""
    luck, grouped = random.Random(seed), places.by_name()
    names = sorted(grouped)
    for number in range(count):
        if number % 2 == 0:
            offset = luck.randrange(size)
        else:
            page = luck.choice(grouped[luck.choice(names)])
            used = [at for at in range(places.page_size) if places.is_used(page, at)]
            offset = (page - 1) * places.page_size + luck.choice(used)
        yield offset, luck.randrange(8)


class Flip:
    """One flipped bit, what came of it, and what was not as promised."""

    def __init__(self, archive, mirror, home):
        self.archive, self.mirror, self.home = archive, mirror, home
        self.violations = []
        self.notes = []
        self.problems = self.after = ""  # what verify says before and after sync

    def run(self, *arguments):
        try:
            done = self.home.run(*arguments, timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            self.violations.append("hangs: %s" % " ".join(arguments))
            return subprocess.CompletedProcess(arguments, 2, "", "")
        if done.returncode not in (0, 2, 3) or "internal error" in done.stderr:
            self.violations.append("exit %d of %s: %s" % (done.returncode, " ".join(arguments), done.stderr.strip()[-300:]))
        return done

    def try_out(self):
        """The category."""
        verified = self.run("verify")
        if verified.returncode == 0:
            if is_as_before(self.home.database, self.archive.tables):
                return "in free space"
            self.violations.append("not seen by verify, and not in free space")
            return "violation"
        self.problems = verified.stderr.strip()
        if not re.search(r"table|row|answer|schema|structure|header|search|references|damaged|cannot open", self.problems):
            self.violations.append("verify does not say where: %s" % self.problems[:300])
        answered, refused = self.ask()
        if self.mend():
            if not answered:
                self.violations.append("mended, but nothing was answered before: %s" % refused[:1])
            return "mended by sync"
        named = re.search(r"table '(%s)': row '" % "|".join((*FACTS, "sources")), self.problems)
        if "restore" not in self.problems:
            self.violations.append("not mended by sync, and verify does not name restore: %s" % self.problems[-300:])
        for command, message in refused:
            if "restore" not in message or "damage" not in message:
                self.violations.append("%s does not say 'damaged' and name restore: %s" % (command, message[-300:]))
        self.restore()
        return "named by table and row" if named else "names restore"

    def ask(self):
        """Commands that answered as before, and those that refused with what they said."""
        answered, refused = [], []
        for command, before in self.archive.answers.items():
            done = self.run(*command)
            if done.returncode == 0 and done.stdout == before:
                answered.append(command)
            elif done.returncode == 0:
                self.notes.append("answers otherwise until it is mended: %s" % " ".join(command))
            else:
                refused.append((" ".join(command), done.stderr))
        return answered, refused

    def mend(self):
        done = self.run("sync", "--mirror", self.mirror)
        verified = self.run("verify")
        if verified.returncode != 0:
            self.after = (done.stderr + verified.stderr).strip()
            return False
        exported = self.run("verify", "--export")
        if exported.stdout != self.archive.export:
            self.violations.append("sound after sync, but other derived tables (%d lines of %d differ)" % (
                len(set(exported.stdout.splitlines()) ^ set(self.archive.export.splitlines())), self.archive.export.count("\n")))
        self.check_facts()
        return True

    def check_facts(self):
        now = facts(self.home.database)
        for name, before in self.archive.facts.items():
            lost = before - now[name]
            if lost:
                self.violations.append("sound, but %d rows of %s are not as they were: %.200s" % (len(lost), name, sorted(lost)[0]))

    def restore(self):
        done = self.run("restore", str(self.archive.backup))
        if done.returncode != 0:
            self.violations.append("restore fails: %s" % done.stderr.strip())
            return
        if self.run("verify").returncode != 0 or self.run("verify", "--export").stdout != self.archive.export:
            self.violations.append("the restored archive is not the old one")
        self.check_facts()


def try_one(archive, mirror, places, number, offset, bit, keep):
    with Home(NOW) as home:
        shutil.copytree(archive.home.folder, home.folder, dirs_exist_ok=True)
        with open(home.database, "r+b") as file:
            file.seek(offset)
            byte = file.read(1)[0]
            file.seek(offset)
            file.write(bytes([byte ^ 1 << bit]))
        if keep:
            shutil.copytree(home.folder, keep)
        flip = Flip(archive, mirror, home)
        category = flip.try_out()
        page, place = places.of(offset)
        head = "flip %d (byte %d, bit %d, page %d, %s)" % (number, offset, bit, page, place)
        said = " | ".join((flip.problems + "\n" + flip.after).splitlines())
        return category, place, ["%s: %s [%.600s]" % (head, violation, said) for violation in flip.violations], [
            "%s: %s" % (head, note) for note in flip.notes] + (["%s: %s" % (head, said)] if keep else [])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", action="store_true", help="a seeded history of a real part as well")
    parser.add_argument("--flips", type=int, default=300)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--only", type=int)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    with service(options.corpus) as served, Archive(served) as archive:
        archive.tables = tables(archive.home.database)
        archive.facts = facts(archive.home.database)
        places = Places(archive.home.database)
        size = archive.home.database.stat().st_size
        flips = list(enumerate(draw(places, size, options.flips, options.seed)))
        if options.only is not None:
            flips = [flips[options.only]]
        with concurrent.futures.ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
            tried = [pool.submit(try_one, archive, served.url, places, number, offset, bit, options.keep) for number, (offset, bit) in flips]
            categories, violations, notes = collections.defaultdict(collections.Counter), [], []
            for done in concurrent.futures.as_completed(tried):
                category, place, wrong, said = done.result()
                categories[category][place] += 1
                for line in wrong:
                    print(line, flush=True)
                violations += wrong
                notes += said
    for line in notes:
        print("note: " + line)
    for category, found in sorted(categories.items()):
        print("%d %s: %s" % (found.total(), category, ", ".join("%s %d" % pair for pair in found.most_common())))
    print("%d flips of %d bytes, %d violations" % (len(flips), size, len(violations)))
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
