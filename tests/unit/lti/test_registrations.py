"""Registrations as operators add, list, switch and approve them."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.audit import AuditEntry
from careerlink.errors import InvalidInput, NotFound
from careerlink.institutions.models import Institution
from careerlink.people.actors import system
from lti import registrations
from lti.models import Family, LtiRegistration, RegistrationState

VALUES: dict[str, Any] = {
    "name": "Campus Moodle",
    "issuer": "https://moodle.example.edu",
    "client_id": "abc",
    "auth_url": "https://moodle.example.edu/mod/lti/auth.php",
    "token_url": "https://moodle.example.edu/mod/lti/token.php",
    "jwks_url": "https://moodle.example.edu/mod/lti/certs.php",
    "family": Family.MOODLE,
    "actor": None,
}


@pytest.fixture
def school(session: Session) -> Institution:
    found = Institution(slug="main", name="Main")
    session.add(found)
    session.flush()
    return found


def add(session: Session, school: Institution, **changes: Any) -> LtiRegistration:
    return registrations.add(session, school, **{**VALUES, **changes})


def test_a_registration_is_active_at_once_with_its_deployments(
    session: Session, school: Institution
) -> None:
    row = add(
        session, school, deployment_ids=["1", "2", "1"], frame_origins=["https://LMS.example/x"]
    )

    assert row.frame_origins == ["https://lms.example"]
    assert registrations.rows(session) == [
        {
            "id": row.id,
            "client_id": "abc",
            "issuer": "https://moodle.example.edu",
            "state": "active",
            "name": "Campus Moodle",
            "family": "moodle",
            "succeeds": None,
            "deployments": [
                {"deployment_id": "1", "state": "active", "platform": ""},
                {"deployment_id": "2", "state": "active", "platform": ""},
            ],
        }
    ]


def test_the_same_issuer_and_client_are_refused_with_the_reason(
    session: Session, school: Institution
) -> None:
    first = add(session, school)

    with pytest.raises(InvalidInput, match=f"registration {first.id} has this issuer"):
        add(session, school, name="Twice")

    add(session, school, client_id="def")


def test_no_institution_is_another_one_s_client(session: Session, school: Institution) -> None:
    add(session, school)
    other = Institution(slug="other", name="Other")
    session.add(other)
    session.flush()
    theirs = {"issuer": "https://evil.example", "jwks_url": "https://evil.example/keys"}

    with pytest.raises(InvalidInput, match="another institution"):
        add(session, other, **{**theirs, "token_url": "https://Moodle.example.edu:443/t"})

    add(session, other, **theirs, client_id="def")
    add(session, other, **{**theirs, "token_url": "https://evil.example/token"})
    # Its own LMS may come under another issuer.
    add(session, school, issuer="https://learn.example.edu")


@pytest.mark.parametrize(
    "changes",
    [
        {"jwks_url": "moodle.example.edu/certs"},
        {"auth_url": "javascript:alert(1)"},
        {"token_url": ""},
        {"issuer": ""},
        {"frame_origins": ["lms.example.edu"]},
        {"succeeds_id": 99},
        {"deployment_ids": [""]},
    ],
)
def test_what_cannot_be_right_is_refused(
    changes: dict[str, Any], session: Session, school: Institution
) -> None:
    with pytest.raises(InvalidInput):
        add(session, school, **changes)


def test_switching_off_and_on_is_audited(session: Session, school: Institution) -> None:
    row = add(session, school)

    registrations.deactivate(session, row, actor=system(row.institution_id))
    switched_off = row.state
    registrations.activate(session, row, actor=system(row.institution_id))

    assert switched_off == RegistrationState.INACTIVE
    assert row.state == RegistrationState.ACTIVE
    session.flush()
    assert session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all() == [
        "lti_registration:add",
        "lti_registration:deactivate",
        "lti_registration:activate",
    ]


def test_an_unknown_registration_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        registrations.get(session, 7)
