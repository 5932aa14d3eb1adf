"""Our diff beside the tools a user would otherwise pick, on the same texts.

    peers_bench.py --regtrail PATH --word-script PATH

Times are CPU milliseconds (user and system) of the fastest of several runs, which other work on the machine disturbs least.
`marked` counts the characters, blanks left out, that a tool marks as removed or added. Peers that are not installed
are left out by name. Texts are the words of real parts (of the sample when the corpus is absent) with seeded edits.
"""
import argparse
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import xml.sax.saxutils

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

from harness import CORPUS, SAMPLE  # noqa: E402

WORDS_A_PARAGRAPH = 80
NODE_DIFF = """
const fs = require('fs'), d = require('/usr/share/nodejs/diff');
const [a, b] = process.argv.slice(1).map(f => fs.readFileSync(f, 'utf8'));
let marked = 0;
for (const part of d.diffWords(a, b)) if (part.added || part.removed) marked += part.value.replace(/\\s/g, '').length;
console.log(marked);
"""
MATCH_PATCH = """
import sys, diff_match_patch
a, b = (open(f, encoding='utf-8').read() for f in sys.argv[1:])
engine = diff_match_patch.diff_match_patch()
engine.Diff_Timeout = 0
script = engine.diff_main(a, b)
engine.diff_cleanupSemantic(script)
print(sum(len(''.join(text.split())) for sign, text in script if sign))
"""


