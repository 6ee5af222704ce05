"""Small black signs before a text, the number of a place, and the QR code."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, Literal

import segno

from exchange.paper.fonts import face

Sign = Literal["door", "phone", "walk", "clock", "speech", "check", "person"]
SIGN_PT: Final = 15.0
"""Width and height of a sign, in points."""
INK: Final = "#000000"
PAPER: Final = "#ffffff"
MODULE_PT: Final = 1.15
"""0.4 mm: the smallest square of a QR code an old phone reads from office paper (our choice)."""
SMALLEST_QR_PT: Final = 74.0
"""26 mm (our choice: held at a hand's distance, old phones focus no nearer)."""
QUIET_MODULES: Final = 4
"""White around a QR code: ISO/IEC 18004."""


def draw_sign(
    canvas: Any, sign: Sign, x: float, middle: float, *, side_pt: float = SIGN_PT
) -> None:
    """Draw a sign with its left edge at x, centred on a height."""
    canvas.saveState()
    canvas.translate(x, middle - side_pt / 2)
    canvas.scale(side_pt / 16, side_pt / 16)  # they are drawn in a square of 16
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.6)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    _DRAWINGS[sign](canvas)
    canvas.restoreState()


def draw_number(canvas: Any, number: int, x: float, y: float, radius: float) -> None:
    """Draw the round sign with the number of a place around x, y."""
    canvas.saveState()
    canvas.setFillColor(INK)
    canvas.setStrokeColor(PAPER)
    canvas.setLineWidth(1.5)
    canvas.circle(x, y, radius, fill=1)
    canvas.setFillColor(PAPER)
    size = radius * 1.3
    canvas.setFont(face("bold"), size)
    canvas.drawCentredString(x, y - size * 0.34, str(number))
    canvas.restoreState()


def qr_side_pt(address: str) -> float:
    """Tell how large the QR code of an address must be, white edge included, in points."""
    modules = len(_matrix(address)) + 2 * QUIET_MODULES
    return max(SMALLEST_QR_PT, modules * MODULE_PT)


def qr_quiet_pt(address: str) -> float:
    """Tell how wide the white edge of the QR code of an address is, in points."""
    modules = len(_matrix(address)) + 2 * QUIET_MODULES
    return qr_side_pt(address) / modules * QUIET_MODULES


def draw_qr(canvas: Any, address: str, x: float, y: float) -> None:
    """Draw the QR code of an address with its lower left corner at x, y."""
    rows = _matrix(address)
    side = qr_side_pt(address) / (len(rows) + 2 * QUIET_MODULES)
    path = canvas.beginPath()
    top = y + side * (QUIET_MODULES + len(rows))
    for n, row in enumerate(rows):
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end]:
                end += 1
            if end > start:  # one bar for neighbours: hairlines between squares confuse readers
                left = x + side * (QUIET_MODULES + start)
                path.rect(left, top - side * (n + 1), side * (end - start), side)
            start = end + 1
    canvas.setFillColor(INK)
    canvas.drawPath(path, stroke=0, fill=1)


@lru_cache(maxsize=4)
def _matrix(address: str) -> tuple[bytearray, ...]:
    return tuple(segno.make(address, error="m", micro=False, boost_error=False).matrix)


def _door(canvas: Any) -> None:
    path = canvas.beginPath()
    path.moveTo(1, 8)
    path.lineTo(8, 14.5)
    path.lineTo(15, 8)
    canvas.drawPath(path)
    canvas.line(3.2, 7.5, 3.2, 1.5)
    canvas.line(12.8, 7.5, 12.8, 1.5)
    canvas.line(3.2, 1.5, 12.8, 1.5)
    canvas.rect(6.4, 1.5, 3.2, 5, stroke=0, fill=1)


def _phone(canvas: Any) -> None:
    """Draw a handset lying across, ear above."""
    canvas.setLineWidth(3)
    canvas.setLineCap(0)
    canvas.bezier(3.4, 11.6, 4.2, 6.8, 6.8, 4.2, 11.6, 3.4)
    canvas.setLineCap(1)
    canvas.setLineWidth(3.6)
    canvas.line(3.0, 12.8, 5.2, 11.4)
    canvas.line(11.4, 5.2, 12.8, 3.0)


def _walk(canvas: Any) -> None:
    canvas.circle(9, 14, 1.7, stroke=0, fill=1)
    canvas.setLineWidth(2.2)
    canvas.line(8.6, 11, 7.6, 6.6)
    canvas.setLineWidth(1.7)
    canvas.lines([(7.6, 6.6, 10, 4.2), (10, 4.2, 10.6, 1), (7.6, 6.4, 6.4, 3.6)])
    canvas.lines([(6.4, 3.6, 4, 1), (8.6, 10.8, 11, 8.6), (11, 8.6, 13, 8.4)])
    canvas.lines([(8.4, 10.8, 5.4, 9.4), (5.4, 9.4, 4.6, 7)])


def _clock(canvas: Any) -> None:
    canvas.circle(8, 8, 6.6)
    canvas.lines([(8, 8, 8, 12), (8, 8, 10.8, 6.4)])


def _speech(canvas: Any) -> None:
    canvas.roundRect(1.4, 5, 13.2, 9, 2.4)
    path = canvas.beginPath()
    path.moveTo(4, 5.4)
    path.lineTo(4, 1.4)
    path.lineTo(8.4, 5.4)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.lines([(4.4, 11, 11.6, 11), (4.4, 8, 9.4, 8)])


def _check(canvas: Any) -> None:
    canvas.setLineWidth(2.2)
    canvas.lines([(2.4, 8, 6.4, 3.6), (6.4, 3.6, 13.6, 12.4)])


def _person(canvas: Any) -> None:
    canvas.circle(8, 11.6, 3, stroke=0, fill=1)
    path = canvas.beginPath()
    path.moveTo(2.4, 1.4)
    path.curveTo(2.4, 9, 13.6, 9, 13.6, 1.4)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


_DRAWINGS: Final[dict[Sign, Callable[[Any], None]]] = {
    "door": _door,
    "phone": _phone,
    "walk": _walk,
    "clock": _clock,
    "speech": _speech,
    "check": _check,
    "person": _person,
}
