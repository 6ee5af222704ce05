"""Schematic outlines: what a sector roughly looks like, from the register alone.

Each piece of land goes to the sector nearest in Mahalanobis distance, the sector's own spread
being the measure; land further than `REACH` from every sector belongs to none, unless sectors
enclose it. The reasons and the figures are in docs/decisions/0001-schematic-outlines.md.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy import ndimage

from geo.crs import LAMBERT_72

REACH = 2.2
"""Mahalanobis distance up to which land is drawn: an evenly filled ellipse ends at 2.0."""
CELL_M = 20
"""Side of the cells land is shared out in."""
SMOOTH_M = 40.0
"""Coverage simplification that takes the steps of the cells away (tolerance, metres)."""
NONE = -1


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How schematic outlines compare with official ones, in percent of the official land."""

    right_percent: float
    beyond_percent: float
    missing_percent: float


@dataclass(frozen=True, kw_only=True)
class _Grid:
    """Labels of cells by row (south to north) and column; `west`, `south` in EPSG:31370."""

    labels: NDArray[np.int32]
    west: float
    south: float
    cell_m: int


def schematic_outlines(register: pd.DataFrame, *, cell_m: int = CELL_M) -> gpd.GeoSeries:
    """Draw every sector of a register as one gap-free, overlap-free coverage.

    Args:
        register: as `geo.register.parse_register` returns it.
        cell_m: side of the cells land is shared out in.

    Returns:
        polygons by sector code, EPSG:31370, in the order of the register.
    """
    grid = _shared_out(register, cell_m)
    outlines = _outlined(grid, len(register))
    smooth = shapely.coverage_simplify(outlines, SMOOTH_M, simplify_boundary=True)
    return gpd.GeoSeries(smooth, index=register.index, crs=LAMBERT_72, name="geometry")


def _shared_out(register: pd.DataFrame, cell_m: int) -> _Grid:
    """Give each cell to the sector with the smallest Mahalanobis distance to its middle."""
    centres = register[["x", "y"]].to_numpy(np.float64)
    spread = register[["var_x", "var_y"]].to_numpy(np.float64)
    cov = register["cov_xy"].to_numpy(np.float64)
    reach_m = REACH * np.sqrt(spread)
    west, south = np.floor((centres - reach_m).min(axis=0) / cell_m - 1) * cell_m
    first = np.floor((centres - reach_m - (west, south)) / cell_m).astype(int)
    last = np.ceil((centres + reach_m - (west, south)) / cell_m).astype(int)
    columns, rows = last.max(axis=0) + 2
    nearest = np.full((rows, columns), REACH**2)
    labels = np.full((rows, columns), NONE, np.int32)
    determinant = spread[:, 0] * spread[:, 1] - cov**2
    for i in range(len(register)):
        window = (slice(first[i, 1], last[i, 1] + 1), slice(first[i, 0], last[i, 0] + 1))
        dx = west + (np.arange(first[i, 0], last[i, 0] + 1) + 0.5) * cell_m - centres[i, 0]
        dy = south + (np.arange(first[i, 1], last[i, 1] + 1) + 0.5) * cell_m - centres[i, 1]
        squared = (
            spread[i, 1] * dx[None, :] ** 2
            - 2 * cov[i] * dx[None, :] * dy[:, None]
            + spread[i, 0] * dy[:, None] ** 2
        ) / determinant[i]
        closer = squared < nearest[window]
        nearest[window][closer] = squared[closer]
        labels[window][closer] = i
    return _Grid(labels=_filled(labels), west=float(west), south=float(south), cell_m=cell_m)


def _filled(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """Give the pockets that sectors enclose to the nearest of them: no gap is left inside."""
    drawn = labels != NONE
    nearest = ndimage.distance_transform_edt(~drawn, return_distances=False, return_indices=True)
    pockets = ndimage.binary_fill_holes(drawn) & ~drawn
    filled = labels.copy()
    filled[pockets] = labels[tuple(nearest)][pockets]
    return filled


def _outlined(grid: _Grid, count: int) -> NDArray[np.object_]:
    """Turn the cells of each label into a polygon whose vertices its neighbours share."""
    labels = grid.labels
    starts = np.ones(labels.shape, bool)
    starts[:, 1:] = labels[:, 1:] != labels[:, :-1]
    row, column = np.nonzero(starts)
    end = np.append(np.where(np.diff(row) == 0, column[1:], labels.shape[1]), labels.shape[1])
    label = labels[row, column]
    order = np.argsort(label, kind="stable")
    order = order[label[order] != NONE]
    row, column, end, label = row[order], column[order], end[order], label[order]
    boxes = shapely.box(column, row, end, row + 1)
    outlines = np.full(count, shapely.Polygon(), dtype=object)
    edges = np.searchsorted(label, np.arange(count + 1))
    for i in range(count):
        if edges[i] < edges[i + 1]:
            outlines[i] = shapely.union_all(boxes[edges[i] : edges[i + 1]])
    every_corner = shapely.segmentize(outlines, 1.0)
    return np.asarray(
        shapely.transform(
            every_corner, lambda xy: np.rint(xy) * grid.cell_m + (grid.west, grid.south)
        )
    )


def agreement(schematic: gpd.GeoSeries, official: gpd.GeoSeries) -> Agreement:
    """Measure schematic outlines against official ones, by exact intersection of polygons.

    Both are by sector code, in EPSG:31370.
    """
    both = schematic.index.intersection(official.index)
    right = schematic[both].intersection(official[both]).area.sum()
    drawn, land = shapely.union_all(schematic.to_numpy()), shapely.union_all(official.to_numpy())
    return Agreement(
        right_percent=float(100 * right / land.area),
        beyond_percent=float(100 * drawn.difference(land).area / land.area),
        missing_percent=float(100 * land.difference(drawn).area / land.area),
    )
