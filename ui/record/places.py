"""Where an actor is: each address found by the field or put by a pin, or only its area."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from directory.hygiene import LIMIT, LIMITS
from directory.places import Precision
from layers.layer import Scene
from ui import pinmap, wording
from ui.browser import FIELD, mount
from ui.language import _
from ui.record import words
from ui.record.desk import Desk, Row, row_of
from ui.record.finding import found_place, moved

_MOST: Final = 20
_EXACT: Final = (Precision.ADDRESS, Precision.STREET)
_ADDRESS: Final = ("street", "number", "box", "postcode", "municipality")


def show(scene: Scene, desk: Desk, *, most: int = _MOST, name: str = "places") -> None:
    """Show each place; one at a time is being moved."""
    rows = desk.listed(name)
    for row in rows:
        _show(scene, desk, row, name)
    if len(rows) < most:
        st.button(_("Add a place"), key=desk.key("place_add"), on_click=_add, args=(desk, name))
    kept = [dict(row.facts) for row in rows if row.facts.get("precision")]
    desk.mine[name] = kept


def show_one(scene: Scene, desk: Desk) -> None:
    """Show the one place of an activity or a partner."""
    held = desk.mine.get("place")
    desk.rows.setdefault("place", [row_of(held)] if held else [])
    show(scene, desk, most=1, name="place")
    kept = desk.mine["place"]
    desk.mine["place"] = kept[0] if kept else None


def _add(desk: Desk, name: str) -> None:
    row = row_of({"precision": "", "address": _blank(), "point": None, "area": ""})
    desk.listed(name).append(row)
    desk.placing = row.number


def _blank() -> dict[str, Any]:
    return {"street": {}, "number": "", "box": "", "postcode": "", "municipality": {}}


def _show(scene: Scene, desk: Desk, row: Row, name: str) -> None:
    with st.container(border=True, key=desk.key("place", row.number)):
        known = bool(row.facts.get("precision"))
        st.markdown(wording.plain(_here(row.facts) if known else _("Where is it?")))
        moving = desk.placing == row.number
        with st.container(horizontal=True):
            st.button(
                _("Done") if moving else _("Move it"),
                key=desk.key("place", row.number, "move"),
                on_click=_toggle,
                args=(desk, row.number),
            )
            st.button(
                _("Remove this place"),
                key=desk.key("place", row.number, "remove"),
                on_click=_remove,
                args=(desk, row.number, name),
                type="tertiary",
            )
        if moving:
            _move(scene, desk, row)


def _here(facts: Mapping[str, Any]) -> str:
    """Tell a place without the figures of its pin, which the map shows."""
    exact = any((facts.get("address") or {}).values())
    return words.place({**facts, "point": None} if exact else facts)


def _toggle(desk: Desk, number: int) -> None:
    desk.placing = None if desk.placing == number else number


def _remove(desk: Desk, number: int, name: str) -> None:
    desk.rows[name] = [row for row in desk.listed(name) if row.number != number]


def _put(desk: Desk, row: Row, facts: Mapping[str, Any]) -> None:
    """Give a place new facts; its fields are made anew to show them."""
    fresh = row_of(facts)
    row.number, row.facts = fresh.number, fresh.facts
    desk.placing = row.number


def _move(scene: Scene, desk: Desk, row: Row) -> None:
    _field(scene, desk, row)
    point = row.facts.get("point")
    pin = (point["lon"], point["lat"]) if point else None
    st.caption(_("Click on the map to put the pin, or drag it."))

    def placed(lon: float, lat: float) -> None:
        _put(desk, row, moved(row.facts, lon, lat))

    pinmap.show_pin_map(
        scene, [], pin, key=desk.key("pin"), on_place=placed, on_choose=lambda _: None
    )
    _area(scene, desk, row)
    if row.facts.get("precision") in _EXACT:
        _address(desk, row)


def _field(scene: Scene, desk: Desk, row: Row) -> None:
    key = desk.key("field")

    def told() -> None:
        place = found_place(scene, st.session_state[key].get("located"))
        if place is not None:
            _put(desk, row, place)
        st.session_state[desk.key("lost")] = place is None

    spec = {"texts": _texts(), "suggest": "near/suggest", "value": ""}
    mount(FIELD, scene, key, spec, located=told)
    if st.session_state.pop(desk.key("lost"), False):
        st.warning(_("This address is not known here. Put the pin on the map."))


def _texts() -> dict[str, str]:
    refused = _("Your device could not find where it is. Put the pin on the map.")
    return {
        "label": _("Street and number"),
        "placeholder": _("Street, square or place"),
        "hint": _("Choose a line below, or put the pin on the map."),
        "position": _("I stand in front of it"),
        "position_note": _("The pin goes where this device is; move it if need be."),
        "position_wait": _("Looking for your position…"),
        "position_denied": refused,
        "position_unavailable": refused,
        "position_timeout": refused,
        "suggestions_none": _("No suggestion: press Enter to ask."),
        "suggestions_one": _("1 suggestion"),
        "suggestions_many": _("{n} suggestions"),
        "suggestions_failed": _("No suggestions for now: write your street and press Enter."),
        "search": _("Search"),
        "clear": _("Clear"),
    }


def _area(scene: Scene, desk: Desk, row: Row) -> None:
    """Ask for the neighbourhood only, where the address is not known or must not be told."""
    atlas, language = scene.atlas, scene.language
    names = {key: atlas.neighbourhood_name(key, language) for key in atlas.neighbourhoods}
    order = sorted(names, key=lambda key: names[key].casefold())
    held = row.facts["area"] if row.facts.get("precision") == Precision.NEIGHBOURHOOD else None
    key = desk.start("place", row.number, "area", value=held if held in names else None)

    def only() -> None:
        area = st.session_state[key]
        if area:
            blank = _blank()
            place = {"precision": "neighbourhood", "address": blank, "point": None, "area": area}
            _put(desk, row, place)

    st.selectbox(
        _("Or only its neighbourhood is known, or may be told"),
        order,
        key=key,
        format_func=names.__getitem__,
        placeholder=_("Choose one"),
        on_change=only,
        persist_state="session",
    )


def _address(desk: Desk, row: Row) -> None:
    """Ask for the parts of the address in words."""
    address = {**_blank(), **(row.facts.get("address") or {})}
    texts = {"fr": _("French"), "nl": _("Dutch")}
    labels = {"street": _("Street"), "municipality": _("Town")}
    with st.expander(_("The address in words")):
        for name in ("street", "municipality"):
            held = dict(address[name])
            for column, (code, spoken) in zip(st.columns(2), texts.items(), strict=True):
                with column:
                    told = f"{labels[name]}: {spoken}"
                    typed = _typed(desk, row, told, LIMIT, name, code, held.get(code, ""))
                held = {**held, code: typed}
            address[name] = {code: text for code, text in held.items() if text}
        parts = {"number": _("Number"), "box": _("Box"), "postcode": _("Postcode")}
        for column, (name, told) in zip(st.columns(3), parts.items(), strict=True):
            with column:
                address[name] = _typed(desk, row, told, LIMITS[name], name, "", address[name])
    row.facts["address"] = address


def _typed(  # noqa: PLR0917 - where it stands, what it is called, what it holds
    desk: Desk, row: Row, told: str, limit: int, name: str, code: str, value: str
) -> str:
    key = desk.start("place", row.number, name, code, value=value)
    typed = st.text_input(told, key=key, max_chars=limit, persist_state="session")
    return (typed or "").strip()
