"""An instructor chooses what goes to the course's page, and rewords it."""

from collections.abc import Callable
from urllib.parse import urlencode

from sqlalchemy import select

from careerlink.courses.models import Course, CourseObjective, Objective
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.people.actors import system
from credit.policy.operations import create_version
from credit.policy.parameters import Parameters
from lti.models import Family, LtiRegistration
from tests.factories.deep_linking import ask, audited, offer_projects, request, sent
from tests.factories.lti import INSTRUCTOR, LEARNER, LTI, Platform
from tests.pages import Visitor

AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
HOSTILE = '<b>"Bikes" & more</b>'


def set_family(database: Database, platform: Platform, family: Family) -> None:
    with database.write() as session:
        session.get_one(LtiRegistration, platform.registration_id).family = family


def add_objective(database: Database, code: str) -> Objective:
    with database.write() as session:
        course = session.scalars(select(Course)).one()
        made = Objective(
            institution_id=course.institution_id, uri=f"urn:{code}", code=code,
            title="Clean data traceably", text="So that others can follow.",
        )  # fmt: skip
        session.add(made)
        session.flush()
        session.add(CourseObjective(course_id=course.id, objective_id=made.id))
        return made


def test_a_board_keeps_its_filters(
    client: Visitor, platform: Platform, database: Database, visitors: Callable[[], Visitor]
) -> None:
    first = ask(client, platform)
    objective = add_objective(database, "B3")
    offer_projects(database, "Near", "Far", serves=(objective,))
    offer_projects(database, "Large", serves=(objective,), planned_minutes=30 * 60)
    offer_projects(database, "On site", is_remote=False, place="Dover")

    board = first.follow("Choose filters").follow("Remote").follow("Up to 20")
    page = board.follow("B3 Clean data traceably").follow("Preview this board")

    assert "with 2 projects today" in page.text
    assert {"Near", "Far"} < set(page.text.split())
    assert "Large" not in page.text
    (item,) = sent(page.submit("Add to the course"), platform).items
    assert item["title"] == (
        "Find a micro-internship: remote, up to 20 hours, B3 Clean data traceably"
    )
    content = "board?where=remote&hours=0-20&objective=B3"
    assert item["custom"] == {"content": content}
    assert "lineItem" not in item
    assert audited(database)[0][1]["links"] == [content]
    opened = platform.launch(
        visitors(), platform.claims(LEARNER, sub="maya", **{f"{LTI}custom": item["custom"]})
    )
    assert opened.location.partition("/board")[2] == content.removeprefix("board")


def test_several_projects_are_a_link_each_or_one_list(
    client: Visitor, platform: Platform, database: Database
) -> None:
    first = ask(client, platform)
    bikes, tea = offer_projects(database, HOSTILE, "Tea & time")
    choice = first.follow("Choose projects")
    assert HOSTILE in choice.text

    lacking = choice.submit("Preview what you chose", status=422)
    assert "Choose at least one project" in lacking.text
    one = choice.submit("Preview what you chose", {"project": [bikes, tea], "as": "one"})
    assert one.form("Add to the course").data["title"] == ["2 micro-internship projects"]
    each = choice.submit("Preview what you chose", {"project": [bikes, tea], "as": "each"})
    items = sent(each.submit("Add 2 links to the course"), platform).items

    assert {item["title"] for item in items} == {HOSTILE, "Tea & time"}
    contents = {item["custom"]["content"] for item in items}
    assert contents == {f"listing:{bikes}", f"listing:{tea}"}
    assert all("lineItem" not in item for item in items)


def test_a_platform_that_takes_one_link_gets_one(
    client: Visitor, platform: Platform, database: Database
) -> None:
    first = ask(client, platform, request(platform, accept_multiple=False))
    ids = offer_projects(database, "Bikes", "Tea")
    choice = first.follow("Choose projects")
    assert "takes one link here" in choice.text

    page = choice.submit("Preview what you chose", {"project": ids})
    (item,) = sent(page.submit("Add to the course"), platform).items

    kind, _, chosen = item["custom"]["content"].partition(":")
    assert (kind, set(chosen.split(","))) == ("listings", set(ids))
    board = client.get(
        f"{first.path.partition('/links')[0]}/board?{urlencode({'only': chosen})}"
    )
    assert "chosen for this link" in board.text


def test_what_is_checked_stays_while_one_searches(
    client: Visitor, platform: Platform, database: Database
) -> None:
    first = ask(client, platform)
    bikes, tea = offer_projects(database, "Bikes", "Tea")
    offer_projects(database, *(f"Other {number}" for number in range(11)))
    choice = first.follow("Choose projects")
    more = choice.submit("Show more projects", {"project": []})
    assert {bikes, tea} <= {str(box["value"]) for box in more.soup.select("[name=project]")}

    found = more.submit("Search", {"project": [bikes], "q": "Tea"})

    checked = [str(box["value"]) for box in found.soup.select("[name=project][checked]")]
    assert checked == [bikes]
    page = found.submit("Preview what you chose", {"project": [bikes, tea]})
    assert "2 links go to" in page.text


