"""Passwords: how long, which not, and how they are kept."""

import threading
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from geo.errors import N_, BadInputError

SHORTEST: Final = 12
"""Characters. NIST SP 800-63B-4 (2025) asks for 15 where nothing but a password is asked, 8 with a
second factor; twelve with a limit on tries and a list of the worst is ours, 2026-11."""
LONGEST: Final = 200
"""Characters; a longer text is no password but an attempt to keep the machine busy."""
MEMORY_KIB: Final = 64 * 1024
PASSES: Final = 3
LANES: Final = 4
"""argon2id of RFC 9106 (2021), section 4, the second recommended option; more than the least of
OWASP's Password Storage Cheat Sheet (read 2026-11: 19 MiB, 2 passes, 1 lane)."""
AT_ONCE: Final = 2
"""Hashes made at once in a process: 64 MiB each, so that a flood of sign-ins fills no memory."""

WORST: Final = frozenset(
    {
        "123456789012",
        "1234567890123",
        "1234567891011",
        "12345678910",
        "012345678910",
        "111111111111",
        "000000000000",
        "passwordpassword",
        "password1234",
        "password12345",
        "password123456",
        "passw0rd1234",
        "qwertyuiop12",
        "qwertyuiop123",
        "qwertyuiopasdf",
        "qwerty123456",
        "azertyuiop12",
        "azertyuiop123",
        "azertyuiopqsdf",
        "azerty123456",
        "motdepasse12",
        "motdepasse123",
        "motdepasse1234",
        "motdepassemotdepasse",
        "wachtwoord12",
        "wachtwoord123",
        "wachtwoord1234",
        "wachtwoordwachtwoord",
        "administrator",
        "administrateur",
        "administratie",
        "adminadminadmin",
        "admin1234567",
        "welcome12345",
        "welkom123456",
        "welkom2026!!",
        "bienvenue123",
        "bienvenue1234",
        "letmeinletmein",
        "iloveyou1234",
        "changemechangeme",
        "changeme1234",
        "bruxelles1000",
        "bruxelles2026",
        "brussel12345",
        "brussels1234",
        "abcdefghijkl",
        "abcdefghijklm",
        "abc123abc123",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
    }
)
"""The first that anybody would try here, in lower case: of twelve characters and more."""

TOO_LONG: Final = N_(
    "Expected a password of at most {limit} characters, found {found}. Choose another."
)
TOO_SHORT: Final = N_(
    "Expected a password of at least {limit} characters, found {found}. A few words in a row are "
    "easy to keep in mind."
)
TOO_PLAIN: Final = N_(
    "This password is among the first that are tried. Choose one that only you know."
)

_busy = threading.BoundedSemaphore(AT_ONCE)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID)


def check_password(password: str, *, names: tuple[str, ...] = ()) -> None:
    """Refuse a password that is too short, too long, or the first anybody would try.

    Args:
        password: as typed.
        names: what else is known of the person: their name, what they sign in with.

    Raises:
        BadInputError: which rule it breaks; never the password itself.
    """
    if len(password) > LONGEST:
        raise BadInputError(
            TOO_LONG,
            limit=LONGEST,
            found=len(password),
        )
    if len(password) < SHORTEST:
        raise BadInputError(
            TOO_SHORT,
            limit=SHORTEST,
            found=len(password),
        )
    plain = _plain(password).casefold()
    own = {_plain(name).casefold() for name in names}
    if plain in WORST or len(set(plain)) < 5 or plain in own:  # noqa: PLR2004 - "aaaaaaaabbbb"
        raise BadInputError(TOO_PLAIN)


def hash_password(password: str) -> str:
    """Return what is kept of a password: argon2id with its own salt."""
    with _busy:
        return _hasher().hash(_plain(password))


def verify(password: str, kept: str) -> bool:
    """Tell whether a password is the one kept, in the same time when nothing is kept ("")."""
    tried = password if len(password) <= LONGEST else ""
    with _busy:
        try:
            _hasher().verify(kept or _nobodys(), _plain(tried))
        except (VerificationError, InvalidHashError):
            return False
    return bool(kept and tried)


def needs_rehash(kept: str) -> bool:
    """Tell whether what is kept was made with other parameters than today's."""
    return bool(kept) and _hasher().check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    """Return a hash that takes as long as anybody's."""
    return _hasher().hash("nobody signs in with this")


def _plain(password: str) -> str:
    """Return a password in one spelling: keyboards write é in two ways."""
    return unicodedata.normalize("NFKC", password)
