"""Who acts at a step of a chain besides the instructor of the course."""

from enum import StrEnum


class ApproverRole(StrEnum):
    CHAIR = "chair"
    REGISTRAR = "registrar"
