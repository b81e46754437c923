"""CareerLink: the credit path for micro-internships inside the LMS."""

__version__ = "0.1.0"
