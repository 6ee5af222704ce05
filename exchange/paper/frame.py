"""The ground a map on paper shows: where metres are on the page, its scale bar and its north."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from exchange.paper.fonts import width_pt
from exchange.paper.text import INK, Style, draw_line

SCALE_LENGTHS_M: Final = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
LONGEST_BAR: Final = 0.25
"""Share of the map's width the scale bar takes at most (our choice)."""
KILOMETRE_M: Final = 1_000
LABEL: Final = Style(10, "bold")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Frame:
    """The ground a map shows and where on the page it stands; metres of one system, points."""

    x: float
    y: float
    width: float
    height: float
    west: float
    south: float
    pt_a_m: float

    @property
    def ground(self) -> tuple[float, float, float, float]:
        """West, south, east and north in metres."""
        return (
            self.west,
            self.south,
            self.west + self.width / self.pt_a_m,
            self.south + self.height / self.pt_a_m,
        )

    def place(self, points: Floats) -> Floats:
        """Turn metres into points on the page."""
        return (points - (self.west, self.south)) * self.pt_a_m + (self.x, self.y)


def draw_bar(canvas: Any, frame: Frame, corner: tuple[float, float]) -> None:
    """Draw a bar of a round length, on white, with its lower left corner there."""
    fitting = [each for each in SCALE_LENGTHS_M if each * frame.pt_a_m < frame.width * LONGEST_BAR]
    length = fitting[-1] if fitting else SCALE_LENGTHS_M[0]
    x, y, wide = corner[0] + 6, corner[1] + 6, length * frame.pt_a_m
    text = f"{length} m" if length < KILOMETRE_M else f"{length // KILOMETRE_M} km"
    canvas.setFillColor("#ffffff")
    beside = width_pt(text, LABEL.weight, LABEL.size_pt)
    canvas.rect(x - 6, y - 6, wide + beside + 16, 18, stroke=0, fill=1)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.4)
    canvas.setLineCap(0)
    canvas.lines(
        [(x, y, x + wide, y), (x, y - 0.7, x, y + 4), (x + wide, y - 0.7, x + wide, y + 4)]
    )
    draw_line(canvas, text, LABEL, x + wide + 5, y - 1)


def draw_north(canvas: Any, frame: Frame) -> None:
    """Draw the arrow to the north, on white, in the upper right corner."""
    right, top = frame.x + frame.width - 11, frame.y + frame.height - 5
    canvas.setFillColor("#ffffff")
    canvas.rect(right - 7, top - 26, 18, 31, stroke=0, fill=1)
    canvas.setFillColor(INK)
    arrow = canvas.beginPath()
    arrow.moveTo(right - 4.5, top - 12)
    arrow.lineTo(right, top)
    arrow.lineTo(right + 4.5, top - 12)
    arrow.close()
    canvas.drawPath(arrow, stroke=0, fill=1)
    draw_line(canvas, "N", LABEL, right - 3.6, top - 22)
