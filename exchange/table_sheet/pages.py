"""The sheets as PDF: A3 across, for each table the map with its lines, what is there behind."""

from typing import Any, Final

import numpy as np
import shapely
from reportlab.lib.pagesizes import A3, landscape

from exchange.handout.map import draw_names, draw_streets, ground_within, metres
from exchange.paper.document import blank
from exchange.paper.fonts import face
from exchange.paper.frame import Frame, draw_bar, draw_north
from exchange.paper.signs import draw_number, draw_qr, qr_side_pt
from exchange.paper.tags import Pen
from exchange.paper.text import SOFT, Style, draw_line, wrap
from exchange.paper.writing import clean
from exchange.table_sheet.sheet import LINES, MOST_PLACES, TableSheets

WIDTH_PT, HEIGHT_PT = landscape(A3)
EDGE_PT: Final = 28.0
"""White around, which every printer keeps (ours: 10 mm)."""
HEAD_PT: Final = 84.0
MAP_SHARE: Final = 0.52
GAP_PT: Final = 18.0
TITLE: Final = Style(20, "bold")
TABLE: Final = Style(26, "bold")
SMALL: Final = Style(9, colour=SOFT)
HEADING: Final = Style(10, "bold")
PLACE: Final = Style(9)
RULE: Final = "#666666"
BORDER: Final = "#0b5d66"
COLUMNS: Final = (("name", 0.34), ("category", 0.2), ("where", 0.28), ("phone", 0.18))
"""Of the width of a line, the share each thing to write takes (ours)."""
BACK_COLUMNS: Final = 4
DOT_PT: Final = 6.5


def write_sheets(sheets: TableSheets) -> bytes:
    """Write the sheets as PDF; the same sheets give the same bytes.

    Raises:
        AssetsError: the typefaces have not been fetched.
    """
    canvas = blank((WIDTH_PT, HEIGHT_PT), title=clean(sheets.title), language=sheets.language)
    pen = Pen(canvas)
    for table in sheets.tables:
        _front(pen, sheets, table)
        pen.turn_page()
        if sheets.places:
            _back(pen, sheets)
            pen.turn_page()
    pen.finish()
    return bytes(canvas.getpdfdata())


def _front(pen: Pen, sheets: TableSheets, table: str) -> None:
    _head(pen, sheets, table)
    top = HEIGHT_PT - EDGE_PT - HEAD_PT
    wide = (WIDTH_PT - 2 * EDGE_PT) * MAP_SHARE
    words = sheets.labels["map"].format(title=clean(sheets.title), count=len(sheets.places))
    with pen.element("Figure", words=words):
        draw_ground(pen.canvas, sheets, at=(EDGE_PT, EDGE_PT), size=(wide, top - EDGE_PT))
    left = EDGE_PT + wide + GAP_PT
    _lines(pen, sheets, left, WIDTH_PT - EDGE_PT, top)


def _head(pen: Pen, sheets: TableSheets, table: str) -> None:
    canvas, top = pen.canvas, HEIGHT_PT - EDGE_PT
    named = sheets.labels["table"].format(name=table)
    side = qr_side_pt(sheets.way_in) if sheets.way_in else 0.0
    room = WIDTH_PT - 2 * EDGE_PT - side - 260
    with pen.element("H1", language=sheets.language):
        for line in wrap(named, TABLE, room / 3, most=1):
            draw_line(canvas, line, TABLE, EDGE_PT, top - 26)
        for line in wrap(sheets.title, TITLE, room * 2 / 3, most=1):
            draw_line(canvas, line, TITLE, EDGE_PT + room / 3 + 10, top - 24)
    with pen.element("P", language=sheets.language):
        for line in wrap(f"{sheets.day} · {sheets.sources}", SMALL, room, most=1):
            draw_line(canvas, line, SMALL, EDGE_PT, top - 46)
    if not sheets.way_in:
        return
    right = WIDTH_PT - EDGE_PT - side
    with pen.element("Figure", words=sheets.way_in):
        draw_qr(canvas, sheets.way_in, right, top - side)
    with pen.element("P", language=sheets.language):
        told = wrap(sheets.labels["scan"], HEADING, 240, most=2)
        told += wrap(sheets.way_in, HEADING, 240, most=3)
        for n, line in enumerate(told):
            draw_line(canvas, line, HEADING, right - 246, top - 16 - n * HEADING.line_pt)


