"""Notices between us and a platform that is there: asked for, sent, and acted upon."""

import json

import pytest
from sqlalchemy import select

from careerlink.courses.models import Course
from lti import notice_handlers, notices
from lti.claim_values import NoticeService
from lti.demo_lms import notices as platform
from lti.models import Family, LtiContext, LtiDeployment
from tests.factories.platforms import Gradebook

OURS = "https://careerlink.example.edu/lti/notices"


@pytest.mark.parametrize("family", [Family.CANVAS], indirect=True)
def test_a_copy_is_told_by_the_platform_that_we_asked(gradebook: Gradebook) -> None:
    lms, tool = gradebook.lms, gradebook.tool
    number = tool.deployment_id.partition(":")[0]
    service = NoticeService(
        f"{lms.url}/api/lti/notice-handlers/{number}", (platform.HELLO, platform.COPY)
    )
    with gradebook.database.write() as session:
        deployment = session.scalars(select(LtiDeployment)).one()
        notice_handlers.want(session, deployment, service, gradebook.settings)
    gradebook.work()
    assert tool.notice_handlers == {platform.COPY: OURS, platform.HELLO: OURS}

    spring = lms.copy_course(lms.course(), "BUS-310", "Spring")
    with gradebook.database.write() as session:
        deployment = session.scalars(select(LtiDeployment)).one()
        course = Course(institution_id=deployment.institution_id, title="Spring")
        session.add(course)
        session.flush()
        session.add(
            LtiContext(
                deployment_id=deployment.id, context_id=spring.context_id, course_id=course.id
            )
        )
    told = platform.batch(
        lms, platform.hello(lms, tool), platform.copied(lms, tool, spring, lms.course())
    )
    taken = notices.receive(gradebook.database, gradebook.settings, json.dumps(told).encode())
    gradebook.work()

    assert taken.refused == []
    with gradebook.database.read() as session:
        deployment = session.scalars(select(LtiDeployment)).one()
        copied = session.scalars(select(Course).where(Course.title == "Spring")).one()
    assert deployment.notices_confirmed_at is not None
    assert deployment.notices_set_at is not None
    assert copied.copied_from_id == gradebook.course_id
