"""The PNG, SVG and PDF of a map are one picture, their words can be read, and the PNG lies right.

usage: pictures_agree.py DIR NAME WORK

DIR holds NAME.png, NAME.svg and NAME.pdf, and for the map of a single day, whose name is its date, DATE.geojson. Chromium draws the SVG, poppler the PDF, both at the size of
the PNG. Pictures are compared after a slight blur, since each program smooths edges in its own way. WORK receives the
pictures drawn and, where two differ, the difference.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

import numpy
from PIL import Image, ImageChops, ImageFilter

# Of 255, after the blur: mean of all pixels, and the share of pixels that differ by more than 32.
# A name of a town that is missing is some 0.07 % of the pixels.
MOST_MEAN = 2.0
MOST_FAR = 0.0005


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def draw_svg(svg, size, target):
    width, height = size
    page = target.with_suffix(".html")
    page.write_text(f'<body style="margin:0"><img src="{svg.resolve()}" width="{width}" height="{height}">')
    with tempfile.TemporaryDirectory() as profile:
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files",
            f"--user-data-dir={profile}", f"--window-size={width},{height}", f"--screenshot={target}", page.resolve().as_uri())


def draw_pdf(pdf, size, target):
    # poppler moves letters to whole pixels, so it draws larger ones, which are then reduced.
    run("pdftoppm", "-png", "-singlefile", "-scale-to-x", str(3 * size[0]), "-scale-to-y", str(3 * size[1]),
        str(pdf), str(target.with_suffix("")))
    Image.open(target).reduce(3).save(target)


def compare(name, wanted, got, work):
    if got.size != wanted.size:
        return [f"{name}: {got.size} pixels instead of {wanted.size}"]
    blurred = [picture.filter(ImageFilter.GaussianBlur(1.5)) for picture in (wanted, got)]
    difference = ImageChops.difference(*blurred)
    worst = numpy.asarray(difference).max(axis=2)
    mean, far = worst.mean(), (worst > 32).mean()
    print(f"{name}: mean difference {mean:.2f} of 255, {far:.4%} of the pixels far off")
    if mean > MOST_MEAN or far > MOST_FAR:
        difference.point(lambda v: min(255, v * 4)).save(work / f"difference-{name}.png")
        return [f"{name} does not look like the PNG; see {work}/difference-{name}.png"]
    return []


def folded(text):
    """Without marks of direction and with plain spaces; the letters themselves as they are."""
    kept = (c for c in text if unicodedata.category(c) != "Cf")
    return re.sub(r"\s+", " ", "".join(kept))


def check_words(folder, date):
    """Every Arabic line of the SVG can be found in the PDF, letter for letter in logical order.

    Slanted ones apart, such as the name of a river: poppler cuts them where the baseline steps.
    """
    svg = (folder / f"{date}.svg").read_text(encoding="utf-8")
    texts = re.findall(r"<text([^>]*)>([^<]*)</text>", svg)
    lines = {folded(line) for attributes, line in texts if "rotate(" not in attributes}
    arabic = {line for line in lines if line and all("\u0600" <= c <= "\u06ff" or c == " " for c in line)}
    pdf = folded(run("pdftotext", str(folder / f"{date}.pdf"), "-"))
    missing = sorted(line for line in arabic if line not in pdf)
    print(f"words: {len(arabic) - len(missing)} of {len(arabic)} Arabic lines read from the PDF in logical order")
    return [f"not in the text of the PDF: {line}" for line in missing]


def check_place(folder, date, png):
    """Where the world file puts a town, the PNG has its symbol in its colour."""
    from osgeo import gdal, osr
    gdal.UseExceptions()
    osr.UseExceptions()
    source = gdal.Open(str(folder / f"{date}.png"))
    degrees = osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    into = osr.CoordinateTransformation(degrees, source.GetSpatialRef())
    inverse = gdal.InvGeoTransform(source.GetGeoTransform())
    plain = osr.SpatialReference()
    plain.ImportFromESRI([(folder / f"{date}.prj").read_text()])
    assert plain.IsSame(source.GetSpatialRef()), "the .prj and the .aux.xml differ"
    seen, wrong = 0, []
    for place in json.loads((folder / f"{date}.geojson").read_text())["features"]:
        attributes = place["properties"]
        if attributes["status"] != "held" or attributes["stale"] or attributes["kind"] != "town":
            continue
        x, y, _ = into.TransformPoint(*place["geometry"]["coordinates"])
        column, row = (int(v) for v in gdal.ApplyGeoTransform(inverse, x, y))
        if not (0 <= column < png.width and 0 <= row < png.height):
            continue
        color = attributes["marker-color"].lstrip("#")
        wanted = tuple(int(color[i:i + 2], 16) for i in (0, 2, 4))
        got = png.getpixel((column, row))
        seen += 1
        if max(abs(a - b) for a, b in zip(wanted, got)) > 40:
            wrong.append(f"{attributes['name_en']}: {got} at {column},{row} instead of {wanted}")
    print(f"place: {seen} towns looked up through the world file, {len(wrong)} not under their symbol")
    return wrong if seen else ["no town to look up"]


def main():
    folder, date, work = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    work.mkdir(parents=True, exist_ok=True)
    png = Image.open(folder / f"{date}.png").convert("RGB")
    faults = []
    for name, drawer in (("svg", draw_svg), ("pdf", draw_pdf)):
        target = (work / f"{name}.png").resolve()
        drawer(folder / f"{date}.{name}", png.size, target)
        faults += compare(name, png, Image.open(target).convert("RGB"), work)
    faults += check_words(folder, date)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        faults += check_place(folder, date, png)
    for fault in faults:
        print("FAULT:", fault)
    sys.exit(bool(faults))


main()
