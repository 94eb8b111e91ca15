"""Forenames that are one name in several spellings or languages, and forenames that look alike and are a man's and a woman's.

A table of languages, not of any family: it suggests, and joins nobody. Each line is one name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_ONE_NAME: Final = """
aaron arron aron haroon harun
abdullah abdallah abdulla abdalla
abigail abbigail abigayle
adele adelle
agnes agnieszka
ahmed ahmad ahmet achmed
aidan aiden ayden aden aodhan
aisha ayesha aysha aishah ayisha aicha aysheh
alan allan allen alun alain
alastair alasdair alistair alister
alexander aleksander aleksandr oleksandr alexandre alejandro iskander sikandar
alexandra aleksandra oleksandra alessandra
alice alicja alys
amina aminah ameena aamina
amy aimee ami
andrew andrzej andrei andriy andrej andreas andre
angela aniela angele
ann anne anna ana hana anya ania anja
anthony antony anton antonio antoni
beata beate
bethany bethan bethanie
bilal belal
bronwen bronwyn
bryan brian bryon
caitlin katelyn kaitlyn caitlyn kaitlin catlin
caoimhe keeva kiva queeva
carl karl karol carol
carys karis cerys
catherine katherine kathryn katharine catharine cathryn katarzyna ekaterina yekaterina katerina catrin catriona caterina
ceri kerry keri kerri
charlotte sharlotte szarlota
chloe khloe cloe
christian kristian cristian
christine christina kristine kristina cristina krystyna kirsten kirstin
christopher kristopher krzysztof christoph cristobal
ciara keira kiera kira kyra
ciaran kieran keiran kieron keiron
claire clare clair klara clara
colin collin
connor conor conner konnor
craig kraig
danial daniel danyal daniil danilo
daria darya dariya
david dawid dafydd davide daud dawood
deborah debra debora
denise deniz denice
dylan dillon dillan dyllan
dmitri dmytro dimitri dmitry
dominic dominik domenic
elena helen helena olena ellen elin
elizabeth elisabeth elzbieta elisabeta elspeth
emilia emily emilie amelia
erica erika
eric erik
euan ewan owen eoin eoghan owain ewen
eva ewa eve yeva
fatima fatimah fatma fatema faatimah
faye fay fae
gareth garath garreth
geoffrey jeffrey geoff jeff
george georgi jerzy gheorghe jorge yuri yuriy giorgi
grace grazia gracie
graham graeme grahame
hamza hamzah
hannah hana hanna
harry harri
hasan hassan hasaan
hayley hailey haylee hayleigh haley
howell hywel howel
hussain hussein husain husein hossein
ian iain
ibrahim ebrahim ibraheem abraham avraham
idris idrees
ieuan iwan ifan evan
iman eman
isabel isobel isabelle isabella ishbel izabela isabell
ismail esmail ismael ishmael
jacob jakub yaqub yakub jacub
jaiden jayden jaden jaydon
james jamie jacobo seamus
jasmine jasmin yasmin yasmine yasmeen jazmin
jessica jesica jessika
joanna joanne johanna joana
john jon jan johann ivan ioan ion sian juan
jonathan jonathon johnathan jonathen
joseph jozef josef giuseppe jose yusuf youssef yousef yousuf yosef
julia yulia iulia julija
justine justyna
kayleigh kaylee kaleigh kayley cayleigh kayla
khadija khadijah khadeeja hatice
khalid khaled
layla leila leyla laila leyla
leanne leeanne lianne leann
lee leigh
lesley leslie
lewis louis luis luiz
liam lliam
lucy lucie lucja lucia
luke lucas lukas lukasz luca
madeleine madeline madalina magdalena
malgorzata margaret margarita margarite
mark marc marek marco marcus
martin marcin marten
maryam mariam miriam maria mary marie mariya marija mair
matthew mathew mateusz matteo mateo
maya maia maja
megan meghan meagan meghann
michael michal mihail mikhail mihai mykhailo micheal miguel mikael
mohammed mohamed muhammad mohammad mohamad muhammed mohd md mohamud mohammod mahammad mehmet muhamed muhamad
monica monika
natalie nathalie natalia nataliya natalya
niamh neve neave nieve
nicholas nicolas mikolaj nikolai nicolae mykola nicola
nicola nichola nikola nicole
noor nour nur
oisin osheen
oliver olivier oliwer
omar umar umer omer
patricia patrycja
patrick patrik padraig padraic patryk
paul pawel pavel pavlo paulo
peter piotr petr pyotr petro pedro
philip phillip filip phil felipe
rachel rachael raquel rachelle
rafael raphael rafal
rashid rasheed
rebecca rebekah rebeka
rhys reece reese rees rhyse
robert roberto
saeed said saied
salma selma
samantha samanta
samira sameera
sara sarah sarra
sean shaun shawn shaughn
sergei serhiy sergey
shannon shanon
sian shan sharn siarn
simon szymon
siobhan shivaun chevonne shevaun shavonne
sofia sophia sophie sofie zofia sofiya
sonia sonya sonja
stefan stephen steven stephan szczepan steffan
suleiman sulaiman suleyman solomon
susan suzanne susanne zuzanna susanna suzanna
svetlana svitlana
tanya tania tanja
tariq tarek tarik tareq
tatiana tetiana tatyana
teresa theresa therese teresita
thomas tomasz tomas tomos
toby tobi tobias
tracy tracey traci
usman osman uthman othman
veronica weronika veronika
victor wiktor viktor
victoria wiktoria viktoria viktoriya
vladimir volodymyr wladimir
william wilhelm gwilym liam guillaume
yahya yehia yahia
zainab zaynab zeinab zaineb
zakaria zakariya zachariah zechariah
zoe zoey zoi
"""

_APART: Final = """
adrian adriana adrienne adriane
alan alana
alexander alexandra
alexis alexa
andrew andrea
anton antonia antoinette
bernard bernadette bernadine
brian briana
carl carla carly carlene
charles charlotte charlene
christian christiana christine christina
claude claudia claudette
clement clementine
daniel danielle daniela daniella
denis denise
dennis denise
dominic dominique
eric erica
erik erika
ernest ernestine
francis frances francesca francine
gabriel gabrielle gabriela gabriella
george georgina georgia georgette
gerald geraldine
glen glenda glenys
harry harriet
henry henrietta
jack jackie jacqueline
jacob jacoba
jean jeanette
john joan joanna
joseph josephine josepha
julian juliana julie julia
justin justine justina
karl karla
kit kitty
leon leonie leona
louis louise louisa
luc lucy
marc marcia marcella
marcel marcella marcelle
mario maria
martin martina martine
michael michaela michelle
nathan nathalie
nicholas nicola
nicol nicola nicole
oliver olivia
patrick patricia
paul paula pauline paulette
philip philippa
robert roberta robyn
roman romana
samuel samantha
sean seana shauna
shaun shauna
simon simone
stephan stephanie
stephen stephanie
steven stephanie
theo theodora
theodore theodora
thomas thomasina
valentin valentina valentine
victor victoria
wayne waynetta
william wilhelmina
yusuf yusra
"""


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_ONE_NAME.split("\n")):
        for name in line.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@lru_cache(maxsize=1)
def _sexes() -> frozenset[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for line in _APART.split("\n"):
        man, *women = line.split() or [""]
        pairs.update((man, woman) for woman in women)
    return frozenset(pairs)


def one_name(a: str, b: str) -> bool:
    """Whether two forenames, in plain spelling, are one name in two spellings or languages."""
    groups = _groups()
    return a != b and not groups.get(a, frozenset()).isdisjoint(groups.get(b, frozenset()))


def of_both_sexes(a: str, b: str) -> bool:
    """Whether two forenames that look alike are a man's and a woman's: Daniel and Danielle."""
    return (a, b) in _sexes() or (b, a) in _sexes()


@lru_cache(maxsize=1 << 12)
def variants(forename: str) -> frozenset[str]:
    """Every form of a forename, itself among them."""
    groups = _groups()
    own = groups.get(forename, frozenset())
    return frozenset(name for name, numbers in groups.items() if not own.isdisjoint(numbers)) | {forename}
