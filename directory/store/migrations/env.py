"""What Alembic runs: our connection, our tables, one transaction that the caller owns."""

from alembic import context

from directory.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
