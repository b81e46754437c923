"""The command line's part about the registrar: ``careerlink registrar …``."""

import json
import sys

import click
from sqlalchemy import select

from careerlink.commands.context import (
    Context,
    failing,
    institution_of,
    institution_option,
    pass_context,
)
from careerlink.institutions.models import Term
from credit.registrar import reconciling


@click.group()
def registrar() -> None:
    """What the registrar was told."""


@registrar.command()
@click.option("--term", "code", help="Only cases of the term with this code.")
@click.option("--json", "as_json", is_flag=True)
@institution_option
@pass_context
def reconcile(context: Context, code: str | None, as_json: bool, slug: str | None) -> None:
    """Compare decisions, files for the registrar, gradebooks and reports, case by case.

    One line for each disagreement; exit code 1 if there is any.
    """
    found = []
    with context.database.read() as session:
        institution = institution_of(session, slug)
        term = None
        if code is not None:
            term = session.scalar(
                select(Term).where(Term.institution_id == institution.id, Term.code == code)
            )
            if term is None:
                failing(f"registrar reconcile: no term has the code {code}")
        for one in reconciling.every(session, institution.id, term):
            found.append(vars(one))
            if not as_json:
                click.echo(one.line)
    if as_json:
        click.echo(json.dumps(found, indent=2))
    elif not found:
        click.echo("All agree.")
    sys.exit(1 if found else 0)
