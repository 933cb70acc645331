"""Finds the words for elements that a question uses with numbers."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Final

from indexer.reference.elements import ElementReader
from indexer.reference.extremes import KAZAKH_LAST, counted_from_end
from indexer.reference.joining import LISTING_MARKS, Mention, copied, placed, spanned, unnumbered
from indexer.reference.numbering import NumberReader
from indexer.reference.numbers import Item, Number, Numbers, letter_name
from indexer.reference.particles import CONJUNCTIONS, COUNTED, COUNTING, NUMBERED, UNITS
from indexer.reference.tokens import Token, Tokens
from indexer.reference.vocabulary import Word

_FIRST_YEAR = 1900
_NUMBERLESS = frozenset({"decree", "preamble"})
_BARE = _NUMBERLESS | {"note"}
_HOLDING: Final = frozenset({"chp", "sec"})
_ENDING: Final = frozenset("?!.)")
_LETTERED = frozenset({"point", "para", "part"})
_DEPTH = 6
# Of inserted elements an act has few after one number.
_MOST_INSERTED = 9
_AFTER_I: Final = frozenset({"of", "and", "or", "to", "the", "in"})


class MentionReader:
    """Reads the mentions of one question, each token a bounded number of times."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._numbers = NumberReader(tokens)
        self._elements = ElementReader(tokens)
        self._run = 0

    def mentions(self) -> Iterator[Mention]:
        """Yields the mentions in order."""
        previous: Mention | None = None
        at = 0
        while at < len(self._tokens):
            mention, following = self._read(at)
            if mention is not None:
                mention = copied(unnumbered(mention, self._tokens), self._tokens)
                mention = placed(mention, previous, self._tokens)
                if previous is not None and (span := spanned(previous, mention, self._tokens)):
                    mention = span
                elif previous is not None:
                    yield previous
                previous, following = mention, mention.last
                self._elements.taken = mention.last
            at = max(following, at + 1)
        if previous is not None:
            yield previous
            if (last := self._wordless(previous)) is not None:
                yield last

    def _wordless(self, previous: Mention) -> Mention | None:
        """Reads the item that ends an address: «5 тарау, 3 бөлім, 3.17»."""
        at = previous.last
        at += self._tokens.is_text(at, ",")
        numbers = self._numbers.numbers(at) if self._numbers.is_numeric(at) else None
        if previous.kind not in _HOLDING or numbers is None or numbers.is_many:
            return None
        if any(token.text not in _ENDING for token in self._tokens[numbers.end :]):
            return None
        if _is_year(numbers.items[0]):
            return None
        word = Word("para", previous.word.language)
        mention = self._mention(word, numbers.items, at, numbers.end)
        return mention and placed(mention, previous, self._tokens)

    def _read(self, at: int) -> tuple[Mention | None, int]:
        token = self._tokens[at]
        if token.word is None or self._counts(at):
            numbers = self._numbers.numbers(at)
            if numbers is not None:
                mention = self._after(at, numbers)
                return mention, mention.last if mention else numbers.end
        word, end = self._elements.read(at)
        if word is None:
            return None, at + 1
        mention = None if word.kind in _NUMBERLESS else self._before(at, word, end)
        if mention is None and word.kind in _BARE:
            mention = self._mention(word, (), at, end)
        return mention, mention.last if mention else end

    def _counts(self, at: int) -> bool:
        """Whether an abbreviation of one letter is the letter of a sub-item: «ч)»."""
        after = self._tokens.at(at + 1)
        return after is not None and after.text == ")" and not after.gap

    def _before(self, at: int, word: Word, end: int) -> Mention | None:
        """Reads «пункт 3.17», «статьи № 5 и 6», "items 3.1 to 3.5"."""
        previous = self._tokens[at - 1] if at else None
        if (
            previous is not None
            and not self._tokens[at].gap
            and previous.kind == "hyphen"
            and at > 1
        ):
            return None
        begin = end
        colon = self._tokens.at(begin)
        if colon is not None and colon.text == ":":
            begin += 1
        # Only a plural joins two numbers by «по» or "to" without «с» or "from" before.
        opened = word.plural and not word.short
        numbers = self._numbers.numbers(begin, opened=opened, cardinals=True)
        lettered = self._letter_of(begin, word) if numbers is None else None
        numbers = numbers or lettered
        if numbers is not None and not self._belongs(word, numbers) and opened:
            # «по статье 5 до 10 лет»
            numbers = self._numbers.numbers(begin, cardinals=True)
        if numbers is None or not self._belongs(word, numbers):
            return None
        items, last = self._of_one_sort(word, numbers.items, numbers.end)
        if last == numbers.end and self._starts_another(numbers):
            if len(items) == 1 or (word.language == "kk" and word.of):
                # «осы баптың 1 және 2-тармақтары»
                return None
            items, last = items[:-1], items[-1].place
            while self._is_separator(self._tokens[last - 1]):
                last -= 1
        return self._mention(word, items, at, last)

    def _of_one_sort(
        self, word: Word, items: tuple[Item, ...], last: int
    ) -> tuple[tuple[Item, ...], int]:
        """Parts «глава 5, 3.17»: a dotted number behind a chapter's is an item's."""
        if word.kind not in _HOLDING or items[0].first.mark:
            return items, last
        kept = tuple(takewhile(lambda item: item.first.mark != "." or item.otherwise, items))
        if len(kept) == len(items):
            return items, last
        last = items[len(kept)].place
        while self._is_separator(self._tokens[last - 1]):
            last -= 1
        return kept, last

    def _belongs(self, word: Word, numbers: Numbers) -> bool:
        """Whether a number after an element's word is the element's."""
        after = self._tokens.at(numbers.end)
        only = numbers.items[0].first
        if only.spelled and word.kind in {"list", "part"} and word.language == "en":
            # "part one", never "list first".
            return word.kind == "part"
        if after is None:
            return True
        if only.roman and only.number == "1" and word.language == "en" and not numbers.is_many:
            return not (
                after.kind == "word" and after.text.islower() and after.text not in _AFTER_I
            )
        if after.text in {"%", "‰"} or (after.key in UNITS and after.kind == "word"):
            return after.word is not None
        glued = (
            after.kind == "word"
            and not after.gap
            and self._tokens[numbers.end - 1].kind == "number"
        )
        return not glued or after.word is not None

    def _letter_of(self, at: int, word: Word) -> Numbers | None:
        """Reads «подпункт б пункта 3»: a letter without a bracket."""
        letter, of = self._tokens.at(at), self._tokens.at(at + 1)
        if word.kind != "point" or letter is None or of is None or letter.kind != "word":
            return None
        if len(letter.text) != 1 or of.word is None or not of.word.of or of.word.kind == "point":
            return None
        name = letter_name(letter.text)
        if name is None:
            return None
        return Numbers((Item(Number(name, closed=True), None, at),), at + 1)

    def _starts_another(self, numbers: Numbers) -> bool:
        """Whether the last number belongs to the word after it: «бап 2-тармақ»."""
        word, end, hyphened = self._elements.after_number(numbers.end)
        if word is None or word.kind in _NUMBERLESS:
            return False
        number = numbers.items[-1].last or numbers.items[-1].first
        marked = hyphened or number.ending != "" or (number.closed and word.language == "kk")
        if not marked and not number.spelled:
            if word.language == "en" or word.short or (word.language == "ru" and word.of):
                return False
            if word.language == "ru" and not word.singular:
                return False
        if number.spelled and word.language == "en" and not numbers.commas:
            return False
        return not self._has_own(end) or (hyphened and word.language == "kk")

    def _has_own(self, at: int, depth: int = 0) -> bool:
        """Whether a number follows that belongs to no later word.

        In «часть 2 пункт 1» it does, in «бап 2-тармақ» and «3 бап 2 тармақ» it does not.
        """
        numbers = self._numbers.numbers(at, cardinals=True)
        if numbers is None:
            return False
        word, end, hyphened = self._elements.after_number(numbers.end)
        if word is None or word.short or word.language == "en" or depth > _DEPTH:
            return True
        if word.language == "ru" and word.of and self._has_own(end, depth + 1):
            # «подпункту 2) части первой»: each number follows its word.
            return True
        if hyphened or (word.language == "ru" and word.of and not word.plural):
            return False
        if word.language == "ru" and (word.of or not word.singular):
            return not word.singular
        return self._has_own(end, depth + 1)

    def _after(self, at: int, numbers: Numbers) -> Mention | None:
        """Reads «3.17-тармақ», «5-й пункт», «вторая часть», «с 3.1 по 3.5 пункты»."""
        numbered = self._tokens.is_word(numbers.end, NUMBERED)
        word, end, hyphened = self._elements.after_number(numbers.end + numbered)
        if word is None or word.kind in _NUMBERLESS:
            return None
        if self._is_of_many(numbers, word):
            return None
        alternates = word.language != "en" and not hyphened and self._alternates(at, word, end)
        if (
            word.short
            and not (alternates or (hyphened and word.language == "kk"))
            and not self._ends(numbers, word, end)
            and (word.kind != "art" or word.language != "ru" or self._has_own(end))
        ):
            # «УК РК 128 ст»
            return None
        self._run = end if alternates else 0
        items = numbers.items
        number = items[-1].last or items[-1].first
        marked = hyphened or numbered or number.ending != "" or number.spelled
        if not numbers.numero and not self._tokens[at].gap and self._glues(at - 1):
            return None
        if not marked and self._is_amount(numbers, word, at, end):
            return None
        is_own = alternates or number.spelled or (hyphened and word.language == "kk")
        if not is_own and self._has_own(end):
            return None
        if word.language == "en" and not marked and not number.roman:
            return None
        if numbers.is_many:
            # «2020, 3.4-тармақ»: a year is no member.
            items = tuple(i for i in items if i is items[-1] or not _is_year(i)) or items
        if not numbers.is_many and (behind := counted_from_end(self._tokens, end)):
            item = items[0]
            items, end = (replace(item, first=replace(item.first, from_end=True)),), behind
        return self._mention(word, items, at, end)

    def _alternates(self, at: int, word: Word, end: int) -> bool:
        """Whether each number of a run stands before its word: «5 гл 2 разд 10 п»."""
        follows = at == 0 or self._elements.goes_on(at)
        if not word.short and not (follows and word.language == "kk"):
            return False
        here = end
        for pairs in range(1, _DEPTH):
            numbers = self._numbers.numbers(here)
            if numbers is None:
                after = self._tokens.at(here)
                ends = after is None or after.kind == "mark" or after.word is not None
                return pairs > 1 or (follows and (ends or 0 < self._run == self._elements.taken))
            following, here, _ = self._elements.after_number(numbers.end)
            if following is None:
                # «5 тарау 3 бөлім 17»
                return follows and self._tokens.at(here) is None
        return follows

    def _is_of_many(self, numbers: Numbers, word: Word) -> bool:
        """Whether «последние главы» tells no one of them."""
        item = numbers.items[0]
        if not item.first.from_end or numbers.is_many or word.singular:
            return False
        return word.language == "kk" or not self._tokens.is_word(numbers.end - 1, KAZAKH_LAST)

    def _ends(self, numbers: Numbers, word: Word, end: int) -> bool:
        """Whether an abbreviation stands behind its number: «последний п.», «2.8 п.» at the end."""
        after = self._tokens.at(end)
        if numbers.items[-1].first.spelled and word.kind != "part":
            return not self._has_own(end)
        is_dotted = numbers.items[-1].first.mark == "." and word.kind == "para"
        return is_dotted and (after is None or after.kind == "mark")

    def _glues(self, at: int) -> bool:
        """Whether what stands directly before a number makes it a piece of something else."""
        token, before = self._tokens.at(at), self._tokens.at(at - 1)
        if token is None:
            return False
        if token.text in {".", ","}:
            return before is not None and before.kind in {"number", "other"}
        return token.kind in {"word", "number", "other"} or token.text in {"№", "/"}

    def _is_amount(self, numbers: Numbers, word: Word, at: int, end: int) -> bool:
        number, after = numbers.items[-1].first, self._tokens.at(end)
        before = self._tokens[at - 1] if at else None
        whole = number.mark == "" and not number.closed and not number.roman
        if numbers.items[-1].last is not None:
            whole = whole and not numbers.items[0].first.mark
        if word.language == "ru" and not (word.singular and at and at == self._elements.taken):
            if word.genitive and (whole or not numbers.is_many):
                return True
            if not word.singular and not numbers.is_many and not number.closed:
                return True
            if word.of and word.plural and whole and not numbers.is_many:
                return True
        if not whole:
            return False
        if number.number.isdigit() and int(number.number) >= _FIRST_YEAR and word.kind != "art":
            return True
        if before is not None and before.key in COUNTED and before.kind == "word":
            return True
        return after is not None and after.kind == "word" and after.key in COUNTING

    def _mention(
        self, word: Word, items: tuple[Item, ...], first: int, last: int
    ) -> Mention | None:
        if word.kind not in _LETTERED and any(not item.first.ordinals for item in items):
            return None
        start, end = self._tokens[first].start, self._tokens[last - 1].end
        return Mention(word, _plural(items, word), start, end, first, last)

    def _is_separator(self, token: Token) -> bool:
        return token.text in LISTING_MARKS or (token.kind == "word" and token.key in CONJUNCTIONS)


def _is_year(item: Item) -> bool:
    number = item.first.number
    return item.last is None and number.isdigit() and int(number) >= _FIRST_YEAR


def _plural(items: tuple[Item, ...], word: Word) -> tuple[Item, ...]:
    """Prefers the reading as several where the word is a plural: «пункты 3-5», «пункты 3,4»."""
    if not word.plural or word.short or len(items) != 1 or not items[0].otherwise:
        return items
    item = items[0]
    if item.last is not None:
        return items
    if len(item.otherwise) > 1:
        return items if word.singular else item.otherwise
    if word.singular and _is_inserted(item.otherwise[0]):
        return items
    kept = (replace(item, otherwise=()),) if word.singular else ()
    return (replace(item.otherwise[0], otherwise=kept),)


def _is_inserted(ends: Item) -> bool:
    """Whether «части 1-2» is rather one part that was inserted than two: they are named apart."""
    first, last = ends.first.number, ends.last.number if ends.last else ""
    pair = first.isdigit() and last.isdigit() and int(last) == int(first) + 1
    return pair and int(first) <= _MOST_INSERTED
