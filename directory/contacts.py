"""Phones, e-mails and websites, and who may see each."""

import re
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import quote

from pydantic import Field, model_validator

from directory.texts import Record, Texts
from geo.errors import N_, BadInputError


class ContactKind(StrEnum):
    """The ways to reach somebody."""

    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"


class Visibility(StrEnum):
    """Who may see a contact: everyone, the actors of the directory, or relays only."""

    PUBLIC = "public"
    ACTORS = "actors"
    RELAYS = "relays"


PHONE = re.compile(r"\+?[0-9][0-9 ./()-]{1,30}")
EMAIL = re.compile(r"[^\s@<>\"'(),;:\\]{1,64}@[^\s@<>\"'(),;:\\]{1,255}")
WEBSITE = re.compile(r"https?://[^\s<>\"'\\`{}]{1,2000}", re.IGNORECASE)
_FORM = {ContactKind.PHONE: PHONE, ContactKind.EMAIL: EMAIL, ContactKind.WEBSITE: WEBSITE}


class Contact(Record):
    """One way to reach somebody; a website is http(s), so that no link can carry a script."""

    kind: ContactKind
    value: Annotated[str, Field(min_length=2, max_length=2048)]
    visibility: Visibility = Visibility.PUBLIC
    label: Texts = Texts()

    @model_validator(mode="after")
    def _well_formed(self) -> Self:
        if not _FORM[self.kind].fullmatch(self.value):
            raise BadInputError(
                N_("Expected a valid {kind}, found “{value}”."),
                kind=self.kind.value,
                value=self.value[:80],
            )
        return self


def mail_link(address: str) -> str:
    """Return the link that writes to an address, and says nothing else in its name.

    >>> mail_link("an+relais@exemple.be"), mail_link("a@b.be?bcc=x&body=y%0D%0A")
    ('mailto:an+relais@exemple.be', 'mailto:a@b.be%3Fbcc%3Dx%26body%3Dy%250D%250A')
    """
    return f"mailto:{quote(address, safe='@+')}"
