"""Answers questions with the passages of an index, over HTTP and in the terminal."""
