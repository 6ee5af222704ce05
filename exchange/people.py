"""Invite from the terminal: the first administrator, or one when nobody can sign in any more."""

import argparse
from urllib.parse import urlencode

from directory.people import MACHINE, Grant, Role
from directory.people.accounts import Accounts
from directory.people.book import Book
from directory.people.invitations import FIRST_HOLDS, Invitations
from directory.store import Store
from exchange.settings import settings

ADDRESS = "http://localhost:8501"
"""Where `make run` serves Plein."""


def link(address: str, token: str) -> str:
    """Return the link of an invitation.

    >>> link("http://localhost:8501/", "abc")
    'http://localhost:8501/sign-in?invitation=abc'
    """
    return f"{address.rstrip('/')}/sign-in?{urlencode({'invitation': token})}"


def first_link(store: Store, address: str) -> str | None:
    """Return a link that makes the first administrator; None where somebody has an account."""
    book = Book(store)
    if not Accounts(book).none_yet():
        return None
    return link(address, Invitations(book).first().token)


def told_first(found: str) -> str:
    """Say what the first link is for."""
    hours = int(FIRST_HOLDS.total_seconds() // 3600)
    return (
        f"    Nobody has an account yet. This link makes the administrator, once, "
        f"within {hours} hours:\n    {found}"
    )


def invite(given: argparse.Namespace) -> int:
    """Print a link by which somebody makes an account."""
    store = Store(settings().database_url)
    grant = Grant(
        role=Role(given.role),
        neighbourhoods=frozenset(given.neighbourhood),
        actors=frozenset(given.actor),
    )
    made = Invitations(Book(store)).make(grant, name=given.name, email=given.email, by=MACHINE)
    print(link(given.address, made.token))  # noqa: T201 - a command
    return 0


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `people invite`."""
    parser = commands.add_parser("people", help="invite somebody: prints a link that works once")
    acts = parser.add_subparsers(required=True, metavar="act")
    parser = acts.add_parser("invite", help="print a link by which somebody makes an account")
    roles = [role.value for role in Role if role is not Role.VISITOR]
    parser.add_argument("--role", choices=roles, default=Role.ADMINISTRATOR.value)
    parser.add_argument("--neighbourhood", action="append", default=[], help="id, for a relay")
    parser.add_argument("--actor", action="append", default=[], help="id, for an actor")
    parser.add_argument("--name", default="", help="proposed to the person, who may change it")
    parser.add_argument("--email", default="", help="the address OpenID Connect knows them by")
    parser.add_argument("--address", default=ADDRESS, help=f"of this Plein ({ADDRESS})")
    parser.set_defaults(run=invite)
