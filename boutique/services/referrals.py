"""Orientation: needs, referrals with their agreement and their dated events. Used by the Orientations tab."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.models.case import Case
from boutique.models.choices import ConsentKind, ConsentMode, ReferralStatus, SharedData
from boutique.models.directory import PartnerContact
from boutique.models.referral import Need, Partner, Referral, ReferralEvent
from boutique.models.trace import Consent
from boutique.rules import needs as needs_rules
from boutique.rules.lists import load_refusal_reasons
from boutique.rules.partners import load_partner_types
from boutique.rules.referral import load_rules
from boutique.services import answers as answers_service
from boutique.services import numbering, offers, outside, partner_people
from boutique.services.context import context
from boutique.services.intakes import raise_needs, touch
from boutique.services.offers import Offer
from boutique.services.outside import Override
from boutique.services.partner_names import name_column
from boutique.services.proposals import Proposal, proposals
from boutique.services.rows import existing

CONSENT_VERSION = "2"
LEAST_SHARED = (SharedData.IDENTITY, SharedData.PHONE, SharedData.PROJECT)
ANSWERS = (
    ReferralStatus.TAKEN_UP,
    ReferralStatus.SUCCEEDED,
    ReferralStatus.NO_FOLLOW_UP,
    ReferralStatus.REFUSED,
    ReferralStatus.UNREACHABLE,
)
_TONES = {
    ReferralStatus.PREPARED: "neutral",
    ReferralStatus.HANDED: "info",
    ReferralStatus.SENT: "info",
    ReferralStatus.RECEIVED: "info",
    ReferralStatus.TAKEN_UP: "info",
    ReferralStatus.SUCCEEDED: "success",
    ReferralStatus.NO_FOLLOW_UP: "neutral",
    ReferralStatus.REFUSED: "danger",
    ReferralStatus.UNREACHABLE: "warning",
    ReferralStatus.EXPIRED: "warning",
    ReferralStatus.CANCELLED: "neutral",
}


@dataclass(frozen=True, slots=True)
class NeedLine:
    """An open need of a file."""

    id: uuid.UUID
    subject_code: str
    label: str
    theme: str


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One referral of a file; `events` are dated sentences, the latest first."""

    id: uuid.UUID
    reference: str
    partner_id: uuid.UUID
    partner: str
    made_on: date
    status: ReferralStatus
    tone: str
    reason: str
    expected_on: date | None
    consent_on: date | None
    events: tuple[str, ...]
    subject: str  # the need it answers, "" when none was said
    contact: str = ""  # whom it is addressed to


def needs(session: Session, case_id: uuid.UUID) -> tuple[NeedLine, ...]:
    """Open needs of a file."""
    themes = {theme.code: theme.label for theme in needs_rules.load_needs()}
    rows = session.scalars(
        select(Need).where(Need.case_id == case_id, Need.met_on.is_(None)).order_by(Need.created_at, Need.id)
    )
    lines = []
    for row in rows:
        subject = needs_rules.subject(row.subject_code)
        lines.append(NeedLine(row.id, row.subject_code, subject.label, themes[subject.theme]))
    return tuple(lines)


def waiting_today(session: Session, case_id: uuid.UUID) -> bool:
    """Whether a need raised today has not been referred to anybody yet."""
    referred = select(Referral.need_id).where(Referral.case_id == case_id, Referral.need_id.is_not(None))
    waiting = select(func.count()).where(
        Need.case_id == case_id, Need.raised_on == today(), Need.met_on.is_(None), Need.id.not_in(referred)
    )
    return bool(session.scalar(waiting))


def add_need(session: Session, case_id: uuid.UUID, subject_code: str) -> None:
    """Raise a need, once."""
    raise_needs(session, answers_service.case_of(session, case_id).id, (subject_code,), today())


def remove_need(session: Session, need_id: uuid.UUID) -> None:
    """The need was noted by mistake; undo brings it back. One that referrals answer is closed instead."""
    row = session.get(Need, need_id)
    if row is None:
        return
    if session.scalar(select(func.count()).where(Referral.need_id == need_id)):
        row.met_on = today()
    else:
        session.delete(row)


