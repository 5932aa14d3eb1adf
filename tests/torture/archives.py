"""An archive of every kind of row for the torture programs, and the sources that give it again."""
import contextlib
import os
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

import causes_test  # noqa: E402
from ecfr_server import History  # noqa: E402
from federal_register_server import FederalRegisterService  # noqa: E402
from harness import CORPUS, CORPUS_PARTS, SAMPLE, SAMPLE_NOW, TOOLS, Home, seed_history  # noqa: E402

NOW = SAMPLE_NOW
CONFIG = """[sync]
parts = [%s]
[smtp]
url = "smtp://127.0.0.1:9"
from = "regtrail@example.co.jp"
security = "none"
[[subscriber]]
name = "boeki"
to = "boeki@example.co.jp"
"""
ANSWERS = (
    ("show", "742.4", "--on", "2026-06-01"), ("show", "742.4"), ("show", "742.6", "--on", "2026-08-10"), ("show", "3B001"),
    ("show", "Supplement No. 1 to Part 738", "--on", "2026-06-01"), ("history", "742.6"), ("history", "744.23"), ("changes", "--json"),
    ("search", "license"), ("search", "3B001"))


@contextlib.contextmanager
def service(with_corpus):
    """A running eCFR and Federal Register with the sample, and three dated versions of a real part where asked for."""
    texts = History.from_sample(SAMPLE).texts
    with tempfile.TemporaryDirectory() as made:
        if with_corpus and (CORPUS / "ecfr").is_dir() and (TOOLS / "seed_history.py").is_file():
            folder = pathlib.Path(made) / "734"
            seed_history(CORPUS / "ecfr" / CORPUS_PARTS["734"], folder, "--versions", "3", "--every", "14", "--start", "2026-08-10")
            texts.update(History.from_folders([folder]).texts)
        with FederalRegisterService(History(texts), causes_test.documents(), fr_today=NOW) as served:
            yield served


@contextlib.contextmanager
def preloaded(library, kill_before=None):
    """The environment in which the program is counted (writes.c), and what reads the counts after it."""
    with tempfile.TemporaryDirectory() as made:
        report = pathlib.Path(made) / "report"
        environment = {"LD_PRELOAD": str(library), "REPORT": str(report),
                       "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}
        if kill_before is not None:
            environment["KILL_BEFORE"] = str(kill_before)
        yield environment, lambda: [int(word) for word in report.read_text().split()]


class Archive:
    """What the sources gave, with mail in the outbox; its answers and a backup."""

    def __init__(self, served):
        self.home = Home(NOW)
        self.home.ok("init")
        self.home.configure(CONFIG % ", ".join('"%s"' % part for part in sorted(served.history.texts)))
        self.mirror = served.url

    def __enter__(self):
        self.home.run("sync", "--mirror", self.mirror)
        self.home.run("digest", "--send")
        self.home.run("sync", "--mirror", self.mirror)
        self.home.ok("verify")
        self.backup = pathlib.Path(tempfile.mkdtemp(prefix="regtrail-e2e-")) / "backup.db"
        self.home.ok("backup", self.backup)
        self.export = self.home.derived()
        self.answers = {command: self.home.ok(*command).stdout for command in ANSWERS}
        return self

    @staticmethod
    def other_register(home):
        """Gives `home` a register of fewer categories."""
        register = home.config.with_name("categories.toml")
        text = register.read_text(encoding="utf-8")
        register.write_text(text[:text.rindex("[[category]]\nid = ", 0, text.index('id = "vacuum-valves"'))], encoding="utf-8")

    def __exit__(self, *details):
        self.home.__exit__()
        shutil.rmtree(self.backup.parent)
