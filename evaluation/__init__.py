"""Measures retrieval accuracy in Kazakh and Russian."""
