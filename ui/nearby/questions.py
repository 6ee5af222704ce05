"""The conversation about where one is: what was told is answered, and asked back where it must."""

from typing import Final

import streamlit as st

from ui.language import _
from ui.nearby import origin, walks
from ui.nearby.asking import Asked, ask
from ui.nearby.ground import Ground
from ui.nearby.origin import Origin
from ui.wording import plain

_OPEN: Final = "near_asked"


def settle(ground: Ground, language: str) -> None:
    """Answer what the field or the map told since the last run."""
    told = origin.said()
    if told is None:
        return
    origin.say(None)
    if isinstance(told, dict) and told.get("error"):
        return  # the field says it where it was asked
    asked = ask(ground, told, language)
    leave()  # the answer to another question is none to this one
    if asked.origin is not None:
        _stand(asked.origin)
    if asked.sentence:
        st.session_state[_OPEN] = asked


def _stand(here: Origin) -> None:
    origin.hold(here)
    st.session_state.pop(_OPEN, None)


def leave() -> None:
    """Forget where the person is."""
    origin.hold(None)
    walks.forget()
    st.session_state.pop(_OPEN, None)


def show() -> None:
    """Say what could not be answered and offer what may have been meant."""
    with st.container(key="near_asked"):
        asked = st.session_state.get(_OPEN)
        if not isinstance(asked, Asked):
            return
        (st.info if asked.origin else st.warning)(asked.sentence)
        for number, choice in enumerate(asked.choices):
            st.button(
                plain(choice.label) or _("This place"),
                key=f"near_choice_{number}",
                on_click=_stand,
                args=(choice,),
                width="stretch",
            )
