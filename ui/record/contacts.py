"""The ways to reach somebody, each with who may see it."""

from typing import Final

import streamlit as st

from directory.contacts import ContactKind, Visibility
from directory.hygiene import LIMIT, LIMITS
from directory.people import Deed
from ui import access
from ui.language import _, current
from ui.record import words
from ui.record.desk import Desk, Row, row_of
from ui.record.subject import neighbourhoods

_MOST: Final = 40
_SHAPES: Final = {
    ContactKind.PHONE: "+32 2 123 45 67",
    ContactKind.EMAIL: "bonjour@exemple.be",
    ContactKind.WEBSITE: "https://www.exemple.be",
}


def seen(desk: Desk) -> frozenset[Visibility]:
    """Return whose contacts this person may see of the record."""
    lies = neighbourhoods(desk.subject, desk.base)
    found = {Visibility.PUBLIC}
    if access.may(Deed.SEE_ACTORS_CONTACTS, neighbourhoods=lies):
        found.add(Visibility.ACTORS)
    if access.may(Deed.SEE_RELAYS_CONTACTS, neighbourhoods=lies):
        found |= {Visibility.ACTORS, Visibility.RELAYS}
    return frozenset(found)


def show(desk: Desk) -> None:
    """Ask for each contact; those this person may not see stay as they are, unseen."""
    shown = seen(desk)
    rows = desk.listed("contacts")
    for row in rows:
        if row.facts["visibility"] in shown:
            _ask(desk, row, shown)
    if any(row.facts["visibility"] not in shown for row in rows):
        st.caption(_("There are contacts that only relays see; they stay as they are."))
    st.button(
        _("Add a contact"),
        key=desk.key("contact_add"),
        on_click=_add,
        args=(desk,),
        disabled=len(rows) >= _MOST,
    )
    desk.mine["contacts"] = [dict(row.facts) for row in rows if row.facts["value"]]


def _add(desk: Desk) -> None:
    desk.listed("contacts").append(
        row_of(
            {
                "kind": ContactKind.PHONE.value,
                "value": "",
                "visibility": Visibility.PUBLIC.value,
                "label": {},
            }
        )
    )


def _remove(desk: Desk, number: int) -> None:
    desk.rows["contacts"] = [row for row in desk.listed("contacts") if row.number != number]


def _ask(desk: Desk, row: Row, shown: frozenset[Visibility]) -> None:
    facts = row.facts
    with st.container(border=True, key=desk.key("contact", row.number)):
        kind, value, who = st.columns([3, 5, 4])
        key = desk.start("contact", row.number, "kind", value=facts["kind"])
        facts["kind"] = kind.selectbox(
            _("Sort of contact"),
            [one.value for one in ContactKind],
            key=key,
            format_func=words.contact_kind,
            persist_state="session",
        )
        key = desk.start("contact", row.number, "value", value=facts["value"])
        typed = value.text_input(
            _("Number or address"),
            key=key,
            max_chars=LIMITS["value"],
            placeholder=_SHAPES[ContactKind(facts["kind"])],
            persist_state="session",
        )
        facts["value"] = (typed or "").strip()
        key = desk.start("contact", row.number, "visibility", value=facts["visibility"])
        facts["visibility"] = who.selectbox(
            _("Who sees it"),
            [one.value for one in Visibility if one in shown],
            key=key,
            format_func=words.visibility,
            persist_state="session",
        )
        _label(desk, row)


def _label(desk: Desk, row: Row) -> None:
    language = current()
    left, right = st.columns([8, 4], vertical_alignment="bottom")
    right.button(
        _("Remove this contact"),
        key=desk.key("contact", row.number, "remove"),
        on_click=_remove,
        args=(desk, row.number),
        type="tertiary",
    )
    if not row.facts.get("label") and row.number not in desk.opened:
        left.button(
            _("Say what it is for"),
            key=desk.key("contact", row.number, "say"),
            on_click=desk.opened.add,
            args=(row.number,),
            type="tertiary",
        )
        return
    held = dict(row.facts.get("label") or {})
    key = desk.start("contact", row.number, "label", language, value=held.get(language, ""))
    typed = left.text_input(
        words.with_language(_("What it is for"), language),
        key=key,
        max_chars=LIMIT,
        persist_state="session",
    )
    text = (typed or "").strip()
    row.facts["label"] = (
        {**held, language: text}
        if text
        else {code: said for code, said in held.items() if code != language}
    )
