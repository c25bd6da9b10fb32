#!/usr/bin/env python3
"""The same 300 areas and 300 names in two languages, drawn by khatt, mapnik, matplotlib and geopandas.

    cargo bench --bench picture -- --dump places.json
    python3 benches/peers/maps.py places.json [folder for the pictures] [--must-draw]

Needs mapnik, matplotlib and geopandas (PyPI); what is missing is left out and said, or an error with
--must-draw.
Each draws 2000 x 1500 pixels from data in memory to an encoded PNG, five times; the best counts.
Mapnik may set its names where it likes; none may be left out, so overlapping is allowed.
"""

import io
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

WIDTH, HEIGHT = 2000, 1500
ROUNDS = 5
FONTS = Path(__file__).resolve().parents[2] / "data" / "fonts"


def best(draw):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        picture = draw()
        times.append((time.perf_counter() - start) * 1000)
    return min(times), picture


def by_khatt():
    # BENCH names the built program, where cargo is to be left alone.
    command = [os.environ["BENCH"]] if "BENCH" in os.environ else ["cargo", "bench", "--bench", "picture"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"best (\d+) ms", said).group(1))


def by_mapnik(places):
    import mapnik

    mapnik.register_fonts(str(FONTS))
    font = next(name for name in mapnik.FontEngine.face_names() if name == "Vazirmatn Regular")
    context = mapnik.Context()
    for key in ("en", "ar", "color"):
        context.push(key)
    areas = mapnik.MemoryDatasource()
    points = mapnik.MemoryDatasource()
    for index, place in enumerate(places):
        feature = mapnik.Feature(context, index + 1)
        corners = [(x, HEIGHT - y) for x, y in place["ring"]]
        corners.append(corners[0])
        ring = ",".join(f"{x} {y}" for x, y in corners)
        feature.geometry = mapnik.Geometry.from_wkt(f"POLYGON(({ring}))")
        feature["color"] = "#%02x%02x%02x" % tuple(place["color"])
        areas.add_feature(feature)
        feature = mapnik.Feature(context, index + 1)
        x, y = place["at"]
        feature.geometry = mapnik.Geometry.from_wkt(f"POINT({x} {HEIGHT - y})")
        feature["en"], feature["ar"] = place["en"], place["ar"]
        points.add_feature(feature)
    colors = sorted({"#%02x%02x%02x" % tuple(place["color"]) for place in places})
    rules = "".join(
        f"<Rule><Filter>[color] = '{color}'</Filter>"
        f"<PolygonSymbolizer fill='{color}' fill-opacity='0.4'/>"
        f"<LineSymbolizer stroke='{color}' stroke-opacity='0.85' stroke-width='2.2'/></Rule>"
        for color in colors
    )
    text = (
        f"face-name='{font}' fill='#1d2024' halo-fill='#fffdf8' halo-radius='2.8' size='18' "
        "allow-overlap='true'"
    )
    style = (
        f"<Map background-color='#ffffff'><Style name='areas'>{rules}</Style><Style name='names'><Rule>"
        f"<TextSymbolizer {text}>[ar]</TextSymbolizer>"
        f"<TextSymbolizer {text} dy='20'>[en]</TextSymbolizer>"
        "</Rule></Style></Map>"
    )
    board = mapnik.Map(WIDTH, HEIGHT)
    mapnik.load_map_from_string(board, style)
    for name, source in (("areas", areas), ("names", points)):
        layer = mapnik.Layer(name)
        layer.datasource = source
        layer.styles.append(name)
        board.layers.append(layer)
    board.zoom_to_box(mapnik.Box2d(0, 0, WIDTH, HEIGHT))

    def draw():
        image = mapnik.Image(WIDTH, HEIGHT)
        mapnik.render(board, image)
        # The package of PyPI names it in two words.
        encode = getattr(image, "to_string", None) or image.tostring
        return encode("png32:z=1")

    return best(draw)


def on_axes(places, draw_areas):
    """A picture by matplotlib: areas as `draw_areas` puts them on the axes, then the names."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import font_manager, patheffects, pyplot

    font = font_manager.FontProperties(fname=str(FONTS / "Vazirmatn-Regular.ttf"))
    halo = [patheffects.withStroke(linewidth=5.6 * 72 / 100, foreground="#fffdf8")]

    def draw():
        figure = pyplot.figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
        axes = figure.add_axes((0, 0, 1, 1))
        draw_areas(axes)
        axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        axes.set_axis_off()
        for place in places:
            x, y = place["at"]
            for text, below in ((place["ar"], 0), (place["en"], 20)):
                axes.text(x, y + below, text, ha="center", fontproperties=font, size=18 * 0.72, color="#1d2024", path_effects=halo)
        into = io.BytesIO()
        figure.savefig(into, format="png", pil_kwargs={"compress_level": 1})
        pyplot.close(figure)
        return into.getvalue()

    return best(draw)


def rgba(place, opacity):
    return (*(value / 255 for value in place["color"]), opacity)


def by_matplotlib(places):
    def areas(axes):
        for place in places:
            axes.fill(*zip(*place["ring"]), facecolor=rgba(place, 0.4), edgecolor=rgba(place, 0.85), linewidth=2.2 * 0.72)

    return on_axes(places, areas)


def by_geopandas(places):
    import geopandas
    from shapely.geometry import Polygon

    frame = geopandas.GeoSeries([Polygon(place["ring"]) for place in places])
    faces, edges = ([rgba(place, opacity) for place in places] for opacity in (0.4, 0.85))

    def areas(axes):
        frame.plot(ax=axes, facecolor=faces, edgecolor=edges, linewidth=2.2 * 0.72, aspect=None)

    return on_axes(places, areas)


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--must-draw"]
    places = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    folder = Path(arguments[1]) if len(arguments) > 1 else None
    missing = []
    ours = by_khatt()
    print(f"khatt       {ours:7.0f} ms")
    for name, draw in (("mapnik", by_mapnik), ("matplotlib", by_matplotlib), ("geopandas", by_geopandas)):
        try:
            took, picture = draw(places)
        except ImportError as problem:
            print(f"{name:11} left out: {problem}")
            missing.append(name)
            continue
        if not is_picture(picture):
            missing.append(name)
        print(f"{name:11} {took:7.0f} ms   {took / ours:.1f} times as long")
        if folder:
            (folder / f"{name}.png").write_bytes(picture)
    if missing and "--must-draw" in sys.argv:
        sys.exit(f"no picture by {', '.join(missing)}")


def is_picture(data):
    """A PNG of the size asked for that is more than blank paper."""
    size = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    return data[:8] == b"\x89PNG\r\n\x1a\n" and tuple(size) == (WIDTH, HEIGHT) and len(data) > 50_000


if __name__ == "__main__":
    main()
