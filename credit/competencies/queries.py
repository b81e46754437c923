"""Reading competencies; they belong to an institution's frameworks."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from careerlink.courses.models import Course
from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.web.pagination import Page, page
from credit.competencies.models import Competency, CompetencyFramework, CourseCompetency

COMMON = ("communication", "critical-thinking", "professionalism")
"""Asked where an agreement names none: they can be seen in any project."""
PAGE = 100


def visible_to(actor: Actor) -> Select[CompetencyFramework]:
    """Any member of the institution may know what its competencies say."""
    return select(CompetencyFramework).where(
        CompetencyFramework.institution_id == actor.institution_id
    )


def frameworks(session: Session, actor: Actor) -> list[tuple[CompetencyFramework, int]]:
    """With how many competencies each has in use; the retired ones last."""
    counted = (
        select(Competency.framework_id, func.count().label("number"))
        .where(Competency.retired_at.is_(None), Competency.is_group.is_(False))
        .group_by(Competency.framework_id)
        .subquery()
    )
    rows = session.execute(
        visible_to(actor)
        .outerjoin(counted, counted.c.framework_id == CompetencyFramework.id)
        .add_columns(func.coalesce(counted.c.number, 0))
        .order_by(CompetencyFramework.retired_at.is_not(None), CompetencyFramework.id)
    )
    return [(framework, number) for framework, number in rows]


def framework(session: Session, framework_id: int, *, actor: Actor) -> CompetencyFramework:
    found = session.scalar(visible_to(actor).where(CompetencyFramework.id == framework_id))
    if found is None:
        raise NotFound
    return found


def competency(session: Session, competency_id: int, *, actor: Actor) -> Competency:
    ids = visible_to(actor).with_only_columns(CompetencyFramework.id)
    found = session.scalar(
        select(Competency)
        .where(Competency.id == competency_id, Competency.framework_id.in_(ids))
        .options(joinedload(Competency.framework))
    )
    if found is None:
        raise NotFound
    return found


def rows_of(session: Session, framework: CompetencyFramework) -> Sequence[Competency]:
    """Every row, groups and retired ones as well, in the order of the source."""
    return session.scalars(
        select(Competency)
        .where(Competency.framework_id == framework.id)
        .order_by(Competency.position, Competency.id)
    ).all()


def page_of(
    session: Session, framework: CompetencyFramework, *, after: str | None
) -> Page[Competency]:
    return page(
        session,
        select(Competency).where(Competency.framework_id == framework.id),
        order_by=[Competency.position, Competency.id],
        key_of=lambda row: [row.position, row.id],
        after=after,
        size=PAGE,
    )


def labels_above(session: Session, rows: Sequence[Competency]) -> dict[int, str]:
    """By its id what each parent of these is called."""
    ids = {row.parent_id for row in rows if row.parent_id}
    if not ids:
        return {}
    found = session.execute(
        select(Competency.id, Competency.label).where(Competency.id.in_(ids))
    )
    return dict(found.all())


def groups(
    session: Session, institution_id: int
) -> list[tuple[CompetencyFramework, list[Competency]]]:
    """What courses can choose from, by framework."""
    query = _in_use(institution_id).options(contains_eager(Competency.framework))
    found: dict[int, tuple[CompetencyFramework, list[Competency]]] = {}
    for row in session.scalars(query):
        found.setdefault(row.framework_id, (row.framework, []))[1].append(row)
    return list(found.values())


def _in_use(institution_id: int) -> Select[Competency]:
    return (
        select(Competency)
        .join(Competency.framework)
        .where(
            CompetencyFramework.institution_id == institution_id,
            CompetencyFramework.retired_at.is_(None),
            Competency.retired_at.is_(None),
            Competency.is_group.is_(False),
        )
        .order_by(CompetencyFramework.id, Competency.position, Competency.id)
    )


def all_of(session: Session, institution_id: int) -> Sequence[Competency]:
    """What can be offered at all: in use, and nothing but a heading."""
    return session.scalars(_in_use(institution_id)).all()


def usual(session: Session, institution_id: int) -> Sequence[Competency]:
    """What a course offers that has not chosen."""
    return session.scalars(
        _in_use(institution_id).where(CompetencyFramework.only_by_choice.is_(False))
    ).all()


def chosen_by(session: Session, course: Course) -> Sequence[Competency]:
    """The course's own choice, without what was retired since; empty where it made none."""
    return session.scalars(
        _in_use(course.institution_id)
        .join(CourseCompetency, CourseCompetency.competency_id == Competency.id)
        .where(CourseCompetency.course_id == course.id)
    ).all()


def offered_in(
    session: Session, course: Course, *, besides: Collection[int] = ()
) -> Sequence[Competency]:
    """What an agreement in this course can name: its set, or the institution's usual ones.

    ``besides`` are ids that a plan names already; they stay possible for it.
    """
    offered = chosen_by(session, course) or usual(session, course.institution_id)
    missing = set(besides) - {one.id for one in offered}
    if not missing:
        return offered
    named = session.scalars(
        select(Competency)
        .join(Competency.framework)
        .where(
            CompetencyFramework.institution_id == course.institution_id,
            Competency.id.in_(missing),
        )
        .order_by(Competency.position, Competency.id)
    )
    return [*offered, *named]


def common_ones(session: Session, course: Course) -> list[Competency]:
    """Three that the course offers, where possible those of ``COMMON``."""
    known = offered_in(session, course)
    chosen = [competency for competency in known if competency.code in COMMON]
    return chosen if len(chosen) == len(COMMON) else list(known[: len(COMMON)])
