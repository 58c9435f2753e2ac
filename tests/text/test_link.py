"""Links: our own sentences on many conflicts, and the traps of ordinary news."""

from __future__ import annotations

import pytest
from linking import described, knowledge, links_of

# surface forms and the entities they must be linked to; ~ marks one that the knowledge base lacks
SENTENCES = [
    # Sudan
    ("Sudan's army chief, Abdel Fattah al-Burhan, flew to Cairo.", "Sudan=state/sudan; Abdel Fattah al-Burhan=person/abdel-fattah-al-burhan; Cairo=place/cairo"),
    ("The Rapid Support Forces (RSF) rejected the truce. The RSF said Khartoum had lied.", "RSF=group/rapid-support-forces; Khartoum=state/sudan"),
    ("Hemedti sent a team to Jeddah for talks with the Sudanese Armed Forces.", "Hemedti=person/mohamed-hamdan-daglo; Jeddah=place/jeddah; Sudanese Armed Forces=group/sudanese-armed-forces"),
    ("US envoy Tom Perriello opened the meeting near Geneva; the African Union observed.", "US=state/united-states; Tom Perriello=person/tom-perriello; Geneva=place/geneva; African Union=org/african-union"),
    # Colombia
    ("The ELN's chief negotiator, Pablo Beltrán, left Havana for Caracas.", "ELN=group/national-liberation-army; Pablo Beltrán=person/pablo-beltran; Havana=place/havana; Caracas=place/caracas"),
    ("President Gustavo Petro suspended the dialogue with the National Liberation Army (ELN).", "Gustavo Petro=person/gustavo-petro; National Liberation Army=group/national-liberation-army; ELN=group/national-liberation-army"),
    ("Petro's government and the FARC dissidents met in Quito, Ecuador.", "FARC=group/revolutionary-armed-forces-of-colombia; Quito=place/quito; Ecuador=state/ecuador"),
    ("Cuban and Norwegian guarantors thanked Bogotá.", "Cuban=state/cuba; Norwegian=state/norway; Bogotá=state/colombia"),
    # Philippines
    ("Manila and the Moro Islamic Liberation Front signed in Kuala Lumpur.", "Manila=state/philippines; Moro Islamic Liberation Front=group/moro-islamic-liberation-front; Kuala Lumpur=place/kuala-lumpur"),
    ("The MILF's chief negotiator, Mohagher Iqbal, thanked Malaysia.", "MILF=group/moro-islamic-liberation-front; Mohagher Iqbal=person/mohagher-iqbal; Malaysia=state/malaysia"),
    ("Philippine officials met the communist National Democratic Front of the Philippines in Oslo.", "Philippine=state/philippines; National Democratic Front of the Philippines=org/national-democratic-front-of-the-philippines; Oslo=place/oslo"),
    # Armenia and Azerbaijan
    ("Armenian Prime Minister Nikol Pashinyan met Ilham Aliyev in Abu Dhabi.", "Armenian=state/armenia; Nikol Pashinyan=person/nikol-pashinyan; Ilham Aliyev=person/ilham-aliyev; Abu Dhabi=place/abu-dhabi"),
    ("Pashinyan told parliament that Baku had agreed. Yerevan wants guarantees.", "Pashinyan=person/nikol-pashinyan; Baku=state/azerbaijan; Yerevan=state/armenia"),
    ("Foreign Ministers Ararat Mirzoyan and Jeyhun Bayramov discussed Nagorno-Karabakh.", "Ararat Mirzoyan=person/ararat-mirzoyan; Jeyhun Bayramov=person/jeyhun-bayramov; Nagorno-Karabakh=place/artsakh"),
    # DR Congo
    ("Kinshasa and the M23 signed a declaration in Doha, Qatar.", "Kinshasa=state/dr-congo; M23=group/march-23-movement; Doha=place/doha; Qatar=state/qatar"),
    ("Congolese President Félix Tshisekedi accused Rwanda's Paul Kagame.", "Congolese=state/dr-congo; Félix Tshisekedi=person/felix-tshisekedi; Rwanda=state/rwanda; Paul Kagame=person/paul-kagame"),
    ("The Luanda process stalled after the AFC/M23 took Goma and Bukavu.", "Luanda process=process/luanda-process; AFC/M23=group/alliance-fleuve-congo; Goma=place/goma; Bukavu=place/bukavu"),
    ("DRC Foreign Minister Thérèse Kayikwamba Wagner spoke in Kigali.", "DRC=state/dr-congo; Thérèse Kayikwamba Wagner=person/therese-kayikwamba-wagner; Kigali=place/kigali"),
    # Yemen
    ("UN envoy Hans Grundberg held talks with the Houthis in Muscat.", "UN=org/united-nations; Hans Grundberg=person/hans-grundberg; Houthis=group/houthi-movement; Muscat=place/muscat"),
    ("Houthi negotiator Mohammed Abdulsalam met the Saudi ambassador in Sana'a.", "Houthi=group/houthi-movement; Mohammed Abdulsalam=person/mohammed-abdulsalam; Saudi=state/saudi-arabia; Sana'a=place/sanaa"),
    ("Oman mediated between Riyadh and Ansar Allah over the port of Hodeidah.", "Oman=state/oman; Riyadh=state/saudi-arabia; Ansar Allah=group/houthi-movement; Hodeidah=place/hodeidah"),
    # Cyprus
    ("Nikos Christodoulides and Ersin Tatar dined with António Guterres in New York.", "Nikos Christodoulides=person/nikos-christodoulides; Ersin Tatar=person/ersin-tatar; António Guterres=person/antonio-guterres; New York=place/new-york-city"),
    ("The Greek Cypriot side asked Athens and Ankara for guarantees.", "Greek Cypriot=state/cyprus; Athens=state/greece; Ankara=state/turkiye"),
    ("Talks on Cyprus collapsed in Crans-Montana, Switzerland.", "Cyprus=state/cyprus; Crans-Montana=place/crans-montana; Switzerland=state/switzerland"),
    # Kosovo and Serbia
    ("Albin Kurti and Aleksandar Vučić met in Brussels under EU mediation.", "Albin Kurti=person/albin-kurti; Aleksandar Vučić=person/aleksandar-vucic; Brussels=place/brussels; EU=org/european-union"),
    ("Kurti said Belgrade had broken the Ohrid Agreement.", "Kurti=person/albin-kurti; Belgrade=state/serbia; Ohrid Agreement=agreement/ohrid-agreement"),
    ("EU envoy Miroslav Lajčák flew from Pristina to Belgrade.", "Miroslav Lajčák=person/miroslav-lajcak; Pristina=place/pristina; Belgrade=place/belgrade"),
    # Libya
    ("Khalifa Haftar's Libyan National Army refused to sign in Moscow.", "Khalifa Haftar=person/khalifa-haftar; Libyan National Army=group/libyan-national-army; Moscow=place/moscow"),
    ("The United Nations Support Mission in Libya (UNSMIL) invited Tripoli's Abdulhamid Dbeibeh.", "UNSMIL=org/un-support-mission-in-libya; Abdulhamid Dbeibeh=person/abdulhamid-dbeibeh"),
    # Ethiopia
    ("Redwan Hussien and Getachew Reda signed in Pretoria, South Africa.", "Redwan Hussien=person/redwan-hussien; Getachew Reda=person/getachew-reda; Pretoria=place/pretoria; South Africa=state/south-africa"),
    ("The Tigray People's Liberation Front said Addis Ababa had withdrawn from Mekelle.", "Tigray People's Liberation Front=group/tigray-peoples-liberation-front; Addis Ababa=state/ethiopia; Mekelle=place/mekelle"),
    ("Prime Minister Abiy Ahmed thanked Olusegun Obasanjo. Abiy promised aid.", "Abiy Ahmed=person/abiy-ahmed; Olusegun Obasanjo=person/olusegun-obasanjo; Abiy=person/abiy-ahmed"),
    # Korea
    ("Kim Jong Un and Moon Jae-in met at Panmunjom.", "Kim Jong Un=person/kim-jong-un; Moon Jae-in=person/moon-jae-in; Panmunjom=place/panmunjom"),
    ("North Korea's Choe Son Hui arrived; Pyongyang denied it and Seoul waited.", "North Korea=state/north-korea; Choe Son Hui=person/choe-son-hui; Pyongyang=state/north-korea; Seoul=state/south-korea"),
    ("The DPRK fired a missile, KCNA reported.", "DPRK=state/north-korea; KCNA=agency/korean-central-news-agency"),
    # Kashmir
    ("India and Pakistan traded fire along the Line of Control in Kashmir.", "India=state/india; Pakistan=state/pakistan; Line of Control=place/line-of-control; Kashmir=place/kashmir"),
    ("Islamabad summoned the Indian envoy; New Delhi suspended the Indus Waters Treaty.", "Islamabad=state/pakistan; Indian=state/india; New Delhi=state/india; Indus Waters Treaty=agreement/indus-waters-treaty"),
    ("Narendra Modi spoke to Shehbaz Sharif. Sharif agreed, Modi did not.", "Narendra Modi=person/narendra-modi; Shehbaz Sharif=person/shehbaz-sharif; Sharif=person/shehbaz-sharif; Modi=person/narendra-modi"),
    # Guyana and Venezuela
    ("Irfaan Ali and Nicolás Maduro signed the Argyle Declaration over Essequibo.", "Irfaan Ali=person/irfaan-ali; Nicolás Maduro=person/nicolas-maduro; Argyle Declaration=agreement/argyle-declaration; Essequibo=place/essequibo"),
    ("CARICOM and Brazil urged Caracas and Georgetown to meet, Guyana said.", "CARICOM=org/caribbean-community; Brazil=state/brazil; Caracas=state/venezuela; Georgetown=state/guyana"),
    # Gaza
    ("Israel and Hamas resumed indirect talks in Cairo, with Qatar mediating.", "Israel=state/israel; Hamas=group/hamas; Cairo=place/cairo; Qatar=state/qatar"),
    ("Benjamin Netanyahu refused; Netanyahu's office blamed Khalil al-Hayya.", "Benjamin Netanyahu=person/benjamin-netanyahu; Netanyahu=person/benjamin-netanyahu; Khalil al-Hayya=person/khalil-al-hayya"),
    ("Aid entered the Gaza Strip through Rafah, UNRWA said.", "Gaza Strip=place/gaza-strip; Rafah=place/rafah; UNRWA=org/united-nations-relief-and-works-agency"),
    # Myanmar
    ("Myanmar's Min Aung Hlaing ignored ASEAN's Five-Point Consensus.", "Myanmar=state/myanmar; Min Aung Hlaing=person/min-aung-hlaing; ASEAN=org/asean; Five-Point Consensus=agreement/five-point-consensus"),
    ("The Arakan Army took bases in Rakhine; Beijing brokered a truce in Kunming.", "Arakan Army=group/arakan-army; Rakhine=place/rakhine; Beijing=state/china; Kunming=place/kunming"),
    # Ukraine
    ("Russia–Ukraine talks opened in Istanbul; Vladimir Medinsky led Moscow's team.", "Russia=state/russia; Ukraine=state/ukraine; Istanbul=place/istanbul; Vladimir Medinsky=person/vladimir-medinsky; Moscow=state/russia"),
    ("The Kremlin and the White House praised the US-brokered deal.", "Kremlin=state/russia; White House=state/united-states; US=state/united-states"),
    ("Kiev's Volodymyr Zelenskiy called Recep Tayyip Erdogan. Zelensky thanked Ankara.", "Kiev=state/ukraine; Volodymyr Zelenskiy=person/volodymyr-zelenskyy; Recep Tayyip Erdogan=person/recep-tayyip-erdogan; Zelensky=person/volodymyr-zelenskyy; Ankara=state/turkiye"),
    ("The U.N. Security Council and the General Assembly voted; the U.S. abstained.", "U.N. Security Council=org/un-security-council; General Assembly=org/un-general-assembly; U.S.=state/united-states"),
    ("NATO, the OSCE and the IAEA sent observers to Vienna.", "NATO=org/nato; OSCE=org/osce; IAEA=org/international-atomic-energy-agency; Vienna=place/vienna"),
    # titles and states narrow a surname
    ("Russian Foreign Minister Lavrov met his Turkish counterpart.", "Lavrov=person/sergey-lavrov; Turkish=state/turkiye"),
    ("Foreign Minister Ali of Guyana praised the deal.", "Ali=person/irfaan-ali; Guyana=state/guyana"),
    ("Turkish Foreign Minister Fidan hosted the delegations in Ankara.", "Fidan=person/hakan-fidan; Ankara=place/ankara"),
    ("Jordan's King Abdullah II received the mediators in Amman.", "Jordan=state/jordan; Abdullah II=person/abdullah-ii-of-jordan; Amman=place/amman"),
    # misspellings
    ("British leader Kier Starmer spoke after the summit.", "Kier Starmer=person/keir-starmer"),
    ("Vladmir Putin sent a letter to Emanuel Macron.", "Vladmir Putin=person/vladimir-putin; Emanuel Macron=person/emmanuel-macron"),
    ("Sergey Lavrov, or Sergei Lavrov, met Nouri Maliki.", "Sergey Lavrov=person/sergey-lavrov; Sergei Lavrov=person/sergey-lavrov; Nouri Maliki=person/nouri-al-maliki"),
    ("Abdel-Fattah Burhan and Mohammed Hamdan Dagalo may meet.", "Abdel-Fattah Burhan=person/abdel-fattah-al-burhan; Mohammed Hamdan Dagalo=person/mohamed-hamdan-daglo"),
    # unknown persons and bodies are things of their own
    ("Foreign Minister Ayşe Kaya met negotiator Tan Wei Ming. Kaya said Tan had agreed.", "Ayşe Kaya=~person/ayse-kaya; Tan Wei Ming=~person/tan-wei-ming; Kaya=~person/ayse-kaya; Tan=~person/tan-wei-ming"),
    ("The Sudan Doctors Network (SDN) counted the dead. The SDN asked for help.", "Sudan Doctors Network=~org/sudan-doctors-network; SDN=~org/sudan-doctors-network"),
    ("The Russian Foreign Ministry protested; Russia's Ministry of Foreign Affairs repeated it.", "Russian Foreign Ministry=~org/russia-foreign-ministry; Ministry of Foreign Affairs=~org/russia-foreign-ministry"),
    ("Iran's Security Council met while the UN Security Council voted.", "Security Council=~org/iran-security-council; UN Security Council=org/un-security-council"),
    ("Gen. Juma Haqar Mubarak commanded the front. Mubarak denied it.", "Juma Haqar Mubarak=~person/juma-haqar-mubarak; Mubarak=~person/juma-haqar-mubarak"),
]  # fmt: skip


