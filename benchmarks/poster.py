"""The local map on the wall: what covers what, and how long it takes, beside a naive plot."""

import json
import math
import os
import time
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from benchmarks.figures import Figure
from exchange.paper.fonts import width_pt
from exchange.poster.layouts import Layout, arranged
from exchange.poster.names import Name
from exchange.poster.outcomes import TooMuchError
from exchange.poster.overlaps import count_overlaps, count_pairs, polygon_of
from exchange.poster.pages import write_layout
from exchange.poster.pictures import write_png
from exchange.poster.sheet import Entry, Ground, Heading, Paper, Poster, Relay
from exchange.streets import read_streets, split_name
from geo.crs import LAMBERT_2008, WGS_84
from geo.errors import N_, BadInputError

COUNTS: Final = (20, 60, 150, 400)
CLEAN: Final = (60, 150)
"""So many actors on an A3 must cover nothing: issue 7."""
PREVIEW_S: Final = 2
FINAL_S: Final[Mapping[Paper, int]] = {"A3": 10, "A0": 30}
AROUND_M: Final = 40.0
NAME_PT: Final = 7.0
LOOKS: Final = {
    "care": ("#c1224f", "circle", "Santé", "Gezondheid"),
    "culture": ("#7e2f5e", "octagon", "Culture", "Cultuur"),
    "school": ("#956d00", "house", "Écoles", "Scholen"),
    "social": ("#2079a4", "square", "Aide sociale", "Sociale hulp"),
    "other": ("#75716f", "diamond", "Autres", "Andere"),
}
KINDS: Final = {
    "pharmacy": "care", "clinic": "care", "doctors": "care", "hospital": "care", "dentist": "care",
    "school": "school", "kindergarten": "school", "college": "school", "library": "culture",
    "theatre": "culture", "arts_centre": "culture", "social_facility": "social",
    "community_centre": "social",
}  # fmt: skip


def figures() -> Iterator[Figure]:
    """Measure 20, 60, 150 and 400 actors of the Marolles and around on an A3 and an A0."""
    for count in COUNTS:
        poster = marolles(count)
        for paper in FINAL_S:
            yield from _of_one(poster, count, paper)


def _of_one(poster: Poster, count: int, paper: Paper) -> Iterator[Figure]:
    what = f"{count} actors, {paper}"
    start = time.perf_counter()
    try:
        layout = arranged(poster, paper, "landscape", pages=0)
    except TooMuchError as error:
        took = time.perf_counter() - start
        yield Figure(figure=f"{what}: told that it does not fit", value=took, unit="s")
        helps = float(len(error.helps))
        yield Figure(figure=f"{what}: ways offered that fit", value=helps, unit="", goal=">= 1")
        return
    pdf = write_layout(layout)
    final = time.perf_counter() - start
    write_png(pdf)
    preview = time.perf_counter() - start
    found = count_overlaps(layout.plan)
    peer_s, peer_overlaps = _peer(layout)
    peer = "matplotlib, each label at its place; the plan alone"
    goal = "<= 0" if paper == "A3" and count in CLEAN else ""
    yield Figure(
        figure=f"{what}: overlaps", value=found.covering, unit="", goal=goal, peer=peer,
        peer_value=peer_overlaps,
    )  # fmt: skip
    yield Figure(figure=f"{what}: leaders that cross another", value=found.leader_leaders, unit="")
    yield Figure(
        figure=f"{what}: PDF of {layout.pages} page(s) at 1:{layout.plan.scale}", value=final,
        unit="s", goal=f"<= {FINAL_S[paper]}", peer=peer, peer_value=peer_s,
    )  # fmt: skip
    goal = f"<= {PREVIEW_S}" if paper == "A3" else ""
    yield Figure(figure=f"{what}: preview", value=preview, unit="s", goal=goal)


def _peer(layout: Layout) -> tuple[float | None, float | None]:
    """Plot the same plan with matplotlib as one would at first, and count with our own polygons.

    Each sign stands on its door, each name in the middle of the longest piece of its street. The
    directory is not set, so its time is of the plan alone.
    """
    try:
        from matplotlib.figure import Figure as Plot  # noqa: PLC0415 - only where it is installed
    except ImportError:
        return None, None
    plan = layout.plan
    start = time.perf_counter()
    plot = Plot(figsize=(layout.board.width / 72, layout.board.height / 72))
    axes = plot.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0, layout.board.width)
    axes.set_ylim(0, layout.board.height)
    for street in plan.land.streets:
        for part in shapely.get_parts(street.line):
            if part.geom_type == "LineString":
                axes.plot(*shapely.get_coordinates(part).T, color="#cccccc", lw=3)
    names = _in_the_middle(layout)
    for name in names:
        axes.text(name.x, name.y, name.lines[0], fontsize=name.size_pt,
                  rotation=float(np.degrees(name.angle)), ha="center", va="center")  # fmt: skip
    axes.scatter(plan.doors[:, 0], plan.doors[:, 1], s=plan.side**2)
    for sign, (x, y) in zip(plan.signs, plan.doors.tolist(), strict=True):
        text = ", ".join(str(chip.number) for chip in sign.chips)
        axes.text(x, y, text, fontsize=7, ha="center", va="center")
    plot.savefig(BytesIO(), format="pdf")
    took = time.perf_counter() - start
    half = plan.placed.boxes[:, 2:4].tolist()
    signs = [
        shapely.box(x - wide, y - high, x + wide, y + high)
        for (x, y), (wide, high) in zip(plan.doors.tolist(), half, strict=True)
    ]
    return took, float(count_pairs([*signs, *(polygon_of(name) for name in names)]))


