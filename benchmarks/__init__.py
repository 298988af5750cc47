"""Speed and memory, as ratios to a floor measured side by side in the same run. `make benchmark` prints the table."""
