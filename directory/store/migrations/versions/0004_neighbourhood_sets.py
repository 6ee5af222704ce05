"""Neighbourhoods that change from a day on: former sets, reasons, the lived boundary."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NEW = ("since", "former", "reason", "lived")


def upgrade() -> None:
    # The defaults fill what is there already; SQLite cannot take them away again in place, and
    # making the table anew would break what refers to it.
    op.add_column("neighbourhood", sa.Column("since", sa.Date(), nullable=True))
    for name in ("former", "lived"):
        column = sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        op.add_column("neighbourhood", column)
    column = sa.Column("reason", sa.String(), nullable=False, server_default=sa.text("''"))
    op.add_column("neighbourhood", column)


def downgrade() -> None:
    for name in _NEW:
        op.drop_column("neighbourhood", name)
