"""The versions that a sample course went by before: what its history and comparisons show."""

from typing import Any

from careerlink import clock
from careerlink.demo.loading import Loading
from credit.policy import operations
from credit.policy.parameters import Parameters

BEFORE: dict[str, tuple[tuple[int, str, str, dict[str, Any]], ...]] = {
    "BUS-310": (
        (
            -880,
            "BUS-310 credit policy, version 1, adopted by the School of Business in 2024",
            "Pilot with one section",
            {
                "minutes_per_credit": 40 * 60,
                "academic_minutes_required": 10 * 60,
                "max_minutes_per_week": None,
                "min_span_weeks": 0,
                "self_evaluation_required": False,
            },
        ),
        (
            -515,
            "BUS-310 credit policy, version 2, adopted by the School of Business in 2025",
            "After the review of the pilot: the hours of the catalog, and a span of weeks",
            {"max_minutes_per_week": None, "min_span_weeks": 6},
        ),
    )
}


def load(loading: Loading, course_code: str, name: str, newest: Parameters) -> None:
    for days, source, note, values in BEFORE.get(course_code, ()):
        with clock.at(loading.moment(days)):
            operations.create_version(
                loading.session,
                institution_id=loading.institution.id,
                name=name,
                parameters=newest.model_copy(update=values),
                source=source,
                note=note,
                actor=loading.system,
            )
