from pathlib import Path

import pytest
from sqlalchemy import text

from directory.store.engine import open_engine, writing
from geo.errors import BadInputError


@pytest.mark.parametrize(
    "address", ["", "plein", "mysql://root@db/plein", "sqlite://", "sqlite:///:memory:"]
)
def test_other_databases_are_refused(address: str) -> None:
    with pytest.raises(BadInputError, match="DATABASE_URL"):
        open_engine(address)


@pytest.mark.parametrize(
    "address", ["postgres://u:p@h/d", "postgresql://u:p@h/d", "postgresql+psycopg2://u:p@h/d"]
)
def test_every_address_of_postgresql_goes_through_psycopg_3(address: str) -> None:
    engine = open_engine(address)
    assert engine.url.drivername == "postgresql+psycopg"
    assert engine.url.database == "d"


def test_the_password_stays_out_of_the_refusal() -> None:
    with pytest.raises(BadInputError) as caught:
        open_engine("mysql://root:secret@db/plein")
    assert "secret" not in str(caught.value)


def test_sqlite_is_set_up(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.db", create=True)
    with writing(engine) as connection:
        pragmas = ("journal_mode", "foreign_keys", "busy_timeout")
        found = [connection.scalar(text(f"PRAGMA {name}")) for name in pragmas]
    assert found == ["wal", 1, 5000]
