"""The view in the address bar: what is filtered, chosen and shown, so that a link opens it again.

Streamlit's own binding writes the label of an option, which changes with the language; a link
must not. The parameters here are ids.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

_SEEN = "address_seen"
_HELD = "address_held"
_KEPT = "address_kept"
_PAGE = "address_page"
_LAST = "address_last"
_OPEN = "address_open"
Found = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One part of the view, kept in the session under its name.

    `kind` is "text", "flag", "one", "many" or "day" (2026-11-27, a date to the widget); `allows`
    tells whether a value of the address, which anybody can write, is one of ours; `default` is not
    written in the address.
    """

    kind: str
    allows: Callable[[str], bool] = lambda _: True
    default: str = ""

    def read(self, values: list[str]) -> object:
        """Turn the values of the address into what the widget holds."""
        kept = [value for value in values if self.allows(value)]
        if self.kind == "flag":
            return kept[:1] == ["1"]
        if self.kind == "many":
            return list(dict.fromkeys(kept))
        if self.kind == "day":
            return _day(kept[0]) if kept else None
        return kept[0] if kept else (self.default or None if self.kind == "one" else self.default)

    def write(self, held: object) -> list[str]:
        """Turn what the widget holds into the values of the address; empty for the default."""
        if self.kind == "flag":
            return ["1"] if held else []
        if isinstance(held, (list, tuple)):
            return [str(value) for value in held]
        return [] if held in (None, "", self.default) else [str(held)]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read(parameters: Mapping[str, Parameter]) -> None:
    """Bring the session to the address where a person opened a link or went back.

    What a person changes before the answer to the change before has arrived comes with the
    address of before: then what is held wins.
    """
    found, held = _found(), _held(parameters)
    if st.session_state.pop(_PAGE, False):
        if not set(found) & set(parameters):
            found = found | _kept().get(_page(), {})
    elif found == st.session_state.get(_SEEN) or _differs(held):
        return
    for name, parameter in parameters.items():
        st.session_state[name] = parameter.read(found.get(name, []))
    _note(_found(), _held(parameters))


def write(parameters: Mapping[str, Parameter]) -> None:
    """Bring the address to the session; parameters of others stay."""
    found, held = _found(), _held(parameters)
    wanted = {name: values for name, values in found.items() if name not in parameters}
    wanted |= {name: values for name, values in held.items() if values}
    if not wanted == found == st.session_state.get(_SEEN, found):
        st.query_params.from_dict(wanted)
    _note(wanted, held)
    mine = {name: values for name, values in held.items() if values}
    st.session_state[_KEPT] = _kept() | {_page(): mine}


def _held(parameters: Mapping[str, Parameter]) -> Found:
    return {name: p.write(st.session_state.get(name)) for name, p in parameters.items()}


def opens(key: str) -> str:
    """Note the key of a panel that runs the page when it opens or closes; returns it.

    Whoever opens or closes one did not go back: the address that comes with it is late.
    """
    st.session_state[_OPEN] = {key: bool(st.session_state.get(key))} | st.session_state.get(
        _OPEN, {}
    )
    return key


def _note(seen: Found, held: Found) -> None:
    """Note the address, what is held and which panels are open, for the next run."""
    st.session_state[_SEEN] = seen
    st.session_state[_HELD] = held
    st.session_state[_OPEN] = _panels()


def _panels() -> dict[str, bool]:
    """Return which of the panels seen so far are open now."""
    return {key: bool(st.session_state.get(key)) for key in st.session_state.get(_OPEN, {})}


def _differs(held: Found) -> bool:
    """Whether a person changed something since the address was last written."""
    panels = _panels()
    return (held, panels) != (
        st.session_state.get(_HELD, held),
        st.session_state.get(_OPEN, panels),
    )


def arrived(page: str) -> None:
    """Note that a page was opened: coming back to one brings its view back."""
    before = st.session_state.get(_LAST)
    st.session_state[_LAST] = page
    if before is not None and before != page:
        st.session_state[_PAGE] = True


def _found() -> Found:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _kept() -> dict[str, Found]:
    """Return the view of each page that was opened, as it was left."""
    return dict(st.session_state.get(_KEPT, {}))


def _page() -> str:
    return str(st.session_state.get(_LAST, ""))
