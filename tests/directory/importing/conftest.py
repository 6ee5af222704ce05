"""A desk on each engine, and a small file brought as far as checked."""

from collections.abc import Sequence

import pytest

from directory.importing import checking, opening
from directory.importing.desk import Desk
from directory.importing.fields import Field
from directory.importing.records import Batch, Guess
from directory.store import Store
from tests.imports import BRUSSELS, BY, COLUMNS, MAPPING, ROWS, Begin, FakeGeocoder


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store=store, area=BRUSSELS)


@pytest.fixture
def geocoder() -> FakeGeocoder:
    return FakeGeocoder()


@pytest.fixture
def begin(desk: Desk) -> Begin:
    """Bring rows as far as checked."""

    def make(
        rows: Sequence[Sequence[str]] = ROWS,
        columns: Sequence[str] = COLUMNS,
        mapping: Sequence[Field | None] = MAPPING,
        **settings: object,
    ) -> Batch:
        batch = opening.begin(
            desk,
            name="relevé.csv",
            content_sha256="0" * 64,
            columns=columns,
            guesses=[Guess(field=field, confidence=1.0) for field in mapping],
            rows=enumerate(rows, start=2),
            by=BY,
        )
        update = {"mapping": tuple(mapping), **settings}
        batch = opening.set_mapping(desk, batch.id, batch.settings.model_copy(update=update), by=BY)
        checking.check(desk, batch.id)
        return batch

    return make
