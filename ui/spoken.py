"""The names of languages, in the reader's language, from the Unicode locale data."""

from babel import Locale

from ui.language import current


def language_name(code: str) -> str:
    """Name a language by its ISO 639 code; the code itself where it has no name."""
    name = str(Locale(current()).languages.get(code, code))
    return name[:1].upper() + name[1:]
