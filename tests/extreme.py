"""A base whose every text is as long as it may be: for the tests that look at what the window does with it."""

from datetime import date, timedelta
from itertools import cycle

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.attachment import Attachment
from boutique.models.case import Action, Case, Interview
from boutique.models.choices import (
    ActionOwner,
    ActionStatus,
    ConsentMode,
    ExitReason,
    FundingKind,
    Phase,
    Priority,
    ReferralStatus,
    RequestStatus,
    SharedData,
)
from boutique.models.directory import PartnerAbsence, PartnerContact
from boutique.models.money import Forecast, SchemeRequest
from boutique.models.outreach import BusinessVisit, OutreachDay, PartnerMeeting, VisitAction
from boutique.models.person import Person
from boutique.models.plan import ActionPlan
from boutique.models.programme import CoFinancing, Programme
from boutique.models.project import Project
from boutique.models.referral import Need, Partner, Referral, ReferralEvent
from boutique.models.structure import Counsellor, Site
from boutique.models.workshop import Enrolment, Workshop, WorkshopModule
from boutique.rules import forecast_input
from boutique.rules.forecast_terms import RESOURCES, NeedKind
from boutique.rules.lists import load_grid
from boutique.rules.needs import load_needs
from boutique.rules.outreach import load_business_needs
from boutique.services import demo, marking
from boutique.services.workspace import Workspace

LAST_NAME = "de La Rochefoucauld-Montmorency-Vandenbroucke"
_NAMES = (
    ("Marie-Antoinette Joséphine", LAST_NAME),
    ("Włodzimierz Kazimierz", "Brzęczyszczykiewicz-Wójtowicz"),
    ("Nguyễn Thị Phương Thảo", "Trần Đặng Hoàng Quốc"),
    ("عبد الرحمن محمد", "الفهري المراكشي"),
    ("Y", "O"),
)
_LONGEST_COMMUNE = "51513"  # Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson
_SENTENCE = "Boulangerie biologique itinérante sur les marchés hebdomadaires du Ternois et de l’Artois méridional ; "
_WORD = "anticonstitutionnellement" * 6
_PARTNER = "Chambre de métiers et de l’artisanat de la région Hauts-de-France, antenne départementale de"
_REFERRALS = 12


def fill(workspace: Workspace, until: date, *, people: int = 25) -> str:
    """Fictitious files stretched to their limits; the reference of the one that has everything."""
    demo.populate(workspace, people=people, seed=5, until=until)
    return workspace.write("Données extrêmes", _stretch, until)


def _stretch(session: Session, until: date) -> str:
    for person, (first, last) in zip(session.scalars(select(Person).order_by(Person.id)), cycle(_NAMES)):
        person.first_name, person.last_name, person.commune_code = first, last, _LONGEST_COMMUNE
        person.email = f"{'prenom.compose.' * 3}nom@exemple-de-domaine-interminable.fr"
    for project in session.scalars(select(Project)):
        project.summary = (_SENTENCE * 7)[:600]
    for rank, partner in enumerate(session.scalars(select(Partner).order_by(Partner.name)), 1):
        partner.name = f"{_PARTNER} Saint-Pol-sur-Ternoise n° {rank}"
    _directory(session)
    for site in session.scalars(select(Site)):
        site.name = f"Permanence mensuelle de la maison France Services de {site.name}"
    for counsellor in session.scalars(select(Counsellor)):
        counsellor.last_name = f"{counsellor.last_name} {LAST_NAME}"
    for interview in session.scalars(select(Interview)):
        interview.summary = f"{_SENTENCE * 4}{_WORD}"
    for action in session.scalars(select(Action)):
        action.label = (_SENTENCE * 3)[:200]
    _documents(session)
    _programmes(session)
    _outdoors(session)
    _workshops(session)
    for row in session.scalars(select(Referral)):
        row.reason = row.expectation = (_SENTENCE * 10)[:1000]
    cases = list(session.scalars(select(Case).where(Case.closed_on.is_(None)).order_by(Case.opened_on, Case.reference)))
    richest = cases[-1]
    _plan(session, richest, until)
    cases[0].closed_on, cases[0].exit_reason = until, ExitReason.GIVEN_UP
    who = session.get_one(Person, richest.person_id)
    (who.first_name, who.last_name), who.phone = _NAMES[0], "+33639985678"
    who.birth_date = date(1991, 3, 12)
    _needs_and_referrals(session, richest, until)
    both = (ActionStatus.PLANNED, ActionStatus.DONE)
    session.add_all(Action(case_id=richest.id, label=(_SENTENCE * 3)[:200], status=one, due_on=until) for one in both)
    _money(session, richest, until)
    for day, level in ((until - timedelta(90), 2), (until - timedelta(10), 1)):
        _diagnosis(session, richest, day, level)
    return richest.reference


