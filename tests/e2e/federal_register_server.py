"""A loopback eCFR that is a Federal Register and a govinfo too, as the real ones were seen to behave.

Documents are dictionaries in the form of the service's JSON, with two keys of our own: `xml`, the
text behind `full_text_xml_url`, and `inspection`, true for what is on file and not yet published.
"""
import datetime
import pathlib
import re
import tomllib
import urllib.parse

from ecfr_server import Answer, EcfrService

HOST = "/www.federalregister.gov"
FIELDS = set("""abstract action agencies agency_names body_html_url cfr_references citation comment_url comments_close_on correction_of
    corrections dates disposition_notes docket_id docket_ids dockets document_number effective_on end_page excerpts executive_order_notes
    executive_order_number full_text_xml_url html_url images images_metadata json_url mods_url not_received_for_publication page_length
    page_views pdf_url president presidential_document_number proclamation_number public_inspection_pdf_url publication_date raw_text_url
    regulation_id_number_info regulation_id_numbers regulations_dot_gov_info regulations_dot_gov_url significant signing_date start_page
    subtype title toc_doc toc_subject topics type volume""".split())
CODES = {"RULE": "Rule", "PRORULE": "Proposed Rule", "NOTICE": "Notice", "PRESDOCU": "Presidential Document"}
RESULT_CAP, PAGE_CAP = 10000, 50
STARTER = tomllib.loads((pathlib.Path(__file__).parents[2] / "cli/data/watches.toml").read_text(encoding="utf-8"))
AGENCIES = {"industry-and-security-bureau", *(slug for watch in STARTER["watch"] for slug in watch.get("agencies", []))}
UNMATCHED = {"Bureau of Industry and Security": "industry-and-security-bureau"}  # of documents that have its raw name only


def slugs_of(document):
    return {agency.get("slug") or UNMATCHED.get(agency["raw_name"]) for agency in document["agencies"]}


def words_of(text):
    return " %s " % " ".join(re.findall(r"\w+(?:\.\w+)*", text.lower()))


def text_of(document):
    """All that a search looks at, as words between blanks."""
    return words_of(" ".join([document["title"], document["abstract"] or "", re.sub(r"<[^>]+>", " ", document.get("xml") or "")]))


def concerns(document, title, part):
    low, _, high = (part or "").partition("-")
    return any((not title or int(title) == r["title"]) and (not part or (str(r.get("part") or "").isdigit() and int(low) <= int(r["part"]) <= int(high or low)))
               for r in document["cfr_references"])


def document(number, published, pages, **more):
    """A rule of BIS with what every document has; `pages` is ("91 FR", first, last)."""
    series, first, last = pages
    day = published.replace("-", "/")
    made = dict.fromkeys(FIELDS)
    made.update({
        "document_number": number, "type": "Rule", "title": "A Rule", "publication_date": published, "citation": "%s %d" % (series, first),
        "volume": int(series.split()[0]), "start_page": first, "end_page": last, "cfr_references": [], "corrections": [], "docket_ids": [],
        "regulation_id_numbers": [], "topics": [],
        "agencies": [{"raw_name": "DEPARTMENT OF COMMERCE", "name": "Commerce Department", "id": 54, "parent_id": None, "slug": "commerce-department"},
                     {"raw_name": "Bureau of Industry and Security"}],
        "raw_text_url": "https://www.federalregister.gov/documents/full_text/text/%s/%s.txt" % (day, number)})
    if more.get("xml"):
        made["full_text_xml_url"] = "https://www.federalregister.gov/documents/full_text/xml/%s/%s.xml" % (day, number)
    made.update(more)
    return made


