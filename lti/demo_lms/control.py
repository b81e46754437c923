"""Switching the platform's family and its faults: ``POST /control``."""

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti.demo_lms.failures import MODES
from lti.demo_lms.serving import the_lms

bp = Blueprint("control", __name__)


@bp.route("/control", methods=["GET", "POST"])
def control() -> ResponseReturnValue:
    """``behave=moodle|canvas``, ``fail=none|down|slow|lost|throttle`` with ``delay`` seconds
    and ``times`` calls, ``clock`` seconds ahead; as a form or as JSON.
    """
    if request.method == "POST":
        asked = request.get_json(silent=True) or request.form.to_dict()
        try:
            _apply(asked)
        except ValueError:
            abort(400)
        if "text/html" in request.headers.get("Accept", "") and not request.is_json:
            return redirect(url_for("course.show"), 303)
    lms = the_lms()
    return jsonify(
        behave=lms.school.family,
        fail=lms.failure.mode,
        delay=lms.failure.delay,
        times=lms.failure.left,
        clock=lms.school.clock_offset,
    )


def _apply(asked: dict[str, Any]) -> None:
    lms = the_lms()
    family, mode = asked.get("behave", lms.school.family), asked.get("fail")
    if family not in ("moodle", "canvas") or mode not in (None, *MODES):
        raise ValueError("unknown word")
    delay = float(asked["delay"]) if "delay" in asked else None
    times = int(asked["times"]) if "times" in asked else None
    clock = float(asked.get("clock", lms.school.clock_offset))
    with lms.changing() as school:
        school.family = family
        school.clock_offset = clock
    if mode is not None or delay is not None:
        lms.failure.set(mode or lms.failure.mode, delay=delay, times=times)
