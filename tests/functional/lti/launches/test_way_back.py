"""The way back to the platform: where it is offered, what it says, and where it cannot lead."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories.lti import LTI, Platform, private_key
from tests.pages import Page, Visitor

RETURN = "https://school.example.org/courses/7/external_content/success?x=1"
WINDOW = {"document_target": "window", "return_url": RETURN}


def launch(
    platform: Platform, client: Visitor, presentation: dict[str, Any], **claims: Any
) -> Page:
    return platform.launch(
        client, platform.claims(**{f"{LTI}launch_presentation": presentation, **claims})
    )


def said(page: Page) -> dict[str, list[str]]:
    [link] = page.soup.find_all("a", string="Back to the LMS")
    address = urlsplit(str(link["href"]))
    assert address._replace(query="").geturl() == RETURN.partition("?")[0]
    return parse_qs(address.query)


def test_a_page_in_a_window_of_its_own_leads_back(client: Visitor, platform: Platform) -> None:
    home = client.get(launch(platform, client, WINDOW).location)

    assert said(home) == {"x": ["1"]}


def test_a_page_in_the_frame_has_the_lms_around_it(client: Visitor, platform: Platform) -> None:
    home = client.get(
        launch(platform, client, {**WINDOW, "document_target": "iframe"}).location
    )

    assert "Back to the LMS" not in home.links


def test_what_the_browser_says_comes_before_what_the_platform_claims(
    client: Visitor, platform: Platform
) -> None:
    home = launch(platform, client, {**WINDOW, "document_target": "iframe"}).location

    alone = client.get(home, headers={"Sec-Fetch-Dest": "document"})
    framed = client.get(home, headers={"Sec-Fetch-Dest": "iframe"})

    assert said(alone) == {"x": ["1"]}
    assert "Back to the LMS" not in framed.links


def test_signing_out_says_so_in_the_lms(client: Visitor, platform: Platform) -> None:
    launch(platform, client, WINDOW)

    page = client.get("/auth/logout").submit("Sign out")

    assert said(page)["lti_msg"] == ["You have signed out of CareerLink."]


def test_a_page_that_is_not_there_leads_back_with_the_reason(
    client: Visitor, platform: Platform
) -> None:
    launch(platform, client, {**WINDOW, "document_target": "iframe"})

    page = client.get("/nowhere", status=404)

    assert said(page)["lti_errormsg"] == ["This page is not here"]
    assert said(page)["lti_errorlog"] == ["CareerLink: not-found"]


def test_a_launch_refused_after_its_signature_leads_back_with_the_reason(
    client: Visitor, platform: Platform
) -> None:
    claims = {f"{LTI}launch_presentation": WINDOW, f"{LTI}deployment_id": "another"}
    login = platform.begin(client, lti_deployment_id=None)
    page = platform.launch(client, platform.claims(**claims), login=login)

    assert page.reason == "deployment-pending"
    assert said(page)["lti_errormsg"] == [page.heading]
    assert said(page)["lti_errorlog"] == ["CareerLink: deployment-pending"]


def test_a_launch_with_a_bad_signature_leads_nowhere(
    client: Visitor, platform: Platform
) -> None:
    claims = platform.claims(**{f"{LTI}launch_presentation": WINDOW})
    page = platform.launch(client, claims, key=private_key("somebody else"))

    assert page.reason == "signature-wrong"
    assert "Back to the LMS" not in page.links


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example/", "https://a@b.example/"]
)
def test_an_address_that_is_none_is_not_offered(
    client: Visitor, platform: Platform, address: str
) -> None:
    home = client.get(launch(platform, client, {**WINDOW, "return_url": address}).location)

    assert "Back to the LMS" not in home.links
