"""Workshop: a meeting around tables, whose proposals arrive from phones and sheets."""

from directory.people import Deed
from ui import access
from ui.workshop import leading

if not access.may_somewhere(Deed.LEAD_WORKSHOP):
    access.refuse()
leading.show(access.author())
