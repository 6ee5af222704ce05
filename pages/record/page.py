"""One record with all its fields and its history, for those who may."""

import streamlit as st

from directory.store import Kind
from ui import address, state
from ui.language import current
from ui.record import history, screen, subject
from ui.record.desk import open_desk
from ui.record.words import name
from ui.secrecy import consents, notes
from ui.wording import plain

address.read(subject.PARAMETERS)
address.write(subject.PARAMETERS)
chosen, facts = screen.find()
changing, reading = subject.may_change(chosen, facts), subject.may_read_history(chosen, facts)
st.title(plain(name(facts)))
if not changing:
    screen.refuse(chosen, facts)
desk = open_desk(chosen, facts)
left, right = st.columns([5, 3] if desk.theirs is None else [12, 1], gap="medium")
if changing:
    with left:
        screen.show(state.scene(current()), desk)
if reading and desk.theirs is None:  # both sides of two who saved need the eye alone
    with right if changing else left:
        history.show(desk)
if chosen.kind is Kind.ACTOR and chosen.id in (held := state.store().directory().actors):
    with left:
        notes.show(chosen.id)
        if changing:
            consents.offer(held[chosen.id])
