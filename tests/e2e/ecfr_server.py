"""A loopback eCFR that behaves as the real one was seen to behave, and misbehaves on request.

    ecfr_server.py HISTORYDIR... [--port N] [--currency DATE]      (by hand; prints the mirror's URL)

It serves the dated part files that seed_history.py writes, under the path that `--mirror URL` uses:
the host is the first path segment. Rows of `versions` are derived by comparing the units' bytes.
"""
import argparse
import datetime
import gzip
import hashlib
import html
import http.server
import json
import pathlib
import re
import socket
import sys
import threading
import time
import urllib.parse

PREFIX = "/www.ecfr.gov/api"
UNIT = re.compile(r'<(DIV8|DIV9) N="([^"]+)" TYPE="(SECTION|APPENDIX)".*?</\1>', re.S)
HEAD = re.compile(r"<HEAD>(.*?)</HEAD>", re.S)
FILE = re.compile(r"part-(?P<part>\w+)_(?P<date>\d{4}-\d{2}-\d{2})\.xml$")
SERVED_FROM = "2017-01-01"


def natural(identifier):
    return [int(x) if x.isdigit() else x for x in re.split(r"(\d+)", identifier)]


def squeezed(unit):
    """Without what regtrail calls cosmetic: white space and the kind of a dash."""
    return re.sub(r"\s+", " ", re.sub("&#x201[0-5];|[\u2010-\u2015]", "-", unit))


def units_of(text):
    """identifier -> (element, type, heading), in printed order."""
    units = {}
    for match in UNIT.finditer(text):
        heading = HEAD.search(match.group(0))
        name = html.unescape(re.sub(r"<[^>]+>", "", heading.group(1))).strip() if heading else match.group(2)
        units[match.group(2)] = (match.group(0), match.group(3).lower(), name)
    return units


def rows_of_part(part, texts):
    """The rows of `versions` that the dated texts of a part amount to, baseline included."""
    rows, held = [], {}

    def row(identifier, date, unit, substantive, removed):
        rows.append({"date": date, "amendment_date": date, "issue_date": date, "identifier": identifier, "name": unit[2],
                     "part": part, "substantive": substantive, "removed": removed, "subpart": None, "title": "15", "type": unit[1]})

    for date in sorted(texts):
        now = units_of(texts[date])
        for identifier, unit in now.items():
            before = held.get(identifier)
            if before is None or before[0] != unit[0]:
                row(identifier, date, unit, before is None or squeezed(before[0]) != squeezed(unit[0]), False)
        for identifier, unit in held.items():
            if identifier not in now:
                row(identifier, date, unit, True, True)
        held = now
    return sorted(rows, key=lambda r: (natural(r["identifier"]), r["issue_date"]))


class History:
    """part -> {date -> text of the part}; a text stands until the next date. An empty text: the part is gone."""

    def __init__(self, texts):
        self.texts = texts
        self.rows = [row for part in sorted(texts, key=natural) for row in rows_of_part(part, texts[part])]
        self.dates = sorted({date for dated in texts.values() for date in dated})

    @staticmethod
    def from_folders(folders):
        texts = {}
        for folder in folders:
            for path in sorted(pathlib.Path(folder).iterdir()):
                match = FILE.search(path.name)
                if match:
                    texts.setdefault(match["part"], {})[match["date"]] = path.read_text(encoding="utf-8")
        return History(texts)

    @staticmethod
    def from_sample(folder):
        texts = {}
        for path in sorted(pathlib.Path(folder).glob("www.ecfr.gov/api/versioner/v1/full/*/title-15.xml@part=*")):
            texts.setdefault(path.name.split("=")[1], {})[path.parent.name] = path.read_text(encoding="utf-8")
        return History(texts)

    def part_on(self, part, date):
        dates = [d for d in self.texts.get(part, {}) if d <= date]
        return self.texts[part][max(dates)] if dates else None

    def unit_on(self, part, identifier, kind, date):
        unit = units_of(self.part_on(part, date) or "").get(identifier)
        return '<?xml version="1.0"?>\n' + unit[0] + "\n" if unit and unit[1] == kind else None


