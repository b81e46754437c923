"""Tables of the LTI package."""

import sqlalchemy as sa
from alembic import op

revision = "0002_lti"
down_revision = "0001_careerlink"


def upgrade() -> None:
    op.create_table(
        "lti_key_cache",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("key_set", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fresh_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_key_cache")),
        sa.UniqueConstraint("url", name=op.f("uq_lti_key_cache_url")),
    )
    op.create_table(
        "lti_signing_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("private_key", sa.Text(), nullable=False),
        sa.Column("public_jwk", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signs_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retires_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_signing_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_lti_signing_key_kid")),
    )
    op.create_table(
        "lti_registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("auth_url", sa.Text(), nullable=False),
        sa.Column("token_url", sa.Text(), nullable=False),
        sa.Column("jwks_url", sa.Text(), nullable=False),
        sa.Column(
            "family",
            sa.Enum(
                "canvas",
                "moodle",
                "other",
                name="family_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "active",
                "inactive",
                name="registration_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("succeeds_id", sa.Integer(), nullable=True),
        sa.Column("frame_origins", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_launch_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_lti_registration_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["succeeds_id"],
            ["lti_registration.id"],
            name=op.f("fk_lti_registration_succeeds_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_registration")),
        sa.UniqueConstraint(
            "issuer", "client_id", name=op.f("uq_lti_registration_issuer_client_id")
        ),
    )
    op.create_index(
        op.f("ix_lti_registration_institution_id"),
        "lti_registration",
        ["institution_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_lti_registration_state"), "lti_registration", ["state"], unique=False
    )
    op.create_index(
        op.f("ix_lti_registration_succeeds_id"),
        "lti_registration",
        ["succeeds_id"],
        unique=False,
    )
    op.create_table(
        "lti_deployment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "active",
                "inactive",
                name="deployment_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("platform_guid", sa.Text(), nullable=False),
        sa.Column("platform_name", sa.Text(), nullable=False),
        sa.Column("frame_origins", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_lti_deployment_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["lti_registration.id"],
            name=op.f("fk_lti_deployment_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_deployment")),
        sa.UniqueConstraint(
            "registration_id",
            "deployment_id",
            name=op.f("uq_lti_deployment_registration_id_deployment_id"),
        ),
    )
    op.create_index(
        op.f("ix_lti_deployment_institution_id"),
        "lti_deployment",
        ["institution_id"],
        unique=False,
    )
    op.create_index(op.f("ix_lti_deployment_state"), "lti_deployment", ["state"], unique=False)
    op.create_table(
        "lti_login",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("nonce_hash", sa.String(length=64), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("deployment_hint", sa.String(length=255), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["lti_registration.id"],
            name=op.f("fk_lti_login_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_login")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_lti_login_state_hash")),
    )
    op.create_index(op.f("ix_lti_login_expires_at"), "lti_login", ["expires_at"], unique=False)
    op.create_index(
        op.f("ix_lti_login_registration_id"), "lti_login", ["registration_id"], unique=False
    )
    op.create_table(
        "lti_registration_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_lti_registration_invitation_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["lti_registration.id"],
            name=op.f("fk_lti_registration_invitation_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_registration_invitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_lti_registration_invitation_public_id")),
        sa.UniqueConstraint(
            "token_hash", name=op.f("uq_lti_registration_invitation_token_hash")
        ),
    )
    op.create_index(
        op.f("ix_lti_registration_invitation_institution_id"),
        "lti_registration_invitation",
        ["institution_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_lti_registration_invitation_registration_id"),
        "lti_registration_invitation",
        ["registration_id"],
        unique=False,
    )
    op.create_table(
        "lti_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("access_token", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["lti_registration.id"],
            name=op.f("fk_lti_token_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_token")),
        sa.UniqueConstraint(
            "registration_id", "scopes", name=op.f("uq_lti_token_registration_id_scopes")
        ),
    )
    op.create_table(
        "lti_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("sub", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("last_launch_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_lti_user_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_lti_user_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["lti_registration.id"],
            name=op.f("fk_lti_user_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_user")),
        sa.UniqueConstraint(
            "registration_id",
            "institution_id",
            "sub",
            name=op.f("uq_lti_user_registration_id_institution_id_sub"),
        ),
    )
    op.create_index(
        op.f("ix_lti_user_institution_id"), "lti_user", ["institution_id"], unique=False
    )
    op.create_index(op.f("ix_lti_user_person_id"), "lti_user", ["person_id"], unique=False)
    op.create_table(
        "lti_context",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.String(length=255), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("history", sa.JSON(), nullable=False),
        sa.Column("memberships_url", sa.Text(), nullable=False),
        sa.Column("lineitems_url", sa.Text(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("roster_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_lti_context_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["lti_deployment.id"], name=op.f("fk_lti_context_deployment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_context")),
        sa.UniqueConstraint(
            "deployment_id", "context_id", name=op.f("uq_lti_context_deployment_id_context_id")
        ),
    )
    op.create_index(
        op.f("ix_lti_context_course_id"), "lti_context", ["course_id"], unique=False
    )
    op.create_table(
        "lti_membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("lti_user_id", sa.Integer(), nullable=False),
        sa.Column(
            "launch_role",
            sa.Enum(
                "student",
                "instructor",
                "assistant",
                "observer",
                "none",
                name="course_role_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "roster_role",
            sa.Enum(
                "student",
                "instructor",
                "assistant",
                "observer",
                "none",
                name="roster_role_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("in_roster", sa.Boolean(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["context_id"], ["lti_context.id"], name=op.f("fk_lti_membership_context_id")
        ),
        sa.ForeignKeyConstraint(
            ["lti_user_id"], ["lti_user.id"], name=op.f("fk_lti_membership_lti_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_membership")),
        sa.UniqueConstraint(
            "context_id", "lti_user_id", name=op.f("uq_lti_membership_context_id_lti_user_id")
        ),
    )
    op.create_index(
        op.f("ix_lti_membership_lti_user_id"), "lti_membership", ["lti_user_id"], unique=False
    )
    op.create_table(
        "lti_resource_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("resource_link_id", sa.String(length=255), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["context_id"], ["lti_context.id"], name=op.f("fk_lti_resource_link_context_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_resource_link")),
        sa.UniqueConstraint(
            "context_id",
            "resource_link_id",
            name=op.f("uq_lti_resource_link_context_id_resource_link_id"),
        ),
    )
    op.create_table(
        "lti_line_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("resource_link_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.String(length=255), nullable=False),
        sa.Column("tag", sa.String(length=255), nullable=False),
        sa.Column("score_maximum_thousandths", sa.Integer(), nullable=False),
        sa.Column("last_timestamp", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "score_maximum_thousandths > 0", name=op.f("ck_lti_line_item_maximum")
        ),
        sa.ForeignKeyConstraint(
            ["context_id"], ["lti_context.id"], name=op.f("fk_lti_line_item_context_id")
        ),
        sa.ForeignKeyConstraint(
            ["resource_link_id"],
            ["lti_resource_link.id"],
            name=op.f("fk_lti_line_item_resource_link_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_line_item")),
        sa.UniqueConstraint("context_id", "url", name=op.f("uq_lti_line_item_context_id_url")),
    )
    op.create_index(
        op.f("ix_lti_line_item_resource_link_id"),
        "lti_line_item",
        ["resource_link_id"],
        unique=False,
    )
    op.create_table(
        "lti_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("lti_user_id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.String(length=255), nullable=False),
        sa.Column("line_item_id", sa.Integer(), nullable=True),
        sa.Column("outbox_message_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("timestamp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_thousandths", sa.Integer(), nullable=True),
        sa.Column("maximum_thousandths", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("platform_thousandths", sa.Integer(), nullable=True),
        sa.Column("overridden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posting_thousandths", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["context_id"], ["lti_context.id"], name=op.f("fk_lti_score_context_id")
        ),
        sa.ForeignKeyConstraint(
            ["line_item_id"], ["lti_line_item.id"], name=op.f("fk_lti_score_line_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["lti_user_id"], ["lti_user.id"], name=op.f("fk_lti_score_lti_user_id")
        ),
        sa.ForeignKeyConstraint(
            ["outbox_message_id"],
            ["outbox_message.id"],
            name=op.f("fk_lti_score_outbox_message_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_score")),
        sa.UniqueConstraint(
            "context_id",
            "lti_user_id",
            "resource_id",
            name=op.f("uq_lti_score_context_id_lti_user_id_resource_id"),
        ),
    )
    op.create_index(
        op.f("ix_lti_score_line_item_id"), "lti_score", ["line_item_id"], unique=False
    )
    op.create_index(
        op.f("ix_lti_score_lti_user_id"), "lti_score", ["lti_user_id"], unique=False
    )
    op.create_index(
        op.f("ix_lti_score_outbox_message_id"), "lti_score", ["outbox_message_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_lti_score_outbox_message_id"), table_name="lti_score")
    op.drop_index(op.f("ix_lti_score_lti_user_id"), table_name="lti_score")
    op.drop_index(op.f("ix_lti_score_line_item_id"), table_name="lti_score")
    op.drop_table("lti_score")
    op.drop_index(op.f("ix_lti_line_item_resource_link_id"), table_name="lti_line_item")
    op.drop_table("lti_line_item")
    op.drop_table("lti_resource_link")
    op.drop_index(op.f("ix_lti_membership_lti_user_id"), table_name="lti_membership")
    op.drop_table("lti_membership")
    op.drop_index(op.f("ix_lti_context_course_id"), table_name="lti_context")
    op.drop_table("lti_context")
    op.drop_index(op.f("ix_lti_user_person_id"), table_name="lti_user")
    op.drop_index(op.f("ix_lti_user_institution_id"), table_name="lti_user")
    op.drop_table("lti_user")
    op.drop_table("lti_token")
    op.drop_index(
        op.f("ix_lti_registration_invitation_registration_id"),
        table_name="lti_registration_invitation",
    )
    op.drop_index(
        op.f("ix_lti_registration_invitation_institution_id"),
        table_name="lti_registration_invitation",
    )
    op.drop_table("lti_registration_invitation")
    op.drop_index(op.f("ix_lti_login_registration_id"), table_name="lti_login")
    op.drop_index(op.f("ix_lti_login_expires_at"), table_name="lti_login")
    op.drop_table("lti_login")
    op.drop_index(op.f("ix_lti_deployment_state"), table_name="lti_deployment")
    op.drop_index(op.f("ix_lti_deployment_institution_id"), table_name="lti_deployment")
    op.drop_table("lti_deployment")
    op.drop_index(op.f("ix_lti_registration_succeeds_id"), table_name="lti_registration")
    op.drop_index(op.f("ix_lti_registration_state"), table_name="lti_registration")
    op.drop_index(op.f("ix_lti_registration_institution_id"), table_name="lti_registration")
    op.drop_table("lti_registration")
    op.drop_table("lti_signing_key")
    op.drop_table("lti_key_cache")
