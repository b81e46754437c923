"""Commands that grant and revoke roles in the career office."""

import json

import click
from sqlalchemy import select

from careerlink.commands.context import (
    Context,
    failing,
    institution_of,
    institution_option,
    pass_context,
)
from careerlink.people import grants
from careerlink.people.actors import system
from careerlink.people.models import OfficeRole, PersonRole


@click.group()
def staff() -> None:
    """Grant and revoke roles in the career office."""


@staff.command()
@click.argument("email")
@click.option(
    "--role", type=click.Choice([r.value for r in OfficeRole]), default=OfficeRole.STAFF.value
)
@institution_option
@pass_context
def grant(context: Context, email: str, role: str, slug: str | None) -> None:
    """Let EMAIL work in the office, from the next launch or sign-in with this address."""
    with context.database.write() as session:
        institution = institution_of(session, slug)
        granted = grants.grant(
            session,
            institution,
            email=email,
            role=OfficeRole(role),
            actor=system(institution.id),
        )
        waits = granted.person_id is None
    click.echo(f"{email} is {role}" + (", from the first sign-in on" if waits else ""))


@staff.command()
@click.argument("email")
@institution_option
@pass_context
def revoke(context: Context, email: str, slug: str | None) -> None:
    """Take every office role from EMAIL, at once."""
    with context.database.write() as session:
        institution = institution_of(session, slug)
        count = grants.revoke(session, institution, email=email, actor=system(institution.id))
        if count == 0:
            failing(f"staff: {email} has no role in {institution.slug}")
    click.echo(f"{email} has no office role any more")


@staff.command("list")
@click.option("--json", "as_json", is_flag=True)
@institution_option
@pass_context
def list_staff(context: Context, as_json: bool, slug: str | None) -> None:
    with context.database.read() as session:
        institution = institution_of(session, slug)
        rows = [
            {"email": r.email, "role": r.role.value, "taken": r.taken_at is not None}
            for r in session.scalars(
                select(PersonRole)
                .where(
                    PersonRole.institution_id == institution.id, PersonRole.revoked_at.is_(None)
                )
                .order_by(PersonRole.email)
            )
        ]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        click.echo(f"{row['email']}\t{row['role']}\t{'in use' if row['taken'] else 'waiting'}")
