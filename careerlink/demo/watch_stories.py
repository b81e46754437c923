"""What both sides of a sample placement say while the work runs, and what the office does."""

from collections.abc import Callable, Iterator

from careerlink.demo import cast
from careerlink.demo.work import Deed, Work
from credit.check_ins import operations, queries
from credit.check_ins.models import CheckInAnswer, CheckInKind, Party
from credit.concerns import operations as concerns
from credit.concerns import queries as concern_queries


def steps(work: Work) -> Iterator[Deed]:
    at = work.loading.moment
    if not work.told.check_ins and work.told.hours:
        yield at(work.told.hours[0].day + 1, 10), lambda: _in_touch(work)
    for told in work.told.check_ins:
        yield at(told.day, 11), _answering(work, told)
        if told.settled_in is not None:
            yield at(told.settled_in, 15), _settling(work, told.note)


def _in_touch(work: Work) -> None:
    """By the supervisor, the day after the first hours."""
    asked = queries.due(work.loading.session, work.placement, Party.SUPERVISOR)
    if asked is not None and asked.kind == CheckInKind.FIRST_CONTACT:
        operations.answer(
            work.loading.session,
            asked,
            actor=work.supervisor(),
            given=CheckInAnswer.ON_TRACK,
        )


def _answering(work: Work, told: cast.CheckIn) -> Callable[[], object]:
    def answer() -> None:
        session, placement = work.loading.session, work.placement
        party = Party(told.by)
        asked = queries.due(session, placement, party)
        if asked is None:
            raise LookupError(f"{work.student.key} is asked nothing on day {told.day}")
        actor = work.actor if party == Party.STUDENT else work.supervisor()
        given = CheckInAnswer(told.answer)
        operations.answer(session, asked, actor=actor, given=given, words=told.words)

    return answer


def _settling(work: Work, note: str) -> Callable[[], object]:
    def settle() -> None:
        session, staff = work.loading.session, work.loading.staff()
        for one in concern_queries.of_placement(session, work.placement, actor=staff):
            if one.settled_at is None:
                concerns.take(session, one, actor=staff)
                concerns.settle(session, one, actor=staff, note=note)

    return settle
