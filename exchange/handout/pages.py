"""The sheet as PDF: its cards laid on A4 pages, none of them cut."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from exchange.handout.cards import GROUNDS_PT, MAPS_PT, Card, Closing, Ground, Head, card_of
from exchange.handout.fonts import face, width_pt
from exchange.handout.sheet import Handout
from exchange.handout.tags import Pen
from exchange.handout.text import SOFT, Style, draw_line, wrap
from exchange.handout.writing import clean

WIDTH_PT, HEIGHT_PT = A4
SIDE_PT: Final = 40.0
"""14 mm: what office printers leave white, and a thumb's width to hold."""
TOP_PT: Final = 32.0
FOOT_PT: Final = 52.0
GAP_PT: Final = 10.0
ROOM_PT: Final = WIDTH_PT - 2 * SIDE_PT
FOOT: Final = Style(10, colour=SOFT, leading=1.2)

Block = Head | Ground | Card | Closing


@dataclass(frozen=True)
class Placed:
    """A block and how far below the upper edge of its page it begins."""

    block: Block
    top_pt: float


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
    pages = fitted(handout)
    file = BytesIO()
    canvas = Canvas(
        file, pagesize=A4, invariant=1, pageCompression=1, lang=handout.languages[0],
        pdfVersion=(1, 5), initialFontName=face("regular"),
    )  # fmt: skip
    title = clean(handout.title) or clean(handout.label("title")[0])
    canvas.setTitle(title)
    canvas.setAuthor("Plein")
    canvas.setSubject("")
    canvas.setCreator("Plein")
    canvas.setProducer("Plein")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    pen = Pen(canvas)
    for n, page in enumerate(pages, 1):
        for placed in page:
            placed.block.draw(pen, SIDE_PT, HEIGHT_PT - placed.top_pt)
        _draw_foot(pen, handout, f"{n} / {len(pages)}")
        pen.turn_page()
    pen.finish()
    canvas.save()
    return file.getvalue()


def fitted(handout: Handout) -> list[list[Placed]]:
    """Lay the sheet out with its large maps, or with smaller ones where that saves a page."""
    layouts = [
        lay_out(blocks(handout, map_pt=map_pt, ground_pt=ground_pt))
        for map_pt, ground_pt in zip(MAPS_PT, GROUNDS_PT, strict=True)
    ]
    return min(layouts, key=len)


def blocks(handout: Handout, *, map_pt: float, ground_pt: float) -> Iterator[Block]:
    """Yield the parts of the sheet in their order, with maps of that size in points."""
    yield Head(handout, ROOM_PT)
    if handout.one_map:
        yield Ground(handout, ROOM_PT, ground_pt)
    for entry in handout.entries:
        yield card_of(handout, entry, ROOM_PT, map_pt=map_pt)
    closing = Closing(handout, ROOM_PT)
    if closing.height_pt:
        yield closing


def lay_out(parts: Iterable[Block]) -> list[list[Placed]]:
    """Put the blocks on pages from top to bottom; one that does not fit begins a page."""
    pages: list[list[Placed]] = [[]]
    top = TOP_PT
    for block in parts:
        if pages[-1] and top + block.height_pt > HEIGHT_PT - FOOT_PT:
            pages.append([])
            top = TOP_PT
        pages[-1].append(Placed(block, top))
        top += block.height_pt + GAP_PT
    return pages


def _draw_foot(pen: Pen, handout: Handout, number: str) -> None:
    canvas = pen.canvas
    with pen.decoration():
        wide = width_pt(number, "bold", FOOT.size_pt)
        lines = wrap(handout.sources, FOOT, ROOM_PT - wide - 20, most=2)
        for n, line in enumerate(lines):
            draw_line(canvas, line, FOOT, SIDE_PT, FOOT_PT - 20 - n * FOOT.line_pt)
        draw_line(canvas, number, Style(10, "bold"), WIDTH_PT - SIDE_PT - wide, FOOT_PT - 20)
