"""Which language a text is in, by its letters and its commonest words; only English is read."""

# ruff: noqa: RUF001  (news is set with curly quotes and long dashes)

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from kg.errors import LanguageError

_LOOKED_AT = 5_000  # characters of prose; a profile of function words is steady far below that
_DISTINCT = 3  # function words: one or two letters may be anything
_FEWEST = 20  # words; a headline or two may lack every function word
UNKNOWN = "an unknown language"
NO_TEXT = "no language"
_HINT = "Only English is read: give a translation, or leave it out."
ONLY_ENGLISH = "Only what is in English is read: give a translation of the rest."
_CHECK = "Check that it is the right file: only the sentences in it are read."
_ENOUGH, _LETTERS, _SHARE = (
    3,
    300,
    3,
)  # sentences; letters of them, and of how many in all, beside another language
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\u115f\u1160\u3164\ufe00-\ufe0f\ufeff]"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PLAIN = re.compile(r"[\W_]{0,3}[^\W\d_]+(?:['’./-]{1,2}[^\W_]+)*[\W_]{0,4}")
_SENTENCE = re.compile(r"(?<![^\s\"“‘'(\[])[A-Z][^\n.!?]{20,400}[.!?](?=[\s\"”’')\]]|$)")
_SEARCHED = 200_000  # characters; an article is rarely longer, and stands at the head

# The commonest function words of each language, chosen from what any grammar lists as articles,
# prepositions, conjunctions, pronouns and auxiliaries.
_PROFILES = {
    "English": "the of and to in a that is was for on with as by at from it be are has have had his he they which will would an this but not or their its were been who said",
    "French": "le la les de des du et à en un une que qui est dans pour sur par au aux pas plus avec ce il elle se ne son sa ses été sont ont leur mais ou cette",
    "German": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem",
    "Spanish": "el la los las de del y que en un una por con no para es al lo como más pero sus le ha su o este se sobre entre fue han era desde",
    "Italian": "il lo la i gli le di del della dei e che in un una per con non è da al si sono come più ma ha anche nel alla dal questo hanno suo",
    "Portuguese": "o a os as de do da dos das e que em um uma por com não para é ao no na se mais como mas foi seu sua ou entre são à pelo pela",
    "Dutch": "de het een van en in is dat op te zijn met voor niet aan er om ook als door over bij uit maar naar heeft hebben wordt werd deze nog die",
    "Polish": "w i z na do się nie że jest to o jak za od po przez są ale dla oraz był który która które przed ze co tym jego już",
    "Turkish": "ve bir bu da de için ile olarak daha çok ne gibi olan kadar sonra en var ancak ise her göre veya değil oldu dedi günü arasında etti tarafından",
    "Swedish": "och i att det som en på är av för med den till har de inte om ett han men var från vid kan så ska under efter",
    "Danish": "og i at det er en til på af den som for med de ikke har et der var fra han men om kan vil efter blev",
    "Norwegian": "og i at det er en til på av den som for med de ikke har et var fra han men om kan vil etter ble også",
    "Finnish": "ja on ei että se oli hän mutta myös kun ovat joka mukaan jo kuin sen ole tai sekä voi vuoden",
    "Romanian": "și de a la în cu pe nu că din o care un este pentru mai se au fost prin sau ale al cel după",
    "Czech": "a v se na je že s z do o to k i za by pro ale jako od po které který jsou byl také při",
    "Hungarian": "a az és hogy nem is egy ez meg de csak volt már van mint ki szerint után vagy még azt",
    "Indonesian": "yang dan di dari untuk dengan ini itu pada dalam tidak akan ke oleh juga adalah sebagai para telah bahwa",
    "Swahili": "ya na wa kwa ni katika za la cha hiyo huo kuwa hii huu yake wake baada lakini kama",
    "Vietnamese": "và của là có trong cho được với các không một những này đã người để khi từ ông",
    "Latin": "et in est non ad cum ut quod qui quae quam ex ab sed atque esse sunt per ac si nec enim autem eius hoc omnes inter",
    "Croatian or Serbian": "i u je na se da su za od s iz o koji kao što nije bi te ali po do sa koja",
}
_WORDS = {language: frozenset(words.split()) for language, words in _PROFILES.items()}

_SCRIPTS = {
    "CYRILLIC": "Russian",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "DEVANAGARI": "Hindi",
    "BENGALI": "Bengali",
    "TAMIL": "Tamil",
    "THAI": "Thai",
    "GEORGIAN": "Georgian",
    "ARMENIAN": "Armenian",
    "ETHIOPIC": "Amharic",
    "MYANMAR": "Burmese",
    "FULLWIDTH": "full-width letters",
    "MATHEMATICAL": "letters of formulas",
}
_TELLTALES = (  # letters that the commonest language of the script does not have
    ("CYRILLIC", "Ukrainian", "іїєґ"),
    ("ARABIC", "Urdu", "ٹڈڑےں"),
    ("ARABIC", "Persian", "پچژگ"),
    ("CJK", "Japanese", "のはをにがとでたし"),
    ("LATIN", "Turkish", "ığşİ"),
)


def language_of(text: str) -> str | None:
    """Give the English name of the language of ``text``, or None where it is too short to tell.

    ``UNKNOWN`` is one whose letters are Latin and whose words are none of the profiles', ``NO_TEXT`` is what
    has hardly any words that stand by themselves: code, a log, encoded data.
    """
    sample = _sample(text)
    scripts = _scripts(sample)
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(sample)]
    if not scripts or _count(words, scripts) < _FEWEST:
        return None
    script, _ = scripts.most_common(1)[0]
    if script != "LATIN":
        return _other(script, sample)
    told = _latin(words, sample)
    apart = told == "English" and len(words) < 2 * len(
        sample.split()
    )  # as in any prose: no need to look closer
    return told if apart or _is_written(sample) else NO_TEXT


def require_english(text: str, *, where: str | None = None) -> tuple[str, str] | None:
    """Raise LanguageError naming the language of ``text`` if it is told and is not English.

    Where a good part of it is English all the same, give what is odd about the rest, and what can be done.
    """
    language = language_of(text)
    if language in (None, "English"):
        return None
    if language in (UNKNOWN, NO_TEXT):
        if len(_sentences(text)) >= _ENOUGH:
            return "has little running text in English among much else", _CHECK
        other = "" if language == NO_TEXT else ", or another language"
        what = f"is no running text in English (a list, code, a log, data{other})"
        raise LanguageError(what, where=where, hint=_HINT)
    letters = sum(map(len, _sentences(text)))
    if letters >= _LETTERS and letters * _SHARE >= len(text[:_SEARCHED].strip()):
        return f"is partly in {language}", ONLY_ENGLISH
    raise LanguageError(f"is in {language}, not in English", where=where, hint=_HINT)


def _sentences(text: str) -> list[str]:
    """Give what are English sentences beyond doubt."""
    found = _SENTENCE.findall(text[:_SEARCHED])
    return [sentence for sentence in dict.fromkeys(found) if _is_english(sentence)]


def _is_english(sentence: str) -> bool:
    words = [word.casefold() for word in _WORD.findall(sentence)]
    told = sum(word in _WORDS["English"] for word in words)
    return len(words) >= 5 and told * 10 >= len(words) and _latin(words, sentence) == "English"


def _is_written(sample: str) -> bool:
    """Tell text whose words stand by themselves; in code, logs and data they hang on signs and digits."""
    tokens = [token for token in sample.split() if any(map(str.isalpha, token))]
    return sum(_PLAIN.fullmatch(token) is not None for token in tokens) * 10 > 7 * len(tokens)


def foreign_parts(text: str) -> tuple[str, ...]:
    """Name the languages, other than English, that a good part of a text is in."""
    counts = _scripts(text)
    letters = sum(map(str.isalpha, text))
    for name in ("LATIN", "FULLWIDTH", "MATHEMATICAL", "MODIFIER", "FEMININE", "MASCULINE"):
        counts[name] = 0  # signs like TM letters, and those that have a message of their own
    found = {
        _other(script, "".join(char for char in text if _script(char) == script)[:_LOOKED_AT]): None
        for script, count in counts.most_common(3)
        if count >= 20 and count * 20 >= letters
    }
    for paragraph in text.split("\n")[:500]:
        language = language_of(paragraph) if len(paragraph) > 100 else None
        if language != "English" and language in _WORDS:
            found[language] = None
    return tuple(found)


def _sample(text: str) -> str:
    """Give the first stretch of prose; of anything, where there is no prose."""
    head = _INVISIBLE.sub("", text[: 20 * _LOOKED_AT])
    prose = [line for line in head.splitlines() if len(line) >= 60]
    return "\n".join(prose or [head])[:_LOOKED_AT]


def _scripts(text: str) -> Counter[str]:
    """Count the letters of a text by script; each kind of letter is looked at once."""
    found: Counter[str] = Counter()
    for char, count in Counter(text).items():
        if char.isalpha() and (script := _script(char)):
            found[script] += count
    return found


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    return "" if "FILLER" in name else name.split(" ", 1)[0]


def _count(words: list[str], scripts: Counter[str]) -> int:
    """Count words; scripts written without spaces have about two letters a word."""
    unspaced = sum(scripts[name] for name in ("CJK", "HIRAGANA", "KATAKANA", "THAI", "MYANMAR"))
    return len(words) + unspaced // 2


def _latin(words: list[str], sample: str) -> str:
    counts = Counter(words)
    shares = {name: sum(counts[word] for word in counts.keys() & profile) for name, profile in _WORDS.items()}
    best = max(shares, key=lambda name: (shares[name], name == "English"))
    if best == "English" and shares[best] >= 0.04 * len(words):
        return best
    # Running English has 30 to 45 function words of this list in a hundred; lists of names have few.
    sure = shares[best] >= 0.08 * len(words) and len(counts.keys() & _WORDS[best]) >= _DISTINCT
    if sure and best != "English":
        return best
    if shares["English"] < 0.04 * len(words):
        telltale = _other("LATIN", sample)
        if telltale in _WORDS:
            return telltale
        if len(words) >= 50 or shares[best] >= 0.08 * len(words):
            return UNKNOWN
    return "English"


def _other(script: str, sample: str) -> str:
    folded = sample.casefold()
    for family, language, letters in _TELLTALES:
        if script == family and sum(folded.count(letter) for letter in letters) * 50 > len(folded):
            return language
    return _SCRIPTS.get(script, f"the {script.lower()} script")