class FederalRegisterService(EcfrService):
    """`documents` may be changed while it runs; only those published up to `fr_today` are out."""

    def __init__(self, history, documents, fr_today=None, links=None, agencies=(), **options):
        super().__init__(history, **options)
        self.agencies = {*AGENCIES, *agencies}  # slugs that it knows
        self.documents = documents
        self.fr_today = fr_today
        self.links = links or {}  # path below /link/ -> HTML of the document it leads to

    def answer(self, path, query, encodings):
        if path.startswith(HOST + "/api/v1/"):
            return self.api(path[len(HOST + "/api/v1/"):], urllib.parse.parse_qs(self.raw_query, keep_blank_values=True))
        text = re.fullmatch(HOST + r"/documents/full_text/xml/(\d+)/(\d+)/(\d+)/([^/]+)\.xml", path)
        if text:
            found = [d for d in self.published() if d["document_number"] == text[4] and d["publication_date"] == "-".join(text.group(1, 2, 3)) and d.get("xml")]
            return Answer.xml(found[0]["xml"]) if found else Answer(404, "<html><body>Not Found</body></html>", "text/html")
        issue = re.fullmatch(r"/www\.govinfo\.gov/bulkdata/FR/\d+/\d+/FR-(\d+-\d+-\d+)\.xml", path)
        if issue:
            body = "".join(d["xml"] for d in self.published() if d["publication_date"] == issue[1] and d.get("xml"))
            return Answer.xml("<FEDREG><RULES>%s</RULES></FEDREG>" % body) if body else Answer.json(
                {"message": "The Requested Resource could not be found."}, 404)
        if path.startswith("/www.govinfo.gov/link/"):
            found = self.links.get(path[len("/www.govinfo.gov/link/"):] + ("?dcpdnumber=" + query["dcpdnumber"] if "dcpdnumber" in query else ""))
            return Answer(200, found or "<html><head><title>No Results</title></head></html>", "text/html")
        return super().answer(path, query, encodings)

    def published(self):
        return [d for d in self.documents if not d.get("inspection") and (not self.fr_today or d["publication_date"] <= self.fr_today)]

    @staticmethod
    def shown(found, asked):
        wanted = asked or sorted(FIELDS - {"excerpts", "agency_names", "docket_id", "president"})
        return {field: found.get(field) for field in wanted}

    def api(self, rest, query):
        fields = query.get("fields[]", [])
        for field in fields:
            if field not in FIELDS:
                return Answer.json({"status": 400, "message": "field '%s' not valid" % field}, 400)
        if rest in ("documents.json", "documents"):
            return self.search(query, fields)
        if rest == "public-inspection-documents/current.json":
            return self.inspection()
        if rest == "agencies.json":
            return Answer.json([{"id": 54, "name": "Commerce Department", "slug": "commerce-department", "parent_id": None},
                                {"id": 241, "name": "Industry and Security Bureau", "slug": "industry-and-security-bureau", "parent_id": 54}])
        cited = re.fullmatch(r"documents/(\d+) FR (\d+)\.json", rest)
        if cited:
            return self.results([d for d in self.published() if d["volume"] == int(cited[1]) and d["start_page"] <= int(cited[2]) <= d["end_page"]], fields)
        named = re.fullmatch(r"documents/(.+)\.json", rest)
        if named:
            numbers = named[1].split(",")
            found = [d for d in self.published() if d["document_number"] in numbers]
            if len(numbers) > 1:
                missing = [n for n in numbers if n not in {d["document_number"] for d in found}]
                return self.results(found, fields, {"errors": {"not_found": missing}} if missing else {})
            if found:
                return Answer.json(self.shown(found[0], fields))
        return Answer.json({"status": 404, "message": "Record Not Found"}, 404)

    def results(self, found, fields, more={}):
        return Answer.json({"count": len(found), **({"results": [self.shown(d, fields) for d in found]} if found else {}), **more})

    def inspection(self):
        found = [{"document_number": d["document_number"], "type": d["type"], "title": d["title"], "publication_date": d["publication_date"],
                  "filed_at": (datetime.date.fromisoformat(d["publication_date"]) - datetime.timedelta(days=1)).isoformat() + "T08:45:00.000-04:00",
                  "filing_type": "regular", "agencies": d["agencies"], "docket_numbers": d["docket_ids"], "editorial_note": None,
                  "raw_text_url": None, "num_pages": 1} for d in self.documents if d.get("inspection")]
        return Answer.json({"count": len(found), **({"results": found} if found else {})})

    def search(self, query, fields):
        def one(name):
            return query.get(name, [None])[0]

        agencies = query.get("conditions[agencies][]", [])
        for slug in agencies:
            if slug not in self.agencies:
                return Answer.json({"errors": {"agencies": "'%s' is not a valid agency" % slug}}, 400)
        since, until = one("conditions[publication_date][gte]"), one("conditions[publication_date][lte]")
        types = [CODES[code] for code in query.get("conditions[type][]", [])]
        title, part = one("conditions[cfr][title]"), one("conditions[cfr][part]")
        phrases = [words_of(phrase) for phrase in re.findall(r'"([^"]+)"', one("conditions[term]") or "")]
        found = [d for d in self.published()
                 if (not since or since <= d["publication_date"]) and (not until or d["publication_date"] <= until)
                 and (not types or d["type"] in types)
                 and (not agencies or slugs_of(d) & set(agencies))
                 and ("executive_order" not in query.get("conditions[presidential_document_type][]", []) or d.get("executive_order_number"))
                 and (not (title or part) or concerns(d, title, part))
                 and (not phrases or any(phrase in text_of(d) for phrase in phrases))]
        found.sort(key=lambda d: (d["publication_date"], d["document_number"]))
        size = int(one("per_page") or 20)
        size = size if 2 <= size <= 2000 else 20
        page = int(one("page") or 1)
        if not 1 <= page <= PAGE_CAP or page * size > RESULT_CAP:
            page = 1  # without a word
        answer = {"count": min(len(found), RESULT_CAP), "description": "Documents"}
        if found:
            pages = min(-(-len(found) // size), PAGE_CAP)
            answer["total_pages"] = pages
            if page < pages:
                rest = [(k, v) for k, vs in query.items() if k != "page" for v in vs] + [("page", page + 1), ("format", "json")]
                answer["next_page_url"] = "https://www.federalregister.gov/api/v1/documents?" + urllib.parse.urlencode(rest)
            answer["results"] = [self.shown(d, fields) for d in found[(page - 1) * size:page * size]]
        return Answer.json(answer)
