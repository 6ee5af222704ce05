"""The phones, e-mails and websites of an OpenStreetMap feature, made uniform."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import phonenumbers
from pydantic import ValidationError

from directory.contacts import Contact, ContactKind
from directory.hygiene import clean_text
from geo.errors import BadInputError

MAX_EACH = 5
"""Phones, e-mails or websites kept of one feature."""

_KEYS = {
    ContactKind.PHONE: ("contact:phone", "phone", "contact:mobile", "mobile"),
    ContactKind.EMAIL: ("contact:email", "email"),
    ContactKind.WEBSITE: ("contact:website", "website", "url"),
}
_SEPARATOR = {
    ContactKind.PHONE: re.compile(r"[;,]"),
    ContactKind.EMAIL: re.compile(r"[;,]"),
    ContactKind.WEBSITE: re.compile(r";\s*(?=https?:|www\.)"),
}
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::[0-9]{1,5})?")


def read_contacts(tags: Mapping[str, str]) -> tuple[tuple[Contact, ...], list[str]]:
    """Return the contacts, each once, and a word for each that could not be read.

    >>> read_contacts({"phone": "02/529.00.00"})[0][0].value
    '+32 2 529 00 00'
    """
    contacts: list[Contact] = []
    dropped: list[str] = []
    for kind, keys in _KEYS.items():
        found: dict[str, Contact] = {}
        parts = [part for key in keys for part in _SEPARATOR[kind].split(tags.get(key, ""))]
        for part in parts[:50]:
            if not part.strip():
                continue
            try:
                value = _UNIFORM[kind](clean_text(part, field="value"))
                found.setdefault(value.casefold(), Contact(kind=kind, value=value))
            except (BadInputError, ValidationError, ValueError):
                dropped.append(kind.value)
        contacts += list(found.values())[:MAX_EACH]
    return tuple(contacts), dropped


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "BE")
    except phonenumbers.NumberParseException as error:
        raise ValueError from error
    number.extension = None
    if not phonenumbers.is_valid_number(number):
        raise ValueError
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _email(text: str) -> str:
    return text.removeprefix("mailto:")


def _website(text: str) -> str:
    address = text if "://" in text else f"https://{text}"
    parts = urlsplit(address)
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
        raise ValueError
    return address


_UNIFORM: dict[ContactKind, Callable[[str], str]] = {
    ContactKind.PHONE: _phone,
    ContactKind.EMAIL: _email,
    ContactKind.WEBSITE: _website,
}
