import io
from datetime import date

from openpyxl import load_workbook

from directory.area_codes import AreaCodes
from directory.indicator_report import Cell, Heap, Rules, sort_rows
from directory.indicators import Unit
from exchange.indicator_report_file import WORDS, report_file
from geo.levels import Level

CODES = AreaCodes(Level.SECTOR, ["21004A15-", "21004A01-", "21004A02-"], municipalities=["21004"])
ROWS = [
    ("21004A15-", "1.250"),
    ("=HYPERLINK(1)", "+1"),
    ("21004A01-", "x"),
    ("21004A01-", "\x00=1+1"),
]


def test_each_row_and_each_area_left_out_has_a_line_and_no_formula() -> None:
    cells = [Cell(line=n, codes=(code,), text=text) for n, (code, text) in enumerate(ROWS, 2)]
    report = sort_rows(cells, CODES, Rules(unit=Unit.PEOPLE))
    book = load_workbook(io.BytesIO(report_file(report, day=date(2026, 11, 23), say=str.upper)))
    lines = [[cell.value for cell in row] for row in book.active.iter_rows()]  # type: ignore[union-attr]
    assert [line[:4] for line in lines[1:]] == [
        [2, "21004A15-", "1.250", "TAKEN"],
        [3, "=HYPERLINK(1)", "+1", "CODE NOT OF THIS TERRITORY"],
        [4, "21004A01-", "x", "UNKNOWN, KEPT AS UNKNOWN"],
        [5, "21004A01-", "=1+1", "NO NUMBER"],
        [None, None, None, "NOT IN THE FILE, SO UNKNOWN"],
    ]
    assert [line[4:] for line in lines[1:]] == [
        [None, "21004A15-", 1250],
        [None, None, None],
        [None, "21004A01-", None],
        ["YES", "21004A01-", None],
        [None, "21004A02-", None],
    ]
    types = {cell.data_type for row in book.active.iter_rows() for cell in row}  # type: ignore[union-attr]
    assert "f" not in types


def test_every_heap_has_its_words() -> None:
    assert set(WORDS) == set(Heap)
