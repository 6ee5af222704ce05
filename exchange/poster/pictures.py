"""The poster as pictures: PNG of what the PDF shows, SVG of the same drawing."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final

from exchange.paper.writing import clean
from exchange.poster.layouts import Layout, arranged
from exchange.poster.pages import draw_page, write_layout
from exchange.poster.sheet import Orientation, Paper, Poster
from exchange.poster.svg import SvgCanvas

PREVIEW_PX: Final = 1_600
"""The longer side of a preview: text of 8 points on an A3 is just read (our choice)."""
MOST_PX: Final = 12_000
"""No picture is larger: 12,000 by 8,500 points take 400 MB while they are made (our choice)."""
POINTS_AN_INCH: Final = 72


class _Pen:
    """What the drawing asks of a pen, without the structure that only PDF has."""

    def __init__(self, canvas: SvgCanvas) -> None:
        self.canvas: Any = canvas

    @contextmanager
    def element(self, _kind: str, **_told: str) -> Iterator[None]:
        yield

    @contextmanager
    def decoration(self) -> Iterator[None]:
        yield


def write_svg(
    poster: Poster,
    paper: Paper = "A3",
    orientation: Orientation = "landscape",
    *,
    pages: int = 1,
) -> tuple[bytes, ...]:
    """Write a poster as SVG, a file a page; letters are outlines.

    Raises:
        TooMuchError: it does not fit; tells what helps.
    """
    layout = arranged(poster, paper, orientation, pages=pages)
    return svg_of(layout)


def svg_of(layout: Layout) -> tuple[bytes, ...]:
    """Write a sheet that is laid out as SVG, a file a page."""
    poster, files = layout.plan.poster, []
    for page in range(layout.pages):
        canvas = SvgCanvas(layout.board.width, layout.board.height)
        draw_page(_Pen(canvas), layout, page, lambda _share: None)
        files.append(canvas.written(clean(poster.titles[0]), poster.languages[0]))
    return tuple(files)


def write_png(
    pdf: bytes, *, page: int = 0, dpi: int = 0, longest_px: int = PREVIEW_PX, grey: bool = False
) -> bytes:
    """Draw a page of a PDF as PNG: at `dpi`, or `longest_px` along its longer side."""
    import pypdfium2  # noqa: PLC0415 - only who wants a picture waits for it

    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        longer = max(sheet.get_size())
        scale = dpi / POINTS_AN_INCH if dpi else longest_px / longer
        bitmap = sheet.render(scale=min(scale, MOST_PX / longer), grayscale=grey)
        file = BytesIO()
        bitmap.to_pil().save(file, "PNG", compress_level=4)
    finally:
        document.close()
    return file.getvalue()


def write_preview(
    poster: Poster,
    paper: Paper = "A3",
    orientation: Orientation = "landscape",
    *,
    pages: int = 1,
    longest_px: int = PREVIEW_PX,
) -> tuple[bytes, ...]:
    """Write small pictures of all pages, fast.

    Raises:
        TooMuchError: it does not fit; tells what helps.
    """
    layout = arranged(poster, paper, orientation, pages=pages)
    pdf = write_layout(layout)
    return tuple(write_png(pdf, page=n, longest_px=longest_px) for n in range(layout.pages))
