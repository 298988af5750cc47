"""Pure functions over answers and resource files: journey, referral, schemes, indicators."""
