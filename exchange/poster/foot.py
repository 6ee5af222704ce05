"""The foot of a poster: the relay, the way to the live map, who made it and from what."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from reportlab.lib.utils import ImageReader

from exchange.paper.signs import draw_qr, qr_side_pt
from exchange.paper.text import RISE, Style, draw_line, wrap
from exchange.poster.blocks import Row, each_once
from exchange.poster.sheet import Poster

PAD_PT: Final = 7.0
LOGO_PT: Final = 26.0
"""Height of a logo on an A3 (our choice: 9 mm)."""
NAME_PT, TEXT_PT, SMALL_PT = 12.5, 8.6, 7.0
SHARES: Final = (0.36, 0.26, 0.38)
"""Widths of relay, live map and makers (our choice)."""
INK: Final = "#1c2b2e"
SOFT: Final = "#3d4a4a"
PAPER: Final = "#ffffff"


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one part of the foot, its width and its height without white around it."""

    rows: tuple[Row, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Foot:
    """The three parts, beside each other or stacked; `at` is its lower left corner."""

    relay: Part
    live: Part
    makers: Part
    width: float
    height: float
    k: float
    stacked: bool
    at: tuple[float, float] | None = None


def foot_of(poster: Poster, width: float, k: float, *, stacked: bool = False) -> Foot:
    """Set the foot for a width in points; `k` is the size of the paper beside an A3."""
    shares = (1.0, 1.0, 1.0) if stacked else SHARES
    wide = [width * share for share in shares]
    pad = PAD_PT * k
    relay = _part(_relay(poster, wide[0] - 2 * pad, k), wide[0])
    side = qr_side_pt(poster.qr) if poster.qr else 0.0
    live = _part(_live(poster, wide[1] - side - pad, k), wide[1], least=side)
    makers = _part(_makers(poster, wide[2], k), wide[2])
    logos = (LOGO_PT * k + 5 * k) if poster.logos else 0.0
    makers = Part(makers.rows, makers.width, makers.height + logos)
    heights = [relay.height + 2 * pad if relay.rows else 0.0, live.height, makers.height]
    total = sum(heights) + 2 * pad if stacked else max(heights)
    return Foot(relay, live, makers, width, total, k, stacked)


def _part(rows: Iterator[Row], width: float, *, least: float = 0.0) -> Part:
    found = tuple(rows)
    return Part(found, width, max(least, sum(row.style.line_pt for row in found)))


def _relay(poster: Poster, room: float, k: float) -> Iterator[Row]:
    relay = poster.relay
    if relay is None:
        return
    small = Style(max(TEXT_PT * k, 7.0), colour=PAPER, leading=1.2)
    name = Style(NAME_PT * k, "bold", PAPER, 1.16)
    strong = Style(max(NAME_PT * k, 7.0), "bold", PAPER, 1.2)
    label = " · ".join(text for text, _ in each_once(poster.label("relay"), poster.languages))
    yield from _rows(label, small, room, poster.languages[0], most=2)
    for text, language in each_once(relay.names, poster.languages):
        yield from _rows(text, name, room, language, most=2)
    if relay.phones:
        yield from _rows(" · ".join(relay.phones), strong, room, poster.languages[0], most=2)
    told = [" · ".join(lines) for lines in relay.lines]
    for text, language in each_once(told, poster.languages):
        yield from _rows(text, small, room, language, most=4)


def _live(poster: Poster, room: float, k: float) -> Iterator[Row]:
    if not poster.qr:
        return
    style = Style(max(TEXT_PT * k, 7.0), "bold", INK, 1.2)
    for text, language in each_once(poster.label("live"), poster.languages):
        yield from _rows(text, style, room, language, most=3)
    plain = Style(max(SMALL_PT * k, 7.0), colour=SOFT, leading=1.2)
    yield from _rows(poster.qr.split("://", 1)[-1], plain, room, "", most=3)


def _makers(poster: Poster, room: float, k: float) -> Iterator[Row]:
    style = Style(max(TEXT_PT * k, 7.0), colour=INK, leading=1.22)
    small = Style(max(SMALL_PT * k, 7.0), colour=SOFT, leading=1.22)
    if poster.makers:
        label = " · ".join(text for text, _ in each_once(poster.label("made_by"), poster.languages))
        yield from _rows(f"{label}: {poster.makers}", style, room, poster.languages[0], most=3)
    edition = " · ".join(text for text, _ in each_once(poster.edition, poster.languages))
    yield from _rows(edition, style, room, poster.languages[0], most=2)
    yield from _rows(poster.sources, small, room, poster.languages[0], most=4)


def _rows(text: str, style: Style, room: float, language: str, *, most: int) -> Iterator[Row]:
    for line in wrap(text, style, room, most=most) if text else ():
        yield Row(line, style, language)


def draw_foot(pen: Any, foot: Foot, poster: Poster, x: float, low: float) -> None:
    """Draw the foot with its lower left corner there."""
    canvas, pad = pen.canvas, PAD_PT * foot.k
    top = low + foot.height
    if foot.relay.rows:
        high = foot.relay.height + 2 * pad if foot.stacked else foot.height
        with pen.decoration():
            canvas.setFillColor(poster.accent)
            canvas.roundRect(
                x,
                top - high,
                foot.relay.width - pad * (not foot.stacked),
                high,
                4,
                stroke=0,
                fill=1,
            )
        _draw(pen, foot.relay.rows, x + pad, top - pad)
        if foot.stacked:
            top -= high + pad
        else:
            x += foot.relay.width
    if poster.qr:
        side = qr_side_pt(poster.qr)
        with pen.decoration():
            canvas.setFillColor(PAPER)
            draw_qr(canvas, poster.qr, x, top - side)
        _draw(pen, foot.live.rows, x + side + 3, top - 5)
        if foot.stacked:
            top -= foot.live.height + pad
        else:
            x += foot.live.width
    _draw_logos(pen, foot, poster, x, top)
    _draw(pen, foot.makers.rows, x, top - (LOGO_PT + 5) * foot.k * bool(poster.logos))


def _draw_logos(pen: Any, foot: Foot, poster: Poster, x: float, top: float) -> None:
    high, right = LOGO_PT * foot.k, x + foot.makers.width
    for logo in poster.logos:
        picture = ImageReader(BytesIO(logo.png))
        across, down = picture.getSize()
        wide = min(high * across / down, foot.makers.width / 2)
        if x + wide > right:
            return
        with pen.element("Figure", language=poster.languages[0], words=logo.name):
            pen.canvas.drawImage(
                picture,
                x,
                top - high,
                wide,
                high,
                mask="auto",
                preserveAspectRatio=True,
                anchor="w",
            )
        x += wide + 8 * foot.k


def _draw(pen: Any, rows: tuple[Row, ...], x: float, top: float) -> None:
    for row in rows:
        with pen.element("P", language=row.language):
            draw_line(pen.canvas, row.text, row.style, x, top - row.style.size_pt * RISE)
        top -= row.style.line_pt
