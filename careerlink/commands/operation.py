"""Commands for operators: database, configuration, audit, outbox, backup."""

import json
import sys
from pathlib import Path

import click
from sqlalchemy import select

from careerlink import audit_verify, backup, migrate
from careerlink.commands.context import Context, failing, pass_context
from careerlink.institutions.models import Institution
from careerlink.notifications import deliveries
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.people.actors import system


@click.group()
def db() -> None:
    """Set up the database, or see whether it is up to date."""


@db.command()
@pass_context
def upgrade(context: Context) -> None:
    """Bring the database to this version; the first time, make the institution "main"."""
    database = context.unchecked_database
    migrate.upgrade(database)
    with database.write() as session:
        if session.scalar(select(Institution.id).limit(1)) is None:
            session.add(Institution(slug="main", name="Main institution"))
    click.echo(f"database at {migrate.head()}")


@db.command()
@pass_context
def check(context: Context) -> None:
    """Say whether the database is reachable and at this version."""
    click.echo(f"database {context.database.url!r} is up to date")


@click.group()
def config() -> None:
    """Check the configuration."""


@config.command("check")
@pass_context
def check_config(context: Context) -> None:
    """Read the configuration and say whether it is complete."""
    address, database = context.settings.server.public_url, context.unchecked_database.url
    click.echo(f"configuration is fine: {address}, {database!r}")


@click.group()
def audit() -> None:
    """Prove that the audit trail is whole."""


@audit.command("verify")
@click.option("--newest", help="Seal printed by an earlier run and kept elsewhere.")
@pass_context
def verify(context: Context, newest: str | None) -> None:
    """Name every altered, missing and unsealed entry; exit 1 when there is one."""
    with context.database.read() as session:
        # With or without its number, as it was printed.
        kept = newest.split()[-1] if newest and newest.strip() else None
        found = audit_verify.verify(session, context.settings, kept_seal=kept)
    for fault in found.faults:
        click.echo(fault)
    click.echo(
        f"{found.entries} entries in {found.blocks} blocks, {found.waiting} waiting for a "
        f"seal, {found.erased} reasons erased"
    )
    click.echo(f"newest seal: {found.newest.number} {found.newest.mac}")
    if found.faults:
        sys.exit(1)


@click.group()
def outbox() -> None:
    """See and retry what was to be delivered."""


@outbox.command("list")
@click.option("--state", type=click.Choice([s.value for s in DeliveryState]))
@click.option("--json", "as_json", is_flag=True)
@pass_context
def list_messages(context: Context, state: str | None, as_json: bool) -> None:
    """Newest first, at most 200."""
    query = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(200)
    if state is not None:
        query = query.where(OutboxMessage.state == DeliveryState(state))
    with context.database.read() as session:
        rows = [
            {
                "id": m.id,
                "kind": m.kind,
                "target": m.target,
                "state": m.state.value,
                "attempts": m.attempts,
                "due_at": m.due_at.isoformat(),
                "last_error": m.last_error,
            }
            for m in session.scalars(query)
        ]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        click.echo("{id}\t{kind}\t{state}\t{attempts}\t{target}\t{last_error}".format(**row))


@outbox.command()
@click.argument("message_id", type=int)
@pass_context
def retry(context: Context, message_id: int) -> None:
    """Send a failed message again."""
    with context.database.write() as session:
        message = session.get(OutboxMessage, message_id)
        if message is None:
            failing(f"outbox: no message {message_id}")
        deliveries.retry(session, message, actor=system(message.institution_id))
    click.echo(f"message {message_id} is queued")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_context
def write_backup(context: Context, file: Path) -> None:
    """Write database and files into one archive, while CareerLink runs."""
    count = backup.write(context.database, context.settings, file)
    click.echo(f"{file}: database and {count} files")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@pass_context
def read_backup(context: Context, file: Path) -> None:
    """Put a backup into the configured, still empty database and files folder."""
    count = backup.restore(context.unchecked_database, context.settings, file)
    click.echo(f"restored database and {count} files")
