"""Feuille d’émargement and attestations of a workshop, read back from the PDF."""

import io
import re
import uuid
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from boutique.core.errors import UserError
from boutique.models.trace import Access
from boutique.services.documents import Document
from boutique.services.intakes import Saved
from boutique.services.papers import catalogue, workshop, workshop_batch
from boutique.services.workshops import attendance, enrolments, sheets
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY
from tests.services.filling import FREVENT, pdf
from tests.services.workshops import AFTERNOON, MORNING, add_module, add_session, enrol, who

LONG = "Marie-Charlotte " + "Vandenbroucke-" * 9 + "Zéphirin"


def pages(document: Document) -> list[str]:
    found = PdfReader(io.BytesIO(document.content)).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in found]


def come(workspace: Workspace, session: uuid.UUID, *halves: int) -> None:
    shown = workspace.read(sheets.sheet, session)
    for half in halves:
        half_day = shown.half_days[half].id
        assert half_day is not None
        workspace.write("Présents", attendance.mark_all, half_day)


@pytest.fixture
def day(workspace: Workspace, saved: Saved) -> uuid.UUID:
    """A whole day of twelve places with somebody who has a file, and somebody with a very long name."""
    session = add_session(
        workspace, add_module(workspace, capacity=12), LAST_DAY, halves=(MORNING, AFTERNOON), place="Salle des fêtes",
        commune_code=FREVENT, speaker="Mme Leroy, Chambre de métiers", title="Prix & marges <débutants>",
    )  # fmt: skip
    workspace.write("Inscription", enrolments.enrol_file, session, saved.case_id)
    enrol(workspace, session, LONG)
    return session


def test_the_sheet_has_every_field_and_lines_for_the_unexpected(workspace: Workspace, day: uuid.UUID) -> None:
    document = workspace.read(workshop.sign_in_sheet, day)
    told = pdf(document)
    for words in (
        "Prix & marges <débutants>", "Construire son prix", "mardi 24 novembre 2026", "Salle des fêtes, Frévent",
        "de 9 h 00 à 12 h 00 et de 14 h 00 à 17 h 00", "Mme Leroy, Chambre de métiers", "Zoé Martin", "Zéphirin",
        "Signature, matin", "Signature, après-midi", "Accepte d’être recontacté·e", "2 personnes inscrites",
    ):  # fmt: skip
        assert words in told, words
    assert told.count("☐ oui") == 12  # two people, ten lines left
    assert document.file_name == "emargement-2026-11-24.pdf"


def test_sixty_people_sign_on_several_pages_each_with_its_heads(workspace: Workspace) -> None:
    session = add_session(workspace, add_module(workspace, capacity=60), LAST_DAY)
    for rank in range(60):
        enrol(workspace, session, f"Prénom{rank} Nom{rank}")
    told = pages(workspace.read(workshop.sign_in_sheet, session))
    assert len(told) > 2
    assert all("Nom et prénom" in page for page in told[:3])
    whole = " ".join(told)
    assert all(f"Prénom{rank} Nom{rank}" in whole for rank in range(60))
    assert whole.count("☐ oui") == 63


def test_nobody_enrolled_gives_free_lines(workspace: Workspace) -> None:
    session = add_session(workspace, add_module(workspace, capacity=8), LAST_DAY, date(2026, 11, 25))
    first, second = pages(workspace.read(workshop.sign_in_sheet, session))
    assert first.count("☐ oui") == 8
    assert "mercredi 25 novembre 2026" in second


def test_an_attestation_says_what_was_attended_and_nothing_more(
    workspace: Workspace, day: uuid.UUID, saved: Saved
) -> None:
    with pytest.raises(UserError, match="n’est pas notée présente"):
        workspace.read(workshop.certificate_of, day, who(workspace, day)["Zoé Martin"].id)
    assert "workshop" not in workspace.read(catalogue.available, saved.case_id)
    come(workspace, day, 1)
    told = pdf(workspace.read(catalogue.make, "workshop", saved.case_id))
    for words in (
        "Zoé Martin", "Atelier « Prix & marges <débutants> »", "24/11/2026", "de 14 h 00 à 17 h 00", "3 h",
        "Salle des fêtes, Frévent", "Signature et cachet",
    ):  # fmt: skip
        assert words in told, words
    assert "de 9 h 00" not in told


def test_all_attestations_are_one_file_noted_in_each_history(
    workspace: Workspace, day: uuid.UUID, saved: Saved, tmp_path: Path
) -> None:
    target = tmp_path / "attestations.pdf"
    steps: list[tuple[int, int]] = []
    with pytest.raises(UserError, match="Personne n’est noté présent"):
        workshop_batch.print_all(workspace, day, target, lambda done, total: steps.append((done, total)))
    assert not target.exists()
    come(workspace, day, 0, 1)
    made = workshop_batch.print_all(workspace, day, target, lambda done, total: steps.append((done, total)))
    assert (made.documents, steps[-1]) == (2, (2, 2))
    told = [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(target).pages]
    assert len(told) == 2
    assert "de 9 h 00 à 12 h 00 et de 14 h 00 à 17 h 00" in told[0]
    assert "Zéphirin" in told[1] or "Zéphirin" in told[0]
    noted = workspace.read(lambda session: session.scalars(select(Access.person_id)).all())
    assert noted == [saved.person_id]
