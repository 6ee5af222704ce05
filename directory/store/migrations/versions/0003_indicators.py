"""Indicators: figures by sector or district, and what each is there."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TEXTS = ("subject", "unit", "level", "status")
_SOURCE = ("source_name", "source_licence", "source_url", "source_reference")


def _text(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "indicator",
        *_text("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_text(*_TEXTS),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        *_text(*_SOURCE),
        sa.Column("source_read_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )
    for column in ("revision", "subject"):
        op.create_index(op.f(f"ix_indicator_{column}"), "indicator", [column])
    op.create_table(
        "indicator_value",
        *_text("indicator_id", "code"),
        sa.Column("value", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["indicator.id"],
            name=op.f("fk_indicator_value_indicator_id_indicator"),
        ),
        sa.PrimaryKeyConstraint("indicator_id", "code", name=op.f("pk_indicator_value")),
    )


def downgrade() -> None:
    op.drop_table("indicator_value")
    op.drop_table("indicator")
    # A version that knows no indicators cannot read their history either.
    op.execute("DELETE FROM change WHERE kind = 'indicator'")
