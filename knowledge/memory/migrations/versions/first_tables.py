"""Deeds, unanswered and added questions, use, spending, secrets."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SALT_BYTES = 32
_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _of_administrators()
    _of_questions()
    _of_spending()


def _of_administrators() -> None:
    op.create_table(
        "deeds",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("edition", sa.Text, nullable=False),
    )
    op.create_table(
        "added_questions",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
    )


def _of_questions() -> None:
    op.create_table(
        "unanswered",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
    )
    op.create_index("unanswered_by_day", "unanswered", ["day"])
    op.create_table(
        "usage",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("took_ms", sa.Float, nullable=False),
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("prompt", sa.Text, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("tokens_in", sa.Integer, nullable=False),
        sa.Column("tokens_out", sa.Integer, nullable=False),
        sa.Column("kept", sa.Integer, nullable=False),
        sa.Column("dropped", sa.JSON, nullable=False),
        sa.Column("failure", sa.Text, nullable=False),
    )
    op.create_index("usage_by_day", "usage", ["day"])


def _of_spending() -> None:
    op.create_table(
        "spending",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("tokens", sa.BigInteger, nullable=False),
    )
    op.create_index("spending_by_day_and_person", "spending", ["day", "person"])
    table = op.create_table(
        "secrets",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.bulk_insert(table, [{"name": "salt of persons", "value": secrets.token_bytes(_SALT_BYTES)}])
