"""`boutique` and `python -m boutique`: the window when nothing else is asked, else one command."""

import importlib
import os
import sys
from collections.abc import Sequence

from boutique.cli.arguments import WINDOW_VERBS, parse

# Loaded by name: a command on a server needs no Qt, and the window must not wait for what commands import.
_WINDOW, _COMMANDS = "boutique.app", "boutique.cli.commands"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 refused with one French line on stderr, 2 wrong usage."""
    os.umask(0o077)  # whatever is written is for this user alone
    options = parse(arguments)
    module = importlib.import_module(_WINDOW if options.verb in WINDOW_VERBS else _COMMANDS)
    status: int = module.run(options)
    return status


if __name__ == "__main__":
    sys.exit(main())
