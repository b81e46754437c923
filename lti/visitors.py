"""Launches without a user, as public Canvas courses send them: a look at the projects.

Nobody is signed in and nothing is stored about anybody, so the page is the answer to the launch
itself and leads nowhere.
"""

from dataclasses import dataclass

from flask import g, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.institutions.models import Institution
from careerlink.listings import offered
from careerlink.web import services
from lti import deployments
from lti.claim_values import Launch
from lti.models import LtiContext, LtiDeployment

MOST_PROJECTS = 50


@dataclass(frozen=True)
class Visit:
    institution_id: int
    course_id: int | None
    """``None``: no launch of a person has come from that course yet."""
    frame_origins: tuple[str, ...]


def visit(session: Session, deployment: LtiDeployment, launch: Launch) -> Visit:
    key = launch.context.id if launch.context is not None else ""
    course_id = session.scalar(
        select(LtiContext.course_id).where(
            LtiContext.deployment_id == deployment.id, LtiContext.context_id == key
        )
    )
    origins = deployments.frame_origins(deployment)
    return Visit(deployment.institution_id, course_id, tuple(origins))


def page(visit: Visit) -> str:
    """Nothing about any person is on it, so those who frame the platform may show it."""
    g.frame_origins = list(visit.frame_origins)
    with services().database.read() as session:
        institution = session.get_one(Institution, visit.institution_id)
        day = clock.today(institution.time_zone)
        return render_template(
            "lti/visitor.html",
            institution=institution,
            projects=offered.to_anybody(
                session, institution, visit.course_id, on=day, most=MOST_PROJECTS
            ),
        )
