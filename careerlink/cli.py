"""The command line: a composition root. Errors are one line on standard error, exit code 2."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError

from careerlink import __version__, worker
from careerlink.app import compose, create_app
from careerlink.commands import operation
from careerlink.commands.context import Context, failing, pass_context
from careerlink.commands.server import Server, require_free
from careerlink.commands.staff import staff
from careerlink.config import ENVIRONMENT_FILE
from careerlink.demo.command import demo, sample
from careerlink.errors import Misconfigured, Refusal
from credit.explain_command import credit
from credit.registrar.commands import registrar
from lti.commands import lti


@click.group()
@click.option("--config", "path", type=click.Path(path_type=Path, dir_okay=False))
@click.version_option(__version__)
@click.pass_context
def cli(click_context: click.Context, path: Path | None) -> None:
    """CareerLink: the credit path for micro-internships inside the LMS."""
    named = path or (Path(value) if (value := os.environ.get(ENVIRONMENT_FILE)) else None)
    click_context.obj = Context(named)
    click_context.call_on_close(click_context.obj.close)


@cli.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@pass_context
def serve(context: Context, bind: str, workers: int) -> None:
    """Serve the web pages. On SQLite one process with threads."""
    if workers > 1 and context.unchecked_database.is_sqlite:
        failing("serve: SQLite takes one web process; use PostgreSQL for --workers 2 and more")
    database = context.database
    require_free(bind, "serve")
    log_to_stderr()
    app = create_app(context.settings, database)
    # Connections must not be shared with the process that the server forks.
    database.dispose()
    Server(app, bind, workers).run()


@cli.command("worker")
@click.option("--once", is_flag=True, help="Do what is due, then stop.")
@pass_context
def run_worker(context: Context, once: bool) -> None:
    """Deliver mail, scores and rosters; move what time moves; seal the audit trail."""
    database = context.database
    log_to_stderr()
    compose()
    if once:
        tried = worker.run_once(database, context.settings)
        click.echo(f"{tried} deliveries tried")
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker.run(database, context.settings, stop)


def log_to_stderr() -> None:
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    # It has two lines to say about every look at the database's revision.
    logging.getLogger("alembic").setLevel(logging.WARNING)


for command in (
    operation.db,
    operation.config,
    operation.audit,
    operation.outbox,
    operation.write_backup,
    operation.read_backup,
    staff,
    lti,
    credit,
    demo,
    sample,
    registrar,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; ``arguments`` are those of the process when left out."""
    try:
        cli(arguments, standalone_mode=False)
    except click.exceptions.Exit as exc:
        sys.exit(exc.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as exc:
        click.echo(exc.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as exc:
        _end(exc.format_message())
    except (Misconfigured, Refusal) as exc:
        _end(str(exc))
    except DBAPIError as exc:
        _end(f"database: {exc.orig}")
    except OverflowError:
        _end("a number is larger than any that the database holds")
    except UnicodeEncodeError:
        _end("what was given is not UTF-8")
    except OSError as exc:
        _end(f"{exc.filename or 'system'}: {exc.strerror or exc}")


def _end(message: str) -> None:
    click.echo(f"careerlink: {' '.join(message.split())}", err=True)
    sys.exit(2)
