"""Statistical sectors as published, whatever the year: one frame of ours, checked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from geo.crs import LAMBERT_72, METRIC, convert, require_crs
from geo.errors import N_, BadInputError
from geo.names import display_name

CODE = re.compile(r"[0-9]{5}[0-9A-Z_=+*-]{4}")
"""A sector code: municipality (REFNIS), part, number and a trailing sign: nine characters."""
BELGIUM_M = (14_000.0, 15_000.0, 302_000.0, 250_000.0)
"""Extent of Belgium in EPSG:31370, with some kilometres to spare (IGN, Lambert 72)."""
OVERLAP_MAX_M2 = 50.0
"""Two sectors may overlap this much: slivers of digitising, far below the smallest sector
(1.1 ha in Brussels). The official file of 2022 has none at all."""
REPAIR_MAX_SHARE = 0.001
"""A geometry is repaired where that moves at most this share of its area."""
_SHOWN = 5

_EXACT = {
    "code": ("cd_sector", "cd_stat_sector", "cd_refnis_sector", "niscode", "code"),
    "name_fr": ("tx_sector_descr_fr", "t_sec_fr", "sec_fr", "sector_fr", "namefre", "name_fre"),
    "name_nl": ("tx_sector_descr_nl", "t_sec_nl", "sec_nl", "sector_nl", "namedut", "name_dut"),
    "municipality": ("cd_munty_refnis", "cd_munty_r", "cd_refnis", "munniscode", "refnis"),
    "municipality_fr": ("tx_munty_descr_fr", "t_mun_fr", "mun_fr", "commune", "munnamefre"),
    "municipality_nl": ("tx_munty_descr_nl", "t_mun_nl", "mun_nl", "gemeente", "munnamedut"),
}
_YEARLY = {"code": r"cs[0-9]{6,8}", "municipality": r"(?:nis_|cnis5_)[0-9]{4,8}"}
_CUT = {"name": r"tx_sect[a-z0-9_]{1,3}", "municipality": r"tx_munt[a-z0-9_]{1,3}"}
"""Shapefiles cut names at ten characters: the languages are told apart by their order."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What a file has that the register has not (`new`), and the other way (`gone`)."""

    new: tuple[str, ...]
    gone: tuple[str, ...]


def columns_of(names: Iterable[str]) -> dict[str, str]:
    """Find which published column holds what, in any release since 2011.

    Returns:
        our name → theirs; what is not there is absent.

    >>> columns_of(["Cs012011", "Nis_012011", "CS102001", "Sector_nl", "Gemeente"])["code"]
    'Cs012011'
    """
    by_lower = {name.lower(): name for name in names}
    found: dict[str, str] = {}
    for ours, theirs in _EXACT.items():
        known = next((name for name in theirs if name in by_lower), None)
        if known is None and ours in _YEARLY:
            known = _latest(by_lower, _YEARLY[ours])
        if known is not None:
            found[ours] = by_lower[known]
    for ours, pattern in _CUT.items():
        cut = [name for name in by_lower if re.fullmatch(pattern, name)]
        first = 1 if ours == "municipality" and len(cut) > 3 else 0  # noqa: PLR2004 - nl, fr, de
        for language, name in zip(("nl", "fr"), cut[first:], strict=False):
            found.setdefault(f"{ours}_{language}", by_lower[name])
    return found


def _latest(names: Iterable[str], pattern: str) -> str | None:
    dated = [name for name in names if re.fullmatch(pattern, name)]
    return max(dated, key=lambda name: name[-4:], default=None)


def normalise(frame: gpd.GeoDataFrame, *, municipalities: Sequence[str] = ()) -> gpd.GeoDataFrame:
    """Check a published frame and bring it into ours.

    `municipalities` are the REFNIS codes to keep; none keeps all.

    Returns:
        index `code`, sorted; columns name_fr, name_nl, municipality, municipality_fr,
        municipality_nl (text, empty where not published), area_ha, geometry; EPSG:31370.

    Raises:
        CrsError: no reference system, or neither of the two Statbel uses.
        BadInputError: what is wrong with the codes or the geometry, and where.
    """
    if frame.empty:
        raise BadInputError(N_("Expected statistical sectors, found an empty layer."))
    given = columns_of(str(name) for name in frame.columns if name != frame.geometry.name)
    if "code" not in given:
        raise BadInputError(
            N_("Expected a column of sector codes such as cd_sector, found {columns}."),
            columns=", ".join(str(name)[:40] for name in frame.columns[:12]),
        )
    require_crs(frame, allowed=METRIC)
    ours = _texts(frame, given)
    _check_codes(ours["code"])
    wanted = set(municipalities)
    if wanted:
        kept = ours["municipality"].isin(wanted).to_numpy()
        if not kept.any():
            raise BadInputError(
                N_("The file has {n} sectors, none in the municipalities of this installation."),
                n=len(ours),
            )
        ours, frame = ours[kept], frame[kept]
    lambert = convert(gpd.GeoDataFrame(geometry=frame.geometry), to=LAMBERT_72)
    geometry = _checked(ours["code"], gpd.GeoSeries(lambert.geometry))
    ours["area_ha"] = geometry.area / 10_000
    for name in ("name_fr", "name_nl", "municipality_fr", "municipality_nl"):
        ours[name] = [display_name(text) for text in ours[name]]
    table = gpd.GeoDataFrame(ours, geometry=geometry, crs=LAMBERT_72)
    return table.set_index("code").sort_index()


