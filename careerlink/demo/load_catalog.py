"""Sample term, objectives, competencies and policies as rows."""

from careerlink import audit, clock
from careerlink.courses.models import Objective
from careerlink.demo import earlier_policies
from careerlink.demo.loading import Loading
from careerlink.demo.policy_records import Policy
from careerlink.institutions.models import Term
from credit.competencies import operations as competencies
from credit.competencies import queries as competency_queries
from credit.competencies.operations import NewCompetency
from credit.policy import operations as policies
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Clause, Parameters, RubricLine

RULES = {
    "hours_per_credit": "hours",
    "tolerance_percent": "over_plan",
    "academic_hours": "academic",
    "min_span_weeks": "span",
    "max_hours_per_week": "week",
    "no_hours_before": "start",
    "required_evidence": "evidence",
}


def load(loading: Loading) -> None:
    _term(loading)
    _objectives(loading)
    _competencies(loading)
    _policies(loading)


def _term(loading: Loading) -> None:
    term = loading.content.term.around(loading.today)
    loading.term = Term(
        institution_id=loading.institution.id,
        code=f"{term.starts_on:%Y%m}",
        name=term.name,
        starts_on=term.starts_on,
        census_on=term.census_on,
        last_drop_on=term.last_drop_on,
        ends_on=term.ends_on,
        grades_due_on=term.grades_due_on,
    )
    loading.session.add(loading.term)


def _objectives(loading: Loading) -> None:
    for at, course in enumerate(loading.content.courses):
        for objective in course.objectives:
            row = Objective(
                institution_id=loading.institution.id,
                uri=objective.key,
                code=objective.short,
                title=objective.title,
                text=objective.text,
                # A course that chose none starts with the first course's.
                is_default=at == 0,
                position=objective.number,
            )
            loading.session.add(row)
            loading.objectives[objective.key] = row
    loading.session.flush()


def _competencies(loading: Loading) -> None:
    framework = loading.content.framework
    competencies.add_framework(
        loading.session,
        loading.institution,
        actor=loading.system,
        uri=framework.key,
        name=framework.name,
        source=framework.note,
        competencies=[
            NewCompetency(c.key, c.name, c.text, c.anchors, c.behaviors)
            for c in framework.competencies
        ],
    )
    for row in competency_queries.all_of(loading.session, loading.institution.id):
        loading.competencies[row.code] = row


def _policies(loading: Loading) -> None:
    for at, course in enumerate(loading.content.courses):
        policy = course.policy
        earlier_policies.load(loading, course.code, policy.name, _parameters(policy))
        row = CreditPolicyVersion(
            institution_id=loading.institution.id,
            name=policy.name,
            number=policy.version,
            parameters=_parameters(policy).stored(),
            source=policy.source,
            created_at=loading.moment(-150),
        )
        loading.session.add(row)
        loading.session.flush()
        loading.policies[course.code] = row
        with clock.at(row.created_at):
            audit.record(
                loading.session, "credit_policy_version:create", row, actor=loading.system
            )
            if at == 0:
                policies.choose_default(loading.session, row, actor=loading.system)


def _parameters(policy: Policy) -> Parameters:
    return Parameters(
        minutes_per_credit=policy.hours_per_credit * 60,
        step_thousandths=policy.credit_step_thousandths,
        minimum_thousandths=policy.min_credit_thousandths,
        maximum_thousandths=policy.max_credit_thousandths,
        academic_minutes_required=policy.academic_hours * 60,
        tolerance_percent=policy.tolerance_percent,
        max_minutes_per_week=policy.max_hours_per_week * 60,
        min_span_weeks=policy.min_span_weeks,
        span_from_enrollment=True,
        deliverables_required=1,
        reflection_required=True,
        self_evaluation_required=True,
        approver_chain=policy.approver_chain,
        rubric=tuple(
            RubricLine(key=line.key, title=line.title, levels=line.levels)
            for line in policy.rubric
        ),
        lifetime_maximum_thousandths=policy.lifetime_credits * 1000 or None,
        clauses={
            RULES.get(clause.rule, clause.rule): Clause(ref=clause.ref, text=clause.text)
            for clause in policy.clauses
        },
    )
