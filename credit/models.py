"""Every table of this package, imported once so that the metadata is whole."""

from credit.agreements import models as agreements
from credit.cases import models as cases
from credit.competencies import models as competencies
from credit.evaluations import models as evaluations
from credit.evidence import models as evidence
from credit.hours import models as hours
from credit.policy import models as policy

__all__ = ["agreements", "cases", "competencies", "evaluations", "evidence", "hours", "policy"]
