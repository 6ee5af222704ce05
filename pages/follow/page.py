"""Your proposal: what became of it, for who holds its private link."""

from ui import state
from ui.proposing import following

following.show(state.atlas())
