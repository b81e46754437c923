"""What is asked and looked into around one placement, and by which rule its case is routed."""

from sqlalchemy.orm import Session

from credit.check_ins.models import CheckIn
from credit.concerns import operations as concerns
from credit.concerns.models import ConcernKind
from credit.routing import operations as routing
from credit.routing.models import Criterion
from tests.factories.agreements import Scene


def one_of_each(session: Session, cast: Scene) -> tuple[dict[str, str], dict[str, str]]:
    """Values for addresses, and public ids by table for histories."""
    check_in = session.query(CheckIn).filter_by(placement_id=cast.placement.id).first()
    assert check_in is not None
    concern = concerns.open_concern(
        session, cast.placement, kind=ConcernKind.NEEDS_ATTENTION, actor=cast.staff
    )
    rule = routing.add_rule(
        session, cast.course, actor=cast.staff, criterion=Criterion.ANY, value="", person=None
    )
    rows = (check_in, concern, rule)
    addresses = {
        "check_in_id": check_in.public_id,
        "concern_id": concern.public_id,
        "rule_id": rule.public_id,
    }
    return addresses, {row.__tablename__: row.public_id for row in rows}
