"""What agreements, evidence, evaluations and reminders keep: see the models for each column."""

import sqlalchemy as sa
from alembic import op

revision = "0006_evidence"
down_revision = "0005_lti_advantage"


def upgrade() -> None:
    # Nothing was written to it before: check-ins begin with this version.
    op.drop_table("check_in")
    op.create_table(
        "code_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("origin_hash", sa.String(length=64), nullable=False),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_attempt")),
    )
    with op.batch_alter_table("code_attempt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_code_attempt_attempted_at"), ["attempted_at"], unique=False
        )
        batch_op.create_index(
            "ix_code_attempt_origin", ["origin_hash", "attempted_at"], unique=False
        )

    op.create_table(
        "mailbox_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailbox", sa.String(length=64), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailbox_reading")),
        sa.UniqueConstraint("mailbox", name=op.f("uq_mailbox_reading_mailbox")),
    )
    op.create_table(
        "address_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_address_confirmation_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_confirmation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_address_confirmation_public_id")),
    )
    with op.batch_alter_table("address_confirmation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_address_confirmation_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "campus_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_campus_wording_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_campus_wording_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campus_wording")),
        sa.UniqueConstraint(
            "institution_id", "clause", name=op.f("uq_campus_wording_institution_id_clause")
        ),
    )
    with op.batch_alter_table("campus_wording", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campus_wording_written_by_id"), ["written_by_id"], unique=False
        )

    op.create_table(
        "competency_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "file_format",
            sa.Enum(
                "case",
                "canvas",
                "moodle",
                name="file_format_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["framework_id"],
            ["competency_framework.id"],
            name=op.f("fk_competency_import_framework_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_competency_import_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_competency_import_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_competency_import_public_id")),
    )
    with op.batch_alter_table("competency_import", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_competency_import_framework_id"), ["framework_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_competency_import_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_competency_import_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "reminder_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ladders", sa.JSON(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_reminder_settings_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_reminder_settings_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_settings")),
        sa.UniqueConstraint(
            "institution_id", "number", name=op.f("uq_reminder_settings_institution_id_number")
        ),
        info={"append_only": True},
    )
    with op.batch_alter_table("reminder_settings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reminder_settings_made_by_id"), ["made_by_id"], unique=False
        )

    op.create_table(
        "competency_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("behaviors", sa.JSON(), nullable=False),
        sa.Column("anchors", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_competency_wording_competency_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency_wording")),
        info={"append_only": True},
    )
    with op.batch_alter_table("competency_wording", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_competency_wording_competency_id"), ["competency_id"], unique=False
        )

    op.create_table(
        "course_competency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competency.id"],
            name=op.f("fk_course_competency_competency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_competency_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_competency")),
        sa.UniqueConstraint(
            "course_id",
            "competency_id",
            name=op.f("uq_course_competency_course_id_competency_id"),
        ),
    )
    with op.batch_alter_table("course_competency", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_course_competency_competency_id"), ["competency_id"], unique=False
        )

    op.create_table(
        "course_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("objective_question", sa.Text(), nullable=False),
        sa.Column("synthesis_question", sa.Text(), nullable=False),
        sa.Column("short_question", sa.Text(), nullable=False),
        sa.Column("rework_rounds", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "rework_rounds BETWEEN 0 AND 9", name=op.f("ck_course_evidence_rework_rounds")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_course_evidence_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_evidence_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_evidence")),
        sa.UniqueConstraint("course_id", name=op.f("uq_course_evidence_course_id")),
    )
    with op.batch_alter_table("course_evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_course_evidence_changed_by_id"), ["changed_by_id"], unique=False
        )

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
    op.create_table(
        "mail_bounce",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "hard",
                "soft",
                name="bounce_kind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("is_proven", sa.Boolean(), nullable=False),
        sa.Column("report_key", sa.String(length=64), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_mail_bounce_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox_message.id"], name=op.f("fk_mail_bounce_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["person.id"], name=op.f("fk_mail_bounce_resolved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_bounce")),
        sa.UniqueConstraint("report_key", name=op.f("uq_mail_bounce_report_key")),
    )
    with op.batch_alter_table("mail_bounce", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mail_bounce_message_id"), ["message_id"], unique=False
        )
        batch_op.create_index(
            "ix_mail_bounce_open",
            ["institution_id", "address"],
            unique=False,
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_mail_bounce_resolved_by_id"), ["resolved_by_id"], unique=False
        )

    op.create_table(
        "reminder_digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(contact_id IS NULL) <> (person_id IS NULL)",
            name=op.f("ck_reminder_digest_one_recipient"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_reminder_digest_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_reminder_digest_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox_message.id"], name=op.f("fk_reminder_digest_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminder_digest_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_digest")),
        sa.UniqueConstraint(
            "contact_id", "day", name=op.f("uq_reminder_digest_contact_id_day")
        ),
        sa.UniqueConstraint("person_id", "day", name=op.f("uq_reminder_digest_person_id_day")),
    )
    with op.batch_alter_table("reminder_digest", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reminder_digest_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reminder_digest_message_id"), ["message_id"], unique=False
        )

    op.create_table(
        "routing_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "criterion",
            sa.Enum(
                "any",
                "section",
                "program",
                name="criterion_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(criterion = 'any') = (value = '')", name=op.f("ck_routing_rule_value_whole")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_routing_rule_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_routing_rule_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_routing_rule_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_routing_rule_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_rule")),
        sa.UniqueConstraint("public_id", name=op.f("uq_routing_rule_public_id")),
    )
    with op.batch_alter_table("routing_rule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_routing_rule_course_id"), ["course_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_routing_rule_made_by_id"), ["made_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_routing_rule_order", ["institution_id", "course_id", "position"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_routing_rule_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "case_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("from_person_id", sa.Integer(), nullable=True),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "rule_id IS NULL OR reason_id IS NULL", name=op.f("ck_case_assignment_one_ground")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_case_assignment_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["credit_case_id"],
            ["credit_case.id"],
            name=op.f("fk_case_assignment_credit_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["from_person_id"], ["person.id"], name=op.f("fk_case_assignment_from_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_case_assignment_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["reason_id"], ["erasable_text.id"], name=op.f("fk_case_assignment_reason_id")
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["routing_rule.id"], name=op.f("fk_case_assignment_rule_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_assignment")),
        info={"append_only": True},
    )
    with op.batch_alter_table("case_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_assignment_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_case_assignment_credit_case_id"), ["credit_case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_assignment_from_person_id"), ["from_person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_assignment_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_assignment_reason_id"), ["reason_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_assignment_rule_id"), ["rule_id"], unique=False
        )

    op.create_table(
        "case_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["credit_case_id"], ["credit_case.id"], name=op.f("fk_case_look_credit_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_case_look_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_look")),
        sa.UniqueConstraint(
            "credit_case_id", "person_id", name=op.f("uq_case_look_credit_case_id_person_id")
        ),
    )
    with op.batch_alter_table("case_look", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_look_person_id"), ["person_id"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "first_contact",
                "progress",
                name="check_in_kind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "party",
            sa.Enum(
                "student",
                "supervisor",
                name="party_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
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
        sa.Column("words_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_check_in_answer_whole")
        ),
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
        sa.ForeignKeyConstraint(
            ["words_id"], ["erasable_text.id"], name=op.f("fk_check_in_words_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint(
            "placement_id",
            "kind",
            "number",
            "party",
            name=op.f("uq_check_in_placement_id_kind_number_party"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_check_in_public_id")),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_check_in_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            "ix_check_in_open", ["answered_at", "closed_at", "due_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_check_in_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_check_in_words_id"), ["words_id"], unique=False)

    op.create_table(
        "concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "needs_attention",
                "not_heard_from",
                "no_first_contact",
                "over_plan",
                name="concern_kind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("words_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)",
            name=op.f("ck_concern_settled_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_concern_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["erasable_text.id"], name=op.f("fk_concern_note_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_concern_placement_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["person.id"], name=op.f("fk_concern_settled_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["person.id"], name=op.f("fk_concern_taken_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["words_id"], ["erasable_text.id"], name=op.f("fk_concern_words_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("public_id", name=op.f("uq_concern_public_id")),
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concern_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_concern_note_id"), ["note_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_concern_placement_id"), ["placement_id"], unique=False
        )
        batch_op.create_index(
            "ix_concern_settled_at", ["settled_at", "opened_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concern_settled_by_id"), ["settled_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concern_taken_by_id"), ["taken_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_concern_words_id"), ["words_id"], unique=False)
        batch_op.create_index(
            "uq_concern_open",
            ["placement_id", "kind"],
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )

    op.create_table(
        "deliverable",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("lineage", sa.String(length=16), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "awaited",
                "handed_in",
                "rework_asked",
                "with_office",
                "accepted",
                "accepted_on_evidence",
                "no_longer_agreed",
                name="deliverable_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("most_rounds", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("rounds >= 0", name=op.f("ck_deliverable_rounds")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_deliverable_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable")),
        sa.UniqueConstraint(
            "placement_id", "lineage", name=op.f("uq_deliverable_placement_id_lineage")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_deliverable_public_id")),
    )
    with op.batch_alter_table("deliverable", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deliverable_placement_id"), ["placement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_deliverable_state"), ["state"], unique=False)

    op.create_table(
        "emergency_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_emergency_contact_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_contact")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_emergency_contact_placement_id")),
    )
    op.create_table(
        "objective_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("objective_lineage", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "met",
                "partly",
                "not_yet",
                "not_enough_evidence",
                name="verdict_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("judged_by_id", sa.Integer(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["erasable_text.id"], name=op.f("fk_objective_judgement_comment_id")
        ),
        sa.ForeignKeyConstraint(
            ["judged_by_id"], ["person.id"], name=op.f("fk_objective_judgement_judged_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_objective_judgement_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective_judgement")),
        sa.UniqueConstraint(
            "placement_id",
            "objective_lineage",
            "number",
            name=op.f("uq_objective_judgement_placement_id_objective_lineage_number"),
        ),
        info={"append_only": True},
    )
    with op.batch_alter_table("objective_judgement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objective_judgement_comment_id"), ["comment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objective_judgement_judged_by_id"), ["judged_by_id"], unique=False
        )

    op.create_table(
        "reminder_track",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("ladder", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("anchor_on", sa.Date(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_because", sa.String(length=32), nullable=False),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pause_reason_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_reminder_track_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_reminder_track_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["pause_reason_id"],
            ["erasable_text.id"],
            name=op.f("fk_reminder_track_pause_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_reminder_track_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_track")),
        sa.UniqueConstraint(
            "ladder", "subject_id", name=op.f("uq_reminder_track_ladder_subject_id")
        ),
    )
    with op.batch_alter_table("reminder_track", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reminder_track_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reminder_track_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reminder_track_next_at"), ["next_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reminder_track_pause_reason_id"), ["pause_reason_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reminder_track_placement_id"), ["placement_id"], unique=False
        )

    op.create_table(
        "signatory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("declined_reason", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_signatory_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["partner_contact.id"], name=op.f("fk_signatory_named_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_signatory_placement_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["person.id"], name=op.f("fk_signatory_settled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatory")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signatory_public_id")),
    )
    with op.batch_alter_table("signatory", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signatory_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signatory_named_by_id"), ["named_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signatory_settled_by_id"), ["settled_by_id"], unique=False
        )
        batch_op.create_index(
            "uq_signatory_current",
            ["placement_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "without_credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("goes_on", sa.Boolean(), nullable=False),
        sa.Column("tells_partner", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "goes_on OR NOT tells_partner", name=op.f("ck_without_credit_told_by_office")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_without_credit_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_without_credit")),
    )
    with op.batch_alter_table("without_credit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_without_credit_placement_id"), ["placement_id"], unique=False
        )

    op.create_table(
        "agreed_deliverable",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("lineage", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["learning_agreement.id"],
            name=op.f("fk_agreed_deliverable_agreement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_deliverable")),
        sa.UniqueConstraint(
            "agreement_id", "position", name=op.f("uq_agreed_deliverable_agreement_id_position")
        ),
    )
    with op.batch_alter_table("agreed_deliverable", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreed_deliverable_lineage"), ["lineage"], unique=False
        )

    op.create_table(
        "agreement_amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("signers", sa.JSON(), nullable=False),
        sa.Column(
            "ending",
            sa.Enum(
                "finish_early",
                "end_early",
                "cancel",
                name="ending_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "person_id IS NULL OR contact_id IS NULL",
            name=op.f("ck_agreement_amendment_one_proposer"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["learning_agreement.id"],
            name=op.f("fk_agreement_amendment_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["partner_contact.id"],
            name=op.f("fk_agreement_amendment_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_agreement_amendment_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_amendment")),
        sa.UniqueConstraint("agreement_id", name=op.f("uq_agreement_amendment_agreement_id")),
    )
    with op.batch_alter_table("agreement_amendment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_amendment_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_agreement_amendment_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "agreement_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column(
            "party",
            sa.Enum(
                "student",
                "supervisor",
                "company",
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
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("document_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "changed",
                "accepted",
                "answered",
                name="comment_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (settled_at IS NULL)",
            name=op.f("ck_agreement_comment_settled_dated"),
        ),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (contact_id IS NULL)",
            name=op.f("ck_agreement_comment_one_author"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["learning_agreement.id"],
            name=op.f("fk_agreement_comment_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_agreement_comment_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_agreement_comment_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_comment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_comment_public_id")),
    )
    with op.batch_alter_table("agreement_comment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_comment_agreement_id"), ["agreement_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_agreement_comment_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_agreement_comment_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "agreement_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("document_hash", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (contact_id IS NULL)",
            name=op.f("ck_agreement_look_one_reader"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["learning_agreement.id"],
            name=op.f("fk_agreement_look_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_agreement_look_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["erasable_text.id"], name=op.f("fk_agreement_look_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_agreement_look_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_look")),
        sa.UniqueConstraint(
            "agreement_id",
            "contact_id",
            "document_hash",
            name=op.f("uq_agreement_look_agreement_id_contact_id_document_hash"),
        ),
        sa.UniqueConstraint(
            "agreement_id",
            "person_id",
            "document_hash",
            name=op.f("uq_agreement_look_agreement_id_person_id_document_hash"),
        ),
    )
    with op.batch_alter_table("agreement_look", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_look_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_agreement_look_document_id"), ["document_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_agreement_look_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "deliverable_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliverable_version_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "accepted",
                "rework",
                "referred",
                "one_more_round",
                "on_evidence",
                name="review_outcome_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (contact_id IS NULL)",
            name=op.f("ck_deliverable_review_one_author"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["partner_contact.id"],
            name=op.f("fk_deliverable_review_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["deliverable_version_id"],
            ["deliverable_version.id"],
            name=op.f("fk_deliverable_review_deliverable_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_deliverable_review_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["words_id"], ["erasable_text.id"], name=op.f("fk_deliverable_review_words_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable_review")),
        info={"append_only": True},
    )
    with op.batch_alter_table("deliverable_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deliverable_review_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_deliverable_review_deliverable_version_id"),
            ["deliverable_version_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_deliverable_review_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_deliverable_review_words_id"), ["words_id"], unique=False
        )

    op.create_table(
        "hand_over_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("access_link_id", sa.Integer(), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "left",
                "wrong_person",
                "never_met",
                "stands_in",
                "office",
                name="hand_over_reason_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("proposed_name", sa.Text(), nullable=False),
        sa.Column("proposed_title", sa.Text(), nullable=False),
        sa.Column("proposed_email", sa.Text(), nullable=False),
        sa.Column("passes_draft", sa.Boolean(), nullable=False),
        sa.Column("asks_former", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "approved",
                "declined",
                "withdrawn",
                name="hand_over_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("carried_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'approved' OR (successor_id IS NOT NULL AND from_on IS NOT NULL)",
            name=op.f("ck_hand_over_request_approval_whole"),
        ),
        sa.CheckConstraint(
            "state <> 'declined' OR answer <> ''",
            name=op.f("ck_hand_over_request_declined_with_words"),
        ),
        sa.ForeignKeyConstraint(
            ["access_link_id"],
            ["access_link.id"],
            name=op.f("fk_hand_over_request_access_link_id"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_hand_over_request_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_hand_over_request_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_hand_over_request_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_hand_over_request_placement_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"],
            ["partner_contact.id"],
            name=op.f("fk_hand_over_request_successor_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hand_over_request_public_id")),
    )
    with op.batch_alter_table("hand_over_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hand_over_request_access_link_id"), ["access_link_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hand_over_request_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hand_over_request_decided_by_id"), ["decided_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hand_over_request_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hand_over_request_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hand_over_request_successor_id"), ["successor_id"], unique=False
        )
        batch_op.create_index(
            "uq_hand_over_request_asked",
            ["placement_id", "contact_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "hours_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("was_worked_on", sa.Date(), nullable=False),
        sa.Column("was_minutes", sa.Integer(), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "minutes BETWEEN 0 AND 1440", name=op.f("ck_hours_correction_one_day")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["hours_entry.id"], name=op.f("fk_hours_correction_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["reason_id"], ["erasable_text.id"], name=op.f("fk_hours_correction_reason_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_correction")),
        info={"append_only": True},
    )
    with op.batch_alter_table("hours_correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hours_correction_entry_id"), ["entry_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hours_correction_reason_id"), ["reason_id"], unique=False
        )

    op.create_table(
        "hours_dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("reported_minutes", sa.Integer(), nullable=False),
        sa.Column("confirmed_minutes", sa.Integer(), nullable=True),
        sa.Column("words_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ruling_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (contact_id IS NULL)",
            name=op.f("ck_hours_dispute_one_side"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_hours_dispute_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_hours_dispute_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_hours_dispute_placement_id")
        ),
        sa.ForeignKeyConstraint(
            ["ruling_id"], ["hours_ruling.id"], name=op.f("fk_hours_dispute_ruling_id")
        ),
        sa.ForeignKeyConstraint(
            ["words_id"], ["erasable_text.id"], name=op.f("fk_hours_dispute_words_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_dispute")),
    )
    with op.batch_alter_table("hours_dispute", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hours_dispute_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hours_dispute_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hours_dispute_placement_id"), ["placement_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hours_dispute_ruling_id"), ["ruling_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hours_dispute_words_id"), ["words_id"], unique=False
        )
        batch_op.create_index(
            "uq_hours_dispute_student",
            ["placement_id"],
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL AND person_id IS NOT NULL"),
            postgresql_where=sa.text("settled_at IS NULL AND person_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_hours_dispute_supervisor",
            ["placement_id"],
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL AND contact_id IS NOT NULL"),
            postgresql_where=sa.text("settled_at IS NULL AND contact_id IS NOT NULL"),
        )

    op.create_table(
        "link_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("access_link_id", sa.Integer(), nullable=False),
        sa.Column("selector", sa.String(length=8), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("wrong_attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["access_link_id"], ["access_link.id"], name=op.f("fk_link_code_access_link_id")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["person.id"], name=op.f("fk_link_code_given_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_link_code_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_code")),
    )
    with op.batch_alter_table("link_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_link_code_access_link_id"), ["access_link_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_link_code_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_link_code_given_by_id"), ["given_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_link_code_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(
            "uq_link_code_open",
            ["selector"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "reflection_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliverable_version_id", sa.Integer(), nullable=False),
        sa.Column("objective_lineage", sa.String(length=16), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deliverable_version_id"],
            ["deliverable_version.id"],
            name=op.f("fk_reflection_answer_deliverable_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflection_answer")),
        sa.UniqueConstraint(
            "deliverable_version_id",
            "objective_lineage",
            name=op.f("uq_reflection_answer_deliverable_version_id_objective_lineage"),
        ),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column(
            "whom",
            sa.Enum(
                "supervisor",
                "alternate",
                "student",
                "instructor",
                "staff",
                name="whom_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "due",
                "mailed",
                "skipped",
                "dropped",
                "task",
                name="reminder_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("wording", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("digest_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "contact_id IS NULL OR person_id IS NULL", name=op.f("ck_reminder_one_recipient")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_reminder_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_reminder_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["reminder_digest.id"], name=op.f("fk_reminder_digest_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminder_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["reminder_track.id"], name=op.f("fk_reminder_track_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "track_id",
            "round",
            "rung",
            "number",
            "recipient",
            name=op.f("uq_reminder_track_id_round_rung_number_recipient"),
        ),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reminder_asked_by_id"), ["asked_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reminder_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reminder_digest_id"), ["digest_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_reminder_state_send", ["state", "send_at"], unique=False)

    op.create_table(
        "attested_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliverable_review_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=24), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "yes",
                "partly",
                "no",
                name="attested_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["deliverable_review_id"],
            ["deliverable_review.id"],
            name=op.f("fk_attested_criterion_deliverable_review_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attested_criterion")),
        sa.UniqueConstraint(
            "deliverable_review_id",
            "criterion",
            name=op.f("uq_attested_criterion_deliverable_review_id_criterion"),
        ),
        info={"append_only": True},
    )
    with op.batch_alter_table("agreement_signature", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("part_hash", sa.String(length=64), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "conflict",
                sa.Enum(
                    "none",
                    "declared",
                    name="conflict_known",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("conflict_note_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("attachment_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("recorded_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_agreement_signature_attachment_id"), ["attachment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_agreement_signature_conflict_note_id"),
            ["conflict_note_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_agreement_signature_recorded_by_id"),
            ["recorded_by_id"],
            unique=False,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_signature_attachment_id"),
            "attachment",
            ["attachment_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_signature_conflict_note_id"),
            "erasable_text",
            ["conflict_note_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_signature_recorded_by_id"),
            "person",
            ["recorded_by_id"],
            ["id"],
        )

    with op.batch_alter_table("competency", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("is_group", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("told", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("version", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.alter_column(
            "code",
            existing_type=sa.VARCHAR(length=32),
            type_=sa.String(length=255),
            existing_nullable=False,
        )
        batch_op.create_index(
            batch_op.f("ix_competency_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_competency_parent_id"), "competency", ["parent_id"], ["id"]
        )

    with op.batch_alter_table("competency_framework", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("description", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("told", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(
            sa.Column("only_by_choice", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("version", sa.Integer(), nullable=False, server_default="0")
        )

    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("only_contact_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("text", sa.Text(), nullable=False, server_default=""))
        batch_op.create_index(
            batch_op.f("ix_consent_only_contact_id"), ["only_contact_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_consent_only_contact_id"),
            "partner_contact",
            ["only_contact_id"],
            ["id"],
        )

    with op.batch_alter_table("credit_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("assigned_to_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_credit_case_assigned_to_id"), ["assigned_to_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_credit_case_assigned_to_id"), "person", ["assigned_to_id"], ["id"]
        )

    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("program", sa.Text(), nullable=False, server_default=""))

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

    with op.batch_alter_table("instructor_delegation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("public_id", sa.String(length=16), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_instructor_delegation_public_id"), ["public_id"]
        )

    with op.batch_alter_table("learning_agreement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("amends_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("schedule", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("is_remote", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(sa.Column("place", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("region", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("country", sa.String(length=2), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "engagement",
                sa.Enum(
                    "contractor",
                    "employee",
                    "university_stipend",
                    "unpaid",
                    name="engagement_known",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column(
                "payer",
                sa.Enum(
                    "partner",
                    "university",
                    "nobody",
                    name="payer_known",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("pay_when", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("is_for_credit", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(sa.Column("credits_thousandths", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "grading_basis",
                sa.Enum(
                    "letter",
                    "pass_no_pass",
                    "completion",
                    name="grading_basis_known",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column("has_nda", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("confidentiality", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "ip_terms",
                sa.Enum(
                    "assigned",
                    "licensed",
                    "university",
                    name="ip_terms_known",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column(
                "ai_rule",
                sa.Enum(
                    "allowed",
                    "disclose",
                    "not_with_partner_data",
                    "none",
                    name="ai_rule_known",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column("data_access", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("safety", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("rework_rounds", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("company_hash", sa.String(length=64), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_learning_agreement_amends_id"), ["amends_id"], unique=False
        )
        batch_op.create_index(
            "uq_learning_agreement_amending",
            ["placement_id"],
            unique=True,
            sqlite_where=sa.text("state = 'awaiting_signatures'"),
            postgresql_where=sa.text("state = 'awaiting_signatures'"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_learning_agreement_amends_id"),
            "learning_agreement",
            ["amends_id"],
            ["id"],
        )

    with op.batch_alter_table("learning_objective", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wording_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_learning_objective_wording_id"), ["wording_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_learning_objective_wording_id"),
            "competency_wording",
            ["wording_id"],
            ["id"],
        )

    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lineage", sa.String(length=16), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_milestone_placement_id_lineage"), ["placement_id", "lineage"]
        )

    with op.batch_alter_table("partner_contact", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("reminders_stopped_at", sa.DateTime(timezone=True), nullable=True)
        )

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("own_email", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("own_email_at", sa.DateTime(timezone=True), nullable=True)
        )

    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wording_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("example_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_rating_example_id"), ["example_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rating_wording_id"), ["wording_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_rating_wording_id"), "competency_wording", ["wording_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_rating_example_id"), "erasable_text", ["example_id"], ["id"]
        )

    with op.batch_alter_table("reflection_draft", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("answers", sa.JSON(), nullable=False, server_default="{}")
        )

    with op.batch_alter_table("instructor_delegation", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_instructor_delegation_one_answer"),
            "(checked_at IS NULL) OR (declined_at IS NULL)",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_instructor_delegation_two_people"), "instructor_id <> delegate_id"
        )

    with op.batch_alter_table("access_link", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_access_link_link_purpose_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_access_link_link_purpose_known"),
            "purpose IN ('placement', 'students', 'stand_in')",
        )
        batch_op.drop_constraint(batch_op.f("ck_access_link_purpose_bound"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_access_link_purpose_bound"),
            "(purpose = 'students') = (placement_id IS NULL)",
        )

    with op.batch_alter_table("learning_agreement", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_learning_agreement_agreement_state_known"), type_="check"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_learning_agreement_agreement_state_known"),
            "state IN ('draft', 'awaiting_supervisor', 'awaiting_instructor', "
            "'in_force', 'replaced', 'refused', 'awaiting_signatures', 'withdrawn')",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_learning_agreement_amendment_whole"),
            "state NOT IN ('awaiting_signatures', 'withdrawn') OR amends_id IS NOT NULL",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_learning_agreement_credits"), "credits_thousandths >= 0"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_learning_agreement_rework_rounds"), "rework_rounds BETWEEN 0 AND 9"
        )

    with op.batch_alter_table("agreement_signature", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_agreement_signature_party_known"), type_="check"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_agreement_signature_party_known"),
            "party IN ('student', 'supervisor', 'company', 'instructor')",
        )

    # What was handed in before becomes a deliverable that waits to be accepted.
    op.execute(
        "INSERT INTO deliverable (placement_id, public_id, title, is_required, is_final,"
        " position, state, state_since, rounds, most_rounds, version)"
        " SELECT v.placement_id, v.piece, v.title, false, false, 0, 'handed_in',"
        " v.handed_in_at, 0, 2, 1 FROM deliverable_version v"
        " WHERE v.kind <> 'reflection' AND v.number = (SELECT max(w.number)"
        " FROM deliverable_version w WHERE w.placement_id = v.placement_id"
        " AND w.piece = v.piece)"
    )


def downgrade() -> None:
    with op.batch_alter_table("instructor_delegation", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_instructor_delegation_one_answer"), type_="check"
        )
        batch_op.drop_constraint(
            batch_op.f("ck_instructor_delegation_two_people"), type_="check"
        )

    with op.batch_alter_table("access_link", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_access_link_link_purpose_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_access_link_link_purpose_known"),
            "purpose IN ('placement', 'students')",
        )
        batch_op.drop_constraint(batch_op.f("ck_access_link_purpose_bound"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_access_link_purpose_bound"),
            "(purpose = 'placement') = (placement_id IS NOT NULL)",
        )

    with op.batch_alter_table("learning_agreement", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_learning_agreement_agreement_state_known"), type_="check"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_learning_agreement_agreement_state_known"),
            "state IN ('draft', 'awaiting_supervisor', 'awaiting_instructor', "
            "'in_force', 'replaced', 'refused')",
        )
        batch_op.drop_constraint(
            batch_op.f("ck_learning_agreement_amendment_whole"), type_="check"
        )
        batch_op.drop_constraint(batch_op.f("ck_learning_agreement_credits"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("ck_learning_agreement_rework_rounds"), type_="check"
        )

    with op.batch_alter_table("agreement_signature", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_agreement_signature_party_known"), type_="check"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_agreement_signature_party_known"),
            "party IN ('student', 'supervisor', 'instructor')",
        )

    with op.batch_alter_table("reflection_draft", schema=None) as batch_op:
        batch_op.drop_column("answers")

    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_rating_example_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_rating_wording_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_rating_wording_id"))
        batch_op.drop_index(batch_op.f("ix_rating_example_id"))
        batch_op.drop_column("example_id")
        batch_op.drop_column("wording_id")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("own_email_at")
        batch_op.drop_column("own_email")

    with op.batch_alter_table("partner_contact", schema=None) as batch_op:
        batch_op.drop_column("reminders_stopped_at")

    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_milestone_placement_id_lineage"), type_="unique"
        )
        batch_op.drop_column("lineage")

    with op.batch_alter_table("learning_objective", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_learning_objective_wording_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_learning_objective_wording_id"))
        batch_op.drop_column("wording_id")

    with op.batch_alter_table("learning_agreement", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_learning_agreement_amends_id"), type_="foreignkey"
        )
        batch_op.drop_index(
            "uq_learning_agreement_amending",
            sqlite_where=sa.text("state = 'awaiting_signatures'"),
            postgresql_where=sa.text("state = 'awaiting_signatures'"),
        )
        batch_op.drop_index(batch_op.f("ix_learning_agreement_amends_id"))
        batch_op.drop_column("company_hash")
        batch_op.drop_column("rework_rounds")
        batch_op.drop_column("safety")
        batch_op.drop_column("data_access")
        batch_op.drop_column("ai_rule")
        batch_op.drop_column("ip_terms")
        batch_op.drop_column("confidentiality")
        batch_op.drop_column("has_nda")
        batch_op.drop_column("grading_basis")
        batch_op.drop_column("credits_thousandths")
        batch_op.drop_column("is_for_credit")
        batch_op.drop_column("pay_when")
        batch_op.drop_column("payer")
        batch_op.drop_column("engagement")
        batch_op.drop_column("country")
        batch_op.drop_column("region")
        batch_op.drop_column("place")
        batch_op.drop_column("is_remote")
        batch_op.drop_column("schedule")
        batch_op.drop_column("amends_id")

    with op.batch_alter_table("instructor_delegation", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_instructor_delegation_public_id"), type_="unique"
        )
        batch_op.drop_column("declined_at")
        batch_op.drop_column("checked_at")
        batch_op.drop_column("public_id")

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

    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.drop_column("program")

    with op.batch_alter_table("credit_case", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_credit_case_assigned_to_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_credit_case_assigned_to_id"))
        batch_op.drop_column("assigned_to_id")

    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_consent_only_contact_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_consent_only_contact_id"))
        batch_op.drop_column("text")
        batch_op.drop_column("only_contact_id")

    with op.batch_alter_table("competency_framework", schema=None) as batch_op:
        batch_op.drop_column("version")
        batch_op.drop_column("retired_at")
        batch_op.drop_column("only_by_choice")
        batch_op.drop_column("told")
        batch_op.drop_column("description")

    with op.batch_alter_table("competency", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_competency_parent_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_competency_parent_id"))
        batch_op.alter_column(
            "code",
            existing_type=sa.String(length=255),
            type_=sa.VARCHAR(length=32),
            existing_nullable=False,
        )
        batch_op.drop_column("version")
        batch_op.drop_column("retired_at")
        batch_op.drop_column("told")
        batch_op.drop_column("is_group")
        batch_op.drop_column("parent_id")

    with op.batch_alter_table("agreement_signature", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_agreement_signature_recorded_by_id"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_agreement_signature_conflict_note_id"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_agreement_signature_attachment_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_agreement_signature_recorded_by_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_signature_conflict_note_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_signature_attachment_id"))
        batch_op.drop_column("recorded_by_id")
        batch_op.drop_column("attachment_id")
        batch_op.drop_column("conflict_note_id")
        batch_op.drop_column("conflict")
        batch_op.drop_column("part_hash")

    op.drop_table("attested_criterion")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_state_send")
        batch_op.drop_index(batch_op.f("ix_reminder_person_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_digest_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_contact_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_asked_by_id"))

    op.drop_table("reminder")
    op.drop_table("reflection_answer")
    with op.batch_alter_table("link_code", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_link_code_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_link_code_institution_id"))
        batch_op.drop_index(batch_op.f("ix_link_code_given_by_id"))
        batch_op.drop_index(batch_op.f("ix_link_code_expires_at"))
        batch_op.drop_index(batch_op.f("ix_link_code_access_link_id"))

    op.drop_table("link_code")
    with op.batch_alter_table("hours_dispute", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hours_dispute_supervisor",
            sqlite_where=sa.text("settled_at IS NULL AND contact_id IS NOT NULL"),
            postgresql_where=sa.text("settled_at IS NULL AND contact_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_hours_dispute_student",
            sqlite_where=sa.text("settled_at IS NULL AND person_id IS NOT NULL"),
            postgresql_where=sa.text("settled_at IS NULL AND person_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_hours_dispute_words_id"))
        batch_op.drop_index(batch_op.f("ix_hours_dispute_ruling_id"))
        batch_op.drop_index(batch_op.f("ix_hours_dispute_placement_id"))
        batch_op.drop_index(batch_op.f("ix_hours_dispute_person_id"))
        batch_op.drop_index(batch_op.f("ix_hours_dispute_contact_id"))

    op.drop_table("hours_dispute")
    with op.batch_alter_table("hours_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hours_correction_reason_id"))
        batch_op.drop_index(batch_op.f("ix_hours_correction_entry_id"))

    op.drop_table("hours_correction")
    with op.batch_alter_table("hand_over_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hand_over_request_asked",
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.drop_index(batch_op.f("ix_hand_over_request_successor_id"))
        batch_op.drop_index(batch_op.f("ix_hand_over_request_state"))
        batch_op.drop_index(batch_op.f("ix_hand_over_request_institution_id"))
        batch_op.drop_index(batch_op.f("ix_hand_over_request_decided_by_id"))
        batch_op.drop_index(batch_op.f("ix_hand_over_request_contact_id"))
        batch_op.drop_index(batch_op.f("ix_hand_over_request_access_link_id"))

    op.drop_table("hand_over_request")
    with op.batch_alter_table("deliverable_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliverable_review_words_id"))
        batch_op.drop_index(batch_op.f("ix_deliverable_review_person_id"))
        batch_op.drop_index(batch_op.f("ix_deliverable_review_deliverable_version_id"))
        batch_op.drop_index(batch_op.f("ix_deliverable_review_contact_id"))

    op.drop_table("deliverable_review")
    with op.batch_alter_table("agreement_look", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_look_person_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_look_document_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_look_contact_id"))

    op.drop_table("agreement_look")
    with op.batch_alter_table("agreement_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_comment_person_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_comment_contact_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_comment_agreement_id"))

    op.drop_table("agreement_comment")
    with op.batch_alter_table("agreement_amendment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_amendment_person_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_amendment_contact_id"))

    op.drop_table("agreement_amendment")
    with op.batch_alter_table("agreed_deliverable", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreed_deliverable_lineage"))

    op.drop_table("agreed_deliverable")
    with op.batch_alter_table("without_credit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_without_credit_placement_id"))

    op.drop_table("without_credit")
    with op.batch_alter_table("signatory", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_signatory_current",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_signatory_settled_by_id"))
        batch_op.drop_index(batch_op.f("ix_signatory_named_by_id"))
        batch_op.drop_index(batch_op.f("ix_signatory_contact_id"))

    op.drop_table("signatory")
    with op.batch_alter_table("reminder_track", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_track_placement_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_track_pause_reason_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_track_next_at"))
        batch_op.drop_index(batch_op.f("ix_reminder_track_institution_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_track_contact_id"))

    op.drop_table("reminder_track")
    with op.batch_alter_table("objective_judgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objective_judgement_judged_by_id"))
        batch_op.drop_index(batch_op.f("ix_objective_judgement_comment_id"))

    op.drop_table("objective_judgement")
    op.drop_table("emergency_contact")
    with op.batch_alter_table("deliverable", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliverable_state"))
        batch_op.drop_index(batch_op.f("ix_deliverable_placement_id"))

    op.drop_table("deliverable")
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_concern_open",
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_concern_words_id"))
        batch_op.drop_index(batch_op.f("ix_concern_taken_by_id"))
        batch_op.drop_index(batch_op.f("ix_concern_settled_by_id"))
        batch_op.drop_index("ix_concern_settled_at")
        batch_op.drop_index(batch_op.f("ix_concern_placement_id"))
        batch_op.drop_index(batch_op.f("ix_concern_note_id"))
        batch_op.drop_index(batch_op.f("ix_concern_institution_id"))

    op.drop_table("concern")
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_in_words_id"))
        batch_op.drop_index(batch_op.f("ix_check_in_person_id"))
        batch_op.drop_index("ix_check_in_open")
        batch_op.drop_index(batch_op.f("ix_check_in_contact_id"))

    op.drop_table("check_in")
    with op.batch_alter_table("case_look", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_look_person_id"))

    op.drop_table("case_look")
    with op.batch_alter_table("case_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_assignment_rule_id"))
        batch_op.drop_index(batch_op.f("ix_case_assignment_reason_id"))
        batch_op.drop_index(batch_op.f("ix_case_assignment_person_id"))
        batch_op.drop_index(batch_op.f("ix_case_assignment_from_person_id"))
        batch_op.drop_index(batch_op.f("ix_case_assignment_credit_case_id"))
        batch_op.drop_index(batch_op.f("ix_case_assignment_by_id"))

    op.drop_table("case_assignment")
    with op.batch_alter_table("routing_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_routing_rule_person_id"))
        batch_op.drop_index("ix_routing_rule_order")
        batch_op.drop_index(batch_op.f("ix_routing_rule_made_by_id"))
        batch_op.drop_index(batch_op.f("ix_routing_rule_course_id"))

    op.drop_table("routing_rule")
    with op.batch_alter_table("reminder_digest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_digest_message_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_digest_institution_id"))

    op.drop_table("reminder_digest")
    with op.batch_alter_table("mail_bounce", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mail_bounce_resolved_by_id"))
        batch_op.drop_index(
            "ix_mail_bounce_open",
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_mail_bounce_message_id"))

    op.drop_table("mail_bounce")
    op.drop_table("evaluation_plan")
    with op.batch_alter_table("course_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_evidence_changed_by_id"))

    op.drop_table("course_evidence")
    with op.batch_alter_table("course_competency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_competency_competency_id"))

    op.drop_table("course_competency")
    with op.batch_alter_table("competency_wording", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_competency_wording_competency_id"))

    op.drop_table("competency_wording")
    with op.batch_alter_table("reminder_settings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_settings_made_by_id"))

    op.drop_table("reminder_settings")
    with op.batch_alter_table("competency_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_competency_import_person_id"))
        batch_op.drop_index(batch_op.f("ix_competency_import_institution_id"))
        batch_op.drop_index(batch_op.f("ix_competency_import_framework_id"))

    op.drop_table("competency_import")
    with op.batch_alter_table("campus_wording", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campus_wording_written_by_id"))

    op.drop_table("campus_wording")
    with op.batch_alter_table("address_confirmation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_confirmation_person_id"))

    op.drop_table("address_confirmation")
    op.drop_table("mailbox_reading")
    with op.batch_alter_table("code_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_code_attempt_origin")
        batch_op.drop_index(batch_op.f("ix_code_attempt_attempted_at"))

    op.drop_table("code_attempt")
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
