"""The verbs that may be typed after `boutique`. Loaded by `arguments` when one is."""

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from boutique.cli.arguments import DRAW_VERB, Parser, with_options

_MONTH = re.compile(r"([1-9][0-9]{3})-([0-9]{1,2})")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """As `arguments.parse`, verbs included."""
    parser = with_options()
    verbs = parser.add_subparsers(dest="verb", metavar="VERBE", parser_class=Parser)
    _setup_verbs(verbs)
    _data_verbs(verbs)
    return parser.parse_args(arguments)


def _setup_verbs(verbs: "argparse._SubParsersAction[Parser]") -> None:
    init = verbs.add_parser("init", help="crée la base")
    init.add_argument("--site", required=True, metavar="NOM", help="nom de la boutique")
    init.add_argument("--commune", required=True, metavar="INSEE", help="code INSEE de la commune")
    init.add_argument("--counsellor", required=True, metavar="NOM", help="prénom et nom de la première personne")
    init.add_argument("--recovery-sheet", type=Path, metavar="PDF", help="où écrire la feuille de secours à imprimer")
    demo = verbs.add_parser("demo", help="remplit la base de dossiers fictifs")
    demo.add_argument("--people", type=_count, default=300, metavar="N", help="nombre de personnes (300)")
    demo.add_argument("--seed", type=int, default=1, metavar="S", help="graine : la même donne les mêmes dossiers")
    demo.add_argument("--until", type=_day, default=None, metavar="DATE", help="dernier jour, AAAA-MM-JJ")
    verbs.add_parser("check", help="vérifie la base et ses protections")
    play = verbs.add_parser("play", help="joue un rendez-vous entier et laisse ses images et documents")
    play.add_argument("--output", type=Path, required=True, metavar="DIR", help="où laisser ce qui est fait")
    draw = verbs.add_parser(DRAW_VERB)  # without help: not listed
    draw.add_argument("--width", type=int, default=800)
    draw.add_argument("--first", type=int, default=0)
    draw.add_argument("--pages", type=int, default=1)
    draw.add_argument("--form", action="store_true")


def _data_verbs(verbs: "argparse._SubParsersAction[Parser]") -> None:
    search = verbs.add_parser("search", help="cherche un dossier")
    search.add_argument("text", metavar="TEXTE", help="un nom, un téléphone, une commune, un mot du projet")
    _figures_verb(verbs)
    exports = verbs.add_parser("export", help="écrit un document").add_subparsers(
        dest="what", metavar="QUOI", required=True, parser_class=Parser
    )
    activity = exports.add_parser(
        "activity", help="classeur d’activité du mois ou de l’année : .xlsx, .ods, ou .zip pour des .csv"
    )
    period = activity.add_mutually_exclusive_group(required=True)
    period.add_argument("--month", type=_month, metavar="AAAA-MM", help="le classeur de ce mois")
    period.add_argument("--year", type=_year, metavar="AAAA", help="le classeur de cette année")
    activity.add_argument(
        "--names", default="", metavar="MOTIF", help="met les noms dans le classeur du mois ; le motif est noté"
    )
    follow_up = exports.add_parser("follow-up", help="liste de suivi des dossiers")
    directory = exports.add_parser(
        "directory", help="annuaire : classeur .xlsx, ou data·inclusion si le fichier finit par .json"
    )
    referral = exports.add_parser("referral", help="fiche d’orientation en PDF")
    referral.add_argument("reference", metavar="RÉFÉRENCE", help="référence de l’orientation")
    document = exports.add_parser("document", help="document d’un dossier en PDF")
    document.add_argument(
        "key", metavar="DOCUMENT", help="intake, notice, report, referral… ; un nom inconnu donne la liste"
    )
    document.add_argument("reference", metavar="DOSSIER", help="numéro du dossier")
    for verb in (activity, follow_up, directory, referral, document):
        verb.add_argument("file", type=Path, metavar="FICHIER", help="le fichier à écrire")
    imports = verbs.add_parser("import", help="lit une liste").add_subparsers(
        dest="what", metavar="QUOI", required=True, parser_class=Parser
    )
    for name, told in (("partners", "liste de partenaires"), ("zoning", "liste officielle FRR ou QPV")):
        imports.add_parser(name, help=told).add_argument("file", type=Path, metavar="FICHIER", help="le fichier à lire")


def _figures_verb(verbs: "argparse._SubParsersAction[Parser]") -> None:
    figures = verbs.add_parser("figures", help="donne les indicateurs d’une période")
    when = figures.add_mutually_exclusive_group(required=True)
    when.add_argument("--month", type=_month, metavar="AAAA-MM", help="ce mois")
    when.add_argument("--quarter", type=_month, metavar="AAAA-MM", help="le trimestre de ce mois")
    when.add_argument("--year", type=_year, metavar="AAAA", help="cette année")
    when.add_argument("--days", type=_day, nargs=2, metavar=("DU", "AU"), help="d’un jour à un autre, AAAA-MM-JJ")
    figures.add_argument(
        "--figure", action="append", default=[], metavar="CODE", help="un indicateur, plusieurs fois possible"
    )
    figures.add_argument(
        "--funder", default="", metavar="FINANCEUR", help="ceux d’un financeur : FSE+, REGION_EPCI, BGE…"
    )
    figures.add_argument(
        "--by", default="", metavar="VENTILATION", help="ventilation : gender, age, qpv, commune, site…"
    )
    for name, told in (("site", "lieu"), ("counsellor", "conseiller"), ("programme", "programme")):
        figures.add_argument(f"--{name}", default="", metavar="NOM", help=f"un seul {told}")
    figures.add_argument("--territory", default="", metavar="NOM", help="un territoire de la structure")
    figures.add_argument("--csv", type=Path, default=None, metavar="FICHIER", help="écrit la réponse dans un .csv")


def _count(text: str) -> int:
    if not re.fullmatch("[0-9]{1,7}", text) or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre de personnes entre 1 et 1 000 000")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une date AAAA-MM-JJ") from None


def _year(text: str) -> int:
    if not re.fullmatch("[12][0-9]{3}", text):
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une année AAAA")
    return int(text)


def _month(text: str) -> date:
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found.group(2)) <= 12:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un mois AAAA-MM")
    return date(int(found.group(1)), int(found.group(2)), 1)
