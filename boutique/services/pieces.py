"""The checklist of pieces of a file: what was handed over, seen without a copy, or is still to be asked."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.models.attachment import Attachment, PieceProgress
from boutique.models.choices import Phase, PieceState
from boutique.rules.pieces import Piece, load_pieces
from boutique.rules.schemes import load_schemes
from boutique.services import answers as answers_service

NOW, EVERY = "phase", "all"


@dataclass(frozen=True, slots=True)
class PieceLine:
    """One piece; `attached` names the documents that are it."""

    code: str
    label: str
    help: str
    kind_code: str
    seen_only: bool
    state: PieceState | None
    noted_on: date | None
    attached: tuple[str, ...]

    @property
    def settled(self) -> bool:
        return self.state is not None or bool(self.attached)


@dataclass(frozen=True, slots=True)
class Checklist:
    """The pieces of one scope; `scopes` are the others one may look at (code, French words)."""

    lines: tuple[PieceLine, ...]
    scopes: tuple[tuple[str, str], ...]

    @property
    def settled(self) -> int:
        return sum(line.settled for line in self.lines)


def checklist(session: Session, case_id: uuid.UUID, scope: str = NOW) -> Checklist:
    """Pieces asked for up to the phase that follows, all of them, or those of one scheme."""
    case = answers_service.case_of(session, case_id)
    rows = session.scalars(
        select(PieceProgress).where(PieceProgress.case_id == case_id).order_by(PieceProgress.created_at)
    )
    said = {row.piece_code: row for row in rows}
    attached: dict[str, list[str]] = {}
    for code, name in session.execute(
        select(Attachment.piece_code, Attachment.name).where(
            Attachment.case_id == case_id, Attachment.deleted_on.is_(None), Attachment.piece_code.is_not(None)
        )
    ):
        attached.setdefault(str(code), []).append(name)
    # What was already noted stays in sight when the list or the phase changes.
    told = {*said, *attached} if scope == NOW else set()
    pieces = [piece for piece in load_pieces().pieces if _asked(piece, case.phase, scope) or piece.code in told]
    lines = [_line(piece, said.get(piece.code), attached.get(piece.code, [])) for piece in pieces]
    return Checklist(tuple(lines), _scopes())


def set_state(session: Session, case_id: uuid.UUID, piece_code: str, state: PieceState | None) -> None:
    """Note where a piece stands; None when it is to be asked again."""
    answers_service.case_of(session, case_id)
    row = session.scalar(
        select(PieceProgress).where(PieceProgress.case_id == case_id, PieceProgress.piece_code == piece_code)
    )
    if state is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(PieceProgress(case_id=case_id, piece_code=piece_code, state=state, noted_on=today()))
    else:
        row.state, row.noted_on = state, today()


def _asked(piece: Piece, phase: Phase, scope: str) -> bool:
    if piece.archived:
        return False
    if scope == EVERY:
        return True
    if scope == NOW:
        order = [one.value for one in Phase]
        return order.index(piece.phase) <= order.index(phase.value) + 1  # the next one is prepared now
    return scope in piece.schemes


def _line(piece: Piece, row: PieceProgress | None, attached: list[str]) -> PieceLine:
    return PieceLine(
        code=piece.code,
        label=piece.label,
        help=piece.help,
        kind_code=piece.kind,
        seen_only=piece.seen_only,
        state=row.state if row else None,
        noted_on=row.noted_on if row else None,
        attached=tuple(attached),
    )


def _scopes() -> tuple[tuple[str, str], ...]:
    schemes = load_schemes()
    asked = {code for piece in load_pieces().pieces for code in piece.schemes}
    named = [(code, f"Pour : {scheme.label}") for code, scheme in schemes.items() if code in asked]
    return ((NOW, "À demander maintenant"), (EVERY, "Toutes les pièces"), *named)
