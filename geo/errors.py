"""The errors people may see: a message id, its parameters, translated where it is shown."""


def N_(message: str) -> str:  # noqa: N802 - the name gettext knows
    """Mark a message for translation without translating it.

    >>> N_("Sector {code} is unknown.")
    'Sector {code} is unknown.'
    """
    return message


class PleinError(Exception):
    """Something a person can act on: what was expected, what was found, what to do.

    `message` is the English text and the id the catalogs know; `params` fill its braces.
    Raise it with `N_("…")` so that the message is extracted.

    >>> str(PleinError(N_("Expected {n} sectors."), n=724))
    'Expected 724 sectors.'
    """

    def __init__(self, message: str, **params: object) -> None:
        self.message = message
        self.params = params
        super().__init__(message)

    def __str__(self) -> str:
        """Say it in English."""
        return self.message.format(**self.params)


class BadInputError(PleinError, ValueError):
    """A value that breaks a stated rule."""


class UnknownIdError(PleinError, KeyError):
    """A code or id nobody knows."""

    __str__ = PleinError.__str__


class CrsError(BadInputError):
    """A missing or wrong coordinate reference system."""


class NotAllowedError(PleinError, PermissionError):
    """Something a person's roles do not allow."""

    __str__ = PleinError.__str__
