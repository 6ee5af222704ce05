"""The register of sectors: what is known of each without its outline."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.crs import LAMBERT_72, METRIC, convert, require_crs
from geo.errors import N_, BadInputError
from geo.names import display_name
from geo.sectors import BELGIUM_M, CODE

TEXT = (
    "code",
    "name_fr",
    "name_nl",
    "refnis",
    "municipality_fr",
    "municipality_nl",
    "district",
    "district_fr",
    "district_nl",
)
FIGURES = ("x", "y", "area_ha", "var_x", "var_y", "cov_xy")
COLUMNS = (*TEXT, *FIGURES)
"""x, y: centroid of the land, EPSG:31370, whole metres; area_ha; var_x, var_y, cov_xy: second
moments of the land about that centroid, per area, m²."""
_DISTRICT_COLUMNS = {
    "district": ("mdrc", "mdzone"),
    "district_fr": ("name_fre", "namefre"),
    "district_nl": ("name_dut", "namedut"),
}


def build_register(sectors: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> pd.DataFrame:
    """Write the register from official outlines.

    A sector belongs to the monitoring district that holds its representative point.

    Args:
        sectors: as `geo.sectors.normalise` returns them.
        districts: monitoring districts as UrbIS publishes them.
    """
    located = _districts_at(sectors.geometry.representative_point(), _normal(districts))
    var_x, var_y, cov_xy = second_moments(sectors.geometry.to_numpy())
    centre = sectors.geometry.centroid
    register = pd.DataFrame(
        {
            "name_fr": sectors["name_fr"],
            "name_nl": sectors["name_nl"],
            "refnis": sectors["municipality"],
            "municipality_fr": sectors["municipality_fr"],
            "municipality_nl": sectors["municipality_nl"],
            **{name: located[name] for name in ("district", "district_fr", "district_nl")},
            "x": centre.x.round().astype(int),
            "y": centre.y.round().astype(int),
            "area_ha": sectors["area_ha"].round(2),
            "var_x": np.rint(var_x).astype(int),
            "var_y": np.rint(var_y).astype(int),
            "cov_xy": np.rint(cov_xy).astype(int),
        },
        index=sectors.index,
    )
    return register.sort_index()


def _normal(districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    require_crs(districts, allowed=METRIC)
    by_lower = {str(name).lower(): str(name) for name in districts.columns}
    found = {}
    for ours, theirs in _DISTRICT_COLUMNS.items():
        known = next((by_lower[name] for name in theirs if name in by_lower), None)
        if known is None:
            raise BadInputError(
                N_("Expected monitoring districts with a column {column}, found {columns}."),
                column=theirs[0].upper(),
                columns=", ".join(str(name) for name in districts.columns[:12]),
            )
        found[ours] = districts[known].astype(str).str.strip()
    found["district"] = found["district"].str.removesuffix(".0")
    for name in ("district_fr", "district_nl"):
        found[name] = found[name].map(display_name)
    lambert = convert(districts, to=LAMBERT_72)
    return gpd.GeoDataFrame(found, geometry=lambert.geometry, crs=LAMBERT_72)


def _districts_at(points: gpd.GeoSeries, districts: gpd.GeoDataFrame) -> pd.DataFrame:
    names = ["district", "district_fr", "district_nl"]
    joined = gpd.GeoDataFrame(geometry=points).sjoin(
        districts[[*names, "geometry"]], predicate="within", how="left"
    )
    first: pd.DataFrame = joined[~joined.index.duplicated()][names]
    return first.fillna("")


def second_moments(
    shapes: NDArray[np.object_],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the variance of x, of y and their covariance over the area of each polygon, m².

    Exact, by Green's theorem along the rings; holes are taken away. A square of side a has
    a²/12:

    >>> [round(float(v[0]), 6) for v in second_moments(np.array([shapely.box(0, 0, 6, 12)]))]
    [3.0, 12.0, 0.0]
    """
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    outer = np.diff(of_part, prepend=-1) != 0
    coords, of_ring = shapely.get_coordinates(rings, return_index=True)
    shape_of_ring = of_shape[of_part]
    middle = shapely.get_coordinates(shapely.centroid(shapes))
    coords = coords - middle[shape_of_ring[of_ring]]
    same = of_ring[:-1] == of_ring[1:]
    (x0, y0), (x1, y1) = coords[:-1][same].T, coords[1:][same].T
    cross = x0 * y1 - x1 * y0
    moments = np.array(
        [
            cross / 2,
            cross * (x0 * x0 + x0 * x1 + x1 * x1) / 12,
            cross * (y0 * y0 + y0 * y1 + y1 * y1) / 12,
            cross * (x0 * y1 + 2 * x0 * y0 + 2 * x1 * y1 + x1 * y0) / 24,
        ]
    )
    by_ring = np.zeros((4, len(rings)))
    for row, values in zip(by_ring, moments, strict=True):
        np.add.at(row, of_ring[:-1][same], values)
    by_ring *= np.sign(by_ring[0]) * np.where(outer, 1, -1)
    by_shape = np.zeros((4, len(shapes)))
    for row, values in zip(by_shape, by_ring, strict=True):
        np.add.at(row, shape_of_ring, values)
    area, xx, yy, xy = by_shape
    return xx / area, yy / area, xy / area


def parse_register(table: pd.DataFrame) -> pd.DataFrame:
    """Check a table of text cells and return the register: index `code`, sorted.

    Raises:
        BadInputError: a column is missing, or which cell is wrong and why.
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise BadInputError(
            N_("The register lacks the columns {columns}."), columns=", ".join(missing)
        )
    register = table[list(COLUMNS)].copy()
    for name in TEXT:
        register[name] = register[name].fillna("").astype(str).str.strip()
    for name in FIGURES:
        register[name] = pd.to_numeric(register[name], errors="coerce").astype(float)
    checks = {
        "code": register["code"].str.fullmatch(CODE) & ~register["code"].duplicated(),
        "refnis": register["refnis"].str.fullmatch(r"[0-9]{5}"),
        "x": register["x"].between(BELGIUM_M[0], BELGIUM_M[2]),
        "y": register["y"].between(BELGIUM_M[1], BELGIUM_M[3]),
        "area_ha": register["area_ha"].gt(0) & np.isfinite(register["area_ha"]),
        "cov_xy": (register["var_x"] * register["var_y"]).gt(register["cov_xy"] ** 2)
        & register["var_x"].gt(0),
    }
    for name, right in checks.items():
        if not right.all():
            row = int(np.flatnonzero(~right.to_numpy())[0])
            raise BadInputError(
                N_("Row {row} of the register has an impossible {column}: “{value}”."),
                row=row + 2,
                column=name,
                value=str(table[name].iloc[row])[:40],
            )
    return register.set_index("code").sort_index()
