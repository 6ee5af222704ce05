"""Classes and reasons, half a byte each."""

import base64

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.coverage.packing import CLASSES, pack_classes

TOLD = st.one_of(st.integers(0, CLASSES - 1), st.integers(256 - CLASSES, 255))


@given(st.lists(TOLD, max_size=9))
def test_each_area_has_the_half_byte_the_browser_reads(told: list[int]) -> None:
    halves = [
        half
        for byte in base64.b64decode(pack_classes(np.array(told, dtype=np.uint8)))
        for half in (byte & 15, byte >> 4)
    ]
    read = [half | 240 if half & 8 else half for half in halves]
    assert read[: len(told)] == told
    assert len(read) - len(told) == len(told) % 2


@pytest.mark.parametrize("class_", [CLASSES, 247])
def test_what_half_a_byte_cannot_tell_is_refused(class_: int) -> None:
    with pytest.raises(ValueError, match="Expected classes below 8"):
        pack_classes(np.array([0, class_], dtype=np.uint8))
