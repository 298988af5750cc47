"""What the fields of a return slip mean: the outcome to propose, its date, and what somebody should look at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from boutique import exports
from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.core.text import clean, clip, fold
from boutique.models.choices import ReferralStatus
from boutique.rules.lists import load_refusal_reasons

LONGEST_NOTE = 1000
_SHORT, _COMMENT = 120, 600
_ELSEWHERE = "MAUVAISE_STRUCTURE"
_OTHER = "AUTRE"


@dataclass(frozen=True, slots=True)
class Proposed:
    """An outcome to confirm; no status when the slip does not say one, or says two."""

    on: date
    status: ReferralStatus | None = None
    refusal_code: str | None = None
    note: str = ""
    remarks: tuple[str, ...] = ()

    def with_remarks(self, *more: str) -> "Proposed":
        return replace(self, remarks=(*self.remarks, *more))


def propose(fields: Mapping[str, str], made_on: date) -> Proposed:
    """The answer that a filled form gives."""
    remarks: list[str] = []
    status = _status(fields, remarks)
    code, reason = _reason(fields) if status is ReferralStatus.REFUSED else (None, "")
    if status is ReferralStatus.REFUSED and code is None:
        remarks.append("Le motif n’est pas dit : choisissez-le.")
    told = {key: clip(clean(fields.get(key, "")), _SHORT) for key in ("appointment_on", "redirected_to", "answered_by")}
    parts = (
        f"Rendez-vous le {told['appointment_on']}" if told["appointment_on"] else "",
        f"Réorientée vers {told['redirected_to']}" if told["redirected_to"] else "",
        reason,
        clip(clean(fields.get("comment", "")), _COMMENT),
        f"Répondu par {told['answered_by']}" if told["answered_by"] else "",
    )
    note = clip(" · ".join(part for part in parts if part), LONGEST_NOTE)
    return Proposed(_day(fields, made_on, remarks), status, code, note, tuple(remarks))


def _status(fields: Mapping[str, str], remarks: list[str]) -> ReferralStatus | None:
    ticked = [key for key in _MEANING if fields.get(key) == exports.form_fields.TICKED]
    meant = {_MEANING[key] for key in ticked}
    if ReferralStatus.SUCCEEDED in meant:
        meant.discard(ReferralStatus.TAKEN_UP)  # what succeeded was taken up before
    if len(meant) == 1:
        return meant.pop()
    remarks.append(
        "Plusieurs cases qui se contredisent sont cochées : choisissez la réponse, ou appelez la structure."
        if meant
        else "Aucune case n’est cochée : choisissez la réponse."
    )
    return None


_MEANING = {
    "taken_up": ReferralStatus.TAKEN_UP,
    "refused": ReferralStatus.REFUSED,
    "succeeded": ReferralStatus.SUCCEEDED,
    "redirected": ReferralStatus.REFUSED,
    "unreachable": ReferralStatus.UNREACHABLE,
}


def _reason(fields: Mapping[str, str]) -> tuple[str | None, str]:
    """The coded reason, by its code or its words; other words are kept beside « Autre motif »."""
    written = clip(clean(fields.get("refusal_reason", "")), _SHORT)
    reasons = load_refusal_reasons()
    if written in reasons:
        return written, ""
    same = next((one.code for one in reasons.values() if fold(one.label) == fold(written)), None)
    if same is not None:
        return same, ""
    if written:
        return _OTHER, f"Motif : {written}"
    return (_ELSEWHERE, "") if fields.get("redirected") == exports.form_fields.TICKED else (None, "")


def _day(fields: Mapping[str, str], made_on: date, remarks: list[str]) -> date:
    """The day written, when it is one that may be; else today, and why."""
    written = clean(fields.get("answered_on", ""))
    if not written:
        return today()
    try:
        found = french.parse_date(written, today=today(), past=True)
    except UserError as error:
        remarks.append(f"Date de la réponse « {clip(written, 40)} » : {error}")
        return today()
    if found < made_on:
        remarks.append(f"La date écrite, {french.show_date(found)}, est avant l’orientation : vérifiez-la.")
        return today()
    return found
