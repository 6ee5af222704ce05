import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hygiene import LIMIT, LINES, TEXTS, clean, clean_text
from geo.errors import BadInputError

FIELDS = st.sampled_from(["names", "descriptions", "hours", "street", "note", "value"])
anything = st.text(max_size=250)
texts = st.dictionaries(st.sampled_from(["fr", "nl", "en", "ar"]), anything)
facts = st.recursive(
    st.one_of(anything, st.none(), st.integers(), st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(FIELDS, inner, max_size=4)
    ),
    max_leaves=10,
)
HIDDEN = "\x00\x07\x1b\x7f\x9f\u202a\u202d\u202e\u2066\u2069\ufeff"


@given(anything, FIELDS)
def test_cleaned_text_shows_everything_it_holds(text: str, field: str) -> None:
    cleaned = clean_text(text, field=field)
    for character in cleaned:
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp") or (
            character == "\n" and field in LINES
        )
        assert character not in HIDDEN
    assert cleaned == cleaned.strip()


@given(facts, FIELDS)
def test_cleaning_twice_changes_nothing(value: object, field: str) -> None:
    once = clean(value, field=field)
    assert clean(once, field=field) == once


@given(st.text(st.characters(categories=["L", "Mn", "Nd", "P", "So"]), max_size=250))
def test_letters_of_every_script_stay(text: str) -> None:
    assert clean_text(text, field="names") == text


@pytest.mark.parametrize(
    "text", ["صيدلية الحي", "בית מרקחת", "می‌خواهم", "👩‍⚕️ Santé", "Ça & <b>là</b> {{7*7}}"]
)
def test_ordinary_writing_stays(text: str) -> None:
    assert clean_text(text, field="names") == text


def test_overrides_and_controls_go() -> None:
    assert clean_text(f"Phar{HIDDEN}macie", field="names") == "Pharmacie"


def test_lines_are_kept_where_they_belong() -> None:
    assert clean_text("a\r\nb\u2028c\td", field="descriptions") == "a\nb\nc d"
    assert clean_text("a\r\nb\u2028c\td", field="names") == "a b c d"


@given(texts, st.sampled_from(sorted(TEXTS)))
def test_a_language_that_says_nothing_is_left_out(value: dict[str, str], field: str) -> None:
    cleaned = clean(value, field=field)
    assert all(cleaned.values())
    assert cleaned.keys() <= value.keys()


def test_a_flood_is_refused_with_both_numbers() -> None:
    with pytest.raises(BadInputError, match=r"at most 300 .* “names” of house, found 10000"):
        clean({"names": {"fr": "x" * 10_000}}, field="actor", of="house")
    assert len(clean_text("x" * LIMIT, field="names")) == LIMIT
    assert len(clean_text("x" * 5_000, field="descriptions")) == 5_000


def test_a_list_without_end_is_refused() -> None:
    with pytest.raises(BadInputError, match="at most 200 items in “languages”"):
        clean({"languages": ["fr"] * 201}, field="actor")
