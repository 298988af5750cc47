"""Structure, places and counsellors: saved, listed, and the last of each kept."""

import uuid

import pytest
from sqlalchemy import delete

from boutique.core.errors import UserError
from boutique.models.structure import Structure
from boutique.services import reminders, settings
from boutique.services.workspace import Workspace


def test_the_structure_is_saved_and_read_back(workspace: Workspace) -> None:
    typed = dict(workspace.read(settings.structure)) | {
        "structure.address": "12 place de la Mairie",
        "structure.reminder_days": "45; 7,20",
    }
    workspace.write("Structure", settings.save_structure, typed)
    read = workspace.read(settings.structure)
    assert read["structure.name"] == "Boutique du Ternois"
    assert read["structure.address"] == "12 place de la Mairie"
    assert read["structure.reminder_days"] == "7, 20, 45"
    assert workspace.read(reminders.reminder_days) == (7, 20, 45)


@pytest.mark.parametrize("days", ["bientôt", "9, -1", "9, 21 jours", "0"])
def test_reminders_that_are_not_days_are_refused(workspace: Workspace, days: str) -> None:
    typed = dict(workspace.read(settings.structure)) | {"structure.reminder_days": days}
    with pytest.raises(UserError, match="jours"):
        workspace.write("Structure", settings.save_structure, typed)


def test_a_place_is_added_and_closed_but_the_last_one_stays_open(workspace: Workspace) -> None:
    (first,) = workspace.read(settings.open_sites)
    second = workspace.write(
        "Lieu", settings.save_site, None, {"site.name": "Permanence de Frévent", "site.commune_code": "62361"}
    )
    assert [line.place for line in workspace.read(settings.open_sites)] == ["Saint-Pol-sur-Ternoise", "Frévent"]
    closed = dict(workspace.read(settings.site, first.id)) | {"site.closed_on": "23/11/2026"}
    workspace.write("Lieu", settings.save_site, first.id, closed)
    assert [line.id for line in workspace.read(settings.open_sites)] == [second]
    assert len(workspace.read(settings.sites)) == 2
    last = dict(workspace.read(settings.site, second)) | {"site.closed_on": "23/11/2026"}
    with pytest.raises(UserError, match="dernier lieu"):
        workspace.write("Lieu", settings.save_site, second, last)


def test_a_counsellor_comes_and_goes_but_not_the_one_at_work(workspace: Workspace) -> None:
    (nadia,) = workspace.read(settings.people_at_work)
    assert (nadia.name, nadia.initials) == ("Nadia Bouzid", "NB")
    typed = {"counsellor.first_name": "Éric", "counsellor.last_name": "Öberg", "counsellor.role": "conseiller"}
    eric = workspace.write("Conseiller", settings.save_counsellor, None, typed)
    assert [line.role for line in workspace.read(settings.people_at_work)] == ["Coordinateur·rice", "Conseiller·ère"]
    left = typed | {"counsellor.left_on": "01/11/2026"}
    workspace.write("Départ", settings.save_counsellor, eric, left)
    assert [line.name for line in workspace.read(settings.people_at_work)] == ["Nadia Bouzid"]
    gone = dict(workspace.read(settings.counsellor, nadia.id)) | {"counsellor.left_on": "01/11/2026"}
    with pytest.raises(UserError, match="au travail sur cet ordinateur"):
        workspace.write("Départ", settings.save_counsellor, nadia.id, gone)
    workspace.counsellor_id = None
    with pytest.raises(UserError, match="dernière personne"):
        workspace.write("Départ", settings.save_counsellor, nadia.id, gone)


def test_the_top_bar_knows_who_works_where(demo_workspace: Workspace) -> None:
    staff = demo_workspace.read(settings.staff)
    assert staff.site is not None
    assert staff.counsellor is not None
    assert staff.site.id == demo_workspace.site_id
    assert staff.counsellor in staff.counsellors
    assert demo_workspace.read(settings.file_count) == 60


def test_what_is_gone_says_so(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="Ce lieu"):
        workspace.read(settings.site, uuid.uuid4())
    with pytest.raises(UserError, match="Cette personne"):
        workspace.read(settings.counsellor, uuid.uuid4())


def test_reminders_left_empty_are_those_of_the_product(workspace: Workspace) -> None:
    typed = dict(workspace.read(settings.structure)) | {"structure.reminder_days": ""}
    workspace.write("Structure", settings.save_structure, typed)
    assert workspace.read(reminders.reminder_days) == (9, 21, 45)


def test_a_base_without_its_structure_says_so(workspace: Workspace) -> None:
    workspace.write("Essai", lambda session: session.execute(delete(Structure)))
    with pytest.raises(UserError, match="premier démarrage"):
        workspace.read(settings.structure)
