"""What a person types after the tool was added by hand; as little as each family needs."""

from wtforms import SelectField, StringField, URLField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from careerlink.web.forms import Form, strip
from lti import manual_setup
from lti.manual_setup import OWN_SERVER, Addresses, endpoint
from lti.models import Family
from lti.products.canvas_cloud import ENVIRONMENTS
from lti.reading import LONGEST_ID, LONGEST_URL, origin_of

HOSTING = [
    *(SelectChoice(found.key, found.label) for found in ENVIRONMENTS),
    SelectChoice(OWN_SERVER, "A Canvas server of our own"),
]


def _address(label: str, missing: str) -> URLField:
    return URLField(
        label, filters=[strip], validators=[DataRequired(missing), Length(max=LONGEST_URL)]
    )


class PlatformForm(Form):
    """``addresses`` reads the form; ``private`` permits http and names of this machine."""

    name = StringField(
        "Name for this LMS",
        validators=[DataRequired("Enter a name, such as Campus Moodle"), Length(max=200)],
    )
    client_id = StringField(
        "Client ID",
        validators=[
            DataRequired("Enter the client ID that the LMS shows"),
            Length(max=LONGEST_ID),
        ],
    )
    deployment_id = StringField(
        "Deployment ID", validators=[Optional(), Length(max=LONGEST_ID)]
    )


class MoodleForm(PlatformForm):
    site = _address("Site address", "Enter the address of your Moodle")

    def addresses(self, *, private: bool) -> Addresses:
        return manual_setup.moodle(self.site.data or "", private=private)


class CanvasForm(PlatformForm):
    environment = SelectField("Canvas", choices=HOSTING)
    site = _address("Your school’s Canvas address", "Enter the address of your Canvas")

    def addresses(self, *, private: bool) -> Addresses:
        return manual_setup.canvas(
            self.environment.data or "", self.site.data or "", private=private
        )


class OtherForm(PlatformForm):
    issuer = _address("Issuer", "Enter the issuer, also called platform ID")
    auth_url = _address("Authentication request URL", "Enter the authentication request URL")
    token_url = _address("Access token URL", "Enter the access token URL")
    jwks_url = _address("Key set URL", "Enter the URL of the public key set")

    def addresses(self, *, private: bool) -> Addresses:
        read = {
            name: endpoint(self[name].data or "", private=private, field=name)
            for name in ("issuer", "auth_url", "token_url", "jwks_url")
        }
        return Addresses(
            **read, family=Family.OTHER, frame_origins=(origin_of(read["auth_url"]),)
        )


SetUpForm = MoodleForm | CanvasForm | OtherForm
FORMS: dict[Family, type[SetUpForm]] = {
    Family.CANVAS: CanvasForm,
    Family.MOODLE: MoodleForm,
    Family.OTHER: OtherForm,
}
