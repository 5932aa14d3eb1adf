"""`kill -9` before a write of rebuild, backup and restore: the archive opens, is sound, and is the old one or the new one.

    kills.py [--kills N]

Calls that change files are counted by a library that is preloaded (writes.c). N of them are tried for each command: all
when there are no more, else the first and the last and a sample between them.
"""
import argparse
import collections
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

from archives import NOW, Archive, preloaded, service
from harness import Home


def moments(calls, wanted):
    """The calls before which it is killed."""
    if calls <= wanted:
        return range(1, calls + 1)
    edge = wanted // 4
    middle = wanted - 2 * edge
    return sorted({*range(1, edge + 1), *range(calls - edge + 1, calls + 1), *(edge + (calls - 2 * edge) * i // middle for i in range(1, middle + 1))})


class Kills:
    def __init__(self, library, old):
        self.library, self.old = library, old
        self.violations = []

    def run(self, home, arguments, kill_before=None):
        """Its exit code and the number of calls."""
        with preloaded(self.library, kill_before) as (environment, report):
            done = home.run(*arguments, environment=environment)
            if kill_before is None:
                if done.returncode != 0:
                    raise AssertionError("%s: %s" % (arguments, done.stderr))
                return 0, report()[0]
            return done.returncode, None

    def copy(self, source):
        home = Home(NOW)
        shutil.copytree(source.folder, home.folder, dirs_exist_ok=True)
        return home

    def attempt(self, name, source, arguments, looked_at, known, kills):
        """`looked_at(home)`: the archive that must be one of the `known` exports, by name."""
        with self.copy(source) as home:
            _, calls = self.run(home, arguments)
        tried = collections.Counter()
        for moment in moments(calls, kills):
            with self.copy(source) as home:
                code, _ = self.run(home, arguments, moment)
                where = "%s, killed before call %d of %d" % (name, moment, calls)
                if code not in (0, -signal.SIGKILL):
                    self.violations.append("%s: exit %d" % (where, code))
                    continue
                if code == 0:
                    tried["not killed"] += 1
                for database in {looked_at(home), home.database}:
                    verified = home.run("--db", database, "verify")
                    if verified.returncode != 0:
                        self.violations.append("%s: %s is not sound: %s" % (where, database.name, verified.stderr.strip()))
                exported = home.run("--db", looked_at(home), "verify", "--export").stdout
                found = [word for word, export in known.items() if export == exported]
                tried[found[0] if found else "neither"] += 1
                if not found:
                    self.violations.append("%s: neither the old nor the new" % where)
                again = home.run(*arguments)
                if again.returncode != 0 or home.run("--db", looked_at(home), "verify", "--export").stdout != known["new"]:
                    self.violations.append("%s: run again: exit %d %s" % (where, again.returncode, again.stderr.strip()))
        print("%s: %d calls, %s" % (name, calls, ", ".join("%d %s" % (count, word) for word, count in sorted(tried.items()))), flush=True)

    def try_all(self, kills):
        """The new archive has the hits of another register."""
        with self.copy(self.old.home) as changed:
            self.old.other_register(changed)
            with self.copy(changed) as rebuilt:
                _, calls = self.run(rebuilt, ["rebuild"])
                new = rebuilt.derived()
                known = {"old": self.old.export, "new": new}
                assert len(set(known.values())) == 2
                self.attempt("rebuild", changed, ["rebuild"], lambda home: home.database, known, kills)
                shutil.copy(self.old.backup, rebuilt.folder / "copy.db")
                self.attempt("backup", rebuilt, ["backup", "copy.db"], lambda home: home.folder / "copy.db", known, kills)
                back = {"old": new, "new": self.old.export}
                self.attempt("restore", rebuilt, ["restore", "copy.db"], lambda home: home.database, back, kills)
            # The same where what is replaced is in the log, which a process that died has left behind.
            left = changed
            for moment in range(calls, 0, -1):
                with self.copy(changed) as died:
                    self.run(died, ["rebuild"], moment)
                    log = pathlib.Path(str(died.database) + "-wal")
                    if log.exists() and log.stat().st_size > 0:
                        left = self.copy(died)
                        break
            with left:
                shutil.copy(self.old.backup, left.folder / "copy.db")
                self.attempt("restore over a log", left, ["restore", "copy.db"], lambda home: home.database, back, kills)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    options = parser.parse_args()
    with service(False) as served, Archive(served) as archive, tempfile.TemporaryDirectory() as made:
        library = pathlib.Path(made) / "writes.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, pathlib.Path(__file__).with_name("writes.c")], check=True)
        kills = Kills(library, archive)
        kills.try_all(options.kills)
    for line in kills.violations:
        print(line)
    print("%d violations" % len(kills.violations))
    return 1 if kills.violations else 0


if __name__ == "__main__":
    sys.exit(main())
