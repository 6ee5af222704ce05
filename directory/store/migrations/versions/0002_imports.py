"""Batches of an import, and changes that take a record out of the directory."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _text(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _number(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _flag(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _json(*names: str, nullable: bool = False) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.JSON(), nullable=nullable) for name in names]


def _moment(name: str, *, nullable: bool = False) -> sa.schema.SchemaItem:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _table(name: str, key: tuple[str, ...], *parts: sa.schema.SchemaItem) -> None:
    op.create_table(name, *parts, sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")))


def _batches() -> None:
    _table(
        "import_batch",
        ("id",),
        *(*_text("id", "name", "sha256", "author"), _moment("started_at"), *_text("step")),
        *(*_json("columns", "guesses", "notes", "settings"), *_number("rows", "round")),
        *(*_text("settled_by"), _moment("settled_at", nullable=True)),
    )
    op.create_index(op.f("ix_import_batch_sha256"), "import_batch", ["sha256"])
    _table(
        "import_row",
        ("batch_id", "number"),
        *(*_text("batch_id"), *_number("number", "line"), *_json("cells", "corrections")),
        *(*_flag("checked"), *_json("draft", "findings")),
        *(*_json("answer", "spot", nullable=True), *_text("heap"), *_flag("compared")),
        *(*_json("twins"), *_json("verdict", nullable=True), *_text("outcome", "actor_id")),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name=op.f("fk_import_row_batch_id_import_batch"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_import_row_batch_id_heap"), "import_row", ["batch_id", "heap"])


def _remembered() -> None:
    _table(
        "import_mapping",
        ("name",),
        *(*_text("name", "signature"), *_json("settings"), *_text("author"), _moment("saved_at")),
    )
    op.create_index(op.f("ix_import_mapping_signature"), "import_mapping", ["signature"])
    _table(
        "import_word",
        ("about", "word"),
        *(*_text("about", "word"), *_json("meaning"), *_text("author"), _moment("confirmed_at")),
    )


def upgrade() -> None:
    with op.batch_alter_table("change") as change:
        change.alter_column("after", existing_type=sa.JSON(), nullable=True)
    _batches()
    _remembered()


def downgrade() -> None:
    for table in ("import_word", "import_mapping", "import_row", "import_batch"):
        op.drop_table(table)
    # What was removed has no form without an "after"; the history of it goes with the tables.
    op.execute("DELETE FROM change WHERE after IS NULL")
    with op.batch_alter_table("change") as change:
        change.alter_column("after", existing_type=sa.JSON(), nullable=False)