def expected(line: str) -> dict[str, str]:
    return dict(pair.strip().rsplit("=", 1) for pair in line.split(";"))  # type: ignore[misc]


@pytest.mark.parametrize(("text", "wanted"), SENTENCES)
def test_names_of_many_conflicts_are_linked(text: str, wanted: str) -> None:
    found = described(text)
    assert {name: found.get(name, "no mention") for name in expected(wanted)} == expected(wanted)


def test_there_are_sentences_enough() -> None:
    assert len(SENTENCES) >= 60
    assert sum(len(expected(wanted)) for _, wanted in SENTENCES) >= 170


# a name that must not be linked to anything the knowledge base has
TRAPS = [
    ("Paris Hilton launched a perfume.", "Paris"),
    ("Jordan scored 30 points as the Bulls won.", "Jordan"),
    ("Chad Smith plays the drums.", "Chad"),
    ("Georgia Tech beat Clemson on Saturday.", "Georgia"),
    ("London Breed lost the vote for mayor.", "London"),
    ("Kelly Clarkson sang at the opening.", "Kelly"),
    ("The Berlin Philharmonic toured again.", "Berlin"),
    ("She ordered a Moscow mule at the bar.", "Moscow"),
    ("Turkey sandwich sales rose last month.", "Turkey"),
    ("Michael Jordan bought another plane.", "Jordan"),
    ("Jordan Peele directed the film.", "Jordan"),
    ("Jordan Henderson left Ajax for Brentford.", "Jordan"),
    ("Sydney Sweeney starred in the comedy.", "Sydney"),
    ("Austin Butler won an award.", "Austin"),
    ("Orlando Bloom and Katy Perry split.", "Orlando"),
    ("Virginia Woolf wrote the novel in 1925.", "Virginia"),
    ("Charlotte said her sister was ill.", "Charlotte"),
    ("Victoria Beckham opened a shop.", "Victoria"),
    ("Phoenix Suns guard Devin Booker was hurt.", "Phoenix"),
    ("Dallas Mavericks fans booed.", "Dallas"),
    ("The Houston Rockets signed a guard.", "Houston"),
    ("The Boston Globe cut forty jobs.", "Boston"),
    ("Boston Scientific raised its forecast.", "Boston"),
    ("Bank of America cut its forecast.", "America"),
    ("Air France cancelled forty flights.", "France"),
    ("Deutsche Bank and Toronto Dominion merged units.", "Toronto"),
    ("Singapore Airlines ordered new jets.", "Singapore"),
    ("Nissan Kenya Motors recalled 300 cars.", "Kenya"),
    ("Kenya Moore left the show.", "Kenya"),
    ("India Walton ran for mayor.", "India"),
    ("Israel Adesanya won by knockout.", "Israel"),
    ("Real Madrid drew with Getafe.", "Madrid"),
    ("Bayern Munich dismissed the coach.", "Munich"),
    ("Manchester United lost again.", "Manchester"),
    ("Paris Saint-Germain bought a striker.", "Paris"),
    ("Nice weather is expected in the south.", "Nice"),
    ("Reading books is good for children.", "Reading"),
    ("Mobile phones are banned at school.", "Mobile"),
    ("Male nurses earn more, a study found.", "Male"),
    ("Split the bill, the waiter said.", "Split"),
    ("Brussels sprouts are in season.", "Brussels"),
    ("Panama hats are made elsewhere.", "Panama"),
    ("Guinea pigs make good pets.", "Guinea"),
    ("French fries cost more this year.", "French"),
    ("Danish pastries sold out by noon.", "Danish"),
    ("They told us to wait.", "us"),
    ("WHO IS TO BLAME FOR THE CRASH", "WHO"),
    ("Mr. Jordan sold his shares.", "Jordan"),
    ("Mrs. London taught piano.", "London"),
    ("Melania Trump opened an exhibition.", "Trump"),
    ("Trump Tower was sold.", "Trump"),
    ("Eric Adams and Putin Kovalenko met for lunch.", "Putin"),
    ("The University of Georgia raised its fees.", "Georgia"),
    ("Denver International Airport was closed.", "Denver"),
    ("Johnson scored twice and Ali came on late.", "Johnson"),
    ("Smith and Wagner opened the batting.", "Wagner"),
    ("Brown & Martin, a law firm, hired Lee.", "Martin"),
    ("Rice prices fell and Bush beans recovered.", "Bush"),
    ("AP Moller fell 3 per cent in Copenhagen.", "AP"),
    ("RT values below one are good news.", "RT"),
    ("The CAR was parked outside.", "CAR"),
    ("Lima beans take ninety minutes.", "Lima"),
    ("An English teacher, John Bolton of Leeds, won the lottery.", "Bolton"),
    ("David Cameron, a plumber, was fined.", "Cameron"),
    ("Mike Johnson pitched seven innings for the Orioles.", "Johnson"),
    ("Martin Griffiths scored a header for Wrexham.", "Griffiths"),
    ("William Burns, 84, died at home.", "Burns"),
    ("Max Verstappen won the Azerbaijan Grand Prix.", "Azerbaijan"),
    ("Cuba Gooding Jr. settled the lawsuit.", "Cuba"),
    ("Ireland Baldwin gave birth in spring.", "Ireland"),
    ("China Evergrande was ordered into liquidation.", "China"),
    ("India Today Group hired an editor.", "India"),
    ("Washington Wizards coach Brian Keefe was angry.", "Washington"),
    ("Berlin Marathon winner Eliud Kipchoge retired.", "Berlin"),
    ("Chile peppers are hot this year.", "Chile"),
    ("A German shepherd bit the postman.", "German"),
    ("Apple and Jordan Brand announced a shoe.", "Jordan"),
    ("AP courses are popular with students.", "AP"),
    ("Boeing delivered a jet to Qatar Airways.", "Qatar"),
    ("The Miami Heat beat the Boston Celtics.", "Miami"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), TRAPS)
