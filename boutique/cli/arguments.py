"""What may be typed after `boutique`; standard library only, since the window starts through it too."""

import argparse
import importlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from boutique import __version__

WINDOW_VERBS = (None, "play")
DRAW_VERB = "draw"  # for the program itself: draws one document apart from the window


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Options as a namespace; wrong usage ends the program with status 2 and a French line."""
    typed = sys.argv[1:] if arguments is None else arguments
    options, more = with_options(helps=False).parse_known_args(typed)
    if not more:
        return options
    # By name: describing a dozen verbs takes a twentieth of the time to the first paint.
    described: argparse.Namespace = importlib.import_module("boutique.cli.verbs").parse(typed)
    return described


def with_options(*, helps: bool = True) -> "Parser":
    """What may be said of the window and of every verb; `helps`: « --help » is answered too."""
    about = "Accueil, accompagnement, orientation. Sans verbe : la fenêtre."
    parser = Parser(prog="boutique", description=about, helps=helps)
    parser.set_defaults(verb=None)
    parser.add_argument("--version", action="version", version=f"Boutique {__version__}", help="donne la version")
    parser.add_argument("--data", type=Path, metavar="DIR", help="dossier de la base (ou variable BOUTIQUE_DATA)")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="fichier qui contient la phrase de passe")
    parser.add_argument("--json", action="store_true", help="réponse lisible par un script")
    return parser


class _Words(argparse.HelpFormatter):
    """The headings of the help as French writes them."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "utilisation : " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(f"{heading} " if heading else heading)


class Parser(argparse.ArgumentParser):
    """The parser of the standard library with the few words it writes by itself in French."""

    def __init__(self, *, helps: bool = True, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Words, **options)
        self._positionals.title, self._optionals.title = "à donner", "options"
        if helps:
            self.add_argument("-h", "--help", action="help", help="montre cette aide")

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(2, f"boutique : {_in_french(message)}. Voir « {self.prog} --help ».\n")


# What the parser of the standard library says of wrong usage; it has no French of its own.
_SENTENCES = (
    (r"argument ([^:]+): (.*)", r"{0} : {1}"),
    (r"not allowed with argument (.*)", "ne va pas avec {0}"),
    (r"one of the arguments (.*) is required", "il manque l’un de : {0}"),
    (r"the following arguments are required: (.*)", "il manque {0}"),
    (r"unrecognized arguments: (.*)", "« {0} » n’est pas compris"),
    (r"invalid choice: '(.*)' \(choose from (.*)\)", "« {0} » n’est pas dans la liste : {1}"),
    (r"invalid \w+ value: '(.*)'", "« {0} » n’est pas une valeur possible"),
    (r"expected one argument", "attend une valeur"),
    (r"expected (\d+) arguments", "attend {0} valeurs"),
    (r"ignored explicit argument '(.*)'", "n’attend pas de valeur (« {0} »)"),
)


def _in_french(message: str) -> str:
    message = message.replace(f"'{DRAW_VERB}', ", "")  # not for people
    for english, french in _SENTENCES:
        if found := re.fullmatch(english, message, re.DOTALL):
            return french.format(*found.groups()[:-1], _in_french(found.groups()[-1])) if found.groups() else french
    return " ".join(message.split())
