"""What LTI Advantage needs to keep: see the models for what each column is."""

import sqlalchemy as sa
from alembic import op

revision = "0005_lti_advantage"
down_revision = "0004_listing_search"


def upgrade() -> None:
    op.create_table(
        "lti_service_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column(
            "service",
            sa.Enum(
                "keys",
                "platform_keys",
                "access",
                "roster",
                "grades",
                "mail",
                "frame",
                name="checked_service_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "works",
                "fails",
                "unknown",
                name="check_outcome_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("remedy", sa.String(length=48), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["lti_registration.id"],
            name=op.f("fk_lti_service_check_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_service_check")),
        sa.UniqueConstraint(
            "registration_id",
            "service",
            name=op.f("uq_lti_service_check_registration_id_service"),
        ),
    )
    with op.batch_alter_table("lti_deployment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state_since", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("lti_registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("account_name", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("account_guid", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("scopes", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(
            sa.Column("last_refusal", sa.String(length=48), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("last_refused_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("deep_link_asked_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("deep_link_answered_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("old_address_seen_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("role_map", sa.JSON(), nullable=False, server_default="{}")
        )
        batch_op.add_column(
            sa.Column(
                "allows_anonymous", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )

    with op.batch_alter_table("lti_registration_invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("created_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_lti_registration_invitation_created_by_id"),
            ["created_by_id"],
            unique=False,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_lti_registration_invitation_created_by_id"),
            "person",
            ["created_by_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("lti_registration_invitation", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_lti_registration_invitation_created_by_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_lti_registration_invitation_created_by_id"))
        batch_op.drop_column("created_by_id")
        batch_op.drop_column("claimed_until")
        batch_op.drop_column("revoked_at")

    with op.batch_alter_table("lti_registration", schema=None) as batch_op:
        batch_op.drop_column("allows_anonymous")
        batch_op.drop_column("role_map")
        batch_op.drop_column("old_address_seen_at")
        batch_op.drop_column("deep_link_answered_at")
        batch_op.drop_column("deep_link_asked_at")
        batch_op.drop_column("last_refused_at")
        batch_op.drop_column("last_refusal")
        batch_op.drop_column("scopes")
        batch_op.drop_column("account_guid")
        batch_op.drop_column("account_name")
        batch_op.drop_column("state_since")

    with op.batch_alter_table("lti_deployment", schema=None) as batch_op:
        batch_op.drop_column("state_since")

    op.drop_table("lti_service_check")
