#!/usr/bin/env python3
"""Judges real outputs by the schemas of docs/schema.

    schemas.py KHATT SCHEMAS FOLDER

Runs khatt over the bundled example and over a second region, with and without corrections, and checks
every file and line. Then breaks each output to see that its schema would notice.
"""
import copy
import csv
import json
import subprocess
import sys
from pathlib import Path

import jsonschema

khatt, schemas, folder = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]), Path(sys.argv[3]).resolve()
folder.mkdir(parents=True, exist_ok=True)
ROOT = Path(__file__).resolve().parents[2]
SECOND = ["--data", str(ROOT / "examples/raqqa-2017/data"), str(ROOT / "examples/raqqa-2017/reports")]


def validator(name):
    schema = json.loads((schemas / f"{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


VALIDATORS = {path.name.split(".")[0]: validator(path.name.split(".")[0]) for path in schemas.glob("*.schema.json")}
seen = dict.fromkeys(VALIDATORS, 0)


def judge(name, value, where):
    problems = [f"{where}: {e.json_path}: {e.message[:200]}" for e in VALIDATORS[name].iter_errors(value)]
    if problems:
        sys.exit("\n".join(problems[:10]))
    seen[name] += 1
    return value


def must_notice(name, value):
    """A value with a member more, and one with a member less, are not what the schema describes."""
    target = lambda v: v["features"][0]["properties"] if "features" in v else v
    more, less = copy.deepcopy(value), copy.deepcopy(value)
    target(more)["surplus"] = 1
    del target(less)[next(iter(target(less)))]
    for broken in ([] if name == "claims" else [more]) + [less]:
        if VALIDATORS[name].is_valid(broken):
            sys.exit(f"{name}: the schema does not notice a broken value")


def run(*arguments):
    return subprocess.run([khatt, "--quiet", *arguments], check=True, capture_output=True, text=True, cwd=folder).stdout


def layer(path):
    parts = path.name.split(".")
    if path.name == "timeline.geojson":
        return "timeline"
    return "diff" if "diff" in parts else parts[1] if len(parts) > 2 else "places"


def main():
    run("--no-png", "--format", "geojson", "--out", "first")
    run(*SECOND, "--no-png", "--format", "geojson", "--out", "second")
    run("diff", "2018-12-01", "2019-01-20", "--no-png", "--out", "first")
    for path in sorted(folder.glob("*/*.geojson")):
        value = judge(layer(path), json.loads(path.read_text()), path)
        if value["features"]:
            must_notice(layer(path), value)
    for arguments in (["extract", "--format", "jsonl"], ["extract", "--format", "jsonl", *SECOND]):
        for line in run(*arguments).splitlines():
            must_notice("extract", judge("extract", json.loads(line), arguments))
    for line in run("review", "--format", "jsonl", "--most", "9999").splitlines():
        must_notice("review", judge("review", json.loads(line), "review"))
    for row in csv.DictReader((ROOT / "seeds/claims.csv").open()):
        must_notice("claims", judge("claims", row, "seeds/claims.csv"))
    missing = [name for name, count in seen.items() if count == 0]
    if missing:
        sys.exit(f"no output was judged by {missing}")
    print("schemas: " + ", ".join(f"{count} {name}" for name, count in sorted(seen.items())))


main()
