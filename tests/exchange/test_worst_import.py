"""The worst file through the import, without a screen: what is placed is placed right."""

from pathlib import Path

import pytest

from directory.authors import Author, Origin
from directory.importing import accepting, checking, opening, settling
from directory.importing.desk import Desk
from directory.importing.records import Batch, Heap, How, ImportRow
from exchange.imports import geocoder_of, open_desk, start
from exchange.spreadsheet import read_sheet
from tests.browser.homes import opened
from tests.worst_file import COLUMNS, FORMULAS, REMARK, ROWS, Row, as_csv
from tests.worst_home import fresh
from tests.worst_streets import listed_streets

BY = Author("Test", Origin.IMPORT)
SAME_DEG = 2e-5
"""What six decimals, or two of a metre, lose."""


def test_it_is_read_as_it_was_meant(tmp_path: Path) -> None:
    rows = fresh(tmp_path).rows
    sheet = read_sheet(as_csv(rows), "worst.csv")
    assert sheet.columns == COLUMNS
    assert [row.cells for row in sheet.rows] == [row.cells for row in rows]
    assert len(sheet.rows) == ROWS
    assert {row.cells[REMARK] for row in sheet.rows} >= set(FORMULAS)


def test_what_is_placed_is_placed_right(tmp_path: Path) -> None:
    counts = _placed(tmp_path, fresh(tmp_path).rows)
    assert sum(counts.values()) == ROWS
    assert (counts[Heap.WAITING], counts[Heap.PLACED]) == (0, 286)


@pytest.mark.official
def test_what_is_placed_is_placed_right_among_all_streets(
    tmp_path: Path, official_data: Path
) -> None:
    streets = listed_streets(official_data / "best_brussels_streets_2022.csv")
    counts = _placed(tmp_path, fresh(tmp_path, streets, 4).rows)
    assert sum(counts.values()) == ROWS
    assert counts[Heap.WAITING] == 0
    assert counts[Heap.PLACED] >= 275


def _placed(home: Path, rows: list[Row]) -> dict[Heap, int]:
    with opened(home) as store:
        desk = open_desk(store)
        batch = _looked_for(desk, home, as_csv(rows))
        found = settling.rows(desk, batch.id, limit=ROWS + 1)
        wrong = [
            (row.cells, one.spot)
            for one, row in zip(found, rows, strict=True)
            if one.spot is not None and not _is_right(one, row)
        ]
        assert wrong == []
        assert {one.spot.how for one in found if one.spot} == {How.COORDINATES, How.GEOCODED}
        ready = accepting.readiness(desk, batch.id)
        assert ready.created + ready.updated + ready.already_there + len(ready.left) == ROWS
        return settling.heaps(desk, batch.id)


def _looked_for(desk: Desk, home: Path, content: bytes) -> Batch:
    batch = start(desk, content, "worst.csv", by=BY)
    opening.set_mapping(desk, batch.id, batch.settings, by=BY)
    checking.check(desk, batch.id)
    words = {one.text: one.proposed for one in checking.summary(desk, batch.id).words}
    unknown = {word: ("community-house",) for word in words if not words[word]}
    checking.confirm(desk, batch.id, by=BY, words=words | unknown)
    geocoder = geocoder_of(desk.store, home)
    assert geocoder is not None
    settling.geocode(desk, batch.id, geocoder)
    return batch


def _is_right(found: ImportRow, meant: Row) -> bool:
    if meant.where is None or found.spot is None:
        return False
    lon, lat = found.spot.lon, found.spot.lat
    assert lon is not None
    assert lat is not None
    return max(abs(lon - meant.where[0]), abs(lat - meant.where[1])) < SAME_DEG
