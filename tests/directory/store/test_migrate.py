import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect, text

from directory.store import Kind, Store, StoreUnavailableError, upgrade
from directory.store.engine import open_engine, reading, writing
from directory.store.migrate import _migrate, downgrade, migration_config
from directory.store.rows import TABLES, TYPES, record_of
from directory.store.tables import Base
from geo.neighbourhoods import Neighbourhood

ROOT = Path(__file__).resolve().parents[3]


def test_upgrading_from_nothing_gives_exactly_the_tables(empty_url: str) -> None:
    upgrade(empty_url)
    engine = open_engine(empty_url)
    with reading(engine) as connection:
        command.check(migration_config(connection))
        present = set(inspect(connection).get_table_names())
    engine.dispose()
    assert present == {*Base.metadata.tables, "alembic_version"}


def test_upgrading_again_keeps_everything(empty_url: str) -> None:
    upgrade(empty_url)
    before = Store(empty_url)
    assert before.directory().revision == 0
    upgrade(empty_url)
    assert before._epoch == _epoch(empty_url)


def _epoch(url: str) -> str:
    store = Store(url)
    store.directory()
    return store._epoch


def test_downgrading_leaves_nothing_and_upgrading_makes_it_anew(empty_url: str) -> None:
    upgrade(empty_url)
    epoch = _epoch(empty_url)
    downgrade(empty_url, "base")
    engine = open_engine(empty_url)
    with writing(engine) as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()
    upgrade(empty_url)
    assert _epoch(empty_url) != epoch


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    script = "import sys; from directory.store import upgrade; upgrade(sys.argv[1])"
    started = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", script, empty_url], cwd=ROOT)
        for _ in range(3)
    ]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    assert Store(empty_url).directory().revision == 0


@pytest.mark.parametrize("kind", Kind)
def test_every_fact_of_a_record_has_its_column(kind: Kind) -> None:
    record = TYPES[kind]
    fields = set(getattr(record, "model_fields", None) or record.__dataclass_fields__)
    beside = {"sectors", "actor_ids", "relay_ids", "values"}
    nested = {"source_": "source", "consent_": "consent"}
    columns = set()
    for column in TABLES[kind].columns:
        prefix = next((start for start in nested if column.name.startswith(start)), "")
        columns.add(nested.get(prefix, column.name))
    assert fields - beside == columns - {"revision"}


def test_neighbourhoods_of_before_their_sets_changed_are_kept(empty_url: str) -> None:
    _migrate(empty_url, to="0003")
    engine = open_engine(empty_url)
    before = {"id": "collignon", "names": {"nl": "Collignon"}, "valid_from": "2022-01-01"}
    facts = {**before, "sectors": ["21015A00-"], "valid_to": None, "note": "", "version": 1}
    with writing(engine) as connection:
        connection.execute(
            text(
                "INSERT INTO neighbourhood (id, version, revision, names, valid_from, note) "
                "VALUES ('collignon', 1, 1, '{\"nl\": \"Collignon\"}', '2022-01-01', '')"
            )
        )
        connection.execute(
            text("INSERT INTO neighbourhood_sector VALUES ('collignon', '21015A00-')")
        )
        connection.execute(
            text(
                "INSERT INTO change (id, revision, at, author, origin, batch, kind, record_id, "
                "version, after) VALUES (1, 1, '2026-01-01', 'Test', 'seed', 'b', "
                "'neighbourhood', 'collignon', 1, :facts)"
            ),
            {"facts": json.dumps(facts)},
        )
        connection.execute(text("UPDATE revision SET value = 1"))
    engine.dispose()
    upgrade(empty_url)
    store = Store(empty_url)
    found = store.directory().neighbourhoods["collignon"]
    assert found == Neighbourhood(
        id="collignon",
        names={"nl": "Collignon"},
        sectors=("21015A00-",),
        valid_from=date(2022, 1, 1),
        version=1,
    )
    (change,) = store.history(Kind.NEIGHBOURHOOD, "collignon")
    assert record_of(Kind.NEIGHBOURHOOD, dict(change.after or {})) == found
    store.close()
    downgrade(empty_url, "0003")
    upgrade(empty_url)
    assert Store(empty_url).directory().neighbourhoods["collignon"] == found


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreUnavailableError, match="folder of the database"):
        upgrade(f"sqlite:///{tmp_path}/file/plein.db")


def test_a_folder_is_made_where_there_is_none(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new?%23 folder/plein.db"
    upgrade(url)
    assert Store(url).directory().revision == 0
