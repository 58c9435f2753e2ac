"""Small stories about many conflicts, in sentences of our own: each a few articles."""

from __future__ import annotations

from datetime import date

from readings import EXPECT, MAYBE, NOT, Draft, entity, leads, role, stance

ARMENIA, AZERBAIJAN, GEORGIA = "state/armenia", "state/azerbaijan", "state/georgia"
IRAN, US, OMAN, QATAR = "state/iran", "state/united-states", "state/oman", "state/qatar"
SERBIA, KOSOVO, EU = "state/serbia", "state/kosovo", "org/european-union"
ANI, VAHAN, LEYLA = "person/ani-petrosyan", "person/vahan-sargsyan", "person/leyla-aliyeva"
TBILISI, MUSCAT, GENEVA, OHRID = "place/tbilisi", "place/muscat", "place/geneva", "place/ohrid"
COUNCIL = "org/un-security-council"
CAUCASUS = [("participatesIn", ARMENIA), ("participatesIn", AZERBAIJAN)]
GULF = [("participatesIn", IRAN), ("participatesIn", US)]
BALKANS = [("participatesIn", SERBIA), ("participatesIn", KOSOVO)]

WORLD = (
    *(entity(key) for key in (ARMENIA, AZERBAIJAN, GEORGIA, IRAN, US, OMAN, QATAR, SERBIA, KOSOVO)),
    entity("state/switzerland"),
    entity("state/north-macedonia"),
    entity(TBILISI, within=GEORGIA),
    entity(MUSCAT, within=OMAN),
    entity(GENEVA, within="state/switzerland"),
    entity(OHRID, within="state/north-macedonia"),
    entity(ANI, within=ARMENIA),
    entity(VAHAN, within=ARMENIA),
    entity(LEYLA, within=AZERBAIJAN),
    entity(EU, "European Union"),
    entity(COUNCIL, "UN Security Council"),
    entity("office/foreign-minister-of-armenia", "Foreign Minister of Armenia", within=ARMENIA),
)


def draft(name, *published):
    """An article of ours."""
    return Draft(name, published=date(*published) if published else None, title=name).know(*WORLD)


def disputed_leader():
    """Two articles name different leaders of one delegation."""
    a = draft("leader-a", 2024, 2, 11)
    a.tell(
        "talks@0",
        "Talks",
        "Armenia and Azerbaijan met in Tbilisi on 10 February.",
        [*CAUCASUS, ("location", TBILISI)],
        when="2024-02-10",
        status="Held",
    )
    a.tell(
        "talks@0",
        "Talks",
        "Ani Petrosyan led one team, Leyla Aliyeva the other.",
        [leads(ANI, ARMENIA), leads(LEYLA, AZERBAIJAN)],
    )
    b = draft("leader-b", 2024, 2, 12)
    b.tell(
        "talks@9",
        "Talks",
        "The Tbilisi talks of 10 February between the two neighbours are over.",
        [*CAUCASUS, ("location", TBILISI)],
        when="2024-02-10",
        status="Held",
    )
    b.tell("talks@9", "Talks", "Vahan Sargsyan headed the team from Yerevan.", [leads(VAHAN, ARMENIA)])
    return [a.reading(), b.reading()]


def planned_then_cancelled():
    """A round is announced, then called off."""
    a = draft("plan-a", 2024, 3, 1)
    a.tell(
        "talks@0",
        "Talks",
        "Serbia and Kosovo will meet in Ohrid on 10 March, hosted by Skopje.",
        [*BALKANS, ("location", OHRID), ("hosts", "state/north-macedonia"), ("mediates", EU)],
        when="2024-03-10",
        status="Planned",
        stance=EXPECT,
    )
    a.tell("talks@0", "Talks", "Ani Petrosyan will lead a team.", [leads(ANI, SERBIA)], stance=EXPECT)
    b = draft("plan-b", 2024, 3, 5)
    b.tell(
        "talks@0",
        "Talks",
        "The Ohrid round of 10 March between Serbia and Kosovo was called off.",
        [*BALKANS, ("location", OHRID)],
        when="2024-03-10",
        status="Cancelled",
    )
    return [a.reading(), b.reading()]


def indirect():
    """A go-between carries messages; another article speaks of direct talks."""
    a = draft("indirect-a", 2025, 4, 13)
    a.tell(
        "talks@0",
        "IndirectTalks",
        "Iran and the US held indirect talks in Muscat on 12 April; Oman carried the messages.",
        [*GULF, ("mediates", OMAN), ("location", MUSCAT)],
        when="2025-04-12",
        status="Held",
    )
    b = draft("indirect-b", 2025, 4, 14)
    b.tell(
        "talks@0",
        "Talks",
        "Iran and the US met face to face in Muscat on 12 April.",
        [*GULF, ("location", MUSCAT)],
        when="2025-04-12",
        status="Held",
        stance=stance(by=OMAN),
    )
    return [a.reading(), b.reading()]


def observers():
    """Somebody watches, somebody guarantees, one side is represented by its delegation alone."""
    a = draft("observers", 2024, 6, 2)
    a.tell(
        "talks@0",
        "Talks",
        "Armenia and Azerbaijan talked in Tbilisi; Qatar watched, Georgia vouched for the result.",
        [*CAUCASUS, ("observes", QATAR), ("guarantees", GEORGIA), ("location", TBILISI)],
        status="Held",
        when="2024-06-01",
    )
    a.tell("talks@0", "Talks", "The EU may mediate.", [("mediates", EU)], stance=MAYBE)
    b = draft("team", 2024, 6, 2)
    b.tell(
        "meeting@0",
        "Meeting",
        "Leyla Aliyeva led a team from Baku to Geneva to meet Qatar.",
        [leads(LEYLA, AZERBAIJAN), ("participatesIn", QATAR), ("location", GENEVA)],
        status="Held",
        when="2024-05-20",
    )
    return [a.reading(), b.reading()]


