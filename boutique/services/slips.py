"""Return slips that come back as PDF: read apart, checked, proposed as an answer; recorded once somebody confirms.

Used by what is dropped on the window and by « Enregistrer un coupon-réponse… ». Nothing is believed that the seal does
not vouch for; a slip without fields (printed, scanned) is a document whose answer is typed by hand.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import file_types, files, french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.core.text import clean
from boutique.models.case import Case
from boutique.models.choices import ReferralStatus
from boutique.models.person import Person
from boutique.models.referral import Partner, Referral
from boutique.services import attaching, reader, referrals, slip_answers, slip_seals
from boutique.services import attachment_store as store
from boutique.services.attaching import Chosen, Source
from boutique.services.attachments import show_size
from boutique.services.partner_names import shown_name
from boutique.services.slip_answers import Proposed
from boutique.services.workspace import Workspace

_FINAL = (
    ReferralStatus.SUCCEEDED,
    ReferralStatus.REFUSED,
    ReferralStatus.NO_FOLLOW_UP,
    ReferralStatus.UNREACHABLE,
)
_PRINTED = re.compile(r"Orientation (O-\d{4}-\d{4,9})\b")
_TITLE = "Coupon-réponse"
_OURS = (b"/T (taken_up)", b"/T (seal)", b"(taken_up)")  # in the first bytes of a slip cut short
_KIND = "COURRIER"
_CUT = "Ce coupon-réponse est abîmé ou incomplet : demandez à la structure de le renvoyer. Rien n’est enregistré."
_NO_SEAL = (
    "Ce coupon-réponse n’a plus son cachet : il a été modifié ou refait par un autre programme. "
    "Joignez-le comme document et notez la réponse à la main."
)
_ELSEWHERE = "Ce coupon-réponse vient d’une autre base : il répond à l’orientation d’une autre boutique."
_BY_HAND = "Ce document n’a pas de champs à lire (imprimé ou numérisé) : recopiez ce qu’il répond."
_NOT_CHECKED = "Il n’a plus de cachet : vérifiez que c’est bien la réponse de cette structure."


@dataclass(frozen=True, slots=True)
class Answer:
    """What a slip answers, to be confirmed; `referral_id` is None when somebody must say which referral it is."""

    source: Source
    case_id: uuid.UUID
    proposed: Proposed
    referral_id: uuid.UUID | None = None
    reference: str = ""
    partner: str = ""
    person: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that came in: an answer, a slip refused with its reason, or (neither) something else."""

    source: Source
    answer: Answer | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the counsellor decided."""

    status: ReferralStatus
    on: date
    refusal_code: str | None = None
    note: str = ""


def read(workspace: Workspace, source: Source, case_id: uuid.UUID | None = None) -> Reading:
    """Look at one document. `case_id`: the user says that it is a slip of this file, whatever it looks like."""
    try:
        content = _content(source)
    except UserError as error:
        return Reading(source, refusal=str(error) if case_id else "")
    held = Source(source.name, content=content)
    if b"%PDF-" not in content[:1024]:
        return Reading(held, answer=_typed(held, case_id) if case_id else None)
    form = reader.read_form(content)
    if form.problem or b"%%EOF" not in content[-2048:]:
        known = case_id is not None or any(mark in content for mark in _OURS)
        return Reading(held, refusal=_CUT if known else "")
    try:
        return Reading(held, answer=workspace.read(_answer, held, form, case_id))
    except UserError as error:
        return Reading(held, refusal=str(error))


def record(workspace: Workspace, answer: Answer, referral_id: uuid.UUID, confirmed: Confirmed) -> uuid.UUID:
    """The status moves with a dated event and the slip is kept with the documents of the file: one action."""
    label = f"Coupon-réponse : {confirmed.status.label.lower()}"
    return workspace.write(label, _record, answer, referral_id, confirmed)


def choices(session: Session, case_id: uuid.UUID) -> tuple[tuple[uuid.UUID, str], ...]:
    """Referrals of a file that a slip may answer, the latest first."""
    lines = referrals.listing(session, case_id)
    return tuple(
        (line.id, f"{line.partner} · {line.reference}")
        for line in lines
        if line.status not in _FINAL and line.status is not ReferralStatus.CANCELLED and line.consent_on
    )


def _content(source: Source) -> bytes:
    if source.content is not None:
        content = source.content
    else:
        path = source.path or Path(source.name)
        with files.explained(path), source.open() as stream:
            content = stream.read(store.LARGEST + 1)
    if len(content) > store.LARGEST:
        raise UserError(store.TOO_LARGE.format(size=show_size(len(content))))
    if not content:
        raise UserError("Ce fichier est vide : il n’y a pas de réponse à lire.")
    return content


def _typed(source: Source, case_id: uuid.UUID, *remarks: str) -> Answer:
    return Answer(source, case_id, Proposed(on=today(), remarks=(_BY_HAND, *remarks)), by_hand=True)


def _answer(session: Session, source: Source, form: reader.Form, case_id: uuid.UUID | None) -> Answer | None:
    """None when it is no slip at all; UserError when it is one that may not be recorded."""
    fields = form.fields
    if "taken_up" in fields and ("reference" in fields or "seal" in fields):
        referral = _referral_of_seal(session, fields)
        _refuse_elsewhere(session, referral, case_id)
        proposed = slip_answers.propose(fields, referral.made_on)
        _refuse_used(referral, proposed)
        return _about(session, source, referral, proposed)
    printed = _PRINTED.search(form.text)
    if printed and _TITLE in form.text:
        return _flattened(session, source, printed[1], case_id)
    return _typed(source, case_id) if case_id is not None else None


def _flattened(session: Session, source: Source, reference: str, case_id: uuid.UUID | None) -> Answer | None:
    """Printed into a new PDF: its number is there to be read, nothing else is."""
    referral = _by_reference(session, reference)
    if referral is None:
        raise UserError(_unknown(reference))
    _refuse_elsewhere(session, referral, case_id)
    _refuse_used(referral, None)
    proposed = Proposed(on=today(), remarks=(_BY_HAND, _NOT_CHECKED))
    return _about(session, source, referral, proposed, by_hand=True)


def _referral_of_seal(session: Session, fields: Mapping[str, str]) -> Referral:
    seal, reference = fields.get("seal", "").strip(), clean(fields.get("reference", ""))[:16].upper()
    if not slip_seals.is_whole(seal):
        raise UserError(_NO_SEAL)
    if not slip_seals.is_of_this_base(session, seal):
        raise UserError(_ELSEWHERE)
    referral = _by_reference(session, reference)
    if referral is None:
        raise UserError(_unknown(reference))
    if not slip_seals.is_untouched(session, seal, referral):
        raise UserError(
            f"Ce coupon-réponse a été modifié : son cachet n’est pas celui de l’orientation {reference}. "
            "Demandez à la structure de remplir la fiche d’origine."
        )
    if not slip_seals.is_for(session, seal, referral.partner_id):
        raise UserError(
            f"Ce coupon-réponse a été fait pour une autre structure que {_partner(session, referral)}, "
            f"à qui l’orientation {reference} est adressée."
        )
    return referral


def _refuse_elsewhere(session: Session, referral: Referral, case_id: uuid.UUID | None) -> None:
    if case_id is not None and referral.case_id != case_id:
        raise UserError(
            f"Ce coupon-réponse répond à l’orientation {referral.reference} vers {_partner(session, referral)}, "
            "qui est dans un autre dossier. Déposez-le sur la fenêtre : le bon dossier s’ouvrira."
        )


def _refuse_used(referral: Referral, proposed: Proposed | None) -> None:
    reference, status = referral.reference, referral.status
    if status is ReferralStatus.CANCELLED:
        raise UserError(f"L’orientation {reference} a été annulée : son coupon-réponse ne peut plus être enregistré.")
    if referral.consent_on is None:
        raise UserError(
            f"L’orientation {reference} n’a pas l’accord de la personne. Recueillez-le d’abord dans l’onglet "
            "Orientations."
        )
    same = proposed is not None and proposed.status is status is ReferralStatus.TAKEN_UP
    if status in _FINAL or same:
        when = f" le {french.show_date(referral.answered_on)}" if referral.answered_on else ""
        raise UserError(
            f"Ce coupon-réponse a déjà servi : l’orientation {reference} est « {status.label.lower()} »{when}. "
            "Pour corriger, changez son statut dans l’onglet Orientations."
        )


def _about(
    session: Session, source: Source, referral: Referral, proposed: Proposed, *, by_hand: bool = False
) -> Answer:  # fmt: skip
    person_id = session.get_one(Case, referral.case_id).person_id
    late = ("Cette orientation avait expiré : la réponse la rouvre.",) if _expired(referral) else ()
    return Answer(
        source,
        referral.case_id,
        proposed.with_remarks(*late),
        referral.id,
        referral.reference,
        _partner(session, referral),
        session.get_one(Person, person_id).full_name,
        by_hand=by_hand,
    )


def _expired(referral: Referral) -> bool:
    return referral.status is ReferralStatus.EXPIRED


def _by_reference(session: Session, reference: str) -> Referral | None:
    return session.scalar(select(Referral).where(Referral.reference == reference))


def _unknown(reference: str) -> str:
    return f"Il n’y a pas d’orientation « {reference} » dans cette base : elle a été reprise, ou vient d’ailleurs."


def _partner(session: Session, referral: Referral) -> str:
    return shown_name(session, session.get_one(Partner, referral.partner_id))


def _record(session: Session, answer: Answer, referral_id: uuid.UUID, confirmed: Confirmed) -> uuid.UUID:
    referral = referrals.referral_of(session, referral_id)
    _refuse_elsewhere(session, referral, answer.case_id)
    _refuse_used(referral, Proposed(on=confirmed.on, status=confirmed.status))
    note = clean(confirmed.note)
    referrals.set_status(
        session, referral_id, confirmed.status, on=confirmed.on, refusal_code=confirmed.refusal_code, note=note
    )
    _attach(session, answer.source, referral, confirmed.on)
    return referral.case_id


def _attach(session: Session, source: Source, referral: Referral, on: date) -> None:
    """Under a name that says which referral and which day; bytes that the file has already are not kept twice."""
    (found,) = attaching.examine(session, referral.case_id, (source,), _untold)
    if found.refusal:
        return
    extension = Path(found.name).suffix or f".{file_types.by_media(found.type.media).extension}"
    chosen = Chosen(found, f"Coupon-réponse {referral.reference} du {on.isoformat()}{extension}", _KIND)
    attaching.attach(session, referral.case_id, [(chosen, attaching.keep_bytes(session, chosen))])


def _untold(_done: int, _total: int) -> None:
    """One document: there is no progress to tell."""
