"""F3: plans with the same text are approved together, after a look at what happens."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.listings.models import Listing, ListingVersion
from careerlink.outbox import OutboxMessage
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from credit.agreements import drafting, operations
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.plan import DeliverableDraft
from credit.agreements.signature_models import AgreementSignature, Conflict, Party
from credit.agreements.signatures import Signing
from tests.factories import placements
from tests.factories.agreements import SECRET, Scene
from tests.factories.cast import actor
from tests.pages import Visitor

NO_TIE = Conflict.NONE


def wait_for_approval(
    database: Database, cast: Scene, names: tuple[str, ...], *, other: str = "", **plan: Any
) -> None:
    """Plans of one listing, the same but for the student; ``other`` has another plan."""
    with database.write() as session:
        session.add_all([cast.course, cast.institution])
        cast.session = session
        listing = placements.supervised_listing(
            session,
            cast.course,
            slots=len(names) + 1,
            host={"name": "Hosta Garden Works"},
            guide={"email": "june@hosta.example"},
        )
        version = ListingVersion(listing_id=listing.id, number=1, content={}, content_hash="")
        session.add(version)
        session.flush()
        for name in names:
            signed_by_two(session, cast, listing, name)
        if other:
            signed_by_two(session, cast, listing, other, **plan)


def signed_by_two(
    session: Session, cast: Scene, listing: Listing, name: str, **plan: Any
) -> None:
    """One more student of the class with a plan for this listing."""
    email = f"{name[:3].lower()}@eastmoor.example"
    person = Person(institution_id=cast.institution.id, name=name, email=email)
    person.institution = cast.institution
    session.add(person)
    session.flush()
    role = CourseRole.STUDENT
    session.add(CourseMember(course_id=cast.course.id, person_id=person.id, launch_role=role))
    placement = placements.placement(session, person, cast.course, listing)
    assert placement.application is not None
    placement.application.listing_version_id = session.scalars(select(ListingVersion.id)).one()
    agreement = _write(session, cast, placement, actor(person, cast.course, role), plan)
    operations.countersign(
        session,
        agreement,
        actor=replace(
            cast.supervisor,
            contact_id=listing.supervisor_id,
            link_placement_id=placement.id,
        ),
        said=Signing("June Park", NO_TIE),
        document_hash=agreement.document_hash or "",
    )


def _write(
    session: Session, cast: Scene, placement: Placement, student: Any, plan: dict[str, Any]
) -> LearningAgreement:
    dates = {"starts_on": placement.starts_on, "ends_on": placement.ends_on}
    pieces = [DeliverableDraft("A dashboard", placement.ends_on)]
    content = cast.plan(**dates, **{"deliverables": pieces, **plan})
    agreement = drafting.save_draft(session, placement, content, actor=student)
    operations.sign(
        session, agreement, actor=student, said=Signing("Student", NO_TIE), secret=SECRET
    )
    return agreement


def states(database: Database) -> list[AgreementState]:
    with database.read() as session:
        return list(
            session.scalars(select(LearningAgreement.state).order_by(LearningAgreement.id))
        )


def test_plans_that_say_the_same_are_approved_together(
    database: Database, cast: Scene, browser_of: Callable[[str], Visitor]
) -> None:
    wait_for_approval(
        database, cast, ("Ada Brook", "Ben Cole", "Cy Dean"), other="Eve Fox", tasks="Else"
    )
    hana = browser_of("instructor")

    page = hana.get(f"/courses/{cast.course.public_id}/")
    assert "approve 4 learning agreements" in page.text
    page = hana.get(f"/courses/{cast.course.public_id}/agreements")
    assert "3 agreements with the same text" in page.text
    page = page.follow("Look at the common text and approve Where do repair customers wait?")
    assert page.heading == "Approve 3 agreements together"
    assert "Eve Fox" not in page.text
    outdated = page
    page = page.submit("Approve all 3")

    assert states(database) == [AgreementState.IN_FORCE] * 3 + [
        AgreementState.AWAITING_INSTRUCTOR
    ]
    assert "Eve Fox" in page.text
    # A second press finds that there is nothing left of the group.
    outdated.submit("Approve all 3", status=409)
    with database.read() as session:
        told = [one.payload.get("template") for one in session.scalars(select(OutboxMessage))]
        assert told.count("agreement_in_force") == 3
        # The page says so for them: no tie to this partner.
        query = select(AgreementSignature.conflict)
        said = session.scalars(query.where(AgreementSignature.party == Party.INSTRUCTOR)).all()
        assert said == [Conflict.NONE] * 3


def test_another_number_of_credits_is_another_plan(
    database: Database, cast: Scene, browser_of: Callable[[str], Visitor]
) -> None:
    wait_for_approval(database, cast, ("Ada Brook",), other="Eve Fox", credits_thousandths=6000)

    page = browser_of("instructor").get(f"/courses/{cast.course.public_id}/agreements")

    assert "Ada Brook" in page.text
    assert "Eve Fox" in page.text
    assert "Look at the common text" not in page.text


def test_who_may_only_look_approves_nothing_together(
    database: Database, cast: Scene, browser_of: Callable[[str], Visitor]
) -> None:
    wait_for_approval(database, cast, ("Ada Brook", "Ben Cole"))

    page = browser_of("assistant").get(f"/courses/{cast.course.public_id}/agreements")

    assert "Ada Brook" in page.text
    assert "Look at the common text" not in page.text
    assert "Assistants may look, not decide." in page.text
