"""As both platforms do: a course opens for its members, and the tool hears of nobody else."""

import re

from lti.demo_lms import Lms, create_platform
from lti.demo_lms.demo_course import CAST, COURSES, CastMember, DemoCourse, fill


def test_who_is_not_in_a_course_is_shown_their_own_and_the_tool_hears_nothing() -> None:
    courses = [*COURSES, DemoCourse("ENV-220", "Field Methods", "ENV-220-F26")]
    ruth = CastMember("ruth", "Ruth", "Amadi", "student", courses=("ENV-220",))
    lms = fill(Lms(), "http://127.0.0.1:8000", cast=[*CAST, ruth], courses=courses)
    client = create_platform(lms).test_client()

    for page in ("", "/tool"):
        refused = client.get(f"/launch/ruth/credit{page}")
        assert refused.status_code == 403
        assert "Ruth Amadi is not a member of this course" in refused.text
    assert not lms.launches and "ruth" not in client.get("/").text

    (own,) = re.findall(r'href="(/launch/ruth/credit[^"]+)"', refused.text)
    assert client.get(own).status_code == 200
