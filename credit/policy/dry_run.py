"""A draft tried on decided cases, in batches; nothing but its own findings is written."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock, outbox
from careerlink.courses.models import Course
from careerlink.enrollments.terms_of_students import enrolled_term_id
from careerlink.errors import InvalidInput, NotFound, NotPermitted
from careerlink.institutions.models import Term
from careerlink.outbox import Outcome
from careerlink.people.actors import Actor
from careerlink.worker import Delivery
from credit.cases.models import CreditCase, Decision, DecisionOutcome
from credit.cases.standing import standing_of
from credit.policy import comparing, editor_values
from credit.policy.draft_models import Finding, PolicyDraft, PolicyDryRun, PolicyDryRunRow
from credit.policy.inputs import CaseInput
from credit.policy.parameters import Parameters

BATCH = 200
KIND = "policy_dry_run"


def begin(
    session: Session,
    draft: PolicyDraft,
    *,
    actor: Actor,
    term: Term | None = None,
    course: Course | None = None,
) -> PolicyDryRun:
    """Look at the first batch at once; a worker goes on where there is more.

    :raises InvalidInput: the draft is not readable yet, or nothing to try it on was chosen.
    """
    if not actor.is_staff or draft.institution_id != actor.institution_id:
        raise NotPermitted("Only career staff try a policy out.")
    if (term is None) == (course is None):
        raise InvalidInput("Choose a term or a course.", field="scope")
    for scope in (term, course):
        if scope is not None and scope.institution_id != draft.institution_id:
            raise NotFound
    parameters, problems = editor_values.read(draft.answers)
    if parameters is None:
        raise InvalidInput(f"Mend the draft first: {next(iter(problems.values()))}")
    run = PolicyDryRun(
        draft_id=draft.id,
        parameters=parameters.stored(),
        term_id=term.id if term else None,
        course_id=course.id if course else None,
        last_decision_id=session.scalar(select(func.max(Decision.id))) or 0,
        begun_by_id=actor.person_id,
    )
    session.add(run)
    session.flush()
    run.total = session.scalar(_cases(run).with_only_columns(func.count())) or 0
    audit.record(
        session,
        "policy_draft:try_on_cases",
        draft,
        actor=actor,
        term=run.term_id,
        course=run.course_id,
        cases=run.total,
        run=run.id,
    )
    go_on(session, run)
    if run.finished_at is None:
        outbox.enqueue(
            session,
            kind=KIND,
            target=f"policy_dry_run/{run.id}",
            payload={"run": run.id},
            institution_id=draft.institution_id,
        )
    return run


def go_on(session: Session, run: PolicyDryRun, batch: int = BATCH) -> None:
    """The next batch of cases, each from what its standing decision froze."""
    if run.finished_at is not None:
        return
    ids = session.scalars(
        _cases(run)
        .with_only_columns(CreditCase.id)
        .where(CreditCase.id > run.after_case_id)
        .order_by(CreditCase.id)
        .limit(batch)
    ).all()
    policy = Parameters.model_validate(run.parameters)
    known: dict[int, Parameters] = {}
    for decision in _standing(session, run, list(ids)):
        _look(session, run, policy, decision, known)
    run.looked_at = min(run.total, run.looked_at + len(ids))
    if ids:
        run.after_case_id = ids[-1]
    if len(ids) < batch:
        run.finished_at, run.looked_at = clock.now(), run.total
    session.flush()


def deliver(delivery: Delivery) -> Outcome:
    """The worker's part: batch by batch, each in a unit of its own."""
    while delivery.renew_lease():
        with delivery.database.write() as session:
            run = session.scalar(
                select(PolicyDryRun)
                .where(PolicyDryRun.id == delivery.payload["run"])
                .with_for_update()
            )
            if run is None:
                return Outcome(delivered=True)
            go_on(session, run)
            if run.finished_at is not None:
                return Outcome(delivered=True)
    return Outcome(error="another worker went on with it")


def _cases(run: PolicyDryRun) -> Select[CreditCase]:
    """Decided ones: something final was decided in them, and it may have been voided since."""
    decided = (
        select(Decision.id)
        .where(
            Decision.credit_case_id == CreditCase.id,
            Decision.id <= run.last_decision_id,
            Decision.is_final,
            Decision.outcome.in_((DecisionOutcome.APPROVED, DecisionOutcome.DENIED)),
        )
        .exists()
    )
    query = select(CreditCase).join(Course, Course.id == CreditCase.course_id).where(decided)
    if run.course_id is not None:
        return query.where(CreditCase.course_id == run.course_id)
    enrolled = enrolled_term_id(CreditCase.course_id, CreditCase.person_id)
    return query.where(func.coalesce(Course.term_id, enrolled) == run.term_id)


def _standing(session: Session, run: PolicyDryRun, ids: list[int]) -> list[Decision]:
    rows = session.scalars(
        select(Decision)
        .where(Decision.credit_case_id.in_(ids), Decision.id <= run.last_decision_id)
        .options(joinedload(Decision.policy_version))
        .order_by(Decision.credit_case_id, Decision.number)
    )
    by_case: dict[int, list[Decision]] = {}
    for row in rows:
        by_case.setdefault(row.credit_case_id, []).append(row)
    found = [standing_of(made) for made in by_case.values()]
    return [
        one
        for one in found
        if one is not None and one.outcome in (DecisionOutcome.APPROVED, DecisionOutcome.DENIED)
    ]


def _look(
    session: Session,
    run: PolicyDryRun,
    policy: Parameters,
    decision: Decision,
    known: dict[int, Parameters],
) -> None:
    version = decision.policy_version
    if version.id not in known:
        known[version.id] = Parameters.model_validate(version.parameters)
    case = CaseInput.model_validate(decision.inputs)
    found = comparing.compare(known[version.id], policy, case)
    if found.is_checkable and not found.differs:
        return
    finding = Finding.CHANGED if found.is_checkable else Finding.NOT_CHECKABLE
    run.changed += finding == Finding.CHANGED
    run.not_checkable += finding == Finding.NOT_CHECKABLE
    session.add(
        PolicyDryRunRow(
            dry_run_id=run.id,
            credit_case_id=decision.credit_case_id,
            decision_id=decision.id,
            finding=finding,
            before_thousandths=found.before,
            after_thousandths=found.after,
            reasons=[list(pair) for pair in (found.needs or found.reasons)],
        )
    )
