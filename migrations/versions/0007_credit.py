"""What policies, approvals, appeals, enrollments and registrar exports keep: see the models."""

import sqlalchemy as sa
from alembic import op

revision = "0007_credit"
down_revision = "0006_evidence"


def upgrade() -> None:
    op.create_table(
        "academic_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("policy_version_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("assessed_by_id", sa.Integer(), nullable=False),
        sa.Column("acting_for_id", sa.Integer(), nullable=True),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["acting_for_id"], ["person.id"], name=op.f("fk_academic_assessment_acting_for_id")
        ),
        sa.ForeignKeyConstraint(
            ["assessed_by_id"],
            ["person.id"],
            name=op.f("fk_academic_assessment_assessed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["erasable_text.id"], name=op.f("fk_academic_assessment_comment_id")
        ),
        sa.ForeignKeyConstraint(
            ["credit_case_id"],
            ["credit_case.id"],
            name=op.f("fk_academic_assessment_credit_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["policy_version_id"],
            ["credit_policy_version.id"],
            name=op.f("fk_academic_assessment_policy_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_academic_assessment")),
        sa.UniqueConstraint(
            "credit_case_id",
            "number",
            name=op.f("uq_academic_assessment_credit_case_id_number"),
        ),
        info={"append_only": True},
    )
    with op.batch_alter_table("academic_assessment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_academic_assessment_acting_for_id"), ["acting_for_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_academic_assessment_assessed_by_id"),
            ["assessed_by_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_academic_assessment_comment_id"), ["comment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_academic_assessment_policy_version_id"),
            ["policy_version_id"],
            unique=False,
        )

    op.create_table(
        "midpoint_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_case_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("acting_for_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["acting_for_id"], ["person.id"], name=op.f("fk_midpoint_comment_acting_for_id")
        ),
        sa.ForeignKeyConstraint(
            ["credit_case_id"],
            ["credit_case.id"],
            name=op.f("fk_midpoint_comment_credit_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["erasable_text.id"], name=op.f("fk_midpoint_comment_text_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_midpoint_comment_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_midpoint_comment")),
        info={"append_only": True},
    )
    with op.batch_alter_table("midpoint_comment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_midpoint_comment_acting_for_id"), ["acting_for_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_midpoint_comment_credit_case_id"), ["credit_case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_midpoint_comment_text_id"), ["text_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_midpoint_comment_written_by_id"), ["written_by_id"], unique=False
        )

    op.create_table(
        "academic_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("academic_assessment_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=32), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.CheckConstraint("level >= 0", name=op.f("ck_academic_level_level")),
        sa.ForeignKeyConstraint(
            ["academic_assessment_id"],
            ["academic_assessment.id"],
            name=op.f("fk_academic_level_academic_assessment_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_academic_level")),
        sa.UniqueConstraint(
            "academic_assessment_id",
            "line",
            name=op.f("uq_academic_level_academic_assessment_id_line"),
        ),
        info={"append_only": True},
    )
    op.create_table(
        "return_pin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "objective",
                "hours",
                "hours_entry",
                "deliverable",
                "reflection",
                "evaluation",
                "academic",
                name="pin_part_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(part = 'academic') = (placement_id IS NULL)",
            name=op.f("ck_return_pin_placement_named"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_return_pin_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_return_pin_placement_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["erasable_text.id"], name=op.f("fk_return_pin_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_pin")),
        sa.UniqueConstraint(
            "decision_id",
            "part",
            "placement_id",
            "key",
            name=op.f("uq_return_pin_decision_id_part_placement_id_key"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_return_pin_public_id")),
        info={"append_only": True},
    )
    with op.batch_alter_table("return_pin", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_return_pin_placement_id"), ["placement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_return_pin_text_id"), ["text_id"], unique=False)

    op.create_table(
        "return_pin_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_pin_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "is_done OR text_id IS NOT NULL", name=op.f("ck_return_pin_answer_says_something")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_return_pin_answer_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["return_pin_id"],
            ["return_pin.id"],
            name=op.f("fk_return_pin_answer_return_pin_id"),
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["erasable_text.id"], name=op.f("fk_return_pin_answer_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_pin_answer")),
        sa.UniqueConstraint(
            "return_pin_id", "number", name=op.f("uq_return_pin_answer_return_pin_id_number")
        ),
        info={"append_only": True},
    )
    with op.batch_alter_table("return_pin_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_return_pin_answer_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_return_pin_answer_text_id"), ["text_id"], unique=False
        )

    with op.batch_alter_table("agreement_signature", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_agreement_signature_agreement_id_party_document_hash"),
            type_="unique",
        )
        batch_op.create_unique_constraint(
            "uq_agreement_signature_contact",
            ["agreement_id", "party", "document_hash", "contact_id"],
        )
        batch_op.create_unique_constraint(
            "uq_agreement_signature_person",
            ["agreement_id", "party", "document_hash", "person_id"],
        )

    with op.batch_alter_table("credit_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("resubmit_by", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("credit_case", schema=None) as batch_op:
        batch_op.drop_column("resubmit_by")

    with op.batch_alter_table("agreement_signature", schema=None) as batch_op:
        batch_op.drop_constraint("uq_agreement_signature_person", type_="unique")
        batch_op.drop_constraint("uq_agreement_signature_contact", type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_agreement_signature_agreement_id_party_document_hash"),
            ["agreement_id", "party", "document_hash"],
        )

    with op.batch_alter_table("return_pin_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_return_pin_answer_text_id"))
        batch_op.drop_index(batch_op.f("ix_return_pin_answer_person_id"))

    op.drop_table("return_pin_answer")
    with op.batch_alter_table("return_pin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_return_pin_text_id"))
        batch_op.drop_index(batch_op.f("ix_return_pin_placement_id"))

    op.drop_table("return_pin")
    op.drop_table("academic_level")
    with op.batch_alter_table("midpoint_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_midpoint_comment_written_by_id"))
        batch_op.drop_index(batch_op.f("ix_midpoint_comment_text_id"))
        batch_op.drop_index(batch_op.f("ix_midpoint_comment_credit_case_id"))
        batch_op.drop_index(batch_op.f("ix_midpoint_comment_acting_for_id"))

    op.drop_table("midpoint_comment")
    with op.batch_alter_table("academic_assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_academic_assessment_policy_version_id"))
        batch_op.drop_index(batch_op.f("ix_academic_assessment_comment_id"))
        batch_op.drop_index(batch_op.f("ix_academic_assessment_assessed_by_id"))
        batch_op.drop_index(batch_op.f("ix_academic_assessment_acting_for_id"))

    op.drop_table("academic_assessment")
