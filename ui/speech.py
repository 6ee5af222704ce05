"""One language to tell things in, whoever reads: for pages, lists to print and documents."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.lists import format_list

from ui import language as reading

_LOCALES = {"fr": "fr_BE", "nl": "nl_BE", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Speech:
    """A language, and how to say messages in it."""

    language: str

    @property
    def locale(self) -> str:
        """The language as it is written in Belgium."""
        return _LOCALES[self.language]

    def translate(self, message: str, **params: object) -> str:
        """Translate a message and fill its braces."""
        text = reading.catalog(self.language).gettext(message)
        return text.format(**params) if params else text

    def listed(self, parts: Sequence[str]) -> str:
        """Put parts into one list: "a, b and c"."""
        return str(format_list(list(parts), locale=self.locale))


def speech(language: str | None = None) -> Speech:
    """Speak a language; without one, that of the person whose page runs."""
    return Speech(language or reading.current())
