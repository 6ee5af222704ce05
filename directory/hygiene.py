"""What text may enter the directory: the one gate against hidden characters and floods."""

import re
from collections.abc import Mapping
from typing import Any

from geo.errors import N_, BadInputError

# Controls, lone surrogates, byte order marks, annotation marks, what XML cannot hold, and the
# characters that turn the direction of what follows (U+202A-202E, U+2066-2069). Letters that are
# written from right to left, and the marks and joiners their spelling needs (U+200C-200F), stay.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_LINE = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")

LIMIT = 300
"""Characters in a text no other limit is given for: a name, a title, a street."""
LIMITS = {
    "id": 80,
    "descriptions": 5_000,
    "introductions": 2_000,
    "note": 5_000,
    "hours": 1_000,
    "audience": 500,
    "frequency": 500,
    "rrule": 500,
    "url": 2_048,
    "value": 2_048,
    "number": 50,
    "box": 50,
    "postcode": 50,
}
"""Characters in the text of a field. Ours, 2026-11: room for what OSM and the report hold."""
LINES = frozenset({"descriptions", "introductions", "note"})
"""Fields whose text may run over several lines."""
TEXTS = frozenset(
    {
        *("names", "titles", "descriptions", "introductions", "audience", "frequency"),
        *("label", "street", "municipality"),
    }
)
"""Fields that hold a text by language; one that becomes empty is left out."""
ITEMS = 200
"""Things in one list: contacts, places, organisers …"""
ITEMS_OF = {"sectors": 20_000, "area": 500, "with_actors": 2_000, "without_actors": 2_000}
"""Belgium has 19,795 sectors; the others as `directory.local_maps.records` has them."""


def clean_text(text: str, *, field: str, of: str = "") -> str:
    r"""Return the text without what cannot be seen, ends trimmed; lines only where allowed.

    Raises:
        BadInputError: longer than the limit of `field`; `of` names the record.

    >>> clean_text("Rue\u202e Haute\x00\n", field="street")
    'Rue Haute'
    """
    found = _LINE.sub("\n" if field in LINES else " ", text)
    found = _HIDDEN.sub("", found.replace("\t", " ")).strip()
    limit = LIMITS.get(field, LIMIT)
    if len(found) > limit:
        raise BadInputError(
            N_("Expected at most {limit} characters in “{field}” of {of}, found {found}."),
            limit=limit,
            field=field,
            of=of or "?",
            found=len(found),
        )
    return found


def clean(value: Any, *, field: str, of: str = "") -> Any:
    """Return a JSON value with every text in it cleaned; the value given is left as it was.

    Raises:
        BadInputError: a text or a list is longer than the limit of its field.
    """
    if isinstance(value, str):
        return clean_text(value, field=field, of=of)
    if isinstance(value, Mapping):
        if field not in TEXTS:
            return {name: clean(part, field=name, of=of) for name, part in value.items()}
        _count(value, field=field, of=of)
        texts = {code: clean(text, field=field, of=of) for code, text in value.items()}
        return {code: text for code, text in texts.items() if text != ""}
    if isinstance(value, (list, tuple)):
        _count(value, field=field, of=of)
        return [clean(part, field=field, of=of) for part in value]
    return value


def _count(value: Any, *, field: str, of: str) -> None:
    limit = ITEMS_OF.get(field, ITEMS)
    if len(value) > limit:
        raise BadInputError(
            N_("Expected at most {limit} items in “{field}” of {of}, found {found}."),
            limit=limit,
            field=field,
            of=of or "?",
            found=len(value),
        )
