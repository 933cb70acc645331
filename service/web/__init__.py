"""The pages that people read: the ask page, the documents, and what both need.

Everything is rendered on the server and works without JavaScript; ``static/page.js`` adds
suggestions, copying, history and searching without a reload.
"""
