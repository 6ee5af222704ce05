"""An actor as one flat row, and the row read back into the actor it came from."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from directory.actors import Actor
from directory.categories import CATEGORIES
from directory.contacts import ContactKind, Visibility
from directory.texts import UNDETERMINED
from exchange.excerpt import Excerpt, writable
from exchange.table_columns import COLUMNS, FIRST, LIST, Column, split
from geo.errors import N_, BadInputError

Cell = str | int | float | tuple[str, ...] | list[Any] | dict[str, Any] | None
"""A typed cell: None is empty."""
Facts = dict[str, Any]
"""An actor as JSON."""

DECIMALS: Final = 6
"""Of longitude and latitude: 11 cm, what RFC 7946 (section 11.2) advises."""
_SAME_DEGREES: Final = 0.51 * 10**-DECIMALS
_MULTILINGUAL: Final[Mapping[str, str]] = {
    column.header: column.field.removesuffix(f".{UNDETERMINED}")
    for column in COLUMNS
    if column.field.endswith(f".{UNDETERMINED}")
}
"""The field behind each header that has a column a language."""
_BY_LANGUAGE: Final[Mapping[str, tuple[str, ...]]] = {
    field: tuple(
        column.field.removeprefix(f"{field}.")
        for column in COLUMNS
        if column.field.startswith(f"{field}.")
    )
    for field in _MULTILINGUAL.values()
}
_SECRET: Final = ("places", "contacts", "descriptions", "audience", "source")
"""What a file does not tell of an actor whose place is secret."""
_PERSONAL: Final = ("contacts",)
_PLACE_TEXTS: Final = ("number", "box", "postcode")


def rows(excerpt: Excerpt) -> Iterator[dict[str, Cell]]:
    """Tell each actor of an excerpt as a row: header → typed cell, every header in every row."""
    for actor in excerpt.actors:
        facts = actor.model_dump(mode="json")
        derived = _derived(excerpt, actor)
        yield {
            column.header: _written(
                _cell(facts, column) if column.field else derived[column.header]
            )
            for column in COLUMNS
        }


def _derived(excerpt: Excerpt, actor: Actor) -> dict[str, Cell]:
    atlas, language = excerpt.atlas, excerpt.language
    where = atlas.whereabouts[actor.id]
    return {
        "category_labels": tuple(CATEGORIES[c].labels.best(language) for c in actor.categories),
        "sector": where.sector,
        "sector_name": atlas.sector_name(where.sector, language),
        "neighbourhood": atlas.neighbourhood_name(where.neighbourhood, language),
    }


def _cell(facts: Facts, column: Column) -> Cell:
    found: Any
    if column.field.startswith("contacts."):
        kind = column.field.removeprefix("contacts.")
        found = (c["value"] for c in facts["contacts"] if c["kind"] == kind)
    elif column.field == "places.1+":
        found = [_short(place) for place in facts["places"][1:]]
    elif column.field == "*":
        found = _more(facts)
    else:
        found = _dig(facts, column.field)
    if column.form == "list":
        return tuple(found)
    return round(found, DECIMALS) if isinstance(found, float) else found or None


def _dig(facts: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(facts, list):
            facts = facts[int(step)] if int(step) < len(facts) else None
        else:
            facts = facts.get(step) if facts else None
    return facts


def _short(value: Any) -> Any:
    """Leave out of a JSON value what is empty."""
    if not isinstance(value, dict):
        return value
    told = {key: _short(part) for key, part in value.items()}
    return {key: part for key, part in told.items() if part not in (None, "", {})}


def _more(facts: Facts) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for header, field in _MULTILINGUAL.items():
        texts = _dig(facts, field) or {}
        if other := {code: t for code, t in texts.items() if code not in _BY_LANGUAGE[field]}:
            told[header] = other
    labelled = [
        {name: contact[name] for name in ("kind", "value", "label")}
        for contact in facts["contacts"]
        if contact["label"]
    ]
    return told | ({"contacts": labelled} if labelled else {})


def _written(value: Any) -> Any:
    """Return the value with every text in it writable, None where nothing is left."""
    if isinstance(value, str):
        return writable(value) or None
    if isinstance(value, dict):
        return {key: _written(part) for key, part in value.items()} or None
    if isinstance(value, list | tuple):
        return type(value)(_written(part) for part in value) or None
    return value


def flat(cell: Cell) -> str | int | float | None:
    """Write a typed cell as one text or number: lists with "; ", the rest as JSON.

    >>> flat(("fr", "nl")), flat({"name": {"ar": "x"}}), flat(None)
    ('fr; nl', '{"name":{"ar":"x"}}', None)
    """
    if isinstance(cell, tuple):
        return LIST.join(cell)
    if isinstance(cell, list | dict):
        return json.dumps(cell, ensure_ascii=False, separators=(",", ":"))
    return cell


def restored(row: Mapping[str, str], actor: Actor | None = None) -> Actor:
    """Read a row of ours back, on top of the actor as it is now.

    What the file cannot tell stays: contacts that are not public, consent, status, who verified,
    and of a secret place all that could tell it.
    A header that is missing says nothing; an empty cell says that nothing is known. The version
    is the row's, so that saving it meets what others changed since. A position that differs by
    the rounding of the file is the same position.

    Args:
        row: header → text as `rows` and `flat` wrote it; `plain` and `joined` were done.
        actor: the one with the row's `plein_id`, None for a directory that has none.

    Raises:
        BadInputError: a number or JSON that cannot be read.
        pydantic.ValidationError: facts that make no actor.
    """
    facts: Facts = actor.model_dump(mode="json") if actor else {}
    known = {column.header: column for column in COLUMNS if column.field}
    given = {header: row[header].strip() for header in known if header in row}
    more = _json(given.get("more", ""), "more", dict)
    _set_plain(facts, {known[header]: text for header, text in given.items()})
    _set_texts(facts, given, more)
    _set_first_place(facts, given)
    if "more_places" in given:
        others = _json(given["more_places"], "more_places", list)
        facts["places"] = [*facts.get("places", [])[:1], *others]
    _set_contacts(facts, given, more.get("contacts", []))
    if actor is not None:
        # The file was not told these, or not all of them: what it says of them is no change.
        hidden = _SECRET if actor.secret_place else _PERSONAL if actor.do_not_contact else ()
        stored = actor.model_dump(mode="json", include=set(hidden))
        facts |= stored
    return Actor.model_validate(facts)


def _set_plain(facts: Facts, given: Mapping[Column, str]) -> None:
    optional = {"wheelchair", "appointment", "cost", "source.read_on", "verified_on"}
    for column, text in given.items():
        name, _, part = column.field.partition(".")
        value: Any = text or None if column.field in optional else text
        if name == "source":
            facts.setdefault("source", {})[part] = value
        elif column.field == "version":
            if text:
                facts["version"] = int(number(text, column.header))
        elif not part and column.form == "list":
            facts[name] = list(split(text))
        elif not part and column.form == "text" and name not in _BY_LANGUAGE:
            facts[name] = value


def _set_texts(facts: Facts, given: Mapping[str, str], more: Mapping[str, Any]) -> None:
    for header, field in _MULTILINGUAL.items():
        if field.startswith(FIRST):
            continue
        facts[field] = _texts(facts.get(field, {}), header, given, more)


def _texts(
    own: Mapping[str, str], header: str, given: Mapping[str, str], more: Mapping[str, Any]
) -> dict[str, str]:
    """Lay the columns of one multilingual field over what there is."""
    codes = _BY_LANGUAGE[_MULTILINGUAL[header]]
    other = {code: text for code, text in own.items() if code not in codes}
    told = dict(more.get(header, {})) if "more" in given else other
    for code in codes:
        name = header if code == UNDETERMINED else f"{header}_{code}"
        text = given[name] if name in given else own.get(code, "")
        if text:
            told[code] = text
    return told


def _set_first_place(facts: Facts, given: Mapping[str, str]) -> None:
    headers = [c.header for c in COLUMNS if c.field.startswith(FIRST)]
    if not any(header in given for header in headers):
        return
    more = _json(given.get("more", ""), "more", dict)
    places = facts.get("places", [])
    own = places[0] if places else {}
    address = dict(own.get("address", {}))
    for name in ("street", "municipality"):
        address[name] = _texts(address.get(name, {}), name, given, more)
    address |= {name: given[name] for name in _PLACE_TEXTS if name in given}
    place = {
        "precision": given.get("precision", own.get("precision", "")),
        "address": address,
        "point": _point(given, own.get("point")),
        "area": given.get("area", own.get("area", "")),
    }
    exact = any(address.values()) or place["point"]
    if place["precision"] or exact:
        place["precision"] = place["precision"] or "address"
        facts["places"] = [place, *places[1:]]
    elif "precision" in given:
        facts["places"] = places[1:]


def _point(given: Mapping[str, str], own: Mapping[str, float] | None) -> Mapping[str, float] | None:
    if "lon" not in given or "lat" not in given:
        return own
    if not given["lon"] or not given["lat"]:
        return None
    found = {name: number(given[name], name) for name in ("lon", "lat")}
    same = own and all(abs(found[name] - own[name]) <= _SAME_DEGREES for name in found)
    return own if same else found


def _set_contacts(facts: Facts, given: Mapping[str, str], labelled: Iterable[Any]) -> None:
    """Keep what is hidden or still listed, in its order; add what is new."""
    headers = {f"{kind.value}s": kind.value for kind in ContactKind}
    wanted = {kind: list(split(given[h])) for h, kind in headers.items() if h in given}
    kept = []
    for contact in facts.get("contacts", []):
        values = wanted.get(contact["kind"])
        if contact["visibility"] != Visibility.PUBLIC or values is None:
            kept.append(contact)
        elif contact["value"] in values:
            values.remove(contact["value"])
            kept.append(contact)
    labels = [dict(one) for one in labelled]
    for kind, values in wanted.items():
        for value in values:
            same = [one for one in labels if (one.get("kind"), one.get("value")) == (kind, value)]
            kept.append({"kind": kind, "value": value, "label": _taken(labels, same)})
    facts["contacts"] = kept


def _taken(labels: list[dict[str, Any]], same: list[dict[str, Any]]) -> Any:
    if not same:
        return {}
    labels.remove(same[0])
    return same[0].get("label", {})


def number(text: str, header: str) -> float:
    """Read a number with a decimal point or comma.

    Raises:
        BadInputError: it is none.

    >>> number("4,351234", "lon"), number("4.351234", "lon")
    (4.351234, 4.351234)
    """
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise BadInputError(
            N_("Expected a number in “{header}”, found “{text}”."), header=header, text=text[:80]
        )
    return found


def _json(text: str, header: str, kind: type) -> Any:
    try:
        found = json.loads(text) if text else kind()
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, kind):
        raise BadInputError(
            N_("“{header}” could not be read: “{text}”. Leave this column as it was exported."),
            header=header,
            text=text[:80],
        )
    return found
