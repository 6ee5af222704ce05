"""The book of people of this process: accounts, sessions, invitations."""

from functools import cache

from directory.people.accounts import Accounts
from directory.people.book import Book
from directory.people.invitations import Invitations
from directory.people.sessions import Sessions
from ui import state


@cache
def book() -> Book:
    """Return the book of people."""
    return Book(state.store())


def accounts() -> Accounts:
    """Return the commands on accounts."""
    return Accounts(book())


def sessions() -> Sessions:
    """Return the sessions."""
    return Sessions(book())


def invitations() -> Invitations:
    """Return the invitations, with what tells where records lie."""
    return Invitations(book(), grounds=state.grounds)
