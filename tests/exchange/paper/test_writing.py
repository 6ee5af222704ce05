import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.paper.writing import LONGEST, clean, join_letters, reorder, side_of


@pytest.mark.parametrize(
    ("line", "drawn"),
    [
        ("Rue Haute 12", "Rue Haute 12"),
        ("Rue (אבג) 12", "Rue (גבא) 12"),
        ("אבג (Anneessens) 12-14", "12-14 (Anneessens) גבא"),
        ("12 אבג", "גבא 12"),
        ("אבג 12, 1000", "1000 ,12 גבא"),
        ("a אב", "a בא"),
        ("אב «cd» הו", "וה «cd» בא"),
    ],
)
def test_a_line_is_drawn_as_unicode_says(line: str, drawn: str) -> None:
    assert reorder(line, side_of(line)) == drawn


def test_arabic_letters_join() -> None:
    joined = join_letters("مركز السلام")
    assert unicodedata.normalize("NFKC", joined) == "مركز السلام"
    assert [f"{ord(c):x}" for c in joined] == [
        "fee3", "feae", "fedb", "feb0", "20", "fe8d", "fedf", "feb4", "fefc", "fee1",
    ]  # fmt: skip


def test_persian_parts_what_a_non_joiner_parts() -> None:
    parted, joined = join_letters(clean("می\u200cخواهم")), join_letters("میخواهم")  # noqa: RUF001
    assert parted != joined
    assert "\u200c" not in parted


@given(st.text(max_size=80))
def test_nothing_is_lost_or_added_by_the_order(text: str) -> None:
    line = clean(text)
    mirrored = str.maketrans("()[]{}<>«»", "(([[{{<<««")
    drawn = reorder(line, side_of(line))
    assert sorted(drawn.translate(mirrored)) == sorted(line.translate(mirrored))


@given(st.text(max_size=2 * LONGEST))
def test_what_is_cleaned_is_short_and_clean(text: str) -> None:
    kept = clean(text)
    assert len(kept) <= LONGEST
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in kept)
    assert clean(kept) == kept


def test_turns_of_direction_are_taken_out() -> None:
    assert clean("\u202eevil\u202c \u2066x\u2069\ufeff") == "evil x"
    assert clean("A" * 10_000).endswith("…")
