"""One function a verb; each opens the base, calls a service, prints. Errors are one French line, status 1."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from boutique.core import clock, files
from boutique.core.errors import UserError
from boutique.core.paths import DataFolder, data_folder
from boutique.exports.excel.formats import Form
from boutique.rules.period import Period
from boutique.services import (
    accesses,
    activity,
    activity_files,
    demo,
    figure_table,
    import_outcomes,
    import_preview,
    importing,
    inclusion,
    opening,
    partner_book,
    search,
)
from boutique.services.activity_files import BookFile
from boutique.services.papers import catalogue
from boutique.services.papers import recovery as recovery_papers
from boutique.services.papers import referral as referral_papers
from boutique.services.workspace import Setup, Workspace
from boutique.storage.check import State, check
from boutique.storage.keys import read_passphrase_file


def run(options: argparse.Namespace) -> int:
    """Carry out the verb asked for."""
    folder = data_folder(options.data)
    try:
        return _VERBS[options.verb](options, folder)
    except UserError as error:
        print(str(error).replace("\n", " "), file=sys.stderr)
        return 1


def _init(options: argparse.Namespace, folder: DataFolder) -> int:
    first, _, last = options.counsellor.strip().partition(" ")
    passphrase = read_passphrase_file(options.passphrase_file) if options.passphrase_file else None
    setup = Setup(options.site, options.commune, options.site, first, last)
    workspace, code = opening.create(folder, setup, passphrase)
    try:
        sheet = workspace.read(recovery_papers.recovery_sheet, code)
    finally:
        workspace.close()
    if options.recovery_sheet is None:
        # Beside the base it would open it for anybody: the code goes where the person who typed decides.
        kept = f"Code de secours, à recopier et à ranger loin de l’ordinateur : {code}"
    else:
        files.write_atomically(options.recovery_sheet, sheet.content)
        kept = f"Imprimez « {options.recovery_sheet} », rangez la feuille en lieu sûr, puis effacez ce fichier."
    _say(options, {"data": str(folder.root), "recovery_code": code}, f"Base créée. {kept}")
    return 0


def _with_base(work: Callable[[argparse.Namespace, Workspace], int]) -> Callable[[argparse.Namespace, DataFolder], int]:
    def opened(options: argparse.Namespace, folder: DataFolder) -> int:
        workspace = opening.open_for_script(folder, options.passphrase_file)
        try:
            return work(options, workspace)
        finally:
            workspace.close()

    return opened


@_with_base
def _demo(options: argparse.Namespace, workspace: Workspace) -> int:
    counts = demo.populate(workspace, people=options.people, seed=options.seed, until=options.until or clock.today())
    _say(options, asdict(counts), f"{options.people} personnes fictives ajoutées.")
    return 0


@_with_base
def _search(options: argparse.Namespace, workspace: Workspace) -> int:
    hits = workspace.read(search.find, workspace.index, options.text)
    shown = [
        {
            "reference": hit.reference, "last_name": hit.last_name, "first_name": hit.first_name, "phone": hit.phone,
            "email": hit.email, "commune": hit.commune, "project": hit.project,
        }
        for hit in hits
    ]  # fmt: skip
    lines = [f"{hit.reference}  {hit.name} · {hit.commune} · {hit.phone} · {hit.project}" for hit in hits]
    _say(options, shown, "\n".join(lines) or "Aucun dossier trouvé.")
    return 0


@_with_base
def _export(options: argparse.Namespace, workspace: Workspace) -> int:
    what, noted = _EXPORTS.get(options.what, ""), dict[str, Any](people=0)
    if options.what == "activity":
        made_book = _activity(options, workspace)
        content, what, noted = made_book.content, made_book.noted, {"people": made_book.people}
    elif options.what == "follow-up":
        content = workspace.read(activity.follow_up)
    elif options.what == "directory":
        content = _directory(options, workspace)
    elif options.what == "document":
        person, made = workspace.read(catalogue.of_reference, options.key, options.reference)
        content, what, noted = made.content, made.title, {"person_id": person}
    else:
        content = workspace.read(referral_papers.by_reference, options.reference).content
    files.write_atomically(options.file, content)
    if not workspace.database.read_only:
        workspace.write("Export", accesses.note, "export", what, **noted)
    _say(options, {"file": str(options.file), "bytes": len(content)}, f"Écrit : {options.file}")
    return 0


@_with_base
def _figures(options: argparse.Namespace, workspace: Workspace) -> int:
    wanted = workspace.read(figure_table.chosen, options.figure, options.funder)
    whose = figure_table.ScopeNames(options.site, options.counsellor, options.programme, options.territory)
    told = workspace.read(figure_table.lines, wanted, _period(options), whose, options.by)
    if options.csv is not None:
        files.write_atomically(options.csv, figure_table.as_csv(told))
        _say(options, {"file": str(options.csv), "lines": len(told)}, f"Écrit : {options.csv}")
        return 0
    words = [f"{line.code:24} {line.shown:>12}  {line.by or line.label}" for line in told]
    _say(options, [asdict(line) for line in told], "\n".join(words))
    return 0


def _period(options: argparse.Namespace) -> Period:
    if options.month is not None:
        return Period.month(options.month)
    if options.quarter is not None:
        return Period.quarter(options.quarter)
    if options.year is not None:
        return Period.year(date(options.year, 1, 1))
    first, last = sorted(options.days)
    return Period(first, last)


@_with_base
def _import(options: argparse.Namespace, workspace: Workspace) -> int:
    report: import_outcomes.Report | import_outcomes.ZoningReport
    if options.what == "partners":
        report = workspace.write("Importer des partenaires", import_preview.run, options.file, import_preview.Reading())
    else:
        report = workspace.write("Importer un zonage", importing.import_zoning, options.file)
    _say(options, asdict(report), report.sentence)
    return 0


@_with_base
def _check(options: argparse.Namespace, workspace: Workspace) -> int:
    findings = check(workspace.database)
    lines = [f"{_STATES[finding.state]} : {finding.sentence}" for finding in findings]
    _say(options, [asdict(finding) for finding in findings], "\n".join(lines))
    return 1 if any(finding.state is State.PROBLEM for finding in findings) else 0


def _activity(options: argparse.Namespace, workspace: Workspace) -> BookFile:
    """Of a month or of a year, in the format that the name of the file says."""
    if options.names and (options.year is not None or workspace.database.read_only):
        raise UserError("Les noms ne sont mis que dans le classeur d’un mois, sur une base où l’on peut le noter.")
    form = next((one for one in Form if one.value == options.file.suffix.lower()), Form.XLSX)
    if options.year is not None:
        return workspace.read(activity_files.year_file, options.year, form)
    return workspace.read(activity_files.month_file, options.month, form, reason=options.names)


def _directory(options: argparse.Namespace, workspace: Workspace) -> bytes:
    """A workbook, or data·inclusion when the file is named so."""
    if options.file.suffix.lower() == ".json":
        return workspace.read(inclusion.export).document.content
    return workspace.read(partner_book.directory).content


_EXPORTS = {
    "directory": "Annuaire",
    "follow-up": "Liste de suivi",
    "referral": "Fiche d’orientation",
}
_STATES = {State.OK: "Bien", State.WARNING: "À voir", State.PROBLEM: "Problème"}
_VERBS: dict[str, Callable[[argparse.Namespace, DataFolder], int]] = {
    "init": _init,
    "demo": _demo,
    "search": _search,
    "export": _export,
    "import": _import,
    "check": _check,
    "figures": _figures,
}


def _say(options: argparse.Namespace, answer: Any, words: str) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=1) if options.json else words)
