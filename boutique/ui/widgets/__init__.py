"""The widget kit: one widget per file, no service, no model; views are built from these."""
