"""What every end-to-end test needs: the binary, a home of its own, real histories, a mail server."""
import email
import email.policy
import json
import logging
import os
import pathlib
import shutil
import ssl
import subprocess
import sys
import tempfile
import unittest
import warnings

sys.dont_write_bytecode = True
warnings.filterwarnings("ignore", category=DeprecationWarning, module="aiosmtpd")

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample"
SAMPLE_PARTS = ["738", "742", "744", "772", "774"]
SAMPLE_NOW = "2026-10-21"
BINARY = pathlib.Path(os.environ.get("REGTRAIL_BINARY", ROOT / "build/dev/regtrail"))
CORPUS = pathlib.Path(os.environ.get("REGTRAIL_CORPUS", ROOT / "../shared/corpus")).resolve()
TOOLS = pathlib.Path(os.environ.get("REGTRAIL_TOOLS", CORPUS / "../tools")).resolve()
PYTHON = sys.executable
CORPUS_PARTS = {part: "title-15-part-%s%s_2026-09-01.xml" % (part, "_reduced" if part == "744" else "") for part in ("734", "738", "742", "744")}


def needs_corpus(test):
    """Marks a test or a class that reads the corpus: it runs with --corpus only, and is skipped where that is absent."""
    test.needs_corpus = True
    return unittest.skipUnless((CORPUS / "ecfr").is_dir() and (TOOLS / "seed_history.py").is_file(),
                               "no corpus at %s (set REGTRAIL_CORPUS)" % CORPUS)(test)


def seed_history(source, folder, *options):
    subprocess.run([PYTHON, str(TOOLS / "seed_history.py"), str(source), str(folder), *options], check=True, stdout=subprocess.DEVNULL)


def corpus_history(folder, parts=tuple(CORPUS_PARTS), versions=4):
    """Folders of dated versions with four common dates, one per part."""
    folders = []
    for part in parts:
        target = pathlib.Path(folder) / part
        seed_history(CORPUS / "ecfr" / CORPUS_PARTS[part], target, "--versions", str(versions), "--every", "14")
        folders.append(target)
    return folders


class Home:
    """A user's home with configuration and archive, and the program run in it."""

    def __init__(self, now=SAMPLE_NOW, binary=BINARY):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="regtrail-e2e-"))
        self.binary = binary
        self.database = self.folder / "regtrail.db"
        self.config = self.folder / "config.toml"
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8", "NO_COLOR": "1",
                            "REGTRAIL_CONFIG": str(self.config), "REGTRAIL_DB": str(self.database), "REGTRAIL_NOW": now}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def __enter__(self):
        return self

    def __exit__(self, *details):
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *arguments, timeout=240, **options):
        environment = {**self.environment, **options.pop("environment", {})}
        return subprocess.run([str(self.binary), *map(str, arguments)], env=environment, cwd=self.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=timeout, **options)

    def start(self, *arguments):
        return subprocess.Popen([str(self.binary), *map(str, arguments)], env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ok(self, *arguments, code=0, **options):
        done = self.run(*arguments, **options)
        if done.returncode != code:
            raise AssertionError("regtrail %s: exit %d instead of %d\nstdout: %s\nstderr: %s"
                                 % (" ".join(map(str, arguments)), done.returncode, code, done.stdout[-2000:], done.stderr[-2000:]))
        return done

    def json(self, *arguments, code=0, **options):
        return json.loads(self.ok(*arguments, "--json", code=code, **options).stdout)

    def configure(self, text):
        self.config.write_text(text, encoding="utf-8")

    def sync(self, mirror, parts, *options):
        return self.run("sync", "--mirror", str(mirror), *(x for part in parts for x in ("--part", part)), *options)

    def derived(self):
        """All derived tables as text."""
        return self.ok("verify", "--export").stdout


class Mailbox:
    """A real SMTP server on loopback that keeps what it accepts."""

    def __init__(self, certificate=None, login=None, refuse=0):
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import AuthResult, LoginPassword

        for noisy in ("mail.log", "mail.debug"):  # refused connections are what some tests want
            logging.getLogger(noisy).setLevel(logging.CRITICAL)
        self.envelopes = []
        self.logins = []
        self.refuse = refuse
        options = {}
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            options.update(tls_context=context, require_starttls=True)
        if login:
            def check(server, session, envelope, mechanism, data):
                assert isinstance(data, LoginPassword)
                given = (data.login.decode(), data.password.decode())
                self.logins.append(given)
                return AuthResult(success=given == login)
            options.update(authenticator=check, auth_required=True, auth_require_tls=bool(certificate))

        class AnyPort(Controller):
            """Controller greets its own server once, which port 0 does not survive."""

            def _trigger_server(self):
                self.port = self.server.sockets[0].getsockname()[1]
                super()._trigger_server()

        self.controller = AnyPort(self, hostname="127.0.0.1", port=0, **options)

    async def handle_DATA(self, server, session, envelope):
        if self.refuse > 0:
            self.refuse -= 1
            return "451 4.3.0 try again later"
        self.envelopes.append(envelope)
        return "250 2.0.0 kept"

    def __enter__(self):
        self.controller.start()
        self.port = self.controller.port
        return self

    def __exit__(self, *details):
        self.controller.stop()

    def messages(self):
        return [email.message_from_bytes(e.content, policy=email.policy.default) for e in self.envelopes]


def make_certificates(folder):
    """A certificate authority and a certificate of localhost signed by it: (ca file, (certificate, key))."""
    folder = pathlib.Path(folder)

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "3650",
            "-subj", "/CN=regtrail test authority", "-addext", "keyUsage=critical,keyCertSign")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "host.key", "-out", "host.csr", "-subj", "/CN=localhost")
    (folder / "host.ext").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "host.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3650",
            "-extfile", "host.ext", "-out", "host.pem")
    return folder / "ca.pem", (folder / "host.pem", folder / "host.key")


def main():
    """Runs the tests of the calling file that do not read the corpus, with --corpus those that do. Ends with 77, which
    ctest shows as skipped, when every one was skipped."""
    wanted = "--corpus" in sys.argv
    suite = unittest.TestSuite()
    pending = [unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])]
    while pending:
        item = pending.pop(0)
        if isinstance(item, unittest.TestSuite):
            pending[:0] = list(item)
        elif wanted == (hasattr(item, "needs_corpus") or hasattr(getattr(item, item._testMethodName), "needs_corpus")):
            suite.addTest(item)
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    if result.testsRun > 0 and len(result.skipped) == result.testsRun:
        sys.exit(77)
    sys.exit(0 if result.wasSuccessful() and result.testsRun > 0 else 1)
