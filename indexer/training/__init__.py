"""Trains an adapter of the engine's model on acts and questions about them.

acts → questions → pairs → tuning (validation chooses) → packing. Needs torch,
sentence-transformers, datasets, accelerate and peft: ``pip install 'tarmaq[train]'``; nothing else
of the project imports this package, but for the float32 model of :mod:`indexer.embedding.encoders`.
"""
