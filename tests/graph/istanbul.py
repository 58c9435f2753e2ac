"""Articles 002, 003 and 004 as a careful reader takes them: facts by hand, no sentence of theirs.

Spans are found in the texts under ``../shared`` by cues of a few words.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from readings import EXPECT, MAYBE, NOT, Draft, entity, leads, role, stance

FOLDER = Path(__file__).parents[2] / "../shared/articles"
RUSSIA, UKRAINE, TURKIYE, US = "state/russia", "state/ukraine", "state/turkiye", "state/united-states"
UMEROV, MEDINSKY, FIDAN = "person/rustem-umerov", "person/vladimir-medinsky", "person/hakan-fidan"
PUTIN, ZELENSKYY, TRUMP = "person/vladimir-putin", "person/volodymyr-zelenskyy", "person/donald-trump"
ISTANBUL, PALACE = "place/istanbul", "place/dolmabahce-palace"
ROUND = [("participatesIn", RUSSIA), ("participatesIn", UKRAINE)]

WORLD = (
    entity(RUSSIA, qid="Q159"),
    entity(UKRAINE, qid="Q212"),
    entity(TURKIYE, "Türkiye", qid="Q43", aliases=("Turkey",)),
    entity(US, qid="Q30"),
    entity("state/united-kingdom"),
    entity(UMEROV, within=UKRAINE),
    entity(MEDINSKY, within=RUSSIA),
    entity(FIDAN, within=TURKIYE),
    entity(PUTIN, within=RUSSIA),
    entity(ZELENSKYY, within=UKRAINE),
    entity(TRUMP, within=US),
    entity("person/keir-starmer", within="state/united-kingdom"),
    entity("person/marco-rubio", within=US),
    entity(ISTANBUL, qid="Q406", within=TURKIYE),
    entity(PALACE, "Dolmabahçe Palace", within=ISTANBUL),
    entity("org/tass", "TASS"),
    entity("org/biden-administration", "Biden administration", within=US),
    entity("bloc/russian-media", "Russian media"),
    entity("bloc/western-allies", "Western allies"),
    entity("issue/ceasefire", "ceasefire"),
    entity("issue/territorial-recognition", "recognition of annexed territory"),
    entity("office/defence-minister-of-ukraine", "Minister of Defence of Ukraine", within=UKRAINE),
    entity("office/president-of-russia", "President of Russia", within=RUSSIA),
)


def article(number, **about):
    """A draft on one of the shared articles."""
    path = next(FOLDER.glob(f"{number}_*.txt"))
    # newline="" keeps the text as it is, so that offsets and hash agree with the file.
    with path.open(encoding="utf-8", newline="") as file:
        return Draft(path.stem, file.read(), given=True, **about).know(*WORLD)


def reading_002():
    """Undated; talks have begun in Istanbul, on a Friday."""
    a = article("002", title="The Istanbul round of May 2025 begins")
    begun = a.find("Russian and Ukrainian officials have", "in Istanbul.")
    palace = a.find("Delegations take place", "in Istanbul.")
    sent = a.find("Ukraine has sent", "Rustem Umerov.")
    headed = a.find("Russia’s delegation is headed", "Vladimir Medinsky")
    friday = a.find("Ahead of Friday’s meeting", "urgent ceasefire.")
    doubt = a.find("President Volodymyr Zelenskyy, however", "decisions”.")
    starmer = a.find("UK prime minister", "peace talks.")
    trump = a.find("Trump, speaking from", "set it up.”")
    first = a.find("This talk is the first", "in 2022.")
    a.tell("talks@280", "Talks", begun, [*ROUND, ("location", ISTANBUL)], status="Ongoing")
    a.tell("talks@280", "Talks", first, [("follows", "talks@2022")])
    a.tell("talks@2022", "Talks", first, ROUND, when="2022")
    a.tell("talks@280", "Talks", palace, [("location", PALACE)])
    a.tell("talks@280", "Talks", sent, [leads(UMEROV, UKRAINE)])
    a.tell("talks@280", "Talks", headed, [leads(MEDINSKY, RUSSIA)])
    a.tell("talks@280", "Talks", friday, [], weekday=4)
    a.tell("office/defence-minister-of-ukraine", "Office", sent, [("holdsOffice", UMEROV)])
    a.tell(
        "meeting@863",
        "Meeting",
        friday,
        [("participatesIn", MEDINSKY), ("participatesIn", FIDAN), ("outcome", "“productive”")],
        status="Held",
        stance=stance(by=MEDINSKY),
    )
    a.tell(
        "demand@967",
        "Demand",
        friday,
        [
            ("takes", FIDAN),
            ("takes", TURKIYE),
            ("content", "an urgent ceasefire"),
            ("concerns", "issue/ceasefire"),
        ],
    )
    a.tell(
        "opposition@567",
        "Opposition",
        doubt,
        [("takes", ZELENSKYY), ("concerns", "talks@280"), ("content", "no one who actually makes decisions")],
    )
    a.tell(
        "demand@1436",
        "Demand",
        starmer,
        [
            ("takes", "person/keir-starmer"),
            ("addressedTo", "bloc/western-allies"),
            ("content", "“follow through”"),
        ],
    )
    a.tell(
        "threat@1436",
        "Threat",
        starmer,
        [("takes", "bloc/western-allies"), ("addressedTo", PUTIN), ("content", "ultimatum")],
        stance=stance(by="person/keir-starmer"),
    )
    a.tell(
        "meeting@1770",
        "Meeting",
        trump,
        [("participatesIn", TRUMP), ("participatesIn", PUTIN)],
        status="Proposed",
        stance=stance("dip:Possible", by=TRUMP),
    )
    return a.reading()


def reading_003():
    """Of 16 May 2025: the talks are taking place, brokered by Türkiye."""
    a = article(
        "003",
        published=date(2025, 5, 16),
        publisher="Devdiscourse",
        title="Stalled Peace Efforts: Russia-Ukraine Talks Held in Istanbul",
    )
    planned = a.find("Russia and Ukraine are set", "by Turkiye.")
    taking = a.find("The talks, brokered by Turkiye", "on Friday")
    headed = a.find("Headed by Ukraine", "Vladimir Medinsky")
    refusal = a.find("Russian President Vladimir Putin", "face-to-face")
    us = a.find("the U.S. has expressed", "the talks")
    trump = a.find("President Trump may meet", "the impasse")
    a.tell(
        "talks@90",
        "Talks",
        planned,
        [*ROUND, ("location", ISTANBUL), role("brokers", TURKIYE, stance=stance())],
        status="Planned",
        stance=EXPECT,
    )
    a.tell(
        "talks@90",
        "Talks",
        taking,
        [("brokers", TURKIYE), ("location", ISTANBUL)],
        when="2025-05-16",
        status="Ongoing",
    )
    a.tell("talks@90", "Talks", headed, [leads(UMEROV, UKRAINE), leads(MEDINSKY, RUSSIA)])
    a.tell("talks@90", "Talks", us, [("mediates", US)], stance=MAYBE)
    a.tell("office/defence-minister-of-ukraine", "Office", headed, [("holdsOffice", UMEROV)])
    a.tell("office/president-of-russia", "Office", refusal, [("holdsOffice", PUTIN)])
    a.tell(
        "meeting@1182",
        "Meeting",
        refusal,
        [("participatesIn", PUTIN), ("participatesIn", ZELENSKYY)],
        status="Refused",
        stance=NOT,
    )
    a.tell(
        "refusal@1182",
        "Refusal",
        refusal,
        [
            ("takes", PUTIN),
            ("addressedTo", ZELENSKYY),
            ("concerns", "meeting@1182"),
            ("content", "to meet face-to-face"),
        ],
    )
    a.tell(
        "meeting@1395",
        "Meeting",
        trump,
        [("participatesIn", TRUMP), ("participatesIn", PUTIN)],
        status="Proposed",
        stance=MAYBE,
    )
    return a.reading()


def reading_004():
    """Undated; a round planned in Istanbul for 23 or 24 July 2025, an earlier one on 2 June."""
    a = article(
        "004", publisher="Antiwar.com", title="Russia and Ukraine To Hold Another Round of Peace Talks"
    )
    standfirst = a.find("The negotiations will be held", "on Thursday")
    another = a.find("Russian and Ukrainian officials are", "this week")
    announced = a.find("Ukrainian President Volodymyr Zelensky", "Istanbul, Turkey.")
    media = a.find("Russian media confirmed", "on Thursday.")
    tass = a.find("According to the Russian", "Defense Minister Rustem Umerov.")
    seven = a.find("The negotiations will mark", "seven weeks.")
    june = a.find("Russian and Ukrainian officials meet", "June 2, 2025")
    little = a.find("The previous round", "little progress")
    demands = a.find("Russia’s main demands", "Russian territory")
    marked = a.find("The negotiations Russia and Ukraine", "of 2022.")
    then = a.find("At the time, Russia", "Ukrainian neutrality.")
    biden = a.find("discouraged by", "Biden administration")
    trump = a.find("an ultimatum from President Trump", "face tariffs")
    a.tell("talks@57", "Talks", standfirst, [("location", ISTANBUL)], when="2025-07-24", stance=EXPECT)
    a.tell("talks@57", "Talks", another, ROUND, status="Planned", stance=EXPECT)
    a.tell(
        "talks@57",
        "Talks",
        announced,
        [("location", ISTANBUL)],
        when="2025-07-23",
        stance=stance("dip:Expected", by=ZELENSKYY),
    )
    by_media = stance("dip:Expected", by="bloc/russian-media")
    a.tell("talks@57", "Talks", media, [], when="2025-07-24", status="Planned", stance=by_media)
    by_tass = stance("dip:Expected", by="org/tass")
    a.tell("talks@57", "Talks", tass, [leads(MEDINSKY, RUSSIA), leads(UMEROV, UKRAINE)], stance=by_tass)
    a.tell("talks@57", "Talks", seven, [("follows", "talks@898")], stance=EXPECT)
    a.tell("talks@898", "Talks", june, [*ROUND, ("location", ISTANBUL)], when="2025-06-02", status="Held")
    a.tell("talks@898", "Talks", little, [("outcome", "made little progress")])
    a.tell("talks@1740", "Talks", marked, ROUND, when="2022-03/2022-04", status="Held")
    a.tell(
        "demand@1361",
        "Demand",
        demands,
        [
            ("takes", RUSSIA),
            ("addressedTo", UKRAINE),
            ("content", "Ukrainian neutrality"),
            ("concerns", "issue/territorial-recognition"),
        ],
    )
    a.tell(
        "demand@1906",
        "Demand",
        then,
        [("takes", RUSSIA), ("content", "Ukrainian neutrality")],
        when="2022-03/2022-04",
    )
    a.tell(
        "opposition@1970",
        "Opposition",
        biden,
        [("takes", "org/biden-administration"), ("concerns", "talks@1740"), ("content", "discouraged")],
    )
    a.tell(
        "threat@1284",
        "Threat",
        trump,
        [("takes", TRUMP), ("addressedTo", RUSSIA), ("content", "reach a deal in 50 days or face tariffs")],
    )
    return a.reading()


READINGS = {"002": reading_002, "003": reading_003, "004": reading_004}
