"""Sample terms that are over, one closed and one that can be; and what the office asks."""

from datetime import timedelta

from sqlalchemy import select

from careerlink import clock
from careerlink.demo.loading import Loading
from careerlink.institutions import term_operations
from careerlink.institutions.models import Term
from credit.cases.models import CreditCase
from credit.terms import closing, proposing
from credit.terms.proposing import CAN_BE_INCOMPLETE

BEGAN_BEFORE, LASTED = timedelta(weeks=14), timedelta(weeks=10, days=4)
CLOSED_WHY = "Everything is decided and sent to the registrar."
ASKED_IN = "ENV-220"
ASKED_WHY = (
    "Nothing has come for this case in three weeks. If that stays so, would you mark it "
    "incomplete before grades are due? The student can finish it in spring."
)


def load(loading: Loading) -> None:
    """After the earlier terms are there."""
    for term in _earlier(loading):
        with clock.at(loading.moment(-40, 11)):
            closing.close_term(
                loading.session,
                term,
                actor=loading.staff(),
                reason=CLOSED_WHY,
                records_until=closing.kept_until(term),
            )
    with clock.at(loading.moment(-110)):
        _summer(loading)
    with clock.at(loading.moment(-1, 15)):
        _ask_instructor(loading)


def _earlier(loading: Loading) -> list[Term]:
    return list(
        loading.session.scalars(
            select(Term).where(
                Term.institution_id == loading.institution.id, Term.ends_on < loading.day(-50)
            )
        )
    )


def _summer(loading: Loading) -> None:
    """Nothing was taught in it, so nothing is left to do but to close it."""
    if loading.term is None:
        return
    starts_on = loading.term.starts_on - BEGAN_BEFORE
    term_operations.add_term(
        loading.session,
        institution_id=loading.institution.id,
        code=f"{starts_on:%Y%m}",
        name=f"Summer {starts_on.year}",
        days={"starts_on": starts_on, "ends_on": starts_on + LASTED},
        actor=loading.system,
    )


def _ask_instructor(loading: Loading) -> None:
    case = loading.session.scalars(
        select(CreditCase)
        .where(
            CreditCase.course_id == loading.courses[ASKED_IN].id,
            CreditCase.state.in_(CAN_BE_INCOMPLETE),
        )
        .order_by(CreditCase.id)
    ).first()
    if case is not None:
        proposing.propose(loading.session, case, actor=loading.staff(), reason=ASKED_WHY)
