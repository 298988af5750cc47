"""Files that have grown too large to read: over 500 lines of Python, or over 3 MB of anything. Run by `make check`."""

import subprocess
import sys
from pathlib import Path

LINES, BYTES = 500, 3_000_000
GENERATED = "boutique/migrations/versions/"


def main() -> int:
    """1 when a tracked file is over a limit, each one named."""
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True).stdout  # noqa: S607
    faults = []
    for name in filter(None, listed.split("\0")):
        path = Path(name)
        if not path.is_file():
            continue
        if path.stat().st_size > BYTES:
            faults.append(f"{name} : {path.stat().st_size} octets")
        if path.suffix == ".py" and not name.startswith(GENERATED):
            lines = path.read_text("utf-8").count("\n")
            if lines > LINES:
                faults.append(f"{name} : {lines} lignes")
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
