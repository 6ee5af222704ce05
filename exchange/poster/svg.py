"""A canvas with reportlab's drawing calls that writes SVG; letters are outlines."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from exchange.settings import settings

CAPS: Final = ("butt", "round", "square")
JOINS: Final = ("miter", "round", "bevel")
PREFIX: Final = "plein-"


@dataclass
class Path:
    """A path under way, as reportlab's."""

    steps: list[str] = field(default_factory=list)

    def moveTo(self, x: float, y: float) -> None:  # noqa: N802 - reportlab's names
        """Begin at a point."""
        self.steps.append(f"M{_n(x)} {_n(y)}")

    def lineTo(self, x: float, y: float) -> None:  # noqa: N802
        """Draw to a point."""
        self.steps.append(f"L{_n(x)} {_n(y)}")

    def curveTo(self, *points: float) -> None:  # noqa: N802
        """Draw a curve to a point."""
        self.steps.append("C" + " ".join(map(_n, points)))

    def rect(self, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle."""
        self.steps.append(f"M{_n(x)} {_n(y)}h{_n(width)}v{_n(height)}h{_n(-width)}z")

    def close(self) -> None:
        """Go back to where it began."""
        self.steps.append("z")


@dataclass
class Text:
    """A line of text under way, as reportlab's."""

    x: float
    y: float
    pieces: list[tuple[str, float, str, str, int]] = field(default_factory=list)
    _font: tuple[str, float] = ("", 0.0)
    _colour: str = "#000000"
    _mode: int = 0

    def setFillColor(self, colour: str) -> None:  # noqa: N802
        """Colour what follows."""
        self._colour = colour

    def setFont(self, name: str, size: float) -> None:  # noqa: N802
        """Set what follows in a typeface."""
        self._font = (name, size)

    def setTextRenderMode(self, mode: int) -> None:  # noqa: N802
        """Fill (0) or stroke (1) what follows."""
        self._mode = mode

    def textOut(self, text: str) -> None:  # noqa: N802
        """Write on."""
        self.pieces.append((*self._font, text, self._colour, self._mode))


class SvgCanvas:
    """One page."""

    def __init__(self, width: float, height: float) -> None:
        """Begin a page of points."""
        self.width, self.height = width, height
        self._out: list[str] = []
        self._code: list[str] = []  # marks of PDF, which SVG has no use for
        self._look: dict[str, Any] = {
            "fill": "#000000", "stroke": "#000000", "width": 1.0, "cap": 0, "join": 0, "dash": "",
            "fill_alpha": 1.0, "stroke_alpha": 1.0,
        }  # fmt: skip
        self._kept: list[tuple[dict[str, Any], int]] = []
        self._open = 0
        self._glyphs: dict[tuple[str, str], str] = {}
        self._clips = 0

    def saveState(self) -> None:  # noqa: N802
        """Keep how it draws."""
        self._kept.append((dict(self._look), self._open))
        self._open = 0

    def restoreState(self) -> None:  # noqa: N802
        """Draw again as it did."""
        self._out.append("</g>" * self._open)
        self._look, self._open = self._kept.pop()

    def _group(self, attributes: str) -> None:
        self._out.append(f"<g {attributes}>")
        self._open += 1

    def translate(self, x: float, y: float) -> None:
        """Move the page."""
        self._group(f'transform="translate({_n(x)} {_n(y)})"')

    def scale(self, x: float, y: float) -> None:
        """Scale the page."""
        self._group(f'transform="scale({x:.6g} {y:.6g})"')

    def rotate(self, degrees: float) -> None:
        """Turn the page against the clock."""
        self._group(f'transform="rotate({degrees:.4f})"')

    def setFillColor(self, colour: str) -> None:  # noqa: N802
        """Fill with a colour."""
        self._look["fill"] = colour

    def setStrokeColor(self, colour: str) -> None:  # noqa: N802
        """Stroke with a colour."""
        self._look["stroke"] = colour

    def setLineWidth(self, width: float) -> None:  # noqa: N802
        """Stroke so wide."""
        self._look["width"] = width

    def setLineCap(self, cap: int) -> None:  # noqa: N802
        """End lines so."""
        self._look["cap"] = cap

    def setLineJoin(self, join: int) -> None:  # noqa: N802
        """Join lines so."""
        self._look["join"] = join

    def setDash(self, *lengths: float) -> None:  # noqa: N802
        """Break lines so, or not at all."""
        self._look["dash"] = " ".join(map(_n, lengths))

    def setFillAlpha(self, alpha: float) -> None:  # noqa: N802
        """Fill so densely."""
        self._look["fill_alpha"] = alpha

    def setStrokeAlpha(self, alpha: float) -> None:  # noqa: N802
        """Stroke so densely."""
        self._look["stroke_alpha"] = alpha

    def setFont(self, name: str, size: float) -> None:  # noqa: N802
        """Set the typeface of `drawCentredString`."""
        self._font = (name, size)

    def beginPath(self) -> Path:  # noqa: N802
        """Begin a path."""
        return Path()

    def drawPath(self, path: Path, stroke: int = 1, fill: int = 0, **_told: Any) -> None:  # noqa: N802
        """Draw a path."""
        self._out.append(f'<path d="{"".join(path.steps)}" {self._style(stroke, fill)}/>')

    def clipPath(self, path: Path, **_told: Any) -> None:  # noqa: N802
        """Draw only within a path."""
        self._clips += 1
        shape = "".join(path.steps)
        self._out.append(f'<clipPath id="clip{self._clips}"><path d="{shape}"/></clipPath>')
        self._group(f'clip-path="url(#clip{self._clips})"')

    def rect(  # noqa: PLR0917 - reportlab's
        self, x: float, y: float, width: float, height: float, stroke: int = 1, fill: int = 0
    ) -> None:
        """Draw a rectangle."""
        self.roundRect(x, y, width, height, 0, stroke, fill)

    def roundRect(  # noqa: N802, PLR0917 - reportlab's
        self, x: float, y: float, width: float, height: float, radius: float,
        stroke: int = 1, fill: int = 0,
    ) -> None:  # fmt: skip
        """Draw a rectangle with round corners."""
        rx = f' rx="{_n(radius)}"' if radius else ""
        box = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{rx}'
        self._out.append(f"<rect {box} {self._style(stroke, fill)}/>")

    def circle(self, x: float, y: float, radius: float, stroke: int = 1, fill: int = 0) -> None:
        """Draw a circle."""
        told = f'cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"'
        self._out.append(f"<circle {told} {self._style(stroke, fill)}/>")

    def line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """Draw a line."""
        told = f'd="M{_n(x)} {_n(y)}L{_n(to_x)} {_n(to_y)}"'
        self._out.append(f"<path {told} {self._style(1, 0)}/>")

    def lines(self, lines: Sequence[tuple[float, float, float, float]]) -> None:
        """Draw lines."""
        for each in lines:
            self.line(*each)

    def beginText(self, x: float, y: float) -> Text:  # noqa: N802
        """Begin a line of text."""
        return Text(x, y)

    def drawText(self, text: Text) -> None:  # noqa: N802
        """Draw a line of text as outlines, its words beside for who cannot see them."""
        x = text.x
        for name, size, piece, colour, mode in text.pieces:
            units, glyphs = _face(name)
            by = size / units
            look = f'fill="{colour}"'
            if mode:
                stroke, width = self._look["stroke"], self._look["width"] / by
                look = f'fill="none" stroke="{stroke}" stroke-width="{_n(width)}"'
                look += ' stroke-linejoin="round"'
            told = "" if mode else f" aria-label={quoteattr(piece)}"
            self._out.append(
                f'<g transform="translate({_n(x)} {_n(text.y)}) scale({by:.6g})" {look}{told}>'
            )
            at = 0
            for character in piece:
                shape, advance = _glyph(name, glyphs(character))
                if shape:
                    key = self._glyphs.setdefault((name, shape), f"g{len(self._glyphs)}")
                    self._out.append(f'<use href="#{key}" x="{at}"/>')
                at += advance
            self._out.append("</g>")
            x += at * by

    def drawImage(  # noqa: N802 - reportlab's
        self, image: Any, x: float, y: float, width: float, height: float, **_told: Any
    ) -> None:
        """Draw a picture, whole and in its own shape within a box."""
        data = base64.b64encode(image.fp.getvalue()).decode()
        self._out.append(
            f'<image transform="translate({_n(x)} {_n(y + height)}) scale(1 -1)" '
            f'width="{_n(width)}" height="{_n(height)}" href="data:image/png;base64,{data}"/>'
        )

    def _style(self, stroke: int, fill: int) -> str:
        look = self._look
        told = [f'fill="{look["fill"]}" fill-rule="evenodd"' if fill else 'fill="none"']
        if fill and look["fill_alpha"] != 1:
            told.append(f'fill-opacity="{look["fill_alpha"]}"')
        if stroke:
            told.append(f'stroke="{look["stroke"]}" stroke-width="{_n(look["width"])}"')
            told.append(
                f'stroke-linecap="{CAPS[look["cap"]]}" stroke-linejoin="{JOINS[look["join"]]}"'
            )
            if look["dash"]:
                told.append(f'stroke-dasharray="{look["dash"]}"')
            if look["stroke_alpha"] != 1:
                told.append(f'stroke-opacity="{look["stroke_alpha"]}"')
        return " ".join(told)

    def written(self, title: str, language: str) -> bytes:
        """Return the page as a file."""
        from xml.sax.saxutils import escape  # noqa: PLC0415

        defs = "".join(
            f'<path id="{key}" d="{shape}"/>' for (_, shape), key in self._glyphs.items()
        )
        mm = 25.4 / 72
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width * mm:.2f}mm" '
            f'height="{self.height * mm:.2f}mm" viewBox="0 0 {_n(self.width)} {_n(self.height)}" '
            f'role="img" lang={quoteattr(language)}><title>{escape(title)}</title>'
            f"<defs>{defs}</defs>"
            f'<rect width="100%" height="100%" fill="#ffffff"/>'
            f'<g transform="matrix(1 0 0 -1 0 {_n(self.height)})">{"".join(self._out)}'
            f"{'</g>' * self._open}</g></svg>"
        ).encode()


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


@cache
def _font(name: str) -> Any:
    path = settings().root / "static" / "built" / "print" / f"{name.removeprefix(PREFIX)}.ttf"
    return TTFont(path, lazy=True)


@cache
def _face(name: str) -> tuple[int, Any]:
    font = _font(name)
    known = font.getBestCmap()
    return font["head"].unitsPerEm, lambda character: known.get(ord(character), ".notdef")


@cache
def _glyph(name: str, glyph: str) -> tuple[str, int]:
    font = _font(name)
    shapes = font.getGlyphSet()
    pen = SVGPathPen(shapes)
    shapes[glyph].draw(pen)
    return pen.getCommands(), font["hmtx"][glyph][0]
