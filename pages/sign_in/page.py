"""Sign in, take up an invitation, or see to one's own account."""

from ui.signing import screen

screen.show()
