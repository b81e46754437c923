"""Undecided cases go under another version by staff, with a reason, after a look at each."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.errors import ChangedMeanwhile, NotPermitted, NotPossible
from careerlink.people.actors import system
from careerlink.people.models import Person
from credit.cases import rebasing, replay
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.policy import operations as policies
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters
from tests.factories import case_life, cases
from tests.factories.school import sign_in
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Visitor

WHY = "The senate lowered the hours for everybody of this term."


def lower(session: Session, of: cases.Class, **more: int) -> CreditPolicyVersion:
    """By it 48 hours are one credit and a half."""
    return policies.create_version(
        session,
        institution_id=of.course.institution_id,
        name="Micro-internship credit",
        parameters=Parameters(**{**cases.PLAIN, "minutes_per_credit": 30 * 60, **more}),
        source="Catalog 2027",
        actor=system(of.course.institution_id),
    )


def with_staff(desk: Desk) -> tuple[CreditPolicyVersion, Person]:
    with desk.database.write() as session:
        return lower(session, desk.of), cases.staff(session, desk.of)


def rebase(desk: Desk, version: CreditPolicyVersion, staff: Person, seen: int | None) -> None:
    with desk.database.write() as session:
        rebasing.rebase(
            session,
            session.get_one(CreditCase, desk.case_id),
            session.get_one(CreditPolicyVersion, version.id),
            actor=case_life.as_staff(staff),
            reason=WHY,
            seen=seen,
        )


def test_the_look_shows_each_case_and_the_change_goes_with_its_reason(
    desk: Desk, visitors: Callable[[], Visitor]
) -> None:
    version, person = with_staff(desk)
    with desk.database.write() as session:
        cases.ready_case(session, desk.of, "Noor Haddad", minutes=10 * 60)
        cases.ready_case(session, desk.of, "Ana Silva")
    staff = sign_in(visitors(), desk.database, person, {})
    before = desk.case.policy_version

    page = staff.get(desk.of.address(part=f"/rebase?to={version.public_id}"))
    assert "2 of 3 cases would come out otherwise" in page.text
    refused = page.submit("Put 3 cases under", status=422)
    assert "Say why" in refused.text
    assert desk.case.policy_version_id == before.id
    # Meanwhile one of them is decided: it stays as it was decided, and is named.
    desk.approve()
    done = page.submit("Put 3 cases under", {"Why": WHY})
    assert "2 cases go by Micro-internship credit, version 2, now" in done.text
    assert "left as they were: Maya Okafor" in done.text
    assert desk.case.policy_version_id == before.id


def test_the_instructor_reads_who_changed_what_and_why(
    desk: Desk, visitors: Callable[[], Visitor]
) -> None:
    version, person = with_staff(desk)
    staff = sign_in(visitors(), desk.database, person, {})
    page = staff.get(desk.of.address(desk.case, f"/rebase?to={version.public_id}"))
    assert "1 credit" in page.text
    packet = page.submit("Put 1 case under", {"Why": WHY})
    line = f"Re-based from Micro-internship credit v1 to v2 on Wed 14 Oct, because: {WHY}"
    assert line in packet.text
    event = f"Re-based from Micro-internship credit v1 to v2, because: {WHY}"
    assert event in packet.text
    trail = packet.follow("Full audit trail")
    assert "From Micro-internship credit v1 to v2" in trail.text
    teacher = desk.of.signed_in(
        visitors(), desk.database, desk.of.instructor, CourseRole.INSTRUCTOR
    )
    shown = teacher.get(desk.of.address(desk.case))
    assert line in shown.text
    assert "Maya Okafor asks for 1.5 credits" in shown.text


def test_a_decision_is_voided_first_and_keeps_its_version(desk: Desk) -> None:
    version, staff = with_staff(desk)
    opened_under = desk.case.policy_version_id
    desk.approve()
    with pytest.raises(NotPossible, match="Void the decision first"):
        rebase(desk, version, staff, opened_under)

    desk.decide(DecisionOutcome.VOIDED, "The rules changed.")
    rebase(desk, version, staff, opened_under)
    assert desk.case.state == CaseState.READY
    desk.approve()
    first, _void, last = desk.decisions
    assert (first.policy_version_id, first.credits_thousandths) == (opened_under, 1000)
    assert (last.policy_version_id, last.credits_thousandths) == (version.id, 1500)
    with desk.database.read() as session:
        for one in (first, last):
            assert replay.explain(session.get_one(Decision, one.id)).holds


def test_what_went_elsewhere_meanwhile_is_not_changed_unseen(desk: Desk) -> None:
    version, staff = with_staff(desk)
    opened_under = desk.case.policy_version_id
    with desk.database.write() as session:
        third = lower(session, desk.of, tolerance_percent=20)
    rebase(desk, third, staff, opened_under)
    with pytest.raises(ChangedMeanwhile, match="went to another version"):
        rebase(desk, version, staff, opened_under)
    with desk.database.write() as session, pytest.raises(NotPermitted, match="career staff"):
        rebasing.rebase(
            session,
            session.get_one(CreditCase, desk.case_id),
            session.get_one(CreditPolicyVersion, version.id),
            actor=desk.of.as_instructor,
            reason=WHY,
        )
