"""The typefaces of the sheet: the app's own, and a wide one for every letter it has not."""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from threading import Lock
from typing import Final, Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from exchange.assets import AssetsError
from exchange.settings import settings
from geo.errors import N_

Weight = Literal["regular", "bold"]
UNKNOWN: Final = "\ufffd"
"""Drawn where no typeface of ours has the character, so that one sees that it is missing."""
SPACES: Final = dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009"), " ")
_REGISTERING: Final = Lock()


def runs(text: str, weight: Weight) -> Iterator[tuple[str, str]]:
    """Yield pieces of a line with the name of the typeface that has their characters.

    >>> list(runs("Tour Ж", "regular"))
    [('plein-regular', 'Tour '), ('plein-wide-regular', 'Ж')]
    """
    faces = _faces(weight)
    spoken = text.translate(SPACES)
    for name, piece in groupby(spoken, key=lambda c: _face_of(c, weight)):
        characters = "".join(piece)
        yield (name, characters) if name else (faces[-1][0], UNKNOWN * len(characters))


def face(weight: Weight) -> str:
    """Return the name of the app's own typeface, for digits and signs."""
    return _faces(weight)[0][0]


def width_pt(text: str, weight: Weight, size_pt: float) -> float:
    """Measure a line as it will be drawn, in points."""
    return size_pt * sum(_width_of(c, weight) for c in text)


@lru_cache(maxsize=8192)
def _width_of(character: str, weight: Weight) -> float:
    name, piece = next(runs(character, weight))
    return float(pdfmetrics.stringWidth(piece, name, 1))


@lru_cache(maxsize=8192)
def _face_of(character: str, weight: Weight) -> str:
    held = (name for name, characters in _faces(weight) if ord(character) in characters)
    return next(held, "")


@cache
def _faces(weight: Weight) -> tuple[tuple[str, frozenset[int]], ...]:
    """Load the app's typeface and the wide one, once a process.

    Raises:
        AssetsError: they have not been fetched.
    """
    folder = settings().root / "static" / "built" / "print"
    with _REGISTERING:
        try:
            fonts = [
                TTFont(f"plein-{name}", str(folder / f"{name}.ttf"))
                for name in (weight, f"wide-{weight}")
            ]
        except TTFError as error:
            raise AssetsError(
                N_("The typefaces of the sheet are not here. Run `python -m exchange assets`.")
            ) from error
        for font in fonts:
            pdfmetrics.registerFont(font)
    return tuple((font.fontName, frozenset(font.face.charToGlyph)) for font in fonts)
