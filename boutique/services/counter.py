"""What the intake screen asks in one go: how a visit starts, what is typed means, how it ends with its draft."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.forms.spec import Answers
from boutique.models.referral import Need
from boutique.models.structure import Counsellor, Site, Structure
from boutique.rules.needs import load_needs
from boutique.services import drafts, duplicates, intakes, programmes
from boutique.services.context import context, place
from boutique.services.duplicates import Duplicate
from boutique.services.intakes import Panel, Saved
from boutique.services.programmes import Option
from boutique.services.workshops import linking

_USUAL = ("STATUT_CHOIX", "MARCHE_ETUDE", "FINANCER_AIDES", "STATUT_IMMATRICULATION")
_DAYS_BACK = 365
_TELLING = ("holder.commune_code", "holder.employment_status", "project.naf_code", "project.kind", "project.sector")


@dataclass(frozen=True, slots=True)
class Opening:
    """What the screen shows before anything is typed; `common_needs` are the most frequent ones here."""

    answers: Answers
    site: str
    commune_code: str | None
    counsellor: str
    notice_version: int
    notice_date: date | None
    common_needs: tuple[str, ...]
    programmes: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Live:
    """What the answers so far mean, and who they may already be."""

    panel: Panel
    duplicates: tuple[Duplicate, ...]


def opening(
    session: Session,
    *,
    draft_id: uuid.UUID | None = None,
    passage_id: uuid.UUID | None = None,
    enrolment_id: uuid.UUID | None = None,
) -> Opening:
    """Everything that can be pre-filled: a fresh visit, a draft, an anonymous visit or an attendee to be named."""
    here = context(session)
    answers = intakes.blank(session)
    if passage_id is not None:
        answers |= intakes.passage_answers(session, passage_id)
    if enrolment_id is not None:
        answers |= linking.for_intake(session, enrolment_id)
    if draft_id is not None:
        answers |= drafts.load(session, draft_id)
    site = session.get(Site, here.site_id) if here.site_id else None
    counsellor = session.get(Counsellor, here.counsellor_id) if here.counsellor_id else None
    structure = session.scalars(select(Structure)).first()
    commune = site.commune_code if site else None
    return Opening(
        answers,
        place(session, commune) or (site.name if site else ""),
        commune,
        counsellor.short_name if counsellor else "",
        (structure.notice_version if structure else None) or 1,
        structure.notice_date if structure else None,
        common_needs(session),
        programmes.options(session),
    )


def common_needs(session: Session) -> tuple[str, ...]:
    """Codes of every need, those asked most often in the last twelve months first."""
    asked = session.execute(
        select(Need.subject_code, func.count())
        .where(Need.raised_on >= today() - timedelta(days=_DAYS_BACK))
        .group_by(Need.subject_code)
        .order_by(func.count().desc(), Need.subject_code)
    )
    offered = [subject.code for theme in load_needs() for subject in theme.subjects]
    frequent = [row[0] for row in asked if row[0] in offered]
    return tuple(dict.fromkeys([*frequent, *_USUAL, *offered]))


def live(session: Session, typed: Mapping[str, Any]) -> Live:
    """At each change: possible duplicates, schemes, zoning, completeness."""
    panel = intakes.panel(session, typed)
    if not any(typed.get(key) for key in _TELLING):  # before that, every scheme would be « à compléter »
        panel = replace(panel, schemes=())
    return Live(panel, duplicates.possible(session, typed))


def save(
    session: Session,
    typed: Mapping[str, Any],
    *,
    needs: tuple[str, ...],
    notice: bool,
    passage_id: uuid.UUID | None,
    draft_id: uuid.UUID,
    enrolment_id: uuid.UUID | None = None,
    programme_id: uuid.UUID | None = None,
) -> Saved:
    """The visit becomes a file, the enrolment it comes from is that of the file, its draft goes: all or nothing."""
    saved = intakes.save(session, typed, needs=needs, notice=notice, passage_id=passage_id, programme_id=programme_id)
    if enrolment_id is not None:
        linking.link(session, enrolment_id, saved.case_id)
    drafts.drop(session, draft_id)
    return saved


def save_anonymous(
    session: Session, typed: Mapping[str, Any], *, needs: tuple[str, ...], draft_id: uuid.UUID
) -> uuid.UUID:
    """The visit counts without a name, and nothing of the name stays."""
    visit = intakes.save_anonymous(session, typed, needs=needs)
    drafts.drop(session, draft_id)
    return visit


def come_again(
    session: Session,
    case_id: uuid.UUID,
    *,
    needs: tuple[str, ...],
    draft_id: uuid.UUID,
    enrolment_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """The person is known: the visit joins their file, with the enrolment it comes from."""
    visit = intakes.add_visit(session, case_id, needs=needs)
    if enrolment_id is not None:
        linking.link(session, enrolment_id, case_id)
    drafts.drop(session, draft_id)
    return visit
