"""Every table of this package, imported once so that the metadata is whole."""

from credit.academic_work import models as academic_work
from credit.agreements import amendment_models as agreement_amendments
from credit.agreements import campus_models as campus_wording
from credit.agreements import comment_models as agreement_comments
from credit.agreements import models as agreements
from credit.agreements import signature_models as agreement_signatures
from credit.appeals import models as appeals
from credit.approvals import models as approvals
from credit.cases import acceptance_models as acceptances
from credit.cases import models as cases
from credit.cases import move_models as case_moves
from credit.check_ins import models as check_ins
from credit.competencies import models as competencies
from credit.concerns import models as concerns
from credit.earlier import models as earlier
from credit.evaluations import models as evaluations
from credit.evaluations import note_models as evaluation_notes
from credit.evidence import models as evidence
from credit.evidence import reflection_models as reflections
from credit.evidence import review_models as evidence_reviews
from credit.hours import models as hours
from credit.midpoint import models as midpoint
from credit.policy import draft_models as policy_drafts
from credit.policy import models as policy
from credit.registrar import models as registrar
from credit.returning import models as returning
from credit.routing import models as routing
from credit.terms import models as terms

__all__ = [
    "academic_work",
    "acceptances",
    "agreement_amendments",
    "agreement_comments",
    "agreement_signatures",
    "campus_wording",
    "agreements",
    "appeals",
    "approvals",
    "cases",
    "case_moves",
    "check_ins",
    "competencies",
    "concerns",
    "earlier",
    "evaluation_notes",
    "evaluations",
    "evidence",
    "evidence_reviews",
    "hours",
    "midpoint",
    "policy",
    "policy_drafts",
    "reflections",
    "registrar",
    "returning",
    "routing",
    "terms",
]
