"""Administering a service that runs: documents in and out."""
