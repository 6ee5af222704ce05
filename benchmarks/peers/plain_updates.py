"""The least an edit can be: read a row, add one, UPDATE it, INSERT a line of history, COMMIT.

Plain sqlite3 and plain psycopg, no rules, no roles, no history of what was before. The same disk,
the same journal and the same `synchronous` as ours; a writer locks before it reads.
"""

import json
import sqlite3
import threading
from random import Random
from typing import Any
from urllib.parse import unquote

import psycopg

_TABLES = (
    "CREATE TABLE plain (id TEXT PRIMARY KEY, counted INTEGER NOT NULL, facts TEXT NOT NULL)",
    "CREATE TABLE plain_change (record_id TEXT NOT NULL, facts TEXT NOT NULL)",
)
_FACTS = json.dumps({"names": {"fr": "x" * 400}, "descriptions": {"und": "y" * 400}})
BUSY_S = 5.0


def begin(url: str, keys: list[str]) -> None:
    """Make the tables and their rows."""
    connection = _connect(url)
    mark = "?" if url.startswith("sqlite") else "%s"
    for statement in _TABLES:
        connection.execute(statement)
    for key in keys:
        connection.execute(f"INSERT INTO plain VALUES ({mark}, 0, {mark})", (key, _FACTS))  # noqa: S608
    if not url.startswith("sqlite"):
        connection.commit()
    connection.close()


def edit_plainly(url: str) -> Any:
    """Return one edit; a thread keeps its connection."""
    own = threading.local()
    lite = url.startswith("sqlite")
    mark = "?" if lite else "%s"
    lock = "" if lite else " FOR UPDATE"
    read = f"SELECT counted FROM plain WHERE id = {mark}{lock}"  # noqa: S608
    write = f"UPDATE plain SET counted = {mark}, facts = {mark} WHERE id = {mark}"  # noqa: S608
    note = f"INSERT INTO plain_change VALUES ({mark}, {mark})"  # noqa: S608

    def save(key: str, person: int, _chance: Random) -> int:
        del person
        if not hasattr(own, "connection"):
            own.connection = _connect(url)
        connection = own.connection
        if lite:
            connection.execute("BEGIN IMMEDIATE")
        (counted,) = connection.execute(read, (key,)).fetchone()
        connection.execute(write, (counted + 1, _FACTS, key))
        connection.execute(note, (key, _FACTS))
        connection.commit()
        return 0

    return save


def _connect(url: str) -> Any:
    if url.startswith("sqlite"):
        connection = sqlite3.connect(
            unquote(url.removeprefix("sqlite:///")), isolation_level=None, timeout=BUSY_S
        )
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        return connection
    return psycopg.connect(url)
