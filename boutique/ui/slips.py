"""Return slips that come in by whatever way: the file they answer opens with the answer to confirm."""

import uuid
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from boutique.services import slips
from boutique.services.attaching import Source
from boutique.services.slips import Reading
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.drops import may_be_slip
from boutique.ui.slip_queue import SlipQueue, refusals
from boutique.ui.tasks import Progress

Bring = Callable[[Sequence[Source]], None]
_NOT_SLIP = "Ce document n’est pas un coupon-réponse de cette base. Pour le joindre, ouvrez d’abord un dossier."


class SlipDesk(QObject):
    """`offer` what was dropped: slips are answers, all the rest goes to `others` (none: it is said)."""

    def __init__(self, desk: Desk, parent: QObject, others: Bring | None = None) -> None:
        super().__init__(parent)
        self._desk, self._others = desk, others

    def offer(self, sources: Sequence[Source]) -> None:
        """What cannot be a slip is not read for nothing. Aside: nobody's search waits for a PDF that takes long."""
        if not any(may_be_slip(source) for source in sources):
            self._pass_on(tuple(sources))
            return
        work = partial(_read, self._desk.workspace, tuple(sources))
        self._desk.aside.run_long(work, self._sorted, busy="Lecture des documents…")

    def ask(self, case_id: uuid.UUID) -> None:
        """« Enregistrer un coupon-réponse… » of a file: a PDF of the partner, a scan, a photo."""
        path = self._desk.ask.open_file("Enregistrer un coupon-réponse")
        if path is not None:
            work = partial(_read_one, self._desk.workspace, Source(path.name, path), case_id)
            self._desk.aside.run_long(work, self._read, busy="Lecture du coupon-réponse…")

    def _sorted(self, readings: tuple[Reading, ...]) -> None:
        answers = [one.answer for one in readings if one.answer is not None]
        refused = [one for one in readings if one.refusal]
        rest = tuple(one.source for one in readings if one.answer is None and not one.refusal)
        if rest:
            self._pass_on(rest)
        if answers:
            SlipQueue(self._desk, answers, refused).begin()
        elif refused:
            self._refuse(*refused)

    def _read(self, reading: Reading) -> None:
        if reading.answer is not None:
            SlipQueue(self._desk, (reading.answer,), ()).begin()
        else:
            self._refuse(reading)

    def _refuse(self, *readings: Reading) -> None:
        if self._others is not None:
            keep = ("Joindre comme document", partial(self._others, tuple(one.source for one in readings)))
            self._desk.shell.notify(refusals(readings), "warning", [keep])
        else:
            self._desk.shell.notify(refusals(readings), "warning")

    def _pass_on(self, sources: tuple[Source, ...]) -> None:
        if self._others is not None:
            self._others(sources)
        else:
            self._desk.shell.notify(_NOT_SLIP, "warning")


def _read(workspace: Workspace, sources: tuple[Source, ...], progress: Progress) -> tuple[Reading, ...]:
    """The documents that are no slips are handed on as they came."""
    found = []
    for rank, source in enumerate(sources):
        progress.step(rank, len(sources))
        reading = slips.read(workspace, source) if may_be_slip(source) else Reading(source)
        found.append(reading if reading.answer or reading.refusal else Reading(source))
    return tuple(found)


def _read_one(workspace: Workspace, source: Source, case_id: uuid.UUID, progress: Progress) -> Reading:
    progress.step(0, 1)
    return slips.read(workspace, source, case_id)
