"""Who leads and belongs to whose team, and who is named as an example, in ways that leave something out.

The cases are told as in ``test_constructions``: a property, a name and the side; ``maybe`` and ``not`` before it.
"""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from test_constructions import facts_of

from kg.model import Article
from kg.pipeline import load_kb, read

DAY = date(2024, 5, 14)  # a Tuesday
TALKS = "Chad and Libya held talks in Tripoli on Monday. "

CASES: list[tuple[str, set[str], set[str]]] = [
    # Several sides, several leaders.
    ("The talks brought together the delegations of Chad and of Libya, headed respectively by General Ali Saleh and Omar Bakri.",
     {"leads Ali Saleh / Chad", "leads Omar Bakri / Libya"}, {"leads Ali Saleh / Libya"}),
    ("Talks in Juba between the military delegations of the Kenyan government and of Somalia, headed respectively by Amos Wako and Ahmed Fiqi, ended.",
     {"leads Amos Wako / Kenya", "leads Ahmed Fiqi / Somalia"}, set()),
    ("Talks in Juba between Kenya and Somalia, chaired respectively by Amos Wako and Ahmed Fiqi, ended.", set(),
     {"leads Amos Wako / Kenya", "leads Ahmed Fiqi / Somalia"}),
    # A side whose noun or verb is left out.
    ("A Pakistani delegation under Imran Shah and an Indian one under Pradeep Saxena held talks in Vienna.",
     {"leads Imran Shah / Pakistan", "leads Pradeep Saxena / India"}, set()),
    ("A Kenyan delegation led by Amos Wako and a Somali one led by Ahmed Fiqi met in Nairobi.",
     {"leads Amos Wako / Kenya", "leads Ahmed Fiqi / Somalia"}, set()),
    ("A Pakistani delegation under Imran Shah and an Indian team under pressure from Pradeep Saxena held talks.",
     {"leads Imran Shah / Pakistan"}, {"leads Pradeep Saxena / India"}),
    (("Statement of the African Union on the talks\n\nThe African Union met Mali's government in Lomé on Monday. "
     "Our delegation was headed by Moussa Faki, and the government's by Abdoulaye Diop."),
     {"leads Moussa Faki Mahamat / African Union"}, {"leads Moussa Faki Mahamat / Mali"}),
    ("Our delegation at the talks was headed by Moussa Faki.", set(), {"leads Moussa Faki Mahamat"}),
    ("The Pakistani delegation to the talks was led by special envoy for Afghanistan Imran Shah.",
     {"leads Imran Shah / Pakistan"}, {"leads Imran Shah / Afghanistan"}),
    ("Kenya's team was headed by Amos Wako; that of Somalia by Ahmed Fiqi, the acting water minister.",
     {"leads Amos Wako / Kenya", "leads Ahmed Fiqi / Somalia"}, {"leads Ahmed Fiqi / Kenya"}),
    ("Norway's delegation to the talks was headed by Espen Barth Eide, Sweden's by Tobias Billström.",
     {"leads Espen Barth Eide / Norway", "leads Tobias Billström / Sweden"}, {"leads Tobias Billström / Norway"}),
    ("At the talks the Armenian delegation was led by Ararat Mirzoyan, and that of Azerbaijan by Jeyhun Bayramov.",
     {"leads Ararat Mirzoyan / Armenia", "leads Jeyhun Bayramov / Azerbaijan"}, {"leads Jeyhun Bayramov / Armenia"}),
    ("The Kenyan side was led by Amos Wako and the Somali delegation by Ahmed Fiqi.",
     {"leads Amos Wako / Kenya", "leads Ahmed Fiqi / Somalia"}, {"leads Ahmed Fiqi / Kenya"}),
    ("The Kenyan delegation to the talks was led by Amos Wako and by Ahmed Fiqi.",
     {"leads Amos Wako / Kenya"}, {"leads Ahmed Fiqi / Somalia"}),
    # Leaders before their team, at its head, of a people, by the president who sent it.
    ("Leading the Iranian delegation at the talks in Geneva was Majid Ravanchi.", {"leads Majid Ravanchi / Iran"}, set()),
    ("Also speaking were envoys of Mali and Niger.", set(), {"participatesIn Mali", "participatesIn Niger"}),
    ("Majid Ravanchi, at the head of a large Iranian delegation, arrived in Geneva for talks.",
     {"leads Majid Ravanchi / Iran"}, set()),
    ("Majid Ravanchi will arrive in Geneva at the head of the Iranian delegation to the talks.",
     {"maybe leads Majid Ravanchi / Iran"}, {"leads Majid Ravanchi"}),
    ("The Iranians met the Americans, led by Robert Malley, for talks in Geneva.",
     {"leads Robert Malley / United States"}, {"leads Robert Malley / Iran"}),
    ("The Iranians, led by Majid Ravanchi, celebrated the anniversary in Tehran.", set(), {"leads Majid Ravanchi"}),
    ("Jorge Rodríguez led President Nicolás Maduro's delegation at the talks in Bridgetown.",
     {"leads Jorge Rodríguez / Venezuela"}, set()),
    ("The Chadian minister, Idriss Saleh, held talks in Niamey. Saleh headed a delegation of twelve.",
     {"leads Idriss Saleh / Chad"}, set()),
    ("Marvic Leonen led the government panel in the talks between the Philippines and the MILF.",
     {"leads Marvic Leonen / Philippines"}, set()),
    ("Ethiopia and the TPLF may hold talks in Arusha. A committee has been set up; it is led by Demeke Mekonnen.", set(),
     {"leads Demeke Mekonnen"}),
    ("Ethiopia and the TPLF held talks in Nairobi. The regional delegation was headed by General Tadesse Werede.", set(),
     {"leads Tadesse Werede / Ethiopia"}),
    # The subject of a clause whose comma is never closed; a movement of the land named.
    (("The crossing reopened on Saturday, two days after Pakistan and the Afghan Taliban ended a round of talks in Istanbul "
     "without an agreement. The Pakistani delegation was led by Imran Shah and the Afghan side by deputy minister Rahmat Najib."),
     {"participatesIn Pakistan", "participatesIn Taliban", "leads Rahmat Najib / Taliban"}, {"leads Rahmat Najib / Afghanistan"}),
    # Members: counted, joined, accompanied, in a predicate.
    ("The Ukrainian delegation at the talks counted Andriy Sybiha and Rustem Umerov among its members.",
     {"memberOf Andrii Sybiha / Ukraine", "memberOf Rustem Umerov / Ukraine"}, set()),
    ("The alliance counts Ukraine among its members.", set(), {"memberOf Ukraine"}),
    ("Leonid Kuchma led the Ukrainian delegation at the talks in Minsk and was joined by Viktor Medvedchuk.",
     {"memberOf Viktor Medvedchuk / Ukraine"}, set()),
    ("President Leonid Kuchma of Ukraine was joined by Viktor Medvedchuk at the talks in Minsk.", set(),
     {"memberOf Viktor Medvedchuk"}),
    (TALKS + "President Paul Kagame met Idriss Saleh. Kagame was accompanied by Foreign Minister Olivier Nduhungirehe.",
     {"memberOf Olivier Nduhungirehe / Rwanda"}, set()),
    (TALKS + "The President of Chad was accompanied by the minister of mines, Idriss Saleh.",
     {"memberOf Idriss Saleh / Chad"}, set()),
    (TALKS + "President Idriss Saleh of Chad was accompanied by the UN envoy, Hanna Tetteh.", set(),
     {"memberOf Hanna Tetteh"}),
    ("Nabil Shaath headed the Palestinian delegation at the talks in Taba, of which Saeb Erekat was also a member.",
     {"memberOf Saeb Erekat / Palestine"}, set()),
    ("Among the members of the Kenyan delegation at the talks are Raila Odinga and Monica Juma.",
     {"memberOf Raila Odinga / Kenya", "memberOf Monica Juma / Kenya"}, set()),
    ("The head of the Omani delegation to the talks will be Badr al-Busaidi.",
     {"maybe leads Badr bin Hamad bin Hamood Al Busaidi / Oman"}, {"leads Badr bin Hamad bin Hamood Al Busaidi"}),
    ("Yannis Stavrou was not on the Cypriot team at the talks in Geneva.",
     {"not memberOf Yannis Stavrou / Cyprus"}, {"memberOf Yannis Stavrou"}),
    # Examples of what is nobody by itself.
    ("The talks were observed by members of the group, among them Chile, Venezuela and Norway.",
     {"observes Chile", "observes Venezuela", "observes Norway"}, set()),
    ("Several leaders, among them Emmanuel Macron and Olaf Scholz, met in Granada on Thursday.",
     {"participatesIn Emmanuel Macron", "participatesIn Olaf Scholz"}, set()),
    ("The talks between Chad and Niger were attended by other countries, including Kenya.",
     {"participatesIn Kenya"}, set()),
    ("Countries that border Chad and were struck, including Kenya and Togo, were not at the talks of Mali and Niger.",
     set(), {"participatesIn Kenya", "participatesIn Togo"}),
    # A second agent behind a clause on the first; a name behind a form of address.
    ("The truce was signed by Idriss Saleh, who led the Chadian team, and by Omar Bakri.",
     {"signs Idriss Saleh", "signs Omar Bakri"}, set()),
    ("The truce was signed by Idriss Saleh, who was accompanied by Ali Tano and by Omar Bakri.",
     {"signs Idriss Saleh"}, {"signs Omar Bakri", "signs Ali Tano"}),
    ("The meeting between Chad and Libya was hosted by Kuwait's emir, Sheikh Sabah Khaled.",
     {"hosts Sabah Khaled"}, {"hosts Kuwait"}),
    ("The truce was signed by Idriss Saleh, who led the Chadian team, and by General Omar Bakri.",
     {"signs Idriss Saleh", "signs Omar Bakri"}, set()),
    # Who mediates while others talk.
    ("The talks between Chad and Sudan in Doha, with Norway mediating, ended on Monday.", {"mediates Norway"}, set()),
    ("Chad and Sudan held talks in Doha, with the envoy, Hanna Grundvig, mediating.", {"mediates Hanna Grundvig"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "never"), CASES)
def test_a_team_has_whom_the_text_gives_it(text: str, wanted: set[str], never: set[str]) -> None:
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article("case", text, published=DAY, sha256=digest)
    found = facts_of(next(read([article], kb=load_kb())))
    assert wanted <= found, sorted(found)
    wrong = {fact for fact in found if any(f"{fact} ".startswith(f"{bad} ") for bad in never)}
    assert not wrong, sorted(found)


def test_the_cases_are_many() -> None:
    assert len(CASES) >= 30
