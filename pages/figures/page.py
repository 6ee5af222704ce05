"""Figures: population and others by sector or district, on the map, in a list, on their way in."""

from functools import partial

import streamlit as st

from directory.people import Deed
from ui import access, address, leaving, look, state
from ui.figures import incoming, listed, screen, taken, work
from ui.language import _, current

parameters = screen.parameters()
address.read(parameters)
work.arrive()
scene = state.scene(current())
side, ground = screen.places()
with side, st.container(key="side"):
    look.render(
        "intro.html.j2",
        title=_("Figures"),
        text=_("Population, income, rent, age: what is known of each sector, and from whom."),
        near="",
    )
    screen.choose_part(editing=access.may(Deed.CHANGE_INDICATOR))
    with st.container():  # there or empty, so that what stands below stays as it is
        listed.show_kept(scene)
    if screen.part() == "list":
        listed.show(scene)
    elif screen.part() == "in":
        incoming.show()
    elif (chosen := screen.choose(scene)) is None:
        screen.show_none(editing=access.may(Deed.CHANGE_INDICATOR))
    else:
        screen.show_facts(chosen)
        screen.show_key(chosen)
        screen.show_sector(chosen)
        screen.show_table(chosen)
        leaving.offer("figures", partial(taken.described, chosen))
        with ground:
            screen.show_map(chosen)
address.write(parameters)
