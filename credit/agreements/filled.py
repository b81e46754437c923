"""What the form of the plan begins with."""

from decimal import Decimal
from typing import Any

from credit.agreements.form_fields import CHOSEN_KINDS, TYPED
from credit.agreements.plan import AgreementDraft


def values_of(plan: AgreementDraft) -> dict[str, Any]:
    """What the form begins with."""
    chosen = {name: getattr(plan, name) for name in CHOSEN_KINDS}
    return {
        **{name: getattr(plan, name) for name in TYPED},
        **{name: kind.value if kind is not None else "" for name, kind in chosen.items()},
        "hours": Decimal(plan.planned_minutes) / 60,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "rework_rounds": plan.rework_rounds,
        "where": "remote" if plan.is_remote else "on_site",
        "country": plan.country,
        "credit": "yes" if plan.is_for_credit else "no",
        "credits": _credits(plan.credits_thousandths),
        "has_nda": plan.has_nda,
        "objectives": [
            {
                **vars(row),
                "objective_id": row.objective_id or "",
                "judge": row.judge.value,
                "competency_id": str(row.competency_id or ""),
            }
            for row in plan.objectives
        ],
        "deliverables": [
            {**vars(piece), "is_optional": not piece.is_required} for piece in plan.deliverables
        ],
    }


def _credits(thousandths: int | None) -> Decimal | None:
    return Decimal(thousandths) / 1000 if thousandths is not None else None
