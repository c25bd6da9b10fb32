#!/usr/bin/env python3
"""Fit the weights of hints to marked-up reports.

    fit_hints.py --language ar tests/marked/ar.md ... > ar.hints.tsv

A file holds marked-up reports, `%%%` between them (tests/marked/README.md); a folder holds one a file. A .tsv
holds plain texts, a tab, and all that each claims. The examples of the rules teach, too. With --against TABLE
nothing is printed but how far that table is from the fit. What the words around a place say of a party comes
from `khatt rules hints`; the weights are those of a multinomial logistic regression with an L2 penalty. Needs
scikit-learn.
"""

import argparse
import collections
import csv
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

STATUSES = ["control", "partial", "lost"]
# A hint that fewer places give says more of one report than of the language.
FEWEST = 8
# Inverse strength of the penalty, chosen on reports left out of the fit.
INVERSE_PENALTY = 0.03
# Weights below this change nothing and fill the table.
LEAST = 0.03
# How far a marked place may lie from the one that was read, in km.
NEAR_KM = 4.0
MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")


def km(a, b):
    """Great-circle distance of two (latitude, longitude) pairs in degrees."""
    (la1, lo1), (la2, lo2) = [tuple(map(math.radians, p)) for p in (a, b)]
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(h)))


def read(report):
    """A marked-up report: its head, its claims and its text without the marks."""
    _, head, body = report.split("---\n", 2)
    fields, claims = {}, []
    for line in head.splitlines():
        if line.startswith("- "):
            parts = [part.strip() for part in line[2:].split("#")[0].lstrip("?").split("|")]
            if parts[0] != "*":
                claims.append((parts[0].lstrip("? "), parts[1], parts[2], line.startswith("- ?")))
        elif ":" in line:
            key, value = line.split(":", 1)
            fields[key.strip()] = value.split(" #")[0].strip()
    return fields, claims, MARK.sub(r"\1", body)


def marked_reports(path, language):
    """The marked-up reports of a file or folder in one language: what khatt is given, and their claims."""
    files = sorted(path.glob("*.md")) if path.is_dir() else [path]
    parts = (part for file in files for part in file.read_text(encoding="utf-8").split("\n%%%\n"))
    for report in (part for part in parts if part.startswith("---\n")):
        fields, claims, text = read(report)
        if fields.get("lang") == language:
            given = [key for key in fields.get("given", "").split() if fields.get(key)]
            front = "".join(f"{key}: {fields[key]}\n" for key in given)
            yield f"---\n{front}---\n{text}" if front else text, claims


def told(claims):
    """What a text claims, written `PLACE PARTY STATUS; ...`; sizes of ground are left out."""
    parts = [claim.split() for claim in claims.split(";")]
    return [(*part[:3], False) for part in parts if len(part) == 3]


def rule_examples(path):
    """The examples of a table of rules, as reports."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("like "):
            text, claims = line[len("like ") :].rsplit("=>", 1)
            yield text.strip(), told(claims)


def plain_texts(path):
    """The texts of a table with what each claims."""
    for line in path.read_text(encoding="utf-8").splitlines():
        text, tab, claims = line.partition("\t")
        if tab and not text.startswith("#"):
            yield text.replace("\\n", "\n").replace("↵", "\n"), told(claims)


def examples(reports, arguments, places):
    """For each place and party of some reports the hints and what is marked."""
    marked = {}
    with tempfile.TemporaryDirectory() as inputs:
        for number, (text, claims) in enumerate(reports):
            name = f"report-{number:05}"
            pathlib.Path(inputs, f"{name}.md").write_text(text, encoding="utf-8")
            marked[name] = claims
        if not marked:
            return
        command = [arguments.khatt, "rules", "hints", inputs, "--data", arguments.data]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    for line in run.stdout.splitlines():
        pair = json.loads(line)
        here = (pair["lat"], pair["lon"])
        claims = marked[pair["report"]]
        own = [claim for claim in claims if claim[0] == pair["place"]]
        near = own or [c for c in claims if c[0] in places and km(places[c[0]], here) <= NEAR_KM]
        sure = {c[2] for c in near if c[1] == pair["actor"] and not c[3]}
        is_open = any(c[1] == "*" or c[1] == pair["actor"] and c[3] for c in near)
        status = next((status for status in STATUSES if status in sure), "none")
        if status != "none" or not is_open:
            yield pair["hints"], status


def compared(table, path):
    """Prints how many rows of a table are not as fitted; 1 when they are too many."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    known = {hint: [float(weight) for weight in weights] for hint, *weights in rows}
    # Another release of the library may end its search elsewhere in the last digit.
    far = [
        hint
        for hint in known.keys() | table.keys()
        if any(abs(a - b) > LEAST for a, b in zip(known.get(hint, [0] * 3), table.get(hint, [0] * 3)))
    ]
    print(f"{path}: {len(known)} hints, {len(far)} of them not as fitted")
    return int(len(far) > len(known) // 100)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--khatt", default="target/release/khatt")
    parser.add_argument("--data", default="data", help="data folder to read with")
    parser.add_argument("--language", required=True)
    parser.add_argument("--against", type=pathlib.Path, help="a table to compare with")
    parser.add_argument("marked", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    data = pathlib.Path(arguments.data)
    with open(data / "gazetteer.csv", encoding="utf-8") as table:
        places = {row["id"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(table)}
    sources = [
        plain_texts(path) if path.suffix == ".tsv" else marked_reports(path, arguments.language)
        for path in arguments.marked
    ]
    sources.append(rule_examples(data / "rules" / f"{arguments.language}.rules"))
    found = [pair for reports in sources for pair in examples(reports, arguments, places)]
    counts = collections.Counter(hint for hints, _ in found for hint in hints)
    rows = [{hint: 1.0 for hint in hints if counts[hint] >= FEWEST} for hints, _ in found]
    vectors = DictVectorizer()
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=2000)
    model.fit(vectors.fit_transform(rows), [status for _, status in found])
    classes = list(model.classes_)
    weights = model.coef_ - model.coef_[classes.index("none")]
    start = model.intercept_ - model.intercept_[classes.index("none")]
    columns = [classes.index(status) for status in STATUSES]
    table = {}
    for hint, column in vectors.vocabulary_.items():
        values = [weights[row][column] for row in columns]
        if hint == "always":
            values = [value + start[row] for value, row in zip(values, columns)]
        values = [0.0 if abs(value) < LEAST else value for value in values]
        if any(values):
            table[hint] = values
    if arguments.against:
        sys.exit(compared(table, arguments.against))
    print(f"# Fitted to {len(found)} places and parties; see docs/RULES.md. Not to be edited by hand.")
    print("# hint\t" + "\t".join(STATUSES))
    for hint in sorted(table):
        print(hint + "".join(f"\t{value:.2f}" for value in table[hint]))


if __name__ == "__main__":
    main()
