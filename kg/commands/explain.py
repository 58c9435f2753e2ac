"""``kg explain``: what was read in a sentence or an article, what was not, and why."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.options import KbOption, ModelOption, settings
from kg.errors import InputError, UnknownNameError, UsageError
from kg.report import beside, paint, safe, tell, tell_error, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Article, EventMention, Link, Reading, Role, Stance


def explain(
    asked: Annotated[
        str, typer.Argument(metavar="TEXT|PATH", help="A sentence in quotes, or a file; - is standard input.")
    ],
    day: Annotated[
        str | None, typer.Option("--date", metavar="DAY", help="The day the text was published.")
    ] = None,
    kb: KbOption = None,
    model: ModelOption = None,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or json.")] = "text",  # noqa: A002
) -> int:
    """Explain a reading: names and whom they may mean, what is told and how, and what was left.

    Nothing is written.
    """
    if format not in {"text", "json"}:
        raise UnknownNameError("format", format, ("text", "json"))
    published = _day(day)
    chosen = settings(kb=kb, model=model)
    articles, refused = _articles(asked, published)
    from kg.pipeline import load_kb, read  # noqa: PLC0415  (brings spaCy)

    for reading in read(articles, kb=load_kb(*chosen.kb), model=chosen.model):
        if format == "json":
            from kg.codec import dumps  # noqa: PLC0415

            print(dumps(reading).decode())
        else:
            print("\n".join(_told(reading)))
    return InputError.exit_code if refused else 0


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no day", where="--date", hint="Write it as 2025-05-16.") from None


def _articles(asked: str, published: date | None) -> "tuple[list[Article], bool]":
    """Read the file, where it is one, else take the words as they are; tell what cannot be read."""
    from dataclasses import replace  # noqa: PLC0415

    from kg.text.read import Refusal, read_articles  # noqa: PLC0415

    if not _is_path(asked):
        return [_sentence(asked, published)], False
    found = list(read_articles([asked], stdin=sys.stdin.buffer))
    refused = [each for each in found if isinstance(each, Refusal)]
    for refusal in refused:
        tell_error(refusal.error)
    articles = [each for each in found if not isinstance(each, Refusal)]
    if published is not None:
        articles = [replace(each, published=published) for each in articles]
    return articles, bool(refused)


def _is_path(asked: str) -> bool:
    if asked == "-" or asked.startswith(("http://", "https://")):
        return True
    looks_like = "\n" not in asked and len(asked) < 1000 and (" " not in asked or Path(asked).exists())
    return looks_like


def _sentence(text: str, published: date | None) -> "Article":
    import hashlib  # noqa: PLC0415

    from kg.model import Article  # noqa: PLC0415

    if not text.strip():
        raise UsageError(
            "there is no text", hint="Put a sentence in quotes: kg explain 'The talks opened in Oslo.'"
        )
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article("sentence", text, published=published, sha256=sha256)


def _told(reading: "Reading") -> "Iterator[str]":
    labels = {entity.key: entity.label for entity in reading.entities}
    if reading.article.title is not None:
        yield paint(wrap(safe(reading.article.title)), "bold")
    when = (
        reading.article.published.isoformat()
        if reading.article.published is not None
        else "no date: “Friday” stays open"
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
    from kg.vocab import Vocabulary  # noqa: PLC0415

    vocabulary = Vocabulary.load()
    head = [
        vocabulary.label(mention.type) if mention.type in vocabulary else mention.type,
        *_stance(mention.stance, labels),
    ]
    if mention.status is not None:
        head.append(vocabulary.label(mention.status))
    if mention.when is not None:
        head.append(mention.when.edtf)
    title = mention.label or str(mention.key)
    yield beside(f"{safe(title)}: {', '.join(head)}", f"{mention.score:.2f}", indent="  ")
    for role in mention.roles:
        yield wrap(_role(role, labels), first="      ", indent="        ")
    quote = safe(reading.article.text[mention.evidence.start : mention.evidence.end])
    where = f"{mention.extractor}, characters {mention.evidence.start}–{mention.evidence.end}"  # noqa: RUF001
    yield paint(wrap(f"“{quote}” ({where})", first="      ", indent="       "), "dim")


def _role(role: "Role", labels: dict[str, str]) -> str:
    from kg.vocab import Vocabulary  # noqa: PLC0415

    vocabulary = Vocabulary.load()
    name = vocabulary.label(role.predicate) if role.predicate in vocabulary else role.predicate
    side = "" if role.side is None else f" for {safe(labels.get(role.side, role.side))}"
    stance = [] if role.stance is None else _stance(role.stance, labels)
    extra = f" ({', '.join(stance)})" if stance else ""
    return f"{name}: {safe(labels.get(role.filler, role.filler))}{side}{extra}"


def _stance(stance: "Stance", labels: dict[str, str]) -> list[str]:
    """Word how a source commits itself; what it tells as a fact in its own voice needs no words."""
    words = [] if stance.modality == "dip:Actual" else [stance.modality.removeprefix("dip:").lower()]
    if stance.negated:
        words.append("denied")
    if stance.speaker is not None:
        words.append(f"says {safe(labels.get(stance.speaker, stance.speaker))}")
    return words


__all__ = ["explain", "tell"]
