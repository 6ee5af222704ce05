"""The logos of makers, each once, by the SHA-256 of its bytes."""

import hashlib
import re
from datetime import UTC, datetime

from sqlalchemy import insert, select

from directory.store import Store
from directory.store.local_map_tables import MapLogoRow
from directory.store.tables import table

_LOGO = table(MapLogoRow)
_DIGEST = re.compile(r"[0-9a-f]{64}")


def keep_logo(store: Store, png: bytes) -> str:
    """Keep a picture that `exchange.logos` made, and return its SHA-256 in hexadecimal."""
    digest = hashlib.sha256(png).hexdigest()
    with store.keeping() as connection:
        there = select(_LOGO.c.sha256).where(_LOGO.c.sha256 == digest)
        if connection.scalar(there) is None:
            row = {"sha256": digest, "content": png, "made_at": datetime.now(UTC)}
            connection.execute(insert(_LOGO), [row])
    return digest


def read_logo(store: Store, digest: str) -> bytes | None:
    """Return a logo as PNG; None where there is none."""
    if not _DIGEST.fullmatch(digest):
        return None
    with store.reading() as connection:
        wanted = select(_LOGO.c.content).where(_LOGO.c.sha256 == digest)
        return connection.scalar(wanted)
