"""Propose: anybody says what is missing or should change; a relay of the place decides."""

from ui import state
from ui.language import current
from ui.proposing import form

form.show(state.scene(current()))
