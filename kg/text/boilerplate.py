"""Lines that belong to the page and not to the article, told by their wording.

The wording is that of news pages in general. Every pattern has a length beyond which it is not
believed: the same words inside a long paragraph are prose.
"""

# ruff: noqa: RUF001  (news is set with curly quotes and long dashes)

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class Rule(NamedTuple):
    """A wording, the kind and reason it gives a line, and the most words such a line has."""

    kind: str
    reason: str
    longest: int
    pattern: re.Pattern[str]


def _rule(kind: str, reason: str, longest: int, pattern: str) -> Rule:
    return Rule(kind, reason, longest, re.compile(pattern, re.IGNORECASE | re.VERBOSE))


_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")

_BOX = re.compile(
    r"""(?:trending(?:\snow|\stopics|\sstories)?|most\s(?:read|popular|viewed|shared|commented)|top\s(?:news|stories)
    |(?:related|recommended|popular|similar|more|other)(?:\s(?:stories|articles|news|posts|content|reading|topics
    |coverage|links|products|reports?|for\syou|from\s.{1,40}|on\s.{1,40}|in\s.{1,40}))|related|recommended
    |(?:read|see|watch)\s(?:more|next|also)|also\sread|you\s(?:may|might)(?:\salso)?\s(?:like|enjoy|be\sinterested.*)
    |latest(?:\s(?:news|stories|headlines|articles|posts|videos))?|editor[’']?s[’']?\s(?:picks?|choice)
    |don[’']?t\smiss|what\sto\sread\snext|up\snext|in\sthis\ssection|quick\slinks|other\slinks|site\smap
    |sections?|sectors|editions|categories|tags?|topics|navigation|menu|(?:left|right|main)\smenu
    |opinion(?:\s/\s\w+)+|newsletters?|advertisements?|sponsored(?:\scontent)?|promoted(?:\scontent)?
    |connect(?:\s(?:with\s)?us)?(?:\son)?|follow\sus(?:\son)?|stay\sconnected|share(?:\sthis.*)?|about\s(?:us|the\sauthors?)
    |around\sthe\sweb|from\sthe\sweb|get\sour\sapp|download\s(?:the|our)\sapp)\s*[:.!»>]*""",
    re.IGNORECASE | re.VERBOSE,
)
_COMMENTS = re.compile(
    r"(?:\d+\s)?(?:reader\s|user\s)?comments?(?:\s\(\d+\))?|leave\sa\s(?:comment|reply)|post\sa\scomment"
    r"|join\sthe\s(?:discussion|conversation|debate)|add\s(?:a|your)\scomment|have\syour\ssay",
    re.IGNORECASE,
)
_NAVIGATION_WORDS = """
    facebook twitter x linkedin whatsapp telegram reddit instagram youtube pinterest tiktok quora rss email e-mail
    print share tweet save copy link messenger threads bluesky mastodon flipboard pocket snapchat discord home news
    world politics business sport sports culture opinion lifestyle technology tech science health video videos
    podcasts podcast live menu search login log in sign register subscribe account newsletter newsletters about
    contact us help faq careers advertise disclaimer privacy terms cookies policy policies of use service sitemap
    and more weather markets entertainment travel education environment
    give feedback back to top next previous follow comment comments close skip content main page on to via
"""
_NAVIGATION = frozenset(_NAVIGATION_WORDS.split())
_TIME = r"(?:\d{1,2}[:.]\d{2}|\d{4}|\d{1,2}\s?[ap]\.?m|\d+\s(?:minutes?|hours?|days?)\sago)"

