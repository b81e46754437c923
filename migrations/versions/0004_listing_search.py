"""What students may search in listings: FTS5 on SQLite, a text vector on PostgreSQL.

The table has no model; ``careerlink.listings.search`` fills and asks it.
"""

from alembic import op

revision = "0004_listing_search"
down_revision = "0003_credit"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE listing_search USING fts5(document)")
        return
    op.execute(
        "CREATE TABLE listing_search ("
        " listing_id integer NOT NULL CONSTRAINT pk_listing_search PRIMARY KEY"
        " CONSTRAINT fk_listing_search_listing_id_listing REFERENCES listing (id)"
        " ON DELETE CASCADE,"
        " document tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_listing_search_document ON listing_search USING gin (document)")


def downgrade() -> None:
    op.execute("DROP TABLE listing_search")