def draw_ground(
    canvas: Any, sheets: TableSheets, *, at: tuple[float, float], size: tuple[float, float]
) -> None:
    """Draw the map with its lower left corner `at` and of that `size`, both in points."""
    west, south, east, north = sheets.bounds
    corners = metres([(west, south), (east, north)])
    frame = _frame(corners[0], corners[1], at, size)
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(*at, *size)
    canvas.clipPath(clip, stroke=0)
    ground = ground_within(frame, sheets.streets, sheets.language)
    draw_streets(canvas, frame, ground)
    canvas.setStrokeColor(BORDER)
    canvas.setLineWidth(2)
    for ring in sheets.border:
        _outline(canvas, frame.place(metres(ring)))
    doors = frame.place(metres([(one.lon, one.lat) for one in sheets.places]))
    draw_names(canvas, frame, ground, [], _taken(doors))
    for one, (x, y) in zip(sheets.places, doors, strict=True):
        draw_number(canvas, one.number, x, y, DOT_PT)
    draw_bar(canvas, frame, at)
    draw_north(canvas, frame)
    canvas.restoreState()
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.7)
    canvas.rect(*at, *size)


def _taken(doors: Any) -> list[Any]:
    return [shapely.Point(x, y).buffer(DOT_PT + 1) for x, y in doors]


def _frame(low: Any, high: Any, at: tuple[float, float], size: tuple[float, float]) -> Frame:
    pt_a_m = float(np.min(np.array(size) / np.maximum(high - low, 1.0)))
    west, south = (low + high) / 2 - np.array(size) / pt_a_m / 2
    return Frame(*at, *size, float(west), float(south), pt_a_m)


def _outline(canvas: Any, points: Any) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0].round(2).tolist())
    for x, y in points[1:].round(2).tolist():
        path.lineTo(x, y)
    path.close()
    canvas.drawPath(path, stroke=1, fill=0)


def _lines(pen: Pen, sheets: TableSheets, left: float, right: float, top: float) -> None:
    canvas, number_pt = pen.canvas, 30.0
    width = right - left - number_pt
    starts, x = [], left + number_pt
    for key, share in COLUMNS:
        starts.append((key, x, width * share))
        x += width * share
    with pen.element("P", language=sheets.language):
        for key, start, room in starts:
            for n, line in enumerate(wrap(sheets.labels[key], HEADING, room - 8, most=3)):
                draw_line(canvas, line, HEADING, start + 4, top - 11 - n * HEADING.line_pt)
    first = top - 42
    high = (first - EDGE_PT) / LINES
    with pen.decoration():
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.6)
        for n in range(LINES + 1):
            canvas.line(left, first - n * high, right, first - n * high)
        for _, start, _ in starts:
            canvas.line(start, first, start, EDGE_PT)
        for n in range(LINES):
            middle = first - (n + 0.5) * high
            canvas.setLineWidth(1.2)
            canvas.circle(left + 13, middle, 10, fill=0)
            canvas.setFont(face("bold"), 12)
            canvas.setFillColor("#222222")
            canvas.drawCentredString(left + 13, middle - 4.2, chr(ord("A") + n))


def _back(pen: Pen, sheets: TableSheets) -> None:
    canvas, top = pen.canvas, HEIGHT_PT - EDGE_PT
    with pen.element("H2", language=sheets.language):
        draw_line(canvas, sheets.labels["there"], TITLE, EDGE_PT, top - 20)
    wide = (WIDTH_PT - 2 * EDGE_PT) / BACK_COLUMNS
    a_column = MOST_PLACES // BACK_COLUMNS
    for n, one in enumerate(sheets.places[:MOST_PLACES]):
        x = EDGE_PT + (n // a_column) * wide
        baseline = top - 46 - (n % a_column) * PLACE.line_pt * 1.05
        with pen.element("P"):
            for line in wrap(f"{one.number}  {one.name}", PLACE, wide - 12, most=1):
                draw_line(canvas, line, PLACE, x, baseline)
    left_out = len(sheets.places) - MOST_PLACES
    if left_out > 0:
        with pen.element("P", language=sheets.language):
            told = sheets.labels["more"].format(n=left_out)
            draw_line(canvas, told, HEADING, EDGE_PT, EDGE_PT)
