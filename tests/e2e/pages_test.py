"""Watched pages of the web, HTML and PDF: they change, move, vanish and turn into block pages, and each is told once."""
import hashlib
import http.server
import sqlite3
import threading
import unittest

import harness
from harness import Home, Mailbox
from main_job_test import bodies

HOST = "www.example.gov"
PLAN, REPORT, PRESS = "/plans/chips", "/files/report.pdf", "/press"

WATCHES = """schema_version = 1
[[watch]]
id = "chip-plan"
label_en = "Chip plan"
label_ja = "\u534a\u5c0e\u4f53\u8a08\u753b"
address = "https://www.example.gov/plans/chips"
content = "main"
skip = [".share"]
[[watch]]
id = "chip-report"
label_en = "Report on chips"
address = "https://www.example.gov/files/report.pdf"
terms = ["location verification"]
[[watch]]
id = "press"
label_en = "Press releases"
address = "https://www.example.gov/press"
read = "links"
[[watch]]
id = "asleep"
label_en = "Not enabled"
address = "https://www.example.gov/asleep"
enabled = false
"""

CONFIGURATION = """
[smtp]
url = "smtp://127.0.0.1:%d"
from = "regtrail <regtrail@example.co.jp>"
security = "none"
[pages]
hosts = ["www.example.gov"]
[register]
watches = "watches.toml"
[[subscriber]]
name = "boeki"
to = "boeki@example.co.jp"
lang = "ja"
schedule = "immediate"
"""


def plan(*paragraphs, title="Chip plan", visits=0):
    return ("<!DOCTYPE html><html><head><meta charset=utf-8><title>%s</title><script>var visits = %d;</script></head><body><header>Agency</header>"
            "<main><h1>Chip plan</h1><p>The plan is reviewed by the office for chips every year in autumn.</p><h2>Exports</h2>%s"
            "<div class=share>%d visits</div></main><footer>Contact</footer></body></html>"
            % (title, visits, "".join("<p>%s</p>" % each for each in paragraphs), visits)).encode()


def links(*pairs):
    return ("<html><head><title>News</title></head><body><ul>%s</ul></body></html>" % "".join("<li><a href='%s'>%s</a></li>" % each for each in pairs)).encode()


