"""What a term goes by besides its days, taken over by another term that somebody chooses."""

from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.errors import InvalidInput, NotFound, NotPermitted
from careerlink.institutions.models import Term
from careerlink.offered_parts import CarriedPart, TermPart
from careerlink.people.actors import Actor
from careerlink.registry import registry


def previews(
    session: Session, source: Term, target: Term
) -> list[tuple[TermPart, CarriedPart]]:
    found = [(part, part.preview(session, source, target)) for part in registry.term_parts]
    return [(part, shown) for part, shown in found if shown is not None]


def clone(
    session: Session, source: Term, target: Term, keys: set[str], *, actor: Actor
) -> list[str]:
    """What came along, by part. Again, it changes nothing more."""
    if not actor.is_staff or actor.institution_id != target.institution_id:
        raise NotPermitted("Only career staff set terms up.")
    if source.institution_id != target.institution_id:
        raise NotFound
    if source.id == target.id:
        raise InvalidInput("Choose another term than this one.", field="target")
    taken = [
        f"{part.title}: {part.take(session, source, target, actor)}"
        for part, _ in previews(session, source, target)
        if part.key in keys
    ]
    audit.record(
        session, "term:clone", target, actor=actor, source=source.id, parts=sorted(keys)
    )
    return taken
