"""Giving levels for the academic work, by the rubric that the case is frozen to."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import InvalidInput, NotPossible
from careerlink.people.actors import Actor
from credit.academic_work import queries
from credit.academic_work.models import AcademicAssessment, AcademicLevel
from credit.cases import recording
from credit.cases.models import CreditCase
from credit.policy.parameters import Parameters, RubricLine

MOST_WRITTEN = 4000


def assess(
    session: Session,
    case: CreditCase,
    *,
    actor: Actor,
    levels: Mapping[str, int | None],
    comment: str = "",
) -> AcademicAssessment:
    """By line of the rubric: the level's place from 0, or nothing where too little is there.

    The same again is no new row.
    """
    recording.require_open(session, case, actor)
    _require_whole(case, levels)
    if len(comment) > MOST_WRITTEN:
        raise InvalidInput(f"Write up to {MOST_WRITTEN} characters.", field="comment")
    earlier = queries.assessments(session, case)
    if earlier and _says(earlier[0]) == (dict(levels), comment.strip()):
        return earlier[0]
    text = audit.erasable(session, comment.strip()) if comment.strip() else None
    found = AcademicAssessment(
        credit_case_id=case.id,
        number=len(earlier) + 1,
        policy_version_id=case.policy_version_id,
        comment_id=text.id if text is not None else None,
        assessed_by_id=actor.person_id,
        acting_for_id=actor.standing(case.course_id).acts_for_id,
        assessed_at=clock.now(),
        levels=[AcademicLevel(line=line, level=level) for line, level in levels.items()],
    )
    session.add(found)
    session.flush()
    audit.record(
        session,
        "credit_case:assess",
        case,
        actor=actor,
        number=found.number,
        levels=dict(levels),
    )
    return found


def _says(one: AcademicAssessment) -> tuple[dict[str, int | None], str]:
    comment = (one.comment.text or "") if one.comment is not None else ""
    return {level.line: level.level for level in one.levels}, comment


def without_level(case: CreditCase, levels: Mapping[str, int | None]) -> list[RubricLine]:
    """Lines of the rubric that nothing was said about, not even that there is too little."""
    return [line for line in _rubric(case) if line.key not in levels]


def _rubric(case: CreditCase) -> Sequence[RubricLine]:
    return Parameters.model_validate(case.policy_version.parameters).rubric


def _require_whole(case: CreditCase, levels: Mapping[str, int | None]) -> None:
    rubric = _rubric(case)
    if not rubric:
        raise NotPossible("The policy of this case has no rubric for academic work.")
    known = {line.key: len(line.levels) for line in rubric}
    outside = [
        key
        for key, level in levels.items()
        if key not in known or (level is not None and not 0 <= level < known[key])
    ]
    if outside or levels.keys() != known.keys():
        raise InvalidInput("Choose a level for every line, or that there is too little.")
