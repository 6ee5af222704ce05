"""A poster as PDF: laid out, drawn, tagged, the same bytes for the same poster."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from exchange.paper.fonts import face
from exchange.paper.tags import Pen
from exchange.paper.writing import clean
from exchange.poster.blocks import draw_block
from exchange.poster.foot import draw_foot
from exchange.poster.head import draw_head
from exchange.poster.layouts import MARGIN_MM, PT_A_MM, Layout, lay_out
from exchange.poster.plan import draw_plan
from exchange.poster.sheet import Orientation, Paper, Poster

Progress = Callable[[float], None]
FOLD: Final = "#8c8372"
_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""


def write_poster(
    poster: Poster,
    paper: Paper,
    orientation: Orientation = "portrait",
    *,
    pages: int = 1,
    progress: Progress | None = None,
) -> bytes:
    """Write a poster as PDF, `progress` being told from 0 to 1; the same poster, the same bytes.

    Raises:
        TooMuchError: it does not fit on that paper; its `remedies` do.
        AssetsError: the typefaces have not been fetched.
    """
    told = progress or (lambda _: None)
    told(0.05)
    layout = lay_out(poster, paper, orientation, pages=pages)
    told(0.6)
    content = write_layout(poster, layout)
    told(1.0)
    return content


def write_layout(poster: Poster, layout: Layout) -> bytes:
    """Write a poster that is laid out already as PDF."""
    file = BytesIO()
    canvas = Canvas(
        file, pagesize=(layout.width, layout.height), invariant=1, pageCompression=1,
        lang=poster.languages[0], pdfVersion=(1, 7), initialFontName=face("regular"),
    )  # fmt: skip
    title = clean(poster.titles[0])
    canvas.setTitle(title)
    for say in (canvas.setAuthor, canvas.setCreator, canvas.setProducer):
        say("Plein")
    canvas.setSubject("")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    pen = Pen(canvas)
    draw_pages(pen, poster, layout)
    pen.finish()
    _describe(canvas, title, poster.languages[0])
    canvas.save()
    return file.getvalue()


def draw_pages(pen: Any, poster: Poster, layout: Layout) -> None:
    """Draw every page of a layout, in the order it is read in."""
    margin = MARGIN_MM[layout.paper] * PT_A_MM
    for n, page in enumerate(layout.pages):
        if n == layout.head_page:
            x, top = layout.head.at or (margin, layout.height - margin)
            draw_head(pen, layout.head, poster, x, top)
        if n == layout.plan_page:
            words = poster.label("map")[0].format(title=poster.titles[0], count=len(poster.entries))
            draw_plan(pen, layout.plan, poster, k=layout.k, words=words)
        for block, slot, top in page.blocks:
            draw_block(pen, block, slot, top, poster)
        if n == layout.foot_page:
            x, low = layout.foot.at or (margin, margin)
            draw_foot(pen, layout.foot, poster, x, low)
        _draw_folds(pen, layout)
        pen.turn_page()


def _draw_folds(pen: Any, layout: Layout) -> None:
    """Mark where to fold at the edges, where it is cut off or hidden by the next panel."""
    canvas = pen.canvas
    with pen.decoration():
        canvas.setStrokeColor(FOLD)
        canvas.setLineWidth(0.5)
        for x1, y1, x2, y2 in layout.folds:
            if x1 == x2:
                canvas.line(x1, 0, x1, 12)
                canvas.line(x1, layout.height - 12, x1, layout.height)
            else:
                canvas.line(0, y1, 12, y2)
                canvas.line(layout.width - 12, y1, layout.width, y2)


def _describe(canvas: Canvas, title: str, language: str) -> None:
    """Say that it is meant to be PDF/UA-1, as ISO 14289-1 asks it to be said."""
    text = _XMP.format(title=escape(title), language=escape(language))
    stream = PDFStream(
        PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}), text.encode()
    )
    stream.filters = []
    document = canvas._doc  # noqa: SLF001 - no public way
    document.Catalog.Metadata = document.Reference(stream, "metadata")
    document.Catalog.__NoDefault__ = [*document.Catalog.__NoDefault__, "Metadata"]
