#!/usr/bin/env python3
"""Judges khatt.qgs, khatt.gpkg and the .qml files of a folder by QGIS without a window.

    qgis_draws.py FOLDER PICTURES

Needs the QGIS bindings. The project must open with every layer, its relations and its days; drawn
for its first day and for its last it must show the colours of the parties and differ. A layer of
the GeoPackage and a GeoJSON file opened alone must find their own style. Pictures are left in the
folder PICTURES to be looked at.
"""
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import (  # noqa: E402
    Qgis, QgsApplication, QgsCoordinateTransform, QgsDateTimeRange, QgsExpressionContextUtils,
    QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize  # noqa: E402

DATED = ["places", "zones", "fronts", "pockets", "timeline"]


def draw(layers, extent, crs, background, day=None, labels=True):
    """The image of some layers, on one day of the temporal controller or without it."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setBackgroundColor(background)
    settings.setDestinationCrs(crs)
    settings.setExtent(extent)
    settings.setOutputSize(QSize(1600, 1200))
    settings.setOutputDpi(150)
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    settings.setFlag(QgsMapSettings.DrawLabeling, labels)
    if day is not None:
        settings.setIsTemporal(True)
        settings.setTemporalRange(QgsDateTimeRange(day, day.addDays(1), True, False))
    context = QgsProject.instance().createExpressionContext()
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage(), [error.message for error in job.errors()]


def share(image, color, reach=3):
    """The part of an image that has a colour, within so many levels of each channel."""
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    data = bytes(bits)
    wanted = (color.blue(), color.green(), color.red())
    pixels = range(0, len(data), 4 * 7)
    hits = sum(all(abs(data[i + c] - wanted[c]) <= reach for c in range(3)) for i in pixels)
    return hits / len(pixels)


def over(color, ground):
    """A translucent colour as it looks on a ground."""
    mixed = type(color)(color)
    alpha = color.alphaF()
    for part in ("red", "green", "blue"):
        value = getattr(color, part)() * alpha + getattr(ground, part)() * (1 - alpha)
        getattr(mixed, "set" + part.capitalize())(round(value))
    mixed.setAlpha(255)
    return mixed


def of_project(folder, pictures):
    project = QgsProject.instance()
    if not project.read(str(folder / "khatt.qgs")):
        yield "khatt.qgs does not open"
        return
    layers = {layer.id().removeprefix("khatt_"): layer for layer in project.mapLayers().values()}
    for name, layer in layers.items():
        if not layer.isValid() or not layer.featureCount() and name != "pockets":
            yield f"{name} does not load or is empty"
        if not Path(layer.source().split("|")[0]).samefile(folder / "khatt.gpkg"):
            yield f"{name} is not in khatt.gpkg of the same folder"
    for name in DATED:
        if not layers[name].temporalProperties().isActive():
            yield f"{name} has no days for the temporal controller"
    relations = project.relationManager().relations()
    if len(relations) != 2 or not all(relation.isValid() for relation in relations.values()):
        yield f"relations: {sorted(relations)}"
    else:
        of_place = relations["evidence_of_place"]
        bare = [f["id"] for f in layers["places"].getFeatures() if not any(of_place.getRelatedFeatures(f))]
        if bare:
            yield f"no evidence behind {bare[:5]}"
    span = project.timeSettings().temporalRange()
    if not span.begin().isValid() or not span.end().isValid():
        yield "the project has no days"
        return
    view = project.viewSettings().defaultViewExtent()
    extent = QgsCoordinateTransform(view.crs(), project.crs(), project).transformBoundingBox(view)
    root = project.layerTreeRoot()
    shown = [layer for layer in root.layerOrder() if layer.isSpatial() and root.findLayer(layer.id()).isVisible()]
    days = {"first": span.begin(), "last": span.end().addDays(-1), "all": None}
    images = {}
    for name, day in days.items():
        images[name], errors = draw(shown, extent, project.crs(), project.backgroundColor(), day)
        images[name].save(str(pictures / f"qgis-{name}.png"))
        yield from errors
    # Labels may find another place each time.
    bare = {
        name: draw(shown, extent, project.crs(), project.backgroundColor(), day, labels=False)[0]
        for name, day in days.items()
    }
    if bare["first"] == bare["last"]:
        yield "the temporal controller changes nothing"
    if bare["all"] != bare["last"]:
        yield "without the temporal controller it is not the newest map that is shown"
    abroad = layers["base_countries"].renderer().symbol().symbolLayer(0).fillColor()
    grounds = [project.backgroundColor(), abroad]
    for category in layers["zones"].renderer().categories():
        if category.value() == "contested":
            continue
        fill = category.symbol().symbolLayer(0).fillColor()
        colors = [over(fill, ground) for ground in grounds]
        if max(share(image, color) for image in bare.values() for color in colors) < 0.001:
            yield f"the colour of {category.value()} is not to be seen"


def of_layers(folder):
    """Each layer of the GeoPackage and each file, opened alone."""
    project = QgsProject.instance()
    for name in DATED:
        layer = QgsVectorLayer(f"{folder / 'khatt.gpkg'}|layername={name}", name, "ogr")
        # As the window does; the layer alone takes the style and switches its days off again.
        layer.loadDefaultStyle()
        if layer.renderer().type() != "categorizedSymbol":
            yield f"{name} of khatt.gpkg opens without its style"
        elif not layer.temporalProperties().isActive():
            yield f"{name} of khatt.gpkg opens without its days"
    for path in sorted(folder.glob("*.geojson")):
        layer = QgsVectorLayer(str(path), path.stem, "ogr")
        if not layer.featureCount():
            continue
        if layer.renderer().type() != "categorizedSymbol":
            yield f"{path.name} opens without its style"
            continue
        extent = layer.extent().buffered(0.01)
        image, errors = draw([layer], extent, layer.crs(), project.backgroundColor())
        yield from errors
        if share(image, project.backgroundColor(), 0) > 0.9999:
            yield f"{path.name} is blank"


def main():
    folder, pictures = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    application = QgsApplication([], False)
    application.initQgis()
    found = [*of_project(folder, pictures), *of_layers(folder)]
    print("\n".join(found) if found else f"QGIS {Qgis.QGIS_VERSION}: project, styles and days hold; pictures in {pictures}", flush=True)
    # QGIS may crash while it tidies up; the judgement is made.
    os._exit(bool(found))


if __name__ == "__main__":
    main()
