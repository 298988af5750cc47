"""Return slips dropped together: shown one after the other, then told in one sentence. Used by `slips` and the file."""

from collections.abc import Sequence

from boutique.core import french
from boutique.services.slips import Answer, Reading
from boutique.ui.desk import Desk

_MOST_REFUSALS = 3


class SlipQueue:
    """`begin`, then `done` after each answer; `abandon` when its file was left without answering."""

    def __init__(self, desk: Desk, answers: Sequence[Answer], refused: Sequence[Reading]) -> None:
        self._desk = desk
        self._waiting, self._refused = list(answers), tuple(refused)
        self._total = len(answers)
        self._kept = self._left = 0

    def begin(self) -> None:
        if self._waiting:
            answer = self._waiting.pop(0)
            self._desk.shell.show_view("file", case_id=answer.case_id, tab="referrals", slip=answer, slips=self)
        elif self._total + len(self._refused) > 1:
            self._desk.shell.notify(self._summary(), "warning" if self._refused or self._left else "success")

    def done(self, *, kept: bool) -> None:
        """The answer that shows was recorded, or closed without recording: the next one."""
        self._kept += kept
        self._left += not kept
        self.begin()

    def abandon(self) -> None:
        """Another file was opened instead: what was not looked at is said, nothing of it is recorded."""
        self._left += 1 + len(self._waiting)
        self._waiting.clear()
        self._desk.shell.notify(self._summary(), "warning")

    @property
    def place(self) -> str:
        """« coupon 2 sur 3 », nothing for a single one."""
        return f"coupon {self._total - len(self._waiting)} sur {self._total}" if self._total > 1 else ""

    def _summary(self) -> str:
        parts = []
        if self._kept:
            parts.append(french.plural(self._kept, "réponse enregistrée", "réponses enregistrées"))
        if self._left:
            parts.append(french.plural(self._left, "coupon non enregistré", "coupons non enregistrés"))
        told = f"{french.listing(parts)[:1].upper()}{french.listing(parts)[1:]}." if parts else ""
        if self._left:
            told += " Déposez-les à nouveau pour les enregistrer." if self._left > 1 else " Déposez-le à nouveau."
        return f"{told} {refusals(self._refused)}".strip()


def refusals(refused: Sequence[Reading]) -> str:
    """Why slips were refused, by the name of their file when there are several."""
    if len(refused) < 2:
        return "".join(one.refusal for one in refused)
    told = [f"« {one.source.name} » : {one.refusal}" for one in refused[:_MOST_REFUSALS]]
    more = len(refused) - _MOST_REFUSALS
    rest = f" Et {french.plural(more, 'autre')}." if more > 0 else ""
    return f"{french.plural(len(refused), 'coupon refusé', 'coupons refusés')}. {' '.join(told)}{rest}"
