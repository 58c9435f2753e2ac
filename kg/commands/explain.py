"""``kg explain``: what was read in a sentence or an article, what was not, and why."""

# ruff: noqa: A002, PLC0415  (options are typer's parameters; heavy things are imported late)

import os
from datetime import date
from typing import TYPE_CHECKING, Annotated

from kg.commands.completion import words
from kg.commands.declare import Argument, Option
from kg.commands.options import KbOption, ModelOption, StoreOption, settings
from kg.errors import InputError, UnknownNameError, UsageError
from kg.report import beside, paint, safe, say, tell_error, tell_warning, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Article, EventMention, Link, Reading, Role, Stance


def explain(
    asked: Annotated[
        str, Argument(metavar="TEXT|PATH", help="A sentence in quotes, or a file; - is standard input.")
    ],
    day: Annotated[
        str | None,
        Option("--date", metavar="DAY", help="The day the text was published, as 2025-05-16."),
    ] = None,
    store: StoreOption = None,
    kb: KbOption = None,
    model: ModelOption = None,
    format: Annotated[
        str,
        Option("--format", metavar="FORMAT", help="text or json.", autocompletion=words("text", "json")),
    ] = "text",
) -> int:
    """Explain what is read in a text, what is not, and why.

    Names and whom they may mean, what is told and how, and what was left alone.

    Nothing is written into the project.
    """
    if format not in {"text", "json"}:
        raise UnknownNameError("format", format, ("text", "json"))
    published = _day(day)
    chosen = settings(store=store, kb=kb, model=model)
    articles, refused = _articles(asked, published)
    from kg import parses
    from kg.kb_user import own_tables
    from kg.pipeline import load_kb, read

    known, kept = load_kb(*chosen.kb, *own_tables(chosen.store)), parses.opened(chosen)
    for reading in read(articles, kb=known, model=chosen.model, cache=kept, extractors=chosen.extractors):
        if format == "json":
            from kg.codec import dumps

            say(dumps(reading).decode())
        else:
            say("\n".join(_told(reading)))
    return InputError.exit_code if refused else 0


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no day", where="--date", hint="Write it as 2025-05-16.") from None


def _articles(asked: str, published: date | None) -> "tuple[list[Article], bool]":
    """Read the file, where it is one, else take the words as they are; tell what cannot be read."""
    from dataclasses import replace

    from kg.text.read import Refusal, read_articles

    if not asked.strip() or not _is_path(asked):
        return [_sentence(asked, published)], False
    found = list(read_articles([asked], warn=tell_warning))
    refused = [each for each in found if isinstance(each, Refusal)]
    for refusal in refused:
        tell_error(refusal.error)
    articles = [each for each in found if not isinstance(each, Refusal)]
    if published is not None:
        articles = [replace(each, published=published) for each in articles]
    return articles, bool(refused)


def _is_path(asked: str) -> bool:
    """Tell a path from a sentence: a sentence has blanks, and no file is called so."""
    if asked == "-" or asked.startswith(("http://", "https://")):
        return True
    if os.path.exists(asked):  # noqa: PTH110  (Path.exists raises for names too long)
        return True
    return len(asked) < 1000 and not any(char.isspace() for char in asked)


def _sentence(text: str, published: date | None) -> "Article":
    import hashlib

    from kg.model import Article

    if not text.strip():
        raise UsageError(
            "there is no text", hint="Put a sentence in quotes: kg explain 'The talks opened in Oslo.'"
        )
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article("sentence", text, published=published, sha256=sha256)


def _told(reading: "Reading") -> "Iterator[str]":
    labels: dict[str, str] = {entity.key: entity.label for entity in reading.entities}
    if reading.article.title is not None:
        yield paint(wrap(safe(reading.article.title)), "bold")
    when = (
        reading.article.published.isoformat()
        if reading.article.published is not None
        else "on no day that is known: --date DAY says what Friday is"
    )
    yield paint(wrap(f"published {when}"), "dim")
    yield f"\n{paint('Names', 'bold')}"
    for link in reading.links:
        yield from _link(link)
    if not reading.links:
        yield "  none"
    yield f"\n{paint('What is told', 'bold')}"
    for mention in reading.event_mentions:
        yield from _mention(mention, reading, labels)
    if not reading.event_mentions:
        yield "  nothing"
    if reading.abstentions:
        yield f"\n{paint('Left alone', 'bold')}"
    for each in reading.abstentions:
        quote = safe(reading.article.text[each.span.start : each.span.end])
        yield wrap(f"{safe(each.what)}: {safe(each.why)}", first="  ", indent="    ")
        yield paint(wrap(f"“{quote}”", indent="    "), "dim")


def _link(link: "Link") -> "Iterator[str]":
    name = f"“{safe(link.mention.text)}”"
    chosen = (
        "nobody: too uncertain" if link.entity is None else f"{safe(link.entity.label)} ({link.entity.key})"
    )
    if link.place is not None:
        chosen += f"; as a place {safe(link.place.label)}"
    yield beside(f"{name} → {chosen}", f"{link.score:.2f}", indent="  ")
    yield paint(wrap(safe(link.why), indent="      "), "dim")
    others = [each for each in link.candidates if link.entity is None or each[0] != link.entity.key]
    for key, score, why in others:
        yield paint(wrap(f"not {key} {score:.2f}, {safe(why)}", first="      ", indent="        "), "dim")


def _mention(mention: "EventMention", reading: "Reading", labels: dict[str, str]) -> "Iterator[str]":
    from kg.vocab import Vocabulary

    label = Vocabulary.load().label
    told = _stance(mention.stance, labels)
    if mention.status is not None:
        told.append(f"status {label(mention.status)}")
    if mention.when is not None:
        told.append(mention.when.edtf)
    kind = f"{label(mention.type)} [{safe(mention.key)}]"
    name = f"{kind} “{safe(mention.label)}”" if mention.label is not None else kind
    yield beside(
        ": ".join(part for part in (name, ", ".join(told)) if part), f"{mention.score:.2f}", indent="  "
    )
    for role in mention.roles:
        yield wrap(_role(role, mention.stance, labels), first="      ", indent="        ")
    quote = safe(reading.article.text[mention.evidence.start : mention.evidence.end])
    where = f"{mention.extractor}, characters {mention.evidence.start}–{mention.evidence.end}"  # noqa: RUF001
    yield paint(wrap(f"“{quote}” ({where})", first="      ", indent="       "), "dim")


def _role(role: "Role", told: "Stance", labels: dict[str, str]) -> str:
    from kg.vocab import Vocabulary

    vocabulary = Vocabulary.load()
    name = vocabulary.label(role.predicate) if role.predicate in vocabulary else role.predicate
    side = "" if role.side is None else f" for {safe(labels.get(role.side, role.side))}"
    own = role.stance is not None and role.stance != told
    extra = f" ({', '.join(_stance(role.stance, labels)) or 'as a fact'})" if own and role.stance else ""
    return f"{name}: {safe(labels.get(role.filler, role.filler))}{side}{extra}"


def _stance(stance: "Stance", labels: dict[str, str]) -> list[str]:
    """Word how a source commits itself; what it tells as a fact in its own voice needs no words."""
    words = [] if stance.modality == "dip:Actual" else [stance.modality.removeprefix("dip:").lower()]
    if stance.negated:
        words.append("denied")
    if stance.speaker is not None:
        words.append(f"according to {safe(labels.get(stance.speaker, stance.speaker))}")
    return words
