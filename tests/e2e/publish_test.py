"""The archive as static pages: every link leads somewhere, nothing is loaded from outside, and a run writes only what is different."""
import html.parser
import pathlib
import re
import signal
import unittest
import urllib.parse

from ecfr_server import History
from federal_register_server import FederalRegisterService
import harness
from harness import SAMPLE, Home
import items_test

VOID = {"meta", "link", "br", "input"}
BLOCKS = {"div", "p", "table", "ul", "h1", "h2", "h3", "section", "header", "main", "footer", "details", "aside"}
DAILY = {"index.html", "calendar.html", "state.html", "state.js"}  # tell how far the sources were read, or count days


class Page(html.parser.HTMLParser):
    """Its ids, links and what it loads; an assertion fails where elements are not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loaded, self.open = [], [], [], []
        self.policy = None
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        assert len(values) == len(attributes), "%s has an attribute twice" % tag
        assert not {name for name in values if name.startswith("on") or name == "style"}, attributes
        assert not ("p" in self.open and tag in BLOCKS), "%s in a paragraph" % tag
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.append(values["href"])
        if tag in ("script", "link", "img", "iframe"):
            self.loaded += [values[name] for name in ("src", "href") if name in values]
            assert tag != "script" or "src" in values or values.get("type") == "application/json", values
        if tag == "meta" and values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, "</%s> in %s at %s" % (tag, self.open, self.getpos())
        self.open.pop()


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")}


def crawl(test, folder):
    """Checks every page of the folder, and that the front page leads to each, by way of others."""
    files = files_of(folder)
    pages = {name: Page(text.decode("utf-8")) for name, text in files.items() if name.endswith(".html")}
    reached, ahead = set(), ["index.html"]
    for name, page in pages.items():
        with test.subTest(page=name):
            test.assertEqual(sorted(set(page.ids)), sorted(page.ids), "an id twice")
            test.assertIn("default-src 'none'", page.policy)
            test.assertRegex(name, r"^[a-z0-9.\-/]{1,64}$")
            for target in page.loaded + page.links:
                if target.startswith(("https://www.federalregister.gov/", "https://www.ecfr.gov/")):
                    test.assertIn(target, page.links)
                    continue
                path, _, fragment = target.partition("#")
                found = str((pathlib.PurePosixPath("/" + name).parent / urllib.parse.unquote(path)) if path else "/" + name)
                found = str(pathlib.PurePosixPath(*[part for part in resolved(found)]))
                test.assertIn(found, files, "%s of %s" % (target, name))
                test.assertTrue(not fragment or fragment in pages[found].ids, "no %s in %s, linked by %s" % (fragment, found, name))
    while ahead:
        name = ahead.pop()
        if name in reached or not name.endswith(".html"):
            continue
        reached.add(name)
        ahead += ["/".join(resolved(str(pathlib.PurePosixPath("/" + name).parent / link.partition("#")[0]))) for link in pages[name].links
                  if not link.startswith(("https:", "#"))]
    test.assertEqual(sorted(reached), sorted(pages))
    return files


def resolved(path):
    parts = []
    for part in path.strip("/").split("/"):
        parts = parts[:-1] if part == ".." else parts + [part]
    return parts


class OfTheSample(unittest.TestCase):
    def setUp(self):
        self.home = Home().__enter__()
        self.addCleanup(self.home.__exit__)
        self.home.ok("init")
        self.site = self.home.folder / "site"

    def publish(self, *options):
        return self.home.json("publish", self.site, *options)

    def test_every_link_resolves_in_both_languages(self):
        self.home.ok("sync", "--mirror", SAMPLE)
        for lang in ("ja", "en"):
            self.site = self.home.folder / lang
            self.publish("--lang", lang)
            files = crawl(self, self.site)
            self.assertTrue({"law/744.23.html", "law/3b001.html", "law/744-supp4.html", "law/part-744.html", "search.js"} <= set(files))

    def test_a_second_run_writes_nothing(self):
        self.home.ok("sync", "--mirror", SAMPLE)
        first = self.publish()
        self.assertEqual(len(first["written"]), first["files"])
        times = {path: path.stat().st_mtime_ns for path in self.site.rglob("*") if path.is_file()}
        second = self.publish()
        self.assertEqual((second["written"], second["removed"]), ([], []))
        self.assertEqual({path: path.stat().st_mtime_ns for path in self.site.rglob("*") if path.is_file()}, times)

    def test_a_change_writes_the_pages_that_it_changes(self):
        self.home.ok("sync", "--mirror", SAMPLE, "--until", "2026-09-14")
        self.publish()
        before = files_of(self.site)
        self.home.ok("sync", "--mirror", SAMPLE)
        done = self.publish()
        after = files_of(self.site)
        self.assertEqual(sorted(done["written"]), sorted(name for name in after if before.get(name) != after[name]))
        self.assertIn("law/3b001.html", done["written"])
        self.assertIn("law/3b994.html", done["written"])
        for same in ("law/742.8.html", "law/744.11.html", "law/772.1.html", "law/742.6.html"):
            self.assertNotIn(same, done["written"])
        crawl(self, self.site)

    def test_another_day_writes_only_what_counts_days(self):
        self.home.ok("sync", "--mirror", SAMPLE)
        self.publish()
        self.home.environment["REGTRAIL_NOW"] = "2026-10-22"
        self.assertLessEqual(set(self.publish()["written"]), DAILY)

    def test_only_what_it_wrote_is_removed(self):
        self.home.ok("sync", "--mirror", SAMPLE)
        self.publish()
        (self.site / "law" / "own.html").write_text("mine", encoding="utf-8")
        (self.site / ".regtrail-files").open("a").write("law/gone.html\n../config.toml\n/etc/hosts\nlaw/../index.html\n")
        (self.site / "law" / "gone.html").write_text("old", encoding="utf-8")
        self.assertEqual(self.publish()["removed"], ["law/gone.html"])
        self.assertEqual((self.site / "law" / "own.html").read_text(encoding="utf-8"), "mine")
        self.assertTrue(self.home.config.exists())

    def test_a_folder_of_others_is_left_alone(self):
        self.home.ok("sync", "--mirror", SAMPLE)
        self.site.mkdir()
        (self.site / "index.html").write_text("mine", encoding="utf-8")
        done = self.home.run("publish", self.site)
        self.assertEqual(done.returncode, 2)
        self.assertIn("did not write", done.stderr)
        self.assertEqual([path.name for path in self.site.iterdir()], ["index.html"])
        (self.site / "index.html").unlink()
        self.publish()
        (self.site / "item.html").write_text("mine", encoding="utf-8")
        self.publish()

    def test_a_killed_run_leaves_whole_files_and_the_next_completes_them(self):
        self.home.ok("sync", "--mirror", SAMPLE)
        whole = self.home.folder / "whole"
        total = self.home.json("publish", whole)["files"]
        for count in range(1, total, 9):
            self.site = self.home.folder / ("killed-%d" % count)
            process = self.home.start("publish", self.site)
            while process.poll() is None and len(files_of(self.site) if self.site.exists() else ()) < count:
                pass
            process.send_signal(signal.SIGKILL)
            process.wait()
            wanted = files_of(whole)
            for name, text in files_of(self.site).items():
                self.assertEqual(text, wanted[name], name)
            self.publish()
            self.assertEqual(files_of(self.site), wanted)

    def test_partners_are_named_only_when_that_is_asked_for(self):
        (self.home.folder / "parties.toml").write_text('[[party]]\nid = "c-0417-muster"\nnames = ["Muster Lithography Institute"]\naliases = ["Geheimname"]\n'
                                                       'country = "CN"\nowners = [{ name = "Vi Du Components JSC", percent = 60 }]\n', encoding="utf-8")
        self.home.ok("sync", "--mirror", SAMPLE)
        self.publish()
        for name, text in files_of(self.site).items():
            for secret in (b"c-0417", b"Geheimname", b"your partner "):
                self.assertNotIn(secret, text, name)
        items = b"".join(text for name, text in files_of(self.site).items() if name.startswith("item/"))
        self.assertIn(b"partners of yours, to be compared: 1", items)
        self.publish("--with-partners")
        items = b"".join(text for name, text in files_of(self.site).items() if name.startswith("item/"))
        self.assertIn(b"possible match with your partner", items)

    def test_text_from_outside_is_no_markup(self):
        categories = (self.home.folder / "categories.toml").read_text(encoding="utf-8")
        (self.home.folder / "categories.toml").write_text(re.sub(r'(?m)^label_en = ".*"$', "label_en = '''<script>alert(\"1\")</script>&'''", categories),
                                                          encoding="utf-8")
        self.home.ok("sync", "--mirror", SAMPLE)
        self.publish()
        files = crawl(self, self.site)
        self.assertFalse([name for name, text in files.items() if b"<script>alert" in text and name.endswith(".html")])
        self.assertTrue([name for name, text in files.items() if b"&lt;script&gt;alert" in text])


class OfARule(unittest.TestCase):
    """A rule that is published, of which one instruction is in force and one is not."""

    def setUp(self):
        history = History({"744": {"2026-01-05": items_test.PART % (5, 90, "")}})
        rule = items_test.made(items_test.RULE, "2026-03-03", 9000, "Controls on Glove Boxes", "Final rule.",
                               "This rule is effective March 16, 2026, except for amendatory instruction 2, which is effective May 4, 2026.",
                               items_test.AMENDMENTS)
        proposal = items_test.made(items_test.PROPOSAL, "2026-03-03", 9100, "Glove Boxes for Schools", "Proposed rule.",
                                   "Comments are due April 2, 2026.", items_test.AMENDMENTS.split("\n<REGTEXT")[0], rin="0694-AZ91")
        self.service = FederalRegisterService(history, [rule, proposal], fr_today="2026-03-18").__enter__()
        self.addCleanup(self.service.__exit__)
        self.home = Home("2026-03-18T12:00:00Z").__enter__()
        self.addCleanup(self.home.__exit__)
        self.home.ok("init")
        self.home.configure('[sync]\nparts = ["744"]\n')
        (self.home.folder / "categories.toml").write_text(items_test.CATEGORIES, encoding="utf-8")
        self.service.advance_to("2026-01-05", "2026-03-18")
        done = self.home.sync(self.service.url, ["744"])
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_page_of_the_section_tells_what_is_to_come(self):
        self.home.ok("publish", self.home.folder / "site")
        files = crawl(self, self.home.folder / "site")
        page = files["law/744.2.html"].decode("utf-8")
        self.assertIn("In force, and not in the eCFR yet", page)
        self.assertRegex(page, r'data-ahead="2026-05-04"><b>[^<]*Not yet in force')
        self.assertRegex(page, r'<tr id="p-c" class="pend">(?s:.*?)amended from <span class="nw">2026-05-04')
        self.assertRegex(page, r'id="ahead"(?s:.*?)<del>5</del><ins>20</ins>')
        self.assertRegex(page, r'id="ahead"(?s:.*?)<del>90</del><ins>30</ins>')
        self.assertIn("no duty follows from it now", page)
        item = files["item/%s.html" % items_test.RULE].decode("utf-8")
        self.assertIn("<del>5</del><ins>20</ins>", item)
        self.assertIn('href="../law/744.2.html#p-a"', item)
        self.assertIn("https://www.federalregister.gov/d/" + items_test.RULE, item)
        days = files["calendar.html"].decode("utf-8")
        self.assertIn("2026-05-04", days)


if __name__ == "__main__":
    harness.main()
