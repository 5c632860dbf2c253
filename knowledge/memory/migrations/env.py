"""Run by Alembic for every command, with the connection that `knowledge.memory.database` hands over."""

from alembic import context

from knowledge.memory.tables import METADATA


def _migrate() -> None:
    context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name that Alembic runs it under; imported as a module it does nothing
    _migrate()