def _directory(session: Session) -> None:
    """Contacts and absences with every text as long as it may be."""
    for contact in session.scalars(select(PartnerContact)):
        contact.name, contact.role = " ".join(_NAMES[0]), (_SENTENCE * 2)[:120]
        contact.email = f"{'prenom.compose.' * 3}nom@exemple-de-domaine-interminable.fr"
    for absence in session.scalars(select(PartnerAbsence)):
        absence.reason, absence.replacement = _SENTENCE[:80], (_SENTENCE * 2)[:200]


def _plan(session: Session, case: Case, until: date) -> None:
    """A goal and actions of every kind of date, with every text as long as it may be."""
    goal = (_SENTENCE * 4)[:300]
    session.add(ActionPlan(case_id=case.id, goal=goal, due_on=until, target_phase=Phase.LEGAL_STATUS_CHOICE))
    for days, status in ((-40, ActionStatus.WAITING), (3, ActionStatus.PLANNED), (90, ActionStatus.IN_PROGRESS)):
        long = (_SENTENCE * 3)[:200]
        session.add(
            Action(case_id=case.id, label=long, owner=ActionOwner.PARTNER, due_on=until + timedelta(days=days),
                   status=status, priority=Priority.HIGH, prerequisite=long, vigilance=_WORD, result=long)
        )  # fmt: skip


def _diagnosis(session: Session, case: Case, day: date, level: int) -> None:
    """Every criterion marked, each with as long a fact as may be."""
    codes = [criterion.code for axis in load_grid().axes for criterion in axis.criteria]
    levels = {code: 5 if rank % 3 == 0 else level for rank, code in enumerate(codes)}
    facts = dict.fromkeys(codes, f"{_SENTENCE}{_WORD}"[:300])
    comment = f"{_SENTENCE * 4}{_WORD}"
    typed = {"diagnosis.made_on": day, "diagnosis.comment": comment, "levels": levels, "facts": facts}
    marking.save(session, case.id, typed)


def _programmes(session: Session) -> None:
    for programme in session.scalars(select(Programme)):
        programme.name = programme.funder = (_SENTENCE * 2)[:120]
        programme.agreement, programme.note = _WORD[:60], (_SENTENCE * 6)[:600]
        programme.amount_eur = 99_999_999
    for share in session.scalars(select(CoFinancing)):
        share.financer, share.amount_eur = (_SENTENCE * 2)[:120], 99_999_999


def _outdoors(session: Session) -> None:
    for day in session.scalars(select(OutreachDay)):
        day.host, day.commune_code, day.note = (_SENTENCE * 2)[:160], _LONGEST_COMMUNE, f"{_SENTENCE * 4}{_WORD}"
    for visit in session.scalars(select(BusinessVisit)):
        visit.name, visit.contact_name, visit.note = (_SENTENCE * 2)[:160], f"{LAST_NAME} {_WORD}"[:160], _SENTENCE * 8
        visit.commune_code, visit.needs = _LONGEST_COMMUNE, tuple(load_business_needs())
    for promise in session.scalars(select(VisitAction)):
        promise.label = (_SENTENCE * 3)[:200]
    for meeting in session.scalars(select(PartnerMeeting)):
        meeting.topic, meeting.with_whom = (_SENTENCE * 3)[:200], f"{LAST_NAME} {_WORD}"[:160]
        meeting.follow_up = (_SENTENCE * 4)[:300] if meeting.follow_up else None


