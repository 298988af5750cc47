"""`boutique` and `python -m boutique`: the window when nothing else is asked, else one command."""

import importlib
import os
import sys
from collections.abc import Sequence

from boutique.cli.arguments import DRAW_VERB, WINDOW_VERBS, parse

# Loaded by name: a command on a server needs no Qt, and the window must not wait for what commands import.
_WINDOW, _COMMANDS, _DRAW = "boutique.app", "boutique.cli.commands", "boutique.exports.pictures"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 refused with one French line on stderr, 2 wrong usage."""
    os.umask(0o077)  # whatever is written is for this user alone
    options = parse(arguments)
    name = _WINDOW if options.verb in WINDOW_VERBS else _DRAW if options.verb == DRAW_VERB else _COMMANDS
    module = importlib.import_module(name)
    status: int = module.run(options)
    return status


if __name__ == "__main__":
    sys.exit(main())
