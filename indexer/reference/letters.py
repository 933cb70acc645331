"""Lettered points: «а)», «б)», «в)» in texts, ``a``, ``b``, ``v`` in eIds."""

CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
LATIN = tuple("a b v g d e yo zh z i j k l m n o p r s t u f h c ch sh shh hh y q je ju ja".split())

TO_LATIN: dict[str, str] = dict(zip(CYRILLIC, LATIN, strict=True))
TO_CYRILLIC: dict[str, str] = dict(zip(LATIN, CYRILLIC, strict=True))
ORDER: dict[str, int] = {latin: place for place, latin in enumerate(LATIN, start=1)}
