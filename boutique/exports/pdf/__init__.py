"""Documents as PDF: one module each, plain data in, bytes out."""
