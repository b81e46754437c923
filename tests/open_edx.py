"""Open edX's side of LTI 1.3 (``lti-consumer-xblock``) as a platform in this process.

Written by people who know nothing of CareerLink, so that what we send is read by other eyes.
It runs in an environment of its own, ``make oracles``: a Django, and forty packages more.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import django
import responses
from bs4 import BeautifulSoup
from django.conf import settings as site
from requests import PreparedRequest

from tests.factories.lti import PUBLIC_URL, pem, private_key

HOST = "https://courses.openedx.example"
SITE: dict[str, Any] = {
    "SECRET_KEY": "only-for-tests",
    "ALLOWED_HOSTS": ["courses.openedx.example"],
    "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    "INSTALLED_APPS": [
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "rest_framework",
        "lti_consumer",
    ],
    "TEMPLATES": [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
    ],
    "MIDDLEWARE": ["edx_django_utils.cache.middleware.RequestCacheMiddleware"],
    "ROOT_URLCONF": "tests.open_edx_urls",
    "USAGE_ID_PATTERN": r"(?P<usage_id>(?:i4x://?[^/]+/[^/]+/[^/]+/[^@]+(?:@[^/]+)?)|(?:[^/]+))",
    "PLATFORM_NAME": "Open edX",
    "LTI_BASE": HOST,
    "LTI_API_BASE": HOST,
    "LMS_ROOT_URL": HOST,
    "LMS_BASE": "courses.openedx.example",
    "FEATURES": {},
    "USE_TZ": True,
    "DEFAULT_AUTO_FIELD": "django.db.models.AutoField",
}
if not site.configured:
    site.configure(**SITE)
    django.setup()

from django.core.management import call_command  # noqa: E402 - needs the settings above
from django.test import Client  # noqa: E402
from lti_consumer import api  # noqa: E402
from lti_consumer.data import Lti1p3LaunchData  # noqa: E402
from lti_consumer.lti_1p3.extensions.rest_framework.constants import (  # noqa: E402
    LTI_DL_CONTENT_TYPE_SERIALIZER_MAP,
)
from lti_consumer.models import (  # noqa: E402
    Lti1p3Passport,
    LtiAgsLineItem,
    LtiAgsScore,
    LtiConfiguration,
)


def migrate() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)


@dataclass
class OpenEdx:
    """One course with one link to CareerLink, whose tool may make columns by itself."""

    network: responses.RequestsMock
    browser: Client = field(
        default_factory=lambda: Client(SERVER_NAME="courses.openedx.example")
    )

    def __post_init__(self) -> None:
        # One at a time: it has no block in a course, and so the same empty location each time.
        LtiConfiguration.objects.all().delete()
        self.passport = Lti1p3Passport.objects.create(
            lti_1p3_tool_keyset_url=f"{PUBLIC_URL}/lti/jwks.json",
            # It would make one of its own, which takes seconds.
            lti_1p3_internal_private_key=pem(private_key("open-edx")),
            lti_1p3_internal_private_key_id="open-edx-1",
        )
        self.configuration = LtiConfiguration.objects.create(
            version=LtiConfiguration.LTI_1P3,
            config_store=LtiConfiguration.CONFIG_ON_DB,
            lti_1p3_passport=self.passport,
            lti_1p3_oidc_url=f"{PUBLIC_URL}/lti/login",
            lti_1p3_launch_url=f"{PUBLIC_URL}/lti/launch",
            lti_advantage_ags_mode=LtiConfiguration.LTI_ADVANTAGE_AGS_PROGRAMMATIC,
            lti_advantage_deep_linking_enabled=True,
            lti_advantage_deep_linking_launch_url=f"{PUBLIC_URL}/lti/launch",
        )
        for method in ("GET", "POST", "PUT", "DELETE"):
            self.network.add_callback(method, re.compile(f"{HOST}/.*"), self._answer)

    @property
    def consumer(self) -> Any:
        return self.configuration.get_lti_consumer()

    @property
    def told(self) -> dict[str, str]:
        """What its author's page tells the tool's administrator to enter."""
        found: dict[str, str] = api.get_lti_1p3_launch_info(self._launch("staff", "staff"))
        return found

    def login_url(self, person: str, role: str, *, deep_linking: bool = False) -> str:
        address: str = api.get_lti_1p3_launch_start_url(
            self._launch(person, role), deep_link_launch=deep_linking
        )
        return address

    def authorize(self, address: str) -> tuple[str, dict[str, str]]:
        """The browser at its authorization address: where it posts what to."""
        reply = self.browser.get(address.removeprefix(HOST), secure=True)
        page = BeautifulSoup(reply.content, "html.parser")
        assert reply.status_code == 200, page.get_text()
        form = page.find("form")
        assert form is not None
        fields = {
            str(i["name"]): str(i["value"])
            for i in form.find_all("input", attrs={"name": True})
        }
        return str(form["action"]), fields

    def read_items(self, token: str) -> list[dict[str, Any]]:
        """What its view would keep of our deep linking answer."""
        readers = [
            LTI_DL_CONTENT_TYPE_SERIALIZER_MAP[item["type"]](data=item)
            for item in self.consumer.check_and_decode_deep_linking_token(token)
        ]
        for reader in readers:
            reader.is_valid(raise_exception=True)
        return [dict(reader.validated_data) for reader in readers]

    def columns(self) -> list[Any]:
        return list(LtiAgsLineItem.objects.filter(lti_configuration=self.configuration))

    def scores(self) -> list[Any]:
        return list(LtiAgsScore.objects.filter(line_item__in=self.columns()))

    def _launch(self, person: str, role: str) -> Any:
        return Lti1p3LaunchData(
            user_id=person,
            user_role=role,
            config_id=self.configuration.config_id,
            resource_link_id="link-1",
            name="Ida Berg",
            email="ida@openedx.example",
            context_id="course-v1:Crestwood+BUS310+2026",
            context_type=["course_offering"],
            context_title="Applied Analytics",
            context_label="BUS 310",
        )

    def _answer(self, request: PreparedRequest) -> tuple[int, dict[str, str], bytes]:
        """Their views, called in this process by our own HTTP client."""
        reply = self.browser.generic(
            str(request.method),
            str(request.path_url),
            request.body or b"",
            content_type=request.headers.get("Content-Type", ""),
            secure=True,
            headers={n: v for n, v in request.headers.items() if n != "Content-Type"},
        )
        return reply.status_code, dict(reply.headers), reply.content
