"""Which journey a file follows, and which one new files start with. Used by every service that names a phase or step.

A version is never edited once it is in the base: a file keeps what it started with, whatever the structure publishes
or a later release of the application ships.
"""

import uuid
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.models.base import new_id
from boutique.models.case import Case
from boutique.models.choices import Phase as StandardPhase
from boutique.models.journey import JourneyVersion
from boutique.rules.journey import Journey, Phase, Step, journey_from, load_journey, shipped_content
from boutique.storage import journal

NAME = "parcours.toml"  # how errors call a content that is in no file
PUBLISHED = "S"  # codes of the versions of the structure start with it, those of the application with a year
_KEPT = "Version du parcours gardée"
_known: dict[uuid.UUID, Journey] = {}  # a published content never changes


def of_code(session: Session, code: str) -> Journey:
    """The version that a file names; the shipped one for a file made before versions were kept."""
    row_id = session.scalar(select(JourneyVersion.id).where(JourneyVersion.code == code))
    return _journey(session, row_id) if row_id is not None else load_journey()


def of_case(session: Session, case: Case) -> Journey:
    """The journey of a file."""
    return of_code(session, case.journey_version)


def place(session: Session, case: Case) -> Phase:
    """The phase of its own journey in which a file stands."""
    return of_case(session, case).place(case.phase, case.journey_phase)


def label(session: Session, code: str) -> str:
    """How a version is called on screen."""
    return session.scalar(select(JourneyVersion.label).where(JourneyVersion.code == code)) or code


def chosen(session: Session) -> str | None:
    """The version that the structure put in force; None while it follows what the application ships."""
    put_in_force = select(JourneyVersion.code).where(JourneyVersion.chosen_at.is_not(None))
    return session.scalar(put_in_force.order_by(JourneyVersion.chosen_at.desc()).limit(1))


def code_in_force(session: Session) -> str:
    """The version that a new file would start with."""
    return chosen(session) or shipped_code(session)


def in_force(session: Session) -> Journey:
    """The journey that a new file would start with."""
    code = chosen(session)
    return of_code(session, code) if code is not None else load_journey()


def content_of(session: Session, code: str) -> dict[str, Any]:
    """A whole version as its file would be written."""
    content = session.scalar(select(JourneyVersion.content).where(JourneyVersion.code == code))
    return dict(content) if content is not None else shipped_content()


def start(session: Session) -> tuple[str, Phase]:
    """Version and first phase of a new file; from then on the base holds that version for good."""
    code = chosen(session) or keep_shipped(session)
    return code, of_code(session, code).phases[0]


def keep_shipped(session: Session) -> str:
    """The code of the shipped journey, whose content is now in the base; undoing a file does not take it back."""
    code = shipped_code(session)
    if session.scalar(select(JourneyVersion.id).where(JourneyVersion.code == code)) is None:
        with journal.aside(session, _KEPT):
            content = shipped_content()
            session.add(
                JourneyVersion(code=code, label=f"Boutique {code}", content=content, shipped=True, published_on=today())
            )
    return code


def shipped_code(session: Session) -> str:
    """Its version; another name when that version was kept with another content (a resource edited in place)."""
    content = shipped_content()
    code = str(content["version"])[:16]
    kept: dict[str, dict[str, Any]] = dict(
        session.execute(
            select(JourneyVersion.code, JourneyVersion.content).where(
                JourneyVersion.code.startswith(code), JourneyVersion.shipped
            )
        ).all()
    )
    if code not in kept:
        return code
    same = next((name for name, other in kept.items() if other == content), None)
    return same or f"{code}.{len(kept) + 1}"


def is_new_here(session: Session) -> bool:
    """Whether the base was made before versions were kept."""
    return session.scalar(select(JourneyVersion.id).limit(1)) is None


def adopt(session: Session) -> None:
    """Files of such a base follow what is shipped today, for good."""
    keep_shipped(session)


def find_step(session: Session, code: str, case: Case | None = None) -> Step | None:
    """A step by its code: in the journey of the file, else in the latest version that has it."""
    if case is not None and (found := of_case(session, case).find(code)) is not None:
        return found
    rows = session.scalars(
        select(JourneyVersion.id).order_by(JourneyVersion.created_at.desc(), JourneyVersion.id.desc())
    )
    journeys = [*(_journey(session, row_id) for row_id in rows), load_journey()]
    return next((step for journey in journeys if (step := journey.find(code)) is not None), None)


def step_label(session: Session, code: str, case: Case | None = None) -> str:
    """The words of a step, its code when no version knows it any more."""
    found = find_step(session, code, case)
    return found.label if found is not None else code


def standard(phase: Phase) -> StandardPhase:
    """What figures, rules and filters call a phase of a structure's own journey."""
    return StandardPhase(phase.counts_as)


def _journey(session: Session, row_id: uuid.UUID) -> Journey:
    if row_id not in _known:
        content = session.scalar(select(JourneyVersion.content).where(JourneyVersion.id == row_id))
        assert content is not None
        _known[row_id] = journey_from(content, NAME)
    return _known[row_id]


def new_code(session: Session) -> str:
    """A name that no other version has, on this computer or another: « S2-3f9a »."""
    published = session.scalar(select(func.count()).where(~JourneyVersion.shipped)) or 0
    return f"{PUBLISHED}{published + 1}-{new_id().hex[-4:]}"
