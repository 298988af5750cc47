"""The encrypted base: keys, search, journal, migrations, backups, reference data."""
