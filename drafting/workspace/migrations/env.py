"""Runs migrations on the connection that the caller holds: it is the caller who commits."""

from alembic import context

from drafting.workspace.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
