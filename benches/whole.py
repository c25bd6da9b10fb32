"""Times whole processes of khatt: wall clock, time of the cores, peak memory.

    python3 benches/whole.py KHATT [CORPUS.jsonl]

Each command runs seven times (slow ones three times) in a folder of its own, and the best counts. Cold means that the system
has forgotten every file, which only root may ask of it (`/proc/sys/vm/drop_caches`); without that
right those columns are left out. With a corpus (`cargo run --release --example corpus -- 20000`)
also extraction on one core and on two.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROUNDS = 7
# Seconds from which a command is slow.
SLOW = 3.0
CACHES = pathlib.Path("/proc/sys/vm/drop_caches")

COMMANDS = {
    "khatt --version": ["--version"],
    "places hajin": ["places", "hajin"],
    "extract one report": ["extract", "--quiet", "--format", "jsonl", "seeds/reports/2018-11-27-hajin-pocket.md"],
    "map, one day, GeoJSON only": ["map", "--quiet", "seeds", "--date", "2019-02-16", "--no-png", "--out", "{out}"],
    "map, one day, with PNG": ["map", "--quiet", "seeds", "--date", "2019-02-16", "--out", "{out}"],
    "map, one day, GeoPackage": ["map", "--quiet", "seeds", "--date", "2019-02-16", "--format", "gpkg", "--out", "{out}"],
    "map, 60 days, PNG each": ["map", "--quiet", "seeds", "--from", "2018-12-20", "--to", "2019-02-17", "--out", "{out}"],
    "site, all days": ["site", "--quiet", "seeds", "--out", "{out}/site.html"],
}


def forget_files() -> bool:
    """Empties the caches of the system, where that is allowed."""
    try:
        os.sync()
        CACHES.write_text("3")
        return True
    except OSError:
        return False


def run(khatt: str, arguments: list[str], cores: set[int]) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of all cores, and megabytes at the peak."""
    with tempfile.TemporaryDirectory() as out:
        command = [khatt] + [argument.format(out=out) for argument in arguments]
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            preexec_fn=lambda: os.sched_setaffinity(0, cores),
        )
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) not in (0, 3):
            sys.exit(f"{' '.join(command)}: {said.decode()}")
        return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3


def best(khatt: str, arguments: list[str], cores: set[int]) -> list[float]:
    first = run(khatt, arguments, cores)
    more = ROUNDS - 1 if first[0] < SLOW else 2
    runs = [first] + [run(khatt, arguments, cores) for _ in range(more)]
    return [min(column) for column in zip(*runs)]


def main() -> None:
    khatt, *corpora = [str(pathlib.Path(path).resolve()) for path in sys.argv[1:]]
    os.chdir(pathlib.Path(__file__).parent.parent)
    cores = os.sched_getaffinity(0)
    is_root = forget_files()
    print("| command | s, warm | s of a core | peak memory |" + (" s, cold |" if is_root else ""))
    print("| --- | --- | --- | --- |" + (" --- |" if is_root else ""))
    for name, arguments in COMMANDS.items():
        wall, busy, memory = best(khatt, arguments, cores)
        line = f"| {name} | {wall:.2f} | {busy:.2f} | {memory:.0f} MB |"
        if is_root:
            forget_files()
            line += f" {run(khatt, arguments, cores)[0]:.2f} |"
        print(line, flush=True)
    for corpus in corpora:
        with open(corpus, "rb") as lines:
            reports = sum(1 for _ in lines)
        size = os.path.getsize(corpus) / 1e6
        arguments = ["extract", "--quiet", "--format", "jsonl", corpus]
        print("\n| cores | s | s of a core | reports/s | MB/s of JSON | peak memory |\n| --- | --- | --- | --- | --- | --- |")
        for some in [set(sorted(cores)[:1]), set(sorted(cores)[:2])]:
            wall, busy, memory = best(khatt, arguments, some)
            print(f"| {len(some)} | {wall:.2f} | {busy:.2f} | {reports / wall:,.0f} | {size / wall:.1f} | {memory:.0f} MB |")


if __name__ == "__main__":
    main()
