#!/usr/bin/env python3
"""Does regtrail tell the right people the right thing, with the right weight?

    score_gold.py SET.json --binary build/release/regtrail --corpus FOLDER [--only ID ...] [--quiet] [--json FILE] [--keep FOLDER]

Makes a dated history in which every amendment of the set stands on a day of its own and is taken back the day after, serves it on
loopback as the eCFR's service does, runs init, sync, changes and diff with the binary, and compares with what a careful export
lawyer would say. Python 3 alone. Exit code 0 always, but 2 if the set, the corpus or the binary cannot be used.
"""
import argparse, collections, datetime, gzip, html, json, os, re, shutil, subprocess, sys, tempfile, threading, time, urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

START = datetime.date(2026, 1, 5)
UNIT = re.compile(r'<(DIV8|DIV9) N="([^"]+)" TYPE="(\w+)".*?</\1>', re.S)


def day(n):
    return (START + datetime.timedelta(days=n)).isoformat()


def fail(text):
    print("score_gold: " + text, file=sys.stderr)
    sys.exit(2)


# ---------------------------------------------------------------- the texts

def load_base(folder, part, name):
    text = open(os.path.join(folder, name), encoding="utf-8").read()
    text = re.sub(r"&#x([0-9A-Fa-f]+);", lambda m: chr(int(m.group(1), 16)) if int(m.group(1), 16) > 126 else m.group(0), text)
    if not re.search(r"<DIV5\b", text[:2000]):      # a section on its own gets its part around it
        text = re.sub(r"^\s*<\?xml[^>]*\?>\s*", "", text)
        text = '<?xml version="1.0"?>\n<DIV5 N="%s" TYPE="PART" VOLUME="2">\n<HEAD>PART %s—DEFINITIONS OF TERMS\n</HEAD>\n%s\n\n</DIV5>\n' % (part, part, text.rstrip())
    return text


def edit(text, e, who):
    """Exact edits only: what is to be found must be there once, or as often as the edit says."""
    def once(s):
        if text.count(s) != 1:
            fail("%s: found %d times, not once: %r" % (who, text.count(s), s[:80]))
        return text.index(s)
    if "from" in e:
        i = once(e["from"])
        j = text.index(e["through"], i + len(e["from"]))
        return text[:i] + e["replace"] + text[j + len(e["through"]):]
    if "after" in e:
        i = text.index(e["find"], once(e["after"]) + len(e["after"]))
        return text[:i] + e["replace"] + text[i + len(e["find"]):]
    if text.count(e["find"]) != e.get("count", 1):
        fail("%s: found %d times: %r" % (who, text.count(e["find"]), e["find"][:80]))
    return text.replace(e["find"], e["replace"])


# ---------------------------------------------------------------- a mirror of the eCFR's service, in this process

