"""The fields of a proposal, for whoever accepts it with a change."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from directory.actors import Actor, Appointment, Cost, Wheelchair
from directory.categories import CATEGORIES
from directory.contacts import ContactKind, Visibility
from directory.hygiene import LIMIT, LIMITS
from directory.places import Precision
from directory.proposals import Proposal, ProposalKind
from directory.proposals.records import CHANGEABLE
from ui import wording
from ui.language import _, current
from ui.queue import ground
from ui.record import words
from ui.spoken import language_name

_TEXTS: Final = ("names", "descriptions", "audience")
_SPOKEN: Final = ("fr", "nl", "en", "ar", "tr", "es", "pt", "it", "ro", "pl", "bg", "uk", "ru")
_FIRST: Final = ("names", "categories", "places", "contacts", "hours", "descriptions")


def fields(proposal: Proposal) -> list[str]:
    """List the facts to choose: what is proposed; of what is only said to be wrong, the main."""
    if proposal.kind is ProposalKind.WRONG:
        return list(_FIRST)
    if proposal.kind is ProposalKind.ADD:
        return [*_FIRST, *(name for name in CHANGEABLE if name not in _FIRST)]
    return [name for name in CHANGEABLE if name in proposal.facts]


def ask(proposal: Proposal, after: Actor) -> dict[str, Any]:
    """Ask for each fact, beginning with what is proposed; return them as JSON."""
    held = after.model_dump(mode="json")
    found: dict[str, Any] = {}
    for name in fields(proposal):
        key = f"queue_form_{proposal.id}_{name}"
        if name in _TEXTS:
            found[name] = _texts(name, held[name], key)
        elif name == "categories":
            found[name] = _categories(held[name], key)
        elif name == "contacts":
            found[name] = _contacts(held[name], key)
        elif name == "places":
            found[name] = _places(proposal, held[name], key)
        elif name == "languages":
            found[name] = _languages(held[name], key)
        elif name == "hours":
            label = words.label((name,))
            found[name] = st.text_input(label, held[name], key=key, max_chars=LIMIT).strip()
        else:
            found[name] = _choice(name, held[name], key)
    return found


def _texts(name: str, held: Mapping[str, str], key: str) -> dict[str, str]:
    """Ask for a text in the languages it has, and in ours."""
    codes = list(dict.fromkeys([*held, *(() if held.get("und") else ("fr", "nl"))]))
    found = {}
    for code in codes:
        label, value = words.label((name, code)), held.get(code, "")
        if name == "descriptions":
            limit = LIMITS.get(name, LIMIT)
            typed = st.text_area(label, value, key=f"{key}_{code}", max_chars=limit, height=90)
        else:
            typed = st.text_input(label, value, key=f"{key}_{code}", max_chars=LIMIT)
        found[code] = typed.strip()
    return {code: text for code, text in found.items() if text}


def _categories(held: list[str], key: str) -> list[str]:
    names = {one.id: one.labels.best(current()) for one in CATEGORIES.values()}
    order = sorted(names, key=lambda one: names[one].casefold())
    return st.multiselect(
        words.label(("categories",)), order, held, key=key, format_func=names.__getitem__
    )


def _languages(held: list[str], key: str) -> list[str]:
    order = list(dict.fromkeys([*held, *_SPOKEN]))
    return st.multiselect(
        words.label(("languages",)), order, held, key=key, format_func=language_name
    )


def _choice(name: str, held: str | None, key: str) -> str | None:
    tell: Any = {
        "wheelchair": (Wheelchair, wording.wheelchair),
        "appointment": (Appointment, wording.appointment),
        "cost": (Cost, wording.cost),
    }[name]
    kind, say = tell
    names = {one.value: "".join(say(one)) for one in kind}
    order = list(names)
    chosen = st.selectbox(
        words.label((name,)),
        order,
        order.index(held) if held else None,
        key=key,
        format_func=names.__getitem__,
        placeholder=_("unknown"),
    )
    return str(chosen) if chosen else None


def _contacts(held: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Ask for the public contacts, one field for each; others stay as they are."""
    seen = [one for one in held if one["visibility"] == Visibility.PUBLIC]
    missing = [kind for kind in ContactKind if kind not in {one["kind"] for one in seen}]
    rows = [*seen, *({"kind": kind.value, "value": ""} for kind in missing)]
    found = []
    for number, row in enumerate(rows):
        typed = st.text_input(
            words.contact_kind(row["kind"]), row["value"], key=f"{key}_{number}", max_chars=LIMIT
        )
        if typed.strip():
            found.append({**row, "value": typed.strip()})
    return [*found, *(one for one in held if one["visibility"] != Visibility.PUBLIC)]


def _places(proposal: Proposal, held: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Ask for the address of the first place; its point is where the pin was put."""
    first: dict[str, Any] = dict(held[0]) if held else {"precision": "address"}
    address: dict[str, Any] = {**first.get("address", {})}
    street = dict(address.get("street") or {})
    for code in dict.fromkeys([*street, *(() if "und" in street else ("fr", "nl"))]):
        label = ": ".join((_("Street"), words.spoken(code)))
        typed = st.text_input(
            label, street.get(code, ""), key=f"{key}_street_{code}", max_chars=LIMIT
        )
        street[code] = typed.strip()
    address["street"] = {code: text for code, text in street.items() if text}
    labels = {"number": _("Number"), "box": _("Box"), "postcode": _("Postcode")}
    for column, (name, label) in zip(st.columns(3), labels.items(), strict=True):
        value = str(address.get(name) or "")
        address[name] = column.text_input(
            label, value, key=f"{key}_{name}", max_chars=LIMITS.get(name, LIMIT)
        ).strip()
    first["address"] = address
    if put := ground.pin(proposal):
        first |= {"point": {"lon": put[0], "lat": put[1]}}
        if first["precision"] not in (Precision.ADDRESS, Precision.STREET):
            first |= {"precision": Precision.ADDRESS.value, "area": ""}
    if not first.get("point") and first["precision"] in (Precision.ADDRESS, Precision.STREET):
        return held[1:]
    return [first, *held[1:]]
