"""The activity workbook: the sheets and columns of the layout, and controls that a spreadsheet recomputes."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from boutique.exports.excel.activity_book import SHEETS, render
from boutique.exports.excel.activity_rows import ActivityData, CheckRow, IndicatorRow
from boutique.exports.excel.sheets.profile import masked
from tests.exports.excel.samples import ACTIVITY

# Sheet → (header, format of its data, width), as the layout of the domain says.
LAYOUT: dict[str, tuple[tuple[str, str, int], ...]] = {
    "Synthèse": (
        ("Indicateur", "@", 44), ("Code", "@", 16), ("Mois", "#,##0", 10), ("Mois précédent", "#,##0", 12),
        ("Cumul année", "#,##0", 12), ("Objectif annuel", "#,##0", 14), ("Taux d'avancement", "0 %", 14),
        ("Dont femmes", "#,##0", 12), ("Dont QPV", "#,##0", 12), ("Adresses qualifiées", "#,##0", 14),
        ("Part QPV", "0.0 %", 10), ("Écart vs N-1", "0 %", 12), ("Commentaire du mois", "@", 40),
    ),
    "Entretiens": (
        ("Date", "dd/mm/yyyy", 12), ("Référence", "@", 12), ("Type", "@", 18), ("Durée (min)", "0", 12),
        ("Présentiel", "@", 10), ("Lieu ou permanence", "@", 20), ("Conseiller", "@", 10), ("Phase", "@", 14),
        ("Nouveau", "@", 10), ("Venu", "@", 8),
    ),
    "Nouveaux porteurs": (
        ("Référence", "@", 12), ("Date d'entrée", "dd/mm/yyyy", 12), ("Sexe", "@", 8), ("Tranche d'âge", "@", 12),
        ("Situation d'emploi", "@", 22), ("Durée d'inscription", "@", 16), ("Allocations", "@", 16),
        ("Niveau de formation", "@", 14), ("QPV", "@", 10), ("ZFRR", "@", 10), ("Commune", "@", 18),
        ("Prescripteur", "@", 20), ("Secteur", "@", 14), ("Nature du projet", "@", 16), ("Dossier complet", "@", 12),
    ),
    "Ateliers": (
        ("Date", "dd/mm/yyyy", 12), ("Titre", "@", 30), ("Module", "@", 18), ("Lieu", "@", 20),
        ("QPV du lieu", "@", 14), ("Durée (h)", "0.0", 10), ("Places", "0", 8), ("Inscrits", "0", 8),
        ("Présents", "0", 8), ("Taux de présence", "0 %", 10), ("Intervenant", "@", 20),
        ("Satisfaction moyenne", "0.0", 12),
    ),
    "Permanences": (
        ("Date", "dd/mm/yyyy", 12), ("Commune", "@", 18), ("QPV", "@", 14), ("Lieu d'accueil", "@", 24),
        ("Début", "hh:mm", 8), ("Fin", "hh:mm", 8), ("Conseiller", "@", 10), ("Personnes reçues", "0", 10),
        ("Passages sans entretien", "0", 12), ("Hors ligne", "@", 10), ("Annulée", "@", 10),
    ),
    "Orientations": (
        ("Date", "dd/mm/yyyy", 12), ("Référence", "@", 12), ("Type de partenaire", "@", 22), ("Structure", "@", 24),
        ("Motif", "@", 30), ("Règle", "@", 8), ("Accord", "@", 8), ("Échéance de retour", "dd/mm/yyyy", 12),
        ("Retour reçu", "@", 10), ("Issue", "@", 14),
    ),
    "Parcours et sorties": (
        ("Référence", "@", 12), ("Phase en début de mois", "@", 16), ("Phase en fin de mois", "@", 16),
        ("Diagnostic moyen", "0.0", 12), ("Heures cumulées", "0.0", 12), ("Sortie", "@", 10),
        ("Motif de sortie", "@", 18), ("Situation à la sortie", "@", 18),
    ),
    "Créations": (
        ("Date d'immatriculation", "dd/mm/yyyy", 14), ("Référence", "@", 12), ("SIREN", "@", 12), ("Forme", "@", 14),
        ("Activité (section NAF)", "@", 20), ("Commune d'implantation", "@", 18), ("QPV d'implantation", "@", 12),
        ("ZFRR d'implantation", "@", 12), ("Reprise", "@", 10), ("Emplois (dirigeant compris)", "0", 12),
        ("Financements obtenus (€)", "#,##0", 14), ("Acre demandée", "@", 10), ("Vérifiée au RNE", "@", 10),
    ),
    "Suivi post-création": (
        ("Référence", "@", 12), ("Échéance", "@", 10), ("Prévu le", "dd/mm/yyyy", 12), ("Fait le", "dd/mm/yyyy", 12),
        ("Statut", "@", 14), ("Emplois", "0", 10), ("Chiffre d'affaires (tranche)", "@", 16),
        ("Revenu du dirigeant (tranche)", "@", 16), ("Besoin", "@", 20),
    ),
    "Profil du public": (
        ("Ventilation", "@", 30), ("Modalité", "@", 24), ("Effectif", "0", 10), ("Part", "0.0 %", 10),
        ("Cumul année", "0", 10),
    ),
    "Partenaires": (
        ("Date", "dd/mm/yyyy", 12), ("Structure", "@", 24), ("Type", "@", 18), ("Objet", "@", 30), ("Suite", "@", 24),
    ),
    "Contrôles": (
        ("Contrôle", "@", 44), ("Nombre", "0", 10), ("Détail (références)", "@", 60),
    ),
}  # fmt: skip


def opened(data: ActivityData) -> Workbook:
    return load_workbook(io.BytesIO(render(data)))


def table(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """Rows of a sheet by header."""
    heads, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_sheets_headers_formats_and_widths_are_those_of_the_layout() -> None:
    book = opened(ACTIVITY)
    assert [
        name for name in book.sheetnames if name not in ("Lisez-moi", "Graphiques", "Visites d’entreprises")
    ] == list(LAYOUT)
    for name, columns in LAYOUT.items():
        sheet = book[name]
        for rank, (title, format_, width) in enumerate(columns, 1):
            letter = get_column_letter(rank)
            assert sheet.cell(1, rank).value == title
            assert sheet.cell(2, rank).number_format == format_, (name, title)
            assert sheet.column_dimensions[letter].width == width


def test_the_values_are_those_given() -> None:
    book = opened(ACTIVITY)
    first, *_, missed, last = table(book, "Entretiens")[:-1]
    assert first["Date"].date() == date(2026, 11, 3)
    assert (first["Référence"], first["Durée (min)"], first["Nouveau"], first["Venu"]) == (
        "D-2026-0001",
        60,
        "oui",
        "oui",
    )
    assert (missed["Durée (min)"], missed["Venu"]) == (0, "non")
    assert last["Type"] == "Entretien de suivi de parcours"
    new = table(book, "Nouveaux porteurs")[0]
    assert (new["Sexe"], new["QPV"], new["ZFRR"], new["Dossier complet"]) == ("F", "à vérifier", "Oui", "oui")
    assert new["Allocations"] == "ARE, Prime d’activité"
    sent, unsigned = table(book, "Orientations")[:2]
    assert (sent["Accord"], unsigned["Accord"]) == ("12/11/2026", None)
    assert len(sent["Motif"]) == 120
    assert sent["Motif"].endswith("…")


def test_rates_are_computed_and_left_empty_without_a_denominator() -> None:
    holders, interviews, *_ = table(opened(ACTIVITY), "Synthèse")
    assert holders["Taux d'avancement"] == pytest.approx(31 / 60)
    assert holders["Part QPV"] == pytest.approx(1 / 4)
    assert holders["Écart vs N-1"] == pytest.approx(-0.5)
    assert interviews["Taux d'avancement"] is None
    assert interviews["Part QPV"] is None
    assert interviews["Écart vs N-1"] is None


def test_small_numbers_are_masked_and_cannot_be_found_again() -> None:
    rows = {(row["Ventilation"], row["Modalité"]): row for row in table(opened(ACTIVITY), "Profil du public")}
    assert rows["Âge", "18 à 25 ans révolus"]["Effectif"] == "masqué"
    assert rows["Âge", "30 à 44 ans"]["Effectif"] == "masqué"
    assert rows["Âge", "30 à 44 ans"]["Part"] is None
    assert rows["Âge", "Total"]["Effectif"] == 12
    assert rows["Sexe", "Total"]["Effectif"] == "=SUM(C2:C3)"
    assert ("Allocations", "Total") not in rows
    assert masked([3, 3, 9], 5) == ["masqué", "masqué", 9]
    assert masked([2, 9, 12], 5) == ["masqué", "masqué", 12]
    assert masked([4, 4, 9, 12], 5) == ["masqué", "masqué", "masqué", 12]  # eight in two cells under five: each four
    assert masked([2, None, 0], 5) == ["masqué", None, 0]
    assert masked([2, 9], 5, added=False) == ["masqué", 9]
    assert masked([1, 2], 0) == [1, 2]


def test_the_first_sheet_says_what_the_workbook_is() -> None:
    sheet = opened(ACTIVITY)["Lisez-moi"]
    said = {str(row[0]): row[1] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert said["Structure"] == "Boutique de l’initiative du Ternois"
    assert "du 01/11/2026 au 30/11/2026" in str(said["Période"])
    assert (said["Établi par"], said["Logiciel"], said["Lieu"]) == ("Nadia B.", "Boutique 0.1.0", "Tous les lieux")
    assert said["Nouveaux porteurs du mois"] == "Premier entretien individuel dans le mois"
    assert {sheet.title for sheet in SHEETS if not sheet.extra} | {"Contrôles"} <= set(said)


def test_no_name_of_a_person_can_reach_the_workbook() -> None:
    fields = {name for row in (ACTIVITY.interviews[0], ACTIVITY.new_holders[0], ACTIVITY.referrals[0])
              for name in row.__slots__}  # fmt: skip
    assert not [name for name in fields if "name" in name or name in ("person", "phone", "email", "birth_date")]


def test_an_indicator_without_its_sheet_is_a_bug() -> None:
    with pytest.raises(KeyError):
        render(replace(ACTIVITY, indicators=(IndicatorRow("X", "X", 1, recount="inconnu"),)))


# A spreadsheet recomputes the controls: one start of LibreOffice for three workbooks.
def _recomputed(folder: Path, books: dict[str, ActivityData]) -> dict[str, dict[str, tuple[Any, Any]]]:
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(render(data))
    sources = [str(folder / f"{name}.xlsx") for name in books]
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(folder / "out"), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    found = {}
    for name in books:
        book = load_workbook(folder / "out" / f"{name}.xlsx", data_only=True)
        rows = book["Contrôles"].iter_rows(min_row=2, values_only=True)
        found[name] = {str(row[0]): (row[1], row[3]) for row in rows if row[0]}
        book.close()
    return found


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed: nothing recomputes"
)
def test_a_spreadsheet_finds_the_figures_again(tmp_path: Path) -> None:
    wrong = replace(ACTIVITY.indicators[1], month=5)
    books = {
        "juste": ACTIVITY,
        "faux": replace(
            ACTIVITY,
            indicators=(ACTIVITY.indicators[0], wrong),
            new_holders=(*ACTIVITY.new_holders, ACTIVITY.new_holders[0]),
            interviews=(*ACTIVITY.interviews, replace(ACTIVITY.interviews[0], held_on=date(2026, 12, 1))),
            people=13,
        ),
        "vide": ActivityData("B", "mai 2026", date(2026, 5, 1), date(2026, 5, 31), "N", "1", ACTIVITY.generated_at,
                             checks=(CheckRow("Doublons", 1, blocking=True),)),
    }  # fmt: skip
    found = _recomputed(tmp_path, books)
    right = found["juste"]
    assert right.pop("Classeur prêt")[0] == "oui"
    assert {label for label, (count, _) in right.items() if count != 0} == {
        "Nouveaux porteurs au dossier incomplet",
        "Orientations sans accord enregistré",
        "Doublons possibles",
    }
    assert {state for _, state in right.values()} == {"OK", "À regarder"}
    assert sum("écart entre" in label for label in right) == 7
    bad = found["faux"]
    assert bad["Classeur prêt"][0] == "non"
    assert bad["Entretiens réalisés : écart entre « Entretiens » et la synthèse"] == (0, "OK")
    assert bad["Nouveaux porteurs du mois : écart entre « Nouveaux porteurs » et la synthèse"] == (1, "À revoir")
    assert bad["Nouveaux porteurs comptés deux fois"] == (1, "À revoir")
    assert bad["Entretiens datés hors de la période"] == (1, "À revoir")
    assert bad["Profil du public, Sexe : total différent des 13 personnes"] == (1, "À revoir")
    empty = found["vide"]
    assert empty["Classeur prêt"][0] == "non"
    assert {count for label, (count, _) in empty.items() if label not in ("Classeur prêt", "Doublons")} == {0}