def refer(
    session: Session,
    case_id: uuid.UUID,
    partners: Iterable[uuid.UUID],
    *,
    expectation: str = "",
    shared: tuple[SharedData, ...] = LEAST_SHARED,
    consent: ConsentMode | None = None,
    handed: bool = True,
    overrides: Mapping[uuid.UUID, Override] | None = None,
    contacts: Mapping[uuid.UUID, uuid.UUID | None] | None = None,
) -> tuple[uuid.UUID, ...]:
    """Refer to one or several partners. Without the person's agreement the referral stays « préparée ».

    `overrides`: why, for each partner that is not among the proposals. What was proposed is kept for statistics.
    `contacts`: whom to address it to at some of them (None: nobody); else whoever answers for the need.
    """
    case = answers_service.case_of(session, case_id)
    chosen = list(dict.fromkeys(partners))
    if not chosen:
        raise UserError("Choisissez au moins une structure vers laquelle orienter.")
    offered = {item.partner_id: item for item in proposals(session, case_id).items}
    whys = {
        partner: outside.check((overrides or {}).get(partner)) for partner in chosen if _needs_why(offered.get(partner))
    }
    if consent is not None:
        _record_agreement(session, case, consent)
    made = []
    for partner in chosen:
        referral = _refer_to(session, case, partner, offered.get(partner), expectation, shared, consent, handed=handed)
        if (why := whys.get(partner)) is not None:
            referral.override_code, referral.override_note = why.code, why.note or None
        referral.contact_id = _addressee(session, referral, contacts or {})
        made.append(referral)
    strange = [Offer(partner, 0, None, ()) for partner in chosen if partner not in offered]
    offers.keep(session, case_id, [*(item.offer for item in offered.values()), *strange], chosen)
    touch(case, today())
    return tuple(referral.id for referral in made)


def _needs_why(proposal: Proposal | None) -> bool:
    """Nothing proposed it, or somebody had set it aside for this person."""
    return proposal is None or bool(proposal.aside)


def _refer_to(
    session: Session,
    case: Case,
    partner_id: uuid.UUID,
    proposal: Proposal | None,
    expectation: str,
    shared: tuple[SharedData, ...],
    consent: ConsentMode | None,
    *,
    handed: bool,
) -> Referral:
    partner = existing(
        session, Partner, partner_id, "Cette structure n’est plus dans le répertoire. Choisissez-en une autre."
    )
    here = context(session)
    delay = load_partner_types()[partner.type_code].follow_up_days if partner.type_code else 15
    referral = Referral(
        reference=numbering.next_referral(session, today()),
        case_id=case.id,
        partner_id=partner_id,
        need_id=_need_for(session, case.id, partner.type_code),
        counsellor_id=here.counsellor_id,
        site_id=here.site_id,
        made_on=today(),
        reason=(proposal.why(shared) if proposal else "") or "Choisie avec la personne.",
        expectation=expectation.strip() or None,
        shared=shared,
        consent_on=today() if consent else None,
        consent_mode=consent,
        consent_version=CONSENT_VERSION if consent else None,
        status=ReferralStatus.PREPARED,
        expected_on=today() + timedelta(days=delay),
        rules=proposal.rules if proposal else (),
        rules_version=load_rules().version,
    )
    session.add(referral)
    session.flush()
    status = ReferralStatus.HANDED if handed and consent is not None else ReferralStatus.PREPARED
    _event(session, referral, status, on=today())
    return referral


def _addressee(
    session: Session, referral: Referral, chosen: Mapping[uuid.UUID, uuid.UUID | None]
) -> uuid.UUID | None:  # fmt: skip
    people = partner_people.contacts(session, referral.partner_id)
    if referral.partner_id in chosen:
        wanted = chosen[referral.partner_id]
        if wanted is not None and wanted not in {one.id for one in people}:
            raise UserError("Ce contact n’est plus dans cette structure. Choisissez-en un autre.")
        return wanted
    need = session.get(Need, referral.need_id) if referral.need_id else None
    found = partner_people.choose(people, needs_rules.subject(need.subject_code).theme if need else None)
    return found.id if found else None


def _need_for(session: Session, case_id: uuid.UUID, type_code: str | None) -> uuid.UUID | None:
    rows = session.execute(select(Need.id, Need.subject_code).where(Need.case_id == case_id, Need.met_on.is_(None)))
    return next((row.id for row in rows if type_code in needs_rules.subject(row.subject_code).partner_types), None)


