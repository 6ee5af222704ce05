"""Near me: where to go on foot, now, and whose street it is."""

import streamlit as st

from ui import address, look, state
from ui.language import _, current
from ui.nearby import origin, questions, screen, taking, walks, wishes, your_relay
from ui.nearby.ground import ground, needs
from ui.nearby.results import items, lines, tell_way

scene, known, needed = state.scene(current()), ground(), needs()
parameters = wishes.parameters(known.atlas, needed)
address.read(parameters)
questions.settle(known, current())
here = origin.held()
side, beside = st.columns([5, 8], gap="medium")
with side, st.container(key="near"):
    look.render(
        "intro.html.j2",
        title=_("What is near me?"),
        text=_("Say where you are, then what you need."),
        near="",
    )
    screen.show_field(scene)
    questions.show()
    relay = known.relays.find(here.lon, here.lat) if here else None
    with st.container(key="near_relay"):
        if relay:
            your_relay.show(scene, relay)
    need = wishes.need_pills(needed)
    with st.container(horizontal=True, vertical_alignment="center"):
        wishes.hold_pills()
        wishes.finer(known.atlas)
    wish, at = wishes.wish(need), wishes.moment()
    walk = walks.walk(known, here, step_free=wish.step_free) if here else None
    mine = lines(known, taking.find(known, walk, taking.wish(), at)) if taking.held() else []
    found = taking.find(known, walk, wish, at) if need else []
    told = mine if taking.only_mine(need) else lines(known, found)
    chosen = screen.chosen_line(told)
    way = walk.way(chosen.found) if walk and chosen else None
    with st.container(key="near_found"):
        if need:
            taking.helplines(need)
        if need or mine:
            count = len(told if told is mine else found)
            summary = screen.summary_of(count, here=bool(here))
            described = items(known, told, at, wishes.pace(), present=wishes.is_now())
            tell_way(described, chosen, way)
            screen.show_answers(scene, described, summary)
    with st.container(key="near_taken"):
        taking.offer(known, walk, mine, relay, at)
with beside:
    screen.show_map(scene, here, walk, told, way)
address.write(parameters)
