"""What agreements, evidence, evaluations and reminders keep besides: see the models for what each column is."""

import sqlalchemy as sa
from alembic import op

revision = "0006_evidence"
down_revision = "0005_lti_advantage"


def upgrade() -> None:
    op.create_table(
        "evaluation_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("midpoint_from_minutes", sa.Integer(), nullable=False),
        sa.Column("release_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "midpoint_from_minutes > 0", name=op.f("ck_evaluation_plan_midpoint_from_minutes")
        ),
        sa.CheckConstraint(
            "release_days BETWEEN 1 AND 60", name=op.f("ck_evaluation_plan_release_days")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_evaluation_plan_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_plan")),
        sa.UniqueConstraint("course_id", name=op.f("uq_evaluation_plan_course_id")),
    )
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("due_before", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("anchor_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("release_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("covers_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("covers_until", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("is_short", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("lapsed_reason", sa.Text(), nullable=False, server_default="")
        )

    with op.batch_alter_table("evaluation_submission", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("is_addendum", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("medium", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("heard_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("attachment_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_evaluation_submission_attachment_id"),
            ["attachment_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_evaluation_submission_reason_id"), ["reason_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_evaluation_submission_reason_id"),
            "erasable_text",
            ["reason_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_evaluation_submission_attachment_id"),
            "attachment",
            ["attachment_id"],
            ["id"],
        )

    with op.batch_alter_table("hours_confirmation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("covers_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("covers_until", sa.Date(), nullable=True))

    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.add_column(sa.Column("example_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_rating_example_id"), ["example_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_rating_example_id"), "erasable_text", ["example_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_rating_example_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_rating_example_id"))
        batch_op.drop_column("example_id")

    with op.batch_alter_table("hours_confirmation", schema=None) as batch_op:
        batch_op.drop_column("covers_until")
        batch_op.drop_column("covers_from")

    with op.batch_alter_table("evaluation_submission", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_evaluation_submission_attachment_id"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_evaluation_submission_reason_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_evaluation_submission_reason_id"))
        batch_op.drop_index(batch_op.f("ix_evaluation_submission_attachment_id"))
        batch_op.drop_column("attachment_id")
        batch_op.drop_column("heard_on")
        batch_op.drop_column("medium")
        batch_op.drop_column("is_addendum")
        batch_op.drop_column("reason_id")

    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.drop_column("lapsed_reason")
        batch_op.drop_column("is_short")
        batch_op.drop_column("covers_until")
        batch_op.drop_column("covers_from")
        batch_op.drop_column("release_at")
        batch_op.drop_column("anchor_on")
        batch_op.drop_column("due_before")

    op.drop_table("evaluation_plan")
