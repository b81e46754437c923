"""A list is compared in parts: at once where it is short, else by the worker."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from careerlink import outbox
from careerlink.enrollments import comparing
from careerlink.enrollments.models import EnrollmentUpload, EnrollmentUploadLine
from careerlink.enrollments.numbers import terms_by_name
from careerlink.enrollments.operations import lock, only_staff, state_of_lists
from careerlink.outbox import Outcome
from careerlink.people.actors import Actor
from careerlink.worker import Delivery

KIND = "enrollments_compare"
PART = 250
"""Lines in one transaction."""
AT_ONCE = 500
"""Up to so many are compared while somebody waits for the page."""


def again(session: Session, upload: EnrollmentUpload, *, actor: Actor) -> None:
    only_staff(actor)
    lock(session, upload)
    if upload.begun_at is None:
        _name_terms(session, upload)
        begin(session, upload)


def begin(session: Session, upload: EnrollmentUpload) -> None:
    # Asked first: a list that is taken over meanwhile makes this comparison an old one.
    upload.state_of_lists = state_of_lists(session, upload.institution_id)
    upload.lines_compared, upload.counts = 0, {}
    if upload.lines <= AT_ONCE:
        while go_on(session, upload):
            pass
        return
    outbox.enqueue(
        session,
        kind=KIND,
        target=f"enrollment_upload:{upload.id}",
        payload={"upload_id": upload.id},
        institution_id=upload.institution_id,
    )


def go_on(session: Session, upload: EnrollmentUpload) -> bool:
    """The next part; whether there is one after it."""
    lines = session.scalars(
        select(EnrollmentUploadLine)
        .where(EnrollmentUploadLine.upload_id == upload.id)
        .order_by(EnrollmentUploadLine.line)
        .offset(upload.lines_compared)
        .limit(PART)
    ).all()
    comparing.compare(session, upload, lines)
    # Of a list that is two weeks old the lines are gone.
    upload.lines_compared = upload.lines_compared + len(lines) if lines else upload.lines
    session.flush()
    if upload.is_compared:
        upload.counts = comparing.counted(session, upload)
    return not upload.is_compared


def deliver(delivery: Delivery) -> Outcome:
    """A worker that dies leaves off between two parts, and the next goes on there."""
    while delivery.renew_lease():
        with delivery.database.write() as session:
            upload = session.get_one(EnrollmentUpload, delivery.payload["upload_id"])
            lock(session, upload)
            if upload.is_compared or not go_on(session, upload):
                return Outcome(delivered=True)
    return Outcome(error="another worker goes on with this list")


def _name_terms(session: Session, upload: EnrollmentUpload) -> None:
    """Somebody may have entered a term since the list was read."""
    line = EnrollmentUploadLine
    of_this = (line.upload_id == upload.id, line.term_name != "")
    terms = terms_by_name(session, upload.institution_id)
    for name in session.scalars(select(line.term_name).where(*of_this).distinct()).all():
        term = terms.get(name.casefold())
        term_id = term.id if term is not None else None
        session.execute(
            update(line)
            .where(*of_this, line.term_name == name, line.term_id.is_distinct_from(term_id))
            .values(term_id=term_id)
        )
