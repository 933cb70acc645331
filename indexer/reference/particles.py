"""Small words and endings around numbers, and words that make a number something else."""

from typing import Final

from indexer.reference.folding import keys

CONJUNCTIONS: Final = keys("және мен пен бен әрі и да and or или либо немесе әлде")
"""Between the members of a list."""

LISTING: Final = keys("және мен пен бен и да and")
"""Between two references that share what they lie in."""

UP_TO: Final = keys("по до to through thru until")
"""Between the ends of a range."""

FROM: Final = keys("с c со от from between между")
"""Before the first end of a range."""

UNTIL: Final = keys("дейін дейінгі шейін шейінгі")
"""After the second end of a Kazakh range."""

STARTING: Final = keys("бастап")
"""After the first end of a Kazakh range."""

NUMERO: Final = frozenset({"№", "#", "N", "n"})
"""Signs before a number."""

NUMBER_WORDS: Final = keys("номер номером нөмірі нөмірлі no num number")
"""Words before a number that mean the sign."""

NUMBERED: Final = keys("нөмірлі нөмірдегі")
"""Words after a number that mean the sign."""

ORDINAL_ENDINGS: Final = keys(
    "інші ыншы нші ншы ші шы шісі шысы ншісі ншысы й ый ой ий ей я ая яя е ое ее го ого его "
    "му ому ему м ом ем ым им ох х ых ю ую юю ми st nd rd th"
)
FROM_ENDINGS: Final = keys("ден дан тен тан нан нен")
TO_ENDINGS: Final = keys("ге ға ке қа не на")
OTHER_ENDINGS: Final = keys(
    "де да те та нің дің тің ның дың тың ні ді ті ны ды ты мен бен пен сы дегі дағы тегі тағы"
)
ENDINGS: Final = ORDINAL_ENDINGS | FROM_ENDINGS | TO_ENDINGS | OTHER_ENDINGS
"""Endings after a number: «5-ші», «3.4-те», «5-го», «1st»."""

# «на», «не», «да» are words, not endings, where they stand apart.
LOOSE_ENDINGS: Final = (
    ORDINAL_ENDINGS | FROM_ENDINGS | (TO_ENDINGS - keys("на не"))
) - CONJUNCTIONS
"""Endings that people write apart: «5 ші», «3.1 ден»."""

UNITS: Final = keys(
    "год года году годом годы годов лет г гг жыл жылы жылғы жылдар жылдары жылдың жылға процент "
    "процента процентов пайыз пайызы пайызға теңге теңгені тенге рублей руб доллар долларов млн "
    "млрд тыс миллион миллиона миллионов миллиард миллиарда миллиардов мың мин минут минута "
    "минуты сағат час часа часов күн күні күннен день дня дней ай месяц месяца месяцев years "
    "year percent day days month months"
)
"""After a number they make it an amount, a date or a span of time."""

UNIT_LIKE: Final = keys("ч sec т р б")
"""Abbreviations of elements that after a number are units: hours, tons, roubles, points."""

POINTS: Final = keys("точка нүкте point dot")
"""Between the pieces of a number that is spoken: «три точка семнадцать»."""

COUNTING: Final = keys("тұрады тұратын құралған құралады бар болды")
"""«5 тармақтан тұрады», «10 бөлім бар»: so many of them."""

COUNTED: Final = keys(
    "алғашқы соңғы барлығы бүкіл первые первых последние последних all first last"
)
"""«алғашқы 3 тармақ», «первые 3 пункта»: so many of them."""

SMALL: Final = keys(
    "of the in to on этой этого настоящей в во из к ко настоящего аталған сол осы бұл"
)
"""Between the steps of one address."""

ASKING: Final = keys(
    "ал ше ша а и c что чём чем в во о об про по не нет ну же ли это там тут так тогда еще "
    "говорится сказано написано гласит значит означает отличается отличаются различаются отличие "
    "разница между от с со покажи "
    "показать дай дайте найди расскажи объясни открой процитируй мне пожалуйста неде нені қандай "
    "қалай қайда туралы жайлы айтылған айтылады жазылған жазылады деген дегеніміз бар ма ме ба бе "
    "айтады айтылыпты дейді дейтін көрсетілген тұр оқы оқышы түсіндір түсіндірші "
    "говорит говорят пишут указано прочти прочитай прочесть зачитай выведи напиши приведи переведи "
    "посмотреть смотреть глянь где сравни сравнить "
    "па пе мен пен бен және немесе айырмашылығы айырмасы көрсет көрсетші айт айтшы тап табыңыз "
    "ашып беріңіз берші маған мәтіні мазмұны текст содержание what about is are does say says said "
    "mentioned stated and or how the in of to from with whats what's vs versus қара қараңыз "
    "салыстыр салыстыршы салыстырыңыз show me tell please read open text between difference give "
    "display quote explain mean compare where please can you "
    "ғой гой дегі тегі ғана енді керек еді керегі болса осы сол мынау өтінем өтінемін бер "
    "берсеңіз берсеңізші берсең оқып оқиық көрейін көрейік көрейінші айтып айтыңыз айтсаңыз "
    "жіберші жіберіңіз мәтін мәтінін толық түсіндіріңіз білгім келеді екен емес пе сұраймын "
    "тауып табшы табыңызшы мысалы давай давайте то есть такое нужен нужна нужно нужны надо хочу "
    "увидеть узнать знать интересует меня все всё весь полностью полный пж пжл плиз процитируй "
    "цитируй цитата дословно прошу покажите найдите расскажите объясните откройте прочитайте "
    "приведите можно вот именно только i need want see look at up find get it this that full "
    "just now hi hello hey there"
)
"""A question of nothing but numbers and these words asks for the items of those numbers."""
