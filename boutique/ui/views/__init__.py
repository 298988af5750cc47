"""The screens; each is loaded by name, after the first paint."""
