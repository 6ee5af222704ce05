"""A PDF to draw on: the same bytes each time, with its language and title."""

from io import BytesIO
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from exchange.paper.fonts import face

MAKER: Final = "Plein"


def blank(
    size_pt: tuple[float, float],
    *,
    title: str,
    language: str,
    author: str = MAKER,
    version: tuple[int, int] = (1, 5),
) -> Canvas:
    """Return a canvas of pages of (width, height) points; `getpdfdata()` gives the file.

    Raises:
        AssetsError: the typefaces have not been fetched.
    """
    canvas = Canvas(
        BytesIO(), pagesize=size_pt, invariant=1, pageCompression=1, lang=language,
        pdfVersion=version, initialFontName=face("regular"),
    )  # fmt: skip
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject("")
    canvas.setCreator(MAKER)
    canvas.setProducer(MAKER)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas
