"""Links as content items: what each platform takes, and what it would break on."""

from typing import Any

import pytest

from careerlink.app import compose
from careerlink.courses.models import Course
from careerlink.offered_parts import LinkColumn, LinkItem
from lti.content_items import (
    LONGEST_TITLE,
    Shape,
    Wording,
    column_maximum,
    content_item,
    shapes,
    shortened,
    takes_column,
)
from lti.models import Family, LtiContext, LtiDeepLinking, LtiDeployment, LtiRegistration

PUBLIC = "https://careerlink.example.edu"
CANVAS_RETURN = "https://crestwood.instructure.com/courses/1201/deep_linking_response?data=x"
EDITOR = ["link", "file", "html", "ltiResourceLink", "image"]
TOOL_LINK = ["ltiResourceLink"]


def asked(
    family: Family = Family.OTHER,
    accept_types: list[str] | None = None,
    placement: str = "",
    **values: Any,
) -> LtiDeepLinking:
    deployment = LtiDeployment(registration=LtiRegistration(family=family))
    context = LtiContext(course=Course(public_id="course-abc12"))
    return LtiDeepLinking(
        deployment=deployment,
        context=context,
        context_id=1,
        accept_types=accept_types or TOOL_LINK,
        placement=placement,
        **{"return_url": "https://lms.example.org/return", **values},
    )


def credit(maximum: int = 100_000) -> LinkItem:
    column = LinkColumn("credit", "Credit", maximum)
    return LinkItem("credit", "Credit", "Hours & evidence", "", {}, column)


BOARD = LinkItem("board?where=remote&hours=0-20", "Board", "Projects", "", {})


@pytest.mark.parametrize(
    ("family", "placement", "accepted", "expected"),
    [
        (Family.OTHER, "", EDITOR, [Shape.TOOL_LINK]),
        (Family.OTHER, "", ["link", "html"], [Shape.TEXT_LINK, Shape.CARD]),
        (Family.OTHER, "", ["file", "image"], []),
        (Family.OTHER, "", ["com.example.widget"], []),
        (Family.MOODLE, "", ["link"], []),
        (Family.MOODLE, "", EDITOR, [Shape.TOOL_LINK]),
        (Family.CANVAS, "editor_button", EDITOR, [Shape.TEXT_LINK, Shape.CARD]),
        (Family.CANVAS, "editor_button", ["html"], [Shape.CARD]),
        (Family.CANVAS, "editor_button", TOOL_LINK, [Shape.TOOL_LINK]),
        (Family.CANVAS, "assignment_selection", TOOL_LINK, [Shape.TOOL_LINK]),
        (Family.CANVAS, "homework_submission", ["file", "ltiResourceLink"], []),
    ],
)
def test_what_a_request_takes(
    family: Family, placement: str, accepted: list[str], expected: list[Shape]
) -> None:
    assert shapes(asked(family, accepted, placement)) == expected


@pytest.mark.parametrize(
    ("family", "thousandths", "expected"),
    [
        (Family.OTHER, 12_500, 12.5),
        (Family.OTHER, 250_000, 250),
        (Family.CANVAS, 12_500, 12.5),
        (Family.MOODLE, 20_000, 20),
        (Family.MOODLE, 12_500, 100),
        (Family.MOODLE, 250_000, 100),
    ],
)
def test_the_maximum_is_one_that_the_platform_saves(
    family: Family, thousandths: int, expected: float
) -> None:
    found = column_maximum(asked(family), credit(thousandths))

    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("accepts", "placement", "expected"),
    [(None, "", True), (True, "", True), (False, "", False), (None, "editor_button", False)],
)
def test_a_column_comes_only_where_it_is_taken(
    accepts: bool | None, placement: str, expected: bool
) -> None:
    request = asked(Family.CANVAS, placement=placement, accept_lineitem=accepts)
    wording = Wording("Credit", "", Shape.TOOL_LINK, has_column=True)

    assert takes_column(request, Shape.TOOL_LINK) == expected
    found = content_item(request, credit(), wording, public_url=PUBLIC)
    assert ("lineItem" in found) == expected


def test_a_link_that_needs_no_column_brings_none() -> None:
    wording = Wording("Board", "", Shape.TOOL_LINK, has_column=True)

    assert "lineItem" not in content_item(asked(), BOARD, wording, public_url=PUBLIC)


def test_no_title_is_longer_than_255_letters_or_cut_in_a_word() -> None:
    long = "Überraschend " * 40

    cut = shortened(long)

    assert len(cut) <= LONGEST_TITLE
    assert cut.endswith("Überraschend…")
    assert len(shortened("x" * 400)) == LONGEST_TITLE
    assert shortened(" A  title\n") == "A title"
    wording = Wording(long, "", Shape.TOOL_LINK, has_column=True)
    found = content_item(asked(), credit(), wording, public_url=PUBLIC)
    assert found["title"] == found["lineItem"]["label"] == cut


@pytest.mark.parametrize(
    ("family", "expected"),
    [(Family.CANVAS, "2 &lt; 3 &amp; “so on”"), (Family.MOODLE, "2 < 3 & “so on”")],
)
def test_a_text_is_html_for_canvas_and_plain_for_the_rest(
    family: Family, expected: str
) -> None:
    wording = Wording("2 < 3", "2 < 3 & “so on”", Shape.TOOL_LINK)

    found = content_item(asked(family), BOARD, wording, public_url=PUBLIC)

    assert (found["title"], found["text"]) == ("2 < 3", expected)


def test_a_card_escapes_what_somebody_typed() -> None:
    request = asked(Family.CANVAS, EDITOR, "editor_button", return_url=CANVAS_RETURN)
    wording = Wording('<b>"A" & B</b>', "<script>run()</script>{x}", Shape.CARD)

    found = content_item(request, BOARD, wording, public_url=PUBLIC)

    assert found["type"] == "html"
    assert "&lt;b&gt;&#34;A&#34; &amp; B&lt;/b&gt;" in found["html"]
    assert "&lt;script&gt;run()&lt;/script&gt;{x}" in found["html"]
    assert 'href="https://crestwood.instructure.com/courses/1201/' in found["html"]


def test_a_link_in_a_canvas_text_launches_through_the_course() -> None:
    request = asked(Family.CANVAS, EDITOR, "editor_button", return_url=CANVAS_RETURN)

    found = content_item(
        request, BOARD, Wording("Board", "Text", Shape.TEXT_LINK), public_url=PUBLIC
    )

    assert found == {
        "type": "link",
        "url": "https://crestwood.instructure.com/courses/1201/external_tools/retrieve?url="
        "https%3A%2F%2Fcareerlink.example.edu%2Flti%2Flaunch%3Fcontent%3D"
        "board%253Fwhere%253Dremote%2526hours%253D0-20",
        "title": "Board",
        "text": "Text",
    }


def test_elsewhere_a_plain_link_leads_to_our_page() -> None:
    compose()
    found = content_item(
        asked(accept_types=["link"]),
        BOARD,
        Wording("Board", "", Shape.TEXT_LINK),
        public_url=PUBLIC,
    )

    assert found["url"] == f"{PUBLIC}/courses/course-abc12/board?where=remote&hours=0-20"
