#!/usr/bin/env python3
"""The layers of all days into one GeoPackage, by khatt and by ogr2ogr.

    python3 benches/peers/convert.py target/release/khatt [INPUT...]

khatt's time is that of a run that writes GeoJSON and GeoPackage less that of one that writes GeoJSON
alone; its GeoPackage also holds the evidence of every place and day, base map and styles. ogr2ogr
(Debian: gdal-bin) reads the GeoJSON of that run, each layer's days put together in one file before
the clock starts, and writes places, zones, fronts and timeline. Time is that of the processor, the
best of five rounds.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROUNDS = 5
LAYERS = {"places": "[0-9]*[0-9].geojson", "zones": "*.zones.geojson", "fronts": "*.front.geojson", "timeline": "timeline.geojson"}


def seconds(commands) -> float:
    """Time on the processor of commands run one after the other."""
    before = os.times()
    for command in commands:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def best(make) -> float:
    return min(seconds(make()) for _ in range(ROUNDS))


def together(files, out: pathlib.Path) -> int:
    """Puts the features of some files into one; tells how many there are."""
    features = [feature for file in sorted(files) for feature in json.loads(file.read_text(encoding="utf-8"))["features"]]
    out.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), encoding="utf-8")
    return len(features)


def main() -> None:
    khatt, inputs = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)

        def run(formats):
            command = [khatt, "map", "--quiet", "--no-png", "--all-dates", "--format", formats, "--out", work / formats]
            return lambda: [[*command, *inputs]]

        plain = best(run("geojson"))
        ours = best(run("geojson,gpkg")) - plain
        counts = {layer: together((work / "geojson").glob(files), work / f"{layer}.geojson") for layer, files in LAYERS.items()}
        target = work / "peer.gpkg"

        def convert():
            target.unlink(missing_ok=True)
            form = ["ogr2ogr", "-f", "GPKG", target]
            return [[*form, *(["-append"] if at else []), "-nln", layer, "-nlt", "PROMOTE_TO_MULTI" if layer == "zones" else "GEOMETRY",
                     work / f"{layer}.geojson"] for at, layer in enumerate(LAYERS)]

        theirs = best(convert)
        size = (work / "geojson,gpkg" / "khatt.gpkg").stat().st_size / 1e6
        print(", ".join(f"{count:,} {layer}" for layer, count in counts.items()))
        print(f"khatt     {ours:6.3f} s   {size:.1f} MB   (GeoJSON of the same days, reports read and all: {plain:.3f} s)")
        print(f"ogr2ogr   {theirs:6.3f} s   {target.stat().st_size / 1e6:.1f} MB   {theirs / ours:.1f} times as long")


if __name__ == "__main__":
    main()
