import json
from pathlib import Path

import pytest

from exchange.paper.text import Style
from exchange.poster.blocks import INK, SOFT, both, hyphenated
from exchange.poster.chips import contrast, plate, readable
from exchange.poster.land import PAPER
from exchange.poster.names import COLOUR

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


def test_words_are_parted_between_syllables() -> None:
    assert "".join(hyphenated("Buurtgezondheidscentrum", Style(10), 70)).replace("-", "") == (
        "Buurtgezondheidscentrum"
    )
    assert hyphenated("kort", Style(10), 70) == ["kort"]
    assert both(("Midi", "Zuid", "Midi")) == "Midi · Zuid"
