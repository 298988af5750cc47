"""What a script sees: an exit status, an answer on the output, one French line when it is refused."""

import hashlib
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import text

from boutique import __version__
from boutique.cli.arguments import WINDOW_VERBS, parse
from boutique.core.paths import DataFolder
from boutique.services.workspace import open_workspace
from tests.cli.conftest import INIT, PASSPHRASE, Done, Shell


def refused(done: Done, *expected: str) -> None:
    """Status 1 and one line that says this."""
    assert done.status == 1, done
    assert done.out == ""
    assert done.err.count("\n") == 1, done.err
    for words in expected:
        assert words in done.err


def digest(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*") if path.is_file()}


def test_a_base_is_made_once_and_says_its_recovery_code(nowhere: Shell, tmp_path: Path) -> None:
    sheet = tmp_path / "feuille.pdf"
    done = nowhere("--json", *INIT, "--recovery-sheet", str(sheet))
    assert done.status == 0
    answer = json.loads(done.out)
    assert answer["data"] == str(nowhere.data)
    assert answer["recovery_code"].split("-")[0] in "".join(p.extract_text() for p in PdfReader(sheet).pages)
    assert {path.name for path in nowhere.data.iterdir()} >= {"boutique.db", "boutique.key"}
    refused(nowhere(*INIT), "Il y a déjà une base")
    assert "Aucun dossier trouvé" in nowhere("search", "martin").out


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (("init", "--site", "B", "--commune", "99999", "--counsellor", "N B"), "n’est pas un code de commune"),
        (("init", "--site", " ", "--commune", "62767", "--counsellor", "N B"), "Donnez un nom"),
        (("init", "--site", "B", "--commune", "62767", "--counsellor", " "), "au moins votre prénom"),
    ],
)
def test_a_base_is_not_made_from_wrong_answers(nowhere: Shell, changed: tuple[str, ...], told: str) -> None:
    refused(nowhere(*changed), told)
    assert not nowhere.data.exists() or not list(nowhere.data.iterdir())


def test_without_keychain_nor_passphrase_nothing_is_made(nowhere: Shell) -> None:
    refused(nowhere(*INIT, passphrase=False), "trousseau", "--passphrase-file")
    assert not nowhere.data.exists() or not list(nowhere.data.iterdir())


def test_a_search_answers_people_and_programs(shell: Shell) -> None:
    found = json.loads(shell("--json", "search", "2026-0").out) or json.loads(shell("--json", "search", "2025-0").out)
    assert found
    keys = {"reference", "last_name", "first_name", "phone", "email", "commune", "project"}
    assert all(set(one) == keys for one in found)
    one = found[0]
    told = shell("search", one["last_name"])
    assert told.status == 0
    assert one["reference"] in told.out
    assert json.loads(shell("--json", "search", "zzzzzzzzzz").out) == []


def test_the_folder_may_come_from_the_environment(shell: Shell) -> None:
    done = shell("--json", "search", "zzzzzzz", environment={"BOUTIQUE_DATA": str(shell.data)})
    assert (done.status, json.loads(done.out)) == (0, [])


def test_the_month_and_the_files_are_written_as_workbooks(shell: Shell, tmp_path: Path) -> None:
    month, files = tmp_path / "mois.xlsx", tmp_path / "suivi.xlsx"
    assert shell("export", "activity", "--month", "2026-10", str(month)).status == 0
    written = json.loads(shell("--json", "export", "follow-up", str(files)).out)
    assert written == {"file": str(files), "bytes": files.stat().st_size}
    assert {"Synthèse", "Entretiens", "Orientations", "Contrôles"} <= set(openpyxl.load_workbook(month).sheetnames)
    assert openpyxl.load_workbook(io.BytesIO(files.read_bytes()))["Liste"].max_row > 12
    assert not list(tmp_path.glob("*.tmp*"))


def test_the_year_and_the_names_are_asked_for_by_name(shell: Shell, tmp_path: Path) -> None:
    year, named = tmp_path / "annee.ods", tmp_path / "noms.zip"
    assert shell("export", "activity", "--year", "2026", str(year)).status == 0
    assert year.read_bytes()[30:38] == b"mimetype"
    refused(shell("export", "activity", "--month", "2026-10", "--names", "oui", str(named)), "Dites en quelques mots")
    reason = "contrôle de service fait"
    assert shell("export", "activity", "--month", "2026-10", "--names", reason, str(named)).status == 0
    workspace = open_workspace(DataFolder(shell.data), keychain=None, passphrase=PASSPHRASE)
    asked = "SELECT people FROM access WHERE what = 'Classeur nominatif, octobre 2026 : contrôle de service fait'"
    people = workspace.read(lambda session: session.scalar(text(asked)))
    workspace.close()
    assert int(people) > 0


