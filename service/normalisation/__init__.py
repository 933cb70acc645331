"""Interpretation: what a question would be, had it been typed with care.

In this order: letters of the wrong alphabet that only look right, a wrong keyboard layout
(``layouts``), capitals throughout (``capitals``), Latin letters and missing Kazakh letters
(``letters``), slips of the fingers (``slips``). A word that is known as it stands is left alone; so
are names, numbers, quoted Latin words and abbreviations.
"""

from service.normalisation.interpreter import Interpretation, Interpreter

__all__ = ["Interpretation", "Interpreter"]