def _documents(session: Session) -> None:
    for document in session.scalars(select(Attachment)):
        document.name = f"{(_SENTENCE * 3)[:100].strip()}.png"
        document.note, document.piece_code = (_SENTENCE * 6)[:300], "IMMATRICULATION"
        document.step_code = "IMM2"


def _workshops(session: Session) -> None:
    long = (_SENTENCE * 3)[:120]
    for module in session.scalars(select(WorkshopModule)):
        module.title, module.origin, module.objectives = f"{long[:110]} n° {module.title[:4]}", long, _SENTENCE * 10
    for row in session.scalars(select(Workshop)):
        row.title, row.speaker, row.place, row.qpv = long, long, (_SENTENCE * 3)[:200], long[:80]
        row.commune_code, row.summary, row.capacity = _LONGEST_COMMUNE, _SENTENCE * 20, 500
    for one, (first, last) in zip(session.scalars(select(Enrolment).order_by(Enrolment.id)), cycle(_NAMES)):
        if one.person_id is None:
            one.first_name, one.last_name, one.commune_code = first, last, _LONGEST_COMMUNE


def _needs_and_referrals(session: Session, case: Case, until: date) -> None:
    known = set(session.scalars(select(Need.subject_code).where(Need.case_id == case.id)))
    codes = [one.code for theme in load_needs() for one in theme.subjects if one.code not in known]
    needs = [Need(case_id=case.id, subject_code=code, raised_on=until) for code in codes[:15]]
    partners = session.scalars(select(Partner.id).order_by(Partner.name)).all()
    session.add_all(needs)
    for rank, status in zip(range(_REFERRALS), cycle(ReferralStatus)):
        row = Referral(
            reference=f"O-2020-{rank + 1:04d}",
            case_id=case.id,
            need_id=needs[rank % len(needs)].id,
            partner_id=partners[rank % len(partners)],
            made_on=until - timedelta(rank * 3),
            counsellor_id=case.counsellor_id,
            site_id=case.site_id,
            status=status,
            reason=(_SENTENCE * 10)[:1000],
            expectation=(_SENTENCE * 10)[:1000],
            shared=tuple(SharedData),
            consent_on=until,
            consent_mode=ConsentMode.ORAL,
            consent_version="1",
            expected_on=until + timedelta(21),
        )
        session.add(row)
        session.add(
            ReferralEvent(referral_id=row.id, happened_on=row.made_on, status=status, author_id=case.counsellor_id)
        )


def _money(session: Session, case: Case, until: date) -> None:
    """Requests of every state, and a plan whose every line is as long and as large as it may be."""
    for row in session.scalars(select(Forecast)):
        session.delete(row)
    for status, kind in zip(RequestStatus, cycle(FundingKind)):
        session.add(
            SchemeRequest(
                case_id=case.id, financer=(_SENTENCE * 2)[:160], kind=kind, status=status, asked_eur=5_000_000,
                asked_on=until - timedelta(30), decided_on=until - timedelta(9), granted_eur=4_999_999,
                paid_on=until, reason=(_SENTENCE * 3)[:300], note=(_SENTENCE * 6)[:600],
            )
        )  # fmt: skip
    label, most = (_SENTENCE * 2)[:80], "9999999,99"
    typed = forecast_input.blank(until) | {
        "needs": [{"kind": kind.value, "label": label, "amount": most, "years": "20"} for kind in NeedKind],
        "resources": [
            {"kind": kind.value, "label": label, "amount": most, "month": "12", "rate": "29,99", "months": "180"}
            for kind in RESOURCES
        ],
        "sales": [{"label": label, "units": "999999,99", "price": "9,99"}, {"label": label, "amount": most}],
        "charges": [{"label": label, "amount": most} for _ in range(4)],
        "vat": "tva",
        "owner_1": "99999,99",
    }
    kept = forecast_input.stored(forecast_input.accept(typed))
    for name in ((_SENTENCE * 2)[:80], "Scénario prudent"):
        session.add(
            Forecast(project_id=case.project_id, name=name, current=name != "Scénario prudent", assumptions=kept)
        )
