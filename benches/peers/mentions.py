"""Finds the names of a gazetteer in a corpus with khatt and with its peers, on one core.

    pip install flashtext pyahocorasick spacy
    cargo run --release --example corpus -- 20000 > corpus.jsonl
    python benches/peers/mentions.py target/release/khatt corpus.jsonl

All get the same names and the same texts. The peers find names as they are written, and nothing
else; khatt also folds spelling, takes off joined particles, chooses between namesakes and reads
claims, so that it does far more in its time. Time is that of the core, the best of three rounds,
without start and building, which stand in columns of their own.
"""

import csv
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROUNDS = 3
# The slower peers get a part of the corpus.
LEAST_BYTES = 4_000_000


def names(root: pathlib.Path) -> list[str]:
    found = set()
    with open(root / "data/gazetteer.csv", encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            found |= {row["name_ar"], row["name_en"]}
            found |= {name.strip() for key in ("aliases_ar", "aliases_en") for name in row[key].split("|")}
    return sorted(found - {""})


def best(work) -> tuple[float, int]:
    """Seconds of the core in the best round, and what was found."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        found = work()
        times.append(time.process_time() - start)
    return min(times), found


def flashtext(words, texts):
    from flashtext import KeywordProcessor

    finder = KeywordProcessor()
    finder.add_keywords_from_list(words)
    return lambda: sum(len(finder.extract_keywords(text)) for text in texts)


def aho_corasick(words, texts):
    import ahocorasick

    finder = ahocorasick.Automaton()
    for index, word in enumerate(words):
        finder.add_word(word, index)
    finder.make_automaton()
    return lambda: sum(1 for text in texts for _ in finder.iter_long(text))


def spacy_matcher(words, texts):
    import spacy
    from spacy.matcher import PhraseMatcher

    # Both languages split at the same marks here; the tokens of one serve for both.
    language = spacy.blank("ar")
    language.max_length = 10**9
    finder = PhraseMatcher(language.vocab, attr="ORTH")
    finder.add("PLACE", list(language.tokenizer.pipe(words)))
    return lambda: sum(len(finder(text)) for text in language.tokenizer.pipe(texts))


def khatt(program: str, lines: list[str]) -> tuple[float, float, int]:
    """Seconds of the core to start, to read, and what was found; the whole program on one core."""
    def run(lines):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder)
            (path / "in.jsonl").write_text("".join(lines), encoding="utf-8")
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [program, "extract", "--quiet", "--format", "jsonl", "--out", path / "out.jsonl", path / "in.jsonl"]
            subprocess.run(command, check=True, preexec_fn=lambda: os.sched_setaffinity(0, {0}))
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
            with open(path / "out.jsonl", encoding="utf-8") as out:
                return spent, sum(len(json.loads(line)["mentions"]) for line in out)

    start = min(run(lines[:1])[0] for _ in range(ROUNDS))
    rounds = [run(lines) for _ in range(ROUNDS)]
    return start, min(spent for spent, _ in rounds) - start, rounds[0][1]


def main() -> None:
    program, corpus = sys.argv[1], sys.argv[2]
    words = names(pathlib.Path(__file__).parents[2])
    with open(corpus, encoding="utf-8") as file:
        lines = file.readlines()
    texts = [json.loads(line)["text"] for line in lines]
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(words)} names, {len(texts)} reports, {size / 1e6:.1f} MB")
    print(f"{'':28} {'build s':>8} {'MB':>6} {'read s':>8} {'MB/s':>8} {'found':>9}")

    start, spent, found = khatt(program, lines)
    print(f"{'khatt, whole, to claims':28} {start:8.2f} {size / 1e6:6.1f} {spent:8.2f} {size / 1e6 / spent:8.1f} {found:9}")
    for name, make, part in [("flashtext", flashtext, 4), ("pyahocorasick", aho_corasick, 1), ("spaCy PhraseMatcher", spacy_matcher, 8)]:
        some = texts[: max(len(texts) // part, 1)]
        if sum(map(len, some)) < LEAST_BYTES:
            some = texts
        bytes_of = sum(len(text.encode()) for text in some)
        begin = time.process_time()
        work = make(words, some)
        build = time.process_time() - begin
        spent, found = best(work)
        print(f"{name:28} {build:8.2f} {bytes_of / 1e6:6.1f} {spent:8.2f} {bytes_of / 1e6 / spent:8.1f} {found:9}")


if __name__ == "__main__":
    main()