def test_ordinary_news_is_not_made_diplomacy(text: str, name: str) -> None:
    made = [
        f"{one.mention.text} -> {one.entity.key}"
        for one in links_of(text)
        if name in one.mention.text.split() and one.entity is not None and one.entity.known
    ]
    assert made == []


def test_there_are_traps_enough() -> None:
    assert len(TRAPS) >= 80


def test_a_seat_is_the_government_or_the_place_by_its_role() -> None:
    cases = [
        ("Ankara rejected the offer.", "state/turkiye", "place/ankara"),
        ("The envoys met in Ankara.", "place/ankara", None),
        ("Talks between Moscow and Kyiv failed.", "state/russia", "place/moscow"),
        ("The Moscow talks failed.", "place/moscow", None),
        ("Troops stood north of Khartoum.", "place/khartoum", None),
        ("KAMPALA, Uganda - Rebels signed the deal.", "place/kampala", None),
        ("The Kremlin denied the report.", "state/russia", "place/moscow-kremlin"),
    ]
    for text, entity, place in cases:
        first = links_of(text)[0]
        assert first.entity is not None
        assert (first.entity.key, first.place.key if first.place is not None else None) == (entity, place), (
            text
        )
        assert first.why
    assert len(cases) == 7


def test_a_headline_is_read_by_the_names_of_the_body() -> None:
    text = "Kaya Meets Medinsky in Ankara\n\nForeign Minister Ayşe Kaya met Vladimir Medinsky on Monday."
    keys = [one.entity.key for one in links_of(text) if one.entity is not None]
    assert keys[:3] == ["person/ayse-kaya", "person/vladimir-medinsky", "place/ankara"]


