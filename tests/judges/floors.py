#!/usr/bin/env python3
"""Compares scores with the floors they must not fall below.

    score.py ... | floors.py FLOORS SET

FLOORS has lines `set score least`; the last line of standard input is an object of scores.
"""
import json
import sys
from pathlib import Path


def main():
    floors, name = sys.argv[1:]
    lines = sys.stdin.read().strip().splitlines()
    print("\n".join(lines))
    scores = json.loads(lines[-1])
    words = (line.split() for line in Path(floors).read_text(encoding="utf-8").splitlines())
    wanted = {line[1]: float(line[2]) for line in words if len(line) == 3 and line[0] == name}
    low = [f"{name}: {score} is {scores.get(score, 0)}, below {least}" for score, least in wanted.items() if scores.get(score, 0) < least]
    print("\n".join(low) if low else f"{name}: {len(wanted)} scores at or above their floors")
    sys.exit(bool(low) or not wanted)


if __name__ == "__main__":
    main()