def _in_the_middle(layout: Layout) -> list[Name]:
    """Lay as many names as our plan has in the middle of their streets, the longest streets."""
    parts: dict[str, shapely.LineString] = {}
    for street in layout.plan.land.streets:
        text = next((name for name in street.names if name), "")
        for part in shapely.get_parts(street.line):
            longer = text not in parts or part.length > parts[text].length
            if text and part.geom_type == "LineString" and longer:
                parts[text] = part
    chosen = sorted(parts.items(), key=lambda each: -each[1].length)[: len(layout.plan.names)]
    found = []
    for text, part in chosen:
        middle = part.interpolate(0.5, normalized=True)
        here, there = (part.interpolate(share, normalized=True) for share in (0.45, 0.55))
        turn = math.atan2(there.y - here.y, there.x - here.x)
        turn = (turn + math.pi / 2) % math.pi - math.pi / 2
        size = 7.0
        found.append(
            Name(
                (text,), middle.x, middle.y, turn, width_pt(text, "regular", size), size, "regular"
            )
        )
    return found


def marolles(count: int) -> Poster:
    """Make a poster of so many real places of the Marolles and, where they are too few, around."""
    area, places, ground = _data()
    middle = area.centroid
    off = places.distance(middle).where(~places.within(area), 0.0)
    chosen = places.assign(off=off, far=places.distance(middle)).sort_values(["off", "far"])
    chosen = chosen.head(count)
    hull: Any = chosen.geometry.union_all().convex_hull.buffer(AROUND_M)
    shown = area if chosen.within(area).all() else hull
    chosen = chosen.assign(kind=chosen["amenity"].map(KINDS).fillna("other"))
    chosen = chosen.assign(place=chosen["kind"].map(list(LOOKS).index))
    chosen = chosen.sort_values(["place", "name"]).to_crs(WGS_84)
    entries = tuple(_entry(n, row) for n, row in enumerate(chosen.itertuples(), 1))
    used = {entry.heading for entry in entries}
    degrees = gpd.GeoSeries([shown], crs=LAMBERT_2008).to_crs(WGS_84)[0]
    return Poster(
        titles=("Les Marolles", "De Marollen"), languages=("fr", "nl"), area=degrees,
        entries=entries, ground=ground, makers="Relais Marolles",
        headings=tuple(
            Heading(key=key, names=(fr, nl), colour=colour, shape=shape)
            for key, (colour, shape, fr, nl) in LOOKS.items()
            if key in used
        ),
        relay=Relay(names=("Relais Marolles", "Relais Marollen"), phones=("+32 2 511 22 33",)),
        qr="https://plein.example/plan/marolles", edition=("27/11/2026", "27/11/2026"),
        sources="© OpenStreetMap (ODbL)",
    )  # fmt: skip


def _entry(number: int, row: Any) -> Entry:
    fr, nl = split_name(str(row.name))
    x, y = row.geometry.x, row.geometry.y
    hours = (str(row.opening_hours),) if isinstance(row.opening_hours, str) else ()
    phone = (str(row.phone),) if isinstance(row.phone, str) else ()
    return Entry(
        number=number, names=(fr, nl), heading=row.kind, lon=x, lat=y, house=f"{x:.5f},{y:.5f}",
        phones=phone, hours=(hours, hours),
    )  # fmt: skip


@cache
def _data() -> tuple[Any, gpd.GeoDataFrame, Ground]:
    folder = Path(os.environ.get("PLEIN_DATA", ""))
    try:
        districts = gpd.read_file(folder / "urbis_monitoring_districts.gpkg").to_crs(LAMBERT_2008)
        told = json.loads((folder / "osm_brussels_places.geojson").read_text(encoding="utf-8"))
    except (OSError, RuntimeError) as error:
        raise BadInputError(
            N_("{path} could not be read: {reason}."), path=folder, reason=error
        ) from error
    area = districts[districts["NAME_FRE"].str.contains("MAROLLES", case=False)].geometry.iloc[0]
    places = gpd.GeoDataFrame.from_features(told["features"], crs=WGS_84).to_crs(LAMBERT_2008)
    places = places[places["name"].notna()]
    for column in ("phone", "opening_hours", "amenity"):
        if column not in places:
            places[column] = None
    base = folder / "osm_brussels_base.gpkg"
    shapes = {
        layer: gpd.read_file(base, layer=layer).to_crs(WGS_84)
        for layer in ("park", "water", "rail", "tram", "subway")
    }
    streets = read_streets(folder / "osm_city_of_brussels_drive.graphml")
    return area, places, Ground(streets=streets, shapes=shapes)
