"""Use cases: functions with the session first, the same for the window and the command line."""
