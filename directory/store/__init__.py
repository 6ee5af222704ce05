"""Where the directory is kept: tables, migrations, and the snapshot every screen reads."""

from directory.store import (
    account_tables,
    local_map_tables,
    proposal_tables,
    workshop_tables,
)
from directory.store.errors import ConflictError, DiskFullError, StoreUnavailableError
from directory.store.history import Change
from directory.store.migrate import upgrade
from directory.store.rows import Kind, Stored
from directory.store.store import Key, Store

__all__ = [
    "Change",
    "ConflictError",
    "DiskFullError",
    "Key",
    "Kind",
    "Store",
    "StoreUnavailableError",
    "Stored",
    "account_tables",
    "local_map_tables",
    "proposal_tables",
    "upgrade",
    "workshop_tables",
]
