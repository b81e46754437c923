"""One consent however often it is given, and none once it is withdrawn."""

import threading

import pytest
from flask import Flask

from careerlink.db import Database
from careerlink.placements import consents
from careerlink.placements.models import Consent, Placement
from tests.factories.agreements import Scene, scene


@pytest.fixture
def cast(database: Database, app: Flask) -> Scene:
    with database.write() as session:
        return scene(session)


def test_a_double_click_signs_once(database: Database, cast: Scene) -> None:
    start = threading.Barrier(2)
    broken: list[BaseException] = []

    def give() -> None:
        start.wait()
        try:
            with database.write() as session:
                placement = session.get_one(Placement, cast.placement.id)
                consents.give_for_supervision(
                    session, placement, actor=cast.student, signed_name="Maya Chen"
                )
        except BaseException as exc:
            broken.append(exc)

    threads = [threading.Thread(target=give) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken == []
    with database.read() as session:
        assert session.query(Consent).count() == 1


def test_withdrawing_leaves_none_standing(database: Database, cast: Scene) -> None:
    with database.write() as session:
        placement = session.get_one(Placement, cast.placement.id)
        given = consents.give_for_supervision(
            session, placement, actor=cast.student, signed_name="Maya Chen"
        )
        # As two windows could leave it before the second one waited for the first.
        session.add(
            Consent(
                person_id=given.person_id,
                placement_id=given.placement_id,
                purpose=given.purpose,
                records=given.records,
                purpose_text=given.purpose_text,
                party=given.party,
                text_version=given.text_version,
                until=given.until,
            )
        )
        session.flush()

        consents.withdraw(session, placement, actor=cast.student)

        assert not consents.has_consent(session, placement)
