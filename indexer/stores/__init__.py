"""Stores: where documents, passages and vectors are kept, and found again."""
