"""`diff --format docx`: a Word document whose tracked changes are accepted and rejected here as Word does."""
import io
import os
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

import harness
from harness import Home

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx(home, *arguments):
    """The bytes that `diff` prints as docx."""
    done = subprocess.run([str(home.binary), *arguments, "--format", "docx"], env=home.environment, cwd=home.folder, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def document(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            ElementTree.fromstring(package.read(name))
        return ElementTree.fromstring(package.read("word/document.xml"))


def tracked(data):
    return [(e.tag[len(W):], e.get(W + "author"), e.get(W + "date")) for e in document(data).iter() if e.tag in (W + "ins", W + "del")]


def texts(data, leave_out):
    """(heading, text) of each change after its insertions ("ins") or removals ("del") are left out."""
    def text_of(element):
        if element.tag == W + leave_out:
            return ""
        own = {W + "t": element.text or "", W + "delText": element.text or "", W + "br": "\n", W + "tab": "\t"}.get(element.tag, "")
        return own + "".join(text_of(child) for child in element)

    heading, found = None, []
    for paragraph in document(data).iter(W + "p"):
        style = paragraph.find("%spPr/%spStyle" % (W, W)).get(W + "val")
        if style == "Heading1":
            heading = text_of(paragraph)
        elif style == "RegulationText":
            found.append((heading, text_of(paragraph)))
    return found


class TrackedChanges(unittest.TestCase):
    BEFORE = """<DIV8 N="744.2" TYPE="SECTION"><HEAD>&#xA7; 744.2 Boxes &amp; "pipes".</HEAD>
<P>(a) A box of &lt;5 pascal &amp; more,  at 20 &#xB0;C.</P><P>(b) A pipe that leaves.</P><P>(1) With its bend.</P><P>(c) A rest of &#x65B0;&#x65E7; words.</P></DIV8>"""
    AFTER = """<DIV8 N="744.2" TYPE="SECTION"><HEAD>&#xA7; 744.2 Boxes &amp; "pipes".</HEAD>
<P>(a) A box of &lt;20 pascal &amp; more, at 20 &#xB0;C.</P><P>(b) A rest of &#x65B0;&#x65E7; words.</P><P>(c) A valve that comes &gt; before:</P><P>(1) its seat;</P><P>(2) its stem.</P></DIV8>"""

    @classmethod
    def setUpClass(cls):
        cls.home = Home().__enter__()
        cls.addClassCleanup(cls.home.__exit__)
        cls.home.ok("init")
        (cls.home.folder / "before.xml").write_text(cls.BEFORE, encoding="utf-8")
        (cls.home.folder / "after.xml").write_text(cls.AFTER, encoding="utf-8")
        cls.files = ("diff", "--files", "before.xml", "after.xml", "--title", "15")

    def test_rejecting_all_changes_gives_before_and_accepting_them_after(self):
        changes = [c for c in self.home.json(*self.files)["changes"] if c["kind"] != "cosmetic"]
        self.assertGreater(len(changes), 2)
        data = docx(self.home, *self.files)
        self.assertEqual(texts(data, "ins"), [(c["at"], c["before"] or "") for c in changes])
        self.assertEqual(texts(data, "del"), [(c["at"], c["after"] or "") for c in changes])
        self.assertEqual(data, docx(self.home, *self.files), "two runs differ")

    def test_the_same_of_a_real_history(self):
        """Of parts whose texts have tables, rows of lists and countries."""
        self.home.ok("sync", "--mirror", str(harness.SAMPLE), *(x for part in ("738", "744", "774") for x in ("--part", part)))
        for part in ("738", "744", "774"):
            versions = self.home.json("history", "part " + part)["versions"]
            arguments = ("diff", "part " + part, "--from", versions[-1]["from"], "--to", versions[0]["from"])
            changes = [c for c in self.home.json(*arguments)["changes"] if c["kind"] != "cosmetic"]
            self.assertTrue(changes, part)
            data = docx(self.home, *arguments)
            self.assertEqual(texts(data, "ins"), [(c["at"], c["before"] or "") for c in changes])
            self.assertEqual(texts(data, "del"), [(c["at"], c["after"] or "") for c in changes])

    @unittest.skipUnless(shutil.which("soffice") and shutil.which("pdftotext"), "no soffice or pdftotext")
    def test_LibreOffice_reads_it(self):
        (self.home.folder / "diff.docx").write_bytes(docx(self.home, *self.files, "--lang", "ja"))
        environment = {**os.environ, "HOME": str(self.home.folder)}
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "diff.docx"], cwd=self.home.folder, env=environment, check=True, capture_output=True,
                       timeout=120)
        shown = subprocess.run(["pdftotext", "-layout", "diff.pdf", "-"], cwd=self.home.folder, check=True, capture_output=True, text=True).stdout
        shown = re.sub(r"\s+", " ", shown)
        for words in ("15 CFR 744.2(a)", "<520 pascal & more", "A valve that comes > before:", "\u65b0\u8a2d"):
            self.assertIn(words, shown)


if __name__ == "__main__":
    harness.main()
