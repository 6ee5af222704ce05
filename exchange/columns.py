"""What the columns of a file are, guessed from their headers and their values, in fr, nl and en."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from directory.categories import CATEGORIES
from directory.hours import parse
from directory.hours_in_words import hours_in_words
from directory.importing.fields import Field
from directory.importing.positions import (
    BELGIUM_72,
    BELGIUM_2008,
    BELGIUM_DEGREES,
    number,
    split_pair,
)
from directory.importing.records import Certainty, Guess
from directory.importing.words import guess_category, read_languages
from directory.search import fold, plain
from exchange.table_columns import FIELDS as EXPORTED

EXACT, BEGUN, BY_VALUES = 0.95, 0.7, 0.6
"""Confidence of a header that is known, one that holds a known one, and of values alone."""
SAMPLE = 300
"""Rows whose values are looked at."""
MOST_VALUES = 0.6
"""Share of the cells that must look like a field to be taken for it."""
CONTRADICTED = 0.25
"""Confidence of a header whose values look like something else."""

_WORDS: Mapping[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("columns.toml").read_text(encoding="utf-8")
)
_LANGUAGE = {
    **dict.fromkeys(("fr", "francais", "frans", "french", "fra"), "fr"),
    **dict.fromkeys(("nl", "neerlandais", "nederlands", "dutch", "nld", "vlaams"), "nl"),
    **dict.fromkeys(("en", "anglais", "engels", "english", "eng"), "en"),
}
_BY_LANGUAGE = {
    (Field[field], code): Field[f"{field}_{code.upper()}"]
    for field, codes in {
        "NAME": ("fr", "nl", "en"),
        "DESCRIPTION": ("fr", "nl", "en"),
        "AUDIENCE": ("fr", "nl", "en"),
        "STREET": ("fr", "nl"),
        "MUNICIPALITY": ("fr", "nl"),
    }.items()
    for code in codes
}
_OURS = {
    "categories": Field.CATEGORY,
    "phones": Field.PHONE,
    "emails": Field.EMAIL,
    "websites": Field.WEBSITE,
    "opening_hours": Field.HOURS,
    "source_licence": Field.LICENCE,
    "source_reference": Field.REFERENCE,
}
_POSTCODE = re.compile(r"(?:B-?\s?)?[1-9][0-9]{3}", re.IGNORECASE)
_HOUSE = re.compile(r"[0-9]{1,4}\s?[A-Za-z]?(?:\s?[-/]\s?[0-9]{1,4}[A-Za-z]?)?")
_STREET = re.compile(
    r"\b(?:rue|avenue|av|boulevard|bd|place|chaussee|ch|square|quai|impasse|clos|drève|dreve)\b"
    r"|(?:straat|laan|lei|plein|steenweg|weg|dreef|kaai|plaats|markt)\b"
)
_PHONE = re.compile(r"[+(]?(?:0|32|\+)[0-9 ./()-]{7,}|[1-9][0-9]{7,8}")


@cache
def _known() -> dict[str, Field]:
    found = {word: Field(field) for field, words in _WORDS.items() for word in words}
    return found | {plain(label.value): label for label in Field}


@lru_cache(maxsize=4096)
def _named(header: str) -> tuple[Field | None, float]:
    """Tell what a header names: (field, confidence)."""
    bare = re.sub(r"\s\(\d+\)$", "", header).strip()
    if bare in EXPORTED:
        ours = _OURS.get(bare) or (Field(bare) if bare in set(Field) else None)
        return (ours, 1.0) if ours is not None and EXPORTED[bare] else (None, 1.0)
    words = plain(fold(bare).replace("°", "").replace(".", "")).split()
    language = next((_LANGUAGE[word] for word in words if word in _LANGUAGE), "")
    phrase = " ".join(word for word in words if word not in _LANGUAGE or len(words) == 1)
    field, confidence = _phrase(phrase)
    if field is not None and language:
        return _BY_LANGUAGE.get((field, language), field), confidence
    return field, confidence


def _phrase(phrase: str) -> tuple[Field | None, float]:
    known = _known()
    if phrase in known:
        return known[phrase], EXACT
    single = re.sub(r"s\b", "", phrase)
    if single in known:
        return known[single], EXACT
    within = [word for word in known if len(word) > 2 and f" {word} " in f" {phrase} "]  # noqa: PLR2004
    if within:
        # The words at the end of a merged header say more: "adresse numéro" is the number.
        word = max(within, key=lambda each: (phrase.rfind(each) + len(each), len(each)))
        return known[word], BEGUN
    last = phrase.split()[-1:] or [""]
    return (known[last[0]], BEGUN) if last[0] in known else (None, 0.0)


def is_header_word(header: str) -> bool:
    """Tell whether a cell is the name of a column we know.

    >>> is_header_word("Téléphone"), is_header_word("Pharmacie du Parvis")
    (True, False)
    """
    field, confidence = _named(" ".join(header.split()))
    return field is not None and (confidence >= EXACT or len(header.split()) <= 3)  # noqa: PLR2004


def guess_columns(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[Guess, ...]:
    """Guess what each column is, and how sure that is.

    >>> [guess.field.value for guess in guess_columns(["Naam", "Mail"], [["A", "a@b.be"]])]
    ['name', 'email']
    """
    sample = [row for _, row in zip(range(SAMPLE), rows, strict=False)]
    cells = [[row[n].strip() for row in sample if row[n].strip()] for n in range(len(columns))]
    guesses = [_guess(column, values) for column, values in zip(columns, cells, strict=True)]
    return tuple(_street_alone(columns, guesses, cells))


def _guess(column: str, values: Sequence[str]) -> Guess:
    field, confidence = _named(column)
    if confidence >= 1.0:
        return Guess(field=field, confidence=confidence)
    seen = _seen(values)
    if seen is None or seen is field or _related(field, seen):
        return Guess(field=field, confidence=confidence)
    if field is None:
        return Guess(field=seen, confidence=BY_VALUES)
    if seen in _TELLING:
        return Guess(field=seen, confidence=BEGUN)
    return Guess(field=field, confidence=min(confidence, MOST_VALUES))


_TELLING = frozenset({Field.EMAIL, Field.WEBSITE, Field.COORDINATES, Field.HOURS})
"""Fields whose values say more than a header: nothing else looks like them."""


def _related(field: Field | None, seen: Field) -> bool:
    alike = (
        {Field.ADDRESS, Field.STREET, Field.STREET_FR, Field.STREET_NL},
        {Field.NUMBER, Field.BOX, Field.REFERENCE, Field.POSTCODE},
        {Field.LON, Field.LAT, Field.COORDINATES},
        {Field.HOURS, Field.APPOINTMENT},
        {Field.WEBSITE, Field.SOURCE_URL},
        {Field.PHONE, Field.REFERENCE},
    )
    return any(field in group and seen in group for group in alike)


def _street_alone(
    columns: Sequence[str], guesses: Sequence[Guess], cells: Sequence[Sequence[str]]
) -> Iterable[Guess]:
    """Settle what two columns tell together: a street beside a number, a second "adresse"."""
    fields = [guess.field for guess in guesses]
    for n, guess in enumerate(guesses):
        beside_number = Field.NUMBER in fields and Field.STREET not in fields
        plain_street = not any(char.isdigit() for cell in cells[n][:50] for char in cell)
        if guess.field is Field.ADDRESS and beside_number and plain_street and cells[n]:
            yield Guess(field=Field.STREET, confidence=guess.confidence)
        elif guess.field in fields[:n] and re.search(r" \(\d+\)$", columns[n]):
            yield Guess(field=guess.field, confidence=CONTRADICTED)
        else:
            yield guess


def _seen(values: Sequence[str]) -> Field | None:
    """Tell what most values look like, None where they look like nothing in particular."""
    if not values:
        return None
    for field, looks in _LOOKS.items():
        if sum(map(looks, values)) >= MOST_VALUES * len(values):
            return field
    return None


def _is_coordinate(text: str, *, low: float, high: float) -> bool:
    value = number(text)
    return value is not None and low <= value <= high and not text.isdigit()


def _in_lambert(text: str) -> bool:
    value = number(text)
    return value is not None and any(
        min(box[:2]) <= value <= max(box[2:]) for box in (BELGIUM_72, BELGIUM_2008)
    )


def _is_category(text: str) -> bool:
    return text in CATEGORIES or guess_category(text).certainty is Certainty.SURE


def _are_hours(text: str) -> bool:
    return any(char.isdigit() for char in text) and (
        parse(text) is not None or hours_in_words(text) is not None
    )


def _are_languages(text: str) -> bool:
    found, unread = read_languages(text)
    return bool(found) and not unread


_LOOKS: Mapping[Field, Callable[[str], bool]] = {
    Field.EMAIL: lambda text: re.search(r"\S@\S+\.\S", text) is not None,
    Field.WEBSITE: lambda text: re.match(r"https?://|www\.", text, re.IGNORECASE) is not None,
    Field.POSTCODE: lambda text: _POSTCODE.fullmatch(text) is not None,
    Field.LON: lambda text: _is_coordinate(text, low=BELGIUM_DEGREES[0], high=BELGIUM_DEGREES[2]),
    Field.LAT: lambda text: _is_coordinate(text, low=BELGIUM_DEGREES[1], high=BELGIUM_DEGREES[3]),
    Field.COORDINATES: lambda text: "." in text and split_pair(text) is not None,
    Field.PHONE: lambda text: _PHONE.match(text) is not None,
    Field.HOURS: _are_hours,
    Field.ADDRESS: lambda text: (
        _STREET.search(fold(text)) is not None and any(c.isdigit() for c in text)
    ),
    Field.STREET: lambda text: _STREET.search(fold(text)) is not None,
    Field.CATEGORY: _is_category,
    Field.LANGUAGES: _are_languages,
    Field.NUMBER: lambda text: _HOUSE.fullmatch(text) is not None,
}
