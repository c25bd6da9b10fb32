#!/usr/bin/env python3
"""Judges the GeoJSON files of a folder by RFC 7946 and by GEOS.

    rfc7946.py SCHEMA FOLDER

Needs jsonschema and shapely. Checks the schema, closed rings, right-hand rule, six decimals, the
bounding box, validity of every geometry, that zones of one day do not overlap, and that front lines
lie on the edges of the zones beside them.
"""
import json
import re
import sys
from pathlib import Path

import jsonschema
from shapely.geometry import shape
from shapely.geometry.polygon import LinearRing

# Degrees: files have six decimals, so two roundings of one point differ by at most one unit.
ROUNDING = 1.5e-6
NUMBER = re.compile(r"-?\d+\.(\d+)")


def positions(coordinates):
    if isinstance(coordinates[0], (int, float)):
        yield coordinates
    else:
        for part in coordinates:
            yield from positions(part)


def rings(geometry):
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}.get(geometry["type"], [])
    for polygon in polygons:
        for index, ring in enumerate(polygon):
            yield index == 0, ring


def check_rings(geometry):
    for is_exterior, ring in rings(geometry):
        if ring[0] != ring[-1]:
            yield "a ring is not closed"
        elif LinearRing(ring).is_ccw != is_exterior:
            yield "a ring turns the wrong way"


def check_bbox(collection):
    points = [p for f in collection["features"] for p in positions(f["geometry"]["coordinates"])]
    if not points:
        return ["a bbox around nothing"] if "bbox" in collection else []
    xs, ys = zip(*points)
    box = [min(xs), min(ys), max(xs), max(ys)]
    return [] if collection.get("bbox") == box else [f"bbox {collection.get('bbox')} is not {box}"]


def check_decimals(text):
    for geometry in re.findall(r'"coordinates":(\[[^a-z"]*\])', text):
        if any(len(match) > 6 for match in NUMBER.findall(geometry)):
            return ["more than six decimals"]
    return []


def check_zones(features):
    areas = [(f["properties"]["control"], shape(f["geometry"])) for f in features]
    for index, (a, zone) in enumerate(areas):
        for b, other in areas[index + 1:]:
            shared = zone.intersection(other)
            # Rounding may shift a shared edge by a hair; more is an overlap.
            if shared.area > ROUNDING * max(shared.length, ROUNDING):
                yield f"zones of {a} and {b} overlap by {shared.area} square degrees"


def check_front(lines, zones):
    edges = {f["properties"]["control"]: shape(f["geometry"]).boundary.buffer(ROUNDING) for f in zones}
    for feature in lines:
        line = shape(feature["geometry"])
        for side in (feature["properties"]["side_a"], feature["properties"]["side_b"]):
            off = line.difference(edges[side]).length if side in edges else line.length
            if off > 1e-4:
                yield f"{off:.6f} degrees of a front line are off the edge of {side}"


def problems(path, validator):
    text = path.read_text(encoding="utf-8")
    collection = json.loads(text)
    for error in validator.iter_errors(collection):
        yield f"{error.json_path}: {error.message[:200]}"
    for feature in collection["features"]:
        yield from check_rings(feature["geometry"])
        geometry = shape(feature["geometry"])
        if not geometry.is_valid or geometry.is_empty:
            yield "GEOS finds an invalid or empty geometry"
    yield from check_bbox(collection)
    yield from check_decimals(text)
    if path.name.endswith(".zones.geojson"):
        yield from check_zones(collection["features"])
    if path.name.endswith(".front.geojson"):
        zones = json.loads(path.with_name(path.name.replace(".front.", ".zones.")).read_text(encoding="utf-8"))
        yield from check_front(collection["features"], zones["features"])


def main():
    schema, folder = sys.argv[1:]
    validator = jsonschema.Draft202012Validator(json.loads(Path(schema).read_text(encoding="utf-8")))
    files = sorted(Path(folder).glob("*.geojson"))
    found = [f"{path.name}: {problem}" for path in files for problem in problems(path, validator)]
    print("\n".join(found) if found else f"RFC 7946 and GEOS: {len(files)} files are right")
    sys.exit(bool(found) or not files)


if __name__ == "__main__":
    main()