def test_a_referral_is_written_by_its_number(shell: Shell, tmp_path: Path) -> None:
    target = tmp_path / "fiche.pdf"
    workspace = open_workspace(DataFolder(shell.data), keychain=None, passphrase=PASSPHRASE)
    asked = "SELECT reference FROM referral WHERE consent_on IS NOT NULL ORDER BY reference LIMIT 1"
    reference = workspace.read(lambda session: session.scalar(text(asked)))
    workspace.close()
    assert shell("export", "referral", str(reference), str(target)).status == 0
    assert reference in "".join(page.extract_text() for page in PdfReader(target).pages)
    refused(shell("export", "referral", "O-1999-0001", str(target)), "Il n’y a pas d’orientation « O-1999-0001 »")


@pytest.mark.parametrize("target", ["absent/mois.xlsx", "."])
def test_a_place_that_cannot_be_written_is_told(shell: Shell, tmp_path: Path, target: str) -> None:
    done = shell("export", "follow-up", str(tmp_path / target))
    refused(done)
    assert done.err.strip().endswith(".")


def test_partners_are_imported_and_counted(shell: Shell, tmp_path: Path) -> None:
    listed = tmp_path / "partenaires.csv"
    listed.write_text("nom;type;commune\nCMA de Frévent;CMA;62361\n", encoding="utf-8")
    done = shell("import", "partners", str(listed))
    assert done.status == 0, done
    assert done.out.strip()
    refused(shell("import", "partners", str(tmp_path / "absent.csv")))
    (tmp_path / "image.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 64)
    refused(shell("import", "partners", str(tmp_path / "image.xlsx")))
    refused(shell("import", "zoning", str(tmp_path / "image.xlsx")))


def test_a_healthy_base_checks_well(shell: Shell) -> None:
    findings = json.loads(shell("--json", "check").out)
    assert findings
    told = shell("check").out
    assert all(finding["sentence"] in told for finding in findings)
    assert "Problème" not in told


def test_the_wrong_passphrase_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    wrong = tmp_path / "autre.txt"
    wrong.write_text("pas la bonne phrase du tout", encoding="utf-8")
    before = digest(shell.data)
    refused(Shell(shell.data, wrong)("search", "martin"), "phrase de passe")
    assert digest(shell.data) == before


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"])
def test_an_unusable_passphrase_file_is_told(shell: Shell, tmp_path: Path, content: bytes | None) -> None:
    secret = tmp_path / "secret.txt"
    if content is not None:
        secret.write_bytes(content)
    refused(Shell(shell.data, secret)("search", "martin"), "« secret.txt »")


def test_without_keychain_the_passphrase_is_asked_for(shell: Shell) -> None:
    refused(shell("search", "martin", passphrase=False), "--passphrase-file")


def test_a_folder_without_base_is_told_and_stays_empty(nowhere: Shell) -> None:
    refused(nowhere("search", "martin"), "Il n’y a pas encore de base ici")
    assert not nowhere.data.exists()


def test_any_document_of_a_file_is_written_by_its_name(shell: Shell, tmp_path: Path) -> None:
    first = json.loads(shell("--json", "search", "martin").out)[0]["reference"]
    target = tmp_path / "fiche.pdf"
    assert shell("export", "document", "intake", first, str(target)).status == 0
    assert target.read_bytes().startswith(b"%PDF")
    refused(shell("export", "document", "poster", first, str(target)), "Choisissez parmi : intake, notice")
    refused(shell("export", "document", "intake", "1999-0001", str(target)), "Il n’y a pas de dossier « 1999-0001 »")


@pytest.mark.parametrize("content", [b"", b"\x00" * 8192, b"SQLite format 3\x00" + b"\x00" * 8192, b"bonjour"])
def test_an_unreadable_base_is_told_and_left_alone(shell: Shell, content: bytes) -> None:
    base = shell.data / "boutique.db"
    base.write_bytes(content)
    for log in shell.data.glob("boutique.db-*"):
        log.unlink()
    refused(shell("search", "martin"))
    assert base.read_bytes() == content


def test_a_base_written_by_a_newer_version_is_left_alone(shell: Shell) -> None:
    workspace = open_workspace(DataFolder(shell.data), keychain=None, passphrase=PASSPHRASE)
    with workspace.database.raw() as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999future'")
    workspace.close()
    before = digest(shell.data)
    refused(shell("search", "martin"), "version")
    assert digest(shell.data) == before


def test_a_read_only_folder_is_consulted_and_never_written(
    shell: Shell, read_only_disk: Callable[[Path], None], tmp_path: Path
) -> None:
    read_only_disk(shell.data)
    assert shell("search", "martin").status == 0
    assert shell("export", "follow-up", str(tmp_path / "suivi.xlsx")).status == 0
    refused(shell("demo", "--people", "1"), "lecture seule")


@pytest.mark.parametrize(
    "arguments",
    [
        ("cuire",),
        ("init", "--site", "B"),
        ("demo", "--people", "0"),
        ("demo", "--people", "beaucoup"),
        ("demo", "--until", "hier"),
        ("export", "activity", "--month", "octobre", "x.xlsx"),
        ("export", "activity", "--year", "26", "x.xlsx"),
        ("export", "activity", "--month", "2026-13", "x.xlsx"),
        ("export", "activity", "--month", "0000-01", "x.xlsx"),
        ("export",),
        ("import", "rien", "x"),
        ("search",),
        ("search", "a", "b"),
        ("--inconnu",),
    ],
)
def test_wrong_usage_is_status_two_and_one_line(nowhere: Shell, arguments: tuple[str, ...]) -> None:
    done = nowhere(*arguments, passphrase=False)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("boutique : ")
    assert done.err.count("\n") == 1
    assert not [word for word in ("invalid", "required", "argument ", "choose") if word in done.err], done.err
    assert not nowhere.data.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["cuire"], "« cuire » n’est pas dans la liste"),
        (["search"], "il manque TEXTE"),
        (["search", "a", "b"], "« b » n’est pas compris"),
        (["export", "activity", "--year", "2026", "--month", "2026-1", "f"], "--month : ne va pas avec --year"),
        (["export", "activity", "f.xlsx"], "il manque l’un de : --month --year"),
        (["demo", "--people"], "--people : attend une valeur"),
        (["demo", "--seed", "x"], "--seed : « x » n’est pas une valeur possible"),
        (["demo", "--people", "²"], "--people : « ² » n’est pas un nombre de personnes"),
        (["--json=1", "check"], "--json"),
    ],
)
def test_what_is_wrong_is_named_in_french(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(arguments)
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_arguments_are_read_as_what_they_mean() -> None:
    export = parse(["--data", "x", "export", "activity", "--month", "2026-9", "f.xlsx"])
    assert (export.data, export.month, export.file) == (Path("x"), date(2026, 9, 1), Path("f.xlsx"))
    demo = parse(["demo", "--people", "40", "--until", "2026-11-24"])
    assert (demo.people, demo.seed, demo.until) == (40, 1, date(2026, 11, 24))
    assert parse([]).verb in WINDOW_VERBS
    assert parse(["play", "--output", "d"]).verb in WINDOW_VERBS


def test_version_and_help_are_in_french(nowhere: Shell) -> None:
    assert nowhere("--version", passphrase=False).out == f"Boutique {__version__}\n"
    told = nowhere("--help", passphrase=False).out
    assert "crée la base" in told


_SAID = [
    (), ("init",), ("demo",), ("check",), ("play",), ("search",), ("figures",), ("export",), ("export", "activity"),
    ("export", "follow-up"), ("export", "directory"), ("export", "referral"), ("export", "document"), ("import",),
    ("import", "partners"),
]  # fmt: skip


@pytest.mark.parametrize("words", _SAID)
def test_the_help_speaks_french(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse([*words, "--help"])
    told = capsys.readouterr().out
    assert left.value.code == 0
    assert told.startswith("utilisation : boutique")
    assert "montre cette aide" in told
    for english in ("usage:", "positional", "show this help", "show program", "options:", "arguments"):
        assert english not in told
    lines = told.splitlines()
    assert lines[lines.index("options :") + 1].split() == ["-h,", "--help", "montre", "cette", "aide"]
    unsaid = [line for rank, line in enumerate(lines) if line.startswith("  -") and line.count(" ") < 6
              and not lines[rank + 1].startswith("      ")]  # fmt: skip
    assert unsaid == []  # every option says what it is for


def test_wrong_usage_is_one_french_line_without_what_is_not_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(["chercher"])
    told = capsys.readouterr().err
    assert left.value.code == 2
    assert told.startswith("boutique : VERBE : « chercher » n’est pas dans la liste : 'init', 'demo'")
    assert "draw" not in told


def test_figures_of_any_period_and_scope(shell: Shell, tmp_path: Path) -> None:
    year = json.loads(shell("--json", "figures", "--year", "2026", "--figure", "INT_ENTRETIENS", "--by", "site").out)
    assert year[0]["value"] == sum(line["value"] for line in year[1:]) > 0
    one = shell("--json", "figures", "--year", "2026", "--figure", "interviews", "--site", year[1]["by"])
    assert json.loads(one.out)[0]["value"] == year[1]["value"]
    share = json.loads(shell("--json", "figures", "--days", "2026-01-01", "2026-12-31", "--figure", "CDV_PART_QPV").out)
    assert share[0]["value"] == share[0]["part"] / share[0]["whole"]
    target = tmp_path / "chiffres.csv"
    assert shell("figures", "--quarter", "2026-11", "--csv", str(target)).status == 0
    written = target.read_text("utf-8-sig").splitlines()
    assert written[0].startswith("code;label;by;value")
    assert len(written) > 90
    refused(shell("figures", "--year", "2026", "--figure", "RIEN"), "n’est pas un indicateur")
    refused(shell("figures", "--year", "2026", "--site", "Nulle part"), "ne désigne pas un seul lieu")
