"""A table on paper: columns as wide as they need, rows never cut, the head on every page."""

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from exchange.paper.fonts import width_pt
from exchange.paper.tags import Pen
from exchange.paper.text import RISE, Style, draw_figures, draw_line, wrap
from exchange.planning.described import Cell, Table
from exchange.planning.report.flow import Draw, Flow
from exchange.planning.report.lanes import Lane, filled, fitted, lane_of
from exchange.planning.report.looks import (
    CELL,
    HAIR,
    HEAD,
    HEADING,
    LONG_PT,
    NOTE,
    RULE,
    SHORT_PT,
    SIDE_PT,
    UNKNOWN,
)
from exchange.planning.words import Words, decimals, known

MOST_ROWS: Final = 2_000
"""Rows that are printed, some forty pages: nobody reads more on paper (our choice)."""
MOST_PARTED: Final = 60
"""Rows of a table that comes in parts side by side: of more, nobody follows a row (our choice)."""
MOST_LINES: Final = 12
HEAD_LINES: Final = 5
BETWEEN_PT: Final = 12.0
TIGHT_PT: Final = 8.0
SPREAD_PT: Final = 26.0
"""White between columns: at least, of many columns, and more at most where there is room."""
PAD_PT: Final = 2.0
KEYS_SHARE: Final = 0.45
"""Of the room that repeated first columns may take."""


@dataclass(frozen=True)
class Grid:
    """Columns side by side: the x of each, its width, and the rows as lines of text."""

    table: Table
    lanes: tuple[Lane, ...]
    widths: tuple[float, ...]
    between_pt: float
    cells: Sequence[tuple[str, ...]]
    unknown: str

    @property
    def width_pt(self) -> float:
        """Width of all of it."""
        return sum(self.widths) + self.between_pt * (len(self.widths) - 1)

    @property
    def lefts(self) -> Iterator[float]:
        """How far from the left each column begins."""
        left = 0.0
        for width in self.widths:
            yield left
            left += width + self.between_pt

    def lines(self, texts: Sequence[str], style: Style, most: int) -> list[tuple[str, ...]]:
        """Break one row into lines."""
        return [
            wrap(texts[lane.place], style, width + 0.01, most=most)
            for lane, width in zip(self.lanes, self.widths, strict=True)
        ]


def put_table(flow: Flow, table: Table, words: Words) -> None:
    """Put a table with its title and notes; a wide one lies across, a wider one in parts.

    A long one that is too wide shows what fits across, and says what else the spreadsheet has.
    """
    cells = texts_of(table, words)
    wanted = [n for n, column in enumerate(table.columns) if column.on_paper]
    empty = _nowhere_known(table, wanted)
    lanes = [
        lane_of(n, table.columns[n], [row[n] for row in cells])
        for n in wanted
        if n not in empty and not _blank(table, n)
    ]
    shown: list[int] = []
    upright, across = SHORT_PT - 2 * SIDE_PT, LONG_PT - 2 * SIDE_PT
    landscape = _least_pt(lanes, TIGHT_PT) > upright
    if landscape or flow.page.landscape:
        flow.turn(landscape=landscape)
    title = table.title
    parts = _parts(lanes, across)
    for part in parts[:1] if len(table.rows) > MOST_PARTED else parts:
        _put(flow, _grid(table, part, cells, across if landscape else upright, words), title)
        title = words.say("continued", title=table.title)
        shown = [*shown, *(lane.place for lane in part)]
    flow.skip(4)
    for note in _notes(table, words, shown=shown, empty=empty):
        flow.text(note, NOTE)


def _least_pt(lanes: Sequence[Lane], between_pt: float = BETWEEN_PT) -> float:
    return sum(lane.least_pt + between_pt for lane in lanes) - between_pt


def _nowhere_known(table: Table, wanted: Sequence[int]) -> list[int]:
    """Return the columns of which no printed cell is known: a note says so in fewer words."""
    rows = table.rows[:MOST_ROWS]
    return [n for n in wanted if rows and all(known(row[n]) is None for row in rows)]


def _blank(table: Table, place: int) -> bool:
    """Tell whether a column has nothing to print."""
    return bool(table.rows) and all(row[place] == "" for row in table.rows[:MOST_ROWS])


def _notes(
    table: Table, words: Words, *, shown: Sequence[int], empty: Sequence[int]
) -> Iterator[str]:
    rows = table.rows[:MOST_ROWS]
    if len(table.rows) > MOST_ROWS:
        count = words.number(len(table.rows))
        yield words.say("first_rows", shown=words.number(MOST_ROWS), all=count)
    if not rows:
        yield words.say("no_rows")
    yield from table.notes
    if any(known(row[n]) is None for row in rows for n in shown):
        yield words.say("unknown_cell", unknown=words.say("unknown"))
    if empty:
        yield words.say("nowhere_known", names=", ".join(table.columns[n].title for n in empty))
    told = {*shown, *empty}
    left_out = [n for n in range(len(table.columns)) if n not in told and not _blank(table, n)]
    if more := [table.columns[n].title for n in left_out]:
        yield words.say("more_columns", names=", ".join(more))


def texts_of(table: Table, words: Words) -> list[tuple[str, ...]]:
    """Write the cells that are printed; numbers of a column have the same decimals."""
    shown = table.rows[:MOST_ROWS]
    places = [
        _places([row[n] for row in shown]) if column.kind == "number" else None
        for n, column in enumerate(table.columns)
    ]
    return [
        tuple(
            words.cell(cell, column, places=place)
            for cell, column, place in zip(row, table.columns, places, strict=True)
        )
        for row in shown
    ]


