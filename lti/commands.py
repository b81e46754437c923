"""The command line's part about platforms: ``careerlink lti …``."""

import json

import click

from careerlink.commands.context import (
    Context,
    institution_of,
    institution_option,
    pass_context,
)
from careerlink.people.actors import system
from lti import invitations, keys, registrations
from lti.certification_command import certify_ags
from lti.models import Family


@click.group()
def lti() -> None:
    """Platforms: add them, list them, turn them on and off."""


@lti.command()
@click.option("--name", required=True)
@click.option("--issuer", required=True)
@click.option("--client-id", required=True)
@click.option("--auth-url", required=True)
@click.option("--token-url", required=True)
@click.option("--jwks-url", required=True)
@click.option("--deployment-id", "deployment_ids", multiple=True, help="Approved at once.")
@click.option(
    "--family", type=click.Choice([f.value for f in Family]), default=Family.OTHER.value
)
@click.option(
    "--frame-origin", "frame_origins", multiple=True, help="May show CareerLink in a frame."
)
@click.option(
    "--succeeds", "succeeds_id", type=int, help="Registration that this one replaces."
)
@click.option("--json", "as_json", is_flag=True)
@institution_option
@pass_context
def add(
    context: Context,
    name: str,
    issuer: str,
    client_id: str,
    auth_url: str,
    token_url: str,
    jwks_url: str,
    deployment_ids: tuple[str, ...],
    family: str,
    frame_origins: tuple[str, ...],
    succeeds_id: int | None,
    as_json: bool,
    slug: str | None,
) -> None:
    """Add a platform; it is active at once."""
    with context.database.write() as session:
        institution = institution_of(session, slug)
        row = registrations.add(
            session,
            institution,
            name=name,
            issuer=issuer,
            client_id=client_id,
            auth_url=auth_url,
            token_url=token_url,
            jwks_url=jwks_url,
            family=Family(family),
            deployment_ids=deployment_ids,
            frame_origins=frame_origins,
            succeeds_id=succeeds_id,
            actor=system(institution.id),
        )
        keys.ensure(session, secret=context.settings.server.secret)
        found = next(r for r in registrations.rows(session) if r["id"] == row.id)
    _show([found], as_json=as_json, single=True)


@lti.command("list")
@click.option("--json", "as_json", is_flag=True)
@pass_context
def list_registrations(context: Context, as_json: bool) -> None:
    """Every platform with its state and deployments."""
    with context.database.read() as session:
        found = registrations.rows(session)
    _show(found, as_json=as_json)


@lti.command()
@click.argument("registration_id", type=int)
@pass_context
def activate(context: Context, registration_id: int) -> None:
    """Let a platform launch CareerLink."""
    with context.database.write() as session:
        row = registrations.get(session, registration_id)
        registrations.activate(session, row, actor=system(row.institution_id))
    click.echo(f"registration {registration_id} is active")


@lti.command()
@click.argument("registration_id", type=int)
@pass_context
def deactivate(context: Context, registration_id: int) -> None:
    """Refuse a platform's launches; they say why. Nothing is deleted."""
    with context.database.write() as session:
        row = registrations.get(session, registration_id)
        registrations.deactivate(session, row, actor=system(row.institution_id))
    click.echo(f"registration {registration_id} is inactive")


@lti.command("approve-deployment")
@click.argument("registration_id", type=int)
@click.argument("deployment_id")
@institution_option
@pass_context
def approve_deployment(
    context: Context, registration_id: int, deployment_id: str, slug: str | None
) -> None:
    """Approve a deployment that has launched and waits, or one that is yet to launch."""
    with context.database.write() as session:
        row = registrations.get(session, registration_id)
        institution = institution_of(session, slug) if slug is not None else None
        registrations.approve_deployment(
            session,
            row,
            deployment_id,
            actor=system(row.institution_id),
            institution=institution,
        )
    click.echo(f"deployment {deployment_id} of registration {registration_id} is approved")


@lti.command()
@click.option("--json", "as_json", is_flag=True)
@institution_option
@pass_context
def invite(context: Context, as_json: bool, slug: str | None) -> None:
    """Print a registration URL, for an LMS administrator to paste; it works once."""
    server = context.settings.server
    with context.database.write() as session:
        institution = institution_of(session, slug)
        row = invitations.issue(
            session, institution, secret=server.secret, actor=system(institution.id)
        )
        keys.ensure(session, secret=server.secret)
        url = invitations.address(row, public_url=server.public_url, secret=server.secret)
        found = {"id": row.public_id, "url": url, "expires_at": row.expires_at.isoformat()}
    if as_json:
        click.echo(json.dumps(found, indent=2))
        return
    click.echo(url)
    click.echo(f"Works once, until {row.expires_at:%Y-%m-%d %H:%M} UTC.", err=True)


lti.add_command(certify_ags)


@lti.group("keys")
def signing_keys() -> None:
    """CareerLink's own signing keys."""


@signing_keys.command()
@click.option("--now", is_flag=True, help="A key got out: the new one signs at once.")
@pass_context
def rotate(context: Context, now: bool) -> None:
    """Publish a new key; it signs in a day, and the old one is published two days longer."""
    with context.database.write() as session:
        found = keys.rotate(session, secret=context.settings.server.secret, actor=None, now=now)
    click.echo(
        f"key {found.kid} is published and signs from {found.signs_from:%Y-%m-%d %H:%M} UTC"
    )


def _show(rows: list[dict[str, object]], *, as_json: bool, single: bool = False) -> None:
    if as_json:
        click.echo(json.dumps(rows[0] if single else rows, indent=2))
        return
    for row in rows:
        click.echo("{id}\t{state}\t{family}\t{name}\t{issuer}\t{client_id}".format(**row))
