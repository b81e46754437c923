"""What staff and instructors put on record of a student."""

from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.validators import Optional as IfGiven

from careerlink.web.forms import Form
from credit.earlier.models import EarlierKind

SHORT = Length(max=200, message="Keep it to 200 characters.")
LONG = Length(max=2000, message="Keep it to 2,000 characters.")


class EarlierForm(Form):
    kind = RadioField(
        "What is there",
        choices=[
            SelectChoice(EarlierKind.CREDIT.value, "Credit from an internship"),
            SelectChoice(EarlierKind.NOTHING.value, "Nothing: I looked it up"),
        ],
        default=EarlierKind.CREDIT.value,
    )
    course_label = StringField("Course", [SHORT])
    credits = StringField("Credits", [IfGiven(), SHORT])
    earned_on = DateField("Earned on", [IfGiven()])
    source = StringField("Source", [DataRequired("Say where you looked it up."), SHORT])


class MajorForm(Form):
    title = StringField("Major", [DataRequired("Name the major."), SHORT])
    credits = StringField("Credits that it asks for", [DataRequired("Enter the credits.")])
    source = StringField("Source", [DataRequired("Say where you looked it up."), SHORT])


class ElsewhereForm(Form):
    project = SelectField("Project")
    course_label = StringField("Counts in", [DataRequired("Say where it counts."), SHORT])
    credits = StringField("Credits there", [IfGiven(), SHORT])
    consent = StringField("Written consent of", [SHORT])
    source = StringField("Source", [DataRequired("Say where you looked it up."), SHORT])


class WaiverForm(Form):
    project = SelectField("Project")
    granted_by = StringField("Waived by", [DataRequired("Name who waives it."), SHORT])
    reason = TextAreaField("Why", [DataRequired("Say why the tie is waived."), LONG])
    until = DateField("Until", [IfGiven()])


class TakeBackForm(Form):
    record = HiddenField(validators=[DataRequired()])
