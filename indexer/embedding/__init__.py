"""Embeddings: the models, the engines that run them, and the adapter of our own."""
