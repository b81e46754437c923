"""Tables of the credit package."""

import sqlalchemy as sa
from alembic import op

revision = "0003_credit"
down_revision = "0002_lti"


def upgrade() -> None:
    op.create_table(
        "competency_framework",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_competency_framework_institution_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency_framework")),
        sa.UniqueConstraint(
            "institution_id", "uri", name=op.f("uq_competency_framework_institution_id_uri")
        ),
    )
    op.create_table(
        "competency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("behaviors", sa.JSON(), nullable=False),
        sa.Column("anchors", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"],
            ["competency_framework.id"],
            name=op.f("fk_competency_framework_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency")),
        sa.UniqueConstraint("framework_id", "uri", name=op.f("uq_competency_framework_id_uri")),
    )
    op.create_table(
        "credit_policy_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["person.id"],
            name=op.f("fk_credit_policy_version_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_credit_policy_version_institution_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_policy_version")),
        sa.UniqueConstraint(
            "institution_id",
            "name",
            "number",
            name=op.f("uq_credit_policy_version_institution_id_name_number"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_credit_policy_version_public_id")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_credit_policy_version_created_by_id"),
        "credit_policy_version",
        ["created_by_id"],
        unique=False,
    )
    op.create_table(
        "course_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("policy_version_id", sa.Integer(), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["person.id"], name=op.f("fk_course_policy_chosen_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_policy_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["policy_version_id"],
            ["credit_policy_version.id"],
            name=op.f("fk_course_policy_policy_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_policy")),
    )
    op.create_index(
        op.f("ix_course_policy_chosen_by_id"), "course_policy", ["chosen_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_course_policy_policy_version_id"),
        "course_policy",
        ["policy_version_id"],
        unique=False,
    )
    op.create_index(
        "uq_course_policy_current",
        "course_policy",
        ["course_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "credit_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("policy_version_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "ready",
                "in_approval",
                "returned",
                "approved",
                "denied",
                "incomplete",
                "appealed",
                "dropped",
                name="case_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("academic_minutes", sa.Integer(), nullable=False),
        sa.Column("returned_reason", sa.Text(), nullable=False),
        sa.Column("waits_until", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "academic_minutes >= 0", name=op.f("ck_credit_case_academic_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_credit_case_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_credit_case_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_credit_case_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["policy_version_id"],
            ["credit_policy_version.id"],
            name=op.f("fk_credit_case_policy_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_case")),
        sa.UniqueConstraint(
            "course_id", "person_id", name=op.f("uq_credit_case_course_id_person_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_credit_case_public_id")),
    )
    op.create_index(
        op.f("ix_credit_case_institution_id"), "credit_case", ["institution_id"], unique=False
    )
    op.create_index(
        op.f("ix_credit_case_person_id"), "credit_case", ["person_id"], unique=False
    )
    op.create_index(
        op.f("ix_credit_case_policy_version_id"),
        "credit_case",
        ["policy_version_id"],
        unique=False,
    )
    op.create_index(
        "ix_credit_case_queue",
        "credit_case",
        ["course_id", "state", "state_since", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_credit_case_state"), "credit_case", ["state"], unique=False)
    op.create_table(
        "instructor_delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("instructor_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("may_decide", sa.Boolean(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_instructor_delegation_dates")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_instructor_delegation_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["person.id"], name=op.f("fk_instructor_delegation_delegate_id")
        ),
        sa.ForeignKeyConstraint(
            ["instructor_id"],
            ["person.id"],
            name=op.f("fk_instructor_delegation_instructor_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instructor_delegation")),
    )
    op.create_index(
        op.f("ix_instructor_delegation_course_id"),
        "instructor_delegation",
        ["course_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_instructor_delegation_delegate_id"),
        "instructor_delegation",
        ["delegate_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_instructor_delegation_instructor_id"),
        "instructor_delegation",
        ["instructor_id"],
        unique=False,
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_case_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "approved",
                "returned",
                "denied",
                "incomplete",
                "voided",
                name="decision_outcome_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "credit",
                "non_credit",
                name="basis_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("credits_thousandths", sa.Integer(), nullable=True),
        sa.Column("computed_thousandths", sa.Integer(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("acting_for_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voids_id", sa.Integer(), nullable=True),
        sa.Column("policy_version_id", sa.Integer(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("inputs_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'approved') = (credits_thousandths IS NOT NULL)",
            name=op.f("ck_decision_credits_whole"),
        ),
        sa.CheckConstraint(
            "(outcome = 'voided') = (voids_id IS NOT NULL)", name=op.f("ck_decision_void_whole")
        ),
        sa.CheckConstraint(
            "credits_thousandths IS NULL OR credits_thousandths > 0"
            " OR (credits_thousandths = 0 AND basis = 'non_credit')",
            name=op.f("ck_decision_credits_positive"),
        ),
        sa.ForeignKeyConstraint(
            ["acting_for_id"], ["person.id"], name=op.f("fk_decision_acting_for_id")
        ),
        sa.ForeignKeyConstraint(
            ["credit_case_id"], ["credit_case.id"], name=op.f("fk_decision_credit_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_decision_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["policy_version_id"],
            ["credit_policy_version.id"],
            name=op.f("fk_decision_policy_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["reason_id"], ["erasable_text.id"], name=op.f("fk_decision_reason_id")
        ),
        sa.ForeignKeyConstraint(
            ["voids_id"], ["decision.id"], name=op.f("fk_decision_voids_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint(
            "credit_case_id", "number", name=op.f("uq_decision_credit_case_id_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_decision_public_id")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_decision_acting_for_id"), "decision", ["acting_for_id"], unique=False
    )
    op.create_index(
        op.f("ix_decision_decided_by_id"), "decision", ["decided_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_decision_policy_version_id"), "decision", ["policy_version_id"], unique=False
    )
    op.create_index(op.f("ix_decision_reason_id"), "decision", ["reason_id"], unique=False)
    op.create_index(op.f("ix_decision_voids_id"), "decision", ["voids_id"], unique=False)
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_case_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "upheld",
                "amended",
                "returned",
                "withdrawn",
                name="appeal_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reader_id", sa.Integer(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["credit_case_id"], ["credit_case.id"], name=op.f("fk_appeal_credit_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_appeal_decision_id")
        ),
        sa.ForeignKeyConstraint(["reader_id"], ["person.id"], name=op.f("fk_appeal_reader_id")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["erasable_text.id"], name=op.f("fk_appeal_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    op.create_index(
        op.f("ix_appeal_credit_case_id"), "appeal", ["credit_case_id"], unique=False
    )
    op.create_index(op.f("ix_appeal_decision_id"), "appeal", ["decision_id"], unique=False)
    op.create_index(op.f("ix_appeal_reader_id"), "appeal", ["reader_id"], unique=False)
    op.create_index(op.f("ix_appeal_state"), "appeal", ["state"], unique=False)
    op.create_index(op.f("ix_appeal_statement_id"), "appeal", ["statement_id"], unique=False)
    op.create_table(
        "registrar_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("export_number", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=8), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_registrar_row_decision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrar_row")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_registrar_row_decision_id"), "registrar_row", ["decision_id"], unique=False
    )
    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "on_track",
                "needs_attention",
                "not_heard_from",
                name="check_in_answer_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(person_id IS NULL) OR (contact_id IS NULL)", name=op.f("ck_check_in_one_author")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_check_in_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_check_in_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_check_in_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
    )
    op.create_index(op.f("ix_check_in_contact_id"), "check_in", ["contact_id"], unique=False)
    op.create_index(op.f("ix_check_in_person_id"), "check_in", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_check_in_placement_id"), "check_in", ["placement_id"], unique=False
    )
    op.create_table(
        "credit_case_placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_case_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_to_id", sa.Integer(), nullable=True),
        sa.Column("decided_without_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_without_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_without_reason_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(decided_without_at IS NULL) = (decided_without_reason_id IS NULL)",
            name=op.f("ck_credit_case_placement_decided_without_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["credit_case_id"],
            ["credit_case.id"],
            name=op.f("fk_credit_case_placement_credit_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_without_by_id"],
            ["person.id"],
            name=op.f("fk_credit_case_placement_decided_without_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_without_reason_id"],
            ["erasable_text.id"],
            name=op.f("fk_credit_case_placement_decided_without_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["moved_to_id"],
            ["credit_case.id"],
            name=op.f("fk_credit_case_placement_moved_to_id"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f("fk_credit_case_placement_placement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_case_placement")),
    )
    op.create_index(
        op.f("ix_credit_case_placement_credit_case_id"),
        "credit_case_placement",
        ["credit_case_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_credit_case_placement_decided_without_by_id"),
        "credit_case_placement",
        ["decided_without_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_credit_case_placement_decided_without_reason_id"),
        "credit_case_placement",
        ["decided_without_reason_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_credit_case_placement_moved_to_id"),
        "credit_case_placement",
        ["moved_to_id"],
        unique=False,
    )
    op.create_index(
        "uq_credit_case_placement_current",
        "credit_case_placement",
        ["placement_id"],
        unique=True,
        sqlite_where=sa.text("moved_at IS NULL"),
        postgresql_where=sa.text("moved_at IS NULL"),
    )
    op.create_table(
        "deliverable_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("piece", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "file",
                "link",
                "reflection",
                "attested",
                name="evidence_kind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("handed_in_by_id", sa.Integer(), nullable=True),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'file') = (attachment_id IS NOT NULL)",
            name=op.f("ck_deliverable_version_file_whole"),
        ),
        sa.CheckConstraint(
            "(kind = 'link') = (url IS NOT NULL)",
            name=op.f("ck_deliverable_version_link_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_deliverable_version_attachment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["handed_in_by_id"],
            ["person.id"],
            name=op.f("fk_deliverable_version_handed_in_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_deliverable_version_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable_version")),
        sa.UniqueConstraint(
            "placement_id",
            "piece",
            "number",
            name=op.f("uq_deliverable_version_placement_id_piece_number"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_deliverable_version_public_id")),
    )
    op.create_index(
        op.f("ix_deliverable_version_attachment_id"),
        "deliverable_version",
        ["attachment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_deliverable_version_handed_in_by_id"),
        "deliverable_version",
        ["handed_in_by_id"],
        unique=False,
    )
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "midpoint",
                "final",
                name="evaluation_kind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "author",
            sa.Enum(
                "supervisor",
                "student",
                name="author_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "in_progress",
                "submitted",
                "lapsed",
                name="evaluation_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(author = 'supervisor') = (contact_id IS NOT NULL)",
            name=op.f("ck_evaluation_author_named"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_evaluation_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_evaluation_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evaluation_public_id")),
    )
    op.create_index(
        op.f("ix_evaluation_contact_id"), "evaluation", ["contact_id"], unique=False
    )
    op.create_index(op.f("ix_evaluation_state"), "evaluation", ["state"], unique=False)
    op.create_index(
        "uq_evaluation_student",
        "evaluation",
        ["placement_id", "kind"],
        unique=True,
        sqlite_where=sa.text("contact_id IS NULL AND state <> 'lapsed'"),
        postgresql_where=sa.text("contact_id IS NULL AND state <> 'lapsed'"),
    )
    op.create_index(
        "uq_evaluation_supervisor",
        "evaluation",
        ["placement_id", "kind", "contact_id"],
        unique=True,
        sqlite_where=sa.text("contact_id IS NOT NULL AND state <> 'lapsed'"),
        postgresql_where=sa.text("contact_id IS NOT NULL AND state <> 'lapsed'"),
    )
    op.create_table(
        "grade_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("context_key", sa.String(length=32), nullable=False),
        sa.Column("lti_score_id", sa.Integer(), nullable=True),
        sa.Column("outbox_message_id", sa.Integer(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_grade_delivery_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["lti_score_id"], ["lti_score.id"], name=op.f("fk_grade_delivery_lti_score_id")
        ),
        sa.ForeignKeyConstraint(
            ["outbox_message_id"],
            ["outbox_message.id"],
            name=op.f("fk_grade_delivery_outbox_message_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_delivery")),
        sa.UniqueConstraint(
            "decision_id", "context_key", name=op.f("uq_grade_delivery_decision_id_context_key")
        ),
    )
    op.create_index(
        op.f("ix_grade_delivery_lti_score_id"), "grade_delivery", ["lti_score_id"], unique=False
    )
    op.create_index(
        op.f("ix_grade_delivery_outbox_message_id"),
        "grade_delivery",
        ["outbox_message_id"],
        unique=False,
    )
    op.create_table(
        "hours_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reported_minutes", sa.Integer(), nullable=False),
        sa.Column("confirmed_minutes", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "confirmed_minutes >= 0", name=op.f("ck_hours_confirmation_confirmed")
        ),
        sa.CheckConstraint(
            "reported_minutes >= 0", name=op.f("ck_hours_confirmation_reported")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["partner_contact.id"],
            name=op.f("fk_hours_confirmation_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["erasable_text.id"], name=op.f("fk_hours_confirmation_note_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_hours_confirmation_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_hours_confirmation_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_confirmation")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_hours_confirmation_contact_id"),
        "hours_confirmation",
        ["contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_hours_confirmation_note_id"), "hours_confirmation", ["note_id"], unique=False
    )
    op.create_index(
        op.f("ix_hours_confirmation_person_id"),
        "hours_confirmation",
        ["person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_hours_confirmation_placement_id"),
        "hours_confirmation",
        ["placement_id"],
        unique=False,
    )
    op.create_table(
        "hours_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("objective_lineage", sa.String(length=16), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "reported",
                "confirmed",
                "disputed",
                name="entry_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes % 15 = 0", name=op.f("ck_hours_entry_quarter_steps")),
        sa.CheckConstraint("minutes BETWEEN 15 AND 1440", name=op.f("ck_hours_entry_one_day")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_hours_entry_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_entry")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hours_entry_public_id")),
    )
    op.create_index(
        "ix_hours_entry_placement_worked_on",
        "hours_entry",
        ["placement_id", "worked_on"],
        unique=False,
    )
    op.create_index(op.f("ix_hours_entry_state"), "hours_entry", ["state"], unique=False)
    op.create_table(
        "hours_ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("ruled_by_id", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_hours_ruling_minutes")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_hours_ruling_placement_id")
        ),
        sa.ForeignKeyConstraint(
            ["reason_id"], ["erasable_text.id"], name=op.f("fk_hours_ruling_reason_id")
        ),
        sa.ForeignKeyConstraint(
            ["ruled_by_id"], ["person.id"], name=op.f("fk_hours_ruling_ruled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_ruling")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_hours_ruling_placement_id"), "hours_ruling", ["placement_id"], unique=False
    )
    op.create_index(
        op.f("ix_hours_ruling_reason_id"), "hours_ruling", ["reason_id"], unique=False
    )
    op.create_index(
        op.f("ix_hours_ruling_ruled_by_id"), "hours_ruling", ["ruled_by_id"], unique=False
    )
    op.create_table(
        "learning_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "awaiting_supervisor",
                "awaiting_instructor",
                "in_force",
                "replaced",
                "refused",
                name="agreement_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("tasks", sa.Text(), nullable=False),
        sa.Column("supervision_plan", sa.Text(), nullable=False),
        sa.Column("academic_work", sa.Text(), nullable=False),
        sa.Column("document_hash", sa.String(length=64), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("returned_reason", sa.Text(), nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'in_force' OR in_force_at IS NOT NULL",
            name=op.f("ck_learning_agreement_force_dated"),
        ),
        sa.CheckConstraint(
            "planned_minutes > 0", name=op.f("ck_learning_agreement_planned_minutes")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_learning_agreement_dates")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["erasable_text.id"],
            name=op.f("fk_learning_agreement_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_learning_agreement_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_agreement")),
        sa.UniqueConstraint(
            "placement_id", "number", name=op.f("uq_learning_agreement_placement_id_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_learning_agreement_public_id")),
    )
    op.create_index(
        op.f("ix_learning_agreement_document_id"),
        "learning_agreement",
        ["document_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_learning_agreement_state"), "learning_agreement", ["state"], unique=False
    )
    op.create_index(
        "uq_learning_agreement_in_force",
        "learning_agreement",
        ["placement_id"],
        unique=True,
        sqlite_where=sa.text("state = 'in_force'"),
        postgresql_where=sa.text("state = 'in_force'"),
    )
    op.create_index(
        "uq_learning_agreement_open",
        "learning_agreement",
        ["placement_id"],
        unique=True,
        sqlite_where=sa.text(
            "state IN ('draft', 'awaiting_supervisor', 'awaiting_instructor')"
        ),
        postgresql_where=sa.text(
            "state IN ('draft', 'awaiting_supervisor', 'awaiting_instructor')"
        ),
    )
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_milestone_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    op.create_index(
        op.f("ix_milestone_placement_id"), "milestone", ["placement_id"], unique=False
    )
    op.create_table(
        "reflection_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_reflection_draft_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflection_draft")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_reflection_draft_placement_id")),
    )
    op.create_table(
        "agreement_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column(
            "party",
            sa.Enum(
                "student",
                "supervisor",
                "instructor",
                name="party_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("name_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=32), nullable=False),
        sa.Column("document_hash", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (contact_id IS NULL)",
            name=op.f("ck_agreement_signature_one_signer"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["learning_agreement.id"],
            name=op.f("fk_agreement_signature_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["partner_contact.id"],
            name=op.f("fk_agreement_signature_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["erasable_text.id"],
            name=op.f("fk_agreement_signature_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["name_id"], ["erasable_text.id"], name=op.f("fk_agreement_signature_name_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_agreement_signature_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_signature")),
        sa.UniqueConstraint(
            "agreement_id",
            "party",
            "document_hash",
            name=op.f("uq_agreement_signature_agreement_id_party_document_hash"),
        ),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_agreement_signature_contact_id"),
        "agreement_signature",
        ["contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_agreement_signature_document_id"),
        "agreement_signature",
        ["document_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_agreement_signature_name_id"), "agreement_signature", ["name_id"], unique=False
    )
    op.create_index(
        op.f("ix_agreement_signature_person_id"),
        "agreement_signature",
        ["person_id"],
        unique=False,
    )
    op.create_table(
        "deliverable_objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliverable_version_id", sa.Integer(), nullable=False),
        sa.Column("objective_lineage", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["deliverable_version_id"],
            ["deliverable_version.id"],
            name=op.f("fk_deliverable_objective_deliverable_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable_objective")),
        sa.UniqueConstraint(
            "deliverable_version_id",
            "objective_lineage",
            name=op.f("uq_deliverable_objective_deliverable_version_id_objective_lineage"),
        ),
    )
    op.create_index(
        op.f("ix_deliverable_objective_objective_lineage"),
        "deliverable_objective",
        ["objective_lineage"],
        unique=False,
    )
    op.create_table(
        "evaluation_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "link",
                "lms",
                "transcribed",
                "correction",
                name="submission_source_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("hours_confirmation_id", sa.Integer(), nullable=True),
        sa.Column("strength_id", sa.Integer(), nullable=True),
        sa.Column("growth_id", sa.Integer(), nullable=True),
        sa.Column("work_again", sa.String(length=16), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["partner_contact.id"],
            name=op.f("fk_evaluation_submission_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_id"],
            ["evaluation.id"],
            name=op.f("fk_evaluation_submission_evaluation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["growth_id"], ["erasable_text.id"], name=op.f("fk_evaluation_submission_growth_id")
        ),
        sa.ForeignKeyConstraint(
            ["hours_confirmation_id"],
            ["hours_confirmation.id"],
            name=op.f("fk_evaluation_submission_hours_confirmation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_evaluation_submission_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["strength_id"],
            ["erasable_text.id"],
            name=op.f("fk_evaluation_submission_strength_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_submission")),
        sa.UniqueConstraint(
            "evaluation_id",
            "number",
            name=op.f("uq_evaluation_submission_evaluation_id_number"),
        ),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_evaluation_submission_contact_id"),
        "evaluation_submission",
        ["contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_evaluation_submission_growth_id"),
        "evaluation_submission",
        ["growth_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_evaluation_submission_hours_confirmation_id"),
        "evaluation_submission",
        ["hours_confirmation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_evaluation_submission_person_id"),
        "evaluation_submission",
        ["person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_evaluation_submission_strength_id"),
        "evaluation_submission",
        ["strength_id"],
        unique=False,
    )
    op.create_table(
        "learning_objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("lineage", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("competency_id", sa.Integer(), nullable=True),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column(
            "judge",
            sa.Enum(
                "supervisor",
                "instructor",
                "both",
                name="judge_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["learning_agreement.id"],
            name=op.f("fk_learning_objective_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_learning_objective_competency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objective.id"], name=op.f("fk_learning_objective_objective_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_objective")),
        sa.UniqueConstraint(
            "agreement_id", "position", name=op.f("uq_learning_objective_agreement_id_position")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_learning_objective_public_id")),
    )
    op.create_index(
        op.f("ix_learning_objective_competency_id"),
        "learning_objective",
        ["competency_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_learning_objective_lineage"), "learning_objective", ["lineage"], unique=False
    )
    op.create_index(
        op.f("ix_learning_objective_objective_id"),
        "learning_objective",
        ["objective_id"],
        unique=False,
    )
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("objective_lineage", sa.String(length=16), nullable=True),
        sa.Column("competency_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(objective_lineage IS NULL) <> (competency_id IS NULL)",
            name=op.f("ck_rating_one_target"),
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_rating_level")),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_rating_competency_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["evaluation_submission.id"],
            name=op.f("fk_rating_submission_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint(
            "submission_id", "competency_id", name=op.f("uq_rating_submission_id_competency_id")
        ),
        sa.UniqueConstraint(
            "submission_id",
            "objective_lineage",
            name=op.f("uq_rating_submission_id_objective_lineage"),
        ),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_rating_competency_id"), "rating", ["competency_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_rating_competency_id"), table_name="rating")
    op.drop_table("rating")
    op.drop_index(op.f("ix_learning_objective_objective_id"), table_name="learning_objective")
    op.drop_index(op.f("ix_learning_objective_lineage"), table_name="learning_objective")
    op.drop_index(op.f("ix_learning_objective_competency_id"), table_name="learning_objective")
    op.drop_table("learning_objective")
    op.drop_index(
        op.f("ix_evaluation_submission_strength_id"), table_name="evaluation_submission"
    )
    op.drop_index(
        op.f("ix_evaluation_submission_person_id"), table_name="evaluation_submission"
    )
    op.drop_index(
        op.f("ix_evaluation_submission_hours_confirmation_id"),
        table_name="evaluation_submission",
    )
    op.drop_index(
        op.f("ix_evaluation_submission_growth_id"), table_name="evaluation_submission"
    )
    op.drop_index(
        op.f("ix_evaluation_submission_contact_id"), table_name="evaluation_submission"
    )
    op.drop_table("evaluation_submission")
    op.drop_index(
        op.f("ix_deliverable_objective_objective_lineage"), table_name="deliverable_objective"
    )
    op.drop_table("deliverable_objective")
    op.drop_index(op.f("ix_agreement_signature_person_id"), table_name="agreement_signature")
    op.drop_index(op.f("ix_agreement_signature_name_id"), table_name="agreement_signature")
    op.drop_index(op.f("ix_agreement_signature_document_id"), table_name="agreement_signature")
    op.drop_index(op.f("ix_agreement_signature_contact_id"), table_name="agreement_signature")
    op.drop_table("agreement_signature")
    op.drop_table("reflection_draft")
    op.drop_index(op.f("ix_milestone_placement_id"), table_name="milestone")
    op.drop_table("milestone")
    op.drop_index(
        "uq_learning_agreement_open",
        table_name="learning_agreement",
        sqlite_where=sa.text(
            "state IN ('draft', 'awaiting_supervisor', 'awaiting_instructor')"
        ),
        postgresql_where=sa.text(
            "state IN ('draft', 'awaiting_supervisor', 'awaiting_instructor')"
        ),
    )
    op.drop_index(
        "uq_learning_agreement_in_force",
        table_name="learning_agreement",
        sqlite_where=sa.text("state = 'in_force'"),
        postgresql_where=sa.text("state = 'in_force'"),
    )
    op.drop_index(op.f("ix_learning_agreement_state"), table_name="learning_agreement")
    op.drop_index(op.f("ix_learning_agreement_document_id"), table_name="learning_agreement")
    op.drop_table("learning_agreement")
    op.drop_index(op.f("ix_hours_ruling_ruled_by_id"), table_name="hours_ruling")
    op.drop_index(op.f("ix_hours_ruling_reason_id"), table_name="hours_ruling")
    op.drop_index(op.f("ix_hours_ruling_placement_id"), table_name="hours_ruling")
    op.drop_table("hours_ruling")
    op.drop_index(op.f("ix_hours_entry_state"), table_name="hours_entry")
    op.drop_index("ix_hours_entry_placement_worked_on", table_name="hours_entry")
    op.drop_table("hours_entry")
    op.drop_index(op.f("ix_hours_confirmation_placement_id"), table_name="hours_confirmation")
    op.drop_index(op.f("ix_hours_confirmation_person_id"), table_name="hours_confirmation")
    op.drop_index(op.f("ix_hours_confirmation_note_id"), table_name="hours_confirmation")
    op.drop_index(op.f("ix_hours_confirmation_contact_id"), table_name="hours_confirmation")
    op.drop_table("hours_confirmation")
    op.drop_index(op.f("ix_grade_delivery_outbox_message_id"), table_name="grade_delivery")
    op.drop_index(op.f("ix_grade_delivery_lti_score_id"), table_name="grade_delivery")
    op.drop_table("grade_delivery")
    op.drop_index(
        "uq_evaluation_supervisor",
        table_name="evaluation",
        sqlite_where=sa.text("contact_id IS NOT NULL AND state <> 'lapsed'"),
        postgresql_where=sa.text("contact_id IS NOT NULL AND state <> 'lapsed'"),
    )
    op.drop_index(
        "uq_evaluation_student",
        table_name="evaluation",
        sqlite_where=sa.text("contact_id IS NULL AND state <> 'lapsed'"),
        postgresql_where=sa.text("contact_id IS NULL AND state <> 'lapsed'"),
    )
    op.drop_index(op.f("ix_evaluation_state"), table_name="evaluation")
    op.drop_index(op.f("ix_evaluation_contact_id"), table_name="evaluation")
    op.drop_table("evaluation")
    op.drop_index(
        op.f("ix_deliverable_version_handed_in_by_id"), table_name="deliverable_version"
    )
    op.drop_index(
        op.f("ix_deliverable_version_attachment_id"), table_name="deliverable_version"
    )
    op.drop_table("deliverable_version")
    op.drop_index(
        "uq_credit_case_placement_current",
        table_name="credit_case_placement",
        sqlite_where=sa.text("moved_at IS NULL"),
        postgresql_where=sa.text("moved_at IS NULL"),
    )
    op.drop_index(
        op.f("ix_credit_case_placement_moved_to_id"), table_name="credit_case_placement"
    )
    op.drop_index(
        op.f("ix_credit_case_placement_decided_without_reason_id"),
        table_name="credit_case_placement",
    )
    op.drop_index(
        op.f("ix_credit_case_placement_decided_without_by_id"),
        table_name="credit_case_placement",
    )
    op.drop_index(
        op.f("ix_credit_case_placement_credit_case_id"), table_name="credit_case_placement"
    )
    op.drop_table("credit_case_placement")
    op.drop_index(op.f("ix_check_in_placement_id"), table_name="check_in")
    op.drop_index(op.f("ix_check_in_person_id"), table_name="check_in")
    op.drop_index(op.f("ix_check_in_contact_id"), table_name="check_in")
    op.drop_table("check_in")
    op.drop_index(op.f("ix_registrar_row_decision_id"), table_name="registrar_row")
    op.drop_table("registrar_row")
    op.drop_index(op.f("ix_appeal_statement_id"), table_name="appeal")
    op.drop_index(op.f("ix_appeal_state"), table_name="appeal")
    op.drop_index(op.f("ix_appeal_reader_id"), table_name="appeal")
    op.drop_index(op.f("ix_appeal_decision_id"), table_name="appeal")
    op.drop_index(op.f("ix_appeal_credit_case_id"), table_name="appeal")
    op.drop_table("appeal")
    op.drop_index(op.f("ix_decision_voids_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_reason_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_policy_version_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_decided_by_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_acting_for_id"), table_name="decision")
    op.drop_table("decision")
    op.drop_index(
        op.f("ix_instructor_delegation_instructor_id"), table_name="instructor_delegation"
    )
    op.drop_index(
        op.f("ix_instructor_delegation_delegate_id"), table_name="instructor_delegation"
    )
    op.drop_index(
        op.f("ix_instructor_delegation_course_id"), table_name="instructor_delegation"
    )
    op.drop_table("instructor_delegation")
    op.drop_index(op.f("ix_credit_case_state"), table_name="credit_case")
    op.drop_index("ix_credit_case_queue", table_name="credit_case")
    op.drop_index(op.f("ix_credit_case_policy_version_id"), table_name="credit_case")
    op.drop_index(op.f("ix_credit_case_person_id"), table_name="credit_case")
    op.drop_index(op.f("ix_credit_case_institution_id"), table_name="credit_case")
    op.drop_table("credit_case")
    op.drop_index(
        "uq_course_policy_current",
        table_name="course_policy",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_course_policy_policy_version_id"), table_name="course_policy")
    op.drop_index(op.f("ix_course_policy_chosen_by_id"), table_name="course_policy")
    op.drop_table("course_policy")
    op.drop_index(
        op.f("ix_credit_policy_version_created_by_id"), table_name="credit_policy_version"
    )
    op.drop_table("credit_policy_version")
    op.drop_table("competency")
    op.drop_table("competency_framework")
