"""Claims of a corpus of any size with Apache Spark: the program khatt on every machine.

    python examples/spark/claims.py --khatt target/release/khatt CORPUS OUT

CORPUS is a file or folder of JSON lines (plain or gzip), one report a line, each with an `id`.
OUT/lines gets what `khatt extract --format jsonl` says of each report, OUT/claims one row a claim
in Parquet, OUT/claims.csv the stated claims with a day and a place as a table from which `khatt map` and
`khatt explain` make the timeline.

Spark brings the partitions to the machines and does lost ones again; khatt reads each partition
from standard input, as it would read the whole. So the lines are those of one machine, byte for
byte. Other settings, such as `--master yarn`, come with `spark-submit`.
"""

import argparse
import csv
import itertools
import pathlib
import subprocess
import threading

from pyspark.sql import DataFrame, SparkSession, functions as f

REPORT = "report string, source string, url string, language string, published string"
CLAIM = """place: string, lat: double, lon: double, actor: string, status: string, share: double,
    area_km2: double, date: string, date_to: string, date_basis: string, claimant: string,
    claimant_kind: string, certainty: string, exclusive: boolean, rule: string,
    quote: struct<start: bigint, end: bigint, text: string>, confidence: double, key: string"""
LINE = f"{REPORT}, claims array<struct<{CLAIM}>>"
# Lines that a batch of the result holds.
BATCH = 2000
# khatt ends with 3 when some lines could not be read; the rest is as good as ever.
GOOD_ENDS = (0, 3)


def reader(khatt: str, options: list[str]):
    """A function of batches of lines that gives batches of what khatt says of them."""

    def read(batches):
        import pandas

        first = next((batch for batch in batches if len(batch)), None)
        if first is None:
            return
        command = [khatt, "extract", "--quiet", "--format", "jsonl", *options, "-"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            fed = []

            def feed():
                try:
                    with process.stdin as pipe:
                        for batch in itertools.chain([first], batches):
                            pipe.write(text_of(batch))
                    fed.append(True)
                except BrokenPipeError:
                    pass

            feeder = threading.Thread(target=feed)
            feeder.start()
            lines = []
            for line in process.stdout:
                lines.append(line.rstrip(b"\n").decode())
                if len(lines) == BATCH:
                    yield pandas.DataFrame({"value": lines})
                    lines = []
            feeder.join()
            if process.wait() not in GOOD_ENDS or not fed:
                # Spark tries the partition again, elsewhere if need be.
                raise RuntimeError(f"khatt ended with {process.returncode} in the middle of a partition")
            if lines:
                yield pandas.DataFrame({"value": lines})

    def text_of(batch) -> bytes:
        return "".join(line + "\n" for line in batch["value"]).encode()

    return read


def extract(corpus: DataFrame, khatt: str, options: list[str]) -> DataFrame:
    """One line a report: what `khatt extract` says of it."""
    return corpus.mapInPandas(reader(khatt, options), schema="value string")


def claims(lines: DataFrame) -> DataFrame:
    """One row a claim, with its report."""
    rows = lines.select(f.from_json("value", LINE).alias("line")).select("line.*")
    head = [f.col(name.split()[0]) for name in REPORT.split(", ")]
    return rows.select(*head, f.explode("claims").alias("claim")).select(*head, "claim.*")


def write_table(rows: DataFrame, path: pathlib.Path) -> None:
    """The stated claims with a day and a place, in an order of their own, as a table for `khatt map`."""
    columns = "date place_id actor status share area_km2 claimant published url quote".split()
    # Only fighting may leave open who fights.
    named = "(actor is not null or status = 'contested')"
    dated = rows.where(f"date is not null and place is not null and certainty = 'stated' and {named}")
    wanted = dated.select("date", f.col("place").alias("place_id"), "actor", "status", "share", "area_km2",
                          "claimant", "published", f.col("url"), f.col("quote.text").alias("quote"), "key")
    with open(path, "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["place", *columns[:-2], "source_url", "note"])
        for row in wanted.orderBy("date", "place_id", "key", "claimant").toLocalIterator():
            values = ["" if row[name] is None else row[name] for name in columns]
            # A spreadsheet would run what begins so.
            values[-1] = "'" * values[-1].lstrip().startswith(("=", "+", "-", "@")) + values[-1]
            table.writerow([row["place_id"], *values])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", help="file or folder of JSON lines")
    arguments.add_argument("out", type=pathlib.Path, help="folder to write to; must not exist")
    arguments.add_argument("--khatt", default="khatt", help="the program, at the same path on every machine")
    arguments.add_argument("--partitions", type=int, help="how many pieces the corpus is read in")
    arguments.add_argument("--data", help="a data folder, at the same path on every machine")
    options = arguments.parse_args()
    spark = SparkSession.builder.appName("khatt claims").getOrCreate()
    corpus = spark.read.text(options.corpus)
    if options.partitions:
        corpus = corpus.repartition(options.partitions)
    lines = extract(corpus, options.khatt, ["--data", options.data] if options.data else [])
    lines.write.text(str(options.out / "lines"), compression="gzip")
    # Read again, so that nothing is extracted twice.
    found = claims(spark.read.text(str(options.out / "lines")))
    found.write.parquet(str(options.out / "claims"))
    write_table(spark.read.parquet(str(options.out / "claims")), options.out / "claims.csv")
    spark.stop()


if __name__ == "__main__":
    main()
