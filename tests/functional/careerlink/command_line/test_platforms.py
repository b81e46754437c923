"""``careerlink lti …`` and ``careerlink staff …``."""

from typing import Any

import pytest

from tests.command_line import CommandLine

ADDRESSES = {
    "--name": "Eastmoor Moodle",
    "--issuer": "https://moodle.example.edu",
    "--client-id": "abc123",
    "--auth-url": "https://moodle.example.edu/mod/lti/auth.php",
    "--token-url": "https://moodle.example.edu/mod/lti/token.php",
    "--jwks-url": "https://moodle.example.edu/mod/lti/certs.php",
}


def options(**changed: str) -> list[str]:
    given = ADDRESSES | {f"--{name.replace('_', '-')}": v for name, v in changed.items()}
    return [part for pair in given.items() for part in pair]


@pytest.fixture
def added(careerlink: CommandLine) -> int:
    found = careerlink(
        *("lti", "add", *options(family="moodle", deployment_id="1"), "--json"),
        *("--deployment-id", "2", "--frame-origin", "https://portal.example.edu"),
    ).data
    return int(found["id"])


def only(careerlink: CommandLine) -> dict[str, Any]:
    rows = careerlink("lti", "list", "--json").data
    assert len(rows) == 1
    row: dict[str, Any] = rows[0]
    return row


def test_a_platform_is_active_at_once(careerlink: CommandLine, added: int) -> None:
    row = only(careerlink)
    assert row["id"] == added
    assert row["state"] == "active"
    assert row["client_id"] == "abc123"
    assert row["issuer"] == "https://moodle.example.edu"
    assert [(d["deployment_id"], d["state"]) for d in row["deployments"]] == [
        ("1", "active"),
        ("2", "active"),
    ]
    assert "abc123" in careerlink("lti", "list").out


def test_a_platform_is_turned_off_and_on(careerlink: CommandLine, added: int) -> None:
    careerlink("lti", "deactivate", str(added))
    assert only(careerlink)["state"] == "inactive"
    careerlink("lti", "activate", str(added))
    assert only(careerlink)["state"] == "active"


def test_a_deployment_is_approved_before_it_launches(
    careerlink: CommandLine, added: int
) -> None:
    careerlink("lti", "approve-deployment", str(added), "77:abc")
    deployments = only(careerlink)["deployments"]
    assert "77:abc" in [d["deployment_id"] for d in deployments]


@pytest.mark.usefixtures("added")
def test_what_cannot_be_right_is_refused_in_one_line(careerlink: CommandLine) -> None:
    assert "has this issuer and client id already" in careerlink.refused(
        "lti", "add", *options()
    )
    assert "auth_url" in careerlink.refused(
        "lti", "add", *options(client_id="other", auth_url="moodle")
    )
    assert "no registration 99" in careerlink.refused(
        "lti", "add", *options(client_id="other", succeeds="99")
    )
    assert "other" in careerlink.refused(
        "lti", "add", *options(client_id="x", institution="other")
    )
    careerlink.refused("lti", "add", *options(family="blackboard"))
    for command in ("activate", "deactivate"):
        assert "99" in careerlink.refused("lti", command, "99")
    careerlink.refused("lti", "approve-deployment", "99", "1")
    assert only(careerlink)["client_id"] == "abc123"


def test_a_registration_takes_over_from_a_deleted_one(
    careerlink: CommandLine, added: int
) -> None:
    found = careerlink(
        "lti", "add", *options(client_id="new", succeeds=str(added)), "--json"
    ).data
    assert found["succeeds"] == added


def test_a_new_key_is_published_before_it_signs(careerlink: CommandLine, added: int) -> None:
    first, second = (careerlink("lti", "keys", "rotate").out for _ in range(2))
    assert "is published and signs from" in first
    assert first != second


def test_staff_are_granted_before_their_first_sign_in(careerlink: CommandLine) -> None:
    out = careerlink("staff", "grant", "Omar.Said@Eastmoor.example").out
    assert "from the first sign-in on" in out
    careerlink("staff", "grant", "omar.said@eastmoor.example")
    careerlink("staff", "grant", "amina@eastmoor.example", "--role", "admin")

    rows = careerlink("staff", "list", "--json").data
    assert rows == [
        {"email": "amina@eastmoor.example", "role": "admin", "taken": False},
        {"email": "omar.said@eastmoor.example", "role": "staff", "taken": False},
    ]
    assert "omar.said@eastmoor.example\tstaff\twaiting" in careerlink("staff", "list").out


def test_a_role_is_revoked(careerlink: CommandLine) -> None:
    careerlink("staff", "grant", "omar@eastmoor.example")
    careerlink("staff", "revoke", "OMAR@eastmoor.example")
    assert careerlink("staff", "list", "--json").data == []
    assert "has no role" in careerlink.refused("staff", "revoke", "omar@eastmoor.example")
    careerlink.refused("staff", "grant", "not an address")
    careerlink.refused("staff", "grant", "omar@eastmoor.example", "--role", "king")


def test_an_invitation_is_one_address_on_a_line(careerlink: CommandLine) -> None:
    printed = careerlink("lti", "invite")
    assert printed.out.startswith("https://careerlink.example.edu/lti/register/")
    assert len(printed.out.splitlines()) == 1
    assert "Works once, until" in printed.err

    found = careerlink("lti", "invite", "--institution", "main", "--json").data
    assert found["url"].startswith("https://careerlink.example.edu/lti/register/")
    assert found["url"] not in printed.out
    assert "there is none" in careerlink.refused("lti", "invite", "--institution", "none")
