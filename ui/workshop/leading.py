"""Lead a workshop: make one, open its doors, decide what comes, end it."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from directory.actors import Status
from directory.authors import Author
from directory.people import Deed, Reach, reach
from directory.workshops import Workshop
from directory.workshops.records import MOST_TABLES, TITLE_MAX
from geo.errors import PleinError
from ui import access, address, state, wording
from ui.address import Parameter
from ui.language import NAMES, _, current, say
from ui.workshop import coming, doors, sheets, summing
from ui.workshop.desk import workshops

ID: Final = "workshop"
_TABLES: Final = 5
_VIEW: Final = "workshop_view"


def show(author: Author | None) -> None:
    """Show the workshops of whoever works here, and the one that is chosen."""
    led = {one.id: one for one in workshops().led_by(access.person())}
    address.read({ID: Parameter("one", led.__contains__)})
    st.title(_("Workshop"), anchor=False)
    if author is None:
        st.info(_("Give your name to lead a workshop."))
        return
    with st.expander(_("Make a workshop"), expanded=not led):
        _make(author)
    if led:
        if st.session_state.get(ID) not in led:
            st.session_state[ID] = next(iter(led))
        st.selectbox(_("Which one"), list(led), key=ID, format_func=lambda key: _name(led[key]))
        _lead(led[st.session_state[ID]], author)
    address.write({ID: Parameter("one", led.__contains__)})


def _name(one: Workshop) -> str:
    return f"{wording.day(one.day)} · {one.title}"


def _areas() -> list[str]:
    person, day = access.person(), state.now().date()
    every = reach(person, Deed.LEAD_WORKSHOP, day) is Reach.ALL
    atlas, own = state.atlas(), person.neighbourhoods(day)
    known = [key for key in atlas.neighbourhoods if every or key in own]
    return sorted(known, key=lambda key: atlas.neighbourhood_name(key, current()).casefold())


def _make(author: Author) -> None:
    atlas = state.atlas()
    stored = state.store().directory().local_maps
    maps = [key for key, one in stored.items() if one.status is not Status.ARCHIVED]
    with st.form("workshop_make", border=False):
        title = st.text_input(_("Title"), max_chars=TITLE_MAX)
        day = st.date_input(_("Day"), value=state.now().date(), min_value=state.now().date())
        area = st.selectbox(
            _("Neighbourhood"),
            _areas(),
            format_func=lambda key: atlas.neighbourhood_name(key, current()),
        )
        tables = st.number_input(_("Tables"), 1, MOST_TABLES, _TABLES)
        names = st.text_input(
            _("Names of the tables, with commas between (may be left empty)"), max_chars=TITLE_MAX
        )
        languages = st.multiselect(
            _("Languages"), list(NAMES), list(NAMES), format_func=NAMES.__getitem__
        )
        map_id = st.selectbox(
            _("Local map that is made (may be left empty)"),
            maps,
            None,
            format_func=lambda key: stored[key].titles.best(current()),
            placeholder="",
        )
        pressed = st.form_submit_button(_("Make the workshop"), type="primary")
    if pressed:
        given = {
            "title": title,
            "day": day,
            "neighbourhood_id": area or "",
            "tables": _tables(names, int(tables)),
            "languages": tuple(languages),
            "map_id": map_id or "",
        }

        def make() -> None:
            st.session_state["workshop_made"] = workshops().make(given, by=author).id

        if attempt(make):
            st.query_params[ID] = st.session_state.pop("workshop_made")
            st.session_state.pop(ID, None)
            st.rerun()


def _tables(names: str, count: int) -> tuple[str, ...]:
    """Return the names of the tables, numbers where none are given.

    >>> _tables("Marché, École", 4), _tables(" ", 2)
    (('Marché', 'École'), ('1', '2'))
    """
    told = tuple(name.strip() for name in names.split(",") if name.strip())
    return told or tuple(str(n) for n in range(1, count + 1))


def attempt(work: Callable[[], object]) -> bool:
    """Do something, or tell on the page why not."""
    try:
        work()
    except PleinError as error:
        st.error(wording.plain(say(error)))
        return False
    return True


def _lead(workshop: Workshop, author: Author) -> None:
    views: dict[str, tuple[str, Callable[[Workshop, Author], None]]] = {
        "doors": (_("Way in"), doors.show),
        "coming": (_("Proposals"), coming.show),
        "sheets": (_("Table sheets"), sheets.show),
        "summary": (_("Summary"), summing.show),
    }
    chosen = st.segmented_control(
        _("What to do"),
        list(views),
        default="doors",
        required=True,
        key=_VIEW,
        format_func=lambda key: views[key][0],
        label_visibility="collapsed",
        persist_state="session",
    )
    if not workshop.takes(state.now()):
        st.info(
            _("This workshop is closed: nothing more is taken. What came can still be decided.")
        )
    views[str(chosen)][1](workshop, author)
