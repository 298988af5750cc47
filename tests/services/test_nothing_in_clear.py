"""After a day of work, no name entered is readable in any file: base, log, backups, key file, temporary folder."""

import tempfile
import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest

from boutique.core import clock
from boutique.services import activity, drafts, opening, people, search, undo
from boutique.services.papers import intake as intake_papers
from boutique.services.papers import interview as interview_papers
from boutique.services.papers import referral as referral_papers
from boutique.services.workspace import Workspace
from tests.services.conftest import MemoryKeychain, new_workspace
from tests.services.filling import add_partner, interview, open_file, pdf, refer

FIRST, LAST, WORD, MAIL = "Zorglubette-Éloïse", "Kxyzwvût", "Qwrtzpsdfœuf", "zorglub.kxyz@exemple.fr"
CANARIES = (FIRST, LAST, WORD, MAIL, "0634567891", "634567891", "Zorglubette", "Xyzzyplugh")


def forms(text: str) -> set[bytes]:
    """The ways in which a text may lie in a file."""
    found = set()
    for spelling in {text, text.lower(), text.upper(), *(unicodedata.normalize(f, text) for f in ("NFC", "NFD"))}:
        found |= {spelling.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")}
        found |= {spelling.encode("latin-1", "ignore"), spelling.encode("cp850", "ignore"), quote(spelling).encode()}
        found.add(spelling.encode("unicode_escape"))
    return {form for form in found if len(form) > 6}


NEEDLES = {needle for canary in CANARIES for needle in forms(canary)}


def readable(*roots: Path) -> list[str]:
    """Files that hold or are named after something entered."""
    files = [path for root in roots for path in root.rglob("*") if path.is_file()]
    return [path.name for path in files if _holds(path.read_bytes()) or _holds(bytes(path))]


def _holds(content: bytes) -> bool:
    return any(needle in content for needle in NEEDLES)


def a_day(workspace: Workspace) -> None:
    """Intake, draft, interview, referral, documents in memory, search, undo, backup."""
    saved = open_file(workspace, FIRST, LAST, holder_phone="06 34 56 78 91", holder_email=MAIL, project_summary=WORD)
    workspace.write("Brouillon", drafts.keep, "intake", {"holder.first_name": FIRST, "project.summary": WORD})
    made = interview(workspace, saved, summary=f"{WORD} avec {FIRST}", private_note=f"{LAST} hésite")
    (referral,) = refer(workspace, saved, add_partner(workspace, "CMA", "CMA"))
    assert LAST in pdf(workspace.read(referral_papers.referral_sheet, referral))
    assert WORD in pdf(workspace.read(interview_papers.interview_report, made))
    assert LAST in pdf(workspace.read(intake_papers.intake_sheet, saved.case_id))
    assert workspace.read(activity.follow_up, nominative=True)
    assert workspace.read(activity.workbook, clock.today())
    for asked in (FIRST, LAST.lower(), "kxyzwvutt", WORD, "06 34 56"):
        workspace.read(search.find, workspace.index, asked)
    workspace.write("Modifier", people.answer_one, saved.case_id, "project.summary", "Xyzzyplugh")
    workspace.write("Annulation", undo.undo)
    assert opening.back_up_if_due(workspace) is not None


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of our own, to see what is left in it."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def test_no_name_is_readable_while_the_base_is_open_nor_after(tmp_path: Path, scratch: Path) -> None:
    root = tmp_path / "données"
    workspace = new_workspace(root, MemoryKeychain())
    a_day(workspace)
    log = workspace.folder.database.with_name("boutique.db-wal")
    assert log.stat().st_size > 0, "the write-ahead log must be there to be searched"
    assert list(workspace.folder.backups.glob("*.db"))
    assert readable(root, scratch) == []
    workspace.close()
    assert readable(root, scratch) == []
    assert list(scratch.iterdir()) == []


def test_the_search_for_names_does_find_them(tmp_path: Path) -> None:
    """Otherwise the test above would prove nothing."""
    for rank, content in enumerate(
        (FIRST.encode(), LAST.encode("utf-16-le"), quote(WORD).encode(), LAST.lower().encode())
    ):
        (tmp_path / f"clair-{rank}").write_bytes(b"\x00\x01" + content + b"\x02")
    (tmp_path / "chiffré").write_bytes(b"\x00" * 64)
    (tmp_path / f"fiche-{FIRST}.pdf").touch()
    assert sorted(readable(tmp_path)) == ["clair-0", "clair-1", "clair-2", "clair-3", f"fiche-{FIRST}.pdf"]
