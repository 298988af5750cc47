"""Follow-up lists kept under a name: their columns in order, which files, names only with a reason."""

import io
from dataclasses import replace
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.models.trace import Access
from boutique.services import list_models, programmes, undo
from boutique.services.files import FileFilter
from boutique.services.list_models import ListSheet
from boutique.services.workspace import Workspace
from tests.services.filling import FREVENT, open_file
from tests.services.test_programmes import interview, programme


@pytest.fixture
def drawn(workspace: Workspace) -> ListSheet:
    """Two files, one of them charged to a programme with an interview of this year; a list of that programme."""
    made = programme(workspace)
    open_file(workspace, "Ana")
    case = open_file(workspace, "Bob", holder_commune_code=FREVENT).case_id
    workspace.write("Rattacher", programmes.charge, case, made)
    interview(workspace, case, **{"interview.minutes": 90})
    columns = ("list.reference", "holder.commune_code", "list.hours", "list.programme")
    return replace(list_models.blank(), name="DREETS", programme_id=made, year=today().year, columns=columns)


def cells(workspace: Workspace, typed: ListSheet, reason: str = "") -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(workspace.read(list_models.export, typed, reason)))
    return [[cell.value for cell in row] for row in book["Liste"].iter_rows()]


def test_a_list_comes_back_as_it_was_kept(workspace: Workspace, drawn: ListSheet) -> None:
    made = workspace.write("Liste", list_models.save, drawn)
    assert workspace.read(list_models.sheet, made) == replace(drawn, id=made)
    (line,) = workspace.read(list_models.listing)
    assert (line.name, line.programme, line.columns) == ("DREETS", "FSE+ amorçage", 4)
    workspace.write("Liste", list_models.save, replace(drawn, id=made, name="DREETS 2027", which=FileFilter.OPEN))
    assert [one.name for one in workspace.read(list_models.listing)] == ["DREETS 2027"]
    workspace.write("Retirer", list_models.remove, made)
    assert workspace.read(list_models.listing) == ()
    workspace.write("Annulation", undo.undo)
    assert workspace.read(list_models.sheet, made).columns == drawn.columns


def test_the_workbook_has_these_columns_and_these_files_only(workspace: Workspace, drawn: ListSheet) -> None:
    assert workspace.read(list_models.count, drawn) == 1
    head, row, *_total = cells(workspace, drawn)
    assert head == ["Référence", "Commune", "Heures", "Programme"]
    assert (row[2], row[3]) == (1.5, "FSE+ amorçage")
    assert "Frévent" in str(row[1])
    every = replace(drawn, programme_id=None, year=None)
    assert workspace.read(list_models.count, every) == 2
    assert workspace.read(list_models.count, replace(drawn, year=today().year - 1)) == 0
    assert workspace.read(list_models.count, replace(every, which=FileFilter.CLOSED)) == 0


def test_names_are_only_given_for_a_reason_that_stays_in_each_history(workspace: Workspace, drawn: ListSheet) -> None:
    named = replace(drawn, columns=("holder.last_name", *drawn.columns))
    assert list_models.is_nominative(named.columns)
    assert not list_models.is_nominative(drawn.columns)
    with pytest.raises(UserError, match="à quoi servent les noms"):
        workspace.read(list_models.export, named)
    assert cells(workspace, named, "Contrôle sur place du financeur")[1][0] == "Martin"
    workspace.write("Export", list_models.note_export, named, "Contrôle sur place du financeur")

    def noted(session: Session) -> list[str]:
        return list(session.scalars(select(Access.what).where(Access.verb == "export")))

    assert workspace.read(noted) == ["DREETS : Contrôle sur place du financeur"]


def test_what_is_sensitive_is_never_offered() -> None:
    offered = {choice.key for choice in list_models.choices()}
    assert "holder.rqth_declared" not in offered
    assert {"holder.gender", "list.reference", "project.sector"} <= offered
    assert len(offered) == len(list_models.choices())


def test_a_list_without_a_name_or_a_column_is_refused(workspace: Workspace, drawn: ListSheet) -> None:
    with pytest.raises(UserError, match="obligatoire"):
        workspace.write("Liste", list_models.save, replace(drawn, name=" "))
    with pytest.raises(UserError, match="au moins une colonne"):
        workspace.write("Liste", list_models.save, replace(drawn, columns=()))
    with pytest.raises(UserError, match="n’existe plus"):
        workspace.read(list_models.sheet, uuid4())
