"""A file of figures on its way in: its steps, each a screen."""

import streamlit as st

from directory.people import Deed
from ui import access
from ui.figures import columns, desk, heaps, keeping, work
from ui.language import _
from ui.wording import plain


def show() -> None:
    """Show the step the file of this session is at."""
    if not access.may(Deed.CREATE_INDICATOR):
        access.refuse()
    under_way = work.current()
    with st.container(key="work"):
        if under_way is None:
            desk.show()
            return
        st.subheader(plain(under_way.name))
        if under_way.figure is None or under_way.report is None:
            if under_way.sheet is not None:
                _step(1)
                columns.show(under_way, under_way.sheet)
        elif not under_way.sourced:
            _step(2)
            heaps.show(under_way, under_way.report)
        else:
            _step(3)
            keeping.show(under_way, under_way.report, under_way.figure)


def _step(number: int) -> None:
    names = (_("1 Columns"), _("2 Rows"), _("3 Names and source"))
    told = (
        f"**{plain(name)}**" if place == number else plain(name)
        for place, name in enumerate(names, 1)
    )
    st.caption(" → ".join(told))
