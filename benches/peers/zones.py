"""Places to zones with scipy and shapely, for the same places as `cargo bench --bench front`.

    pip install numpy scipy shapely
    cargo bench --bench front
    python benches/peers/zones.py

Voronoi cells of the places, none further than 8 km from its place, joined by holder. khatt does more
in its time: it cuts the cells at the river, measures along the ground, smooths borders together, makes
front lines and checks that nothing overlaps.
"""

import time

import numpy
import shapely
from scipy.spatial import Voronoi

REACH_DEG = 8.0 / 111.2
MASK = (1 << 64) - 1


def sites(count: int, clustered: bool):
    """The places of the bench: Knuth's MMIX from 1."""
    state = 1

    def random() -> float:
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        return (state >> 11) / (1 << 53)

    points, holders = [], []
    for _ in range(count):
        x, y = 40 + 2 * random(), 34 + 2 * random()
        holders.append((int(x * 5) + int(y * 5)) % 3 if clustered else int(random() * 3))
        points.append((x, y))
    return numpy.array(points), numpy.array(holders)


def zones(points, holders):
    # Far points close the outer cells.
    frame = numpy.array([(30.0, 25.0), (52.0, 25.0), (30.0, 45.0), (52.0, 45.0)])
    diagram = Voronoi(numpy.vstack([points, frame]))
    rings = [diagram.vertices[diagram.regions[diagram.point_region[i]]] for i in range(len(points))]
    cells = shapely.polygons([shapely.linearrings(ring) for ring in rings])
    cells = shapely.intersection(cells, shapely.buffer(shapely.points(points), REACH_DEG, quad_segs=16))
    cells = shapely.intersection(cells, shapely.box(40, 34, 42, 36))
    return [shapely.union_all(cells[holders == holder]) for holder in range(3)]


def main() -> None:
    for clustered in [True, False]:
        for count in [1_000, 10_000, 30_000]:
            points, holders = sites(count, clustered)
            times = []
            for _ in range(3):
                start = time.process_time()
                zones(points, holders)
                times.append(time.process_time() - start)
            kind = "in blocks" if clustered else "mixed"
            print(f"{count:7} places, {kind:9} {min(times):8.3f} s")


if __name__ == "__main__":
    main()