def test_a_surname_that_is_also_a_state_follows_the_person_named_before() -> None:
    links = links_of("Jim Jordan, a congressman, spoke first. Jordan said the bill would fail.")
    assert [one.entity.key for one in links if one.entity is not None] == ["person/jim-jordan"] * 2


def test_an_outdated_office_never_counts_against_a_person() -> None:
    links = links_of("Marco Rubio, the foreign minister of nowhere, met Kaja Kallas, the EU's top diplomat.")
    assert {"person/marco-rubio", "person/kaja-kallas"} <= {
        one.entity.key for one in links if one.entity is not None
    }


def test_a_namesake_of_another_state_is_another_person() -> None:
    links = links_of("Peruvian Foreign Minister Igor Ivanov signed the accord.")
    person = next(one.entity for one in links if one.mention.text == "Igor Ivanov")
    assert person is not None
    assert not person.known
    assert person.within == "state/peru"


def test_a_lone_surname_is_left_open() -> None:
    links = links_of("The crowd cheered for Smith all night.")
    assert [one.entity for one in links if one.mention.text == "Smith"] in ([], [None])


def test_an_unknown_person_is_one_thing_under_initials_and_surname() -> None:
    links = links_of(
        "General Joseph L. Okello resigned. Joseph Okello had led the talks. Okello left quietly."
    )
    assert {one.entity.key for one in links if one.entity is not None} == {"person/joseph-okello"}
    assert len(links) == 3


def test_every_link_says_why_and_lists_what_was_weighed() -> None:
    links = [one for text, _ in SENTENCES for one in links_of(text)]
    assert len(links) > 150
    for one in links:
        assert one.why
        assert 0 <= one.score <= 1
        assert one.entity is None or one.candidates
        assert (one.entity is None) == (one.score == 0)


def test_unknown_keys_never_hide_known_ones() -> None:
    kb = knowledge()
    unknown = [
        one.entity
        for text, _ in SENTENCES
        for one in links_of(text)
        if one.entity is not None and not one.entity.known
    ]
    assert len(unknown) > 5
    assert [entity.key for entity in unknown if entity.key in kb] == []
