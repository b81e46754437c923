"""Maya at Northlight, guided by Ines and taught by Hana: the whole cast at once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from careerlink.courses.models import Course, CourseMember, Objective
from careerlink.courses.roles import CourseRole
from careerlink.institutions.models import Institution
from careerlink.listings.models import AiRule, Engagement, IpTerms, Payer
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole, Person, PersonRole
from careerlink.placements import consents
from careerlink.placements.models import Placement, Supervision
from careerlink.tokens import LinkPurpose, issue, token_of
from credit.agreements import drafting, operations
from credit.agreements.models import GradingBasis, Judge, LearningAgreement
from credit.agreements.plan import AgreementDraft, DeliverableDraft, ObjectiveDraft
from credit.agreements.signature_models import Conflict
from credit.agreements.signatures import Signing
from tests.factories.cast import (
    actor,
    add_competencies,
    add_course,
    add_partner,
    mail_address,
)

SECRET = "only-for-tests-" * 4
"""The one of the ``settings`` fixture."""


REST = {
    "Tasks": "Clean the tickets and build a dashboard.",
    "Piece 1": "A dashboard",
    "State of work": "Pennsylvania",
    "Kind of pay": "contractor",
    "Who pays": "partner",
    "When it is paid": "After acceptance.",
    "Who owns the work": "assigned",
    "Use of AI tools": "disclose",
    "Grading": "pass_no_pass",
    "Work for the course besides": "Seminar and one reflection.",
}
"""What a project without a listing leaves to the student, by label."""


@dataclass
class Scene:
    session: Session
    institution: Institution
    course: Course
    objectives: list[Objective]
    placement: Placement
    contact: PartnerContact
    student: Actor
    instructor: Actor
    assistant: Actor
    staff: Actor
    supervisor: Actor
    competency_ids: list[int]

    @property
    def agreement_path(self) -> str:
        return f"{self.placement_path}/agreement"

    @property
    def placement_path(self) -> str:
        return f"/courses/{self.course.public_id}/placements/{self.placement.public_id}"

    def plan(self, **changes: object) -> AgreementDraft:
        values: dict[str, Any] = {
            "planned_minutes": 20 * 60,
            "starts_on": self.placement.starts_on,
            "ends_on": self.placement.ends_on,
            "tasks": "Clean the tickets, group the waits, build a dashboard.",
            "supervision_plan": "A call every Tuesday.",
            "academic_work": "Seminar and one reflection.",
            "deliverables": [DeliverableDraft("A dashboard", self.placement.ends_on)],
            "schedule": "About five hours a week.",
            "country": "US",
            "region": "Pennsylvania",
            "engagement": Engagement.CONTRACTOR,
            "payer": Payer.PARTNER,
            "pay_when": "After acceptance.",
            "ip_terms": IpTerms.ASSIGNED,
            "ai_rule": AiRule.DISCLOSE,
            "grading_basis": GradingBasis.PASS_NO_PASS,
            "objectives": [
                ObjectiveDraft(
                    text="",
                    objective_id=self.objectives[0].id,
                    activity="Talk to the shop team",
                    evidence="A note with one question",
                    competency_id=self.competency_ids[0],
                ),
                ObjectiveDraft(
                    text="Build a dashboard that the shop can keep alive",
                    activity="Build and hand over the dashboard",
                    evidence="Hand-over sheet",
                    judge=Judge.BOTH,
                ),
            ],
        }
        return AgreementDraft(**{**values, **changes})

    def consent(self) -> None:
        consents.give_for_supervision(
            self.session, self.placement, actor=self.student, signed_name="Maya Chen"
        )

    def drafted(self) -> LearningAgreement:
        return drafting.save_draft(
            self.session, self.placement, self.plan(), actor=self.student
        )

    def signed(self) -> LearningAgreement:
        self.consent()
        agreement = self.drafted()
        operations.sign(
            self.session,
            agreement,
            actor=self.student,
            said=Signing("Maya Chen", Conflict.NONE),
            secret=SECRET,
        )
        return agreement

    def countersigned(self) -> LearningAgreement:
        agreement = self.signed()
        operations.countersign(
            self.session,
            agreement,
            actor=self.supervisor,
            said=Signing("Ines Carvalho", Conflict.NONE),
            document_hash=agreement.document_hash or "",
        )
        return agreement

    def in_force(self) -> LearningAgreement:
        agreement = self.countersigned()
        operations.approve(
            self.session,
            agreement,
            actor=self.instructor,
            document_hash=agreement.document_hash or "",
        )
        return agreement

    def link(self) -> str:
        """The path of the supervisor's link, as the mail has it."""
        link = issue(
            self.session,
            secret=SECRET,
            purpose=LinkPurpose.PLACEMENT,
            contact=self.contact,
            placement_id=self.placement.id,
            actor=self.staff,
        )
        return f"/s/{token_of(link.public_id, SECRET)}"


def scene(
    session: Session,
    *,
    slug: str = "eastmoor",
    starts_on: date = date(2026, 10, 12),
    ends_on: date = date(2026, 11, 20),
) -> Scene:
    """All of it, with nothing written or consented to yet. ``slug`` makes it another tenant."""
    institution = Institution(slug=slug, name=f"{slug.capitalize()} University")
    session.add(institution)
    session.flush()
    course, objectives = add_course(session, institution)
    partner, contact = add_partner(session, institution)
    names = ("Maya Chen", "Dr. Hana Novak", "Ola Berg", "Priya Raman")
    people = [
        Person(institution_id=institution.id, name=name, email=mail_address(name, slug))
        for name in names
    ]
    session.add_all(people)
    session.flush()
    student, instructor, assistant, staff = people
    roles = (CourseRole.STUDENT, CourseRole.INSTRUCTOR, CourseRole.ASSISTANT)
    session.add_all(
        CourseMember(course_id=course.id, person_id=person.id, launch_role=role)
        for person, role in zip(people, roles, strict=False)
    )
    session.add(
        PersonRole(
            institution_id=institution.id,
            email=staff.email or "",
            person_id=staff.id,
            role=OfficeRole.STAFF,
        )
    )
    placement = Placement(
        institution_id=institution.id,
        institution=institution,
        course_id=course.id,
        course=course,
        person_id=student.id,
        person=student,
        partner_id=partner.id,
        partner=partner,
        title="Where do repair customers wait?",
        deliverable="A dashboard of waiting times",
        planned_minutes=20 * 60,
        starts_on=starts_on,
        ends_on=ends_on,
        fee_minor=48_000,
        currency="USD",
    )
    session.add(placement)
    session.flush()
    session.add(Supervision(placement_id=placement.id, contact_id=contact.id))
    session.flush()
    return Scene(
        session=session,
        institution=institution,
        course=course,
        objectives=objectives,
        placement=placement,
        contact=contact,
        student=actor(student, course, CourseRole.STUDENT),
        instructor=actor(instructor, course, CourseRole.INSTRUCTOR, may_decide=True),
        assistant=actor(assistant, course, CourseRole.ASSISTANT),
        staff=Actor(
            institution_id=institution.id,
            person_id=staff.id,
            office=frozenset({OfficeRole.STAFF}),
            name=staff.label,
        ),
        supervisor=Actor(
            institution_id=institution.id,
            contact_id=contact.id,
            link_placement_id=placement.id,
            name=contact.name,
        ),
        competency_ids=add_competencies(session, institution),
    )
