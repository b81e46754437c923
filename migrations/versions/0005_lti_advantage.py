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
    op.create_table(
        "lti_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.String(length=255), nullable=False),
        sa.Column("nonce_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("context_id", sa.String(length=255), nullable=False),
        sa.Column("origins", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["lti_deployment.id"], name=op.f("fk_lti_notice_deployment_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["lti_registration.id"],
            name=op.f("fk_lti_notice_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_notice")),
        sa.UniqueConstraint(
            "registration_id",
            "nonce_hash",
            name=op.f("uq_lti_notice_registration_id_nonce_hash"),
        ),
        sa.UniqueConstraint(
            "registration_id", "notice_id", name=op.f("uq_lti_notice_registration_id_notice_id")
        ),
    )
    with op.batch_alter_table("lti_notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_lti_notice_context", ["deployment_id", "context_id"], unique=False
        )

    op.create_table(
        "lti_deep_linking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("return_url", sa.Text(), nullable=False),
        sa.Column("accept_types", sa.JSON(), nullable=False),
        sa.Column("accept_multiple", sa.Boolean(), nullable=False),
        sa.Column("accept_lineitem", sa.Boolean(), nullable=True),
        sa.Column("data", sa.Text(), nullable=True),
        sa.Column("placement", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_lti_deep_linking_answer_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["context_id"], ["lti_context.id"], name=op.f("fk_lti_deep_linking_context_id")
        ),
        sa.ForeignKeyConstraint(
            ["deployment_id"],
            ["lti_deployment.id"],
            name=op.f("fk_lti_deep_linking_deployment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_lti_deep_linking_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_deep_linking")),
        sa.UniqueConstraint("public_id", name=op.f("uq_lti_deep_linking_public_id")),
    )
    with op.batch_alter_table("lti_deep_linking", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lti_deep_linking_context_id"), ["context_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_lti_deep_linking_deployment_id"), ["deployment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_lti_deep_linking_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_lti_deep_linking_person_id"), ["person_id"], unique=False
        )

    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("copy_answered_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("joined_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "is_concluded_by_platform",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
            )
        )
        batch_op.create_index(batch_op.f("ix_course_joined_id"), ["joined_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_course_joined_id"), "course", ["joined_id"], ["id"]
        )

    with op.batch_alter_table("course_member", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("added_late_at", sa.DateTime(timezone=True), nullable=True)
        )

    with op.batch_alter_table("course_roster", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("missing_ids", sa.JSON(), nullable=False, server_default="[]")
        )

    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("browser_hash", sa.String(length=64), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_login_session_browser_hash"), ["browser_hash"], unique=False
        )

    with op.batch_alter_table("login_session_course", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "launched_at",
                sa.DateTime(timezone=True),
                nullable=False,
                # Who is signed in opens a course from the LMS once more.
                server_default="1970-01-01 00:00:00.000000",
            )
        )

    with op.batch_alter_table("lti_context", schema=None) as batch_op:
        batch_op.add_column(sa.Column("own_course_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.create_index(
            batch_op.f("ix_lti_context_own_course_id"), ["own_course_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_lti_context_own_course_id"), "course", ["own_course_id"], ["id"]
        )

    with op.batch_alter_table("lti_deployment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("notices_url", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("notice_handler", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("notices_asked_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("notices_set_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("notices_confirmed_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("notices_problem", sa.Text(), nullable=False, server_default="")
        )

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

    with op.batch_alter_table("lti_score", schema=None) as batch_op:
        batch_op.add_column(sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("replaces_thousandths", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("submission_path", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("has_new_work", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("progress_message_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_lti_score_progress_message_id"),
            ["progress_message_id"],
            unique=False,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_lti_score_progress_message_id"),
            "outbox_message",
            ["progress_message_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("lti_score", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_lti_score_progress_message_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_lti_score_progress_message_id"))
        batch_op.drop_column("progress_message_id")
        batch_op.drop_column("has_new_work")
        batch_op.drop_column("submitted_at")
        batch_op.drop_column("submission_path")
        batch_op.drop_column("replaces_thousandths")
        batch_op.drop_column("kept_at")
        batch_op.drop_column("read_at")

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
        batch_op.drop_column("last_refused_at")
        batch_op.drop_column("last_refusal")
        batch_op.drop_column("scopes")
        batch_op.drop_column("account_guid")
        batch_op.drop_column("account_name")
        batch_op.drop_column("state_since")

    with op.batch_alter_table("lti_deployment", schema=None) as batch_op:
        batch_op.drop_column("notices_problem")
        batch_op.drop_column("notices_confirmed_at")
        batch_op.drop_column("notices_set_at")
        batch_op.drop_column("notices_asked_at")
        batch_op.drop_column("notice_handler")
        batch_op.drop_column("notices_url")
        batch_op.drop_column("state_since")

    with op.batch_alter_table("lti_context", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_lti_context_own_course_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_lti_context_own_course_id"))
        batch_op.drop_column("concluded_at")
        batch_op.drop_column("own_course_id")

    with op.batch_alter_table("login_session_course", schema=None) as batch_op:
        batch_op.drop_column("launched_at")

    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_browser_hash"))
        batch_op.drop_column("browser_hash")

    with op.batch_alter_table("course_roster", schema=None) as batch_op:
        batch_op.drop_column("missing_ids")
        batch_op.drop_column("failing_since")

    with op.batch_alter_table("course_member", schema=None) as batch_op:
        batch_op.drop_column("added_late_at")

    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_course_joined_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_course_joined_id"))
        batch_op.drop_column("is_concluded_by_platform")
        batch_op.drop_column("joined_id")
        batch_op.drop_column("copy_answered_at")

    with op.batch_alter_table("lti_deep_linking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lti_deep_linking_person_id"))
        batch_op.drop_index(batch_op.f("ix_lti_deep_linking_expires_at"))
        batch_op.drop_index(batch_op.f("ix_lti_deep_linking_deployment_id"))
        batch_op.drop_index(batch_op.f("ix_lti_deep_linking_context_id"))

    op.drop_table("lti_deep_linking")
    with op.batch_alter_table("lti_notice", schema=None) as batch_op:
        batch_op.drop_index("ix_lti_notice_context")

    op.drop_table("lti_notice")
    op.drop_table("lti_service_check")
