"""The lines of the self-test page: what was checked, and what launches have shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti.desk.queries import Row
from lti.models import (
    CheckedService,
    CheckOutcome,
    LtiDeepLinking,
    LtiDeployment,
    LtiServiceCheck,
)
from lti.reasons import Reason
from lti.self_test.remedies import REMEDIES

NAMES = {
    CheckedService.KEYS: "CareerLink’s keys",
    CheckedService.PLATFORM_KEYS: "Keys of the LMS",
    CheckedService.ACCESS: "Access token",
    CheckedService.ROSTER: "Roster",
    CheckedService.GRADES: "Grades",
    CheckedService.MAIL: "Mail",
    CheckedService.FRAME: "Cookie in the frame",
}


@dataclass(frozen=True)
class Line:
    name: str
    outcome: CheckOutcome | None
    """``None``: not tried yet."""
    told: str
    remedy: str = ""
    at: datetime | None = None
    service: CheckedService | None = None
    """``None``: nothing to press, launches show it by themselves."""


def lines(session: Session, row: Row) -> list[Line]:
    kept = {
        check.service: check
        for check in session.scalars(
            select(LtiServiceCheck).where(
                LtiServiceCheck.registration_id == row.registration.id
            )
        )
    }
    checked = {service: _checked(service, kept.get(service)) for service in CheckedService}
    if checked[CheckedService.FRAME].outcome is None:
        checked[CheckedService.FRAME] = _frame_by_launch(row)
    return [
        checked[CheckedService.KEYS],
        checked[CheckedService.PLATFORM_KEYS],
        _launch(row),
        checked[CheckedService.ACCESS],
        checked[CheckedService.ROSTER],
        checked[CheckedService.GRADES],
        _deep_link(session, row),
        checked[CheckedService.FRAME],
        _origins(row),
        checked[CheckedService.MAIL],
    ]


def title(found: Sequence[Line]) -> str:
    """The message of the page, in its heading."""
    failing = sum(line.outcome == CheckOutcome.FAILS for line in found)
    working = sum(line.outcome == CheckOutcome.WORKS for line in found)
    if failing:
        return f"{failing} of {len(found)} services {'fails' if failing == 1 else 'fail'}"
    if working == len(found):
        return "Every service works"
    return f"{working} of {len(found)} services are known to work"


def _checked(service: CheckedService, check: LtiServiceCheck | None) -> Line:
    name = NAMES[service]
    if check is None:
        return Line(name, None, "", service=service)
    remedy = REMEDIES.get(check.remedy, "")
    return Line(name, check.outcome, check.told, remedy, check.checked_at, service)


def _launch(row: Row) -> Line:
    one, cause = row.registration, row.refusal
    if cause is not None:
        remedy = cause.remedy.replace("`", "").replace("*", "")
        told = f"The newest launch was refused: {cause.code}."
        return Line("Launch", CheckOutcome.FAILS, told, remedy, one.last_refused_at)
    if one.last_launch_at is None:
        return Line("Launch", None, "", REMEDIES["no-course"])
    return Line(
        "Launch", CheckOutcome.WORKS, "The newest was accepted.", "", one.last_launch_at
    )


def _deep_link(session: Session, row: Row) -> Line:
    asked, answered = session.execute(
        select(func.max(LtiDeepLinking.created_at), func.max(LtiDeepLinking.answered_at))
        .join(LtiDeployment, LtiDeployment.id == LtiDeepLinking.deployment_id)
        .where(LtiDeployment.registration_id == row.registration.id)
    ).one()
    name = "Choosing content"
    if answered is not None:
        return Line(name, CheckOutcome.WORKS, "A teacher’s choice went back.", "", answered)
    if asked is not None:
        told = "Asked for; nothing has been sent back yet."
        return Line(name, CheckOutcome.UNKNOWN, told, "", asked)
    remedy = (
        "Let a teacher choose content from CareerLink where they add an activity. Only the "
        "last day is remembered."
    )
    return Line(name, None, "", remedy)


def _frame_by_launch(row: Row) -> Line:
    """Nobody tried it here; a login that lost its cookie has told, too."""
    one, name = row.registration, NAMES[CheckedService.FRAME]
    if one.last_refusal != Reason.COOKIE_LOST.code:
        return Line(name, None, "", service=CheckedService.FRAME)
    return Line(
        name,
        CheckOutcome.UNKNOWN,
        "A browser lost our cookie in the LMS’s page; that person was offered a new tab.",
        REMEDIES["in-frame"],
        one.last_refused_at,
        CheckedService.FRAME,
    )


def _origins(row: Row) -> Line:
    name = "Addresses of the frame"
    found = list(row.registration.frame_origins)
    for deployment in row.deployments:
        found += deployment.frame_origins
    if not found:
        return Line(name, None, "", REMEDIES["no-course"])
    told = f"May show CareerLink: {', '.join(dict.fromkeys(found))}."
    return Line(name, CheckOutcome.WORKS, told)
