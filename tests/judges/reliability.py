#!/usr/bin/env python3
"""How often claims are right, by the confidence they are given.

    reliability.py KHATT SCORER FOLDER_OR_FILE...

SCORER is score.py of the marked-up reports. A claim counts as right when a mark of its report has its
place, actor and status; one that a mark calls optional does not count. With --rules, also by rule.
"""
import importlib.util
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections import defaultdict

STEPS = [0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 1.01]


def load(path):
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_places(score, scorer):
    import csv
    keys = os.path.join(os.path.dirname(os.path.abspath(scorer)), "..", "reference", "places.csv")
    with open(keys, encoding="utf-8") as file:
        return {r["id"]: ((float(r["lat"]), float(r["lon"])), r["kind"]) for r in csv.DictReader(file)}


def judged(score, places, gold, claims):
    """Yields each claim that counts, with whether it is right."""
    def fits(claim, mark):
        at, kind = places[mark["key"]]
        is_there = claim["lat"] is not None and score.km((claim["lat"], claim["lon"]), at) <= score.TOLERANCE_KM[kind]
        is_actor = mark["actor"] in ("*", claim["actor"]) or claim["status"] == mark["status"] == "contested"
        return is_there and is_actor and claim["status"] == mark["status"]
    for claim in claims:
        if not claim["place"] or claim["status"] == "presence":
            continue
        marks = [mark for mark in gold["claims"] if fits(claim, mark)]
        if any(not mark["optional"] for mark in marks):
            yield claim, True
        elif not marks:
            yield claim, False


def main():
    arguments = [a for a in sys.argv[1:] if a != "--rules"]
    khatt, scorer, *inputs = arguments
    score = load(scorer)
    places = read_places(score, scorer)
    files = []
    for name in inputs:
        files += sorted(os.path.join(name, f) for f in os.listdir(name)) if os.path.isdir(name) else [name]
    docs = [score.read_gold(f) for f in files if f.endswith(".md")]
    bins, rules = defaultdict(list), defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        names = {score.write_input(doc, folder): doc for doc in docs}
        run = subprocess.run(shlex.split(khatt) + ["extract", "--format", "jsonl", folder], capture_output=True, text=True, check=True)
    for line in run.stdout.splitlines():
        report = json.loads(line)
        for claim, is_right in judged(score, places, names[report["report"]], report["claims"]):
            step = max(s for s in STEPS if s <= claim["confidence"])
            bins[step].append((claim["confidence"], is_right))
            rules[(report["language"], claim["rule"])].append((claim["confidence"], is_right))
    print(f"{'confidence':<14}{'claims':>8}{'mean':>8}{'right':>8}")
    for low, high in zip(STEPS, STEPS[1:]):
        if bins[low]:
            n = len(bins[low])
            print(f"{low:.2f} to {min(high, 1):.2f}  {n:>7}{sum(c for c, _ in bins[low]) / n:>8.2f}{sum(r for _, r in bins[low]) / n:>8.2f}")
    if "--rules" in sys.argv:
        for (language, rule), seen in sorted(rules.items(), key=lambda item: -len(item[1])):
            print(f"{language} {rule:<24}{len(seen):>4}{sum(c for c, _ in seen) / len(seen):>8.2f}{sum(r for _, r in seen) / len(seen):>8.2f}")


if __name__ == "__main__":
    main()
