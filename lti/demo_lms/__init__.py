"""A small learning management system that behaves like Moodle 4.5 or like Canvas.

It is the demo's course page and the platform of the tests. It knows nothing of CareerLink:
it reaches the tool by LTI alone, as a real platform does.
"""

from lti.demo_lms.app import create_platform
from lti.demo_lms.lms import Lms

__all__ = ["Lms", "create_platform"]
