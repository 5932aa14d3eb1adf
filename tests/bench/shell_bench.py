"""What a user at a shell waits for: start-up, cold `history`, beside git on the same texts.

    shell_bench.py --regtrail PATH [--versions 100] [--drop-caches]

The archive and a git repository are made of the same dated versions of part 742 (of the sample's when
the corpus is absent). Each command is a new process; --drop-caches (as root, felt by the whole machine) adds
a round that empties the kernel's file cache before every run. Figures are those of the fastest run.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

from ecfr_server import EcfrService, History  # noqa: E402
from harness import CORPUS, CORPUS_PARTS, SAMPLE, TOOLS, Home, seed_history  # noqa: E402

SECTION = "742.4"
DROP_CACHES = "sync; echo 3 > /proc/sys/vm/drop_caches"


def hyperfine(commands, environment, folder, prepare=None):
    """command -> seconds of its fastest run, which other work on the machine disturbs least"""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        options = ["--prepare", prepare, "--runs", "15"] if prepare else ["--warmup", "3", "--runs", "40"]
        subprocess.run(["hyperfine", "-N", *options, "--export-json", out.name, *commands] if not prepare
                       else ["hyperfine", *options, "--export-json", out.name, *commands],
                       env=environment, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return {r["command"]: r["min"] for r in json.load(open(out.name))["results"]}


def git_repository(folder, texts):
    def git(*arguments, date="2026-01-01"):
        stamp = date + "T00:00:00Z"
        subprocess.run(["git", "-c", "user.name=bench", "-c", "user.email=bench@example.org", *arguments], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL, env={**os.environ, "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp})
    git("init", "-q")
    for date in sorted(texts):
        (folder / "part-742.xml").write_text(texts[date], encoding="utf-8")
        git("add", ".")
        git("commit", "-q", "-m", "issue of " + date, date=date)
    git("gc", "-q")


def lines_of_section(text):
    start = text.index('<DIV8 N="%s"' % SECTION)
    first = text.count("\n", 0, start) + 1
    return first, first + text.count("\n", start, text.index("</DIV8>", start))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regtrail", required=True)
    parser.add_argument("--versions", type=int, default=100)
    parser.add_argument("--drop-caches", action="store_true")
    options = parser.parse_args()
    missing = [tool for tool in ("hyperfine", "git") if not shutil.which(tool)]
    if missing:
        sys.exit("no figures from the shell: install " + " and ".join(missing))
    with tempfile.TemporaryDirectory() as made, Home("2030-12-31", pathlib.Path(options.regtrail).resolve()) as home:
        if (CORPUS / "ecfr").is_dir() and (TOOLS / "seed_history.py").is_file():
            seed_history(CORPUS / "ecfr" / CORPUS_PARTS["742"], pathlib.Path(made) / "742", "--versions", str(options.versions), "--every", "14")
            history, origin = History.from_folders([pathlib.Path(made) / "742"]), "corpus"
        else:
            history, origin = History.from_sample(SAMPLE), "sample"
            history = History({"742": history.texts["742"]})
        texts = history.texts["742"]
        repository = pathlib.Path(made) / "git"
        repository.mkdir()
        git_repository(repository, texts)
        home.ok("init")
        with EcfrService(history) as service:
            home.ok("sync", "--mirror", service.url, "--part", "742", timeout=1200)
        regtrail = str(home.binary)
        first, last = lines_of_section(texts[max(texts)])
        start = regtrail + " --version"
        ours = {"history": "%s history '15 CFR %s'" % (regtrail, SECTION),
                "history of (a)(1)": "%s history '15 CFR %s(a)(1)'" % (regtrail, SECTION),
                "blame": "%s blame '15 CFR %s'" % (regtrail, SECTION),
                "show": "%s show '15 CFR %s'" % (regtrail, SECTION)}
        gits = {"git log": "git -C %s log --stat -- part-742.xml" % repository,
                "git log -L": "git -C %s log -L %d,%d:part-742.xml" % (repository, first, last),
                "git blame -L": "git -C %s blame -L %d,%d part-742.xml" % (repository, first, last)}
        commands = [start, *ours.values(), *gits.values()]
        print("part 742 of the %s, %d versions; archive %.1f MB, git (gc) %.1f MB, texts %.1f MB"
              % (origin, len(texts), home.database.stat().st_size / 1e6,
                 sum(f.stat().st_size for f in (repository / ".git").rglob("*") if f.is_file()) / 1e6,
                 sum(len(t) for t in texts.values()) / 1e6))
        environment = {**home.environment, "GIT_PAGER": "cat"}
        rounds = [("warm file cache", None)]
        if options.drop_caches:
            rounds.append(("dropped file cache", DROP_CACHES))
        for name, prepare in rounds:
            fastest = hyperfine(commands, environment, home.folder, prepare)
            print("  %s:" % name)
            for label, command in {"start-up (--version)": start, **ours, **gits}.items():
                print("    %-22s %8.2f ms" % (label, 1000 * fastest[command]))
            net = max(fastest[ours["history"]] - fastest[start], 1e-5)
            print("    history net of start-up %.2f ms: git log / it = %.1f, git log -L / it = %.1f"
                  % (1000 * net, fastest[gits["git log"]] / net, fastest[gits["git log -L"]] / net))
            net = max(fastest[ours["blame"]] - fastest[start], 1e-5)
            print("    blame net of start-up %.2f ms: git blame -L / it = %.1f" % (1000 * net, fastest[gits["git blame -L"]] / net))


if __name__ == "__main__":
    main()
