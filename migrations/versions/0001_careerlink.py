"""Tables of the base package."""

import sqlalchemy as sa
from alembic import op

revision = "0001_careerlink"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit_seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_ids", sa.JSON(), nullable=False),
        sa.Column("entry_macs", sa.JSON(), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.Column("settled_id", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_seal")),
        sa.UniqueConstraint("number", name=op.f("uq_audit_seal_number")),
        info={"append_only": True},
    )
    op.create_table(
        "erasable_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(text IS NULL) = (erased_at IS NOT NULL)",
            name=op.f("ck_erasable_text_erased_whole"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasable_text")),
    )
    op.create_table(
        "institution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=63), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("fee_floor_minor", sa.Integer(), nullable=False),
        sa.Column("office_email", sa.Text(), nullable=True),
        sa.Column("approvers_named", sa.Boolean(), nullable=False),
        sa.Column("shared_sis", sa.Boolean(), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=False),
        sa.Column("has_sample_data", sa.Boolean(), nullable=False),
        sa.CheckConstraint("fee_floor_minor >= 0", name=op.f("ck_institution_fee_floor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution")),
        sa.UniqueConstraint("slug", name=op.f("uq_institution_slug")),
    )
    op.create_table(
        "objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_objective_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
        sa.UniqueConstraint(
            "institution_id", "uri", name=op.f("uq_objective_institution_id_uri")
        ),
    )
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "company",
                "nonprofit",
                "public_body",
                name="partner_kind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "under_review",
                "approved",
                "paused",
                "declined",
                name="partner_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'approved' OR (approved_until IS NOT NULL AND approved_at IS NOT NULL)",
            name=op.f("ck_partner_approval_dated"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_partner_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint(
            "institution_id", "name", name=op.f("uq_partner_institution_id_name")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_partner_public_id")),
    )
    op.create_index("ix_partner_domain", "partner", ["institution_id", "domain"], unique=False)
    op.create_index(
        "ix_partner_likeness", "partner", ["institution_id", "name_key"], unique=False
    )
    op.create_index(op.f("ix_partner_state"), "partner", ["state"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("sis_id", sa.Text(), nullable=True),
        sa.Column("locale", sa.String(length=16), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=True),
        sa.Column("campus_subject", sa.Text(), nullable=True),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_person_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("campus_subject", name=op.f("uq_person_campus_subject")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    op.create_index(op.f("ix_person_email"), "person", ["email"], unique=False)
    op.create_index(
        op.f("ix_person_institution_id"), "person", ["institution_id"], unique=False
    )
    op.create_index(op.f("ix_person_sis_id"), "person", ["sis_id"], unique=False)
    op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_skill_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint(
            "institution_id", "slug", name=op.f("uq_skill_institution_id_slug")
        ),
    )
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("census_on", sa.Date(), nullable=True),
        sa.Column("last_drop_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("grades_due_on", sa.Date(), nullable=True),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_term_order")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_term_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("institution_id", "code", name=op.f("uq_term_institution_id_code")),
    )
    op.create_index(op.f("ix_term_institution_id"), "term", ["institution_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=127), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_attachment_size")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_attachment_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_attachment_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attachment_public_id")),
    )
    op.create_index(
        op.f("ix_attachment_institution_id"), "attachment", ["institution_id"], unique=False
    )
    op.create_index(
        op.f("ix_attachment_uploaded_by_id"), "attachment", ["uploaded_by_id"], unique=False
    )
    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["copied_from_id"], ["course.id"], name=op.f("fk_course_copied_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_course_institution_id")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_course_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("public_id", name=op.f("uq_course_public_id")),
    )
    op.create_index(
        op.f("ix_course_copied_from_id"), "course", ["copied_from_id"], unique=False
    )
    op.create_index(
        op.f("ix_course_institution_id"), "course", ["institution_id"], unique=False
    )
    op.create_index(op.f("ix_course_term_id"), "course", ["term_id"], unique=False)
    op.create_table(
        "notification_preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=48), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notification_preference_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification_preference")),
        sa.UniqueConstraint(
            "person_id", "event", name=op.f("uq_notification_preference_person_id_event")
        ),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("target", sa.String(length=255), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sending",
                "delivered",
                "failed",
                "superseded",
                name="delivery_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("most_attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["person.id"], name=op.f("fk_outbox_message_done_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_outbox_message_institution_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
    )
    op.create_index(
        op.f("ix_outbox_message_done_by_id"), "outbox_message", ["done_by_id"], unique=False
    )
    op.create_index(
        "ix_outbox_message_due", "outbox_message", ["state", "due_at"], unique=False
    )
    op.create_index(
        op.f("ix_outbox_message_institution_id"),
        "outbox_message",
        ["institution_id"],
        unique=False,
    )
    op.create_index(op.f("ix_outbox_message_state"), "outbox_message", ["state"], unique=False)
    op.create_index(
        "ix_outbox_message_target", "outbox_message", ["kind", "target", "id"], unique=False
    )
    op.create_table(
        "partner_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=48), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "passed",
                "failed",
                "not_applicable",
                name="check_outcome_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["person.id"], name=op.f("fk_partner_check_checked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_partner_check_partner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_check")),
    )
    op.create_index(
        op.f("ix_partner_check_checked_by_id"), "partner_check", ["checked_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_partner_check_partner_id"), "partner_check", ["partner_id"], unique=False
    )
    op.create_table(
        "partner_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_partner_contact_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["person.id"], name=op.f("fk_partner_contact_verified_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_contact")),
        sa.UniqueConstraint(
            "institution_id", "email", name=op.f("uq_partner_contact_institution_id_email")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_partner_contact_public_id")),
    )
    op.create_index(
        op.f("ix_partner_contact_verified_by_id"),
        "partner_contact",
        ["verified_by_id"],
        unique=False,
    )
    op.create_table(
        "person_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "staff",
                "auditor",
                "admin",
                name="office_role_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["person.id"], name=op.f("fk_person_role_granted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_person_role_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_role_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_role")),
    )
    op.create_index(
        op.f("ix_person_role_granted_by_id"), "person_role", ["granted_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_person_role_institution_id"), "person_role", ["institution_id"], unique=False
    )
    op.create_index(
        op.f("ix_person_role_person_id"), "person_role", ["person_id"], unique=False
    )
    op.create_index(
        "uq_person_role_granted",
        "person_role",
        ["institution_id", "email", "role"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "person_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_skill_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_person_skill_skill_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_skill")),
        sa.UniqueConstraint(
            "person_id", "skill_id", name=op.f("uq_person_skill_person_id_skill_id")
        ),
    )
    op.create_index(
        op.f("ix_person_skill_skill_id"), "person_skill", ["skill_id"], unique=False
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject_type", sa.String(length=48), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.String(length=32), nullable=True),
        sa.Column("after", sa.String(length=32), nullable=True),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.Column("reason_hash", sa.String(length=64), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_audit_entry_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_audit_entry_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_audit_entry_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["reason_id"], ["erasable_text.id"], name=op.f("fk_audit_entry_reason_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        info={"append_only": True},
    )
    op.create_index("ix_audit_entry_actor", "audit_entry", ["actor_id", "id"], unique=False)
    op.create_index(
        op.f("ix_audit_entry_contact_id"), "audit_entry", ["contact_id"], unique=False
    )
    op.create_index(
        op.f("ix_audit_entry_institution_id"), "audit_entry", ["institution_id"], unique=False
    )
    op.create_index(
        op.f("ix_audit_entry_reason_id"), "audit_entry", ["reason_id"], unique=False
    )
    op.create_index(
        "ix_audit_entry_subject",
        "audit_entry",
        ["subject_type", "subject_id", "id"],
        unique=False,
    )
    op.create_table(
        "course_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
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
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approver_named_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approver_named_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["approver_named_by_id"],
            ["person.id"],
            name=op.f("fk_course_member_approver_named_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_member_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_course_member_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_member")),
        sa.UniqueConstraint(
            "course_id", "person_id", name=op.f("uq_course_member_course_id_person_id")
        ),
    )
    op.create_index(
        op.f("ix_course_member_approver_named_by_id"),
        "course_member",
        ["approver_named_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_course_member_person_id"), "course_member", ["person_id"], unique=False
    )
    op.create_table(
        "course_objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_objective_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objective.id"], name=op.f("fk_course_objective_objective_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_objective")),
        sa.UniqueConstraint(
            "course_id", "objective_id", name=op.f("uq_course_objective_course_id_objective_id")
        ),
    )
    op.create_index(
        op.f("ix_course_objective_objective_id"),
        "course_objective",
        ["objective_id"],
        unique=False,
    )
    op.create_table(
        "course_roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_roster_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_roster")),
        sa.UniqueConstraint(
            "course_id", "source", name=op.f("uq_course_roster_course_id_source")
        ),
    )
    op.create_table(
        "course_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("sis_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_section_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_section")),
        sa.UniqueConstraint(
            "course_id", "sis_id", name=op.f("uq_course_section_course_id_sis_id")
        ),
    )
    op.create_index(
        op.f("ix_course_section_course_id"), "course_section", ["course_id"], unique=False
    )
    op.create_table(
        "listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "published",
                "closed",
                "withdrawn",
                name="listing_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("deliverable", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("learns", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("supervision", sa.Text(), nullable=False),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("apply_by", sa.Date(), nullable=True),
        sa.Column("fee_minor", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
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
            nullable=False,
        ),
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
            nullable=False,
        ),
        sa.Column("floor_exception", sa.Text(), nullable=False),
        sa.Column("is_remote", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
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
            nullable=False,
        ),
        sa.Column("has_nda", sa.Boolean(), nullable=False),
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
            nullable=False,
        ),
        sa.Column("data_access", sa.Text(), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("slots_held", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state <> 'published' OR published_at IS NOT NULL",
            name=op.f("ck_listing_published_dated"),
        ),
        sa.CheckConstraint("fee_minor >= 0", name=op.f("ck_listing_fee")),
        sa.CheckConstraint("planned_minutes > 0", name=op.f("ck_listing_planned_minutes")),
        sa.CheckConstraint("slots >= 1", name=op.f("ck_listing_slots")),
        sa.CheckConstraint(
            "slots_held BETWEEN 0 AND slots", name=op.f("ck_listing_slots_held")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_listing_dates")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_listing_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_listing_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_listing_partner_id")
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["partner_contact.id"], name=op.f("fk_listing_supervisor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing")),
        sa.UniqueConstraint("public_id", name=op.f("uq_listing_public_id")),
    )
    op.create_index(
        "ix_listing_board", "listing", ["institution_id", "state", "published_at"], unique=False
    )
    op.create_index(
        op.f("ix_listing_created_by_id"), "listing", ["created_by_id"], unique=False
    )
    op.create_index(op.f("ix_listing_partner_id"), "listing", ["partner_id"], unique=False)
    op.create_index(op.f("ix_listing_state"), "listing", ["state"], unique=False)
    op.create_index(
        op.f("ix_listing_supervisor_id"), "listing", ["supervisor_id"], unique=False
    )
    op.create_table(
        "outbox_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "delivered",
                "retry",
                "failed",
                "broke_off",
                name="attempt_outcome_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox_message.id"], name=op.f("fk_outbox_attempt_message_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_attempt")),
    )
    op.create_index(
        op.f("ix_outbox_attempt_message_id"), "outbox_attempt", ["message_id"], unique=False
    )
    op.create_table(
        "partner_contact_partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["partner_contact.id"],
            name=op.f("fk_partner_contact_partner_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_partner_contact_partner_partner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_contact_partner")),
        sa.UniqueConstraint(
            "partner_id",
            "contact_id",
            name=op.f("uq_partner_contact_partner_partner_id_contact_id"),
        ),
    )
    op.create_index(
        op.f("ix_partner_contact_partner_contact_id"),
        "partner_contact_partner",
        ["contact_id"],
        unique=False,
    )
    op.create_table(
        "partner_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "affiliation_agreement",
                "nda",
                "insurance",
                "other",
                name="document_kind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_partner_document_added_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_partner_document_attachment_id")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_partner_document_partner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_document")),
    )
    op.create_index(
        op.f("ix_partner_document_added_by_id"),
        "partner_document",
        ["added_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_partner_document_attachment_id"),
        "partner_document",
        ["attachment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_partner_document_partner_id"), "partner_document", ["partner_id"], unique=False
    )
    op.create_table(
        "enrollment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("term_id", sa.Integer(), nullable=True),
        sa.Column("crn", sa.String(length=32), nullable=False),
        sa.Column("credits_thousandths", sa.Integer(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.CheckConstraint("credits_thousandths >= 0", name=op.f("ck_enrollment_credits")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_enrollment_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_enrollment_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["course_section.id"], name=op.f("fk_enrollment_section_id")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_enrollment_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollment")),
        sa.UniqueConstraint(
            "course_id", "person_id", "crn", name=op.f("uq_enrollment_course_id_person_id_crn")
        ),
    )
    op.create_index(op.f("ix_enrollment_person_id"), "enrollment", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_enrollment_section_id"), "enrollment", ["section_id"], unique=False
    )
    op.create_index(op.f("ix_enrollment_term_id"), "enrollment", ["term_id"], unique=False)
    op.create_table(
        "listing_objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_objective_listing_id")
        ),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objective.id"], name=op.f("fk_listing_objective_objective_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_objective")),
        sa.UniqueConstraint(
            "listing_id",
            "objective_id",
            name=op.f("uq_listing_objective_listing_id_objective_id"),
        ),
    )
    op.create_index(
        op.f("ix_listing_objective_objective_id"),
        "listing_objective",
        ["objective_id"],
        unique=False,
    )
    op.create_table(
        "listing_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("term_id", sa.Integer(), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "course_id IS NULL OR term_id IS NULL", name=op.f("ck_listing_release_one_scope")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_listing_release_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_release_listing_id")
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["person.id"], name=op.f("fk_listing_release_released_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["term.id"], name=op.f("fk_listing_release_term_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_release")),
    )
    op.create_index(
        "ix_listing_release_course",
        "listing_release",
        ["course_id", "withdrawn_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_listing_release_listing_id"), "listing_release", ["listing_id"], unique=False
    )
    op.create_index(
        op.f("ix_listing_release_released_by_id"),
        "listing_release",
        ["released_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_listing_release_term_id"), "listing_release", ["term_id"], unique=False
    )
    op.create_table(
        "listing_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_skill_listing_id")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_listing_skill_skill_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_skill")),
        sa.UniqueConstraint(
            "listing_id", "skill_id", name=op.f("uq_listing_skill_listing_id_skill_id")
        ),
    )
    op.create_index(
        op.f("ix_listing_skill_skill_id"), "listing_skill", ["skill_id"], unique=False
    )
    op.create_table(
        "listing_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_listing_version_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_version_listing_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_version")),
        sa.UniqueConstraint(
            "listing_id", "number", name=op.f("uq_listing_version_listing_id_number")
        ),
    )
    op.create_index(
        op.f("ix_listing_version_created_by_id"),
        "listing_version",
        ["created_by_id"],
        unique=False,
    )
    op.create_table(
        "saved_listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_saved_listing_listing_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_saved_listing_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_listing")),
        sa.UniqueConstraint(
            "person_id", "listing_id", name=op.f("uq_saved_listing_person_id_listing_id")
        ),
    )
    op.create_index(
        op.f("ix_saved_listing_listing_id"), "saved_listing", ["listing_id"], unique=False
    )
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("listing_version_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "wait_listed",
                "offered",
                "accepted",
                "declined",
                "not_selected",
                "withdrawn",
                "expired",
                name="application_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state = 'draft' OR submitted_at IS NOT NULL OR state = 'withdrawn'",
            name=op.f("ck_application_submitted_dated"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_application_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_application_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_application_listing_id")
        ),
        sa.ForeignKeyConstraint(
            ["listing_version_id"],
            ["listing_version.id"],
            name=op.f("fk_application_listing_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_application_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("public_id", name=op.f("uq_application_public_id")),
    )
    op.create_index(
        op.f("ix_application_course_id"), "application", ["course_id"], unique=False
    )
    op.create_index(
        op.f("ix_application_institution_id"), "application", ["institution_id"], unique=False
    )
    op.create_index(
        op.f("ix_application_listing_id"), "application", ["listing_id"], unique=False
    )
    op.create_index(
        op.f("ix_application_listing_version_id"),
        "application",
        ["listing_version_id"],
        unique=False,
    )
    op.create_index(op.f("ix_application_state"), "application", ["state"], unique=False)
    op.create_index(
        "uq_application_live",
        "application",
        ["person_id", "listing_id"],
        unique=True,
        sqlite_where=sa.text(
            "state NOT IN ('declined', 'not_selected', 'withdrawn', 'expired')"
        ),
        postgresql_where=sa.text(
            "state NOT IN ('declined', 'not_selected', 'withdrawn', 'expired')"
        ),
    )
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "declined",
                "expired",
                "void",
                name="offer_state_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (answered_at IS NULL)", name=op.f("ck_offer_answer_whole")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_offer_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_offer_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index(op.f("ix_offer_answer_by"), "offer", ["answer_by"], unique=False)
    op.create_index(op.f("ix_offer_application_id"), "offer", ["application_id"], unique=False)
    op.create_index(op.f("ix_offer_made_by_id"), "offer", ["made_by_id"], unique=False)
    op.create_index(op.f("ix_offer_state"), "offer", ["state"], unique=False)
    op.create_index(
        "uq_offer_open",
        "offer",
        ["application_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=True),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("deliverable", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "active",
                "work_completed",
                "closed",
                "ended_early",
                "cancelled",
                name="placement_state_known",
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
        sa.Column("fee_minor", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("fee_minor >= 0", name=op.f("ck_placement_fee")),
        sa.CheckConstraint("planned_minutes > 0", name=op.f("ck_placement_planned_minutes")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_placement_dates")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_placement_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_placement_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_placement_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_placement_listing_id")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_placement_partner_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_placement_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("application_id", name=op.f("uq_placement_application_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_placement_public_id")),
    )
    op.create_index(
        "ix_placement_course_person", "placement", ["course_id", "person_id"], unique=False
    )
    op.create_index(
        op.f("ix_placement_institution_id"), "placement", ["institution_id"], unique=False
    )
    op.create_index(op.f("ix_placement_listing_id"), "placement", ["listing_id"], unique=False)
    op.create_index(op.f("ix_placement_partner_id"), "placement", ["partner_id"], unique=False)
    op.create_index(op.f("ix_placement_person_id"), "placement", ["person_id"], unique=False)
    op.create_index(op.f("ix_placement_state"), "placement", ["state"], unique=False)
    op.create_table(
        "access_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "placement",
                "students",
                name="link_purpose_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(purpose = 'placement') = (placement_id IS NOT NULL)",
            name=op.f("ck_access_link_purpose_bound"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_access_link_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_access_link_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_access_link_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_access_link_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_link_token_hash")),
    )
    op.create_index(
        op.f("ix_access_link_contact_id"), "access_link", ["contact_id"], unique=False
    )
    op.create_index(
        op.f("ix_access_link_institution_id"), "access_link", ["institution_id"], unique=False
    )
    op.create_index(
        op.f("ix_access_link_placement_id"), "access_link", ["placement_id"], unique=False
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "application",
                "supervision",
                name="consent_purpose_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("records", sa.JSON(), nullable=False),
        sa.Column("purpose_text", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("text_version", sa.String(length=32), nullable=False),
        sa.Column("signed_name", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(application_id IS NULL) <> (placement_id IS NULL)",
            name=op.f("ck_consent_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_consent_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_consent_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(
        op.f("ix_consent_application_id"), "consent", ["application_id"], unique=False
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_index(op.f("ix_consent_placement_id"), "consent", ["placement_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_message_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_message_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(op.f("ix_message_author_id"), "message", ["author_id"], unique=False)
    op.create_index(op.f("ix_message_placement_id"), "message", ["placement_id"], unique=False)
    op.create_table(
        "supervision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_supervision_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_supervision_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
    )
    op.create_index(
        op.f("ix_supervision_contact_id"), "supervision", ["contact_id"], unique=False
    )
    op.create_index(
        "uq_supervision_current",
        "supervision",
        ["placement_id", "contact_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("access_link_id", sa.Integer(), nullable=True),
        sa.Column("consent_id", sa.Integer(), nullable=True),
        sa.Column("records", sa.JSON(), nullable=False),
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("disclosed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["access_link_id"], ["access_link.id"], name=op.f("fk_disclosure_access_link_id")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_disclosure_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_disclosure_consent_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["partner_contact.id"], name=op.f("fk_disclosure_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_disclosure_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_disclosure_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_disclosure_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
    )
    op.create_index(
        op.f("ix_disclosure_access_link_id"), "disclosure", ["access_link_id"], unique=False
    )
    op.create_index(
        op.f("ix_disclosure_application_id"), "disclosure", ["application_id"], unique=False
    )
    op.create_index(
        op.f("ix_disclosure_consent_id"), "disclosure", ["consent_id"], unique=False
    )
    op.create_index(
        op.f("ix_disclosure_contact_id"), "disclosure", ["contact_id"], unique=False
    )
    op.create_index(
        op.f("ix_disclosure_institution_id"), "disclosure", ["institution_id"], unique=False
    )
    op.create_index(op.f("ix_disclosure_person_id"), "disclosure", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_disclosure_placement_id"), "disclosure", ["placement_id"], unique=False
    )
    op.create_table(
        "login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("access_link_id", sa.Integer(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["access_link_id"], ["access_link.id"], name=op.f("fk_login_session_access_link_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_login_session_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    op.create_index(
        op.f("ix_login_session_access_link_id"),
        "login_session",
        ["access_link_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_login_session_expires_at"), "login_session", ["expires_at"], unique=False
    )
    op.create_index(
        op.f("ix_login_session_person_id"), "login_session", ["person_id"], unique=False
    )
    op.create_table(
        "login_session_course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_session_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
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
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_login_session_course_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["login_session_id"],
            ["login_session.id"],
            name=op.f("fk_login_session_course_login_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session_course")),
        sa.UniqueConstraint(
            "login_session_id",
            "course_id",
            name=op.f("uq_login_session_course_login_session_id_course_id"),
        ),
    )
    op.create_index(
        op.f("ix_login_session_course_course_id"),
        "login_session_course",
        ["course_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_login_session_course_course_id"), table_name="login_session_course")
    op.drop_table("login_session_course")
    op.drop_index(op.f("ix_login_session_person_id"), table_name="login_session")
    op.drop_index(op.f("ix_login_session_expires_at"), table_name="login_session")
    op.drop_index(op.f("ix_login_session_access_link_id"), table_name="login_session")
    op.drop_table("login_session")
    op.drop_index(op.f("ix_disclosure_placement_id"), table_name="disclosure")
    op.drop_index(op.f("ix_disclosure_person_id"), table_name="disclosure")
    op.drop_index(op.f("ix_disclosure_institution_id"), table_name="disclosure")
    op.drop_index(op.f("ix_disclosure_contact_id"), table_name="disclosure")
    op.drop_index(op.f("ix_disclosure_consent_id"), table_name="disclosure")
    op.drop_index(op.f("ix_disclosure_application_id"), table_name="disclosure")
    op.drop_index(op.f("ix_disclosure_access_link_id"), table_name="disclosure")
    op.drop_table("disclosure")
    op.drop_index(
        "uq_supervision_current",
        table_name="supervision",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_supervision_contact_id"), table_name="supervision")
    op.drop_table("supervision")
    op.drop_index(op.f("ix_message_placement_id"), table_name="message")
    op.drop_index(op.f("ix_message_author_id"), table_name="message")
    op.drop_table("message")
    op.drop_index(op.f("ix_consent_placement_id"), table_name="consent")
    op.drop_index(op.f("ix_consent_person_id"), table_name="consent")
    op.drop_index(op.f("ix_consent_application_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_index(op.f("ix_access_link_placement_id"), table_name="access_link")
    op.drop_index(op.f("ix_access_link_institution_id"), table_name="access_link")
    op.drop_index(op.f("ix_access_link_contact_id"), table_name="access_link")
    op.drop_table("access_link")
    op.drop_index(op.f("ix_placement_state"), table_name="placement")
    op.drop_index(op.f("ix_placement_person_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_partner_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_listing_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_institution_id"), table_name="placement")
    op.drop_index("ix_placement_course_person", table_name="placement")
    op.drop_table("placement")
    op.drop_index(
        "uq_offer_open",
        table_name="offer",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_offer_state"), table_name="offer")
    op.drop_index(op.f("ix_offer_made_by_id"), table_name="offer")
    op.drop_index(op.f("ix_offer_application_id"), table_name="offer")
    op.drop_index(op.f("ix_offer_answer_by"), table_name="offer")
    op.drop_table("offer")
    op.drop_index(
        "uq_application_live",
        table_name="application",
        sqlite_where=sa.text(
            "state NOT IN ('declined', 'not_selected', 'withdrawn', 'expired')"
        ),
        postgresql_where=sa.text(
            "state NOT IN ('declined', 'not_selected', 'withdrawn', 'expired')"
        ),
    )
    op.drop_index(op.f("ix_application_state"), table_name="application")
    op.drop_index(op.f("ix_application_listing_version_id"), table_name="application")
    op.drop_index(op.f("ix_application_listing_id"), table_name="application")
    op.drop_index(op.f("ix_application_institution_id"), table_name="application")
    op.drop_index(op.f("ix_application_course_id"), table_name="application")
    op.drop_table("application")
    op.drop_index(op.f("ix_saved_listing_listing_id"), table_name="saved_listing")
    op.drop_table("saved_listing")
    op.drop_index(op.f("ix_listing_version_created_by_id"), table_name="listing_version")
    op.drop_table("listing_version")
    op.drop_index(op.f("ix_listing_skill_skill_id"), table_name="listing_skill")
    op.drop_table("listing_skill")
    op.drop_index(op.f("ix_listing_release_term_id"), table_name="listing_release")
    op.drop_index(op.f("ix_listing_release_released_by_id"), table_name="listing_release")
    op.drop_index(op.f("ix_listing_release_listing_id"), table_name="listing_release")
    op.drop_index("ix_listing_release_course", table_name="listing_release")
    op.drop_table("listing_release")
    op.drop_index(op.f("ix_listing_objective_objective_id"), table_name="listing_objective")
    op.drop_table("listing_objective")
    op.drop_index(op.f("ix_enrollment_term_id"), table_name="enrollment")
    op.drop_index(op.f("ix_enrollment_section_id"), table_name="enrollment")
    op.drop_index(op.f("ix_enrollment_person_id"), table_name="enrollment")
    op.drop_table("enrollment")
    op.drop_index(op.f("ix_partner_document_partner_id"), table_name="partner_document")
    op.drop_index(op.f("ix_partner_document_attachment_id"), table_name="partner_document")
    op.drop_index(op.f("ix_partner_document_added_by_id"), table_name="partner_document")
    op.drop_table("partner_document")
    op.drop_index(
        op.f("ix_partner_contact_partner_contact_id"), table_name="partner_contact_partner"
    )
    op.drop_table("partner_contact_partner")
    op.drop_index(op.f("ix_outbox_attempt_message_id"), table_name="outbox_attempt")
    op.drop_table("outbox_attempt")
    op.drop_index(op.f("ix_listing_supervisor_id"), table_name="listing")
    op.drop_index(op.f("ix_listing_state"), table_name="listing")
    op.drop_index(op.f("ix_listing_partner_id"), table_name="listing")
    op.drop_index(op.f("ix_listing_created_by_id"), table_name="listing")
    op.drop_index("ix_listing_board", table_name="listing")
    op.drop_table("listing")
    op.drop_index(op.f("ix_course_section_course_id"), table_name="course_section")
    op.drop_table("course_section")
    op.drop_table("course_roster")
    op.drop_index(op.f("ix_course_objective_objective_id"), table_name="course_objective")
    op.drop_table("course_objective")
    op.drop_index(op.f("ix_course_member_person_id"), table_name="course_member")
    op.drop_index(op.f("ix_course_member_approver_named_by_id"), table_name="course_member")
    op.drop_table("course_member")
    op.drop_index("ix_audit_entry_subject", table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_reason_id"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_institution_id"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_contact_id"), table_name="audit_entry")
    op.drop_index("ix_audit_entry_actor", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_index(op.f("ix_person_skill_skill_id"), table_name="person_skill")
    op.drop_table("person_skill")
    op.drop_index(
        "uq_person_role_granted",
        table_name="person_role",
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.drop_index(op.f("ix_person_role_person_id"), table_name="person_role")
    op.drop_index(op.f("ix_person_role_institution_id"), table_name="person_role")
    op.drop_index(op.f("ix_person_role_granted_by_id"), table_name="person_role")
    op.drop_table("person_role")
    op.drop_index(op.f("ix_partner_contact_verified_by_id"), table_name="partner_contact")
    op.drop_table("partner_contact")
    op.drop_index(op.f("ix_partner_check_partner_id"), table_name="partner_check")
    op.drop_index(op.f("ix_partner_check_checked_by_id"), table_name="partner_check")
    op.drop_table("partner_check")
    op.drop_index("ix_outbox_message_target", table_name="outbox_message")
    op.drop_index(op.f("ix_outbox_message_state"), table_name="outbox_message")
    op.drop_index(op.f("ix_outbox_message_institution_id"), table_name="outbox_message")
    op.drop_index("ix_outbox_message_due", table_name="outbox_message")
    op.drop_index(op.f("ix_outbox_message_done_by_id"), table_name="outbox_message")
    op.drop_table("outbox_message")
    op.drop_table("notification_preference")
    op.drop_index(op.f("ix_course_term_id"), table_name="course")
    op.drop_index(op.f("ix_course_institution_id"), table_name="course")
    op.drop_index(op.f("ix_course_copied_from_id"), table_name="course")
    op.drop_table("course")
    op.drop_index(op.f("ix_attachment_uploaded_by_id"), table_name="attachment")
    op.drop_index(op.f("ix_attachment_institution_id"), table_name="attachment")
    op.drop_table("attachment")
    op.drop_index(op.f("ix_term_institution_id"), table_name="term")
    op.drop_table("term")
    op.drop_table("skill")
    op.drop_index(op.f("ix_person_sis_id"), table_name="person")
    op.drop_index(op.f("ix_person_institution_id"), table_name="person")
    op.drop_index(op.f("ix_person_email"), table_name="person")
    op.drop_table("person")
    op.drop_index(op.f("ix_partner_state"), table_name="partner")
    op.drop_index("ix_partner_likeness", table_name="partner")
    op.drop_index("ix_partner_domain", table_name="partner")
    op.drop_table("partner")
    op.drop_table("objective")
    op.drop_table("institution")
    op.drop_table("erasable_text")
    op.drop_table("audit_seal")
