"""How the choices of a listing read, on the form and on the page for students."""

from careerlink.listings.models import AiRule, Engagement, IpTerms, Payer

STATES = {
    "": "All",
    "draft": "Draft",
    "submitted": "Submitted",
    "returned": "Returned",
    "published": "Published",
    "closed": "Closed",
    "withdrawn": "Withdrawn",
}
ENGAGEMENT = {
    Engagement.CONTRACTOR: "You work as an independent contractor for a fixed fee.",
    Engagement.EMPLOYEE: "You are on the partner’s payroll for the length of the project.",
    Engagement.UNIVERSITY_STIPEND: "The university pays you a stipend from its project fund.",
    Engagement.UNPAID: "Unpaid, as a volunteer; the credit is not a wage.",
}
PAYER = {
    Payer.PARTNER: "The partner",
    Payer.UNIVERSITY: "The university",
    Payer.NOBODY: "Nobody; it is unpaid",
}
RIGHTS = {
    IpTerms.ASSIGNED: "The partner owns what you make. You may name the project and describe "
    "your part in it.",
    IpTerms.LICENSED: "You own what you make. The partner may use it without limit for its own "
    "work.",
    IpTerms.UNIVERSITY: "The university’s terms for student work apply: you own it, and the "
    "partner gets a copy to use.",
}
AI = {
    AiRule.ALLOWED: "Allowed for any part of the work.",
    AiRule.DISCLOSE: "Allowed, if you say in the hand-over where you used them.",
    AiRule.NOT_WITH_PARTNER_DATA: "Allowed, but never with the partner’s data and texts.",
    AiRule.NONE: "Not for this project.",
}
