"""Appearance of the window: colours, type, icons and the one style sheet; used by every widget."""
