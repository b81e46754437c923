"""A list that was looked at is taken over, at once or in parts by the worker."""

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from careerlink import audit, clock, outbox
from careerlink.enrollments import applying, comparing
from careerlink.enrollments.models import (
    CourseCrn,
    EnrollmentUpload,
    EnrollmentUploadLine,
    LineKind,
)
from careerlink.enrollments.numbers import Numbers
from careerlink.enrollments.operations import hold_courses, lock, only_staff, state_of_lists
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPossible
from careerlink.outbox import Outcome
from careerlink.people.actors import Actor
from careerlink.worker import Delivery

KIND = "enrollments"
PART = 100
"""Lines in one transaction of the worker's."""
AT_ONCE = 250
"""Up to so many are taken over while somebody waits for the page."""
FEW = 0.2
"""A list that takes out more of those enrolled may be the wrong one, or half of one."""


def asks_back(upload: EnrollmentUpload) -> bool:
    """Whether so many would be taken out that their number has to be typed."""
    counts = upload.counts
    drops, enrolled = counts.get("drops", 0), counts.get("enrolled", 0)
    return drops > 0 and drops > FEW * enrolled


def take(
    session: Session, upload: EnrollmentUpload, *, actor: Actor, typed: int | None
) -> None:
    """Take over what was shown; pressed twice, the first counts.

    :raises ChangedMeanwhile: another list was taken over since this one was compared.
    :raises InvalidInput: many drops, and another number typed than there are.
    :raises NotPossible: another list is still being taken over, or this one still compared.
    """
    only_staff(actor)
    lock(session, upload)
    if upload.begun_at is not None:
        return
    _refuse_overtaking(session, upload)
    if not upload.is_compared:
        raise NotPossible("This list is still being compared. Wait until it is done.")
    if upload.state_of_lists != state_of_lists(session, upload.institution_id):
        raise ChangedMeanwhile(
            "Another list was taken over since this one was compared. Compare it again."
        )
    if asks_back(upload) and typed != upload.counts["drops"]:
        raise InvalidInput(
            f"Type {upload.counts['drops']}, the number of students whom this list drops.",
            field="drops",
        )
    _begin(session, upload, actor)
    if upload.lines_to_do <= AT_ONCE:
        while _part(session, upload):
            pass
        return
    outbox.enqueue(
        session,
        kind=KIND,
        target=f"enrollment_upload:{upload.id}",
        payload={"upload_id": upload.id},
        institution_id=upload.institution_id,
    )


def _refuse_overtaking(session: Session, upload: EnrollmentUpload) -> None:
    """What is left of the list before this one would otherwise come after it and count."""
    before = session.scalar(
        select(EnrollmentUpload)
        .where(
            EnrollmentUpload.institution_id == upload.institution_id,
            EnrollmentUpload.begun_at.is_not(None),
            EnrollmentUpload.taken_at.is_(None),
        )
        .limit(1)
    )
    if before is not None:
        raise NotPossible(
            f"“{before.file_name}” is still being taken over: {before.lines_done} of "
            f"{before.lines_to_do} lines. Wait until it is done, then compare this list again."
        )


def _begin(session: Session, upload: EnrollmentUpload, actor: Actor) -> None:
    todo = sum(upload.counts.get(kind.value, 0) for kind in applying.TAKEN)
    if todo == 0:
        raise NotPossible("This list changes nothing, so there is nothing to take over.")
    upload.begun_at, upload.done_by_id = clock.now(), actor.person_id
    upload.lines_to_do = todo
    _remember_numbers(session, upload)
    session.flush()
    audit.record(
        session,
        "enrollment_upload:take",
        upload,
        actor=actor,
        counts=dict(upload.counts),
    )


def _remember_numbers(session: Session, upload: EnrollmentUpload) -> None:
    """What was plain by itself is known from now on, so that lines that wait find it."""
    line = EnrollmentUploadLine
    said = exists().where(CourseCrn.term_id == line.term_id, CourseCrn.crn == line.crn)
    found = session.execute(
        select(line.term_id, line.crn, line.course_id, func.max(line.course_name))
        .where(
            line.upload_id == upload.id,
            line.course_id.is_not(None),
            line.kind != LineKind.PROBLEM,
            ~said,
        )
        .group_by(line.term_id, line.crn, line.course_id)
        .order_by(func.min(line.line))
    ).all()
    numbers = Numbers(
        session,
        upload.institution_id,
        terms={row.term_id for row in found if row.term_id},
        crns={row.crn for row in found},
    )
    plain: dict[tuple[int | None, str], int | None] = {}
    for term_id, crn, course_id, name in found:
        own_id = numbers.meaning((term_id or 0, crn), name).own_id
        # Of two courses that one number would mean, the first is it; see how lines are taken.
        plain.setdefault((term_id, crn), own_id or course_id)
    session.add_all(
        CourseCrn(term_id=term_id, crn=crn, course_id=course_id)
        for (term_id, crn), course_id in plain.items()
    )


def _part(session: Session, upload: EnrollmentUpload) -> bool:
    """The next lines; whether there were any. The last ones end it."""
    lines = session.scalars(
        select(EnrollmentUploadLine)
        .where(
            EnrollmentUploadLine.upload_id == upload.id,
            EnrollmentUploadLine.kind.in_(applying.TAKEN),
            EnrollmentUploadLine.is_done.is_(False),
        )
        .order_by(EnrollmentUploadLine.line)
        .limit(PART)
    ).all()
    hold_courses(session, {line.course_id for line in lines if line.course_id})
    # Since it was shown a CRN may have been named anew, a course joined, an account merged.
    comparing.compare(session, upload, lines)
    actor = Actor(institution_id=upload.institution_id, person_id=upload.done_by_id)
    taken = [line for line in lines if line.kind in applying.TAKEN]
    applying.take(session, taken, institution_id=upload.institution_id, actor=actor)
    for line in lines:
        line.is_done = True
    upload.lines_done += len(lines)
    session.flush()
    if len(lines) < PART:
        upload.taken_at = clock.now()
        upload.counts = comparing.counted(session, upload)
    return bool(lines) and upload.taken_at is None


def deliver(delivery: Delivery) -> Outcome:
    """A long list in parts. A worker that dies leaves off between two of them."""
    while delivery.renew_lease():
        with delivery.database.write() as session:
            upload = session.get_one(EnrollmentUpload, delivery.payload["upload_id"])
            lock(session, upload)
            if upload.taken_at is not None or not _part(session, upload):
                return Outcome(delivered=True)
    return Outcome(error="another worker goes on with this list")
