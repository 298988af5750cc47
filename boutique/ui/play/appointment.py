"""The appointment that the demonstration plays: search, intake, interview, referral, print, export."""

import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QMessageLogContext, QSize, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from boutique.core.clock import today
from boutique.core.files import write_atomically
from boutique.core.paths import DataFolder
from boutique.services import demo, interviews, search, workspace
from boutique.services.documents import Document
from boutique.services.papers import intake as intake_papers
from boutique.services.papers import interview as interview_papers
from boutique.services.papers import recovery as recovery_papers
from boutique.services.workspace import Setup, Workspace
from boutique.ui.frame import Frame
from boutique.ui.play.player import Player, PlayError
from boutique.ui.session import Session

_SIZE = QSize(1366, 768)
_PEOPLE, _SEED = 80, 3
_PHRASE = "phrase de passe de la démonstration"
_SETUP = Setup(
    "Boutique de l’initiative du Ternois",
    "62767",
    "Boutique de Saint-Pol",
    "Nadia",
    "Bouzid",
    "nadia.bouzid@exemple.fr",
    "03 53 01 00 10",
)
_LAST_NAME = "Vandenbrouke"
_KEY = Qt.Key


class Start(Protocol):
    """What the app starts: given to the demonstration, which may not import the app."""

    frame: Frame
    tasks: Any
    session: Any

    def end(self) -> None: ...


class Answers:
    """Stands for the person at the file dialogs: documents go where the demonstration was told."""

    def __init__(self, output: Path) -> None:
        self._output = output

    def confirm(self, title: str, text: str, *, yes: str, no: str = "Annuler", danger: bool = False) -> bool:  # noqa: ARG002
        return True

    def choose(self, title: str, text: str, options: Sequence[str], *, no: str = "Annuler") -> int | None:  # noqa: ARG002
        return 0

    def tell(self, title: str, text: str) -> None:
        """Nothing to press."""

    def reason(self, title: str, text: str, *, yes: str) -> str | None:  # noqa: ARG002
        return "Démonstration"

    def open_file(self, title: str, filters: str = "") -> Path | None:  # noqa: ARG002
        return None

    def open_files(self, title: str, filters: str = "") -> list[Path]:  # noqa: ARG002
        return []

    def save_file(self, title: str, name: str, filters: str = "") -> Path | None:  # noqa: ARG002
        return self._output / name

    def folder(self, title: str) -> Path | None:  # noqa: ARG002
        return self._output


def run(application: QApplication, output: Path, begin: Callable[[DataFolder, Path], Start]) -> int:
    """Play it in the window that `begin` starts on a base; 1 when the window did not follow."""
    output.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(_hear)
    with tempfile.TemporaryDirectory(prefix="boutique-play-", ignore_cleanup_errors=True) as place:
        folder, phrase = DataFolder(Path(place) / "base"), Path(place) / "phrase.txt"
        phrase.write_text(_PHRASE, "utf-8")
        made, code = workspace.create(folder, _SETUP, keychain=None, passphrase=_PHRASE)
        demo.populate(made, people=_PEOPLE, seed=_SEED, until=today())
        _keep(output, made.read(recovery_papers.recovery_sheet, code))
        made.close()
        start = begin(folder, phrase)
        start.frame.resize(_SIZE)
        start.frame.present()
        try:
            _play(application, start, output)
        except PlayError as error:
            sys.stderr.write(f"La démonstration s’est arrêtée : {error}\n")
            return 1
        finally:
            start.frame.close()
            start.end()
    return 0


def _hear(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Qt's own remarks, but for those of a platform without a screen, which mean nothing here."""
    if not message.startswith("This plugin does not support"):
        sys.stderr.write(f"{message}\n")


def _play(application: QApplication, start: Start, output: Path) -> None:
    player = Player(application, start.frame, output)
    player.wait("la base ne s’ouvre pas", partial(_is_open, start))
    player.follow(start.tasks)
    session: Session = start.session
    assert session.workday is not None
    desk = session.workday.desk
    desk.ask = Answers(output)
    player.picture("aujourdhui", dark=True)
    _intake(player)
    _interview(player)
    _referral(player, output)
    _others(player, output)
    _papers(desk.workspace, output)


def _is_open(start: Start) -> bool:
    return start.session is not None and start.session.workday is not None


def _intake(player: Player) -> None:
    player.control(_KEY.Key_F)
    player.write(f"Éloïse {_LAST_NAME}")
    player.picture("recherche")
    player.press(_KEY.Key_Return)
    player.settle()
    player.type_in("holder.birth_date", "12/03/1991")
    player.type_in("holder.phone", "06 39 98 56 78")
    player.type_in("holder.commune_code", "frévent")
    player.settle()
    player.press(_KEY.Key_Return)
    player.type_in("holder.employment_status", "Demandeur d’emploi i")
    player.type_in("project.summary", "Boulangerie bio itinérante sur les marchés du Ternois")
    player.type_in("project.naf_code", "boulangerie")
    player.settle()
    player.press(_KEY.Key_Return)
    player.click("need-FINANCER_VEHICULE")
    player.click("notice")
    player.picture("accueil", dark=True)
    player.control(_KEY.Key_Return)
    player.settle()
    player.control(_KEY.Key_1)
    player.picture("dossier-parcours", dark=True)


def _interview(player: Player) -> None:
    player.control(_KEY.Key_E)
    player.settle()
    player.type_in(
        "interview-form-summary", "Huit ans d’expérience en boulangerie. Besoin d’un fourgon d’occasion, 6 000 €."
    )
    player.picture("entretien", dark=True)
    player.control(_KEY.Key_Return)
    player.settle()


def _referral(player: Player, output: Path) -> None:
    player.control(_KEY.Key_4)
    player.settle()
    player.click("proposal-box-1")
    player.type_in("referral-expectation", "Vérifier que huit années d’expérience valent qualification.")
    player.click("referral-agreement")
    player.picture("orientations", dark=True)
    player.control(_KEY.Key_P)
    player.wait("l’aperçu ne s’ouvre pas", lambda: player.shows("preview"))
    player.picture("apercu")
    player.click("preview-save")
    player.settle()
    if not any(output.glob("orientation-*.pdf")):
        raise PlayError("la fiche d’orientation n’est pas enregistrée")
    player.press(_KEY.Key_Escape)
    player.settle()


def _others(player: Player, output: Path) -> None:
    for name, key in (("dossiers", _KEY.Key_F3), ("partenaires", _KEY.Key_F7), ("activite", _KEY.Key_F8)):
        player.press(key)
        player.picture(name, dark=True)
    player.press(_KEY.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    player.wait("le classeur n’est pas écrit", lambda: any(output.glob("*.xlsx")))
    for name, key in (("reglages", _KEY.Key_F9), ("aide", _KEY.Key_F1)):
        player.press(key)
        player.picture(name)


def _papers(opened: Workspace, output: Path) -> None:
    """The other documents of the file that was just made."""
    case = opened.read(search.find, opened.index, _LAST_NAME)[0].case_id
    for document in (
        opened.read(intake_papers.intake_sheet, case),
        opened.read(intake_papers.notice, case),
        *(opened.read(interview_papers.interview_report, line.id) for line in opened.read(interviews.listing, case)),
    ):
        _keep(output, document)


def _keep(output: Path, document: Document) -> None:
    write_atomically(output / document.file_name, document.content)
