"""Analysis: what a question will need of the words of a text, computed when the text is added.

``sequences`` cuts words into letter sequences, ``texts`` analyses one edition, ``corpus`` puts the
analyses of all editions together into the tables that ranking looks things up in.
"""
