"""Deeds of force told by nouns and by verbs: who did them, to whom, where; and what is none, or none yet.

A fact is the class of the deed, a property and a name. What is denied, only possible or conditional does not count.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from kg.facts import name_of, name_of_entity
from kg.model import Article
from kg.pipeline import load_kb, read

if TYPE_CHECKING:
    from kg.kb import KnowledgeBase
    from kg.model import Reading

CASES: list[tuple[str, set[str]]] = [
    # Who was struck, by whose men, arms and posts they are; where, by the words around the noun or its verb.
    ("Near Palmyra, two strikes engaged an Islamic State unit and destroyed a truck.",
     {"Attack directedAt Islamic State", "Attack location Palmyra"}),
    ("A commander of al-Shabaab was struck and killed by an airstrike near Kismayo.",
     {"Attack directedAt al-Shabaab", "Attack location Kismayo"}),
    ("A Turkish drone strike hit two PKK vehicles.", {"Attack performs Turkey", "Attack directedAt PKK"}),
    ("Nigeria conducted more than 300 strikes against Boko Haram.",
     {"Attack performs Nigeria", "Attack directedAt Boko Haram"}),
    ("The M23 attacked Burundian positions near Uvira.",
     {"Attack performs M23", "Attack directedAt Burundi", "Attack location Uvira"}),
    ("Israel killed Ali Tabtabai in an airstrike on Beirut.",
     {"Attack performs Israel", "Attack directedAt Ali Tabtabai", "Attack location Beirut"}),
    ("Boko Haram attacked army vehicles near Maroua, Cameroon.",
     {"Attack performs Boko Haram", "Attack directedAt Cameroon", "Attack location Maroua"}),
    # "military" before a thing tells its kind, not its owner.
    ("Boko Haram seized military hardware near Maroua, Cameroon.",
     {"Coercion performs Boko Haram", "Coercion location Maroua"}),
    # Who did it: by-phrase, adjective, claim, "came under attack", "its".
    ("Shelling by Armenia killed two Azerbaijani soldiers.",
     {"Attack performs Armenia", "Attack directedAt Azerbaijan"}),
    ("An attack claimed by Boko Haram killed ten men in Diffa.", {"Attack performs Boko Haram", "Attack location Diffa"}),
    ("MONUSCO came under attack by the M23.", {"Attack performs M23", "Attack directedAt MONUSCO"}),
    ("The Taliban said its fighters had ambushed a convoy.", {"Attack performs Taliban"}),
    ("Clashes between Thai and Cambodian troops went on.", {"Attack performs Thailand", "Attack performs Cambodia"}),
    # Towns taken, besieged and left; troops on their way.
    ("Rwandan forces seized Goma in January.", {"Attack performs Rwanda", "Attack location Goma"}),
    ("The siege of Bukavu by the M23 lasted a week.", {"Coercion performs M23", "Coercion location Bukavu"}),
    ("French troops were sent to Bangui.", {"Mobilization performs France", "Mobilization location Bangui"}),
    ("Ethiopian troops withdrew from Mekelle.", {"Concession performs Ethiopia", "Concession location Mekelle"}),
    ("The withdrawal of Russian troops from Kherson was completed.",
     {"Concession performs Russia", "Concession location Kherson"}),
    # What is none: words, labour, sport, plans, denials; a state's citizens are not the state.
    ("Kyrgyz guards opened fire on Tajik villagers.", {"Attack performs Kyrgyzstan"}),
    ("Airstrikes on Beirut went on.", set()),
    ("The treaty provides for the withdrawal of Chadian troops from Aouzou.", set()),
    ("Chad called for the deployment of Kenyan troops to Haiti.", set()),
    ("Nobody has claimed responsibility for the attack in Bamako.", set()),
    ("Russia could launch an attack on Moldova, analysts said.", set()),
    ("The strike by Air France pilots hit travellers in Paris.", set()),
    ("The German minister launched an attack on the press.", set()),
    ("Aleppo was freed after its occupation by the Islamic State.", set()),
    ("The storm forced President Joe Biden to put off a trip.", set()),
]  # fmt: skip


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load_kb()


@pytest.fixture(scope="module")
def readings(kb: KnowledgeBase) -> dict[str, Reading]:
    texts = [text for text, _ in CASES]
    articles = (
        Article(id=f"armed-{n}", text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
        for n, text in enumerate(texts)
    )
    return dict(zip(texts, read(articles, kb=kb), strict=True))


def told(reading: Reading) -> set[tuple[str, str, str]]:
    names = {entity.key: name_of_entity(entity) for entity in reading.entities}
    kinds = ("dip:Attack", "dip:Coercion", "dip:Mobilization", "dip:Concession")
    return {
        (mention.type[4:], role.predicate[4:], names.get(role.filler, str(role.filler)))
        for mention in reading.event_mentions
        if mention.type in kinds
        for role in mention.roles
        if not (stance := role.stance or mention.stance).negated
        and stance.modality in ("dip:Actual", "dip:Expected")
    }


@pytest.mark.parametrize(("text", "facts"), CASES)
def test_a_deed_of_force_is_read_as_told(
    text: str, facts: set[str], readings: dict[str, Reading], kb: KnowledgeBase
) -> None:
    wanted = {tuple(fact.split(" ", 2)) for fact in facts}
    assert told(readings[text]) == {(kind, role, name_of(name, kb)) for kind, role, name in wanted}
