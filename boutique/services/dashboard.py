"""Aujourd’hui: what the day holds, what waits for an answer, what is unfinished, three figures of the month."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from boutique.core import clock, french
from boutique.models.case import Appointment, Case
from boutique.models.choices import AppointmentStatus
from boutique.models.person import Person
from boutique.models.structure import Counsellor
from boutique.rules.indicators import Figure
from boutique.rules.period import Period
from boutique.services import agenda, calls, drafts, handovers, month, outreach_today, programmes, reminders
from boutique.services import appointments as appointments_service
from boutique.services.context import context
from boutique.services.journey_late import LateStep, late_steps
from boutique.services.plan_late import LateActions, late_actions

STALE_DAYS = 60
_CALLS = 3
_WORDS = ("aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_DRAFTS = {
    "intake": "Passage commencé",
    "interview": "Entretien commencé",
    "diagnosis": "Diagnostic commencé",
    "file": "Fiche commencée",
    "forecast": "Prévisionnel commencé",
    "partner": "Partenaire commencé",
    "business_visit": "Visite d’entreprise commencée",
    "action": "Action commencée",
    "journey": "Parcours modifié, à publier",
    "business": "Création commencée",
    "partner_meeting": "Rencontre commencée",
    "outreach_rule": "Permanence commencée",
    "outreach_day": "Séance de permanence commencée",
    "workshop": "Séance d’atelier commencée",
    "workshop_after": "Suite d’atelier commencée",
    "module": "Module d’atelier commencé",
    "programme": "Programme commencé",
    "structure": "Réglages, structure : saisie commencée",
    "sites": "Réglages, lieu : saisie commencée",
    "counsellors": "Réglages, conseiller·ère : saisie commencée",
    "handover": "Passation commencée",
    "territories": "Réglages, territoire : saisie commencée",
}


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """A partner who has not answered; `tone` is « danger » once the last reminder day is reached."""

    referral_id: uuid.UUID
    case_id: uuid.UUID
    days: int
    tone: str
    partner: str
    partner_phone: str
    person: str
    subject: str


@dataclass(frozen=True, slots=True)
class DraftToFinish:
    """A form left unfinished: « Passage commencé hier à 17 h 52 »."""

    id: uuid.UUID
    form: str
    subject_id: uuid.UUID | None
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class StaleFiles:
    """Open files without news, nothing planned with them."""

    count: int
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """One figure of the month: « 38 personnes reçues · 31 en octobre »."""

    key: str
    value: int
    label: str
    previous: int
    note: str


@dataclass(frozen=True, slots=True)
class Today:
    """Everything the screen shows."""

    day: date
    title: str
    greeting: str
    summary: str
    month: str
    appointments: tuple[agenda.AppointmentLine, ...]
    reminders: tuple[ReminderLine, ...]
    drafts: tuple[DraftToFinish, ...]
    late_steps: tuple[LateStep, ...]
    late_actions: LateActions
    stale: StaleFiles
    figures: tuple[MonthFigure, ...]
    received: tuple[handovers.HandoverNote, ...]
    calls: calls.CallList
    waiting: int = 0  # past appointments of which nobody said what became of them
    tomorrow: tuple[int, datetime | None] = (0, None)  # how many, and when the first begins
    ending: tuple[programmes.ProgrammeLine, ...] = ()  # agreements with funders that end soon
    outdoors: tuple[outreach_today.OutdoorLine, ...] = ()


def today(session: Session, on: date) -> Today:
    """The day of a counsellor."""
    appointments, late, unfinished = agenda.of_day(session, on), _reminders(session), _drafts(session, on)
    to_call = calls.waiting(session, limit=_CALLS)
    return Today(
        day=on,
        title=_title(on),
        greeting=_greeting(session),
        summary=_summary(len(appointments), len(late), to_call.due, len(unfinished)),
        month=french.MONTHS[on.month - 1].capitalize(),
        appointments=appointments,
        reminders=late,
        drafts=unfinished,
        late_steps=late_steps(session, on),
        late_actions=late_actions(session, on),
        stale=_stale(session, on),
        figures=_figures(session, on),
        received=handovers.unread(session),
        calls=to_call,
        waiting=appointments_service.waiting_count(session, on),
        tomorrow=agenda.planned_on(session, on + timedelta(1)),
        ending=programmes.ending(session, on),
        outdoors=outreach_today.lines(session, on),
    )


def late_count(session: Session) -> int:
    """Reminders due: the badge of the rail."""
    return len(reminders.due(session))


def _title(on: date) -> str:
    return french.long_date(on).rsplit(" ", 1)[0].capitalize()


def _greeting(session: Session) -> str:
    first = session.scalar(select(Counsellor.first_name).where(Counsellor.id == context(session).counsellor_id))
    return f"Bonjour {first}." if first else "Bonjour."


def _summary(appointments: int, late: int, to_call: int, unfinished: int) -> str:
    """« Trois rendez-vous, trois relances, un brouillon à finir. »"""
    parts = [_counted(appointments, "rendez-vous", "rendez-vous")] if appointments else []
    parts += [_counted(late, "relance", "relances", feminine=True)] if late else []
    parts += [_counted(to_call, "suivi d’entreprise", "suivis d’entreprise")] if to_call else []
    parts += [_counted(unfinished, "brouillon à finir", "brouillons à finir")] if unfinished else []
    text = ", ".join(parts) or "rien d’urgent aujourd’hui"
    return f"{text[0].upper()}{text[1:]}."


def _counted(count: int, singular: str, plural: str, *, feminine: bool = False) -> str:
    word = _WORDS[count] if count < len(_WORDS) else french.show_number(count)
    if feminine and count == 1:
        word = "une"
    return f"{word} {singular if count == 1 else plural}"


def _reminders(session: Session) -> tuple[ReminderLine, ...]:
    last = len(reminders.reminder_days(session))
    return tuple(
        ReminderLine(
            item.referral_id,
            item.case_id,
            item.days,
            "danger" if item.step >= last else "warning",
            item.partner,
            item.partner_phone,
            item.person,
            item.subject,
        )
        for item in reminders.due(session)
    )


def _drafts(session: Session, on: date) -> tuple[DraftToFinish, ...]:
    found = drafts.pending(session)
    names = _names(session, [item.subject_id for item in found if item.subject_id])
    return tuple(
        DraftToFinish(
            id=item.id,
            form=item.form,
            subject_id=item.subject_id,
            title=f"{_DRAFTS.get(item.form, 'Saisie commencée')} {_when(clock.local(item.updated_at), on)}",
            detail=" · ".join(
                part
                for part in (names.get(item.subject_id, ""), item.summary, "enregistré à la dernière frappe")
                if part
            ),
        )
        for item in found
    )


def _names(session: Session, cases: list[uuid.UUID]) -> dict[uuid.UUID | None, str]:
    rows = session.execute(
        select(Case.id, Person.first_name, Person.last_name)
        .join(Person, Person.id == Case.person_id)
        .where(Case.id.in_(cases))
    )
    return {case_id: f"{first} {last}" for case_id, first, last in rows}


def _when(at: datetime, on: date) -> str:
    days = (on - at.date()).days
    day = {0: "aujourd’hui", 1: "hier"}.get(days, f"le {french.day_month(at.date())}")
    return f"{day} à {at.hour} h {at.minute:02d}"


def _stale(session: Session, on: date) -> StaleFiles:
    planned = exists().where(
        Appointment.case_id == Case.id,
        Appointment.status == AppointmentStatus.PLANNED,
        Appointment.starts_at >= datetime.combine(on, time()).astimezone(),
    )
    rows = session.execute(
        select(Case.phase, func.count())
        .where(Case.closed_on.is_(None), Case.last_contact_on < on - timedelta(STALE_DAYS), ~planned)
        .group_by(Case.phase)
    )
    phases = Counter(dict(rows.all()))
    total = phases.total()
    title = f"{french.plural(total, 'dossier')} sans nouvelles depuis {STALE_DAYS} jours"
    if not total:
        return StaleFiles(0, title, "")
    phase, count = max(phases.items(), key=lambda item: (item[1], item[0].value))
    return StaleFiles(total, title, f"dont {french.show_number(count)} en phase « {phase.label} »")


def _figures(session: Session, on: date) -> tuple[MonthFigure, ...]:
    before = Period.month(on).previous
    book = month.read_lately(session, on)
    sent, answered = (book.value(counted) for counted in (month.REFERRALS, month.ANSWERS))
    share = french.show_percent(answered / sent if sent else None)
    district = int(book.value(month.NEW, part="qpv"))
    lately = french.show_number(book.value(month.RECEIVED, before))
    return (
        _figure(book, month.RECEIVED, "personnes reçues", f"{lately} en {french.MONTHS[before.start.month - 1]}"),
        _figure(book, month.NEW, "nouveaux porteurs", f"dont {french.show_number(district)} en QPV"),
        _figure(book, month.REFERRALS, "orientations", f"{share} avec retour"),
    )


_SINGULAR = {
    "personnes reçues": "personne reçue",
    "nouveaux porteurs": "nouveau porteur",
    "orientations": "orientation",
}


def _figure(book: month.MonthBook, counted: Figure, words: str, note: str) -> MonthFigure:
    value, before = (int(book.value(counted, period)) for period in (book.month, book.month.previous))
    return MonthFigure(counted.key, value, words if value > 1 else _SINGULAR[words], before, note)
