"""Referrals of the fictitious files: whom to, why, and what became of them (see `demo`)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random

from boutique.models.base import Record
from boutique.models.choices import ConsentKind, ConsentMode, ReferralStatus, SharedData
from boutique.models.proposal import ProposedPartner
from boutique.models.referral import Need, Referral, ReferralEvent
from boutique.models.trace import Consent
from boutique.rules.choice_reasons import load_set_aside_reasons
from boutique.rules.lists import load_refusal_reasons
from boutique.rules.needs import Subject, subject
from boutique.rules.referral import load_rules
from boutique.services.demo_data import EXPECTATIONS, REFERRED
from boutique.services.demo_files import File
from boutique.services.demo_partners import KnownPartner
from boutique.services.demo_plan import Sending

_SHARED = (SharedData.IDENTITY, SharedData.PHONE, SharedData.COMMUNE, SharedData.PROJECT)
_FRESH = (
    ReferralStatus.PREPARED,
    ReferralStatus.HANDED,
    ReferralStatus.SENT,
    ReferralStatus.RECEIVED,
    ReferralStatus.TAKEN_UP,
)
_WAITING = (ReferralStatus.PREPARED, ReferralStatus.HANDED, ReferralStatus.SENT, ReferralStatus.RECEIVED)
_NO_ANSWER = (*_WAITING, ReferralStatus.EXPIRED, ReferralStatus.CANCELLED)
_ASIDE = 0.3  # of the structures not chosen, those that somebody set aside
_OLD_ENOUGH, _GIVEN_UP, _FIRST_REMINDER = 28, 75, 9


def referrals(file: File, partners: Sequence[KnownPartner]) -> Iterator[Record]:
    """The referrals of a file with their events, agreements and needs; never twice to the same partner."""
    left = list(partners)
    for sending in file.plan.sendings:
        need = file.rng.choice(file.needs)
        partner = _partner(file.rng, subject(need.subject_code), left)
        left.remove(partner)
        yield from _referral(file, sending, need, partner)
        yield from _proposed(file, sending, need, partner, left)


def _referral(file: File, sending: Sending, need: Need, partner: KnownPartner) -> Iterator[Record]:
    rng, case, on = file.rng, file.case, sending.made_on
    status = _status(rng, (file.world.until - on).days)
    agreed = rng.random() < (0.35 if status is ReferralStatus.PREPARED else 0.97)
    row = Referral(
        reference=sending.reference,
        case_id=case.id,
        need_id=need.id,
        partner_id=partner.id,
        made_on=on,
        counsellor_id=case.counsellor_id,
        site_id=case.site_id,
        status=status,
        reason=f"{subject(need.subject_code).label} : {file.project.summary or 'projet à préciser'}.",
        expectation=rng.choice(EXPECTATIONS) if rng.random() < 0.8 else None,
        shared=_SHARED if agreed else (),
        consent_on=on if agreed else None,
        consent_mode=rng.choice(tuple(ConsentMode)) if agreed else None,
        consent_version="1" if agreed else None,
        expected_on=on + timedelta(21),
        rules_version=load_rules().version,
        rules=_rules().get(partner.type_code, ())[:1] if rng.random() < 0.7 else (),
    )
    yield row
    if agreed:
        yield Consent(
            person_id=case.person_id, kind=ConsentKind.REFERRAL, given_on=on, text_version="1", mode=row.consent_mode
        )
    yield from _events(file, row)


def _proposed(
    file: File, sending: Sending, need: Need, chosen: KnownPartner, others: Sequence[KnownPartner]
) -> Iterator[ProposedPartner]:  # fmt: skip
    """The structure chosen and those that stood beside it; drawn apart, so that the rest of the file stays the same."""
    rng = Random(f"{sending.reference} proposals")  # noqa: S311 - fictitious files
    fitting = [one for one in others if one.type_code in subject(need.subject_code).partner_types]
    beside = rng.sample(fitting, min(len(fitting), rng.randint(0, 3)))
    shown = rng.sample([chosen, *beside], len(beside) + 1)
    for rank, partner in enumerate(shown, 1):
        taken = partner is chosen
        yield ProposedPartner(
            case_id=file.case.id,
            partner_id=partner.id,
            shown_on=sending.made_on,
            rank=rank,
            subject_code=need.subject_code,
            rules=_rules().get(partner.type_code, ())[:1],
            chosen=taken,
            set_aside=None if taken or rng.random() > _ASIDE else rng.choice(tuple(load_set_aside_reasons())),
            counsellor_id=file.case.counsellor_id,
            site_id=file.case.site_id,
        )


def _events(file: File, row: Referral) -> Iterator[ReferralEvent]:
    rng, until, author = file.rng, file.world.until, row.counsellor_id
    yield ReferralEvent(referral_id=row.id, happened_on=row.made_on, status=ReferralStatus.PREPARED, author_id=author)
    if row.status is ReferralStatus.PREPARED:
        return
    sent = row.status if row.status in _WAITING[1:3] else rng.choice(_WAITING[1:3])
    yield ReferralEvent(referral_id=row.id, happened_on=row.made_on, status=sent, author_id=author)
    if row.status in _WAITING[1:3]:
        waited = (until - row.made_on).days
        if waited > _FIRST_REMINDER and rng.random() < 0.6:
            reminded = until - timedelta(rng.randint(0, min(8, waited - _FIRST_REMINDER)))
            yield ReferralEvent(
                referral_id=row.id, happened_on=reminded, reminder=True, note="Message laissé", author_id=author
            )
        return
    answered = min(row.made_on + timedelta(rng.randint(2, 40)), until)
    if row.status not in _NO_ANSWER:
        row.answered_on = answered
        yield from _taken_up(rng, row, answered)
    yield _last(rng, row, answered)


def _taken_up(rng: Random, row: Referral, on: date) -> Iterator[ReferralEvent]:
    if row.status is ReferralStatus.SUCCEEDED and rng.random() < 0.7:
        yield ReferralEvent(
            referral_id=row.id, happened_on=on, status=ReferralStatus.TAKEN_UP, author_id=row.counsellor_id
        )


def _last(rng: Random, row: Referral, on: date) -> ReferralEvent:
    event = ReferralEvent(referral_id=row.id, happened_on=on, status=row.status, author_id=row.counsellor_id)
    if row.status is ReferralStatus.REFUSED:
        event.refusal_code = rng.choice(_refusals("partner"))
        event.note = rng.choice((None, None, "À recontacter dans six mois."))
    elif row.status is ReferralStatus.NO_FOLLOW_UP:
        event.refusal_code = rng.choice(_refusals("person"))
    return event


def _status(rng: Random, age_days: int) -> ReferralStatus:
    if age_days < _OLD_ENOUGH:
        return rng.choices(_FRESH, (10, 18, 14, 20, 38))[0]
    status = ReferralStatus(rng.choices([code for code, _ in REFERRED], [share for _, share in REFERRED])[0])
    # Nobody lets a referral sleep for ever: after the last reminder it is given up.
    given_up = status in _WAITING and age_days > _GIVEN_UP and rng.random() < 0.97
    return ReferralStatus.EXPIRED if given_up else status


def _partner(rng: Random, need: Subject, partners: Sequence[KnownPartner]) -> KnownPartner:
    fitting = [partner for partner in partners if partner.type_code in need.partner_types]
    return rng.choice(fitting or list(partners))


@cache
def _refusals(by: str) -> tuple[str, ...]:
    return tuple(reason.code for reason in load_refusal_reasons().values() if reason.by == by)


@cache
def _rules() -> dict[str, tuple[str, ...]]:
    """Rules by the type of partner they propose."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in load_rules().rules:
        found[rule.partner_type] = (*found.get(rule.partner_type, ()), rule.id)
    return found
