"""Reads government documents into passages and embeds them into a searchable index."""
