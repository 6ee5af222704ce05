import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import shapely

from exchange.paper.fonts import width_pt
from exchange.paper.text import Style
from exchange.poster.blocks import INK, SOFT, both, hyphenated
from exchange.poster.chips import (
    DIGIT,
    LONGER,
    SIDE_PT,
    UNIT,
    Chip,
    contrast,
    digits_at,
    draw_chip,
    plate,
    readable,
)
from exchange.poster.land import PAPER
from exchange.poster.names import COLOUR

SHAPES = json.loads(Path("static/src/shapes.json").read_text(encoding="utf-8"))
ROUND = 0.25  # of a digit's height: corners of its box that no digit reaches
PALETTE = json.loads(Path("layers/palette.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("colour", [*PALETTE["groups"].values(), "#ffee00", "red", "#12345"])
def test_white_numbers_can_be_read_on_every_colour(colour: str) -> None:
    assert contrast(readable(colour), "#ffffff") >= 4.5


@pytest.mark.parametrize(("ink", "ground"), [(INK, "#ffffff"), (SOFT, "#ffffff"),
                         (COLOUR, PAPER), (COLOUR, "#ffffff"), (SOFT, "#eef3f1")])  # fmt: skip
def test_texts_can_be_read(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


def test_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_many_numbers_are_laid_in_rows() -> None:
    assert plate(1, 14) == (14, 14)
    assert plate(3, 14) == (45, 17)
    assert plate(4, 14) == (31, 31)
    assert plate(7, 14) == (45, 45)


class Drawn:
    """A canvas and its paths that remember where a pen went, and what was painted."""

    def __init__(self) -> None:
        self.points: list[tuple[float, float]] = []
        self.painted: list[tuple[int, int]] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def do(*given: float, **told: int) -> "Drawn":
            if name in ("moveTo", "lineTo"):
                self.points.append((given[0], given[1]))
            elif name == "curveTo":
                start, *along = self.points[-1], *zip(given[::2], given[1::2], strict=True)
                self.points += [_on_curve((start, *along), n / 8) for n in range(1, 9)]
            elif name == "drawPath":
                self.painted.append((told["stroke"], told["fill"]))
            return self

        return do


def _on_curve(ends: Sequence[tuple[float, float]], t: float) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    pairs = list(zip(weights, ends, strict=True))
    return sum(w * e[0] for w, e in pairs), sum(w * e[1] for w, e in pairs)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("number", [8, 48, 100, 888])
def test_white_digits_stand_on_the_colour_of_their_shape(shape: str, number: int) -> None:
    canvas, text = Drawn(), str(number)
    side = SIDE_PT * (LONGER if number > 99 else 1)
    draw_chip(canvas, Chip(number, "#0b5d66", shape), 0, 0, side, words=False)
    assert canvas.painted == [(1, 0), (0, 1)]
    left, below, size = digits_at(text, shape, side)
    scale, high = UNIT / side, size * DIGIT
    box = shapely.box(left, below, left + width_pt(text, "bold", size), below + high)
    worn = box.buffer(-ROUND * high).buffer(ROUND * high)
    on = shapely.transform(worn, lambda at: at * (scale, -scale) + UNIT / 2)
    assert shapely.Polygon(canvas.points).buffer(0).buffer(0.01).covers(on)
    assert size >= 7


def test_words_are_parted_between_syllables() -> None:
    assert "".join(hyphenated("Buurtgezondheidscentrum", Style(10), 70)).replace("-", "") == (
        "Buurtgezondheidscentrum"
    )
    assert hyphenated("kort", Style(10), 70) == ["kort"]
    assert both(("Midi", "Zuid", "Midi")) == "Midi · Zuid"