class Part:
    def __init__(self, number, base):
        self.number, self.base, self.texts, self.rows = number, base, {}, []
        self.units = self.split(base)
        for n, (kind, body) in self.units.items():
            self.rows.append(self.row(day(0), n, kind, body, False))

    def split(self, text):
        return {m.group(2): (m.group(3), m.group(0)) for m in UNIT.finditer(text)}

    def row(self, d, n, kind, body, removed):
        head = re.search(r"<HEAD>(.*?)</HEAD>", body, re.S)
        return dict(date=d, amendment_date=d, issue_date=d, identifier=n.lstrip("§ "), name=html.unescape(re.sub("<[^>]+>", "", head.group(1))).strip() if head else n,
                    part=self.number, substantive=True, removed=removed, subpart=None, title="15", type="appendix" if kind == "APPENDIX" else "section")

    def amend(self, d, after, text):
        self.texts[d] = text
        now = self.split(text)
        for n in {**self.units, **now}:
            old, new = self.units.get(n), now.get(n)
            if old == new:
                continue
            kind, body = new or old
            self.rows.append(self.row(d, n, kind, body, new is None))
            kind, body = old or new
            self.rows.append(self.row(after, n, kind, body, old is None))

    def at(self, d):
        return self.texts.get(d, self.base) if d >= day(0) else None


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *a):
        pass

    def send(self, code, body, kind="application/json"):
        raw = (json.dumps(body) if isinstance(body, (dict, list)) else body).encode()
        packed = "gzip" in (self.headers.get("Accept-Encoding") or "")
        raw = gzip.compress(raw, 1) if packed else raw
        self.send_response(code)
        self.send_header("Content-Type", kind)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def do_GET(self):
        parts, newest = self.server.parts, self.server.newest
        u = urllib.parse.urlsplit(self.path)
        path = re.sub(r"^/(https?:?/+)?(www\.)?(ecfr\.gov|federalregister\.gov|govinfo\.gov)", "", u.path)
        q = urllib.parse.parse_qs(u.query)
        one = lambda k, d=None: q.get(k, [d])[0]
        if path == "/api/versioner/v1/titles.json":
            return self.send(200, {"titles": [{"number": 15, "name": "Commerce and Foreign Trade", "latest_amended_on": newest, "latest_issue_date": newest, "up_to_date_as_of": newest, "reserved": False}],
                                   "meta": {"date": newest, "import_in_progress": False}})
        if re.fullmatch(r"/api/versioner/v1/versions/title-15(?:\.json)?", path):
            on, gte, lte = one("issue_date[on]"), one("issue_date[gte]"), one("issue_date[lte]")
            rows = [r for p in parts.values() for r in p.rows if (not on or r["issue_date"] == on) and (not gte or r["issue_date"] >= gte) and (not lte or r["issue_date"] <= lte)
                    and all(not one(k) or r[v] == one(k) for k, v in (("part", "part"), ("section", "identifier"), ("appendix", "identifier")))]
            rows.sort(key=lambda r: r["issue_date"])
            page = int(one("page", "1"))
            return self.send(200, {"content_versions": rows[(page - 1) * 1000:page * 1000], "meta": {"title": "15", "result_count": str(len(rows)), "issue_date": {"gte": gte},
                                   "latest_amendment_date": newest, "latest_issue_date": newest, "total_pages": str(max(1, -(-len(rows) // 1000)))}})
        m = re.fullmatch(r"/api/versioner/v1/full/(\d{4}-\d\d-\d\d)/title-15\.xml", path)
        if m:
            want = one("section") or one("appendix")
            number = one("part") or (want or "").split(".")[0]
            text = m.group(1) <= newest and number in parts and parts[number].at(m.group(1))
            if text and want:
                text = next((k.group(0) for k in UNIT.finditer(text) if k.group(2).lstrip("§ ") == want), None)
            return self.send(200, text, "application/xml") if text else self.send(404, {"error": "No matching content found."})
        m = re.fullmatch(r"/api/versioner/v1/structure/([^/]+)/title-15\.json", path)
        if m:
            kids = [{"type": "part", "label": "Part " + p.number, "label_level": "Part " + p.number, "label_description": "", "identifier": p.number, "reserved": False,
                     "children": [{"type": "appendix" if k.group(3) == "APPENDIX" else "section", "label": k.group(2), "label_level": k.group(2), "label_description": "", "identifier": k.group(2).lstrip("§ "), "reserved": False}
                                  for k in UNIT.finditer(p.at(m.group(1)) or "")]} for p in parts.values()]
            return self.send(200, {"type": "title", "label": "Title 15", "identifier": "15", "reserved": False, "children": [{"type": "chapter", "identifier": "VII", "label": "Chapter VII",
                                   "children": [{"type": "subchapter", "identifier": "C", "label": "Subchapter C", "children": kids}]}]})
        if path.startswith("/api/admin/v1/corrections"):
            return self.send(200, {"ecfr_corrections": []})
        if path.startswith("/api/v1/"):
            return self.send(200, {"description": "All documents", "count": 0})
        return self.send(404, {"status": 404, "message": "Record Not Found"})


# ---------------------------------------------------------------- the program under test

class Archive:
    """A home of its own for one register."""
    def __init__(self, binary, folder, url, now):
        self.binary, self.folder, self.url = binary, folder, url
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "REGTRAIL_"))}
        self.env.update(HOME=folder, REGTRAIL_NOW=now)
        self.run("init")

    def run(self, *args, want=(0,)):
        r = subprocess.run([self.binary, *args], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
        if r.returncode not in want:
            fail("%s -> %d: %s" % (" ".join(args), r.returncode, r.stderr.decode()[-400:]))
        return r.stdout.decode()

    def sync(self, parts):
        self.run("sync", "--mirror", self.url, "--source", "ecfr", *[x for p in sorted(parts) for x in ("--part", p)])

    def hits(self):
        """{day: [hit]}: what the feed tells; near misses ("near": true) are not told, they only explain."""
        got = collections.defaultdict(list)
        for h in json.loads(self.run("changes", "--since", day(1), "--near", "--json") or "[]"):
            got[h["after"]["date"]].append(h)
        return got

    def diff(self, part, a, b):
        return json.loads(self.run("diff", "15 CFR Part " + part, "--from", a, "--to", b, "--json", want=(0, 1)))["changes"]


def enter_profile(archive, profile):
    """THE ONE PLACE THAT KNOWS THE REGISTER'S FORMAT. Enters a firm's products and parties; returns {entry's id: item id}.
    They are written as products.toml and parties.toml beside the configuration, a table an entry."""
    def quoted(text):
        return json.dumps(str(text), ensure_ascii=False)

    def table(kind, fields):
        rows = ["[[%s]]" % kind]
        for key, value in fields.items():
            if value:
                rows.append("%s = %s" % (key, "[%s]" % ", ".join(map(quoted, value)) if isinstance(value, list) else quoted(value)))
        return "\n".join(rows) + "\n\n"

    products = [table("product", dict(id=x["id"], description_en=x["name"], eccn=x.get("eccn"), hs=x.get("hs"), terms=x.get("terms"),
                                      parameters=[" ".join(str(y) for y in (p["name"], p["value"], p["unit"]) if y != "") for p in x.get("parameters", [])]))
                for x in profile["products"]]
    parties = [table("party", dict(id=x["id"], names=x["names"], country=x.get("country"))) for x in profile["parties"]]
    folder = next(d for d, _, files in os.walk(archive.folder) if "config.toml" in files)
    for name, tables in (("products.toml", products), ("parties.toml", parties)):
        if tables:
            with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
                out.write("".join(tables))
    return {x["id"]: x["id"] for x in profile["products"] + profile["parties"]}


def effect_of(hit):
    """What a hit says about the product's own figures: now-inside, now-outside, still-inside, still-outside, or None."""
    said = [r["effect"] for r in hit.get("reasons", []) if r.get("signal") == "parameter" and r.get("effect")]
    return said[0] if said else None


# ---------------------------------------------------------------- scoring

def matches(change, want):
    kinds, place = want
    if change["kind"] not in kinds.split("|"):
        return False
    return change["at"].startswith(place[:-1]) if place.endswith("*") else change["at"] == place


def direction(changes):
    found = {t.get("direction") for c in changes if c["kind"] != "cosmetic" for t in c.get("typed", [])} - {None}
    sure = found - {"unclear", "neutral"}
    if len(sure) == 1:
        return sure.pop()
    return "mixed" if len(sure) > 1 else "neutral" if found == {"neutral"} else "unclear" if found else "none"


class Groups:
    def __init__(self, archive):
        self.members = collections.defaultdict(set)
        listed = json.loads(archive.run("categories", "list", "--json"))
        for c in listed["categories"] if isinstance(listed, dict) else listed:
            self.members["group:" + c["group"]].add(c["id"])

    def spread(self, names):
        return set().union(*[self.members[n] if n.startswith("group:") else {n} for n in names]) if names else set()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("set")
    ap.add_argument("--binary", required=True)
    ap.add_argument("--corpus", required=True, help="folder with the part files that the set names")
    ap.add_argument("--only", nargs="*")
    ap.add_argument("--quiet", action="store_true", help="no list of misses")
    ap.add_argument("--kinds", action="store_true", help="the table by kind, not by family of kinds")
    ap.add_argument("--json")
    ap.add_argument("--keep", help="keep the archives and the raw answers here")
    a = ap.parse_args()
    started = time.time()
    try:
        data = json.load(open(a.set, encoding="utf-8"))
        base = {p: load_base(a.corpus, p, f) for p, f in data["bases"].items()}
    except OSError as e:
        fail(str(e))
    todo = [x for x in data["amendments"] if not a.only or x["id"] in a.only]
    parts = {p: Part(p, base[p]) for p in sorted({x["part"] for x in todo})}
    for k, x in enumerate(todo):
        x["day"], x["before"], x["undone"] = day(2 * k + 1), day(2 * k), day(2 * k + 2)
        text = base[x["part"]]
        for e in x["edits"]:
            text = edit(text, e, x["id"])
        parts[x["part"]].amend(x["day"], x["undone"], text)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.daemon_threads = True
    server.parts, server.newest = parts, day(2 * len(todo))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = "http://127.0.0.1:%d" % server.server_address[1]
    home = a.keep or tempfile.mkdtemp(prefix="gold-")
    now = day(2 * len(todo) + 1)
    try:
        main_archive = Archive(os.path.abspath(a.binary), os.path.join(home, "starter"), url, now)
        groups = Groups(main_archive)
        main_archive.sync(parts)
        hits = main_archive.hits()
        for x in todo:
            x["changes"] = main_archive.diff(x["part"], x["before"], x["day"])
            x["back"] = main_archive.diff(x["part"], x["day"], x["undone"])
        firm = {}
        for name, profile in data.get("profiles", {}).items():
            mine = [x for x in todo if name in x.get("profiles", {})]
            if not mine:
                continue
            p_parts = {x["part"] for x in mine}
            f = Archive(os.path.abspath(a.binary), os.path.join(home, name), url, now)
            ids = enter_profile(f, profile)
            f.sync(p_parts)
            firm[name] = (ids, f.hits())
        report(a, data, todo, hits, groups, firm, started)
        if a.keep:
            json.dump({x["id"]: {"changes": x["changes"], "hits": hits.get(x["day"], [])} for x in todo}, open(os.path.join(home, "answers.json"), "w"), indent=1)
    finally:
        server.shutdown()
        if not a.keep:
            shutil.rmtree(home, ignore_errors=True)


def report(a, data, todo, hits, groups, firm, started):
    T = collections.defaultdict(collections.Counter)     # kind -> counts
    family = {x["kind"]: x["family"] for x in todo}
    misses = []

    def miss(x, what, text):
        misses.append((x["id"], what, text))

    for x in todo:
        want, t = x["expect"], T[x["kind"]]
        got = [h for h in hits.get(x["day"], []) if not h.get("near")]
        nearly = {h["category"] for h in hits.get(x["day"], []) if h.get("near")}
        t["n"] += 1
        real = [c for c in x["changes"] if c["kind"] != "cosmetic"]
        # kind and place
        quiet = any("none" in k.split("|") for k, _ in want["changes"]) and not x["changes"]
        if quiet or all(any(matches(c, w) for c in x["changes"]) for w in want["changes"]):
            t["place"] += 1
        else:
            miss(x, "place", "want %s; got %s" % (want["changes"], [(c["kind"], c["at"]) for c in x["changes"]][:4]))
        # direction
        d = direction(x["changes"])
        told = d if d != "none" else "neutral" if "neutral" in want["direction"] and not real else "none"
        if told in want["direction"] or (told == "none" and set(want["direction"]) & {"neutral", "unclear"}):
            t["dir_right"] += 1
        elif told in ("tightened", "loosened", "neutral"):
            t["dir_wrong"] += 1
            miss(x, "direction", "want %s (%s); got %s" % ("/".join(want["direction"]), want["why"], told))
        else:
            t["dir_unclear"] += 1
            miss(x, "no direction", "want %s (%s); got %s" % ("/".join(want["direction"]), want["why"], told))
        back = direction(x["back"])
        if {"tightened": "loosened", "loosened": "tightened"}.get(d, d) != back and not (d in ("none", "unclear") and back in ("none", "unclear")):
            t["mirror"] += 1
            miss(x, "mirror", "%s, but taken back it is %s" % (d, back))
        flagged = {}
        for h in got:
            flagged[h["category"]] = max(flagged.get(h["category"], 0), h["severity"])
        # noise
        if want.get("noise"):
            t["noise_n"] += 1
            worst = max(flagged.values(), default=0)
            law = d in ("tightened", "loosened") or worst > want["severity"][1] or (want["noise"] == "cosmetic" and real)
            if law:
                t["noise_law"] += 1
                miss(x, "noise told as law", "%s, severity %d, %d non-cosmetic changes, to %s" % (d, worst, len(real), ", ".join(sorted(flagged)) or "nobody"))
            continue
        # flags
        must = groups.spread([m for m in want["must"] if m != "@any"])
        forbid = groups.spread(want["forbid"])
        may = groups.spread([m for m in want["may"] if m != "*"]) - forbid      # a trap stays one within a group that may be flagged
        for m in sorted(must):
            t["must"] += 1
            if m in flagged:
                t["must_hit"] += 1
            else:
                t["near"] += m in nearly
                miss(x, "not flagged", m + (" (a near miss)" if m in nearly else ""))
        if "@any" in want["must"]:
            t["must"] += 1
            if flagged:
                t["must_hit"] += 1
            else:
                miss(x, "not flagged", "nobody is told")
        if "*" not in want["may"]:
            for c in sorted(set(flagged) - must - may):
                t["false"] += 1
                t["by_section"] += all(r["signal"] == "cfr" for h in got if h["category"] == c for r in h["reasons"])
                if c in forbid:
                    t["forbidden"] += 1
                why = "; ".join("%s %s" % (r["signal"], r["words"]) for h in got if h["category"] == c for r in h["reasons"])[:110]
                miss(x, "false flag" + (" (forbidden)" if c in forbid else ""), "%s by %s" % (c, why))
        # severity: the highest that a concerned firm sees
        seen = [v for c, v in flagged.items() if c in must] or ([v for v in flagged.values()] if "@any" in want["must"] else [])
        lo, hi = want["severity"]
        if not seen:
            t["sev_none"] += 1
        elif lo <= max(seen) <= hi:
            t["sev_right"] += 1
        else:
            t["sev_low" if max(seen) < lo else "sev_high"] += 1
            miss(x, "severity", "want %d-%d; got %d (%s)" % (lo, hi, max(seen), want["why"]))
        # a tightening must weigh more than taking it back, a loosening less
        if want["direction"] in (["tightened"], ["loosened"]) and seen:
            undone = max([h["severity"] for h in hits.get(x["undone"], []) if not h.get("near") and (h["category"] in must or "@any" in want["must"])], default=0)
            sign = max(seen) - undone if want["direction"] == ["tightened"] else undone - max(seen)
            t["order_n"] += 1
            t["order_right"] += sign > 0
            t["order_equal"] += sign == 0
            if sign <= 0:
                miss(x, "order", "%s weighs %d, taken back %d" % (want["direction"][0], max(seen), undone))
    # profiles
    P = collections.defaultdict(collections.Counter)
    for x in todo:
        for name, want in x.get("profiles", {}).items():
            if name not in firm:
                continue
            ids, all_hits = firm[name]
            got = collections.defaultdict(list)
            for h in all_hits.get(x["day"], []):
                if h["category"] in ids and not h.get("near"):
                    got[ids[h["category"]]].append(h)
            t = P[name]
            if want.get("never"):
                t["never"] += 1
                if got:
                    t["never_hit"] += 1
                    miss(x, "profile " + name, "must not be reached, but: " + ", ".join(got))
                continue
            for item, effect in want.get("must", {}).items():
                t["must"] += 1
                if item not in got:
                    miss(x, "profile " + name, "%s not reached" % item)
                else:
                    t["must_hit"] += 1
                    worst = max(h["severity"] for h in got[item])
                    lo, hi = want["severity"]
                    if lo <= worst <= hi:
                        t["sev_right"] += 1
                    else:
                        miss(x, "profile " + name, "%s: severity want %d-%d; got %d" % (item, lo, hi, worst))
                if effect:
                    t["effect"] += 1
                    said = {effect_of(h) for h in got.get(item, [])} - {None}
                    if effect in said:
                        t["effect_hit"] += 1
                    else:
                        miss(x, "profile " + name, "%s: %s is not said" % (item, effect))
            for item in want.get("must_not", []):
                t["not"] += 1
                if item in got:
                    t["not_hit"] += 1
                    miss(x, "profile " + name, "%s must not be reached" % item)
            for item in want.get("may", []):
                if item in got and max(h["severity"] for h in got[item]) > want["severity"][1]:
                    miss(x, "profile " + name, "%s: severity %d for what is quiet" % (item, max(h["severity"] for h in got[item])))
    columns = ["n", "place", "dir_right", "dir_unclear", "dir_wrong", "sev_right", "sev_low", "sev_high", "sev_none", "must_hit", "must", "false", "forbidden", "noise_law", "noise_n"]
    heads = ["n", "place", "dir ok", "none", "wrong", "sev ok", "low", "high", "untold", "hit", "must", "false", "forb", "noise", "of"]
    print("%-32s" % ("set " + data["set"]) + "".join("%7s" % h for h in heads))
    total = collections.Counter()
    F = collections.defaultdict(collections.Counter)
    for kind in dict.fromkeys(x["kind"] for x in todo):
        total.update(T[kind])
        F[family[kind]].update(T[kind])
    for row, t in (T if a.kinds else F).items():
        print("%-32s" % row + "".join("%7s" % (t[c] or ".") for c in columns))
    print("%-32s" % "all" + "".join("%7d" % total[c] for c in columns))
    pc = lambda p, q: "%d of %d (%.0f %%)" % (p, q, 100.0 * p / q) if q else "0 of 0"
    law = total["n"] - total["noise_n"]
    print()
    print("place and kind          %s" % pc(total["place"], total["n"]))
    print("direction               right %s, not said %d, wrong %d; not mirrored when taken back %d" % (pc(total["dir_right"], total["n"]), total["dir_unclear"], total["dir_wrong"], total["mirror"]))
    print("severity                right %s, too low %d, too high %d, nobody concerned was told %d" % (pc(total["sev_right"], law), total["sev_low"], total["sev_high"], total["sev_none"]))
    print("order of weight         a tightening above, a loosening below its own reversal %s, equal %d, upside down %d" % (pc(total["order_right"], total["order_n"]), total["order_equal"], total["order_n"] - total["order_right"] - total["order_equal"]))
    print("category flags          recall %s (near misses %d), precision %s, of the false ones forbidden %d, resting on a listed section alone %d" %
          (pc(total["must_hit"], total["must"]), total["near"], pc(total["must_hit"], total["must_hit"] + total["false"]), total["forbidden"], total["by_section"]))
    print("noise told as law       %s" % pc(total["noise_law"], total["noise_n"]))
    for name, t in P.items():
        print("profile %-15s reached %s, severity right %d, effect on own figures said %s, wrong item %s, wrong firm %s" %
              (name, pc(t["must_hit"], t["must"]), t["sev_right"], pc(t["effect_hit"], t["effect"]), pc(t["not_hit"], t["not"]), pc(t["never_hit"], t["never"])))
    if not a.quiet:
        print()
        titles = {x["id"]: x["title"] for x in todo}
        for i, what, text in misses:
            print("%s %-18s %s   [%s]" % (i, what, text, titles[i]))
    print("\n%d misses; %.1f s" % (len(misses), time.time() - started))
    if a.json:
        json.dump({"set": data["set"], "total": total, "families": F, "kinds": T, "profiles": P, "misses": misses}, open(a.json, "w"), indent=1)


main()
