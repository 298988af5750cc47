"""One document for many files: everybody's, in order, noted for each, and no file at all when it is given up."""

import io
import sys
import threading
import uuid
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.errors import Cancelled, UserError
from boutique.models.case import Case
from boutique.models.structure import Structure
from boutique.models.trace import Access
from boutique.services.papers import batch, catalogue
from boutique.services.workspace import Workspace
from tests.services.filling import interview, open_file

NAMES = ("Alice", "Béatrice", "Chloé", "Daniel")


@pytest.fixture
def cases(workspace: Workspace) -> list[uuid.UUID]:
    made = [open_file(workspace, first, "Martin") for first in NAMES]
    interview(workspace, made[0], minutes=50)
    return [saved.case_id for saved in made]


def silent(_done: int, _total: int) -> None:
    """Nobody looks."""


def accesses(workspace: Workspace) -> list[tuple[str, str]]:
    return workspace.read(
        lambda session: [(row.verb, row.what) for row in session.scalars(select(Access)) if row.person_id]
    )


@pytest.mark.parametrize("key", [paper.key for paper in catalogue.batches()])
def test_every_document_is_made_for_every_file_in_order(
    workspace: Workspace, cases: list[uuid.UUID], tmp_path: Path, key: str
) -> None:
    target = tmp_path / batch.file_name(key)
    steps: list[tuple[int, int]] = []
    made = batch.print_many(workspace, key, cases, target, lambda done, total: steps.append((done, total)))
    assert (made.documents, made.left_out, made.name) == (4, 0, target.name)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(target.read_bytes())).pages]
    firsts = [page for page in pages if "Page 1 sur" in page.replace("\xa0", " ")]
    assert len(firsts) == 4
    for name, page in zip(NAMES, firsts, strict=True):
        assert name in page
    alone = PdfReader(io.BytesIO(workspace.read(catalogue.make, key, cases[1]).content))
    second = pages[pages.index(firsts[1]) : pages.index(firsts[2])]
    assert [page.extract_text() for page in alone.pages] == second
    assert steps[0] == (0, 4)
    assert steps[-1] == (4, 4)
    assert accesses(workspace) == [("export", catalogue.paper(key).title)] * 4
    assert "Martin" not in target.name + made.sentence
    assert list(tmp_path.glob(".boutique-*")) == []


@pytest.mark.parametrize("after", [0, 1, 3, 4])
def test_giving_up_leaves_no_file_and_no_trace_of_an_export(
    workspace: Workspace, cases: list[uuid.UUID], tmp_path: Path, after: int
) -> None:
    def step(done: int, _total: int) -> None:
        if done >= after:
            raise Cancelled

    folder = tmp_path / "sortie"
    folder.mkdir()
    with pytest.raises(Cancelled):
        batch.print_many(workspace, "support", cases, folder / "lot.pdf", step)
    assert list(folder.iterdir()) == []
    assert accesses(workspace) == []


def test_giving_up_keeps_the_file_that_was_there(workspace: Workspace, cases: list[uuid.UUID], tmp_path: Path) -> None:
    def step(_done: int, _total: int) -> None:
        raise Cancelled

    target = tmp_path / "lot.pdf"
    target.write_bytes(b"avant")
    with pytest.raises(Cancelled):
        batch.print_many(workspace, "support", cases, target, step)
    assert target.read_bytes() == b"avant"


def test_a_base_that_closes_stops_the_batch(workspace: Workspace, cases: list[uuid.UUID], tmp_path: Path) -> None:
    def step(_done: int, _total: int) -> None:
        workspace.closed = True

    with pytest.raises(Cancelled):
        batch.print_many(workspace, "plan", cases, tmp_path / "lot.pdf", step)
    workspace.closed = False
    assert not (tmp_path / "lot.pdf").exists()


def test_a_file_that_went_away_meanwhile_is_said(workspace: Workspace, cases: list[uuid.UUID], tmp_path: Path) -> None:
    asked = [*cases, uuid.UUID(int=0)]
    made = batch.print_many(workspace, "support", asked, tmp_path / "lot.pdf", silent)
    assert (made.documents, made.left_out) == (4, 1)
    assert "1 dossier effacé entre-temps" in made.sentence
    with pytest.raises(UserError, match="n’existent plus"):
        batch.print_many(workspace, "support", [uuid.UUID(int=0)], tmp_path / "rien.pdf", silent)
    with pytest.raises(UserError, match="aucun dossier à imprimer"):
        batch.print_many(workspace, "support", [], tmp_path / "rien.pdf", silent)
    assert not (tmp_path / "rien.pdf").exists()


def test_what_the_disk_refuses_is_a_sentence_and_leaves_nothing(
    workspace: Workspace, cases: list[uuid.UUID], tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="n’est pas accessible"):
        batch.print_many(workspace, "support", cases, tmp_path / "absent" / "lot.pdf", silent)
    (tmp_path / "dossier.pdf").mkdir()
    with pytest.raises(UserError):
        batch.print_many(workspace, "support", cases, tmp_path / "dossier.pdf", silent)
    assert [one.name for one in tmp_path.glob(".boutique-*")] == []


def test_a_structure_that_is_not_described_stops_it_at_once(
    workspace: Workspace, cases: list[uuid.UUID], tmp_path: Path
) -> None:
    def forget(session: Session) -> None:
        session.delete(session.scalars(select(Structure)).one())

    workspace.write("Effacer", forget)
    with pytest.raises(UserError, match="n’est pas encore décrite"):
        batch.print_many(workspace, "support", cases, tmp_path / "lot.pdf", silent)


def test_others_read_and_write_while_it_goes_on(workspace: Workspace, cases: list[uuid.UUID], tmp_path: Path) -> None:
    """From another thread, as in the window: at each document somebody else saves something."""
    written: list[int] = []

    def save(session: Session) -> None:
        session.get_one(Case, cases[0]).reference = f"2026-9{len(written):03d}"

    def step(done: int, _total: int) -> None:
        other = threading.Thread(target=lambda: workspace.write("Ailleurs", save))
        other.start()
        other.join()
        written.append(done)

    usual = sys.getswitchinterval()
    batch.print_many(workspace, "support", cases, tmp_path / "lot.pdf", step)
    assert len(written) >= 5
    assert sys.getswitchinterval() == usual
