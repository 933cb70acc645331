"""The commands of ``python -m evaluation``: what they read and print."""
