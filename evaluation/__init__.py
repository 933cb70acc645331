"""Measures retrieval in Kazakh and Russian: Tarmaq, its parts, other models and other systems."""
