"""Policies as the office sees them: versions, where each is used, and what is still open."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from credit.cases.models import CreditCase
from credit.cases.workflow import UNDECIDED
from credit.policy import queries
from credit.policy.models import CoursePolicy, CreditPolicyVersion, DefaultPolicy

MOST_COURSES = 100


@dataclass
class Use:
    courses: int = 0
    open_cases: int = 0
    is_usual: bool = False
    terms: list[Term] = field(default_factory=list)

    @property
    def is_none(self) -> bool:
        return not (self.courses or self.open_cases or self.is_usual or self.terms)


@dataclass(frozen=True)
class Line:
    newest: CreditPolicyVersion
    use: Use
    """Of all its versions together."""
    on_older: int
    """Open cases under a version before the newest."""


def lines(session: Session, actor: Actor) -> list[Line]:
    versions = session.scalars(
        queries.visible_to(actor).order_by(
            CreditPolicyVersion.name, CreditPolicyVersion.number.desc()
        )
    ).all()
    uses = uses_of(session, actor)
    by_name: dict[str, list[CreditPolicyVersion]] = {}
    for version in versions:
        by_name.setdefault(version.name, []).append(version)
    return [_line(named, uses) for named in by_name.values()]


def _line(named: list[CreditPolicyVersion], uses: dict[int, Use]) -> Line:
    found = [uses.get(version.id, Use()) for version in named]
    whole = Use(
        courses=sum(one.courses for one in found),
        open_cases=sum(one.open_cases for one in found),
        is_usual=any(one.is_usual for one in found),
        terms=[term for one in found for term in one.terms],
    )
    return Line(named[0], whole, sum(one.open_cases for one in found[1:]))


def uses_of(session: Session, actor: Actor) -> dict[int, Use]:
    """By version; one that nothing goes by is left out."""
    uses: dict[int, Use] = {}
    chosen = session.execute(
        select(CoursePolicy.policy_version_id, func.count())
        .join(Course, Course.id == CoursePolicy.course_id)
        .where(CoursePolicy.ended_at.is_(None), Course.institution_id == actor.institution_id)
        .group_by(CoursePolicy.policy_version_id)
    )
    for version_id, number in chosen:
        uses.setdefault(version_id, Use()).courses = number
    still_open = session.execute(
        select(CreditCase.policy_version_id, func.count())
        .where(
            CreditCase.institution_id == actor.institution_id, CreditCase.state.in_(UNDECIDED)
        )
        .group_by(CreditCase.policy_version_id)
    )
    for version_id, number in still_open:
        uses.setdefault(version_id, Use()).open_cases = number
    for row in defaults(session, actor):
        use = uses.setdefault(row.policy_version_id, Use())
        if row.term is None:
            use.is_usual = True
        else:
            use.terms.append(row.term)
    return uses


def defaults(session: Session, actor: Actor) -> Sequence[DefaultPolicy]:
    return session.scalars(
        select(DefaultPolicy)
        .where(
            DefaultPolicy.institution_id == actor.institution_id,
            DefaultPolicy.ended_at.is_(None),
        )
        .options(joinedload(DefaultPolicy.term), joinedload(DefaultPolicy.policy_version))
        .order_by(DefaultPolicy.id)
    ).all()


def versions_of(
    session: Session, version: CreditPolicyVersion, actor: Actor
) -> Sequence[CreditPolicyVersion]:
    """All under its name, the newest first."""
    return session.scalars(
        queries.visible_to(actor)
        .where(CreditPolicyVersion.name == version.name)
        .order_by(CreditPolicyVersion.number.desc())
    ).all()


def courses_by(
    session: Session, versions: Sequence[CreditPolicyVersion]
) -> Sequence[CoursePolicy]:
    return session.scalars(
        select(CoursePolicy)
        .where(
            CoursePolicy.policy_version_id.in_([one.id for one in versions]),
            CoursePolicy.ended_at.is_(None),
        )
        .options(
            joinedload(CoursePolicy.course).joinedload(Course.term),
            joinedload(CoursePolicy.policy_version),
        )
        .order_by(CoursePolicy.id.desc())
        .limit(MOST_COURSES)
    ).all()


def open_in_course(session: Session, course: Course) -> dict[int, int]:
    """How many cases of the course that nobody decided go by which version."""
    rows = session.execute(
        select(CreditCase.policy_version_id, func.count().label("number"))
        .where(CreditCase.course_id == course.id, CreditCase.state.in_(UNDECIDED))
        .group_by(CreditCase.policy_version_id)
    )
    return {row.policy_version_id: row.number for row in rows}
