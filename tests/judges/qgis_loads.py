#!/usr/bin/env python3
"""Judges the GeoJSON files of a folder by QGIS without a window.

    qgis_loads.py FOLDER

Needs the QGIS bindings. Every layer must load with all its features, WGS 84, and dates as dates.
"""
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import Qgis, QgsApplication, QgsVectorLayer  # noqa: E402
from qgis.PyQt.QtCore import QVariant  # noqa: E402


def problems(path):
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    if not features:
        return
    layer = QgsVectorLayer(str(path), path.stem, "ogr")
    if not layer.isValid():
        yield "does not load"
        return
    if layer.featureCount() != len(features):
        yield f"{layer.featureCount()} features of {len(features)}"
    if layer.crs().authid() not in ("EPSG:4326", "OGC:CRS84"):
        yield f"is in {layer.crs().authid()}"
    day = "valid_from" if path.stem == "timeline" else "date"
    if layer.fields().field(day).type() != QVariant.Date:
        yield f"{day} is no date"


def main():
    application = QgsApplication([], False)
    application.initQgis()
    files = sorted(Path(sys.argv[1]).glob("*.geojson"))
    found = [f"{path.name}: {problem}" for path in files for problem in problems(path)]
    print("\n".join(found) if found else f"QGIS {Qgis.QGIS_VERSION}: {len(files)} layers load whole", flush=True)
    # QGIS may crash while it tidies up; the judgement is made.
    os._exit(1 if found or not files else 0)


if __name__ == "__main__":
    main()
