"""Places from OpenStreetMap: read from a file or fetched, and brought into the directory."""

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import geopandas as gpd
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from directory.actors import Actor, Status
from directory.clock import today
from directory.commands import Author, Commands, Origin
from directory.osm import (
    BELGIUM,
    SOURCE_NAME,
    Feature,
    actor_id,
    object_reference,
    read_place,
    stable_key,
    wanted_tags,
)
from directory.store import Kind, Store, upgrade
from exchange.settings import settings
from exchange.statbel import open_territory
from geo.errors import N_, BadInputError, PleinError

if TYPE_CHECKING:
    from geo.territory import Territory

AUTHOR = Author("OpenStreetMap", Origin.IMPORT)
_SHOWN = 20
_ID_KEYS = ("@id", "osm_id", "full_id")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not used, and why."""

    row: str
    why: str


@dataclass(frozen=True, slots=True)
class Features:
    """What a file or OpenStreetMap gave, and the rows of it that could not be read."""

    features: tuple[Feature, ...]
    rejected: tuple[Rejected, ...] = ()


@dataclass(slots=True)
class Report:
    """What an import did.

    `unmapped` counts by main tag and reason; `kept` were changed by a person since the last
    import and are left as they are; `gone` are the actors of an earlier import, in the area of
    this one, that it no longer holds: nothing is deleted. `dropped` counts details, a phone
    number say, that could not be read.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    categories: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    gone: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Tell it, one line a fact."""
        yield f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged"
        for category, count in self.categories.most_common():
            yield f"  {count:5} {category}"
        yield f"{self.unmapped.total()} have no place in the vocabulary"
        for (tag, why), count in self.unmapped.most_common():
            yield f"  {count:5} {tag}: {why}"
        for what, count in sorted(self.dropped.items()):
            yield f"  {count:5} {what} could not be read and were left out"
        yield from _listed("rejected", [f"{one.row}: {one.why}" for one in self.rejected])
        yield from _listed("kept, because a person changed them", self.kept)
        yield from _listed("no longer there; look at them", self.gone)


def _listed(what: str, rows: list[str]) -> Iterator[str]:
    if rows:
        yield f"{len(rows)} {what}"
        yield from (f"        {row}" for row in islice(rows, _SHOWN))


def read_features(path: Path) -> Features:
    """Read a GeoJSON FeatureCollection of OpenStreetMap features, EPSG:4326.

    A feature that is an area or a line counts by a point in it.

    Raises:
        BadInputError: no such file, not JSON, no FeatureCollection, or nothing of it in Belgium.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadInputError(
            N_("{path} is no GeoJSON that can be read: {reason}. Export it again."),
            path=path.name,
            reason=str(error)[:200],
        ) from error
    rows = found.get("features") if isinstance(found, dict) else None
    if not isinstance(rows, list) or found.get("type") != "FeatureCollection":
        raise BadInputError(
            N_("Expected a GeoJSON FeatureCollection in {path}, found something else."),
            path=path.name,
        )
    return _checked(rows, path.name)


def _checked(rows: Iterable[object], name: str) -> Features:
    features, rejected = [], []
    for number, row in enumerate(rows, start=1):
        try:
            features.append(_feature(row))
        except BadInputError as error:
            rejected.append(Rejected(f"feature {number}", str(error)))
    west, south, east, north = BELGIUM
    inside = any(west <= one.lon <= east and south <= one.lat <= north for one in features)
    if features and not inside:
        raise BadInputError(
            N_(
                "Nothing in {name} lies in Belgium: the first feature is at {lon}, {lat}. "
                "Expected longitude, then latitude, in degrees (EPSG:4326)."
            ),
            name=name,
            lon=features[0].lon,
            lat=features[0].lat,
        )
    return Features(tuple(features), tuple(rejected))


def _feature(row: object) -> Feature:
    properties = row.get("properties") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(properties, dict):
        raise BadInputError(N_("it is no GeoJSON feature with properties"))
    lon, lat = _point(row.get("geometry"))
    inner = properties.get("tags")
    tags = inner if isinstance(inner, dict) else properties
    return Feature(
        tags={key: str(value) for key, value in tags.items() if type(value) in (str, int)},
        lon=lon,
        lat=lat,
        reference=_reference(row, properties),
    )


def _point(geometry: object) -> tuple[float, float]:
    if not isinstance(geometry, dict):
        raise BadInputError(N_("it has no geometry"))
    try:
        if geometry.get("type") == "Point":
            lon, lat = (float(value) for value in geometry["coordinates"][:2])
        else:
            point = shape(geometry).representative_point()
            lon, lat = point.x, point.y
    except (LookupError, ValueError, TypeError, AttributeError, ShapelyError) as error:
        raise BadInputError(N_("its geometry cannot be read")) from error
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise BadInputError(N_("its coordinates are no numbers"))
    return lon, lat


def _reference(row: Mapping[str, Any], properties: Mapping[str, Any]) -> str:
    kind = properties.get("element") or properties.get("type")
    number = properties.get("osmid") or properties.get("id")
    candidates = (
        row.get("id"),
        *(properties.get(key) for key in _ID_KEYS),
        f"{kind}/{number}",
        number,
    )
    return next(filter(None, map(object_reference, candidates)), "")


