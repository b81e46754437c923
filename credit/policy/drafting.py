"""Drafts of a policy: begun from something, kept as typed, and published as a new version."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit.policy import draft_queries, editor_values, operations
from credit.policy.draft_models import PolicyDraft
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters

LONGEST_NAME = 80


def begin(
    session: Session,
    *,
    name: str,
    parameters: Parameters,
    source: str,
    actor: Actor,
    based_on: CreditPolicyVersion | None = None,
) -> PolicyDraft:
    """A policy of a new name, or with ``based_on`` its next version.

    :raises InvalidInput: a policy of this name is there already.
    """
    _only_staff(actor)
    if based_on is None and draft_queries.newest_named(session, name, actor) is not None:
        raise InvalidInput(
            f"There is a policy called {name}. Write a new version of it, or choose another "
            "name.",
            field="name",
        )
    answers = editor_values.answers_of(parameters) | {"source": [source], "note": [""]}
    draft = PolicyDraft(
        institution_id=actor.institution_id,
        name=name,
        based_on_id=based_on.id if based_on else None,
        answers=answers,
        begun_by_id=actor.person_id,
        changed_by_id=actor.person_id,
        changed_at=clock.now(),
    )
    session.add(draft)
    session.flush()
    audit.record(session, "policy_draft:begin", draft, actor=actor, based_on=draft.based_on_id)
    return draft


def save(
    session: Session,
    draft: PolicyDraft,
    answers: Mapping[str, Sequence[str]],
    *,
    actor: Actor,
    seen: int,
) -> bool:
    """Keep what was typed, valid or not; whether anything is different now.

    One's own other tab or what the page kept by itself meanwhile is no conflict.

    :raises ChangedMeanwhile: since ``seen`` somebody else saved.
    """
    _may_write(draft, actor)
    if draft.version != seen and draft.changed_by_id != actor.person_id:
        raise ChangedMeanwhile("Somebody else saved this draft after you opened it.")
    kept = {key: list(texts) for key, texts in answers.items()}
    if kept == draft.answers:
        return False
    draft.answers = kept
    draft.changed_by_id, draft.changed_at = actor.person_id, clock.now()
    session.flush()
    audit.record(session, "policy_draft:save", draft, actor=actor, version=draft.version)
    return True


def put_away(session: Session, draft: PolicyDraft, *, actor: Actor) -> None:
    """It leaves the list; nothing of it is lost."""
    _may_write(draft, actor)
    draft.closed_at = clock.now()
    session.flush()
    audit.record(session, "policy_draft:put_away", draft, actor=actor)


def bring_back(session: Session, draft: PolicyDraft, *, actor: Actor) -> None:
    _only_staff(actor)
    if draft.published_id is not None:
        raise NotPossible("This draft was published. Begin another one from the policy.")
    if draft.closed_at is not None:
        draft.closed_at = None
        session.flush()
        audit.record(session, "policy_draft:bring_back", draft, actor=actor)


def publish(
    session: Session,
    draft: PolicyDraft,
    *,
    actor: Actor,
    seen: int,
    newest_seen: int | None,
    note: str = "",
) -> CreditPolicyVersion:
    """Pressed twice, it is published once.

    :raises ChangedMeanwhile: the draft, or the policy that it follows, is another one now.
    :raises NotPossible: something in it cannot be read yet.
    """
    if draft.published is not None and draft.institution_id == actor.institution_id:
        return draft.published
    _may_write(draft, actor)
    operations.begin_writing(session, actor, draft.institution_id)
    newest = draft_queries.newest_named(session, draft.name, actor)
    if draft.version != seen or (newest.id if newest else None) != newest_seen:
        raise ChangedMeanwhile("It was changed after you opened this page. Look once more.")
    parameters, problems = editor_values.check(draft.answers)
    if parameters is None:
        raise NotPossible("Some answers need another look first.", list(problems.values()))
    version = operations.create_version(
        session,
        institution_id=draft.institution_id,
        name=draft.name,
        parameters=parameters,
        source=editor_values.first(draft.answers, "source"),
        note=note,
        actor=actor,
    )
    draft.published_id, draft.closed_at = version.id, clock.now()
    draft.published = version
    session.flush()
    audit.record(session, "policy_draft:publish", draft, actor=actor, policy_version=version.id)
    return version


def _may_write(draft: PolicyDraft, actor: Actor) -> None:
    _only_staff(actor)
    if draft.institution_id != actor.institution_id:
        raise NotPermitted("Only career staff write credit policy.")
    if draft.closed_at is not None:
        raise NotPossible("This draft was published or put away; it is read only.")


def _only_staff(actor: Actor) -> None:
    if not actor.is_staff:
        raise NotPermitted("Only career staff write credit policy.")
