#!/usr/bin/env python3
"""Judges the GeoJSON files of a folder by GDAL: every feature is read, dates are dates.

    gdal_reads.py FOLDER

Needs the osgeo bindings of GDAL.
"""
import json
import sys
from pathlib import Path

from osgeo import gdal, ogr

gdal.UseExceptions()
# A column of nothing but null has no type, so each is asked for only where it has a value.
DATES = ["date", "since", "last_evidence", "valid_from", "valid_to"]


def problems(path):
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    if not features:
        return
    # The layer lives only as long as its file is held.
    file = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    layer = file.GetLayer(0)
    if layer.GetFeatureCount() != len(features):
        yield f"{layer.GetFeatureCount()} features of {len(features)}"
    if layer.GetSpatialRef().GetAuthorityCode(None) != "4326":
        yield "not WGS 84"
    definition = layer.GetLayerDefn()
    types = {definition.GetFieldDefn(i).GetName(): definition.GetFieldDefn(i) for i in range(definition.GetFieldCount())}
    for name in DATES:
        has_value = any(feature["properties"].get(name) for feature in features)
        if has_value and types[name].GetType() != ogr.OFTDate:
            yield f"{name} is {types[name].GetTypeName()}, not Date"
    for feature in layer:
        if not feature.GetGeometryRef().IsValid():
            yield f"feature {feature.GetFID()} is not valid"


def main():
    files = sorted(Path(sys.argv[1]).glob("*.geojson"))
    found = [f"{path.name}: {problem}" for path in files for problem in problems(path)]
    print("\n".join(found) if found else f"GDAL {gdal.VersionInfo('RELEASE_NAME')}: {len(files)} files are read whole, dates as dates")
    sys.exit(bool(found) or not files)


if __name__ == "__main__":
    main()
