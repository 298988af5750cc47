"""Every indicator counted again, twice: by SQL, and by loops over plain rows. Nothing here comes from the engine."""
