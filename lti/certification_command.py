"""``careerlink lti certify-ags``: the grade services for the certification suite."""

import sys

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.commands.context import Context, failing, pass_context
from lti import certification, http, registrations
from lti.models import DeploymentState, LtiDeployment, LtiUser
from lti.services import Services
from lti.tokens import Client


@click.command("certify-ags")
@click.argument("registration_id", metavar="REGISTRATION", type=int)
@click.argument("lineitems_url", metavar="LINEITEMS_URL")
@click.option("--user", "user_id", default="", help="Who gets the score: a learner's sub.")
@pass_context
def certify_ags(
    context: Context, registration_id: int, lineitems_url: str, user_id: str
) -> None:
    """Call each grade service of a platform once, and say what came.

    LINEITEMS_URL is the claim of that name in the launch that the suite prescribes.
    """
    with context.database.read() as session:
        registrations.get(session, registration_id)
        deployment = session.scalar(
            select(LtiDeployment)
            .where(
                LtiDeployment.registration_id == registration_id,
                LtiDeployment.state == DeploymentState.ACTIVE,
            )
            .order_by(LtiDeployment.id)
        )
        if deployment is None:
            failing("certify-ags: this registration has no approved deployment")
        client = Client.of(deployment)
        user_id = user_id or _seen_last(session, registration_id)
    if not user_id:
        failing("certify-ags: nobody has launched yet; name a learner with --user")
    with http.Platform(context.settings) as platform:
        services = Services(
            context.database, context.settings, client, certification.SCOPES, platform
        )
        done = [_shown(step) for step in certification.steps(
            services, lineitems_url, user_id=user_id
        )]  # fmt: skip
    if not all(step.is_passed for step in done):
        sys.exit(1)


def _shown(step: certification.Step) -> certification.Step:
    click.echo(str(step))
    return step


def _seen_last(session: Session, registration_id: int) -> str:
    """The suite's prescribed launch is a learner's."""
    found = session.scalar(
        select(LtiUser.sub)
        .where(LtiUser.registration_id == registration_id)
        .order_by(LtiUser.last_launch_at.desc().nulls_last(), LtiUser.id.desc())
        .limit(1)
    )
    return found or ""
