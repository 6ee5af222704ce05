"""The reader's language: chosen in the address, else the browser's, else French."""

import gettext as gnu
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import streamlit as st
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from directory.texts import LANGUAGES
from geo.errors import PleinError

LOCALE = Path(__file__).resolve().parent.parent / "locale"
NAMES = {"fr": "Français", "nl": "Nederlands", "en": "English"}
PARAMETER = "lang"
_CHOSEN = "language_chosen"
_SPOKEN: ContextVar[str] = ContextVar("spoken", default="")


@cache
def catalog(language: str) -> gnu.NullTranslations:
    """Read a language's catalog; English is what the code says."""
    path = LOCALE / language / "LC_MESSAGES" / "plein.po"
    if language not in LANGUAGES or not path.exists():
        return gnu.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=language))
    compiled.seek(0)
    return gnu.GNUTranslations(compiled)


def offered(asked: str, accepted: str, among: Sequence[str] = LANGUAGES) -> str:
    """Pick a language: the one asked for, else the browser's first that is there, else the first.

    >>> offered("", "ar, nl-BE;q=0.8"), offered("en", "nl"), offered("en", "ar", ("nl", "fr"))
    ('nl', 'en', 'nl')
    """
    spoken = (wished.split(";")[0].strip().split("-")[0].lower() for wished in accepted.split(","))
    return next((code for code in (asked, *spoken) if code in among), among[0])


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while, whoever reads: a sheet is written in two.

    >>> with speaking("nl"):
    ...     current()
    'nl'
    """
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def current() -> str:
    """Return the language of the person whose page runs."""
    if spoken := _SPOKEN.get():
        return spoken
    asked = st.query_params.get(PARAMETER)
    if asked in LANGUAGES:
        st.session_state[_CHOSEN] = asked
    return str(st.session_state.get(_CHOSEN) or offered("", st.context.locale or ""))


def choose(language: str) -> None:
    """Speak another language from now on, and say so in the address."""
    st.session_state[_CHOSEN] = language
    st.query_params[PARAMETER] = language


def _(message: str, **params: object) -> str:
    """Translate a message for the person whose page runs and fill its braces.

    Never call this at import or inside a cached function.
    """
    text = catalog(current()).gettext(message)
    return text.format(**params) if params else text


def ngettext(one: str, many: str, n: int, **params: object) -> str:
    """Translate a message that counts."""
    told = format_decimal(n, locale=f"{current()}_BE")
    return catalog(current()).ngettext(one, many, n).format(n=told, **params)


def say(error: PleinError, language: str | None = None) -> str:
    """Tell an error in a language; by default that of the person whose page runs."""
    return catalog(language or current()).gettext(error.message).format(**error.params)
