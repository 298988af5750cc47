"""Print the speed table: `python -m benchmarks [start_up|services|proposals|window|papers|figures|recount …]`."""

import importlib
import sys

_ALL = ("start_up", "services", "proposals", "window", "papers")


def main() -> int:
    """1 when a bound does not hold."""
    held = True
    print("| what (10,000 files, 2 cores) | measured | bound | |")
    print("|---|---|---|---|")
    for name in sys.argv[1:] or _ALL:
        for line in importlib.import_module(f"benchmarks.{name}").lines():
            held &= line.held
            print(f"| {line.what} | {line.figure} | {line.bound} | {'✔' if line.held else '✘'} |", flush=True)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