def vote_counts():
    """Two articles count the votes differently; a third tells of a resolution of another number."""
    found = []
    for name, favour in (("votes-a", "14"), ("votes-b", "13")):
        a = draft(name, 2024, 7, 2)
        sentence = f"The Council adopted Resolution 9901 with {favour} votes, none against."
        span = a.say(sentence)
        a.tell("resolution@0", "Resolution", span, [("adopts", COUNCIL)], label="Resolution 9901")
        a.tell(
            "vote@0",
            "Vote",
            span,
            [
                ("voteOn", "resolution@0"),
                ("participatesIn", COUNCIL),
                ("votesFor", favour),
                ("votesAgainst", "0"),
            ],
            when="2024-07-01",
            status="Held",
        )
        found.append(a.reading())
    b = draft("votes-c", 2024, 7, 9)
    b.tell(
        "resolution@0",
        "Resolution",
        "Resolution 9902 was adopted too.",
        [("adopts", COUNCIL)],
        label="Resolution 9902",
    )
    b.tell("vote@7", "Vote", "A vote was held, on what was not said.", [("votesFor", "1,234")])
    return [*found, b.reading()]


def held_or_postponed():
    """Put off says one, held says a later one; on one day, one says held and one cancelled."""
    a = draft("held-a", 2024, 9, 1)
    a.tell(
        "meeting@0",
        "Meeting",
        "The meeting of Armenia and Azerbaijan in Geneva set for 3 September was put off.",
        [*CAUCASUS, ("location", GENEVA)],
        when="2024-09-03",
        status="Postponed",
    )
    b = draft("held-b", 2024, 9, 4)
    b.tell(
        "talks@0",
        "Talks",
        "Armenia and Azerbaijan did meet in Geneva on 3 September.",
        [*CAUCASUS, ("location", GENEVA)],
        when="2024-09-03",
        status="Held",
    )
    c = draft("held-c", 2024, 9, 4)
    c.tell(
        "talks@0",
        "Talks",
        "Nobody came to Geneva: the round of 3 September was cancelled.",
        [*CAUCASUS, ("location", GENEVA)],
        when="2024-09-03",
        status="Cancelled",
    )
    return [a.reading(), b.reading(), c.reading()]


def signatures():
    """A promise to sign, a signature, a pledge that is no ceasefire, offices, a possible leader."""
    a = draft("sign-a", 2024, 10, 2)
    a.tell(
        "agreement@0",
        "Agreement",
        "Armenia signed the pledge; Azerbaijan will sign.",
        [("signs", ARMENIA), role("signs", AZERBAIJAN, stance=EXPECT)],
        when="2024-10-01",
    )
    a.tell(
        "agreement@0",
        "Agreement",
        "It is not a ceasefire, says Leyla Aliyeva.",
        [role("rdf:type", "dip:Ceasefire")],
        stance=stance(negated=True, by=LEYLA),
    )
    a.tell(
        "office/foreign-minister-of-armenia",
        "Office",
        "Foreign Minister Ani Petrosyan.",
        [("holdsOffice", ANI)],
    )
    a.tell(
        "talks@9",
        "Talks",
        "Vahan Sargsyan might lead a team to Geneva, and Leyla Aliyeva will not.",
        [leads(VAHAN, ARMENIA, stance=MAYBE), leads(LEYLA, AZERBAIJAN, stance=NOT)],
        status="Proposed",
    )
    return [a.reading()]


def near_dates():
    """Two articles differ by a day on the round that the same two leaders held in Tbilisi."""
    found = []
    for name, when in (("near-a", "2024-11-30"), ("near-b", "2024-12-01")):
        a = draft(name, 2024, 12, 3)
        a.tell(
            "talks@0",
            "Talks",
            f"In Tbilisi the teams of Ani Petrosyan and Leyla Aliyeva talked on {when}.",
            [*CAUCASUS, leads(ANI, ARMENIA), leads(LEYLA, AZERBAIJAN), ("location", TBILISI)],
            when=when,
            status="Held",
        )
        found.append(a.reading())
    return found


def denials():
    """Acts, visits, threats; one article denies what another says."""
    a = draft("deny-a", 2025, 1, 3)
    a.tell(
        "attack@0",
        "Attack",
        "Armenia shelled a village in Azerbaijan on 2 January.",
        [("performs", ARMENIA), ("directedAt", AZERBAIJAN)],
        when="2025-01-02",
    )
    a.tell(
        "visit@0",
        "Visit",
        "Leyla Aliyeva was in Geneva on 1 January.",
        [("participatesIn", LEYLA), ("location", GENEVA)],
        when="2025-01-01",
        status="Held",
    )
    b = draft("deny-b", 2025, 1, 3)
    b.tell(
        "attack@5",
        "Attack",
        "Armenia says it did not shell Azerbaijan on 2 January.",
        [("performs", ARMENIA), role("directedAt", AZERBAIJAN, stance=stance())],
        when="2025-01-02",
        stance=stance(negated=True, by=ARMENIA),
    )
    b.tell(
        "threat@0",
        "Threat",
        "Azerbaijan warned of an answer.",
        [("takes", AZERBAIJAN), ("addressedTo", ARMENIA), ("content", "an answer"), ("concerns", "attack@5")],
    )
    return [a.reading(), b.reading()]


STORIES = (
    disputed_leader,
    planned_then_cancelled,
    indirect,
    observers,
    vote_counts,
    held_or_postponed,
    signatures,
    near_dates,
    denials,
)