class Answer:
    def __init__(self, status, body, content_type, headers=()):
        self.status, self.content_type, self.headers = status, content_type, list(headers)
        self.body = body.encode("utf-8") if isinstance(body, str) else body
        self.encoding = None
        self.promised = None  # a Content-Length other than the body's

    @staticmethod
    def json(value, status=200, headers=()):
        return Answer(status, json.dumps(value, ensure_ascii=False), "application/json; charset=utf-8", headers)

    @staticmethod
    def xml(text, status=200):
        return Answer(status, text, "application/xml")


# --- what can go wrong: each takes the right answer and gives the wrong one -------------------------

BLOCK_PAGE = ("<!DOCTYPE html>\n<html><head><title>Request Access</title></head><body><h1>Request Access</h1>"
              "<p>Due to aggressive automated scraping, please complete the form.</p></body></html>\n")


def block_page(answer):
    return Answer(200, BLOCK_PAGE, "text/html; charset=utf-8")


def block_page_as_xml(answer):
    return Answer(200, BLOCK_PAGE, answer.content_type)


def empty_body(answer):
    return Answer(200, b"", answer.content_type)


def truncated(answer):
    return Answer(200, answer.body[:len(answer.body) * 2 // 3], answer.content_type)


def broken_off(answer):
    cut = Answer(200, answer.body[:len(answer.body) // 2], answer.content_type)
    cut.promised = len(answer.body)
    return cut


def wrong_shape(answer):
    return Answer.json({"content_versions": {"surprise": 1}, "titles": "none", "ecfr_corrections": 7, "meta": []})


def no_json(answer):
    return Answer(200, '{"titles":[{"number":15,', "application/json")


def over_limit(answer):
    """300 MB of blanks, which travel as 1.3 MB."""
    big = Answer(200, gzip.compress(b'<?xml version="1.0"?>\n<DIV5 N="742" TYPE="PART">' + b" " * (300 << 20), 1), answer.content_type)
    big.encoding = "gzip"
    return big


def redirect_to(url):
    return lambda answer: Answer(302, "", "text/html", [("Location", url)])


def busy(answer):
    return Answer.json({"message": "Title 15 currently unavailable"}, 503, [("Retry-After", "0")])


def shrunk(answer):
    """A whole part that lost nearly all of its units: well-formed, and yet no news of law."""
    text = answer.body.decode("utf-8")
    units = list(UNIT.finditer(text))
    return Answer.xml(text[:units[0].end()] + "\n</DIV5>\n") if len(units) > 1 else answer


def ahead(field, date):
    """The right answer, but for the year of one of its dates."""
    def change(answer):
        row = '"%s": "%s"' % (field, date)
        return Answer(answer.status, answer.body.decode("utf-8").replace(row, row.replace(": \"2", ": \"3")), answer.content_type)
    return change


class Fault:
    """The next `times` answers to paths that contain `where` go through `change`."""

    def __init__(self, where, change, times=10**9):
        self.where, self.change, self.times = where, change, times


class EcfrService(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, history, port=0, currency=None, page_size=1000, delay=0.0, host="127.0.0.1"):
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), Handler)
        self.history, self.page_size, self.delay = history, page_size, delay
        self.currency = currency or (datetime.date.fromisoformat(history.dates[-1]) + datetime.timedelta(days=2)).isoformat()
        self.last_date = history.dates[-1]  # issues after it are not out yet
        self.processing = False
        self.importing = False
        self.etags = False  # of the true answers; who sends one back is told 304
        self.corrections = []
        self.faults = []
        self.requests = []
        self.lock = threading.Lock()
        self.heard = threading.Condition()  # told of every request

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *details):
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """A client that was killed in mid-request is no trouble of ours."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    @property
    def port(self):
        return self.server_address[1]

    @property
    def url(self):
        return "http://127.0.0.1:%d" % self.port

    def advance_to(self, date, currency=None):
        """Only issues up to `date` are out."""
        self.last_date = date
        self.currency = currency or (datetime.date.fromisoformat(date) + datetime.timedelta(days=2)).isoformat()

    def take_requests(self):
        with self.lock:
            taken, self.requests = self.requests, []
        return taken

    def wait_for_request(self, ordinal, process):
        """Until the request of that ordinal came in or the process ended, whichever is first."""
        with self.heard:
            while len(self.requests) < ordinal and process.poll() is None:
                self.heard.wait(0.02)

    # --- endpoints -------------------------------------------------------------------------------

    def answer(self, path, query, encodings):
        if not path.startswith(PREFIX + "/"):
            return Answer(404, "<html><body>Not Found</body></html>", "text/html")
        rest = path[len(PREFIX):]
        full = re.fullmatch(r"/versioner/v1/full/([^/]+)/title-(\d+)\.xml", rest)
        if full:
            return self.full(full[1], full[2], query, encodings)
        versions = re.fullmatch(r"/versioner/v1/versions/title-(\d+)\.json", rest)
        if versions:
            return self.versions(versions[1], query)
        structure = re.fullmatch(r"/versioner/v1/structure/([^/]+)/title-(\d+)\.json", rest)
        if structure:
            return self.structure(structure[1], structure[2])
        corrections = re.fullmatch(r"/admin/v1/corrections(?:/title/(\d+))?\.json", rest)
        if corrections:
            return self.list_corrections(corrections[1], query)
        if rest == "/versioner/v1/titles.json":
            return self.titles()
        return Answer.json({"error": "Not found."}, 404)

    def titles(self):
        rows = [r for r in self.history.rows if r["issue_date"] <= self.last_date]
        ours = {"number": 15, "name": "Commerce and Foreign Trade", "latest_amended_on": max(r["amendment_date"] for r in rows),
                "latest_issue_date": max(r["issue_date"] for r in rows), "up_to_date_as_of": self.currency, "reserved": False}
        if self.processing:
            ours["processing_in_progress"] = True
        empty = {"number": 35, "name": "Panama Canal [Reserved]", "latest_amended_on": None, "latest_issue_date": None,
                 "up_to_date_as_of": None, "reserved": True}
        first = {"number": 1, "name": "General Provisions", "latest_amended_on": "2022-12-29", "latest_issue_date": "2024-05-17",
                 "up_to_date_as_of": self.currency, "reserved": False}
        return Answer.json({"titles": [first, ours, empty], "meta": {"date": self.currency, "import_in_progress": self.importing}})

    def versions(self, title, query):
        if self.processing:
            return Answer.json({"message": "Title %s currently unavailable" % title}, 503, [("Retry-After", "0")])
        bounds = {}
        known = {"issue_date[on]", "issue_date[gte]", "issue_date[lte]", "page", "subtitle", "chapter", "subchapter", "part", "subpart",
                 "section", "appendix"}
        for key, value in query.items():
            if key not in known:
                return Answer.json({"error": "Found unpermitted parameter: :%s." % key.split("[")[0]}, 400)
            if key.startswith("issue_date"):
                try:
                    datetime.date.fromisoformat(value)
                except ValueError:
                    return Answer.json({"error": "Bad date: '%s'" % value}, 400)
                bounds[key[11:-1]] = value
        if not bounds:
            return Answer.json({"errors": "Bad parameters: An issue_date parameter must be provided."}, 400)
        low, high = bounds.get("gte", ""), bounds.get("lte", "9")
        if "on" in bounds:
            low = high = bounds["on"]
        rows = [r for r in self.history.rows if title == "15" and low <= r["issue_date"] <= high and r["issue_date"] <= self.last_date]
        if "part" in query:
            rows = [r for r in rows if r["part"] == query["part"]]
        for key in ("section", "appendix"):
            if key in query:
                rows = [r for r in rows if r["type"] == key and r["identifier"] == query[key]]
        page = int(query.get("page", "1"))
        pages = max(1, -(-len(rows) // self.page_size))
        shown = rows[(page - 1) * self.page_size:page * self.page_size]
        meta = {"title": title, "result_count": str(len(rows)), "issue_date": bounds,
                "latest_amendment_date": max((r["amendment_date"] for r in rows), default=None),
                "latest_issue_date": max((r["issue_date"] for r in rows), default=None),
                "page": str(page), "per_page": str(self.page_size), "total_pages": str(pages)}
        return Answer.json({"content_versions": shown, "meta": meta})

    def full(self, date, title, query, encodings):
        if not {"gzip", "br", "deflate", "zstd"} & encodings:
            return Answer.xml("<error><message>This endpoint requires response compression; send an Accept-Encoding header."
                              "</message><supportCode>11</supportCode></error>", 406)
        try:
            datetime.date.fromisoformat(date)
        except ValueError:
            return Answer.json({"error": "Bad date: '%s'" % date}, 404 if date == "current" else 400)
        if date > self.currency:
            return Answer.json({"error": "The requested date is past the title's most recent issue date."}, 404)
        part = query.get("part")
        if title != "15" or date < SERVED_FROM:
            return Answer.json({"error": "No matching content found."}, 404)
        if not part:
            return Answer(504, "<html><body><h1>504 Gateway Time-out</h1></body></html>", "text/html")
        date = min(date, self.last_date)
        if "section" in query:
            text = self.history.unit_on(part, query["section"], "section", date)
        elif "appendix" in query:
            text = self.history.unit_on(part, query["appendix"], "appendix", date)
        else:
            text = self.history.part_on(part, date)
        return Answer.xml(text) if text else Answer.json({"error": "No matching content found."}, 404)

    def structure(self, date, title):
        parts = []
        for part in sorted(self.history.texts, key=natural):
            units = units_of(self.history.part_on(part, date) or "")
            parts.append({"type": "part", "label": "Part " + part, "label_level": "Part " + part, "label_description": "", "identifier": part,
                          "reserved": False, "children": [{"type": u[1], "label": u[2], "label_level": n, "label_description": u[2],
                                                           "identifier": n, "reserved": False} for n, u in units.items()]})
        return Answer.json({"type": "title", "label": "Title %s" % title, "label_level": "Title %s" % title, "label_description": "",
                            "identifier": title, "children": parts})

    def list_corrections(self, title, query):
        title = title or query.get("title")
        rows = [c for c in self.corrections if title in (None, str(c["title"]))]
        if "error_corrected_date" in query:
            rows = [c for c in rows if c["error_corrected"] == query["error_corrected_date"]]
        if "date" in query:
            rows = [c for c in rows if c["error_occurred"] <= query["date"] <= c["error_corrected"]]
        return Answer.json({"ecfr_corrections": rows})


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "eCFR"
    sys_version = ""

    def do_GET(self):
        split = urllib.parse.urlsplit(self.path)
        path = urllib.parse.unquote(split.path)
        query = dict(urllib.parse.parse_qsl(split.query, keep_blank_values=True))
        encodings = {e.split(";")[0].strip() for e in self.headers.get("Accept-Encoding", "").split(",")}
        with self.server.lock:
            self.server.raw_query = split.query  # with what a dictionary loses: keys that come twice
            answer = self.server.answer(path, query, encodings)
            shown = urllib.parse.unquote(self.path)
            for fault in self.server.faults:
                if fault.where in shown and fault.times > 0:
                    fault.times -= 1
                    answer = fault.change(answer)
                    break
            else:
                if self.server.etags and answer.status == 200:
                    answer = self.tagged(answer)
            self.server.requests.append((shown, answer.status, dict(self.headers)))
        with self.server.heard:
            self.server.heard.notify_all()
        if self.server.delay:
            time.sleep(self.server.delay)
        self.send(answer, encodings)

    def tagged(self, answer):
        tag = '"%s"' % hashlib.sha256(answer.body).hexdigest()
        answer.headers.append(("ETag", tag))
        return Answer(304, b"", answer.content_type, answer.headers) if self.headers.get("If-None-Match") == tag else answer

    def send(self, answer, encodings):
        body = answer.body
        encoding = answer.encoding
        if encoding is None and answer.promised is None and "gzip" in encodings and len(body) > 400:
            body, encoding = gzip.compress(body, 1), "gzip"
        try:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            if encoding:
                self.send_header("Content-Encoding", encoding)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(answer.promised or len(body)))
            self.end_headers()
            self.wfile.write(body)
            if answer.promised:
                self.close_connection = True
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # a client that was killed or had enough

    def log_message(self, *details):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("history", nargs="+")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--currency")
    options = parser.parse_args()
    with EcfrService(History.from_folders(options.history), options.port, options.currency) as service:
        print(service.url, flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