RULES = (
    _rule(
        "summary",
        "a leaked summary or instruction",
        400,
        r"^(?:TL;?\s?DR\b|as\san\sai\s(?:language\s)?model|write\sa\s(?:tl;?dr|summary)\b"
        r"|(?:sure|certainly|of\scourse)[!,.]\shere(?:[’']s|\sis|\sare)\b"
        r"|here(?:[’']s|\sis)\s(?:a|the|your)\s(?:rewritten|revised|summary|summari[sz]ed|shortened)\s)"
        r"|write\sa\s(?:tl;?dr|summary)\s(?:for|of)\sthe\sfollowing",
    ),
    _rule("boilerplate", "copyright", 60, r"^(?:©|\(c\)|copyright\b)|\ball\srights\sreserved\b"),
    _rule(
        "boilerplate",
        "contact",
        20,
        r"^(?:e-?mail|phone|tel|telephone|fax|mobile|whatsapp|address|contact(?:\sus)?)\s*[:.]\s*\S",
    ),
    _rule(
        "boilerplate", "contact", 12, r"^(?:e-?mail|write\sto|contact)?\s*\S+@\S+\.\w+$|^\+\d[\d\s().-]{7,}$"
    ),
    _rule(
        "boilerplate",
        "subscription",
        45,
        r"\b(?:subscribe|sign\sup|register|join)\b.{0,80}\b(?:newsletters?|inbox|alerts|e-?mails?|channel|briefing"
        r"|updates|mailing\slist|for\sfree)\b|\bto\sour\s(?:free\s)?(?:daily\s|weekly\s)?newsletters?\b"
        r"|^subscribe\s(?:now|today|here|to)\b|\b(?:straight|delivered|direct(?:ly)?)\s(?:in)?to\syour\sinbox\b",
    ),
    _rule(
        "boilerplate",
        "support",
        60,
        r"^(?:please\s)?(?:donate|support\s(?:our|us|independent)|become\sa\s(?:member|supporter|patron|subscriber)|make\sa\sdonation)\b"
        r"|\bsupport\s(?:our|independent)\sjournalism\b",
    ),
    _rule(
        "boilerplate",
        "link to another page",
        40,
        r"^\W*(?:read|see|watch|listen|learn|explore)(?:\s(?:also|more|next|now|here|on))?\s*(?:[:>|»]|here$)"
        r"|^\W*(?:also\sread|read\salso|see\salso|read\smore|more\son\sthis|related(?:\sstory|\sarticle)?|recommended|further\sreading"
        r"|don[’']t\smiss|explainer|opinion|in\spictures|timeline|watch|listen|video)\s*[:>|»]"
        r"|^(?:click|tap)\s(?:here|on|to)\b|^(?:continue|keep)\sreading\b|^skip\sto\b|^scroll\s(?:down|to)\b",
    ),
    _rule(
        "boilerplate",
        "house rules",
        35,
        r"\bcookies?\b.{0,60}\b(?:experience|consent|accept|settings|policy|site|website)\b|\b(?:accept|use)\s(?:all\s)?cookies\b"
        r"|\b(?:privacy|comments?|cookie|moderation)\s(?:policy|guidelines)\b|\bterms\s(?:of\s(?:use|service)|(?:and|&)\sconditions)\b",
    ),
    _rule(
        "boilerplate",
        "comments",
        60,
        r"\bcomments?\b.{0,60}\b(?:moderated|welcome|respectful|removed|deleted|closed|below)\b"
        r"|\b(?:welcome|encourage)\b.{0,40}\bcomments\b|^hateful\slanguage\b"
        r"|\b(?:attacks|abuse|spam|language|content)\b.{0,60}\bwill\sbe\s(?:removed|deleted|moderated)\b|\blog\sin\sto\s(?:comment|post)\b",
    ),
    _rule(
        "boilerplate",
        "note on updates",
        35,
        r"^(?:this\sis\sa\s)?(?:developing|breaking)(?:\snews)?\sstory\b|\b(?:refresh|reload)\s(?:the|this)\spage\b"
        r"|^(?:more\s(?:details\s)?(?:to\sfollow|soon)|more\sdetails\s(?:to\scome|soon))\b"
        r"|\b(?:this\s)?(?:story|article|page)\s(?:will\sbe|is\sbeing|has\sbeen)\s(?:updated|corrected|amended)\b",
    ),
    _rule(
        "boilerplate",
        "note on a picture",
        50,
        r"\b(?:image|photo|picture|illustration)s?\b.{0,60}\bAI-generated\b|\bAI-generated\s(?:image|picture|illustration)\b"
        r"|\b(?:image|photo|picture|illustration)\b.{0,30}\bgenerated\s(?:by|with|using)\s(?:an?\s)?(?:AI|artificial)\b"
        r"|\b(?:representational|representative|file)\s(?:image|photo|picture)\W*$",
    ),
    _rule(
        "caption",
        "picture credit",
        16,
        r"^(?:featured\s|cover\s|file\s|main\s)?(?:image|photo|picture|photograph|illustration|graphic|credit)s?"
        r"(?:\s(?:credits?|source|courtesy))?\s*(?::|by\b|for\b|via\b|from\b|/|©)|^(?:getty\simages?|shutterstock)\b",
    ),
    _rule(
        "boilerplate",
        "credit",
        40,
        r"^\W*(?:with\s(?:additional\s)?(?:inputs?|reporting|files)\s(?:from|by)|(?:additional\s)?reporting\sby"
        r"|(?:writing|editing|edited|compiled|written|translated|translation|produced)\sby|sources?\s*:|via\s*:|from\s(?:news\s)?agencies\W*$)"
        r"|^\W*(?:this|the)\s(?:story|article|piece|report|content)\b.{0,40}\b(?:originally|first)?\s?(?:published|appeared|produced|translated|syndicated|generated|edited)\b",
    ),
    _rule(
        "byline",
        "about the author",
        60,
        r"\bis\s(?:the|an?)\s(?:[\w-]+\s){0,4}(?:editor|reporter|correspondent|journalist|columnist|contributor|writer|blogger|freelancer|producer)\b"
        r"(?:.{0,120}(?:\bfollow\b|twitter|@|\bbased\sin\b|\bcover(?:s|ing)\b|\be-?mail\b|\bwrites\b|\bcontact\b)|.{0,60}$)"
        r"|\bfollow\s(?:him|her|them|me|us)\son\b|^(?:he|she|they)\stweets?\b",
    ),
    _rule(
        "byline",
        "when it was published",
        20,
        rf"^\W*(?:first\s|last\s)?(?:published|updated|posted|created|modified|date|dated|issued|released)\b.*{_TIME}"
        rf"|\|\s*(?:first\s|last\s)?(?:published|updated|posted|created)\b.*{_TIME}|^{_TIME}(?:\s\w{{2,4}})?$"
        r"|^\d{1,2}\smin(?:ute)?s?\sread$|^\d+\s(?:shares?|views?|reads?)$",
    ),
    _rule(
        "byline",
        "who wrote it",
        12,
        r"^by[:\s]\s*(?-i:[A-Z])[\w.’'-]+(?:(?:,|\sand|\s&)?\s(?:in\s)?(?-i:[A-Z])[\w.’'-]*){0,9}\W*$"
        r"|^(?:authors?|written\sby|words\sby|story\sby)\s*:?\s*(?-i:[A-Z])"
        r"|^(?:(?-i:[A-Z])[\w.’'-]+\s){0,3}(?:staff(?:\swriters?|\sreporters?)?|news\sdesk|correspondents?)\W*$",
    ),
)


def count_words(text: str) -> int:
    """Count words; a hyphenated one is one."""
    return len(_WORD.findall(text))


@lru_cache(maxsize=1024)
def boilerplate(text: str) -> Rule | None:
    """Give the rule that says ``text`` is no part of the article, if one does.

    The lines of an article are asked about twice: when it is taken in, and when it is cleaned.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    for rule in RULES:
        if len(words) <= rule.longest and rule.pattern.search(text) is not None:
            return rule
    return _NAVIGATION_RULE if words and _NAVIGATION.issuperset(words) else None


_NAVIGATION_RULE = Rule("menu", "navigation", 20, re.compile(""))


def opens_box(text: str) -> bool:
    """Tell the heading of a box beside the article: trending, related, newsletter."""
    return _BOX.fullmatch(text) is not None


def opens_comments(text: str) -> bool:
    """Tell the heading behind which readers speak."""
    return _COMMENTS.fullmatch(text.rstrip(" :.!")) is not None
