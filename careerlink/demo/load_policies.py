"""What the office's pages of policies and terms show: other terms, a second policy, a draft,
and last term's cases to try it on."""

from datetime import timedelta

from careerlink import clock
from careerlink.demo import last_term_cases
from careerlink.demo.loading import Loading
from careerlink.institutions import term_operations
from careerlink.institutions.models import Term
from credit.policy import drafting, dry_run, operations, queries
from credit.policy.draft_models import PolicyDraft
from credit.policy.known_rules import known
from credit.policy.parameters import Clause

COURSE = "BUS-310"
HALF_A_YEAR = timedelta(weeks=30)


def load(loading: Loading) -> None:
    with clock.at(loading.moment(-140)):
        earlier = _term(loading, -HALF_A_YEAR, "Spring")
        later = _term(loading, HALF_A_YEAR - timedelta(weeks=10), "Next term")
        _second_policy(loading, later)
    last_term_cases.load(loading, earlier)
    with clock.at(loading.moment(-2)):
        draft = _draft(loading)
    with clock.at(loading.moment(-1, 12)):
        dry_run.begin(loading.session, draft, actor=loading.staff(), term=earlier)


def _term(loading: Loading, shift: timedelta, name: str) -> Term:
    term = loading.session.get_one(Term, loading.courses[COURSE].term_id)
    days = {
        "starts_on": term.starts_on,
        "last_add_on": term.starts_on + timedelta(days=7),
        "census_on": term.census_on,
        "last_drop_on": term.census_on,
        "withdraw_by_on": term.last_drop_on,
        "ends_on": term.ends_on,
        "grades_due_on": term.grades_due_on,
    }
    moved = {key: day + shift if day else None for key, day in days.items()}
    first = term.starts_on + shift
    return term_operations.add_term(
        loading.session,
        institution_id=loading.institution.id,
        code=f"{first:%Y%m}",
        name=f"Spring {first.year}" if first.month < 5 else f"{name} {first.year}",
        days=moved,
        actor=loading.system,
    )


def _second_policy(loading: Loading, term: Term) -> None:
    """A table of hours, pass or no pass, and a chain; the next term goes by it."""
    published = known("macalester").parameters
    version = operations.create_version(
        loading.session,
        institution_id=loading.institution.id,
        name="Honors internships",
        parameters=published.model_copy(
            update={
                "approver_chain": ("instructor", "chair"),
                "grade_basis": "pass_fail",
                "min_span_weeks": 8,
                "clauses": {
                    "hours": Clause(ref="H 1", text="45, 75, 105 and 140 hours."),
                    "approval": Clause(ref="H 4", text="The chair has the last word."),
                },
            }
        ),
        source="Honors handbook, chapter 3",
        note="First version, for the pilot of the honors council",
        actor=loading.system,
    )
    operations.choose_default(loading.session, version, actor=loading.system, term=term)


def _draft(loading: Loading) -> PolicyDraft:
    """The next version of the course's policy, as far as somebody got with it."""
    version = loading.policies[COURSE]
    session, actor = loading.session, loading.staff()
    draft = drafting.begin(
        session,
        name=version.name,
        parameters=queries.parameters_of(version),
        source=version.source,
        actor=actor,
        based_on=version,
    )
    answers = {key: list(texts) for key, texts in draft.answers.items()}
    answers |= {"minutes_per_credit": ["50"], "min_span_weeks": ["11"]}
    answers["approver_chain"] = ["instructor", "chair", ""]
    drafting.save(session, draft, answers, actor=actor, seen=draft.version)
    return draft
