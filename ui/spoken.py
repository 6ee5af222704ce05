"""The names of languages, in the reader's language, from the Unicode locale data."""

from babel import Locale, UnknownLocaleError

from ui.language import current


def language_name(code: str) -> str:
    """Name a language by its ISO 639 code; the code itself where it has no name."""
    name = str(Locale(current()).languages.get(code, code))
    return name[:1].upper() + name[1:]


def own_name(code: str) -> str:
    """Name a language as those who speak it do; the code itself where it has no name.

    >>> own_name("nl"), own_name("xx")
    ('Nederlands', 'xx')
    """
    try:
        name = str(Locale(code).languages.get(code, code))
    except UnknownLocaleError:
        return code
    return name[:1].upper() + name[1:]
