"""Referral sheets handed to the mail program of the computer, one message each, and noted as sent."""

import uuid
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from boutique.core import french
from boutique.services import accesses, mailing
from boutique.services.mailing import Letter
from boutique.ui import outside
from boutique.ui.desk import Desk

_READY = "Message ouvert dans votre messagerie : relisez-le, puis envoyez-le. L’orientation est « envoyée »."
_NO_ADDRESS = "La fiche de la structure n’a pas d’adresse e-mail valable : saisissez le destinataire."
_NO_MAIL = (
    "Aucune messagerie de cet ordinateur n’ouvre ce message. Enregistrez la fiche en PDF et joignez-la vous-même."
)


class ReferralMail(QObject):
    """One message after the other: the mail program is not stormed, and each referral is noted on its own."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.person_id: uuid.UUID | None = None
        self._left: list[uuid.UUID] = []
        self._opened: list[Letter] = []

    def send(self, referrals: Sequence[uuid.UUID]) -> None:
        self._left, self._opened = list(referrals), []
        self._next()

    def _next(self) -> None:
        if self._left:
            referral_id = self._left.pop(0)
            work = partial(mailing.open_letter, self._desk.workspace, referral_id)
            self._desk.tasks.run(work, partial(self._ready, referral_id))

    def _ready(self, referral_id: uuid.UUID, made: tuple[Letter, uuid.UUID, Path]) -> None:
        letter, key, path = made
        if not outside.show(path):
            self._desk.workspace.copies.drop(key)
            self._left = []
            self._desk.shell.notify(_NO_MAIL, "warning")
            return
        self._opened.append(letter)
        self._desk.keep(accesses.note, "export", letter.reference, person_id=self.person_id)
        self._desk.write(
            "Orientation envoyée par e-mail", mailing.sent, referral_id, letter.address, told=self._told()
        )  # fmt: skip
        self._next()

    def _told(self) -> str:
        count = len(self._opened)
        ready = _READY
        if count > 1:
            messages = french.plural(count, "message ouvert", "messages ouverts")
            ready = f"{messages} dans votre messagerie : relisez-les, puis envoyez-les."
        return ready if all(letter.address for letter in self._opened) else f"{ready} {_NO_ADDRESS}"