def _places(cells: Sequence[Cell]) -> int:
    """Choose the decimals of a column by the number in its middle; whole ones have none."""
    given = [cell for cell in cells if isinstance(cell, float | int) and math.isfinite(cell)]
    if all(float(cell).is_integer() for cell in given):
        return 0
    return decimals(statistics.median(abs(cell) for cell in given if cell))


def _parts(lanes: list[Lane], room_pt: float) -> list[list[Lane]]:
    """Part columns that do not fit side by side; the first ones, which name the row, stay."""
    keys: list[Lane] = []
    for lane in lanes[:2]:
        if not lane.right and _least_pt([*keys, lane], TIGHT_PT) <= KEYS_SHARE * room_pt:
            keys.append(lane)
    parts: list[list[Lane]] = [[*keys]]
    for lane in lanes[len(keys) :]:
        if _least_pt([*parts[-1], lane], TIGHT_PT) > room_pt and len(parts[-1]) > len(keys):
            parts.append([*keys])
        parts[-1].append(lane)
    return parts


def _grid(
    table: Table, lanes: list[Lane], cells: Sequence[tuple[str, ...]], room_pt: float, words: Words
) -> Grid:
    between = TIGHT_PT if _least_pt(lanes) > room_pt else BETWEEN_PT
    gaps = max(1, len(lanes) - 1)
    widths = fitted(lanes, room_pt - between * gaps)
    left = room_pt - between * gaps - sum(widths)
    between += min(SPREAD_PT, max(0.0, left) / gaps)
    widths = filled(lanes, widths, room_pt - between * gaps)
    return Grid(table, tuple(lanes), widths, between, cells, words.say("unknown"))


def _put(flow: Flow, grid: Grid, title: str) -> None:
    head = grid.lines([column.title for column in grid.table.columns], HEAD, HEAD_LINES)
    head_pt = max((len(lines) for lines in head), default=1) * HEAD.line_pt + 2 * PAD_PT
    flow.skip(18)
    flow.need(HEADING.line_pt + 6 + head_pt + 4 * (CELL.line_pt + 2 * PAD_PT))
    flow.text(title, HEADING, tag="H2", most=4)
    flow.skip(6)
    told = _Told()
    if grid.lanes:
        flow.put(head_pt, _head(grid, head, head_pt, told, first=True))
    for texts in grid.cells if grid.lanes else ():
        lines = grid.lines(texts, CELL, MOST_LINES)
        height = max(1, *map(len, lines)) * CELL.line_pt + 2 * PAD_PT
        if height > flow.room_pt:
            flow.turn(landscape=flow.page.landscape)
            flow.put(head_pt, _head(grid, head, head_pt, told, first=False))
        flow.put(height, _row(grid, lines, height, told))


@dataclass
class _Told:
    """The number of the table among what is tagged, once it is drawn."""

    number: int = -1


def _head(
    grid: Grid, head: list[tuple[str, ...]], height: float, told: _Told, *, first: bool
) -> Draw:
    """Draw the head; it is read once, and on later pages only seen."""

    def draw(pen: Pen, x: float, y: float) -> None:
        with pen.decoration():
            pen.canvas.setStrokeColor(RULE)
            pen.canvas.setLineWidth(0.9)
            pen.canvas.line(x, y - height, x + grid.width_pt, y - height)
            if not first:
                _draw_cells(pen, grid, head, HEAD, x=x, tops=_foot_of(head, y, height))
        if first:
            with pen.group("Table") as told.number, pen.group("TR"):
                _draw_cells(pen, grid, head, HEAD, x=x, tops=_foot_of(head, y, height), tag="TH")

    return draw


def _foot_of(head: list[tuple[str, ...]], y: float, height: float) -> list[float]:
    """Let heads of fewer lines stand on the rule, as the others do."""
    return [y - height + PAD_PT + len(lines) * HEAD.line_pt for lines in head]


def _row(grid: Grid, lines: list[tuple[str, ...]], height: float, told: _Told) -> Draw:
    def draw(pen: Pen, x: float, y: float) -> None:
        with pen.decoration():
            pen.canvas.setStrokeColor(HAIR)
            pen.canvas.setLineWidth(0.4)
            pen.canvas.line(x, y - height, x + grid.width_pt, y - height)
        with pen.inside(told.number), pen.group("TR"):
            _draw_cells(pen, grid, lines, CELL, x=x, tops=[y - PAD_PT] * len(lines), tag="TD")

    return draw


def _draw_cells(
    pen: Pen,
    grid: Grid,
    lines: list[tuple[str, ...]],
    style: Style,
    *,
    x: float,
    tops: list[float],
    tag: str = "",
) -> None:
    placed = zip(grid.lanes, lines, grid.lefts, grid.widths, tops, strict=True)
    for lane, told, left, width, top in placed:
        unknown = style is CELL and told == (grid.unknown,)
        used = UNKNOWN if unknown else style
        if not tag:
            _draw_cell(pen, lane, told, used, (x + left, width, top))
            continue
        with pen.element(tag):
            _draw_cell(pen, lane, told, used, (x + left, width, top))


def _draw_cell(
    pen: Pen, lane: Lane, lines: tuple[str, ...], style: Style, box: tuple[float, float, float]
) -> None:
    left, width, top = box
    for n, line in enumerate(lines):
        baseline = top - n * style.line_pt - style.size_pt * RISE
        if lane.right and style is CELL:
            draw_figures(pen.canvas, line, style, left + width, baseline)
        elif lane.right:
            wide = width_pt(line, style.weight, style.size_pt)
            draw_line(pen.canvas, line, style, left + width - wide, baseline)
        else:
            draw_line(pen.canvas, line, style, left, baseline)
