"""For load balancers: is the process up, and can it do its work?"""

from flask import Blueprint, Response, jsonify
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from careerlink import migrate
from careerlink.errors import Misconfigured
from careerlink.notifications.models import MailboxReading
from careerlink.outbox import OutboxMessage
from careerlink.security import access, anyone
from careerlink.web import services

bp = Blueprint("health", __name__)


@bp.get("/health/live")
@access(anyone)
def live() -> Response:
    return jsonify(status="ok")


@bp.get("/health/ready")
@access(anyone)
def ready() -> tuple[Response, int]:
    try:
        migrate.check(services().database)
        with services().database.read() as session:
            session.execute(text("SELECT 1"))
    except (Misconfigured, SQLAlchemyError) as exc:
        return jsonify(status="unavailable", problem=type(exc).__name__), 503
    return jsonify(status="ok"), 200


@bp.get("/metrics")
@access(anyone)
def metrics() -> Response:
    """Counts only: no names, no addresses."""
    with services().database.read() as session:
        counts = session.execute(
            select(OutboxMessage.kind, OutboxMessage.state, func.count()).group_by(
                OutboxMessage.kind, OutboxMessage.state
            )
        )
        lines = [
            f'careerlink_outbox_messages{{kind="{kind}",state="{state.value}"}} {count}'
            for kind, state, count in counts
        ]
        failing = session.scalar(
            select(func.count()).where(MailboxReading.failed_since.is_not(None))
        )
    mailbox = [
        "# TYPE careerlink_mailbox_failing gauge",
        f"careerlink_mailbox_failing {failing}",
    ]
    body = "\n".join(["# TYPE careerlink_outbox_messages gauge", *lines, *mailbox, ""])
    return Response(body, mimetype="text/plain")
