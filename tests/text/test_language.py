"""English is read; any other language is refused by name."""

import time

import pytest

from kg.errors import LanguageError
from kg.text.language import UNKNOWN, language_of, require_english

# One invented sentence or two of news in each language.
SAMPLES = {
    "English": "The two sides said that they will meet again in the capital on Monday, and that a draft of the agreement has been sent to the mediators for their comments.",
    "French": "Les deux parties ont annoncé qu'elles se retrouveront lundi dans la capitale et que le projet d'accord a été remis aux médiateurs pour qu'ils donnent leur avis sur le texte.",
    "German": "Die beiden Seiten teilten mit, dass sie sich am Montag in der Hauptstadt wieder treffen werden und dass der Entwurf des Abkommens den Vermittlern für eine Stellungnahme vorliegt.",
    "Spanish": "Las dos partes anunciaron que se reunirán el lunes en la capital y que el borrador del acuerdo ha sido enviado a los mediadores para que den su opinión sobre el texto.",
    "Italian": "Le due parti hanno annunciato che si incontreranno lunedì nella capitale e che la bozza dell'accordo è stata inviata ai mediatori per un parere sul testo della proposta.",
    "Portuguese": "As duas partes anunciaram que se vão reunir na capital na segunda-feira e que o projeto de acordo foi enviado aos mediadores para que deem o seu parecer sobre o texto.",
    "Dutch": "De twee partijen zeggen dat ze elkaar maandag in de hoofdstad weer zullen zien en dat het ontwerp van het akkoord naar de bemiddelaars is gestuurd voor een oordeel.",
    "Polish": "Obie strony poinformowały, że spotkają się ponownie w poniedziałek w stolicy i że projekt porozumienia został przekazany mediatorom do oceny, ale nie jest to jeszcze tekst końcowy.",
    "Turkish": "İki taraf pazartesi günü başkentte yeniden bir araya gelecek ve anlaşma taslağı görüş için arabuluculara gönderildi, ancak bu metin daha sonra bir kez daha ele alınacak kadar önemli olan bir belge.",
    "Swedish": "De två parterna säger att de ska träffas igen i huvudstaden på måndag och att ett utkast till avtal har skickats till medlarna för att de ska kunna säga sin mening.",
    "Russian": "Обе стороны сообщили, что встретятся снова в столице в понедельник и что проект соглашения был передан посредникам для замечаний, но текст ещё не окончательный, сказал представитель делегации.",
    "Ukrainian": "Обидві сторони повідомили, що знову зустрінуться у столиці в понеділок і що проєкт угоди було передано посередникам для зауважень, але цей текст ще не є остаточним, сказав їхній представник.",
    "Arabic": "أعلن الطرفان أنهما سيجتمعان مرة أخرى في العاصمة يوم الاثنين وأن مسودة الاتفاق أرسلت إلى الوسطاء لإبداء الرأي فيها لكن هذا النص ليس نهائيا بعد كما قال المتحدث باسم الوفد",
    "Persian": "دو طرف اعلام کردند که روز دوشنبه بار دیگر در پایتخت دیدار خواهند کرد و پیش نویس توافق برای اظهار نظر به میانجی ها داده شده است اما این متن هنوز پایانی نیست چنان که سخنگوی گروه گفت",
    "Hebrew": "שני הצדדים הודיעו כי ייפגשו שוב בבירה ביום שני וכי טיוטת ההסכם נשלחה אל המתווכים כדי לקבל את הערותיהם אך הנוסח הזה עדיין אינו סופי אמר דובר המשלחת לעיתונאים",
    "Chinese": "双方宣布将于星期一在首都再次会面,协议草案已经送交调解人征求意见,但是代表团发言人说这一文本还不是最后的版本。",
    "Japanese": "双方は月曜日に首都で再び会談すると発表し、合意案は仲介者に意見を求めるために送られたが、代表団の報道官はまだ最終的な文書ではないと述べた。",
    "Korean": "양측은 월요일에 수도에서 다시 만날 것이라고 발표했으며 합의 초안은 의견을 듣기 위해 중재자들에게 보내졌지만 대표단 대변인은 아직 최종 문서가 아니라고 말했다. 회담은 다음 주에도 이어질 것으로 보이며 양측은 서로 양보할 뜻이 있다고 전했다.",
    "Indonesian": "Kedua pihak menyatakan bahwa mereka akan bertemu lagi di ibu kota pada hari Senin dan bahwa rancangan perjanjian itu telah dikirim kepada para penengah untuk dinilai.",
    "Swahili": "Pande hizo mbili zilisema kuwa zitakutana tena katika mji mkuu siku ya Jumatatu na kwamba rasimu ya makubaliano hayo imetumwa kwa wapatanishi ili watoe maoni yao kwa ajili ya mkutano wa baadaye.",
}  # fmt: skip


def test_there_are_enough_languages() -> None:
    assert len(SAMPLES) >= 15


@pytest.mark.parametrize("language", SAMPLES)
def test_language_is_named(language: str) -> None:
    assert language_of(SAMPLES[language]) == language


@pytest.mark.parametrize("language", [name for name in SAMPLES if name != "English"])
def test_other_languages_are_refused_by_name(language: str) -> None:
    with pytest.raises(LanguageError, match=language) as caught:
        require_english(SAMPLES[language], where="a.txt")
    assert caught.value.hint is not None
    assert str(caught.value).startswith("a.txt: ")


def test_english_passes() -> None:
    require_english(SAMPLES["English"])
    require_english(SAMPLES["English"].upper())


@pytest.mark.parametrize(
    "text", ["", "12 34", "Die Gespräche gehen weiter.", "Talks resume", "Переговоры продолжаются"]
)
def test_short_texts_have_the_benefit_of_the_doubt(text: str) -> None:
    require_english(text)


def test_english_majority_passes_and_minority_does_not() -> None:
    require_english(f"{SAMPLES['English']} {SAMPLES['English']} {SAMPLES['German']}")
    require_english(f"{SAMPLES['English']}\n{SAMPLES['English']}\n{SAMPLES['Russian']}")
    with pytest.raises(LanguageError, match="German"):
        require_english(f"{SAMPLES['English']} {SAMPLES['German']} {SAMPLES['German']}")


def test_names_and_menus_do_not_decide() -> None:
    menu = "\n".join(["Home", "News", "Sport", "Le Monde", "Die Zeit", "El País", "La Repubblica"] * 5)
    require_english(f"{menu}\n{SAMPLES['English']}")
    names = ", ".join(f"Aviso Brakna{letter}" for letter in "abcdefghijk")
    require_english(f"The list of delegates: {names}.")


def test_a_language_without_profile_is_not_taken_for_english() -> None:
    invented = " ".join(f"{a}{b}" for a in ("kor", "mel", "tuv", "zan", "pli", "gro", "nex", "vab") for b in ("osk", "ulim", "aret", "ipo", "unda", "eswi", "ylt"))  # fmt: skip
    assert language_of(invented) == "an unknown language"


def test_long_texts_cost_no_more_than_short_ones() -> None:
    text = SAMPLES["English"] + "\n"
    require_english(text)
    start = time.process_time()
    require_english(text * 50)
    short = time.process_time() - start
    start = time.process_time()
    require_english(text * 10_000)
    assert time.process_time() - start < 20 * short + 1.0


def test_a_few_words_in_latin_letters_of_no_profile_pass_as_english_and_many_do_not():
    few = "Zorv plim quat dresk fonim grelt vask trimpo."
    assert language_of(few) is None
    assert language_of(" ".join([few] * 3)) == "English"
    assert language_of(" ".join([few] * 10)) == UNKNOWN
