"""Ranking: which passages answer a question, from four kinds of evidence.

``dense`` compares meanings, ``words`` matches the question word by word (by meaning, spelling and
dictionary), ``coverage`` counts shared letter sequences, ``fusion`` puts them together.
"""
