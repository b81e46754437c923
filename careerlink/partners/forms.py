"""Forms of the partner desk. Messages say what to do, not what went wrong."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    URLField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Length, Optional

from careerlink.partners.checklist import CHECKLIST, CheckItem
from careerlink.partners.likeness import domain_of
from careerlink.partners.models import CheckOutcome, DocumentKind, PartnerKind
from careerlink.web.forms import Form, strip

KINDS = [
    SelectChoice(PartnerKind.COMPANY.value, "Company"),
    SelectChoice(PartnerKind.NONPROFIT.value, "Non-profit"),
    SelectChoice(PartnerKind.PUBLIC_BODY.value, "Public body"),
]
DOCUMENTS = [
    SelectChoice(DocumentKind.AFFILIATION_AGREEMENT.value, "Affiliation agreement"),
    SelectChoice(DocumentKind.NDA.value, "NDA"),
    SelectChoice(DocumentKind.INSURANCE.value, "Insurance certificate"),
    SelectChoice(DocumentKind.OTHER.value, "Other"),
]
OUTCOMES = [
    SelectChoice("", "Not looked at yet"),
    SelectChoice(CheckOutcome.PASSED.value, "Passed"),
    SelectChoice(CheckOutcome.FAILED.value, "Failed"),
    SelectChoice(CheckOutcome.NOT_APPLICABLE.value, "Does not apply"),
]


class PartnerForm(Form):
    name = StringField(
        "Name", validators=[DataRequired("Enter the partner’s name"), Length(max=200)]
    )
    kind = SelectField("Kind", choices=KINDS, default=PartnerKind.COMPANY.value)
    field = StringField("Field of work", validators=[Optional(), Length(max=100)])
    website = URLField("Website", filters=[strip], validators=[Optional(), Length(max=300)])
    city = StringField("City", validators=[Optional(), Length(max=100)])
    region = StringField("State or region", validators=[Optional(), Length(max=100)])
    country = StringField(
        "Country",
        default="US",
        validators=[
            DataRequired("Enter the country as two letters, such as US"),
            Length(2, 2, "Enter the country as two letters, such as US"),
        ],
    )
    about = TextAreaField("What they do", validators=[Optional(), Length(max=2000)])

    def validate_website(self, field: Any) -> None:
        address = field.data or ""
        is_web = "://" not in address or address.lower().startswith(("https://", "http://"))
        if not is_web or "." not in domain_of(address):
            raise ValidationError(
                "Enter the address of the website, such as northlight.example"
            )

    def facts(self) -> dict[str, Any]:
        facts = {name: field.data or "" for name, field in self._fields.items()}
        for name in ("csrf_token", "is_another"):
            facts.pop(name, None)
        website = str(facts["website"])
        return {
            **facts,
            "website": f"https://{website}" if website and "://" not in website else website,
            "kind": PartnerKind(facts["kind"]),
            "country": str(facts["country"]).upper(),
        }


class ProposeForm(PartnerForm):
    is_another = BooleanField("I have looked: this is another partner")


class ReasonForm(Form):
    reason = TextAreaField(
        "Reason", validators=[DataRequired("Give a reason"), Length(max=2000)]
    )


class UntilForm(Form):
    until = DateField(
        "Approved until", validators=[DataRequired("Enter the day on which the approval ends")]
    )


class ContactForm(Form):
    name = StringField(
        "Name", validators=[DataRequired("Enter the person’s name"), Length(max=200)]
    )
    email = EmailField(
        "E-mail address",
        filters=[strip],
        validators=[
            DataRequired("Enter the work address"),
            Email("Enter a whole e-mail address, such as ines@northlight.example"),
        ],
    )
    title = StringField("Role there", validators=[Optional(), Length(max=100)])
    phone = TelField("Telephone", filters=[strip], validators=[Optional(), Length(max=50)])


class VerifyForm(Form):
    how = TextAreaField(
        "How do you know that this address is theirs?",
        validators=[
            DataRequired("Say how you verified it"),
            Length(10, 2000, "Say how you verified it, in a few words"),
        ],
    )


class DocumentForm(Form):
    kind = SelectField("Kind", choices=DOCUMENTS)
    title = StringField(
        "Title", validators=[DataRequired("Enter a title, with the year"), Length(max=200)]
    )
    expires_on = DateField("Ends on", validators=[Optional()])
    file = FileField("File", validators=[Optional()])


class _Checks(Form):
    """One outcome and one line of evidence for each item; see ``checks_form``."""

    def answers(self) -> list[tuple[CheckItem, str, str]]:
        return [
            (
                item,
                self[f"{item.key}_outcome"].data or "",
                self[f"{item.key}_evidence"].data or "",
            )
            for item in CHECKLIST
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        for item, outcome, evidence in self.answers():
            field = self[f"{item.key}_evidence"]
            if outcome and not evidence.strip():
                field.errors = [f"Say what you saw, and where: {item.title.lower()}"]
                is_valid = False
        return is_valid


def _checks_fields() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for item in CHECKLIST:
        fields[f"{item.key}_outcome"] = SelectField(f"{item.title}: outcome", choices=OUTCOMES)
        fields[f"{item.key}_evidence"] = TextAreaField(
            f"{item.title}: evidence", validators=[Optional(), Length(max=1000)]
        )
    return fields


ChecksForm: type[_Checks] = type("ChecksForm", (_Checks,), _checks_fields())
