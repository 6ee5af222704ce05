"""Near me: where to go on foot, now, and whose street it is."""

import streamlit as st

from directory.nearby import answer
from ui import address, look, state
from ui.language import _, current
from ui.nearby import asking, origin, screen, taking, walks, wishes, your_relay
from ui.nearby.ground import ground, needs
from ui.nearby.results import items, lines

scene, known, needed = state.scene(current()), ground(), needs()
parameters = wishes.parameters(known.atlas, needed)
address.read(parameters)
side, map_column = st.columns([5, 8], gap="medium")
with side, st.container(key="near"):
    look.render(
        "intro.html.j2",
        title=_("What is near me?"),
        text=_("Say where you are, then what you need."),
    )
    asking.settle(known, current())
    screen.show_field(scene)
    asking.show_questions()
    here = origin.held()
    if here:
        your_relay.show(scene, known.relays.find(here.lon, here.lat))
    need = wishes.need_pills(needed)
    taken = taking.held()
    if need or taken:
        with st.container(horizontal=True, vertical_alignment="center"):
            wishes.hold_pills()
            wishes.finer(known.atlas)
    wish, at = wishes.wish(need), wishes.moment()
    walk = walks.walk(known, here, step_free=wish.step_free) if here else None
    found = taking.listed(known, walk, wish, at, chosen=need is not None)
    told = lines(known, found)
    if need:
        taking.helplines(need)
    if need or taken:
        screen.show_answers(
            scene, told, items(told, at, wishes.pace()), screen.summary_of(len(found), here=bool(here))
        )
        taking.offer(scene, known, walk, at)
with map_column:
    screen.show_map(scene, here, walk, told)
address.write(parameters)
