"""Meetings with partners: from the sheet of a partner, and all of them in a list. Used by « Rencontres »."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.text import words
from boutique.forms.catalogue import MEETING
from boutique.forms.spec import Answers
from boutique.models.outreach import PartnerMeeting
from boutique.models.referral import Partner
from boutique.models.structure import Counsellor
from boutique.services import answers as answers_service
from boutique.services import partner_people, partners
from boutique.services.context import context
from boutique.services.rows import existing

_PREFIX = "partner_meeting"
_MOST = 500


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting in a list."""

    id: uuid.UUID
    partner_id: uuid.UUID
    partner: str
    type: str
    met_on: date
    with_whom: str
    topic: str
    follow_up: str
    follow_up_on: date | None
    done: bool
    counsellor: str

    @property
    def late(self) -> bool:
        """Something was to be done by a day that has passed."""
        waits = bool(self.follow_up) and not self.done
        return waits and self.follow_up_on is not None and self.follow_up_on < today()


@dataclass(frozen=True, slots=True)
class MeetingList:
    """What the list shows of `total` meetings."""

    total: int
    lines: tuple[MeetingLine, ...]
    text: str
    none: bool  # no meeting was ever noted


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """One meeting to edit, by its partner."""

    id: uuid.UUID | None
    partner_id: uuid.UUID
    partner: str
    answers: Answers
    counsellor_id: uuid.UUID | None
    programme_id: uuid.UUID | None = None


def listing(session: Session, text: str = "", *, to_follow: bool = False) -> MeetingList:
    """The latest meetings, of which `to_follow` keeps those that something is still to be done after."""
    conditions: list[ColumnElement[bool]] = []
    if to_follow:
        conditions += [PartnerMeeting.follow_up.is_not(None), PartnerMeeting.follow_up_done_on.is_(None)]
    for word in words(text)[:8]:
        says = [Partner.name_key.contains(word, autoescape=True), PartnerMeeting.topic.icontains(word, autoescape=True)]
        conditions.append(or_(*says))
    total = session.scalar(_select(func.count()).where(*conditions)) or 0
    none = not total and session.scalar(select(PartnerMeeting.id).limit(1)) is None
    return MeetingList(total, _lines(session, *conditions), text, none)


def of_partner(session: Session, partner_id: uuid.UUID) -> tuple[MeetingLine, ...]:
    """Every meeting with a partner, the latest first."""
    return _lines(session, PartnerMeeting.partner_id == partner_id)


def blank(session: Session, partner_id: uuid.UUID) -> MeetingSheet:
    """A meeting of today, with the person one usually meets there."""
    partner = partner_people.partner_row(session, partner_id)
    answers: Answers = {"partner_meeting.met_on": today()}
    contact = partner_people.choose(partner_people.contacts(session, partner_id), None)
    if contact is not None:
        answers["partner_meeting.with_whom"] = contact.name
    return MeetingSheet(None, partner.id, partner.name, answers, context(session).counsellor_id)


def sheet(session: Session, meeting_id: uuid.UUID) -> MeetingSheet:
    """One meeting, to edit."""
    row = _meeting(session, meeting_id)
    name = partner_people.partner_row(session, row.partner_id).name
    answers = answers_service.read_row(_PREFIX, row)
    return MeetingSheet(row.id, row.partner_id, name, answers, row.counsellor_id, row.programme_id)


def begun(session: Session, subject_id: uuid.UUID) -> MeetingSheet:
    """The one whose form was left unfinished: a meeting, or a new one with a partner."""
    known = session.get(PartnerMeeting, subject_id)
    return sheet(session, subject_id) if known is not None else blank(session, subject_id)


def save(session: Session, shown: MeetingSheet, typed: Mapping[str, Any]) -> uuid.UUID:
    """Note a meeting; who and for which programme come with `shown`."""
    accepted = MEETING.accept(typed)
    row = _meeting(session, shown.id) if shown.id is not None else None
    if row is None:
        partner = partner_people.partner_row(session, shown.partner_id)
        row = PartnerMeeting(partner_id=partner.id, site_id=context(session).site_id)
        session.add(row)
    answers_service.write_row(row, _PREFIX, {field.key: accepted.get(field.key) for field in MEETING.fields()})
    row.counsellor_id, row.programme_id = shown.counsellor_id, shown.programme_id
    session.flush()
    return row.id


def set_done(session: Session, meeting_id: uuid.UUID, *, done: bool) -> None:
    """What was to follow is done, or is to be done again."""
    _meeting(session, meeting_id).follow_up_done_on = today() if done else None


def remove(session: Session, meeting_id: uuid.UUID) -> None:
    """Delete a meeting noted by mistake."""
    session.delete(_meeting(session, meeting_id))


def _select(*columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(PartnerMeeting)
        .join(Partner, Partner.id == PartnerMeeting.partner_id)
        .outerjoin(Counsellor, Counsellor.id == PartnerMeeting.counsellor_id)
    )


def _lines(session: Session, *conditions: ColumnElement[bool]) -> tuple[MeetingLine, ...]:
    order = (PartnerMeeting.met_on.desc(), PartnerMeeting.created_at.desc(), PartnerMeeting.id)
    query = _select(PartnerMeeting, Partner, Counsellor).where(*conditions).order_by(*order).limit(_MOST)
    return tuple(
        MeetingLine(
            row.id,
            partner.id,
            partner.name,
            partners.type_label(partner.type_code),
            row.met_on,
            row.with_whom or "",
            row.topic,
            row.follow_up or "",
            row.follow_up_on,
            row.follow_up_done_on is not None,
            counsellor.short_name if counsellor else "",
        )
        for row, partner, counsellor in session.execute(query)
    )


def _meeting(session: Session, meeting_id: uuid.UUID) -> PartnerMeeting:
    return existing(session, PartnerMeeting, meeting_id, "Cette rencontre n’existe plus : la liste a été relue.")
