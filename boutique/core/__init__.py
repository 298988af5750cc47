"""Standard library and small parsers only: what every other layer may import."""
