"""The sheet as PDF: its cards laid on A4 pages, none of them cut."""

from typing import Final

from reportlab.lib.pagesizes import A4

from exchange.handout.layouts import HEIGHT_PT, WIDTH_PT, Layout, fitted
from exchange.handout.sheet import Handout
from exchange.paper.document import blank
from exchange.paper.fonts import width_pt
from exchange.paper.tags import Pen
from exchange.paper.text import SOFT, Style, draw_line, wrap
from exchange.paper.writing import clean

FOOT: Final = Style(9.5, colour=SOFT, leading=1.2)
ABOVE_FOOT_PT: Final = 16.0
"""White between the lowest block and the sources (our choice)."""


def write_handout(handout: Handout) -> bytes:
    """Write the sheet as PDF; the same sheet gives the same bytes.

    Raises:
        AssetsError: the typefaces have not been fetched.

    >>> from exchange.handout.sheet import Entry
    >>> door = Entry(number=1, name="Maison médicale", lon=4.3478, lat=50.8385)
    >>> sheet = Handout(entries=(door,), languages=("fr", "nl"), qr="", printed="")
    >>> write_handout(sheet)[:5]
    b'%PDF-'
    """
    layout = fitted(handout)
    title = clean(handout.title) or clean(handout.label("title")[0])
    canvas = blank(A4, title=title, language=handout.languages[0])
    pen = Pen(canvas)
    for n, page in enumerate(layout.pages, 1):
        for placed in page:
            placed.block.draw(pen, placed.left_pt, HEIGHT_PT - placed.top_pt)
        _draw_foot(pen, handout, layout, n)
        pen.turn_page()
    pen.finish()
    return bytes(canvas.getpdfdata())


def _draw_foot(pen: Pen, handout: Handout, layout: Layout, page: int) -> None:
    canvas, side = pen.canvas, layout.density.side_pt
    number = f"{page} / {len(layout.pages)}"
    baseline = layout.density.foot_pt - ABOVE_FOOT_PT
    with pen.decoration():
        wide = width_pt(number, "bold", FOOT.size_pt)
        lines = wrap(handout.sources, FOOT, WIDTH_PT - 2 * side - wide - 20, most=2)
        for n, line in enumerate(lines):
            draw_line(canvas, line, FOOT, side, baseline - n * FOOT.line_pt)
        draw_line(canvas, number, Style(9.5, "bold"), WIDTH_PT - side - wide, baseline)
