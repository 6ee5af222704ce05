"""The plain fields of the form: texts by language, choices, lists of words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import streamlit as st

from directory.activities import ActivityTheme, ActivityType
from directory.actors import ActorKind, Appointment, Cost, Status, Wheelchair
from directory.categories import CATEGORIES, GROUPS
from directory.hygiene import LIMIT, LIMITS, LINES
from directory.texts import LANGUAGES
from ui import state, wording
from ui.language import _, current
from ui.record.desk import Desk
from ui.record.words import label, status, theme, told, with_language
from ui.spoken import language_name

_ACROSS: Final = 3
_LANGUAGES: Final = ("fr", "nl", "en", "ar", "de", "es", "it", "pt", "pl", "ro", "bg", "tr", "uk")
"""Languages offered first, as often spoken at Brussels' doors (Taalbarometer 4, 2018)."""
LATEST: Final = date(2100, 12, 31)


def texts(desk: Desk, name: str) -> None:
    """Ask for a text in each of our languages, and in those it is known in."""
    held: Mapping[str, str] = desk.mine.get(name) or {}
    base: Mapping[str, str] = desk.base.get(name) or {}
    codes = [*LANGUAGES, *dict.fromkeys(code for code in (*base, *held) if code not in LANGUAGES)]
    found = {}
    for start in range(0, len(codes), _ACROSS):
        part = codes[start : start + _ACROSS]
        for column, code in zip(st.columns(_ACROSS), part, strict=False):
            with column:
                found[code] = _text(desk, name, code, held.get(code, ""))
    # In the order it was: the order of languages is no change.
    order = [*held, *(code for code in codes if code not in held)]
    desk.mine[name] = {code: found[code] for code in order if found.get(code)}


def _text(desk: Desk, name: str, code: str, value: str) -> str:
    key = desk.start(name, code, value=value)
    asked = with_language(label((name,)), code)
    limit = LIMITS.get(name, LIMIT)
    if name in LINES:
        typed = st.text_area(asked, key=key, max_chars=limit, height=120, persist_state="session")
    else:
        typed = st.text_input(asked, key=key, max_chars=limit, persist_state="session")
    return (typed or "").strip()


def choice(desk: Desk, name: str, words: Mapping[str, str], *, unknown: bool = True) -> None:
    """Ask for one of a few words; `unknown` where nobody may know."""
    key = desk.start(name, value=desk.mine.get(name))
    options: list[str | None] = [*([None] if unknown else []), *map(str, words)]
    desk.mine[name] = st.selectbox(
        label((name,)),
        options,
        key=key,
        format_func=lambda value: words[value] if value else _("not known"),
        placeholder=_("not known"),
        persist_state="session",
    )


def many(
    desk: Desk, name: str, options: Sequence[str], tell: Callable[[str], str], hint: str = ""
) -> None:
    """Ask for some of many words, in an order."""
    held = list(desk.mine.get(name) or ())
    key = desk.start(name, value=held)
    offered = [*options, *(one for one in held if one not in options)]
    desk.mine[name] = list(
        st.multiselect(
            label((name,)),
            offered,
            key=key,
            format_func=tell,
            help=hint or None,
            placeholder=_("Choose"),
            persist_state="session",
        )
    )


def categories(desk: Desk) -> None:
    """Ask what an actor does; the first gives its sign and colour."""
    language = current()

    def tell(key: str) -> str:
        found = CATEGORIES.get(key)
        if found is None:
            return key
        return f"{found.labels.best(language)} ({GROUPS[found.group].labels.best(language)})"

    many(desk, "categories", list(CATEGORIES), tell, _("The first one gives its sign on the map."))


def languages(desk: Desk) -> None:
    """Ask which languages are spoken."""
    known = (*_LANGUAGES, *(one for one in state.atlas().spoken if one not in _LANGUAGES))
    many(desk, "languages", known, language_name)


def kind(desk: Desk) -> None:
    """Ask what sort of actor it is; of a resident also the consent."""
    choice(desk, "kind", {one: wording.actor_kind(one) for one in ActorKind}, unknown=False)
    if desk.mine["kind"] == ActorKind.RESIDENT:
        _consent(desk)
    else:
        desk.mine["consent"] = None


def _consent(desk: Desk) -> None:
    held: Mapping[str, Any] = desk.mine.get("consent") or desk.base.get("consent") or {}
    found = {}
    for column, (name, asked) in zip(
        st.columns(2),
        (("given_on", _("Consent given on")), ("ends_on", _("Consent ends on"))),
        strict=True,
    ):
        day = date.fromisoformat(held[name]) if held.get(name) else None
        key = desk.start("consent", name, value=day)
        picked = column.date_input(
            asked, key=key, max_value=LATEST, format="DD/MM/YYYY", persist_state="session"
        )
        found[name] = picked.isoformat() if isinstance(picked, date) else None
    desk.mine["consent"] = found if all(found.values()) else None


def practical(desk: Desk) -> None:
    """Ask what one must know before going."""
    left, middle, right = st.columns(3)
    with left:
        words = {one.value: "".join(wording.wheelchair(one)) for one in Wheelchair}
        choice(desk, "wheelchair", words)
    with middle:
        choice(desk, "appointment", {one: "".join(wording.appointment(one)) for one in Appointment})
    with right:
        choice(desk, "cost", {one: "".join(wording.cost(one)) for one in Cost})


def standing(desk: Desk) -> None:
    """Ask whether the public sees it."""
    choice(desk, "status", {one: status(one) for one in Status}, unknown=False)


def sort_of_activity(desk: Desk) -> None:
    """Ask what happens and what it is about."""
    left, right = st.columns(2)
    with left:
        choice(
            desk, "type", {one: wording.activity_type(one) for one in ActivityType}, unknown=False
        )
    with right:
        choice(desk, "theme", {one: theme(one) for one in ActivityTheme})


def schedule_told(desk: Desk) -> None:
    """Tell when it takes place; the days themselves are changed by a file or a proposal."""
    if held := desk.mine.get("schedule"):
        st.caption(wording.plain(told(("schedule",), held)))


def secrecy(desk: Desk) -> None:
    """Ask what everyone must not be told: the door of a shelter, a way to reach it."""
    for name, asked, hint in (
        (
            "secret_place",
            _("Its place is secret"),
            _("Everyone is told its neighbourhood alone, here and in every file that leaves."),
        ),
        (
            "do_not_contact",
            _("Do not contact it directly"),
            _("Everyone is asked to go by the relay."),
        ),
    ):
        key = desk.start(name, value=bool(desk.mine.get(name)))
        desk.mine[name] = st.checkbox(asked, key=key, help=hint, persist_state="session")
