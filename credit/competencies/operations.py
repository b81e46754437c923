"""Loading a framework: names and sentences are the institution's, the addresses stay."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.errors import InvalidInput
from careerlink.institutions.models import Institution
from careerlink.people.actors import Actor
from credit.competencies.models import Competency, CompetencyFramework

LEVELS = 4


@dataclass(frozen=True)
class NewCompetency:
    code: str
    """Short and stable, such as ``communication``; the address ends with it."""
    label: str
    description: str
    anchors: Sequence[str]
    """Four sentences, lowest level first."""
    behaviors: Sequence[str] = ()


def add_framework(
    session: Session,
    institution: Institution,
    *,
    actor: Actor,
    uri: str,
    name: str,
    source: str,
    competencies: Sequence[NewCompetency],
) -> CompetencyFramework:
    """Add a framework with its competencies, or return the one that has this address."""
    known = session.scalar(
        select(CompetencyFramework).where(
            CompetencyFramework.institution_id == institution.id,
            CompetencyFramework.uri == uri,
        )
    )
    if known is not None:
        return known
    for competency in competencies:
        if len(competency.anchors) != LEVELS:
            raise InvalidInput(f"{competency.label} needs a sentence for each of four levels.")
    framework = CompetencyFramework(
        institution_id=institution.id, uri=uri, name=name, source=source
    )
    session.add(framework)
    session.flush()
    session.add_all(
        _row(framework, position, competency)
        for position, competency in enumerate(competencies)
    )
    session.flush()
    audit.record(
        session,
        "competency_framework:add",
        framework,
        actor=actor,
        competencies=len(competencies),
    )
    return framework


def _row(framework: CompetencyFramework, position: int, new: NewCompetency) -> Competency:
    return Competency(
        framework_id=framework.id,
        uri=f"{framework.uri}/{new.code}",
        code=new.code,
        label=new.label,
        description=new.description,
        anchors=list(new.anchors),
        behaviors=list(new.behaviors),
        position=position,
    )
