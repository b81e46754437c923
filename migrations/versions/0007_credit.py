"""What policies, approvals, appeals, enrollments and registrar exports keep: see the models."""

import sqlalchemy as sa
from alembic import op

revision = "0007_credit"
down_revision = "0006_evidence"


def upgrade() -> None:
    op.create_table(
        "enrollment_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("lines_compared", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_of_lists", sa.String(length=64), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("lines_to_do", sa.Integer(), nullable=False),
        sa.Column("lines_done", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_enrollment_upload_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["person.id"], name=op.f("fk_enrollment_upload_done_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_enrollment_upload_institution_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollment_upload")),
        sa.UniqueConstraint("public_id", name=op.f("uq_enrollment_upload_public_id")),
    )
    with op.batch_alter_table("enrollment_upload", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enrollment_upload_created_by_id"), ["created_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_enrollment_upload_done_by_id"), ["done_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_enrollment_upload_institution_id"), ["institution_id"], unique=False
        )

    op.create_table(
        "registrar_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "undergraduate",
                "graduate",
                name="enrollment_level_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "scope",
            sa.Enum(
                "delta",
                "full",
                name="export_scope_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(sent_at IS NULL) = (sent_by_id IS NULL)",
            name=op.f("ck_registrar_export_sent_whole"),
        ),
        sa.CheckConstraint("row_count > 0", name=op.f("ck_registrar_export_rows")),
        sa.ForeignKeyConstraint(
            ["base_id"], ["registrar_export.id"], name=op.f("fk_registrar_export_base_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_registrar_export_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_registrar_export_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["person.id"], name=op.f("fk_registrar_export_sent_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["term.id"], name=op.f("fk_registrar_export_term_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrar_export")),
        sa.UniqueConstraint(
            "institution_id", "number", name=op.f("uq_registrar_export_institution_id_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_registrar_export_public_id")),
    )
    with op.batch_alter_table("registrar_export", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registrar_export_base_id"), ["base_id"], unique=False
        )
        batch_op.create_index(
            "ix_registrar_export_line", ["term_id", "level", "sent_at", "number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_registrar_export_made_by_id"), ["made_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_registrar_export_sent_by_id"), ["sent_by_id"], unique=False
        )

    op.create_table(
        "student_major",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("credits_thousandths", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("credits_thousandths > 0", name=op.f("ck_student_major_credits")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_student_major_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_student_major_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_student_major_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["person.id"], name=op.f("fk_student_major_removed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_student_major")),
        sa.UniqueConstraint("public_id", name=op.f("uq_student_major_public_id")),
    )
    with op.batch_alter_table("student_major", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_student_major_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_student_major_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_student_major_recorded_by_id"), ["recorded_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_student_major_removed_by_id"), ["removed_by_id"], unique=False
        )

    op.create_table(
        "approver_appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "chair",
                "registrar",
                name="approver_role_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("stands_in_for_id", sa.Integer(), nullable=True),
        sa.Column("appointed_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "course_id IS NULL OR program = ''", name=op.f("ck_approver_appointment_one_scope")
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on <= ends_on",
            name=op.f("ck_approver_appointment_dates"),
        ),
        sa.CheckConstraint(
            "stands_in_for_id IS NULL OR ends_on IS NOT NULL",
            name=op.f("ck_approver_appointment_ends"),
        ),
        sa.ForeignKeyConstraint(
            ["appointed_by_id"],
            ["person.id"],
            name=op.f("fk_approver_appointment_appointed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_approver_appointment_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_approver_appointment_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_approver_appointment_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["stands_in_for_id"],
            ["approver_appointment.id"],
            name=op.f("fk_approver_appointment_stands_in_for_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approver_appointment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_approver_appointment_public_id")),
    )
    with op.batch_alter_table("approver_appointment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_approver_appointment_appointed_by_id"),
            ["appointed_by_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_approver_appointment_course_id"), ["course_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_approver_appointment_institution_id"),
            ["institution_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_approver_appointment_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_approver_appointment_stands_in_for_id"),
            ["stands_in_for_id"],
            unique=False,
        )

    op.create_table(
        "course_crn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("crn", sa.String(length=32), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("chosen_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["person.id"], name=op.f("fk_course_crn_chosen_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_crn_course_id")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_course_crn_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_crn")),
        sa.UniqueConstraint("term_id", "crn", name=op.f("uq_course_crn_term_id_crn")),
    )
    with op.batch_alter_table("course_crn", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_course_crn_chosen_by_id"), ["chosen_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_course_crn_course_id"), ["course_id"], unique=False
        )

    op.create_table(
        "course_set_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("steps_done", sa.JSON(), nullable=False),
        sa.Column("used_defaults", sa.Boolean(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_set_up_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["person.id"], name=op.f("fk_course_set_up_done_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_set_up")),
        sa.UniqueConstraint("course_id", name=op.f("uq_course_set_up_course_id")),
    )
    with op.batch_alter_table("course_set_up", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_course_set_up_done_by_id"), ["done_by_id"], unique=False
        )

    op.create_table(
        "default_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=True),
        sa.Column("policy_version_id", sa.Integer(), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["person.id"], name=op.f("fk_default_policy_chosen_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_default_policy_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["policy_version_id"],
            ["credit_policy_version.id"],
            name=op.f("fk_default_policy_policy_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["term.id"], name=op.f("fk_default_policy_term_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_default_policy")),
    )
    with op.batch_alter_table("default_policy", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_default_policy_chosen_by_id"), ["chosen_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_default_policy_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_default_policy_policy_version_id"),
            ["policy_version_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_default_policy_term_id"), ["term_id"], unique=False
        )
        batch_op.create_index(
            "uq_default_policy_term",
            ["term_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND term_id IS NOT NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND term_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_default_policy_usual",
            ["institution_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND term_id IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND term_id IS NULL"),
        )

    op.create_table(
        "enrollment_upload_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "new",
                "changed",
                "same",
                "waiting",
                "unknown_crn",
                "left_out",
                "problem",
                name="line_kind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("is_unreadable", sa.Boolean(), nullable=False),
        sa.Column("sis_id", sa.Text(), nullable=False),
        sa.Column("crn", sa.String(length=32), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("course_name", sa.Text(), nullable=False),
        sa.Column("term_name", sa.Text(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("drops", sa.Boolean(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "undergraduate",
                "graduate",
                name="enrollment_level_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("credits_thousandths", sa.Integer(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=True),
        sa.Column("first_added_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_enrollment_upload_line_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_enrollment_upload_line_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["term.id"], name=op.f("fk_enrollment_upload_line_term_id")
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"],
            ["enrollment_upload.id"],
            name=op.f("fk_enrollment_upload_line_upload_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollment_upload_line")),
        sa.UniqueConstraint(
            "upload_id", "line", name=op.f("uq_enrollment_upload_line_upload_id_line")
        ),
    )
    with op.batch_alter_table("enrollment_upload_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enrollment_upload_line_course_id"), ["course_id"], unique=False
        )
        batch_op.create_index(
            "ix_enrollment_upload_line_kind", ["upload_id", "kind", "line"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_enrollment_upload_line_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            "ix_enrollment_upload_line_student",
            ["upload_id", "crn", "sis_id", "line"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_enrollment_upload_line_term_id"), ["term_id"], unique=False
        )

    op.create_table(
        "policy_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["based_on_id"],
            ["credit_policy_version.id"],
            name=op.f("fk_policy_draft_based_on_id"),
        ),
        sa.ForeignKeyConstraint(
            ["begun_by_id"], ["person.id"], name=op.f("fk_policy_draft_begun_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_policy_draft_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_policy_draft_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_id"],
            ["credit_policy_version.id"],
            name=op.f("fk_policy_draft_published_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_draft")),
        sa.UniqueConstraint("public_id", name=op.f("uq_policy_draft_public_id")),
    )
    with op.batch_alter_table("policy_draft", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_policy_draft_based_on_id"), ["based_on_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_policy_draft_begun_by_id"), ["begun_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_policy_draft_changed_by_id"), ["changed_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_policy_draft_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_policy_draft_published_id"), ["published_id"], unique=False
        )

    op.create_table(
        "waiting_enrollment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("sis_id", sa.Text(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("crn", sa.String(length=32), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "undergraduate",
                "graduate",
                name="enrollment_level_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("credits_thousandths", sa.Integer(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=True),
        sa.Column("first_added_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_waiting_enrollment_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["term.id"], name=op.f("fk_waiting_enrollment_term_id")
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"],
            ["enrollment_upload.id"],
            name=op.f("fk_waiting_enrollment_upload_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_enrollment")),
        sa.UniqueConstraint(
            "term_id", "crn", "sis_id", name=op.f("uq_waiting_enrollment_term_id_crn_sis_id")
        ),
    )
    with op.batch_alter_table("waiting_enrollment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_waiting_enrollment_sis_id", ["institution_id", "sis_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_waiting_enrollment_upload_id"), ["upload_id"], unique=False
        )

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
        "closing_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_case_id", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["credit_case_id"],
            ["credit_case.id"],
            name=op.f("fk_closing_proposal_credit_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["declined_by_id"], ["person.id"], name=op.f("fk_closing_proposal_declined_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_closing_proposal_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["reason_id"], ["erasable_text.id"], name=op.f("fk_closing_proposal_reason_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_proposal")),
    )
    with op.batch_alter_table("closing_proposal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_closing_proposal_declined_by_id"), ["declined_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_closing_proposal_proposed_by_id"), ["proposed_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_closing_proposal_reason_id"), ["reason_id"], unique=False
        )
        batch_op.create_index(
            "uq_closing_proposal_open",
            ["credit_case_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "hidden_listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["person.id"], name=op.f("fk_hidden_listing_chosen_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_hidden_listing_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_hidden_listing_listing_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hidden_listing")),
        sa.UniqueConstraint(
            "course_id", "listing_id", name=op.f("uq_hidden_listing_course_id_listing_id")
        ),
    )
    with op.batch_alter_table("hidden_listing", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hidden_listing_chosen_by_id"), ["chosen_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hidden_listing_listing_id"), ["listing_id"], unique=False
        )

    op.create_table(
        "instructor_delegation_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"],
            ["instructor_delegation.id"],
            name=op.f("fk_instructor_delegation_section_delegation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["course_section.id"],
            name=op.f("fk_instructor_delegation_section_section_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instructor_delegation_section")),
        sa.UniqueConstraint(
            "delegation_id",
            "section_id",
            name=op.f("uq_instructor_delegation_section_delegation_id_section_id"),
        ),
    )
    with op.batch_alter_table("instructor_delegation_section", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_instructor_delegation_section_section_id"),
            ["section_id"],
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
        "policy_dry_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("last_decision_id", sa.Integer(), nullable=False),
        sa.Column("after_case_id", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("not_checkable", sa.Integer(), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(term_id IS NULL) <> (course_id IS NULL)", name=op.f("ck_policy_dry_run_one_scope")
        ),
        sa.CheckConstraint(
            "looked_at >= 0 AND looked_at <= total", name=op.f("ck_policy_dry_run_looked_at")
        ),
        sa.ForeignKeyConstraint(
            ["begun_by_id"], ["person.id"], name=op.f("fk_policy_dry_run_begun_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_policy_dry_run_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["policy_draft.id"], name=op.f("fk_policy_dry_run_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["term.id"], name=op.f("fk_policy_dry_run_term_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_dry_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_policy_dry_run_public_id")),
    )
    with op.batch_alter_table("policy_dry_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_policy_dry_run_begun_by_id"), ["begun_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_policy_dry_run_course_id"), ["course_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_policy_dry_run_draft_id"), ["draft_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_policy_dry_run_term_id"), ["term_id"], unique=False
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
        "credit_acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_credit_acceptance_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_credit_acceptance_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_acceptance")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_credit_acceptance_decision_id")),
        info={"append_only": True},
    )
    with op.batch_alter_table("credit_acceptance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_credit_acceptance_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "policy_dry_run_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dry_run_id", sa.Integer(), nullable=False),
        sa.Column("credit_case_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column(
            "finding",
            sa.Enum(
                "changed",
                "not_checkable",
                name="finding_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("before_thousandths", sa.Integer(), nullable=False),
        sa.Column("after_thousandths", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["credit_case_id"],
            ["credit_case.id"],
            name=op.f("fk_policy_dry_run_row_credit_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_policy_dry_run_row_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["dry_run_id"],
            ["policy_dry_run.id"],
            name=op.f("fk_policy_dry_run_row_dry_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_dry_run_row")),
        sa.UniqueConstraint(
            "dry_run_id",
            "credit_case_id",
            name=op.f("uq_policy_dry_run_row_dry_run_id_credit_case_id"),
        ),
    )
    with op.batch_alter_table("policy_dry_run_row", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_policy_dry_run_row_credit_case_id"), ["credit_case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_policy_dry_run_row_decision_id"), ["decision_id"], unique=False
        )

    op.create_table(
        "appeal_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "student",
                "instructor",
                "reader",
                name="side_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("acting_for_id", sa.Integer(), nullable=True),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["acting_for_id"], ["person.id"], name=op.f("fk_appeal_statement_acting_for_id")
        ),
        sa.ForeignKeyConstraint(
            ["appeal_id"], ["appeal.id"], name=op.f("fk_appeal_statement_appeal_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_appeal_statement_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["erasable_text.id"], name=op.f("fk_appeal_statement_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal_statement")),
        info={"append_only": True},
    )
    with op.batch_alter_table("appeal_statement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appeal_statement_acting_for_id"), ["acting_for_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_appeal_statement_appeal_id"), ["appeal_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_appeal_statement_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_appeal_statement_text_id"), ["text_id"], unique=False
        )

    op.create_table(
        "credit_case_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("from_case_id", sa.Integer(), nullable=False),
        sa.Column("from_course_id", sa.Integer(), nullable=False),
        sa.Column("to_course_id", sa.Integer(), nullable=False),
        sa.Column("to_case_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "declined",
                "withdrawn",
                name="move_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'accepted') = (to_case_id IS NOT NULL)",
            name=op.f("ck_credit_case_move_accepted_whole"),
        ),
        sa.CheckConstraint(
            "(state = 'asked') = (answered_at IS NULL)",
            name=op.f("ck_credit_case_move_answer_whole"),
        ),
        sa.CheckConstraint(
            "from_course_id <> to_course_id", name=op.f("ck_credit_case_move_two_courses")
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["erasable_text.id"], name=op.f("fk_credit_case_move_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_credit_case_move_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_credit_case_move_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_case_id"], ["credit_case.id"], name=op.f("fk_credit_case_move_from_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_course_id"], ["course.id"], name=op.f("fk_credit_case_move_from_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_credit_case_move_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_credit_case_move_placement_id")
        ),
        sa.ForeignKeyConstraint(
            ["reason_id"], ["erasable_text.id"], name=op.f("fk_credit_case_move_reason_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_case_id"], ["credit_case.id"], name=op.f("fk_credit_case_move_to_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_course_id"], ["course.id"], name=op.f("fk_credit_case_move_to_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_case_move")),
        sa.UniqueConstraint("public_id", name=op.f("uq_credit_case_move_public_id")),
    )
    with op.batch_alter_table("credit_case_move", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_credit_case_move_answer_id"), ["answer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_credit_case_move_answered_by_id"), ["answered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_credit_case_move_asked_by_id"), ["asked_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_credit_case_move_from_case_id"), ["from_case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_credit_case_move_from_course_id"), ["from_course_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_credit_case_move_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_credit_case_move_reason_id"), ["reason_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_credit_case_move_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_credit_case_move_to_case_id"), ["to_case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_credit_case_move_to_course_id"), ["to_course_id"], unique=False
        )
        batch_op.create_index(
            "uq_credit_case_move_asked",
            ["placement_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "earlier_credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "credit",
                "nothing",
                "same_work",
                name="earlier_kind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("course_label", sa.Text(), nullable=False),
        sa.Column("credits_thousandths", sa.Integer(), nullable=False),
        sa.Column("earned_on", sa.Date(), nullable=True),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("consent_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'same_work') = (placement_id IS NOT NULL)",
            name=op.f("ck_earlier_credit_same_work_whole"),
        ),
        sa.CheckConstraint(
            "kind <> 'nothing' OR credits_thousandths = 0",
            name=op.f("ck_earlier_credit_credits_whole"),
        ),
        sa.CheckConstraint(
            "kind = 'same_work' OR consent_id IS NULL",
            name=op.f("ck_earlier_credit_consent_of_same_work"),
        ),
        sa.CheckConstraint("credits_thousandths >= 0", name=op.f("ck_earlier_credit_credits")),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["erasable_text.id"], name=op.f("fk_earlier_credit_consent_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_earlier_credit_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_earlier_credit_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_earlier_credit_placement_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_earlier_credit_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["person.id"], name=op.f("fk_earlier_credit_removed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_credit")),
        sa.UniqueConstraint("public_id", name=op.f("uq_earlier_credit_public_id")),
    )
    with op.batch_alter_table("earlier_credit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_earlier_credit_consent_id"), ["consent_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_earlier_credit_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_earlier_credit_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_earlier_credit_placement_id"), ["placement_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_earlier_credit_recorded_by_id"), ["recorded_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_earlier_credit_removed_by_id"), ["removed_by_id"], unique=False
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
        "term_thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_term_thanks_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_term_thanks_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_term_thanks_placement_id")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_term_thanks_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_thanks")),
        sa.UniqueConstraint(
            "term_id", "contact_id", name=op.f("uq_term_thanks_term_id_contact_id")
        ),
    )
    with op.batch_alter_table("term_thanks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_term_thanks_asked_by_id"), ["asked_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_term_thanks_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_term_thanks_placement_id"), ["placement_id"], unique=False
        )

    op.create_table(
        "tie_waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_tie_waiver_placement_id")
        ),
        sa.ForeignKeyConstraint(
            ["reason_id"], ["erasable_text.id"], name=op.f("fk_tie_waiver_reason_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_tie_waiver_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["person.id"], name=op.f("fk_tie_waiver_removed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie_waiver")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tie_waiver_public_id")),
    )
    with op.batch_alter_table("tie_waiver", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tie_waiver_placement_id"), ["placement_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_tie_waiver_reason_id"), ["reason_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_tie_waiver_recorded_by_id"), ["recorded_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_tie_waiver_removed_by_id"), ["removed_by_id"], unique=False
        )

    op.create_table(
        "evaluation_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "voice",
            sa.Enum(
                "student",
                "instructor",
                "office",
                name="voice_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(voice = 'student') = (answers_id IS NULL)",
            name=op.f("ck_evaluation_note_answer_named"),
        ),
        sa.ForeignKeyConstraint(
            ["answers_id"], ["evaluation_note.id"], name=op.f("fk_evaluation_note_answers_id")
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.id"], name=op.f("fk_evaluation_note_evaluation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_evaluation_note_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["erasable_text.id"], name=op.f("fk_evaluation_note_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_note")),
        sa.UniqueConstraint("answers_id", name=op.f("uq_evaluation_note_answers_id")),
        info={"append_only": True},
    )
    with op.batch_alter_table("evaluation_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evaluation_note_evaluation_id"), ["evaluation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_evaluation_note_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_evaluation_note_text_id"), ["text_id"], unique=False
        )

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

    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("public_id", sa.String(length=16), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "state_since",
                sa.DateTime(timezone=True),
                nullable=False,
                server_default=sa.text("CURRENT_TIMESTAMP"),
            )
        )
        batch_op.add_column(sa.Column("answered_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("acting_for_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("answer_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("version", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.drop_index(batch_op.f("ix_appeal_reader_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_statement_id"))
        batch_op.create_index(
            batch_op.f("ix_appeal_acting_for_id"), ["acting_for_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_appeal_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_appeal_answered_by_id"), ["answered_by_id"], unique=False
        )
        batch_op.create_index(
            "uq_appeal_open",
            ["credit_case_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_unique_constraint(batch_op.f("uq_appeal_public_id"), ["public_id"])
        batch_op.drop_constraint(batch_op.f("fk_appeal_reader_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_appeal_statement_id"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_appeal_answered_by_id"), "person", ["answered_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_appeal_acting_for_id"), "person", ["acting_for_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_appeal_answer_id"), "decision", ["answer_id"], ["id"]
        )
        batch_op.drop_column("reader_id")
        batch_op.drop_column("statement_id")

    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "keeps_grades_here", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )

    with op.batch_alter_table("credit_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("step", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(
            sa.Column(
                "awaits",
                sa.Enum(
                    "chair",
                    "registrar",
                    name="approver_role_known",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("resubmit_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("incomplete_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("accept_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("dropped_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "dropped_from",
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
                    name="dropped_from_known",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("mover", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("turns_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_credit_case_approvals",
            ["institution_id", "awaits", "state_since", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_credit_case_course_approvals",
            ["course_id", "awaits", "state_since", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_credit_case_mover", ["course_id", "mover", "state_since", "id"], unique=False
        )
        batch_op.create_index("ix_credit_case_turns", ["course_id", "turns_at"], unique=False)
        batch_op.create_index(
            "ix_credit_case_wait", ["course_id", "state_since", "id"], unique=False
        )

    with op.batch_alter_table("credit_case_placement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("left_out_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("left_out_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("left_out_reason_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_credit_case_placement_left_out_by_id"),
            ["left_out_by_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_credit_case_placement_left_out_reason_id"),
            ["left_out_reason_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_credit_case_placement_placement_id"), ["placement_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_credit_case_placement_left_out_reason_id"),
            "erasable_text",
            ["left_out_reason_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_credit_case_placement_left_out_by_id"),
            "person",
            ["left_out_by_id"],
            ["id"],
        )

    op.execute(
        "INSERT INTO default_policy"
        " (institution_id, policy_version_id, chosen_by_id, chosen_at)"
        " SELECT institution_id, id, created_by_id, created_at FROM credit_policy_version"
        " WHERE id IN (SELECT MAX(id) FROM credit_policy_version WHERE is_default"
        " GROUP BY institution_id)"
    )
    with op.batch_alter_table("credit_policy_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        batch_op.drop_column("is_default")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "as_role",
                sa.Enum(
                    "chair",
                    "registrar",
                    name="approver_role_known",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_decision_replaces_id"), ["replaces_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_decision_replaces_id"), "decision", ["replaces_id"], ["id"]
        )

    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("upload_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("department", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "level",
                sa.Enum(
                    "undergraduate",
                    "graduate",
                    name="enrollment_level_known",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("first_added_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("is_withdrawn", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.create_index(
            batch_op.f("ix_enrollment_upload_id"), ["upload_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_enrollment_upload_id"), "enrollment_upload", ["upload_id"], ["id"]
        )

    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evaluation_placement_id"), ["placement_id"], unique=False
        )

    with op.batch_alter_table("outbox_attempt", schema=None) as batch_op:
        batch_op.add_column(sa.Column("status", sa.Integer(), nullable=True))

    with op.batch_alter_table("registrar_row", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("export_id", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(
            sa.Column("position", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(
            sa.Column("credit_case_id", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(
            sa.Column("decided_by_name_id", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.create_index(
            batch_op.f("ix_registrar_row_credit_case_id"), ["credit_case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_registrar_row_decided_by_name_id"),
            ["decided_by_name_id"],
            unique=False,
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_registrar_row_export_id_credit_case_id"),
            ["export_id", "credit_case_id"],
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_registrar_row_export_id_position"), ["export_id", "position"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_registrar_row_export_id"), "registrar_export", ["export_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_registrar_row_decided_by_name_id"),
            "erasable_text",
            ["decided_by_name_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_registrar_row_credit_case_id"),
            "credit_case",
            ["credit_case_id"],
            ["id"],
        )
        batch_op.drop_column("export_number")
        batch_op.drop_column("exported_at")

    with op.batch_alter_table("supervision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_supervision_placement_id"), ["placement_id"], unique=False
        )

    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.add_column(sa.Column("last_add_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("withdraw_by_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("records_until", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("version", sa.Integer(), nullable=False, server_default="0")
        )

    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_term_census_within"),
            "census_on IS NULL OR (census_on >= starts_on AND census_on <= ends_on)",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_term_grades_due_after"),
            "grades_due_on IS NULL OR grades_due_on >= starts_on",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_term_last_add_within"),
            "last_add_on IS NULL OR (last_add_on >= starts_on AND last_add_on <= ends_on)",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_term_last_drop_within"),
            "last_drop_on IS NULL OR (last_drop_on >= starts_on AND last_drop_on <= ends_on)",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_term_withdraw_by_within"),
            "withdraw_by_on IS NULL OR (withdraw_by_on >= starts_on AND "
            "withdraw_by_on <= ends_on)",
        )

    with op.batch_alter_table("credit_case", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_credit_case_awaits_whole"),
            "(awaits IS NOT NULL) = (state IN ('in_approval', 'appealed'))",
        )
        batch_op.create_check_constraint(batch_op.f("ck_credit_case_step"), "step >= 1")

    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_appeal_answer_whole"), "(state = 'open') = (answered_at IS NULL)"
        )

    with op.batch_alter_table("credit_case_placement", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_credit_case_placement_left_out_whole"),
            "(left_out_at IS NULL) = (left_out_reason_id IS NULL)",
        )

    op.execute("UPDATE enrollment SET first_added_on = added_on")


def downgrade() -> None:
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_term_census_within"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_term_grades_due_after"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_term_last_add_within"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_term_last_drop_within"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_term_withdraw_by_within"), type_="check")

    with op.batch_alter_table("credit_case", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_credit_case_awaits_whole"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_credit_case_step"), type_="check")

    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_appeal_answer_whole"), type_="check")

    with op.batch_alter_table("credit_case_placement", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_credit_case_placement_left_out_whole"), type_="check"
        )

    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.drop_column("version")
        batch_op.drop_column("records_until")
        batch_op.drop_column("closed_at")
        batch_op.drop_column("withdraw_by_on")
        batch_op.drop_column("last_add_on")

    with op.batch_alter_table("supervision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supervision_placement_id"))

    with op.batch_alter_table("registrar_row", schema=None) as batch_op:
        batch_op.add_column(sa.Column("exported_at", sa.DATETIME(), nullable=False))
        batch_op.add_column(sa.Column("export_number", sa.INTEGER(), nullable=False))
        batch_op.drop_constraint(
            batch_op.f("fk_registrar_row_credit_case_id"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_registrar_row_decided_by_name_id"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("fk_registrar_row_export_id"), type_="foreignkey")
        batch_op.drop_constraint(
            batch_op.f("uq_registrar_row_export_id_position"), type_="unique"
        )
        batch_op.drop_constraint(
            batch_op.f("uq_registrar_row_export_id_credit_case_id"), type_="unique"
        )
        batch_op.drop_index(batch_op.f("ix_registrar_row_decided_by_name_id"))
        batch_op.drop_index(batch_op.f("ix_registrar_row_credit_case_id"))
        batch_op.drop_column("decided_by_name_id")
        batch_op.drop_column("credit_case_id")
        batch_op.drop_column("position")
        batch_op.drop_column("export_id")

    with op.batch_alter_table("outbox_attempt", schema=None) as batch_op:
        batch_op.drop_column("status")

    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evaluation_placement_id"))

    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_enrollment_upload_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_enrollment_upload_id"))
        batch_op.drop_column("is_withdrawn")
        batch_op.drop_column("first_added_on")
        batch_op.drop_column("level")
        batch_op.drop_column("department")
        batch_op.drop_column("upload_id")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_decision_replaces_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_decision_replaces_id"))
        batch_op.drop_column("replaces_id")
        batch_op.drop_column("as_role")

    with op.batch_alter_table("credit_policy_version", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_default", sa.BOOLEAN(), nullable=False, server_default=sa.false())
        )
        batch_op.drop_column("note")

    with op.batch_alter_table("credit_case_placement", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_credit_case_placement_left_out_by_id"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_credit_case_placement_left_out_reason_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_credit_case_placement_placement_id"))
        batch_op.drop_index(batch_op.f("ix_credit_case_placement_left_out_reason_id"))
        batch_op.drop_index(batch_op.f("ix_credit_case_placement_left_out_by_id"))
        batch_op.drop_column("left_out_reason_id")
        batch_op.drop_column("left_out_by_id")
        batch_op.drop_column("left_out_at")

    with op.batch_alter_table("credit_case", schema=None) as batch_op:
        batch_op.drop_index("ix_credit_case_wait")
        batch_op.drop_index("ix_credit_case_turns")
        batch_op.drop_index("ix_credit_case_mover")
        batch_op.drop_index("ix_credit_case_course_approvals")
        batch_op.drop_index("ix_credit_case_approvals")
        batch_op.drop_column("turns_at")
        batch_op.drop_column("mover")
        batch_op.drop_column("dropped_from")
        batch_op.drop_column("dropped_on")
        batch_op.drop_column("accept_by")
        batch_op.drop_column("incomplete_until")
        batch_op.drop_column("resubmit_by")
        batch_op.drop_column("awaits")
        batch_op.drop_column("step")

    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.drop_column("keeps_grades_here")

    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("statement_id", sa.INTEGER(), nullable=False))
        batch_op.add_column(sa.Column("reader_id", sa.INTEGER(), nullable=True))
        batch_op.drop_constraint(batch_op.f("fk_appeal_answer_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_appeal_acting_for_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_appeal_answered_by_id"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_appeal_statement_id"), "erasable_text", ["statement_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_appeal_reader_id"), "person", ["reader_id"], ["id"]
        )
        batch_op.drop_constraint(batch_op.f("uq_appeal_public_id"), type_="unique")
        batch_op.drop_index(
            "uq_appeal_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_appeal_answered_by_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_answer_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_acting_for_id"))
        batch_op.create_index(
            batch_op.f("ix_appeal_statement_id"), ["statement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_appeal_reader_id"), ["reader_id"], unique=False)
        batch_op.drop_column("version")
        batch_op.drop_column("answer_id")
        batch_op.drop_column("acting_for_id")
        batch_op.drop_column("answered_by_id")
        batch_op.drop_column("state_since")
        batch_op.drop_column("public_id")

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
    with op.batch_alter_table("evaluation_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evaluation_note_text_id"))
        batch_op.drop_index(batch_op.f("ix_evaluation_note_person_id"))
        batch_op.drop_index(batch_op.f("ix_evaluation_note_evaluation_id"))

    op.drop_table("evaluation_note")
    with op.batch_alter_table("tie_waiver", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tie_waiver_removed_by_id"))
        batch_op.drop_index(batch_op.f("ix_tie_waiver_recorded_by_id"))
        batch_op.drop_index(batch_op.f("ix_tie_waiver_reason_id"))
        batch_op.drop_index(batch_op.f("ix_tie_waiver_placement_id"))

    op.drop_table("tie_waiver")
    with op.batch_alter_table("term_thanks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_term_thanks_placement_id"))
        batch_op.drop_index(batch_op.f("ix_term_thanks_contact_id"))
        batch_op.drop_index(batch_op.f("ix_term_thanks_asked_by_id"))

    op.drop_table("term_thanks")
    with op.batch_alter_table("return_pin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_return_pin_text_id"))
        batch_op.drop_index(batch_op.f("ix_return_pin_placement_id"))

    op.drop_table("return_pin")
    with op.batch_alter_table("earlier_credit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_earlier_credit_removed_by_id"))
        batch_op.drop_index(batch_op.f("ix_earlier_credit_recorded_by_id"))
        batch_op.drop_index(batch_op.f("ix_earlier_credit_placement_id"))
        batch_op.drop_index(batch_op.f("ix_earlier_credit_person_id"))
        batch_op.drop_index(batch_op.f("ix_earlier_credit_institution_id"))
        batch_op.drop_index(batch_op.f("ix_earlier_credit_consent_id"))

    op.drop_table("earlier_credit")
    with op.batch_alter_table("credit_case_move", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_credit_case_move_asked",
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.drop_index(batch_op.f("ix_credit_case_move_to_course_id"))
        batch_op.drop_index(batch_op.f("ix_credit_case_move_to_case_id"))
        batch_op.drop_index(batch_op.f("ix_credit_case_move_state"))
        batch_op.drop_index(batch_op.f("ix_credit_case_move_reason_id"))
        batch_op.drop_index(batch_op.f("ix_credit_case_move_institution_id"))
        batch_op.drop_index(batch_op.f("ix_credit_case_move_from_course_id"))
        batch_op.drop_index(batch_op.f("ix_credit_case_move_from_case_id"))
        batch_op.drop_index(batch_op.f("ix_credit_case_move_asked_by_id"))
        batch_op.drop_index(batch_op.f("ix_credit_case_move_answered_by_id"))
        batch_op.drop_index(batch_op.f("ix_credit_case_move_answer_id"))

    op.drop_table("credit_case_move")
    with op.batch_alter_table("appeal_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appeal_statement_text_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_statement_person_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_statement_appeal_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_statement_acting_for_id"))

    op.drop_table("appeal_statement")
    with op.batch_alter_table("policy_dry_run_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_policy_dry_run_row_decision_id"))
        batch_op.drop_index(batch_op.f("ix_policy_dry_run_row_credit_case_id"))

    op.drop_table("policy_dry_run_row")
    with op.batch_alter_table("credit_acceptance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_acceptance_person_id"))

    op.drop_table("credit_acceptance")
    op.drop_table("academic_level")
    with op.batch_alter_table("policy_dry_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_policy_dry_run_term_id"))
        batch_op.drop_index(batch_op.f("ix_policy_dry_run_draft_id"))
        batch_op.drop_index(batch_op.f("ix_policy_dry_run_course_id"))
        batch_op.drop_index(batch_op.f("ix_policy_dry_run_begun_by_id"))

    op.drop_table("policy_dry_run")
    with op.batch_alter_table("midpoint_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_midpoint_comment_written_by_id"))
        batch_op.drop_index(batch_op.f("ix_midpoint_comment_text_id"))
        batch_op.drop_index(batch_op.f("ix_midpoint_comment_credit_case_id"))
        batch_op.drop_index(batch_op.f("ix_midpoint_comment_acting_for_id"))

    op.drop_table("midpoint_comment")
    with op.batch_alter_table("instructor_delegation_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instructor_delegation_section_section_id"))

    op.drop_table("instructor_delegation_section")
    with op.batch_alter_table("hidden_listing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hidden_listing_listing_id"))
        batch_op.drop_index(batch_op.f("ix_hidden_listing_chosen_by_id"))

    op.drop_table("hidden_listing")
    with op.batch_alter_table("closing_proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_closing_proposal_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_closing_proposal_reason_id"))
        batch_op.drop_index(batch_op.f("ix_closing_proposal_proposed_by_id"))
        batch_op.drop_index(batch_op.f("ix_closing_proposal_declined_by_id"))

    op.drop_table("closing_proposal")
    with op.batch_alter_table("academic_assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_academic_assessment_policy_version_id"))
        batch_op.drop_index(batch_op.f("ix_academic_assessment_comment_id"))
        batch_op.drop_index(batch_op.f("ix_academic_assessment_assessed_by_id"))
        batch_op.drop_index(batch_op.f("ix_academic_assessment_acting_for_id"))

    op.drop_table("academic_assessment")
    with op.batch_alter_table("waiting_enrollment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_enrollment_upload_id"))
        batch_op.drop_index("ix_waiting_enrollment_sis_id")

    op.drop_table("waiting_enrollment")
    with op.batch_alter_table("policy_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_policy_draft_published_id"))
        batch_op.drop_index(batch_op.f("ix_policy_draft_institution_id"))
        batch_op.drop_index(batch_op.f("ix_policy_draft_changed_by_id"))
        batch_op.drop_index(batch_op.f("ix_policy_draft_begun_by_id"))
        batch_op.drop_index(batch_op.f("ix_policy_draft_based_on_id"))

    op.drop_table("policy_draft")
    with op.batch_alter_table("enrollment_upload_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrollment_upload_line_term_id"))
        batch_op.drop_index("ix_enrollment_upload_line_student")
        batch_op.drop_index(batch_op.f("ix_enrollment_upload_line_person_id"))
        batch_op.drop_index("ix_enrollment_upload_line_kind")
        batch_op.drop_index(batch_op.f("ix_enrollment_upload_line_course_id"))

    op.drop_table("enrollment_upload_line")
    with op.batch_alter_table("default_policy", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_default_policy_usual",
            sqlite_where=sa.text("ended_at IS NULL AND term_id IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND term_id IS NULL"),
        )
        batch_op.drop_index(
            "uq_default_policy_term",
            sqlite_where=sa.text("ended_at IS NULL AND term_id IS NOT NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND term_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_default_policy_term_id"))
        batch_op.drop_index(batch_op.f("ix_default_policy_policy_version_id"))
        batch_op.drop_index(batch_op.f("ix_default_policy_institution_id"))
        batch_op.drop_index(batch_op.f("ix_default_policy_chosen_by_id"))

    op.drop_table("default_policy")
    with op.batch_alter_table("course_set_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_set_up_done_by_id"))

    op.drop_table("course_set_up")
    with op.batch_alter_table("course_crn", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_crn_course_id"))
        batch_op.drop_index(batch_op.f("ix_course_crn_chosen_by_id"))

    op.drop_table("course_crn")
    with op.batch_alter_table("approver_appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approver_appointment_stands_in_for_id"))
        batch_op.drop_index(batch_op.f("ix_approver_appointment_person_id"))
        batch_op.drop_index(batch_op.f("ix_approver_appointment_institution_id"))
        batch_op.drop_index(batch_op.f("ix_approver_appointment_course_id"))
        batch_op.drop_index(batch_op.f("ix_approver_appointment_appointed_by_id"))

    op.drop_table("approver_appointment")
    with op.batch_alter_table("student_major", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_student_major_removed_by_id"))
        batch_op.drop_index(batch_op.f("ix_student_major_recorded_by_id"))
        batch_op.drop_index(batch_op.f("ix_student_major_person_id"))
        batch_op.drop_index(batch_op.f("ix_student_major_institution_id"))

    op.drop_table("student_major")
    with op.batch_alter_table("registrar_export", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registrar_export_sent_by_id"))
        batch_op.drop_index(batch_op.f("ix_registrar_export_made_by_id"))
        batch_op.drop_index("ix_registrar_export_line")
        batch_op.drop_index(batch_op.f("ix_registrar_export_base_id"))

    op.drop_table("registrar_export")
    with op.batch_alter_table("enrollment_upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrollment_upload_institution_id"))
        batch_op.drop_index(batch_op.f("ix_enrollment_upload_done_by_id"))
        batch_op.drop_index(batch_op.f("ix_enrollment_upload_created_by_id"))

    op.drop_table("enrollment_upload")
