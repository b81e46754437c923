"""What the editor asks about evidence, bounds over several internships, and ties."""

from credit.policy.editor_types import Block, Group
from credit.policy.editor_types import Question as Q

NO_LIMIT = "Empty: no limit"
EVIDENCE = Group(
    "evidence",
    "Evidence",
    "What every project shows before credit is given.",
    (
        Block(
            "evidence",
            (
                Q("agreement_required", "yes", "A learning agreement in force"),
                Q(
                    "deliverables_required",
                    "number",
                    "Pieces of work handed in, each project",
                ),
                Q("reflection_required", "yes", "A reflection"),
                Q(
                    "midpoint_evaluation_required",
                    "yes",
                    "The supervisor’s midpoint evaluation",
                ),
                Q(
                    "supervisor_evaluation_required",
                    "yes",
                    "The supervisor’s final evaluation",
                ),
                Q("self_evaluation_required", "yes", "The student’s own evaluation"),
                Q("outcomes_verified", "yes", "Evidence for each learning objective"),
            ),
        ),
        Block("syllabus", (Q("syllabus_required", "yes", "A syllabus for the course"),)),
        Block(
            "acceptance",
            (
                Q(
                    "final_acceptance_required",
                    "yes",
                    "The student accepts the award at the end",
                ),
            ),
        ),
    ),
)
BOUNDS = Group(
    "bounds",
    "Bounds over all a student’s internships",
    "Earlier credit comes from decisions here and from what your office put on record.",
    (
        Block(
            "lifetime",
            (
                Q(
                    "lifetime_maximum_thousandths",
                    "credits",
                    "Most credit in all",
                    NO_LIMIT,
                    "credits",
                    is_optional=True,
                ),
                Q(
                    "lifetime_two_majors_thousandths",
                    "credits",
                    "… with two majors",
                    "Empty: the same",
                    "credits",
                    is_optional=True,
                ),
            ),
        ),
        Block(
            "lifetime_cases",
            (
                Q(
                    "lifetime_cases",
                    "number",
                    "How often in all",
                    NO_LIMIT,
                    "times",
                    is_optional=True,
                ),
                Q(
                    "lifetime_scope",
                    "choice",
                    "Counted over",
                    choices=(
                        ("any_course", "all internships for credit"),
                        ("same_course", "this course alone"),
                    ),
                ),
            ),
        ),
        Block(
            "major",
            (
                Q(
                    "major_share_max",
                    "share",
                    "Most that internships may be of a major",
                    "Such as 1 of 3. Empty: no limit",
                    is_optional=True,
                ),
            ),
        ),
    ),
)
TIES = Group(
    "ties",
    "Ties",
    "Work and people that need a second look.",
    (
        Block(
            "payer",
            (
                Q(
                    "paid_by_university_ok",
                    "yes",
                    "Work that the university pays is credited",
                ),
            ),
        ),
        Block(
            "double_count",
            (
                Q(
                    "double_count",
                    "choice",
                    "Work that counts elsewhere, too",
                    choices=(
                        ("allowed", "counts here as well"),
                        ("with_consent", "counts with written consent"),
                        ("never", "does not count"),
                    ),
                ),
            ),
        ),
        Block(
            "supervisor",
            (
                Q(
                    "instructor_may_supervise",
                    "yes",
                    "Whoever teaches the course may supervise",
                ),
            ),
        ),
        Block(
            "host",
            (
                Q(
                    "related_host_ok",
                    "yes",
                    "Hosts of family or faculty are fine without a waiver",
                ),
            ),
        ),
        Block(
            "hold",
            (
                Q(
                    "no_hold_required",
                    "yes",
                    "A hold on the registration ends the internship",
                ),
            ),
        ),
    ),
)
