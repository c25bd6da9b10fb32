"""Parquet in and out says what the lines of JSON say, as pyarrow reads and writes it.

    parquet_agrees.py KHATT CORPUS WORK

Writes the corpus as Parquet in the forms that other programs use, has khatt read each, and compares
lines and claims with those of the corpus itself.
"""

import datetime
import json
import pathlib
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq

HEAD = ["report", "source", "url", "language", "published", "published_basis"]


def extract(khatt: str, form: str, corpus: pathlib.Path, out: pathlib.Path) -> bytes:
    subprocess.run([khatt, "extract", "--quiet", "--format", form, "--out", out, corpus], check=True)
    return out.read_bytes()


def forms(reports: list[dict]):
    """Tables of the reports, each with the settings that it is written with."""
    texts = pa.Table.from_pylist(reports)
    yield "snappy", texts, {"row_group_size": 1000}
    yield "gzip-v2", texts, {"compression": "gzip", "data_page_version": "2.0", "row_group_size": 777}
    yield "zstd", texts, {"compression": "zstd", "row_group_size": 500}
    days = pa.array([datetime.date.fromisoformat(report["published"]) for report in reports])
    dated = texts.set_column(texts.schema.get_field_index("published"), "published", days)
    yield "days-lz4", dated, {"compression": "lz4", "use_dictionary": False}
    moments = days.cast(pa.timestamp("us"))
    timed = texts.set_column(texts.schema.get_field_index("published"), "published", moments)
    yield "moments", timed, {"compression": "none", "row_group_size": 100_000}
    yield "int96", timed, {"use_deprecated_int96_timestamps": True}
    large = texts.set_column(texts.schema.get_field_index("text"), "text", texts["text"].cast(pa.large_string()))
    yield "large", large.append_column("score", pa.array([1.5] * len(reports))), {}


def plain(value):
    return value.isoformat() if isinstance(value, datetime.date) else value


def claims_of_parquet(file: pathlib.Path) -> list[dict]:
    rows = pq.read_table(file).to_pylist()
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def claims_of_lines(text: bytes) -> list[dict]:
    lines = map(json.loads, text.decode().splitlines())
    return [{name: line[name] for name in HEAD} | claim for line in lines for claim in line["claims"]]


def main() -> None:
    khatt, corpus, work = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    work.mkdir(parents=True, exist_ok=True)
    reports = [json.loads(line) for line in open(corpus, encoding="utf-8")]
    lines = extract(khatt, "jsonl", corpus, work / "lines.jsonl")
    expected = claims_of_lines(lines)
    for name, table, settings in forms(reports):
        file = work / f"{name}.parquet"
        pq.write_table(table, file, **settings)
        if extract(khatt, "jsonl", file, work / "again.jsonl") != lines:
            sys.exit(f"{name}: the lines differ from those of {corpus}")
    claims = work / "claims.parquet"
    extract(khatt, "parquet", file, claims)
    found = claims_of_parquet(claims)
    for one, other in zip(expected, found):
        if one != other:
            sys.exit(f"a claim differs:\n{one}\n{other}")
    if len(found) != len(expected):
        sys.exit(f"{len(found)} claims in Parquet, {len(expected)} in lines")
    groups = pq.ParquetFile(claims).num_row_groups
    print(f"{len(reports)} reports in seven forms, {len(found)} claims in {groups} groups of rows: as in lines of JSON")


if __name__ == "__main__":
    main()
