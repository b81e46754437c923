"""Somebody else signs for the company: named by the supervisor, verified by staff, by link."""

import re
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.outbox import OutboxMessage
from careerlink.partners.models import PartnerContact
from careerlink.placements import planning
from careerlink.placements.models import Disclosure, Placement
from careerlink.placements.signatories import Signatory
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import AgreementSignature, Party
from tests.factories.agreements import Scene
from tests.factories.sessions import signed_in
from tests.functional.credit.agreements.test_field_comments import (
    SIGN,
    by_link,
    plan_by_link,
    state,
)
from tests.functional.credit.agreements.test_journey import mails
from tests.functional.credit.agreements.test_pages import prepare
from tests.pages import Visitor

BRAM = {
    "Full name": "Bram Visser",
    "Position": "Managing director",
    "Work mail address": "Bram@Northlight.example",
}
LINK = re.compile(r"/s/[A-Za-z0-9_-]{52}")
AS_INES = {"Type your full name": "Ines Carvalho", "I have read": True}


def links(text: str) -> list[str]:
    return list(dict.fromkeys(LINK.findall(text)))


def written_to(database: Database) -> list[str]:
    with database.read() as session:
        found = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        return [one.payload.get("to", "") for one in found]


def test_the_plan_waits_for_whoever_signs_for_the_company(
    database: Database,
    settings: Settings,
    tmp_path: Path,
    cast: Scene,
    browser_of: Callable[[str], Visitor],
    visitors: Callable[[], Visitor],
) -> None:
    prepare(database, cast, "signed")
    ines = visitors()
    page = by_link(database, cast, ines).submit("Name this person", BRAM)
    assert "Bram Visser signs for the company." in page.text
    assert "bram@northlight.example" not in written_to(database)
    page = page.submit("Sign agreement", AS_INES)
    assert "It waits for another signature of your company." in page.text
    assert state(database) == AgreementState.AWAITING_SUPERVISOR

    staff = signed_in(visitors(), database, cast.staff.person_id or 0)
    page = staff.get(f"/office/placements/{cast.placement.public_id}/signing")
    assert "The career office: verify who signs for the company" in page.text
    page = page.submit("Verify and send the link", status=422)
    before = set(links(mails(database, settings, tmp_path)))
    page.submit("Verify and send the link", {"How you know": "Called their front desk."})

    (path,) = set(links(mails(database, settings, tmp_path))) - before
    bram = visitors()
    page = bram.get(path).submit("Continue")
    assert "You sign for Northlight Cycle Works" in page.text
    assert "Name this person" not in page.buttons
    page.submit("Sign agreement", {"Type your full name": "Bram Visser", "I have read": True})
    assert state(database) == AgreementState.AWAITING_INSTRUCTOR
    # The link opens the plan, and nothing else of the project.
    for elsewhere in ("/hours", "/evaluation", "/work", "/not-me"):
        assert bram.raw.get(path + elsewhere).status_code in (303, 404, 410)
    with database.read() as session:
        disclosed = session.scalars(select(Disclosure).order_by(Disclosure.id.desc())).first()
        assert disclosed is not None
        assert disclosed.page.startswith("agreements_by_link")

    page = browser_of("instructor").get(cast.agreement_path).submit("Approve agreement")
    assert "For the company: Bram Visser" in page.text
    with database.read() as session:
        parties = session.scalars(
            select(AgreementSignature.party).order_by(AgreementSignature.id)
        ).all()
    assert parties == [Party.STUDENT, Party.SUPERVISOR, Party.COMPANY, Party.INSTRUCTOR]


def test_staff_decline_and_the_supervisor_signs_alone(
    database: Database, cast: Scene, visitors: Callable[[], Visitor]
) -> None:
    prepare(database, cast, "signed")
    ines = visitors()
    by_link(database, cast, ines).submit("Name this person", BRAM)
    staff = signed_in(visitors(), database, cast.staff.person_id or 0)
    page = staff.get(f"/office/placements/{cast.placement.public_id}/signing")
    page.submit("Decline this person", {"Why not": "Nobody there knows this name."})

    page = by_link(database, cast, ines)
    assert "Nobody there knows this name." in page.text
    page.submit("Sign agreement", AS_INES)

    assert state(database) == AgreementState.AWAITING_INSTRUCTOR
    assert "bram@northlight.example" not in written_to(database)


