"""The poster as PDF: the same poster gives the same bytes."""

from collections.abc import Callable
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFName, PDFStream

from exchange.paper.document import MAKER, blank
from exchange.paper.tags import Pen
from exchange.paper.writing import clean
from exchange.poster.blocks import draw_block
from exchange.poster.drawing import draw_plan
from exchange.poster.layouts import Layout, arranged
from exchange.poster.sheet import Orientation, Paper, Poster

Progress = Callable[[float], None]
"""Hears how far the sheet is, from 0 to 1."""
XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>Plein</pdf:Producer><pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def write_poster(
    poster: Poster,
    paper: Paper = "A3",
    orientation: Orientation = "landscape",
    *,
    pages: int = 1,
    progress: Progress | None = None,
) -> bytes:
    """Write a poster as PDF, true to scale; `pages` 0 takes as many as needed.

    Raises:
        TooMuchError: it does not fit; tells what helps.
        AssetsError: the typefaces have not been fetched.
    """
    say = progress or _silent
    say(0.02)
    layout = arranged(poster, paper, orientation, pages=pages)
    say(0.3)
    return write_layout(layout, progress=say)


def write_layout(layout: Layout, *, progress: Progress | None = None) -> bytes:
    """Write a sheet that is laid out as PDF."""
    say = progress or _silent
    board, poster = layout.board, layout.plan.poster
    title, language = clean(poster.titles[0]), poster.languages[0]
    author = clean(poster.makers) or MAKER
    size = (board.width, board.height)
    canvas = blank(size, title=title, language=language, author=author, version=(1, 7))
    pen = Pen(canvas)
    for page in range(layout.pages):
        draw_page(pen, layout, page, say)
        pen.turn_page()
    say(0.9)
    pen.finish()
    _describe(canvas, title, language)
    written = bytes(canvas.getpdfdata())
    say(1.0)
    return written


def draw_page(pen: Any, layout: Layout, page: int, say: Progress) -> None:
    """Draw one page in the order it is read."""
    furniture = layout.furniture
    if page == 0:
        if not layout.board.folded:
            furniture.draw_head(pen)
        words, scale = _words(layout)
        draw_plan(pen, layout.plan, words, scale)
        say(0.7)
    for each in layout.stood:
        if each.page == page:
            draw_block(pen, each.block, each.x, each.top, mirrored=layout.mirrored)
    if layout.cover and page == layout.pages - 1:
        furniture.draw_cover(pen, layout.cover)
    _draw_below(pen, layout, page)
    if layout.board.folded:
        _draw_folds(pen, layout)


def _draw_below(pen: Any, layout: Layout, page: int) -> None:
    """Draw the foot of the first page, the sources of the others; not below a cover."""
    last = page == layout.pages - 1
    told = "" if layout.pages == 1 else f"{page + 1} / {layout.pages}"
    if told and not last:
        told = f"{layout.plan.poster.label('continued')[0]} · {told}"
    if layout.board.folded:
        layout.furniture.draw_sources(pen)
    elif page == 0:
        layout.furniture.draw_foot(pen, told)
    else:
        layout.furniture.draw_sources(pen, told)


def _words(layout: Layout) -> tuple[str, str]:
    poster = layout.plan.poster
    told = poster.label("map")[0]
    told = told.replace("{title}", clean(poster.titles[0]))
    told = told.replace("{count}", str(len(layout.plan.places)))
    scale = poster.label("scale")[0].replace(
        "{scale}", f"{layout.plan.scale:,}".replace(",", "\u00a0")
    )
    return told, scale


def _draw_folds(pen: Any, layout: Layout) -> None:
    """Mark at the edges where the sheet is folded."""
    board, canvas = layout.board, pen.canvas
    upright, level = board.folds
    with pen.decoration():
        canvas.setStrokeColor("#8c8372")
        canvas.setLineWidth(0.5)
        canvas.setDash(2, 2)
        for x in upright:
            canvas.line(x, board.height, x, board.height - 14)
            canvas.line(x, 0, x, 14)
        for y in level:
            canvas.line(0, y, 14, y)
            canvas.line(board.width, y, board.width - 14, y)
        canvas.setDash()


def _describe(canvas: Any, title: str, language: str) -> None:
    """Say in XMP what the document is, and that it is meant for PDF/UA-1."""
    document = canvas._doc  # noqa: SLF001 - no public way
    told = XMP.format(title=escape(title), language=escape(language)).encode()
    stream = PDFStream(content=told)
    stream.dictionary["Type"] = PDFName("Metadata")
    stream.dictionary["Subtype"] = PDFName("XML")
    stream.filters = []
    document.Catalog.Metadata = document.Reference(stream, "metadata")
    if "Metadata" not in document.Catalog.__NoDefault__:
        document.Catalog.__NoDefault__ = [*document.Catalog.__NoDefault__, "Metadata"]


def _silent(_share: float) -> None:
    return
