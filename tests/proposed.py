"""Small proposals, and those who decide about them."""

from typing import Any

from directory.commands import Author
from directory.people import Grant, Person, Role
from directory.proposals import Draft
from tests.records import at

BY = Author("Test")


def relay_of(*neighbourhoods: str) -> Author:
    """A relay of neighbourhoods."""
    grant = Grant(role=Role.RELAY, neighbourhoods=frozenset(neighbourhoods))
    return Author("Samira", person=Person(id="samira", name="Samira", grants=(grant,)))


def new_place(called: str = "Huurdersbond", **given: Any) -> Draft:
    """Somebody proposes a new place in the left column."""
    facts: dict[str, Any] = {
        "names": {"nl": called},
        "categories": ["community-house"],
        "places": [at(0.5, 1.5).model_dump(mode="json")],
    }
    known = {"kind": "add", "facts": facts | given.pop("facts", {}), "language": "nl"}
    return Draft.model_validate({**known, **given})
