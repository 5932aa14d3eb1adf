"""Texts that come late and filings that never come, through the built binary."""
import sqlite3
import unittest

from ecfr_server import History
from federal_register_server import FederalRegisterService, document
import harness
from harness import SAMPLE, SAMPLE_PARTS, Home, Mailbox
from main_job_test import bodies, configuration

NUMBER = "2026-20700"
XML = """<RULE><PREAMB><AGENCY TYPE="S">DEPARTMENT OF COMMERCE</AGENCY><SUBAGY>Bureau of Industry and Security</SUBAGY><CFR>15 CFR Part 744</CFR>
<SUBJECT>Gauges</SUBJECT></PREAMB><SUPLINF><HD SOURCE="HED">SUPPLEMENTARY INFORMATION:</HD><P>Gauges.</P><REGTEXT TITLE="15" PART="744">
<AMDPAR>1. In § 744.1, revise paragraph (c) to read as follows:</AMDPAR><SECTION><SECTNO>§ 744.1</SECTNO><P>(c) Gauges of 2 mm.</P></SECTION>
</REGTEXT></SUPLINF><FRDOC>[FR Doc. 2026-20700 Filed 10-20-26; 8:45 am]</FRDOC></RULE>"""


def rule(**more):
    return document(NUMBER, "2026-10-21", ("91 FR", 52100, 52102), title="Gauges", cfr_references=[{"title": 15, "part": 744}], **more)


class Register(unittest.TestCase):
    def start(self, *documents):
        self.service = FederalRegisterService(History.from_sample(SAMPLE), list(documents)).__enter__()
        self.addCleanup(self.service.__exit__)
        self.home = Home("2026-10-21T11:00:00Z")
        self.addCleanup(self.home.__exit__)
        self.home.ok("init")

    def sync(self, now):
        self.home.environment["REGTRAIL_NOW"] = now
        return self.home.sync(self.service.url, SAMPLE_PARTS)

    def test_a_text_that_is_late_is_said_to_be_missing_until_it_is_there(self):
        late = rule(full_text_xml_url="https://www.federalregister.gov/documents/full_text/xml/2026/10/21/%s.xml" % NUMBER)
        self.start(late)
        for now in ("2026-10-21T11:00:00Z", "2026-10-21T16:00:00Z", "2026-10-22T11:00:00Z"):
            done = self.sync(now)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("text of %s (91 FR 52100) not yet available" % NUMBER, self.home.ok("status").stdout)
            self.assertEqual(self.home.json("doc", NUMBER)["instructions"], [])
        self.assertEqual(self.home.json("status")["missing_texts"][0]["asked_first"], "2026-10-21T11:00:00Z")
        self.assertRegex(self.home.ok("digest", "--lang", "en").stdout, "Text missing +%s" % NUMBER)
        late["xml"] = XML
        self.sync("2026-10-23T11:00:00Z")
        self.assertNotIn("not yet available", self.home.ok("status").stdout)
        self.assertEqual(len(self.home.json("doc", NUMBER)["instructions"]), 1)

    def test_a_filing_that_is_withdrawn_stays_known_and_is_told_once(self):
        filing = rule(inspection=True)
        filing["publication_date"] = "2026-10-23"
        self.start(filing)
        with Mailbox() as mailbox:
            self.home.configure(configuration(mailbox.port, SAMPLE_PARTS))
            self.assertEqual(self.sync("2026-10-21T22:00:00Z").returncode, 0)
            self.assertIn(NUMBER, self.home.ok("status").stdout)
            self.service.documents.clear()
            self.assertEqual(self.sync("2026-10-22T11:00:00Z").returncode, 0)
            status = self.home.ok("status").stdout
            self.assertIn("%s was taken off public inspection and not published: Gauges" % NUMBER, status)
            self.assertIn("pending           none", status)
            self.assertIn("Gauges", self.home.ok("doc", NUMBER).stdout)
            self.home.ok("digest", "--send")
            text, page = bodies(mailbox.messages()[0])
            self.assertEqual(text.count(NUMBER), 1)
            self.assertIn(NUMBER, page)
            with sqlite3.connect(self.home.database) as archive:
                self.assertEqual(archive.execute("SELECT subscriber, at FROM told WHERE step = 'withdrawn'").fetchall(), [("boeki", NUMBER)])


if __name__ == "__main__":
    harness.main()