def fetch_features(territory: "Territory", *, offline: bool) -> Features:
    """Ask OpenStreetMap, through osmnx, for the places of a territory.

    Raises:
        BadInputError: the installation is offline, or OpenStreetMap did not answer.
    """
    if offline:
        raise BadInputError(
            N_("PLEIN_OFFLINE is set, so nobody is asked. Give the path of a file instead.")
        )
    import osmnx  # noqa: PLC0415 - slow to import, and only this command needs it

    outline = gpd.GeoSeries([territory.outline(territory.codes)], crs=territory.sectors.crs)
    osmnx.settings.use_cache = False
    asked: dict[str, bool | str | list[str]] = dict(wanted_tags())
    try:
        frame = osmnx.features_from_polygon(outline.to_crs(4326).iloc[0], asked)
    except Exception as error:
        raise BadInputError(
            N_("OpenStreetMap did not answer: {reason}. Try again later, or give a file."),
            reason=str(error)[:200],
        ) from error
    return _checked(_rows(frame), "OpenStreetMap")


def _rows(frame: gpd.GeoDataFrame) -> Iterator[dict[str, Any]]:
    columns = [column for column in frame.columns if column != "geometry"]
    for (element, number), *values, geometry in zip(
        frame.index, *(frame[column] for column in columns), frame.geometry, strict=True
    ):
        yield {
            "id": f"{element}/{number}",
            "properties": dict(zip(columns, values, strict=True)),
            "geometry": shapely.geometry.mapping(geometry),
        }


def import_places(commands: Commands, store: Store, found: Features, *, today: date) -> Report:
    """Bring features into the directory: once is enough, again changes nothing.

    An actor is found again by its reference, and one imported from a file without ids also by
    its stable key, so that a later import with ids takes it over.
    """
    report = Report(rejected=list(found.rejected))
    earlier = _earlier(store)
    met: set[str] = set()
    wanted: list[Actor] = []
    for actor, key in _actors(found.features, report, today):
        old = earlier.get(actor.source.reference) or earlier.get(key)
        if old is not None and old.id in met:
            old = None
        met.add(old.id if old else actor.id)
        if old is None:
            wanted.append(actor)
            report.new += 1
            continue
        same_day = actor.source.model_copy(update={"read_on": old.source.read_on})
        ours = {"secret_place": old.secret_place, "do_not_contact": old.do_not_contact}
        update = {"id": old.id, "version": old.version, "source": same_day} | ours
        if actor.model_copy(update=update) == old:
            report.unchanged += 1
        elif store.history(Kind.ACTOR, old.id)[-1].origin != Origin.IMPORT:
            report.kept.append(old.id)
        else:
            wanted.append(actor.model_copy(update=update | {"source": actor.source}))
            report.changed += 1
    _save(commands, wanted, report)
    area = _area(found.features)
    report.gone = sorted(
        old.id for old in earlier.values() if old.id not in met and _lies_in(old, area)
    )
    return report


def _earlier(store: Store) -> dict[str, Actor]:
    actors = store.directory().actors.values()
    return {a.source.reference: a for a in actors if a.source.name == SOURCE_NAME}


def _actors(
    features: Iterable[Feature], report: Report, today: date
) -> Iterator[tuple[Actor, str]]:
    twins: Counter[str] = Counter()
    given: set[str] = set()
    for feature in features:
        twins[stable_key(feature)] += 1
        key = stable_key(feature, twins[stable_key(feature)])
        reference = feature.reference or key
        reading = read_place(replace(feature, reference=reference), read_on=today)
        row = f"{reading.tag} {feature.tags.get('name', '')[:60]!r}"
        if reading.unmapped:
            report.unmapped[reading.tag, reading.unmapped] += 1
        elif reading.actor is None:
            report.rejected.append(Rejected(row, reading.refused))
        elif actor_id(reference) in given:
            report.rejected.append(Rejected(row, f"{reference} was given twice"))
        else:
            given.add(reading.actor.id)
            report.categories.update(reading.actor.categories)
            report.dropped.update(reading.dropped)
            yield reading.actor, key


def _save(commands: Commands, wanted: list[Actor], report: Report) -> None:
    """Save all at once; where one is refused, one by one, so that it keeps nobody else out."""
    batch = f"osm-{uuid4().hex}"
    try:
        commands.save(wanted, by=AUTHOR, batch=batch)
    except BadInputError:
        for actor in wanted:
            try:
                commands.save([actor], by=AUTHOR, batch=batch)
            except BadInputError as error:
                report.rejected.append(Rejected(actor.id, str(error)))
                report.new -= actor.version == 0
                report.changed -= actor.version > 0


def _area(features: Iterable[Feature]) -> tuple[float, float, float, float]:
    west, south, east, north = BELGIUM
    inside = [f for f in features if west <= f.lon <= east and south <= f.lat <= north]
    if not inside:
        return math.inf, math.inf, -math.inf, -math.inf
    lon, lat = [f.lon for f in inside], [f.lat for f in inside]
    return min(lon), min(lat), max(lon), max(lat)


def _lies_in(actor: Actor, area: tuple[float, float, float, float]) -> bool:
    west, south, east, north = area
    points = [place.point for place in actor.places if place.point is not None]
    return actor.status is not Status.ARCHIVED and any(
        west <= point.lon <= east and south <= point.lat <= north for point in points
    )


def _run(given: argparse.Namespace) -> int:
    known = settings()
    if given.path is None and not given.online:
        raise PleinError(N_("Give the path of a GeoJSON file, or --online."))
    if given.path is not None:
        found = read_features(given.path)
    else:
        territory = open_territory(known.home, known.register)
        found = fetch_features(territory, offline=known.offline)
    upgrade(known.database_url)
    store = Store(known.database_url)
    try:
        report = import_places(Commands(store), store, found, today=today())
    finally:
        store.close()
    for line in report.lines():
        print(line)  # noqa: T201 - a command
    return 0


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `osm`."""
    osm = commands.add_parser("osm", help="import places from OpenStreetMap")
    osm.add_argument("path", nargs="?", type=Path, help="a GeoJSON of OpenStreetMap features")
    osm.add_argument("--online", action="store_true", help="ask OpenStreetMap for the territory")
    osm.set_defaults(run=_run)