def cpu(command, rounds, timeout=100):
    """(fastest CPU milliseconds, standard output), or None when it takes longer than `timeout` seconds"""
    fastest, output = None, ""
    for _ in range(rounds):
        with tempfile.TemporaryFile() as out:
            process = subprocess.Popen(["timeout", str(timeout), *map(str, command)], stdout=out, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode == 124:
                return None
            took = 1000 * (usage.ru_utime + usage.ru_stime)
            fastest = took if fastest is None else min(fastest, took)
            out.seek(0)
            output = out.read().decode("utf-8", "replace")
    return fastest, output


def without_blanks(text):
    return len("".join(text.split()))


def marked_by_git(output):
    hunk, marked = False, 0
    for line in output.split("\n"):
        hunk = hunk or line.startswith("@@")
        if hunk and line[:1] in "+-" and line:
            marked += without_blanks(line[1:])
    return marked


def marked_by_brackets(output):
    return sum(without_blanks(a or b) for a, b in re.findall(r"\[-(.*?)-\]|\{\+(.*?)\+\}", output, re.S))


def marked_by_us(output):
    return sum(without_blanks(text) for change in json.loads(output)["changes"]
               for sign, text in (change["words"] or []) if sign != "=")


def peers(folder):
    """name -> (command on before and after, reader of what it marked); plain text for all but xmldiff"""
    text = [folder / "before.txt", folder / "after.txt"]
    known = {
        "git --word-diff": (["git", "diff", "--no-index", "--no-color", "--word-diff=porcelain", *text], marked_by_git, "git"),
        "wdiff": (["wdiff", *text], marked_by_brackets, "wdiff"),
        "dwdiff": (["dwdiff", *text], marked_by_brackets, "dwdiff"),
        "node diffWords": (["node", "-e", NODE_DIFF, *text], lambda out: int(out), "node"),
        "diff-match-patch": (["/usr/bin/python3", "-c", MATCH_PATCH, *text], lambda out: int(out), "/usr/bin/python3"),
        "xmldiff": (["/usr/bin/xmldiff", folder / "before.xml", folder / "after.xml"], None, "/usr/bin/xmldiff"),
    }
    return {name: (command, reader) for name, (command, reader, tool) in known.items() if shutil.which(tool)}


def installed(folder, rounds=5, timeout=100):
    """What of `peers` runs here: a tool may be there without the library that it needs."""
    for name, (command, reader) in peers(folder).items():
        result = cpu(command, 1 if name in ("xmldiff", "diff-match-patch") else rounds, timeout)
        if result and not result[1].strip():
            print("    %-28s left out, it printed nothing" % name)
        else:
            yield name, result, reader


def words_of_law():
    folder = CORPUS / "ecfr"
    files = sorted(folder.glob("title-15-part-*.xml")) if folder.is_dir() else sorted(SAMPLE.rglob("title-15.xml@*"))
    words = []
    for file in files:
        words += re.sub(r"<[^>]+>", " ", file.read_text(encoding="utf-8")).split()
    return words, "corpus" if folder.is_dir() else "sample"


def as_section(words):
    paragraphs = (" ".join(words[i:i + WORDS_A_PARAGRAPH]) for i in range(0, len(words), WORDS_A_PARAGRAPH))
    body = "\n".join("<P>%s</P>" % text for text in paragraphs)
    return '<?xml version="1.0" encoding="UTF-8"?>\n<DIV8 N="744.1" TYPE="SECTION">\n<HEAD>§ 744.1   Made of many.</HEAD>\n%s\n</DIV8>\n' % body


def plain(words):
    return "\n".join(" ".join(words[i:i + WORDS_A_PARAGRAPH]) for i in range(0, len(words), WORDS_A_PARAGRAPH)) + "\n"


def write_texts(folder, words, edits, seed):
    rng = random.Random(seed)
    before = [words[i % len(words)] for i in range(len(words))]
    after = list(before)
    for number, place in enumerate(rng.sample(range(len(after)), edits)):
        after[place] = "amended%d" % number
    for name, text in (("before", before), ("after", after)):
        (folder / (name + ".txt")).write_text(re.sub("&#x?[0-9A-Fa-f]+;|&[a-z]+;", "x", plain(text)), encoding="utf-8")
        (folder / (name + ".xml")).write_text(as_section([xml.sax.saxutils.escape(re.sub("&#x?[0-9A-Fa-f]+;|&[a-z]+;", "x", w)) for w in text]), encoding="utf-8")


def row(name, took, marked, base):
    print("    %-26s %10s ms %9s marked   %s" % (name, "%.2f" % took if took is not None else "> 100 s", marked if marked is not None else "-",
                                            "" if took is None or not base else "%.1fx" % (took / base)))


def compare_words(options, words, sizes, edits):
    for size in sizes:
        with tempfile.TemporaryDirectory() as made:
            folder = pathlib.Path(made)
            write_texts(folder, (words * (size // len(words) + 1))[:size], edits, seed=1)
            library = json.loads(subprocess.run([options.word_script, folder / "before.txt", folder / "after.txt"],
                                                check=True, capture_output=True, text=True).stdout)
            print("  %d words, %d edits (x: time over that of the library call)" % (size, edits))
            row("regtrail, library call", library["ms"], library["marked"], library["ms"])
            start = cpu([options.regtrail, "--version"], 20)[0]
            took, output = cpu([options.regtrail, "diff", "--files", folder / "before.xml", folder / "after.xml", "--json"], 9)
            row("regtrail diff --files", took, marked_by_us(output), library["ms"])
            row("  net of --version", took - start, None, library["ms"])
            for name, result, reader in installed(folder):
                row(name, result and result[0], result and reader and reader(result[1]), library["ms"])


def edited_part(text, edits, seed):
    """Words of paragraphs and cells replaced, markup untouched."""
    places = [m for m in re.finditer(r"(?<=[ >])[a-z]{4,12}(?= [a-z])", text)]
    inside = [m for m in places if text.rfind("<", 0, m.start()) <= text.rfind(">", 0, m.start())]
    chosen = random.Random(seed).sample(inside, min(edits, len(inside)))
    for number, m in sorted(enumerate(chosen), key=lambda pair: -pair[1].start()):
        text = text[:m.start()] + "amended%d" % number + text[m.end():]
    return text


def compare_parts(options):
    if not (CORPUS / "ecfr").is_dir():
        print("  parts 744 and 774: no corpus")
        return
    for part in ("744", "774"):
        text = (CORPUS / "ecfr" / ("title-15-part-%s_reduced_2026-09-01.xml" % part)).read_text(encoding="utf-8")
        for edits in (10, 100, 1000):
            with tempfile.TemporaryDirectory() as made:
                folder = pathlib.Path(made)
                for name, version in (("before", text), ("after", edited_part(text, edits, seed=edits))):
                    for suffix in ("xml", "txt"):
                        (folder / (name + "." + suffix)).write_text(version, encoding="utf-8")
                took, output = cpu([options.regtrail, "diff", "--files", folder / "before.xml", folder / "after.xml", "--json"], 5)
                print("  part %s (%d KB), %d edits" % (part, len(text) // 1000, edits))
                row("regtrail diff --files", took, marked_by_us(output), took)
                for name, result, reader in installed(folder, rounds=1, timeout=60):
                    row(name, result and result[0], result and reader and reader(result[1]), took)


def library_time(options, words, size, edits):
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        write_texts(folder, (words * (size // len(words) + 1))[:size], edits, seed=3)
        ours = json.loads(subprocess.run([options.word_script, folder / "before.txt", folder / "after.txt", "9"],
                                         check=True, capture_output=True, text=True).stdout)["ms"]
        git = cpu(["git", "diff", "--no-index", "--no-color", "--word-diff=porcelain", folder / "before.txt", folder / "after.txt"], 3)[0]
        return ours, git


def cost_curves(options, words):
    sizes = [1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000]
    counts = [5, 10, 20, 50, 100, 200, 500, 1000, 2000]
    by_size = [(size, *library_time(options, words, size, 20)) for size in sizes]
    by_edits = [(count, *library_time(options, words, 50000, count)) for count in counts]
    for title, curve in (("words, 20 edits", by_size), ("edits, 50,000 words", by_edits)):
        print("  cost against " + title)
        for x, ours, git in curve:
            print("    %8d %10.3f ms   git %9.1f ms" % (x, ours, git))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regtrail", required=True)
    parser.add_argument("--word-script", required=True)
    options = parser.parse_args()
    words, origin = words_of_law()
    print("words of the " + origin)
    compare_words(options, words, (1000, 8000, 50000), edits=20)
    compare_parts(options)
    cost_curves(options, words)


if __name__ == "__main__":
    main()
