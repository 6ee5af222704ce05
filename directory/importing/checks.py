"""Checks of a row, cell by cell: what it says made uniform, and a finding where it is not clear."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pydantic import ValidationError

from directory import hours
from directory.actors import Actor, ActorKind, Appointment, Cost, Wheelchair
from directory.contacts import Contact, ContactKind
from directory.hours_in_words import hours_in_words
from directory.hygiene import clean_text
from directory.importing import fields
from directory.importing.cells import read_contacts
from directory.importing.fields import JOINED, Field
from directory.importing.placing import place_cells
from directory.importing.positions import Box
from directory.importing.records import Certainty, Draft, Finding, Settings, Spot
from directory.importing.words import (
    guess_category,
    key_of,
    read_languages,
    read_word,
    split_words,
)
from directory.texts import Texts
from geo.errors import N_, BadInputError, PleinError

NO_NAME = N_("This row has no name. Write one, or leave the row out.")
NO_CATEGORY = N_("This row has no category. Choose one.")
GUESSED_CATEGORY = N_("“{text}” seems to mean “{category}”. Confirm it once.")
UNKNOWN_CATEGORY = N_("“{text}” is no category known here. Say once what it means.")
UNREAD_CONTACT = N_("“{text}” could not be read as a {kind}. It stays in the report only.")
PROPOSED_HOURS = N_("These hours seem to mean what is proposed. Confirm it once.")
HOURS_AS_WRITTEN = N_("These hours were not understood. They are shown as written.")
UNREAD_LANGUAGE = N_("“{text}” is no language known here. It stays in the report only.")
UNREAD_WORD = N_("“{text}” was not understood. It stays in the report only.")
UNREAD_DATE = N_("“{text}” is no date. Expected 2026-11-23 or 23/11/2026.")
REFUSED = N_("This cell was refused: {reason}")

_CONTACTS = {
    Field.PHONE: ContactKind.PHONE,
    Field.EMAIL: ContactKind.EMAIL,
    Field.WEBSITE: ContactKind.WEBSITE,
}
_TEXTS = (
    ("names", fields.NAMES),
    ("descriptions", fields.DESCRIPTIONS),
    ("audience", fields.AUDIENCES),
)
_WORDS: Mapping[Field, type[StrEnum]] = {
    Field.KIND: ActorKind,
    Field.WHEELCHAIR: Wheelchair,
    Field.APPOINTMENT: Appointment,
    Field.COST: Cost,
}
_PLAIN = (Field.SOURCE, Field.LICENCE, Field.SOURCE_URL, Field.REFERENCE, Field.VERIFIED_BY)
_DATE_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d/%m/%y")

Restore = Callable[[Mapping[str, str], Actor | None], Actor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What is needed to read the rows of one file.

    `words` and `hours` are what was confirmed, in this file or before, by `key_of` and by text;
    `area` is the territory in degrees; `restore` reads a row that Plein itself exported.
    """

    columns: Sequence[str]
    settings: Settings
    words: Mapping[str, tuple[str, ...]]
    hours: Mapping[str, str]
    actors: Mapping[str, Actor]
    area: Box | None = None
    restore: Restore | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a row says, what is not clear about it, and its place where the cells tell it."""

    draft: Draft
    findings: tuple[Finding, ...]
    spot: Spot | None


@dataclass(slots=True)
class _Facts:
    """The draft while it is being read."""

    said: Mapping[Field, str]
    known: dict[str, object] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def tell(
        self, about: Field, message: str, *, proposed: str = "", sure: bool = False, **params: str
    ) -> None:
        certainty = Certainty.SURE if sure else Certainty.LIKELY if proposed else Certainty.NONE
        self.findings.append(
            Finding(
                field=about,
                original=self.said.get(about, "")[:500],
                proposed=proposed,
                certainty=certainty,
                message=message,
                params=params,
            )
        )


def said_by(
    cells: Sequence[str],
    corrections: Mapping[Field, str],
    mapping: Sequence[Field | None],
) -> dict[Field, str]:
    """Return what a row says by field: cells of the same field joined, corrections on top.

    >>> said_by(["02 1", "0475"], {}, [Field.PHONE, Field.PHONE])
    {<Field.PHONE: 'phone'>: '02 1; 0475'}
    """
    found: dict[Field, str] = {}
    for cell, about in zip(cells, mapping, strict=False):
        text = cell.strip()
        if about is None or not text:
            continue
        if about not in found:
            found[about] = text
        elif about in JOINED:
            found[about] += JOINED[about] + text
    return {key: text for key, text in (found | dict(corrections)).items() if text}


def check_row(cells: Sequence[str], corrections: Mapping[Field, str], reader: Reader) -> Checked:
    """Read one row. Nothing is refused: what is not clear is a finding, the cells stay."""
    said = said_by(cells, corrections, reader.settings.mapping)
    facts = _Facts(said)
    known = reader.actors.get(said.get(Field.PLEIN_ID, ""))
    _identify(facts)
    for name, by_field in _TEXTS:
        _read_texts(facts, name, by_field)
    _read_contacts(facts)
    _read_words(facts)
    _read_languages(facts)
    _read_hours(facts, reader.hours)
    _read_plain(facts)
    _read_categories(facts, reader, needed=known is None)
    if known is None and not facts.known["names"]:
        facts.findings.append(Finding(field=Field.NAME, message=NO_NAME, blocking=True))
    placing = place_cells(said, reader.settings.coordinates, reader.area)
    if known is not None:
        row = dict(zip(reader.columns, cells, strict=False))
        restored = not corrections and _restore(facts, row, reader.restore, known)
        placing = placing.kept() if restored else placing.kept_where_same(known)
    facts.findings += placing.findings
    draft = Draft.model_validate(facts.known | {"address": placing.address, "asked": placing.asked})
    return Checked(draft=draft, findings=tuple(facts.findings), spot=placing.spot)


def _restore(facts: _Facts, row: Mapping[str, str], restore: Restore | None, known: Actor) -> bool:
    """Take a row that Plein exported as a whole, so that nothing of the actor is lost."""
    if restore is None:
        return False
    try:
        facts.known["whole"] = restore(row, known).model_dump(mode="json")
    except (BadInputError, ValidationError) as error:
        reason = str(error) if isinstance(error, PleinError) else error.errors()[0]["msg"]
        facts.findings.append(
            Finding(message=REFUSED, params={"reason": reason[:200]}, blocking=True)
        )
        return False
    facts.findings.clear()
    return True


def _text(facts: _Facts, about: Field, name: str) -> str:
    written = facts.said.get(about, "")
    if not written:
        return ""
    try:
        return clean_text(written, field=name, of=about.value)
    except BadInputError as error:
        facts.findings.append(
            Finding(
                field=about,
                original=written[:500],
                message=REFUSED,
                params={"reason": str(error)},
                blocking=True,
            )
        )
        return ""


def _identify(facts: _Facts) -> None:
    facts.known["plein_id"] = facts.said.get(Field.PLEIN_ID, "")
    version = facts.said.get(Field.PLEIN_VERSION, "")
    facts.known["plein_version"] = int(version) if re.fullmatch(r"[0-9]{1,9}", version) else None


def _read_texts(facts: _Facts, name: str, by_field: Mapping[Field, str]) -> None:
    texts = {code: _text(facts, about, name) for about, code in by_field.items()}
    facts.known[name] = Texts({code: text for code, text in texts.items() if text})


def _read_plain(facts: _Facts) -> None:
    for about in _PLAIN:
        name = "url" if about is Field.SOURCE_URL else about.value
        facts.known[about.value] = _text(facts, about, name)
    written = facts.said.get(Field.VERIFIED_ON, "")
    facts.known["verified_on"] = _day(written)
    if written and facts.known["verified_on"] is None:
        facts.tell(Field.VERIFIED_ON, UNREAD_DATE, text=written[:40])


def _day(text: str) -> date | None:
    for form in _DATE_FORMS if text else ():
        try:
            return datetime.strptime(text.partition("T")[0], form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _read_contacts(facts: _Facts) -> None:
    contacts: list[Contact] = []
    for about, kind in _CONTACTS.items():
        found, unread = read_contacts(kind, facts.said.get(about, ""))
        contacts += found
        for piece in unread:
            facts.tell(about, UNREAD_CONTACT, text=piece[:80], kind=kind.value)
    facts.known["contacts"] = tuple(contacts)


def _read_words(facts: _Facts) -> None:
    for about, kind in _WORDS.items():
        written = facts.said.get(about, "")
        facts.known[about.value] = found = read_word(kind, written) if written else None
        if written and found is None:
            facts.tell(about, UNREAD_WORD, text=written[:80])


def _read_languages(facts: _Facts) -> None:
    found, unread = read_languages(facts.said.get(Field.LANGUAGES, ""))
    facts.known["languages"] = found
    for word in unread:
        facts.tell(Field.LANGUAGES, UNREAD_LANGUAGE, text=word[:80])


def _read_hours(facts: _Facts, confirmed: Mapping[str, str]) -> None:
    text = _text(facts, Field.HOURS, "hours")
    facts.known["hours"] = text
    understood = hours.parse(text)
    if not text or (understood is not None and not understood.mended):
        return
    if text in confirmed:
        facts.known["hours"] = confirmed[text] or text
        return
    proposed = hours_in_words(text)
    if proposed is not None:
        facts.tell(Field.HOURS, PROPOSED_HOURS, proposed=proposed)
    else:
        facts.tell(Field.HOURS, HOURS_AS_WRITTEN)


def _read_categories(facts: _Facts, reader: Reader, *, needed: bool) -> None:
    found: dict[str, None] = {}
    open_words = []
    for word in split_words(facts.said.get(Field.CATEGORY, ""), reader.words):
        meaning = guess_category(word)
        if key_of(word) in reader.words:
            found |= dict.fromkeys(reader.words[key_of(word)])
        elif meaning.certainty is Certainty.SURE:
            found |= dict.fromkeys(meaning.categories)
        else:
            open_words.append((word, meaning.categories))
    if not found and reader.settings.category:
        found[reader.settings.category] = None
    facts.known["categories"] = tuple(found)
    blocking = needed and not found
    for word, guess in open_words:
        facts.findings.append(
            Finding(
                field=Field.CATEGORY,
                original=word[:200],
                proposed="; ".join(guess),
                certainty=Certainty.LIKELY if guess else Certainty.NONE,
                message=GUESSED_CATEGORY if guess else UNKNOWN_CATEGORY,
                params={"text": word[:80], "category": "; ".join(guess)},
                blocking=blocking,
            )
        )
    if blocking and not open_words:
        facts.findings.append(Finding(field=Field.CATEGORY, message=NO_CATEGORY, blocking=True))
