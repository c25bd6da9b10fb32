"""The Spark job gives the very lines of one machine, also when a machine is lost on the way.

    spark_agrees.py KHATT CORPUS WORK

Runs `examples/spark/claims.py` over the corpus in a cluster of two workers, each a process of its
own, kills one of them while both are at work, and compares lines and claims with a plain run.
Needs Java 17 and pyspark, pandas, pyarrow.
"""

import gzip
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

WORKERS = "local-cluster[2,1,1024]"
EXECUTOR = b"CoarseGrainedExecutorBackend"


def children(root: int) -> dict[int, bytes]:
    """The processes below `root`, with their command lines."""
    parents, commands = {}, {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            commands[int(folder.name)] = (folder / "cmdline").read_bytes()
        except (OSError, IndexError):
            continue
    below, found = {root}, {}
    for _ in range(20):
        below |= {pid for pid, parent in parents.items() if parent in below}
    return {pid: commands[pid] for pid in below if pid in commands}


def kill_a_worker(root: int, khatt: str) -> bool:
    """Kills one executor as soon as khatt runs in two of them; false when that never came."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        commands = children(root)
        executors = [pid for pid, line in commands.items() if EXECUTOR in line and b"java" in line.split(b"\0")[0]]
        readers = [pid for pid, line in commands.items() if line.startswith(khatt.encode())]
        if len(executors) >= 2 and len(readers) >= 2:
            os.kill(executors[0], signal.SIGKILL)
            return True
        time.sleep(0.02)
    return False


def run_job(khatt: str, corpus: pathlib.Path, out: pathlib.Path, is_killed: bool) -> float:
    job = pathlib.Path(__file__).parents[2] / "examples/spark/claims.py"
    settings = {"PYSPARK_SUBMIT_ARGS": f"--master {WORKERS} --conf spark.ui.enabled=false "
                "--conf spark.sql.files.maxPartitionBytes=8m --conf spark.executor.memory=1024m pyspark-shell",
                "PYSPARK_PYTHON": sys.executable, "SPARK_HOME": str(spark_home()), "SPARK_LOCAL_IP": "127.0.0.1"}
    start = time.monotonic()
    log = out.with_suffix(".log")
    with open(log, "wb") as messages:
        job = subprocess.Popen([sys.executable, job, "--khatt", khatt, corpus, out], stderr=messages,
                               stdout=messages, env=os.environ | settings)
        killed = kill_a_worker(job.pid, khatt) if is_killed else True
        end = job.wait()
    if end or not killed:
        sys.exit(f"the job ended with {end}, a worker killed: {killed}\n" + log.read_text()[-3000:])
    return time.monotonic() - start


def spark_home() -> pathlib.Path:
    import pyspark

    return pathlib.Path(pyspark.__file__).parent


def digest(lines) -> tuple[int, str]:
    """How many lines there are, and their hash in an order of their own."""
    lines = sorted(lines)
    return len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()


def lines_of_one(file: pathlib.Path) -> list[str]:
    return file.read_text().splitlines()


def lines_of_many(folder: pathlib.Path) -> list[str]:
    parts = sorted(folder.glob("part-*.gz"))
    return [line for part in parts for line in gzip.open(part, "rt").read().split("\n")[:-1]]


def claims_of_lines(lines) -> list[str]:
    found = [(line["report"], claim) for line in map(json.loads, lines) for claim in line["claims"]]
    return [json.dumps([report, claim["key"], claim["quote"], claim["confidence"]], ensure_ascii=False)
            for report, claim in found]


def claims_of_parquet(folder: pathlib.Path) -> list[str]:
    import pyarrow.parquet

    rows = pyarrow.parquet.read_table(folder).to_pylist()
    return [json.dumps([row["report"], row["key"], row["quote"], row["confidence"]], ensure_ascii=False) for row in rows]


def main() -> None:
    khatt, corpus, work = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve()
    khatt = str(pathlib.Path(khatt).resolve())
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    start = time.monotonic()
    subprocess.run([khatt, "extract", "--quiet", "--format", "jsonl", "--out", work / "one.jsonl", corpus], check=True)
    print(f"one machine: {time.monotonic() - start:.1f} s")
    one = lines_of_one(work / "one.jsonl")
    for name, is_killed in [("two", False), ("two-one-killed", True)]:
        out = work / name
        seconds = run_job(khatt, corpus, out, is_killed)
        many = lines_of_many(out / "lines")
        pairs = [(digest(one), digest(many)), (digest(claims_of_lines(one)), digest(claims_of_parquet(out / "claims")))]
        for what, (ours, theirs) in zip(["lines", "claims"], pairs):
            if ours != theirs:
                sys.exit(f"{name}: {what} differ: {ours} on one machine, {theirs} in the cluster")
            print(f"{name}: {ours[0]} {what}, sha256 {ours[1][:16]}, as on one machine")
        print(f"{name}: {seconds:.1f} s")
    subprocess.run([khatt, "map", "--quiet", "--no-png", "--format", "geojson", "--out", work / "maps",
                    work / "two-one-killed/claims.csv"], check=True)
    print("the timeline of the job's claims is mapped:", len(list((work / "maps").iterdir())), "files")


if __name__ == "__main__":
    main()
