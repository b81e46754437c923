"""What a platform shows, in words for instructors and staff: no names, no bodies."""

from lti.products.base import Product, points
from lti.results import Result, same
from lti.score_records import Job


def applied(product: Product, job: Job, shown: Result | None, *, is_first: bool) -> str:
    if shown is None:
        return f"{product.name} took it; what it shows could not be read."
    if shown.thousandths is not None and is_first and not product.shows_what_it_stores:
        # Its results are then what we sent, even where a teacher's older grade stays.
        return (
            f"{product.name} recorded {out_of(shown.thousandths, job.maximum)}. "
            "A grade typed in before stays."
        )
    return f"{product.name} {shown_words(shown.thousandths, job.maximum)}."


def overridden(product: Product, job: Job, shown: Result) -> str:
    words = shown_words(shown.thousandths, job.maximum)
    if job.may_replace is not None and same(shown.thousandths, job.may_replace):
        # Moodle takes a score for such a cell, answers 200 and changes nothing.
        return (
            f"{product.name} keeps the grade typed in there: {words}. "
            "Take it out there, then send ours again"
        )
    return f"Overridden in {product.name}: {words}"


def shown_words(thousandths: int | None, maximum: int) -> str:
    return "shows no grade" if thousandths is None else f"shows {out_of(thousandths, maximum)}"


def out_of(thousandths: int, maximum: int) -> str:
    return f"{points(thousandths)} of {points(maximum)}"
