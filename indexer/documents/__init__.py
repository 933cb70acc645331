"""Documents as values: what a text is, its passages, its outline, its description."""