def _texts(frame: gpd.GeoDataFrame, given: dict[str, str]) -> pd.DataFrame:
    empty = pd.Series("", index=frame.index, dtype=object)
    ours = pd.DataFrame(index=frame.index)
    for name in _EXACT:
        column = frame[given[name]] if name in given else empty
        ours[name] = column.astype(object).where(column.notna(), "").astype(str).str.strip()
    ours["municipality"] = ours["municipality"].where(
        ours["municipality"].str.fullmatch(r"[0-9]{5}"), ours["code"].str[:5]
    )
    return ours


def _check_codes(codes: pd.Series) -> None:
    wrong = codes[~codes.str.fullmatch(CODE)]
    if len(wrong):
        raise BadInputError(
            N_("Expected codes of nine characters such as 21004A15-, found {n} others: {codes}."),
            n=len(wrong),
            codes=_some(wrong),
        )
    twice = codes[codes.duplicated()]
    if len(twice):
        raise BadInputError(
            N_("Expected each sector once, found {n} codes more than once: {codes}."),
            n=twice.nunique(),
            codes=_some(twice.unique()),
        )


def _checked(codes: pd.Series, geometry: gpd.GeoSeries) -> gpd.GeoSeries:
    missing = geometry.isna() | geometry.is_empty
    if missing.any():
        raise BadInputError(
            N_("Expected an outline for each sector, found none for {n}: {codes}."),
            n=int(missing.sum()),
            codes=_some(codes[missing]),
        )
    other = ~geometry.geom_type.isin(["Polygon", "MultiPolygon"])
    if other.any():
        raise BadInputError(
            N_("Expected polygons, found {kinds}."),
            kinds=", ".join(sorted(geometry.geom_type[other].unique())),
        )
    repaired = _repaired(codes, geometry.force_2d())
    west, south, east, north = repaired.total_bounds
    if not (west > BELGIUM_M[0] and south > BELGIUM_M[1]) or not (
        east < BELGIUM_M[2] and north < BELGIUM_M[3]
    ):
        raise BadInputError(
            N_("The outlines lie outside Belgium (x {west} to {east}, y {south} to {north})."),
            **{
                name: round(value) if value == value else "?"  # noqa: PLR0124 - not a number
                for name, value in zip(
                    ("west", "south", "east", "north"), (west, south, east, north), strict=True
                )
            },
        )
    _check_overlap(codes, repaired)
    return repaired


def _repaired(codes: pd.Series, geometry: gpd.GeoSeries) -> gpd.GeoSeries:
    invalid = ~geometry.is_valid
    if not invalid.any():
        return geometry
    before = geometry[invalid]
    after = before.make_valid(method="structure", keep_collapsed=False)
    moved = (after.area - before.area).abs() > REPAIR_MAX_SHARE * before.area.abs()
    lost = moved | after.is_empty | ~after.geom_type.isin(["Polygon", "MultiPolygon"])
    if lost.any():
        first = before[lost].iloc[0]
        raise BadInputError(
            N_("The outline of {n} sectors is not valid: {codes} ({reason})."),
            n=int(lost.sum()),
            codes=_some(codes[lost[lost].index]),
            reason=shapely.is_valid_reason(first),
        )
    geometry = geometry.copy()
    geometry[invalid] = after
    return geometry


def _check_overlap(codes: pd.Series, geometry: gpd.GeoSeries) -> None:
    shapes = geometry.to_numpy()
    if shapely.coverage_is_valid(shapes):
        return
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = left < right
    left, right = left[once], right[once]
    shared_m2 = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    worst = int(shared_m2.argmax()) if len(shared_m2) else 0
    if len(shared_m2) and shared_m2[worst] > OVERLAP_MAX_M2:
        raise BadInputError(
            N_("{n} pairs of sectors overlap: {first} and {second} share {area_m2} m²."),
            n=int((shared_m2 > OVERLAP_MAX_M2).sum()),
            first=codes.iloc[left[worst]],
            second=codes.iloc[right[worst]],
            area_m2=round(float(shared_m2[worst])),
        )


def compare(codes: Iterable[str], register: Iterable[str]) -> Difference:
    """Tell which sectors are new and which are gone against the register.

    >>> compare(["21001A00-", "21001A01-"], ["21001A00-", "21001A02-"]).gone
    ('21001A02-',)
    """
    present, known = set(codes), set(register)
    return Difference(new=tuple(sorted(present - known)), gone=tuple(sorted(known - present)))


def _some(codes: Iterable[str]) -> str:
    every = list(codes)
    shown = ", ".join(repr(code[:20]) for code in every[:_SHOWN])
    return shown + (" …" if len(every) > _SHOWN else "")
