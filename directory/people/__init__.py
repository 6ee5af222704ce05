"""People: the roles they have, where, and what a role may do."""

from directory.people.permissions import Deed, Reach, check, may, reach
from directory.people.roles import MACHINE, VISITOR, Grant, Person, Role
from directory.people.whose import Grounds

__all__ = [
    "MACHINE",
    "VISITOR",
    "Deed",
    "Grant",
    "Grounds",
    "Person",
    "Reach",
    "Role",
    "check",
    "may",
    "reach",
]
