"""Kazakh text: its alphabets, its words, and how people type it without its letters."""
