"""Certification, Deep Linking (LTI.md 2.4), over HTTP."""

from collections.abc import Callable

import pytest

from careerlink import clock
from tests.factories.deep_linking import DL, RETURN_URL, ask, choose_credit, request, sent
from tests.factories.lti import LEARNER, LTI, PUBLIC_URL, Platform, without
from tests.pages import Page, Visitor


@pytest.fixture
def answered(client: Visitor, platform: Platform) -> Page:
    return choose_credit(ask(client, platform))


def test_DLK_01_the_request_is_accepted_and_a_choice_is_shown(
    client: Visitor, platform: Platform
) -> None:
    page = ask(client, platform)

    assert (page.page_id, page.role) == ("links.show", "instructor")
    assert {"Choose filters", "Choose projects", "Check the credit link"} <= set(page.links)


def test_DLK_02_the_browser_posts_the_answer_to_the_return_address(
    answered: Page, platform: Platform
) -> None:
    form = answered.soup.select_one("form[data-send-now]")
    assert form is not None
    assert (form["method"], form["action"]) == ("post", RETURN_URL)
    assert [field["name"] for field in form.select("input")] == ["JWT"]
    assert answered.buttons == ["Add to the course"]
    policy = answered.response.headers["Content-Security-Policy"]
    assert f"form-action 'self' {platform.issuer};" in policy


def test_DLK_03_the_answer_has_its_type_and_a_list_of_items(
    answered: Page, platform: Platform
) -> None:
    found = sent(answered, platform)

    assert found.claims[f"{LTI}message_type"] == "LtiDeepLinkingResponse"
    (item,) = found.items
    assert item == {
        "type": "ltiResourceLink",
        "url": f"{PUBLIC_URL}/lti/launch",
        "title": "Micro-internship credit",
        "text": item["text"],
        "custom": {"content": "credit"},
        "icon": {"url": f"{PUBLIC_URL}/lti/icon.svg", "width": 16, "height": 16},
        "lineItem": {
            "scoreMaximum": 100,
            "label": "Micro-internship credit",
            "resourceId": "credit",
            "tag": "credit",
            "submissionReview": {
                "reviewableStatus": ["Submitted", "Completed"],
                "label": "Open in CareerLink",
                "url": f"{PUBLIC_URL}/lti/launch",
            },
        },
    }


def test_DLK_04_the_answer_is_of_now_and_short_lived(
    answered: Page, platform: Platform
) -> None:
    found, now = sent(answered, platform).claims, clock.now().timestamp()

    assert 0 <= now - found["iat"] <= 30
    assert 60 <= found["exp"] - now <= 600


def test_DLK_05_the_signature_verifies_with_a_published_key(
    answered: Page, platform: Platform
) -> None:
    header = sent(answered, platform).header

    assert header["alg"] == "RS256"
    assert header["kid"]


def test_DLK_06_the_answer_has_every_claim_that_is_needed(
    answered: Page, platform: Platform
) -> None:
    found = sent(answered, platform).claims

    assert (found["iss"], found["aud"]) == (platform.client_id, platform.issuer)
    assert found[f"{LTI}deployment_id"] == platform.deployment_id
    assert found[f"{LTI}version"] == "1.3.0"
    assert found[f"{DL}data"] == "csrftoken:c7fbba78-7b75-46e3-9201-11e6d5f36f53"
    assert len(found["nonce"]) >= 32


def test_DLK_06_no_data_goes_back_where_none_came(client: Visitor, platform: Platform) -> None:
    page = choose_credit(ask(client, platform, request(platform, data=None)))

    assert f"{DL}data" not in sent(page, platform).claims


def test_DLK_07_the_person_reads_what_goes_back_before_it_does(
    client: Visitor, platform: Platform
) -> None:
    page = ask(client, platform).follow("Check the credit link")

    assert page.page_id == "links.check"
    assert page.form("Add to the course").data["title"] == ["Micro-internship credit"]
    assert "“Micro-internship credit”, out of 100" in page.text
    values = {"title": "Week 5 & credit", "text": "From <today> on"}
    (item,) = sent(page.submit("Add to the course", values), platform).items
    assert {"title": item["title"], "text": item["text"]} == values


def test_DLK_08_the_link_opens_what_was_chosen(
    client: Visitor, platform: Platform, visitors: Callable[[], Visitor]
) -> None:
    (item,) = sent(choose_credit(ask(client, platform)), platform).items
    student = visitors()
    link = {"id": "link-of-the-answer", "title": item["title"]}
    launch = {
        f"{LTI}resource_link": link,
        f"{LTI}custom": item["custom"],
        f"{LTI}target_link_uri": item["url"],
    }

    landed = platform.launch(student, platform.claims(LEARNER, sub="a-student", **launch))

    assert landed.location.endswith("/credit")
    assert student.get(landed.location).page_id.startswith("credit.")


def test_a_request_without_settings_is_refused(client: Visitor, platform: Platform) -> None:
    page = platform.launch(client, without(request(platform), "deep_linking_settings"))

    assert (page.status, page.reason) == (400, "claim-missing")
