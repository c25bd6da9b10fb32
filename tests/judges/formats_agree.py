#!/usr/bin/env python3
"""Judges the GeoPackage, KML and CSV of a folder by GDAL and Python: all say what the GeoJSON says.

    formats_agree.py FOLDER

Needs the osgeo bindings of GDAL, with LIBKML where there is such a driver.
"""
import csv
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from osgeo import gdal, ogr

gdal.UseExceptions()
DATES = ["since", "last_evidence", "date", "until", "valid_from", "valid_to", "published"]


def of_geopackage(folder, days):
    file = gdal.OpenEx(str(folder / "khatt.gpkg"), gdal.OF_VECTOR)
    for index in range(file.GetLayerCount()):
        layer = file.GetLayer(index)
        definition = layer.GetLayerDefn()
        for field in map(definition.GetFieldDefn, range(definition.GetFieldCount())):
            if field.GetName() in DATES and field.GetType() != ogr.OFTDate:
                yield f"{layer.GetName()}.{field.GetName()} is {field.GetTypeName()}"
        for feature in layer:
            geometry = feature.GetGeometryRef()
            if geometry is not None and not geometry.IsValid():
                yield f"{layer.GetName()} {feature.GetFID()} is not valid"
    for day in days:
        for name, ending in [("places", ""), ("zones", ".zones"), ("fronts", ".front")]:
            layer = file.GetLayerByName(name)
            layer.SetAttributeFilter(f"date = '{day}'")
            other = gdal.OpenEx(str(folder / f"{day}{ending}.geojson"), gdal.OF_VECTOR)
            pairs = zip(layer, other.GetLayer(0))
            if layer.GetFeatureCount() != other.GetLayer(0).GetFeatureCount():
                yield f"{name} of {day}: not as many as in the GeoJSON file"
            for ours, theirs in pairs:
                wanted = theirs.GetGeometryRef().Clone()
                if name == "zones":
                    wanted = ogr.ForceToMultiPolygon(wanted)
                if not ours.GetGeometryRef().Equals(wanted):
                    yield f"{name} {ours.GetFID()} lies elsewhere than in the GeoJSON file"


def of_kml(path, places):
    ElementTree.parse(path)
    driver = "LIBKML" if ogr.GetDriverByName("LIBKML") else "KML"
    file = gdal.OpenEx(str(path), gdal.OF_VECTOR, allowed_drivers=[driver])
    counts = [file.GetLayer(index).GetFeatureCount() for index in range(file.GetLayerCount())]
    if not counts or counts[-1] != places:
        yield f"{path.name}: {counts} features, {places} places expected"
    for index in range(file.GetLayerCount()):
        for feature in file.GetLayer(index):
            if feature.GetGeometryRef() is None or not feature.GetField("Name"):
                yield f"{path.name}: a feature without a name or a place"


def of_csv(path, places):
    if not path.read_bytes().startswith(b"\xef\xbb\xbf"):
        yield "places.csv has no mark of UTF-8"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines, strict=True))
    for day, count in places.items():
        if sum(row["date"] == day for row in rows) != count:
            yield f"places.csv: not {count} places on {day}"
    for row in rows:
        if None in row or None in row.values():
            yield f"places.csv: a row of the wrong length: {row['id']}"
        float(row["lat"]), float(row["lon"]), int(row["claims"])


def main():
    folder = Path(sys.argv[1])
    places = {}
    for path in folder.glob("????-??-??.geojson"):
        # The layer lives only as long as its file is held.
        file = gdal.OpenEx(str(path), gdal.OF_VECTOR)
        places[path.stem] = file.GetLayer(0).GetFeatureCount()
    found = list(of_geopackage(folder, sorted(places)))
    for day, count in places.items():
        found += of_kml(folder / f"{day}.kml", count)
    found += of_csv(folder / "places.csv", places)
    print("\n".join(found) if found else f"GDAL {gdal.VersionInfo('RELEASE_NAME')}: GeoPackage, KML and CSV of {len(places)} days agree")
    sys.exit(bool(found) or not places)


if __name__ == "__main__":
    main()
