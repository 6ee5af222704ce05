"""The palette against WCAG 2.2 and simulated colour-blindness; formulas written out here."""

import itertools
import json
import re

import numpy as np
import pytest

from exchange.settings import ROOT

PALETTE = json.loads((ROOT / "layers" / "palette.json").read_text(encoding="utf-8"))
BASE, GROUPS, ROLES = PALETTE["base"], PALETTE["groups"], PALETTE["roles"]

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
GRAPHIC_CONTRAST = 3.0  # WCAG 2.2, 1.4.11
# CIEDE2000 between two groups: about 2 can just be seen side by side (Mahy 1994); signs stand
# apart on a busy ground, so five times that. Shape and icon differ besides.
LEAST_DISTANCE = 10.0
# Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB.
SIGHT = {
    "full": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def linear(colour: str) -> np.ndarray:
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((float(TO_XYZ[1] @ linear(c)) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    t = (TO_XYZ @ np.clip(rgb, 0, 1)) / TO_XYZ.sum(axis=1)
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: np.ndarray, other: np.ndarray) -> float:
    """Sharma, Wu, Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    c7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    g = 1 + 0.5 * (1 - np.sqrt(c7 / (c7 + 25**7)))
    c1, c2 = np.hypot(a1 * g, b1), np.hypot(a2 * g, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a * g)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    mean_h = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    d_h = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    t = 1 + sum(
        factor * np.cos(np.radians(times * mean_h + plus))
        for factor, times, plus in ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63))
    )
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    r_t = -2 * np.sqrt(mean_c**7 / (mean_c**7 + 25**7))
    r_t *= np.sin(np.radians(60 * np.exp(-(((mean_h - 275) / 25) ** 2))))
    l_, c_, h_ = (l2 - l1) / s_l, (c2 - c1) / s_c, d_h / s_h
    return float(np.sqrt(l_**2 + c_**2 + h_**2 + r_t * c_ * h_))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [  # pairs 1, 13 and 25 of the table published with the formula
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_distance_is_the_published_one(
    one: tuple[float, ...], other: tuple[float, ...], distance: float
) -> None:
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(distance, abs=1e-4)


def test_every_colour_is_six_hex_digits() -> None:
    colours = [*BASE.values(), *GROUPS.values(), *ROLES.values()]
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in colours)


def test_every_group_and_role_has_a_shape_of_its_own_that_can_be_drawn() -> None:
    drawn = json.loads((ROOT / "static" / "src" / "shapes.json").read_text(encoding="utf-8"))
    shapes = PALETTE["shapes"]
    assert set(shapes) == set(GROUPS) | set(ROLES)
    assert set(shapes.values()) <= set(drawn)
    assert len({shapes[group] for group in GROUPS}) == len(GROUPS)


@pytest.mark.parametrize("group", [*GROUPS, *ROLES])
def test_a_white_icon_is_read_on_its_sign(group: str) -> None:
    assert contrast((GROUPS | ROLES)[group], "#ffffff") >= TEXT_CONTRAST


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(GROUPS, 2)))
def test_groups_differ_however_one_sees(one: str, other: str, sight: str) -> None:
    seen = [lab(SIGHT[sight] @ linear(GROUPS[group])) for group in (one, other)]
    assert ciede2000(*seen) >= LEAST_DISTANCE


@pytest.mark.parametrize("ground", ["paper", "panel", "outside", "accent-soft"])
@pytest.mark.parametrize("text", ["ink", "ink-soft", "accent", "neighbourhood"])
def test_text_is_read_on_every_ground(text: str, ground: str) -> None:
    assert contrast(BASE[text], BASE[ground]) >= TEXT_CONTRAST


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("open", "panel"),
        ("closed", "panel"),
        ("unknown", "accent-soft"),
        ("signal", "panel"),
        ("street-name", "street"),
        ("street-name", "paper"),
    ],
)
def test_words_of_one_place_are_read_there(text: str, ground: str) -> None:
    assert contrast(BASE[text], BASE[ground]) >= TEXT_CONTRAST


@pytest.mark.parametrize("line", ["neighbourhood", "signal", "focus", "boundary", "position"])
def test_lines_that_mean_something_stand_out_from_the_paper(line: str) -> None:
    assert contrast(BASE[line], BASE["paper"]) >= GRAPHIC_CONTRAST
