"""How Moodle and Canvas differ, one package for each."""

from lti.demo_lms.families.base import Family
from lti.demo_lms.families.canvas.launching import CANVAS
from lti.demo_lms.families.moodle.launching import MOODLE
from lti.demo_lms.tools import FamilyName

FAMILIES: dict[FamilyName, Family] = {"moodle": MOODLE, "canvas": CANVAS}