def pdf(*pages):
    """One line of text below the other on each page; a running head and a number are put around them."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for number, lines in enumerate(pages, 1):
        shown = ["Office for Chips", "", *lines, "", "Page %d of %d" % (number, len(pages))]
        text = "BT /F1 11 Tf 72 770 Td 14 TL " + "".join("(%s) Tj T* " % line for line in shown) + "ET"
        objects.append(("<</Length %d>>stream\n%s\nendstream" % (len(text), text)).encode())
        objects.append(("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>" % len(objects)).encode())
        kids.append("%d 0 R" % len(objects))
    objects[1] = ("<</Type/Pages/Kids[%s]/Count %d>>" % (" ".join(kids), len(kids))).encode()
    out, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, each in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    return out + b"xref\n0 %d\n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table, len(objects) + 1, len(out))


VERIFY = "Each accelerator is subject to location verification once in %d days after its"
REPORTED = ["export, and the result is reported to the office that keeps the list of those", "who export."]
FIRST = "Exporters say once a quarter where each accelerator stands that they have exported."
SECOND = "Foundries report their customers to the office for chips at the end of each month."
TARIFFS = "Tariffs on chips and on what is made with them follow in a proclamation of the President."


class Sites:
    """What a mirror of the web holds: {"/host/path": (status, body, type, headers)}."""

    def __init__(self):
        self.pages = {}
        self.requests = []

    def put(self, path, body, status=200, kind="text/html", **headers):
        self.pages["/" + HOST + path] = (status, body, kind, headers)

    def __enter__(self):
        sites = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                status, body, kind, headers = sites.pages.get(self.path, (404, b"<title>Not found</title>", "text/html", {}))
                tag = '"%s"' % hashlib.sha256(body).hexdigest()[:16]
                held = status == 200 and self.headers.get("If-None-Match") == tag
                sites.requests.append((self.path, 304 if held else status))
                self.send_response(304 if held else status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", "0" if held else str(len(body)))
                if status == 200:
                    self.send_header("ETag", tag)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if not held:
                    self.wfile.write(body)

            def log_message(self, *details):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d" % self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        return self

    def __exit__(self, *details):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def asked(self):
        """Since it was last called: paths below the host with the status that was answered."""
        asked, self.requests = [(path[len(HOST) + 1:], status) for path, status in self.requests], []
        return asked


class Story(unittest.TestCase):
    """One archive through May 2026; the days are tests of their own, in the order of their names."""

    @classmethod
    def setUpClass(cls):
        cls.sites = Sites().__enter__()
        cls.addClassCleanup(cls.sites.__exit__)
        cls.mailbox = Mailbox().__enter__()
        cls.addClassCleanup(cls.mailbox.__exit__)
        cls.home = Home().__enter__()
        cls.addClassCleanup(cls.home.__exit__)
        cls.home.configure(CONFIGURATION % cls.mailbox.port)
        (cls.home.folder / "watches.toml").write_text(WATCHES, encoding="utf-8")
        cls.sent = []  # every body that was served as a page

    def day(self, day, code=0):
        self.home.environment["REGTRAIL_NOW"] = "2026-05-%02d" % day
        self.sites.asked()
        return self.home.ok("sync", "--source", "pages", "--mirror", self.sites.url, code=code)

    def serve(self, path, body, **options):
        self.sites.put(path, body, **options)
        self.sent.append(body)

    def items(self, *options):
        return self.home.json("items", *options)

    def mail(self):
        """What is mailed now: (text, what the HTML shows), or nothing."""
        known = len(self.mailbox.messages())
        self.home.ok("digest", "--send")
        return [bodies(message) for message in self.mailbox.messages()[known:]]

    def pages_source(self):
        return next(source for source in self.home.json("status")["sources"] if source["source"] == "pages")

    def trouble(self, day, path, why, before, **answer):
        """Something else comes than the page: told to the operator, and to nobody as a change."""
        items = self.items("--all")
        self.serve(path, **answer)
        done = self.day(day, code=3)
        self.assertIn(why, done.stderr)
        self.assertIn("the text of %s stands" % before, done.stderr)
        self.assertIn(why, self.home.ok("status").stdout.replace("\n", " "))
        self.assertEqual(self.pages_source()["health"], "degraded")
        self.assertEqual(self.items("--all"), items)
        self.assertEqual(self.mail(), [])

    def test_01_the_first_texts_are_told_to_nobody(self):
        self.sites.put("/robots.txt", b"User-agent: *\nDisallow: /private/\n", kind="text/plain")
        self.serve(PLAN, plan(FIRST, SECOND))
        self.serve(REPORT, pdf([VERIFY % 180, *REPORTED], [SECOND]), kind="application/pdf")
        self.serve(PRESS, links(("/press/1", "Office opens"), ("/press/2", "Firm fined")))
        self.day(4)
        self.assertEqual(self.sites.asked(), [("/robots.txt", 200), (PLAN, 200), (REPORT, 200), (PRESS, 200)])
        self.assertEqual(self.items("--all"), [])
        self.assertEqual(self.pages_source()["health"], "healthy")
        self.assertEqual(self.mail(), [])

    def test_02_pages_are_asked_once_a_day_and_by_what_is_held(self):
        self.day(4)
        self.assertEqual(self.sites.asked(), [])
        self.assertEqual(self.day(5).stdout, "")
        self.assertEqual(self.sites.asked(), [("/robots.txt", 200), (PLAN, 304), (REPORT, 304), (PRESS, 304)])

    def test_03_changed_words_of_a_page_and_of_a_pdf(self):
        self.serve(PLAN, plan(FIRST.replace("quarter", "month"), SECOND, visits=12))
        self.serve(REPORT, pdf([VERIFY % 90, *REPORTED], [SECOND]), kind="application/pdf")
        self.day(6)
        report, page = self.items()[::-1]
        self.assertEqual((page["id"], report["id"]), ("page chip-report@2026-05-06", "page chip-plan@2026-05-06"))
        report, page = page, report
        self.assertIsNone(page["rule"])
        self.assertEqual(page["page"], {"watch": "chip-plan", "address": "https://www.example.gov" + PLAN, "title": "Chip plan"})
        self.assertTrue(page["headline"]["en"].startswith("page changed: Chip plan: "), page["headline"])
        self.assertIn("month", page["headline"]["en"])
        self.assertTrue(page["headline"]["ja"].startswith("ページ更新「Chip plan」："), page["headline"])
        self.assertEqual([(hit["entry"], hit["category"], hit["reasons"][0]["signal"], hit["reasons"][0]["at"]) for hit in page["hits"]],
                         [("watch", "chip-plan", "page", "page chip-plan / Exports / text 1")])
        self.assertEqual((page["direction"], page["severity"]), ("unclear", 2))
        self.assertEqual(page["links"], ["https://www.example.gov" + PLAN])
        self.assertIn("location verification", [reason["words"].lower() for reason in report["hits"][0]["reasons"]])
        self.assertEqual(report["severity"], 3)
        self.assertEqual(len(report["changes"]), 1)
        shown = self.home.ok("items").stdout
        self.assertIn("page changed 2026-05-06", shown)
        self.assertIn("1 change of the page", shown)
        (text, html), = self.mail()
        for words in (text, html):
            self.assertIn("ページ更新「Chip plan」：「quarter」を「month」に変更", words)
            self.assertIn("ページ更新", words)
        self.assertIn("https://www.example.gov" + REPORT, text)

    def test_04_a_paragraph_moves_and_another_comes(self):
        self.serve(PLAN, plan(TARIFFS, FIRST.replace("quarter", "month")) .replace(b"</main>", b"<h2>Foundries</h2><p>%s</p></main>" % SECOND.encode()))
        self.serve(REPORT, pdf([VERIFY % 90, *REPORTED, "", TARIFFS], [SECOND]), kind="application/pdf")
        self.day(7)
        new = self.items("--since", "2026-05-07")
        self.assertEqual([item["id"] for item in new], ["page chip-plan@2026-05-07"])
        kinds = self.items("--all", "--since", "2026-05-07", "--kind", "moved")
        self.assertEqual([item["id"] for item in kinds], ["page chip-plan@2026-05-07"])
        self.assertEqual(len(self.items("--all", "--since", "2026-05-07")), 2)  # the PDF's holds no term
        self.assertEqual(len(self.mail()), 1)
        self.assertEqual(self.mail(), [])

    def test_05_links_come_go_and_get_other_names(self):
        self.serve(PRESS, links(("/press/3?utm_source=x", "Forty firms added"), ("/press/1", "Office opens in May")))
        self.serve(PLAN, plan(TARIFFS))
        self.serve(REPORT, pdf([VERIFY % 30, *REPORTED], [SECOND]), kind="application/pdf")
        self.day(8)
        new = {item["page"]["watch"]: item for item in self.items("--since", "2026-05-08")}
        self.assertEqual(sorted(new), ["chip-plan", "chip-report", "press"])
        self.assertEqual(len(new["press"]["changes"]), 3)
        self.assertEqual(new["press"]["links"], ["https://www.example.gov/press", "https://www.example.gov/press/3"])
        self.assertEqual(len(self.mail()), 1)

    def test_06_block_pages_logins_and_errors_are_no_versions(self):
        self.trouble(9, PLAN, "Just a moment", "2026-05-08", body=plan(TARIFFS, title="Just a moment..."))
        self.trouble(10, REPORT, "password", "2026-05-08", body=b"<title>Files</title><form><input type=password></form>")
        self.trouble(11, PLAN, "status 403", "2026-05-08", body=b"<title>No</title>", status=403)

    def test_07_pages_that_move_or_vanish(self):
        self.serve(REPORT, pdf([VERIFY % 30, *REPORTED], [SECOND]), kind="application/pdf")
        self.serve("/", b"<title>Agency</title><main><p>Welcome to the agency, which has many pages.</p></main>")
        self.trouble(12, PLAN, "moved to", "2026-05-08", body=b"", status=302, Location=self.sites.url + "/" + HOST + "/")
        self.trouble(13, PLAN, "refused the redirect", "2026-05-08", body=b"", status=301, Location="http://localhost:1/plans/chips")
        self.sent.pop()  # there is no answer to be kept
        self.trouble(14, PLAN, "gone (status 404)", "2026-05-08", body=b"<title>Gone</title>", status=404)
        self.serve(PLAN, plan(TARIFFS))
        self.trouble(15, REPORT, "cut or broken", "2026-05-12", body=pdf([SECOND])[:80], kind="application/pdf")

    def test_08_a_page_that_is_back_is_no_news_and_its_next_words_are(self):
        self.serve(REPORT, pdf([VERIFY % 30, *REPORTED], [SECOND]), kind="application/pdf")
        self.day(16)
        self.assertEqual(self.pages_source()["health"], "healthy")
        self.assertEqual(self.items("--since", "2026-05-09", "--all"), [])
        self.serve(REPORT, pdf([VERIFY % 10, *REPORTED], [SECOND]), kind="application/pdf")
        self.day(17)
        self.assertEqual([item["id"] for item in self.items("--since", "2026-05-09")], ["page chip-report@2026-05-17"])

    def test_09_robots_txt_is_honoured(self):
        self.sites.put("/robots.txt", b"User-agent: regtrail\nDisallow: /plans/\n", kind="text/plain")
        done = self.day(18, code=3)
        self.assertIn("forbids programs to read", done.stderr)
        self.assertNotIn(PLAN, [path for path, _ in self.sites.asked()])
        self.sites.put("/robots.txt", b"", status=500)
        done = self.day(19, code=3)
        self.assertEqual({path for path, _ in self.sites.asked()}, {"/robots.txt"})

    def test_10_every_byte_is_kept_and_a_rebuild_tells_the_same(self):
        with sqlite3.connect("file:%s?mode=ro" % self.home.database, uri=True) as archive:
            kept = {row[0] for row in archive.execute("SELECT b.sha256 FROM raw_records r JOIN raw_bodies b ON b.id = r.body WHERE r.source = 'pages'")}
        moved = hashlib.sha256(self.sites.pages["/" + HOST + "/"][1]).hexdigest()
        served = {hashlib.sha256(body).hexdigest() for body in self.sent if body} | {moved}
        self.assertEqual(served - kept, set())
        before = self.items("--all")
        self.home.ok("rebuild")
        self.assertEqual(self.items("--all"), before)
        self.home.ok("verify", "--deep")


class Elsewhere(unittest.TestCase):
    def test_a_mirror_without_the_page_makes_no_noise(self):
        with Home() as home, Sites() as sites:
            home.configure(CONFIGURATION % 25)
            (home.folder / "watches.toml").write_text(WATCHES, encoding="utf-8")
            done = home.ok("sync", "--source", "pages", "--mirror", sites.url)
            self.assertEqual((done.stdout, done.stderr), ("", ""))
            self.assertEqual(home.json("status")["sources"], [])

    def test_a_page_on_loopback_is_read_without_a_mirror(self):
        with Home() as home, Sites() as sites:
            home.configure("[pages]\nhosts = ['127.0.0.1']\n[register]\nwatches = 'watches.toml'\n")
            (home.folder / "watches.toml").write_text(
                "[[watch]]\nid = 'near'\nlabel_en = 'Near'\naddress = '%s/near'\n" % sites.url, encoding="utf-8")
            sites.pages["/robots.txt"] = (500, b"", "text/plain", {})
            done = home.ok("sync", "--source", "pages", code=3)
            self.assertIn("robots.txt", done.stderr)

    def test_a_host_that_is_not_configured_is_not_asked(self):
        with Home() as home, Sites() as sites:
            home.configure("[pages]\nhosts = ['www.example.org']\n[register]\nwatches = 'watches.toml'\n")
            (home.folder / "watches.toml").write_text(WATCHES, encoding="utf-8")
            home.ok("sync", "--source", "pages", "--mirror", sites.url)
            self.assertEqual(sites.requests, [])


if __name__ == "__main__":
    harness.main()
