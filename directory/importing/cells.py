"""The contacts in a cell: phones, e-mails and links, made uniform; several in one cell too."""

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

import phonenumbers
from pydantic import ValidationError

from directory.contacts import Contact, ContactKind
from directory.hygiene import clean_text
from directory.texts import Texts
from geo.errors import BadInputError

MAX_EACH = 10
"""Contacts of one kind kept of a row."""
_REGION = "BE"
_LOST_ZERO = (8, 9)
"""Digits of a Belgian number, landline and mobile, from which a spreadsheet dropped the zero."""

_NO_LABEL = Texts()
"""Given, since pydantic copies a default deeply for each contact."""

_BETWEEN_PHONES = re.compile(r"[;,|\n]|\s+(?:ou|of|or|et|en|and|&)\s+|\s+/\s+", re.IGNORECASE)
_BETWEEN_EMAILS = re.compile(r"[;,|/\s]+(?:(?:ou|of|or|et|en|and)\s+)?", re.IGNORECASE)
_BETWEEN_LINKS = re.compile(r"[;|\s]+|,\s*(?=https?:|www\.)", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.!#$%&*+/=?^`{|}~'-]+@(?:[\w-]+\.)+[^\W\d_]{2,}")
_AT = re.compile(r"\s*[\[({]\s*(?:at|arobase|apenstaartje|@)\s*[\])}]\s*", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::[0-9]{1,5})?")
_WORDS_OF_MAIL = re.compile(r"^(?:e-?mail|mail|courriel)\b\s*:?\s*", re.IGNORECASE)


@lru_cache(maxsize=65536)
def read_contacts(kind: ContactKind, cell: str) -> tuple[tuple[Contact, ...], tuple[str, ...]]:
    """Return the contacts of a cell, each once, and the pieces that could not be read.

    >>> [found.value for found in read_contacts(ContactKind.PHONE, "02/529.00.00 ou 475123456")[0]]
    ['+32 2 529 00 00', '+32 475 12 34 56']
    """
    found: dict[str, Contact] = {}
    unread = []
    for piece in _PIECES[kind](cell):
        try:
            value = clean_text(_UNIFORM[kind](piece), field="value")
            found.setdefault(value.casefold(), Contact(kind=kind, value=value, label=_NO_LABEL))
        except (BadInputError, ValidationError, ValueError):
            unread.append(piece)
    contacts = tuple(found.values())
    unread += [contact.value for contact in contacts[MAX_EACH:]]
    return contacts[:MAX_EACH], tuple(unread)


def _phones(cell: str) -> list[str]:
    pieces = []
    for part in _BETWEEN_PHONES.split(cell):
        piece = part.strip(" .:-")
        if not piece:
            continue
        # A slash parts an area code from a number as often as one number from the next.
        split = [one.strip() for one in piece.split("/")]
        if len(split) > 1 and _number(piece) is None and all(map(_number, split)):
            pieces += split
        elif any(letter.isalpha() for letter in piece):
            within = [match.raw_string for match in phonenumbers.PhoneNumberMatcher(piece, _REGION)]
            pieces += within or [piece]
        else:
            pieces.append(piece)
    return pieces


@lru_cache(maxsize=65536)
def _number(text: str) -> str | None:
    digits = re.sub(r"\D", "", text)
    tried = [text]
    if len(digits) in _LOST_ZERO and not text.startswith(("0", "+")):
        tried.append(f"0{digits}")
    for each in tried:
        try:
            number = phonenumbers.parse(each, _REGION)
        except phonenumbers.NumberParseException:
            continue
        number.extension = None
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return None


def _phone(text: str) -> str:
    number = _number(text)
    if number is None:
        raise ValueError
    return number


def _emails(cell: str) -> list[str]:
    plain = _WORDS_OF_MAIL.sub("", _AT.sub("@", cell.strip()))
    return [piece.strip("<>()\"'") for piece in _BETWEEN_EMAILS.split(plain) if piece.strip("<>")]


def _email(text: str) -> str:
    address = text.removeprefix("mailto:").rstrip(".")
    if not _EMAIL.fullmatch(address):
        raise ValueError
    name, _, host = address.rpartition("@")
    return f"{name}@{host.lower()}"


def _links(cell: str) -> list[str]:
    return [piece.strip("<>()\"'") for piece in _BETWEEN_LINKS.split(cell) if piece.strip("<>-")]


def _link(text: str) -> str:
    address = text if "://" in text else f"https://{text}"
    parts = urlsplit(address)
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
        raise ValueError
    return address


_PIECES: dict[ContactKind, Callable[[str], list[str]]] = {
    ContactKind.PHONE: _phones,
    ContactKind.EMAIL: _emails,
    ContactKind.WEBSITE: _links,
}
_UNIFORM: dict[ContactKind, Callable[[str], str]] = {
    ContactKind.PHONE: _phone,
    ContactKind.EMAIL: _email,
    ContactKind.WEBSITE: _link,
}
