"""A draft anybody may send becomes facts that could stand in the directory, or is refused."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from directory.actors import Actor, ActorKind
from directory.categories import CATEGORIES
from directory.contacts import Visibility
from directory.directory import Directory
from directory.hygiene import clean, clean_text
from directory.proposals.records import CHANGEABLE, Draft, ProposalKind
from directory.search import plain
from geo.errors import N_, BadInputError, PleinError

LONGEST: Final = 20_000
"""Characters in everything somebody sends: some ten times a full form. Ours, 2026-11."""
NAME_MAX: Final = 80
DEEPEST: Final = 8
SOURCE: Final = {"name": "Plein"}
"""Where a place proposed here comes from; the card shows it."""
_SLUG_LENGTH = 60
_NEEDS_TARGET = frozenset(ProposalKind) - {ProposalKind.ADD}
_NEEDS_FACTS = frozenset({ProposalKind.CORRECT, ProposalKind.MOVED})


def weigh(given: object) -> None:
    """Refuse what is too long or too deep before anything reads it.

    Raises:
        BadInputError: more characters, or parts within parts, than a form can hold.
    """
    left = LONGEST
    waiting: list[tuple[object, int]] = [(given, 0)]
    while waiting:
        part, depth = waiting.pop()
        if isinstance(part, str):
            left -= len(part)
        elif isinstance(part, Mapping):
            waiting += [(each, depth + 1) for pair in part.items() for each in pair]
        elif isinstance(part, (list, tuple)):
            waiting += [(each, depth + 1) for each in part]
        left -= 1
        if left < 0 or depth > DEEPEST:
            raise BadInputError(
                N_("This is too long: write at most {limit} characters in all."), limit=LONGEST
            )


def read_draft(given: Mapping[str, Any]) -> Draft:
    """Return a draft of what somebody sent, which may be anything.

    Raises:
        BadInputError: it breaks a rule; nothing is kept.
    """
    weigh(given)
    try:
        return Draft.model_validate(clean(dict(given), field="proposal"))
    except ValidationError as error:
        raise refusal(error) from error


def checked(draft: Draft, directory: Directory, *, proposal_id: str) -> Draft:
    """Return the draft cleaned, with facts that hold for an actor; `proposal_id` marks a new one.

    Raises:
        BadInputError: a rule is broken: a field nobody may propose, an actor that is not there.
    """
    weigh(draft.model_dump(mode="json"))
    name = clean_text(draft.name, field="name", of="proposal")
    if len(name) > NAME_MAX:
        raise BadInputError(N_("Your name is too long: at most {limit} signs."), limit=NAME_MAX)
    facts = clean(draft.facts, field="actor", of=draft.target)
    _check_aim(draft, directory, facts)
    facts = _whole(facts, proposal_id) if draft.kind is ProposalKind.ADD else _changed(facts)
    note = clean_text(draft.note, field="note", of="proposal")
    if draft.kind is ProposalKind.WRONG and not note:
        raise BadInputError(N_("Say in a few words what is wrong."))
    thank = draft.thank and bool(name)
    return draft.model_copy(update={"facts": facts, "note": note, "name": name, "thank": thank})


def _check_aim(draft: Draft, directory: Directory, facts: Mapping[str, Any]) -> None:
    if draft.kind is ProposalKind.ADD and (draft.target or draft.other):
        raise BadInputError(N_("Something new has no place of the directory it is about."))
    wanted = [draft.target] if draft.kind in _NEEDS_TARGET else []
    wanted += [draft.other] if draft.kind is ProposalKind.DUPLICATE else []
    for actor_id in wanted:
        if actor_id not in directory.actors:
            raise BadInputError(
                N_("The place “{id}” this is about is no longer in the directory."), id=actor_id
            )
    if draft.kind is ProposalKind.DUPLICATE and draft.target == draft.other:
        raise BadInputError(N_("A place cannot be its own duplicate: choose another one."))
    if draft.kind in _NEEDS_FACTS and not facts:
        raise BadInputError(N_("Nothing is changed yet: say what should be different."))
    if draft.kind is ProposalKind.MOVED and set(facts) != {"places"}:
        raise BadInputError(N_("Say where it moved to: a street and number, or a spot of the map."))
    if draft.kind in _NEEDS_TARGET - _NEEDS_FACTS and facts:
        raise BadInputError(N_("To change what is known of a place, propose a correction."))
    unknown = set(facts) - set(CHANGEABLE)
    if unknown - ({"kind"} if draft.kind is ProposalKind.ADD else set()):
        raise BadInputError(N_("“{field}” cannot be proposed."), field=min(unknown))


def _whole(facts: Mapping[str, Any], proposal_id: str) -> dict[str, Any]:
    names = facts.get("names")
    told = next(iter(names.values()), "") if isinstance(names, Mapping) else ""
    slug = re.sub(r"[^a-z0-9]+", "-", plain(str(told)))[:_SLUG_LENGTH].strip("-")
    given = {"kind": ActorKind.ORGANISATION.value, **facts, "source": SOURCE}
    given["id"] = f"{slug or 'actor'}-{proposal_id[:10]}"
    if given["kind"] == ActorKind.RESIDENT:
        raise BadInputError(
            N_("A resident is put on the map by a relay alone, who asks for their consent.")
        )
    return _valid(given)


def _changed(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts as an actor would hold them: checked on one that has nothing else."""
    if not facts:
        return {}
    bare = {
        "id": "checked",
        "kind": ActorKind.ORGANISATION.value,
        "names": {"und": "-"},
        "categories": [next(iter(CATEGORIES))],
        "source": SOURCE,
    }
    valid = _valid(bare | facts)
    return {name: valid[name] for name in facts}


def _valid(given: dict[str, Any]) -> dict[str, Any]:
    try:
        actor = Actor.model_validate(given)
    except ValidationError as error:
        raise refusal(error) from error
    if any(one.visibility is not Visibility.PUBLIC for one in actor.contacts):
        raise BadInputError(N_("“{field}” cannot be proposed."), field="visibility")
    facts = actor.model_dump(mode="json")
    del facts["version"]
    return facts


def refusal(error: ValidationError) -> PleinError:
    """Return what a validation found first, in words."""
    first = error.errors(include_url=False, include_input=False)[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, PleinError):
        return cause
    return BadInputError(
        N_("This could not be understood, {field}: {reason}."),
        field=".".join(str(part) for part in first["loc"])[:80],
        reason=str(first["msg"])[:200],
    )


def sameness(draft: Draft) -> str:
    """Return a mark that two drafts share when they say the same; what is said beside is left out.

    Two names are the same but for case, accents and spaces.
    """
    facts = {name: value for name, value in draft.facts.items() if name not in ("id", "source")}
    if "names" in facts:
        facts["names"] = sorted({plain(text) for text in facts["names"].values()})
    said = [draft.kind.value, draft.target, draft.other, facts]
    if draft.kind is ProposalKind.WRONG:
        said.append(plain(draft.note))
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
