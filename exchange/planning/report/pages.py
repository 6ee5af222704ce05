"""The report as PDF: what was asked, in short, maps and tables, method and sources."""

from typing import Final

from exchange.paper.document import blank
from exchange.paper.fonts import width_pt
from exchange.paper.tags import Pen
from exchange.paper.text import RISE, draw_line, wrap
from exchange.paper.writing import clean
from exchange.planning.described import Credit, Described, Table
from exchange.planning.laid import credits_of, method_of
from exchange.planning.report.figure import put_map
from exchange.planning.report.flow import Flow, Page, lined
from exchange.planning.report.grid import put_table
from exchange.planning.report.ground import Ground
from exchange.planning.report.looks import (
    ACCENT,
    ANSWER,
    BODY,
    FOOT,
    FOOT_PT,
    HAIR,
    HEADING,
    LABEL,
    LEAD,
    SIDE_PT,
    TITLE,
)
from exchange.planning.words import Words

FACT_PT: Final = 132.0
"""Width of what was asked, before its answer."""
MOST_FACT: Final = 8


def report_file(described: Described, words: Words) -> bytes:
    """Write the report; the same description gives the same bytes.

    Raises:
        AssetsError: the typefaces have not been fetched.
    """
    flow = Flow()
    _put_front(flow, described, words)
    ground = Ground(described)
    for part in described.parts:
        if isinstance(part, Table):
            put_table(flow, part, words)
        else:
            put_map(flow, ground, part, words)
    if flow.page.landscape:
        flow.turn()
    _put_texts(flow, words.say("method"), method_of(described, words))
    sources = [_credit(credit, words) for credit in credits_of(described, words)]
    _put_texts(flow, words.say("sources"), sources)
    return _written(flow.finished(), described, words)


def _put_front(flow: Flow, described: Described, words: Words) -> None:
    flow.put(7, _bar)
    flow.skip(9)
    flow.text(described.title, TITLE, tag="H1", most=4)
    flow.skip(10)
    facts = [*described.facts, (words.say("made_on"), words.day(described.made_on))]
    for what, answer in facts:
        _put_fact(flow, what, words.date(answer))
    if described.summary:
        flow.skip(12)
        for text in described.summary:
            flow.text(text, LEAD)
            flow.skip(4)


def _bar(pen: Pen, x: float, y: float) -> None:
    with pen.decoration():
        pen.canvas.setFillColor(ACCENT)
        pen.canvas.rect(x, y - 5, 42, 5, stroke=0, fill=1)


def _put_fact(flow: Flow, what: str, answer: str) -> None:
    left = wrap(what, LABEL, FACT_PT - 12, most=MOST_FACT)
    right = wrap(answer, ANSWER, flow.page.width_pt - FACT_PT, most=MOST_FACT)
    height = max(len(left) * LABEL.line_pt, len(right) * ANSWER.line_pt) + 6
    flow.need(height)
    wide = flow.page.width_pt
    # Both on one line: the smaller letters stand a little lower.
    lower = RISE * (ANSWER.size_pt - LABEL.size_pt)
    first, second = lined(left, LABEL), lined(right, ANSWER)

    def draw(pen: Pen, x: float, y: float) -> None:
        with pen.decoration():
            pen.canvas.setStrokeColor(HAIR)
            pen.canvas.setLineWidth(0.5)
            pen.canvas.line(x, y, x + wide, y)
        first(pen, x, y - 3 - lower)
        second(pen, x + FACT_PT, y - 3)

    flow.put(height, draw)


def _put_texts(flow: Flow, title: str, texts: tuple[str, ...] | list[str]) -> None:
    if not texts:
        return
    flow.skip(18)
    flow.need(HEADING.line_pt + 4 + 3 * BODY.line_pt)
    flow.text(title, HEADING, tag="H2", most=2)
    flow.skip(4)
    for text in texts:
        flow.text(text, BODY)
        flow.skip(4)


def _credit(credit: Credit, words: Words) -> str:
    colon = "\u00a0:" if words.language == "fr" else ":"
    licence = f"{words.say('licence')}{colon} {credit.licence}" if credit.licence else ""
    gave = credit.gave[:1].upper() + credit.gave[1:]
    return ". ".join(filter(None, (credit.name, gave, words.date(credit.date), licence))) + "."


def _written(pages: list[Page], described: Described, words: Words) -> bytes:
    canvas = blank(pages[0].size_pt, title=clean(described.title), language=words.language)
    pen = Pen(canvas)
    for n, page in enumerate(pages, 1):
        canvas.setPageSize(page.size_pt)
        for top, draw in page.drawn:
            draw(pen, SIDE_PT, page.size_pt[1] - top)
        _draw_foot(pen, page, clean(described.title), f"{n} / {len(pages)}")
        pen.turn_page()
    pen.finish()
    return bytes(canvas.getpdfdata())


def _draw_foot(pen: Pen, page: Page, title: str, number: str) -> None:
    right = page.size_pt[0] - SIDE_PT
    wide = width_pt(number, FOOT.weight, FOOT.size_pt)
    with pen.decoration():
        for line in wrap(title, FOOT, page.width_pt - wide - 30, most=1):
            draw_line(pen.canvas, line, FOOT, SIDE_PT, FOOT_PT)
        draw_line(pen.canvas, number, FOOT, right - wide, FOOT_PT)
