"""Speed and memory, as ratios to a floor measured side by side in the same run. `make benchmark` prints the table."""

import sys

# openpyxl takes numpy in when it is there. It is there for the tests alone (scipy, whose linear programs attack the
# small counts): what is measured must be what an installation does, so it is not found here.
sys.modules["numpy"] = None  # type: ignore[assignment]
