"""Local maps, their editions, the logos on them, and links to edit one."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

REFUSED = "an edition is kept as it was printed"


def _text(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _json(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.JSON(), nullable=False) for name in names]


def _moment(name: str, *, known: bool = True) -> sa.schema.SchemaItem:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not known)


def upgrade() -> None:
    op.create_table(
        "local_map",
        *_text("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_text("neighbourhood_id"),
        *_json("area", "titles", "introductions", "languages", "categories"),
        *_json("with_actors", "without_actors"),
        *_text("order"),
        *_json("parts"),
        *_text("accent", "signs"),
        *_json("makers"),
        sa.Column("made_on", sa.Date(), nullable=False),
        *_text("author", "status"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_map")),
    )
    op.create_index(op.f("ix_local_map_revision"), "local_map", ["revision"])
    op.create_table(
        "edition",
        *_text("map_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        _moment("made_at"),
        *_text("made_by"),
        *_json("facts", "lines"),
        _moment("taken_back_at", known=False),
        sa.PrimaryKeyConstraint("map_id", "number", name=op.f("pk_edition")),
    )
    op.create_table(
        "edition_file",
        *_text("map_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *_text("name", "media_type", "sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["map_id", "number"],
            ["edition.map_id", "edition.number"],
            name=op.f("fk_edition_file_map_id_edition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("map_id", "number", "name", name=op.f("pk_edition_file")),
    )
    op.create_table(
        "map_logo",
        *_text("sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_map_logo")),
    )
    op.create_table(
        "map_link",
        *_text("id", "token_sha256", "map_id", "made_by"),
        _moment("made_at"),
        _moment("ends_at"),
        _moment("withdrawn_at", known=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_map_link_token_sha256")),
    )
    op.create_index(op.f("ix_map_link_map_id"), "map_link", ["map_id"])
    _keep(on_postgresql=op.get_bind().dialect.name == "postgresql")


def _keep(*, on_postgresql: bool) -> None:
    """Let the database itself refuse to change a file of an edition; it may be taken back whole."""
    if on_postgresql:
        op.execute(
            "CREATE FUNCTION edition_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER edition_file_is_kept BEFORE UPDATE ON edition_file "
            "FOR EACH ROW EXECUTE FUNCTION edition_is_kept()"
        )
        return
    op.execute(
        "CREATE TRIGGER edition_file_is_kept BEFORE UPDATE ON edition_file "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )


def downgrade() -> None:
    for name in ("map_link", "map_logo", "edition_file", "edition", "local_map"):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION edition_is_kept")
    # A version that knows no local maps cannot read their history either.
    op.execute("DELETE FROM change WHERE kind = 'local_map'")