def test_a_link_is_reworded_with_care(client: Visitor, platform: Platform) -> None:
    check = ask(client, platform).follow("Check the credit link")

    long = check.submit("Add to the course", {"title": "x" * 256, "text": "y"}, status=422)
    assert long.errors == ["Keep the title to 255 letters"]
    assert long.form("Add to the course").data["text"] == ["y"]
    assert check.submit("Add to the course", {"title": " "}, status=422).errors
    changed = {"title": HOSTILE, "text": "Week 5", "With a column in the gradebook": False}
    page = check.submit("Add to the course", changed)

    (item,) = sent(page, platform).items
    assert (item["title"], item["text"]) == (HOSTILE, "Week 5")
    assert "lineItem" not in item


def test_the_maximum_is_the_policy_s_where_the_platform_saves_it(
    client: Visitor, platform: Platform, database: Database
) -> None:
    first = ask(client, platform)
    with database.write() as session:
        school = session.scalars(select(Institution)).one()
        create_version(
            session,
            institution_id=school.id,
            name="Halves",
            parameters=Parameters(score_maximum_thousandths=12_500),
            source="Catalog",
            is_default=True,
            actor=system(school.id),
        )
    page = first.follow("Check the credit link")
    assert "out of 12.5" in page.text
    (item,) = sent(page.submit("Add to the course"), platform).items
    assert item["lineItem"]["scoreMaximum"] == 12.5

    set_family(database, platform, Family.MOODLE)
    page = ask(client, platform).follow("Check the credit link")

    assert "out of 100" in page.text
    (item,) = sent(page.submit("Add to the course"), platform).items
    assert item["lineItem"]["scoreMaximum"] == 100


def test_no_column_is_offered_where_none_is_taken(client: Visitor, platform: Platform) -> None:
    first = ask(client, platform, request(platform, accept_lineitem=False))

    page = first.follow("Check the credit link")

    assert "takes no gradebook column" in page.text
    forged = {**page.form("Add to the course").data, "has_column": "y"}
    (item,) = sent(client.post(page.path, forged), platform).items
    assert "lineItem" not in item


def test_a_second_column_is_not_made_by_accident(client: Visitor, platform: Platform) -> None:
    column = {"scope": [], "lineitem": "https://lms.example.org/lineitems/1"}
    credit = {f"{LTI}custom": {"content": "credit"}, AGS: column}
    platform.launch(client, platform.claims(**credit))

    page = ask(client, platform).follow("Check the credit link")

    assert "The course has the column “CareerLink” already" in page.text
    (item,) = sent(page.submit("Add to the course"), platform).items
    assert "lineItem" not in item


def test_the_editor_gets_a_link_or_a_card(
    client: Visitor, platform: Platform, visitors: Callable[[], Visitor], database: Database
) -> None:
    set_family(database, platform, Family.CANVAS)
    place = {"https://www.instructure.com/placement": "editor_button"}
    back = f"{platform.issuer}/courses/1201/deep_linking_response?data=x.y.z"
    claims = {**request(platform, deep_link_return_url=back), **place}
    first = ask(client, platform, claims)
    (project,) = offer_projects(database, HOSTILE)
    choice = first.follow("Choose projects")

    page = choice.submit("Preview what you chose", {"project": [project]})
    card = sent(page.submit("Add to the course", {"How it appears": "A card"}), platform)

    (item,) = card.items
    assert (item["type"], card.to) == ("html", back)
    assert "&lt;b&gt;" in item["html"]
    assert "<b>" not in item["html"]
    opened = platform.launch(
        visitors(),
        platform.claims(
            LEARNER,
            sub="maya",
            **{
                f"{LTI}target_link_uri": "https://careerlink.example.edu/lti/launch"
                f"?content=listing%3A{project}"
            },
        ),
    )
    assert opened.location.endswith(f"/listings/{project}")


def test_a_link_to_a_project_of_another_course_says_so(
    client: Visitor, platform: Platform, database: Database, visitors: Callable[[], Visitor]
) -> None:
    ask(client, platform)
    (project,) = offer_projects(database, "Bikes")
    copy = {
        f"{LTI}context": {"id": "next-term", "label": "BUS 310", "title": "Analytics"},
        f"{LTI}custom": {"content": f"listing:{project}"},
    }
    for role, words in ((INSTRUCTOR, "ask the career office"), (LEARNER, "are on the board")):
        visitor = visitors()
        landed = platform.launch(visitor, platform.claims(role, sub=role, **copy))

        page = visitor.get(landed.location, status=404)

        assert page.heading == "This project is not offered in this course"
        assert words in page.text
        assert page.follow("Open the board").page_id == "board.list"
