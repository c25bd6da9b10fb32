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

import numpy
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

STATUSES = ["control", "partial", "lost"]
# A hint that fewer places give says more of one report than of the language.
FEWEST = 8
# Inverse strength of the penalty, chosen on reports left out of the fit.
INVERSE_PENALTY = 0.03
# Rules read their own examples, and the texts that they were made with, better than others: how much those teach.
WEIGHT_OF_KNOWN = 0.3
# Parts of the reports that are left out in turn for the second step.
PARTS = 5
# Strength of the penalty of its weights.
SECOND_PENALTY = 1.0
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


class Pair:
    """A place and a party of a report: the hints, the status that is marked (none where the marks leave it open), and
    how much it teaches."""

    def __init__(self, site, hints, status, weight):
        self.site, self.hints, self.status, self.weight = site, hints, status, weight


def examples(reports, weight, arguments, places):
    """The places and parties of some reports."""
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
        status = next((status for status in STATUSES if status in sure), None if is_open else "none")
        yield Pair((pair["report"], pair["place"]), pair["hints"], status, weight)


class Model:
    """What the hints of a place and party say by themselves."""

    def __init__(self, pairs):
        known = [pair for pair in pairs if pair.status]
        counts = collections.Counter(hint for pair in known for hint in pair.hints)
        self.often = {hint for hint, count in counts.items() if count >= FEWEST}
        self.vectors = DictVectorizer()
        self.model = LogisticRegression(C=INVERSE_PENALTY, max_iter=2000)
        rows = self.vectors.fit_transform([self.row(pair) for pair in known])
        self.model.fit(rows, [pair.status for pair in known], [pair.weight for pair in known])
        self.classes = list(self.model.classes_)

    def row(self, pair):
        return {hint: 1.0 for hint in pair.hints if hint in self.often}

    def sums(self, pairs):
        """The sums of weights, one column a status; "none" has 0."""
        rows = self.vectors.transform([self.row(pair) for pair in pairs])
        sums = self.model.decision_function(rows)
        sums = sums - sums[:, [self.classes.index("none")]]
        return sums[:, [self.classes.index(status) for status in STATUSES]]

    def table(self):
        """The weights of each hint."""
        none = self.classes.index("none")
        columns = [self.classes.index(status) for status in STATUSES]
        weights = (self.model.coef_ - self.model.coef_[none])[columns]
        start = (self.model.intercept_ - self.model.intercept_[none])[columns]
        table = {}
        for hint, column in self.vectors.vocabulary_.items():
            values = weights[:, column] + (start if hint == "always" else 0.0)
            table[hint] = [0.0 if abs(value) < LEAST else float(value) for value in values]
        return {hint: values for hint, values in table.items() if any(values)}


def chances(sums):
    """Softmax, with nothing said as the case of no weight; without that case."""
    sums = numpy.hstack([sums, numpy.zeros((len(sums), 1))])
    parts = numpy.exp(sums - sums.max(axis=1, keepdims=True))
    return parts / parts.sum(axis=1, keepdims=True)


def rivals(pairs, sums):
    """For each pair the highest chance of each status among the other parties of the place, and a one."""
    alone = chances(sums)[:, : len(STATUSES)]
    sites = collections.defaultdict(list)
    for at, pair in enumerate(pairs):
        sites[pair.site].append(at)
    rows = numpy.ones((len(pairs), len(STATUSES) + 1))
    for at, pair in enumerate(pairs):
        others = [other for other in sites[pair.site] if other != at]
        rows[at, :-1] = alone[others].max(axis=0) if others else 0.0
    return rows


def second_step(pairs):
    """The weights of what is likely of the others, each with one column a status."""
    reports = {report: at for at, report in enumerate(dict.fromkeys(pair.site[:2] for pair in pairs))}
    part = numpy.array([reports[pair.site[:2]] % PARTS for pair in pairs])
    sums = numpy.zeros((len(pairs), len(STATUSES)))
    for left_out in range(PARTS):
        model = Model([pair for pair, own in zip(pairs, part) if own != left_out])
        inside = numpy.flatnonzero(part == left_out)
        sums[inside] = model.sums([pairs[at] for at in inside])
    rows = rivals(pairs, sums)
    known = [at for at, pair in enumerate(pairs) if pair.status]
    rows, sums = rows[known], sums[known]
    cases = STATUSES + ["none"]
    truth = numpy.eye(len(cases))[[cases.index(pairs[at].status) for at in known]]
    teaches = numpy.array([pairs[at].weight for at in known])

    def loss(flat):
        weights = flat.reshape(rows.shape[1], len(STATUSES))
        likely = chances(sums + rows @ weights)
        missed = -(teaches * numpy.log((likely * truth).sum(axis=1).clip(1e-9))).sum()
        slope = rows.T @ (teaches[:, None] * (likely - truth))[:, : len(STATUSES)] + SECOND_PENALTY * weights
        return missed + SECOND_PENALTY * (weights**2).sum() / 2, slope.ravel()

    start = numpy.zeros(rows.shape[1] * len(STATUSES))
    weights = minimize(loss, start, jac=True, method="L-BFGS-B").x.reshape(rows.shape[1], -1)
    names = [f"rival {name}" for name in STATUSES + ["any"]]
    return {name: [float(value) for value in row] for name, row in zip(names, weights)}


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
        (plain_texts(path), WEIGHT_OF_KNOWN) if path.suffix == ".tsv" else (marked_reports(path, arguments.language), 1.0)
        for path in arguments.marked
    ]
    sources.append((rule_examples(data / "rules" / f"{arguments.language}.rules"), WEIGHT_OF_KNOWN))
    pairs = []
    for number, (reports, weight) in enumerate(sources):
        for pair in examples(reports, weight, arguments, places):
            pair.site = (number, *pair.site)
            pairs.append(pair)
    table = Model(pairs).table() | second_step(pairs)
    if arguments.against:
        sys.exit(compared(table, arguments.against))
    print(f"# Fitted to {len(pairs)} places and parties; see docs/RULES.md. Not to be edited by hand.")
    print("# hint\t" + "\t".join(STATUSES))
    for hint in sorted(table):
        print(hint + "".join(f"\t{value:.2f}" for value in table[hint]))


if __name__ == "__main__":
    main()