def set_status(
    session: Session,
    referral_id: uuid.UUID,
    status: ReferralStatus,
    *,
    on: date | None = None,
    refusal_code: str | None = None,
    note: str | None = None,
) -> None:
    """Record what became of a referral, dated and with its author."""
    referral = referral_of(session, referral_id)
    if status not in (ReferralStatus.PREPARED, ReferralStatus.CANCELLED) and referral.consent_on is None:
        raise UserError(
            "La personne n’a pas encore donné son accord pour cette orientation. Recueillez-le avant de transmettre."
        )
    if status is ReferralStatus.REFUSED and refusal_code not in load_refusal_reasons():
        raise UserError("Choisissez le motif du refus dans la liste.")
    day = on or today()
    if day < referral.made_on:
        raise UserError(
            f"Le {french.show_date(day)} est avant l’orientation, faite le {french.show_date(referral.made_on)}."
        )
    if day > today():
        raise UserError(f"Le {french.show_date(day)} est dans le futur. Vérifiez la date.")
    _event(session, referral, status, on=day, refusal_code=refusal_code, note=note)


def give_consent(session: Session, referral_id: uuid.UUID, mode: ConsentMode) -> None:
    """The agreement came after the referral was prepared."""
    referral = referral_of(session, referral_id)
    case = answers_service.case_of(session, referral.case_id)
    referral.consent_on, referral.consent_mode, referral.consent_version = today(), mode, CONSENT_VERSION
    _record_agreement(session, case, mode)


def _record_agreement(session: Session, case: Case, mode: ConsentMode) -> None:
    """The person agrees, today, to the text in force."""
    session.add(
        Consent(
            person_id=case.person_id,
            kind=ConsentKind.REFERRAL,
            given_on=today(),
            text_version=CONSENT_VERSION,
            mode=mode,
        )
    )


def _event(
    session: Session,
    referral: Referral,
    status: ReferralStatus,
    *,
    on: date,
    refusal_code: str | None = None,
    note: str | None = None,
) -> None:
    referral.status = status
    referral.answered_on = (referral.answered_on or on) if status in ANSWERS else None
    session.add(
        ReferralEvent(
            referral_id=referral.id,
            happened_on=on,
            status=status,
            refusal_code=refusal_code,
            note=(note or "").strip() or None,
            author_id=context(session).counsellor_id,
        )
    )


def listing(session: Session, case_id: uuid.UUID) -> tuple[ReferralLine, ...]:
    """Referrals of a file, the latest first."""
    rows = session.execute(
        select(Referral, name_column(), Need.subject_code, PartnerContact.name.label("contact"))
        .join(Partner, Partner.id == Referral.partner_id)
        .outerjoin(Need, Need.id == Referral.need_id)
        .outerjoin(PartnerContact, PartnerContact.id == Referral.contact_id)
        .where(Referral.case_id == case_id)
        .order_by(Referral.made_on.desc(), Referral.reference.desc())
    ).all()
    events = _events(session, [referral.id for referral, _, _, _ in rows])
    return tuple(
        ReferralLine(
            r.id,
            r.reference,
            r.partner_id,
            name,
            r.made_on,
            r.status,
            _TONES[r.status],
            r.reason,
            r.expected_on,
            r.consent_on,
            tuple(events.get(r.id, ())),
            needs_rules.subject(code).label if code else "",
            contact or "",
        )
        for r, name, code, contact in rows
    )


def _events(session: Session, referrals: list[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    reasons = load_refusal_reasons()
    found: dict[uuid.UUID, list[str]] = {}
    rows = session.scalars(
        select(ReferralEvent)
        .where(ReferralEvent.referral_id.in_(referrals))
        .order_by(ReferralEvent.happened_on.desc(), ReferralEvent.created_at.desc())
    )
    for row in rows:
        parts = [
            row.status.label if row.status else "",
            reasons[row.refusal_code].label if row.refusal_code else "",
            row.note or "",
        ]
        text = " — ".join(part for part in parts if part)
        found.setdefault(row.referral_id, []).append(f"{french.show_date(row.happened_on)} · {text}")
    return found


def referral_of(session: Session, referral_id: uuid.UUID) -> Referral:
    """The referral, or a sentence when it is gone."""
    return existing(session, Referral, referral_id, "Cette orientation n’existe plus. Revenez au dossier.")
