"""Earlier credit on record of one sample student, whose course asks for it."""

from sqlalchemy import select

from careerlink import clock
from careerlink.demo.loading import Loading
from credit.cases.models import CreditCase
from credit.earlier import operations
from credit.earlier.models import EarlierKind
from credit.earlier.operations import Said

STUDENT, COURSE = "silas", "ENV-220"


def load(loading: Loading) -> None:
    person = loading.people[STUDENT]
    case = loading.session.scalars(
        select(CreditCase).where(
            CreditCase.person_id == person.id,
            CreditCase.course_id == loading.courses[COURSE].id,
        )
    ).one()
    said = Said(
        EarlierKind.CREDIT,
        source="Transcript, looked up with the registrar",
        course_label="ENV-120",
        credits_thousandths=1500,
        earned_on=loading.day(-400),
    )
    with clock.at(loading.moment(-3, 14)):
        operations.record(loading.session, case, said, actor=loading.staff())
