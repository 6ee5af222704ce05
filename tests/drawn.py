"""Hand-drawn sectors whose values can be worked out by hand."""

from collections.abc import Callable

import geopandas as gpd
import pandas as pd
import shapely

from geo.sectors import normalise
from geo.territory import Territory

WEST, SOUTH, SIDE_M = 150_000, 170_000, 100


def square(column: int, row: int) -> shapely.Polygon:
    """The square of 100 m in a column and row of a grid near Brussels' Park."""
    x, y = WEST + SIDE_M * column, SOUTH + SIDE_M * row
    return shapely.box(x, y, x + SIDE_M, y + SIDE_M)


def code(column: int, row: int) -> str:
    """Its sector code; row 0 is in Anderlecht, the others in Brussels."""
    return f"{'21001' if row == 0 else '21004'}A{column}{row}-"


def published_frames() -> Callable[..., gpd.GeoDataFrame]:
    """A grid of squares with the column names of 2022, or others."""

    def make(columns: int = 3, rows: int = 3, **renamed: str) -> gpd.GeoDataFrame:
        cells = [(c, r) for r in range(rows) for c in range(columns)]
        frame = gpd.GeoDataFrame(
            {
                "cd_sector": [code(*cell) for cell in cells],
                "tx_sector_descr_nl": [f"VAK {c}.{r}" for c, r in cells],
                "tx_sector_descr_fr": [f"CASE {c}.{r}" for c, r in cells],
                "cd_munty_refnis": [code(*cell)[:5] for cell in cells],
                "tx_munty_descr_nl": ["Anderlecht" if r == 0 else "Brussel" for _, r in cells],
                "tx_munty_descr_fr": ["Anderlecht" if r == 0 else "Bruxelles" for _, r in cells],
            },
            geometry=[square(*cell) for cell in cells],
            crs=31370,
        )
        return frame.rename(columns=renamed)

    return make


def grid_territory() -> Territory:
    """Nine squares of 1 ha, three by three; district "7" is the left column."""
    sectors = normalise(published_frames()())
    sectors["district"] = ["7" if key[6] == "0" else "" for key in sectors.index]
    return Territory(
        sectors=sectors,
        municipalities=pd.DataFrame(
            {"name_fr": ["Anderlecht", "Bruxelles"], "name_nl": ["Anderlecht", "Brussel"]},
            index=pd.Index(["21001", "21004"], name="refnis"),
        ),
        districts=pd.DataFrame(
            {"name_fr": ["Gauche"], "name_nl": ["Links"]}, index=pd.Index(["7"], name="code")
        ),
        schematic=False,
        source="drawn by hand",
        licence="none",
        situation="2022-01-01",
    )
