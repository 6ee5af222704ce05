"""The database made ready, on both engines, by the command a person runs."""

import pytest

from directory.store import Store
from exchange import settings as told
from exchange.__main__ import main
from tests.directory.conftest import (  # noqa: F401 - fixtures
    empty_url,
    engine_name,
    postgres_server,
    sqlite_template,
)


@pytest.fixture
def address(empty_url: str, tmp_path, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("PLEIN_HOME", str(tmp_path))
    told.settings.cache_clear()
    yield empty_url
    told.settings.cache_clear()


def test_an_empty_database_gets_its_tables_and_the_report(
    address: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["directory"]) == 0
    assert "26 relays, 19 partners, 0 actors, 4 activities (75 new)" in capsys.readouterr().out
    assert main(["directory"]) == 0
    assert "(0 new)" in capsys.readouterr().out
    assert len(Store(address).directory().neighbourhoods) == 26


def test_a_database_that_is_no_database_is_one_sentence(
    tmp_path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "plein.db").write_text("not a database at all" * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'plein.db'}")
    monkeypatch.setenv("PLEIN_HOME", str(tmp_path))
    told.settings.cache_clear()
    assert main(["directory"]) == 1
    assert capsys.readouterr().err.startswith("plein: ")
    told.settings.cache_clear()