def test_the_supervisor_changes_their_mind(
    database: Database, cast: Scene, visitors: Callable[[], Visitor]
) -> None:
    prepare(database, cast, "signed")
    page = by_link(database, cast, visitors()).submit("Name this person", BRAM)
    page = page.submit("Sign agreement", AS_INES)

    page.submit("I sign alone after all")

    assert state(database) == AgreementState.AWAITING_INSTRUCTOR
    with database.read() as session:
        assert session.scalars(select(Signatory.ended_at)).one() is not None


def test_a_text_that_names_the_former_supervisor_goes_to_nobody(
    database: Database, cast: Scene, browser_of: Callable[[str], Visitor]
) -> None:
    prepare(database, cast, "countersigned")
    with database.write() as session:
        placement = session.get_one(Placement, cast.placement.id)
        other = _colleague(session, cast)
        planning.set_supervisor(session, placement, other, actor=cast.staff)

    assert state(database) == AgreementState.DRAFT
    maya = browser_of("student")
    page = maya.get(cast.agreement_path)
    assert "June Park supervises this project now. Sign again" in page.text
    page.submit("Sign agreement", SIGN)

    # Who had signed before signed another text: the new supervisor is asked.
    assert state(database) == AgreementState.AWAITING_SUPERVISOR
    assert written_to(database)[-1] == "june@northlight.example"


def test_a_tie_is_seen_before_the_decision_and_keeps_who_has_one_from_deciding(
    database: Database,
    cast: Scene,
    browser_of: Callable[[str], Visitor],
    visitors: Callable[[], Visitor],
) -> None:
    prepare(database, cast, "signed")
    page = by_link(database, cast, visitors())
    page = page.submit("Sign agreement", {**AS_INES, "There is a tie": True}, status=422)
    assert page.errors == ["Say in a line which tie there is"]
    page.submit("Sign agreement", {"Which tie": "Maya is my cousin."})

    hana = browser_of("instructor")
    page = hana.get(cast.agreement_path)
    assert "Declares a tie: Maya is my cousin." in page.text
    # Declared to whoever decides, as the form says; not to the other side.
    maya = browser_of("student")
    seen = maya.get(cast.agreement_path).text + maya.get(cast.placement_path).text
    seen += plan_by_link(database, cast, visitors())
    assert "Supervisor: Ines Carvalho" in seen
    assert "cousin" not in seen
    page = page.submit("Approve agreement", {"I have a tie": True}, status=409)
    assert "somebody else has to approve the plan" in page.text
    assert state(database) == AgreementState.AWAITING_INSTRUCTOR


def test_whom_to_call_is_for_the_office_alone(
    database: Database,
    cast: Scene,
    browser_of: Callable[[str], Visitor],
    visitors: Callable[[], Visitor],
) -> None:
    prepare(database, cast, "drafted")
    call = {"Whom to call": "Rosa Marques", "Phone": "555 0199", "Who that is": "Mother"}
    browser_of("student").get(cast.agreement_path).submit("Save draft", call)
    prepare(database, cast, "consent")
    browser_of("student").get(cast.agreement_path).submit("Sign agreement", SIGN)
    staff = signed_in(visitors(), database, cast.staff.person_id or 0)
    office = staff.get(f"/office/placements/{cast.placement.public_id}").text
    assert "Rosa Marques" in office and "555 0199" in office

    hana = browser_of("instructor")
    seen = by_link(database, cast, visitors()).text
    seen += hana.get(cast.agreement_path).text + hana.get(cast.placement_path).text
    with database.read() as session:
        agreement = session.scalars(select(LearningAgreement)).one()
        seen += agreement.document.text or "" if agreement.document else ""
    assert "Maya" in seen
    assert "Rosa" not in seen and "0199" not in seen


def _colleague(session: Session, cast: Scene) -> PartnerContact:
    made = PartnerContact(
        institution_id=cast.institution.id,
        name="June Park",
        email="june@northlight.example",
        verified_at=clock.now(),
    )
    session.add(made)
    session.flush()
    return made
