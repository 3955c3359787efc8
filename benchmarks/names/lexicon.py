"""The words from which the generator makes organisations: seven languages side by side.

Everyday words, chosen without a look at the tables that Weaver ships: the benchmark is to find out
what those miss.
"""

from __future__ import annotations

from typing import NamedTuple

LANGUAGES = ("en", "de", "fr", "es", "pt", "nl", "it")


def _table(text: str) -> tuple[tuple[str, ...], ...]:
    """One line per meaning, one column per language."""
    lines = (line.split("|") for line in text.strip().splitlines())
    return tuple(tuple(word.strip() for word in line) for line in lines)


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CONCEPTS = _table("""
Association|Verein|Association|Asociación|Associação|Vereniging|Associazione
Foundation|Stiftung|Fondation|Fundación|Fundação|Stichting|Fondazione
Network|Netzwerk|Réseau|Red|Rede|Netwerk|Rete
Federation|Verband|Fédération|Federación|Federação|Federatie|Federazione
Institute|Institut|Institut|Instituto|Instituto|Instituut|Istituto
Centre|Zentrum|Centre|Centro|Centro|Centrum|Centro
Alliance|Bündnis|Alliance|Alianza|Aliança|Alliantie|Alleanza
Union|Gewerkschaft|Syndicat|Sindicato|Sindicato|Vakbond|Sindacato
Movement|Bewegung|Mouvement|Movimiento|Movimento|Beweging|Movimento
Council|Rat|Conseil|Consejo|Conselho|Raad|Consiglio
Committee|Komitee|Comité|Comité|Comitê|Comité|Comitato
Society|Gesellschaft|Société|Sociedad|Sociedade|Genootschap|Società
Forum|Forum|Forum|Foro|Fórum|Forum|Forum
Academy|Akademie|Académie|Academia|Academia|Academie|Accademia
Initiative|Initiative|Initiative|Iniciativa|Iniciativa|Initiatief|Iniziativa
Cooperative|Genossenschaft|Coopérative|Cooperativa|Cooperativa|Coöperatie|Cooperativa
Fund|Fonds|Fonds|Fondo|Fundo|Fonds|Fondo
Campaign|Kampagne|Campagne|Campaña|Campanha|Campagne|Campagna
House|Haus|Maison|Casa|Casa|Huis|Casa
Group|Gruppe|Groupe|Grupo|Grupo|Groep|Gruppo
""")

FIELDS = _table("""
Youth|Jugend|Jeunesse|Juventud|Juventude|Jeugd|Gioventù
Women|Frauen|Femmes|Mujeres|Mulheres|Vrouwen|Donne
Environment|Umwelt|Environnement|Medio Ambiente|Meio Ambiente|Milieu|Ambiente
Health|Gesundheit|Santé|Salud|Saúde|Gezondheid|Salute
Education|Bildung|Éducation|Educación|Educação|Onderwijs|Educazione
Peace|Frieden|Paix|Paz|Paz|Vrede|Pace
Climate|Klima|Climat|Clima|Clima|Klimaat|Clima
Housing|Wohnen|Logement|Vivienda|Habitação|Wonen|Casa
Water|Wasser|Eau|Agua|Água|Water|Acqua
Forest|Wald|Forêt|Bosque|Floresta|Bos|Foresta
Culture|Kultur|Culture|Cultura|Cultura|Cultuur|Cultura
Food|Ernährung|Alimentation|Alimentación|Alimentação|Voedsel|Alimentazione
Justice|Gerechtigkeit|Justice|Justicia|Justiça|Rechtvaardigheid|Giustizia
Solidarity|Solidarität|Solidarité|Solidaridad|Solidariedade|Solidariteit|Solidarietà
Children|Kinder|Enfants|Niños|Crianças|Kinderen|Bambini
Workers|Arbeiter|Travailleurs|Trabajadores|Trabalhadores|Arbeiders|Lavoratori
Farmers|Bauern|Paysans|Campesinos|Camponeses|Boeren|Contadini
Migrants|Migranten|Migrants|Migrantes|Migrantes|Migranten|Migranti
Energy|Energie|Énergie|Energía|Energia|Energie|Energia
Human Rights|Menschenrechte|Droits humains|Derechos Humanos|Direitos Humanos|Mensenrechten|Diritti umani
""")  # noqa: E501

CHAPTERS = _table("""
Chapter|Landesgruppe|Antenne|Capítulo|Núcleo|Afdeling|Sezione
Branch|Ortsgruppe|Section|Sección|Seção|Tak|Sede
""")

POOL: tuple[tuple[str, ...], ...] = (
    _split("""Green Valley Bright River New Hope Open Bridge Common Ground Silver Oak North Harbour
    Blue Stone Free Garden Clear Spring Wild Meadow Golden Field Rising Sun Living Earth Quiet
    Hill Strong Root Fair Wind First Light Long Shore Good Neighbour Deep Well"""),
    _split("""Grüne Brücke Neue Hoffnung Offene Tür Helle Quelle Freie Wiese Weite Heide Starke
    Wurzel Hohe Warte Klare Stimme Rote Nelke Alte Mühle Lebendige Erde Gute Nachbarn"""),
    _split("""Belle Rive Nouvel Espoir Main Verte Vallée Claire Terre Vivante Libre Source Haute
    Colline Grand Jardin Pont Ouvert Étoile Bleue Soleil Levant Champ Doré"""),
    _split("""Nueva Esperanza Valle Verde Puente Abierto Tierra Viva Casa Común Río Claro Sol
    Naciente Monte Alto Mano Amiga Semilla Libre Voz Clara Flor Dorada"""),
    _split("""Nova Esperança Vale Verde Ponte Aberta Terra Viva Mão Amiga Rio Claro Sol Nascente
    Semente Livre Voz Clara Monte Alto Flor Dourada"""),
    _split("""Groene Brug Nieuwe Hoop Open Poort Heldere Bron Vrije Weide Sterke Wortel Lange Dijk
    Blauwe Ster Goede Buren Wilde Tuin"""),
    _split("""Nuova Speranza Valle Verde Ponte Aperto Terra Viva Mano Amica Fiume Chiaro Sole
    Nascente Seme Libero Voce Chiara Monte Alto"""),
)  # fmt: skip
"""Words that many organisations share, per language."""

ONSETS = _split("b br c ch d dr f fl g gr h j k kl l m n p pr qu r s sch st t tr v w z")
VOWELS = _split("a a e e i i o o u ai au ei ia io")
ACCENTED = {"de": "äöü", "fr": "éèâ", "es": "áéó", "pt": "ãçé", "nl": "ëï", "it": "òàù", "en": ""}
CODAS = ("", "", "", "", "n", "r", "l", "s", "m", "x", "nd", "rt", "st", "ck", "ng")

LEGAL: dict[str, tuple[str, ...]] = {
    "en": ("Inc.", "Ltd", "Limited", "Inc", "LLC", "CIC"),
    "de": ("e.V.", "e. V.", "gGmbH", "gemeinnützige GmbH"),
    "fr": ("ASBL", "A.S.B.L.", "SCIC", "loi 1901"),
    "es": ("A.C.", "AC", "S.L.", "I.A.P."),
    "pt": ("Ltda", "OSCIP"),
    "nl": ("vzw", "V.Z.W.", "B.V."),
    "it": ("APS", "ODV", "onlus", "ETS"),
}
ARTICLES: dict[str, tuple[str, ...]] = {
    "en": ("The",), "de": ("Die", "Der", "Das"), "fr": ("La", "Le", "Les"), "es": ("La", "El"),
    "pt": ("A", "O"), "nl": ("De", "Het"), "it": ("La", "Il"),
}  # fmt: skip
AND: dict[str, str] = {
    "en": "and", "de": "und", "fr": "et", "es": "y", "pt": "e", "nl": "en", "it": "e",
}  # fmt: skip
SHORT: dict[str, tuple[str, ...]] = {
    "Association": ("Assn", "Assoc.", "Ass."), "Foundation": ("Fdn", "Found."),
    "Federation": ("Fed.", "Fedn"), "Institute": ("Inst.",), "Centre": ("Ctr", "Center"),
    "Committee": ("Cttee", "Comm."), "Society": ("Soc.",), "Cooperative": ("Co-op", "Coop"),
    "Council": ("Cncl",), "Environment": ("Env.",), "International": ("Intl", "Int'l"),
    "National": ("Nat'l", "Natl"), "Education": ("Educ.", "Edu."), "Gesellschaft": ("Ges.",),
    "Institut": ("Inst.",), "Genossenschaft": ("Gen.",), "Fédération": ("Féd.",),
    "Asociación": ("Asoc.",), "Federación": ("Fed.",), "Associação": ("Assoc.",),
    "Associazione": ("Ass.",), "Vereniging": ("Ver.",), "Fundación": ("Fund.",),
}  # fmt: skip

SHARED = (
    "https://www.facebook.com/{}", "https://facebook.com/{}", "https://{}.wordpress.com",
    "https://www.instagram.com/{}", "https://{}.blogspot.com", "https://linktr.ee/{}",
    "https://sites.google.com/view/{}", "https://medium.com/@{}",
)  # fmt: skip
FREE_MAIL = (
    "gmail.com", "gmail.com", "gmail.com", "gmail.com", "yahoo.com", "hotmail.com", "outlook.com",
    "gmx.de", "web.de", "orange.fr", "protonmail.com", "icloud.com", "libero.it", "uol.com.br",
)  # fmt: skip
BOXES = ("info", "contact", "office", "hello", "director", "secretary", "campaigns", "admin")
PEOPLE = _split("""ada bela chiara dario edda femi goran hana ilse joao kofi lena mika nadia omar
paula quim rosa sami tereza""")
SURNAMES = _split("""brackmoor deichsen fenwright larivier orilla salgado uferkamp okonda tamsin
velasko wendt yildan zamora halvik""")


class Country(NamedTuple):
    """Its names (the first is how most write it), languages, and cities with their other names."""

    names: tuple[str, ...]
    languages: tuple[str, ...]
    cities: tuple[tuple[str, ...], ...]


def _countries(text: str) -> tuple[Country, ...]:
    made = []
    for line in text.strip().splitlines():
        names, languages, cities = line.split("|")
        each = tuple(tuple(city.strip().split("/")) for city in cities.split(","))
        made.append(Country(tuple(names.split("/")), tuple(languages.split()), each))
    return tuple(made)


COUNTRIES = _countries("""
United Kingdom/UK/Great Britain/GB|en|London,Leeds,Bristol,Glasgow,Cardiff,York,Norwich,Hull,Exeter
United States/USA/US/United States of America|en|Chicago,Boston,Austin,Denver,Portland,Oakland,Tucson,Reno,Dayton,Tulsa
Germany/Deutschland/DE|de de de en|Berlin,Hamburg,München/Munich,Köln/Cologne,Leipzig,Bremen,Kassel,Mainz,Ulm
Austria/Österreich/AT|de de en|Wien/Vienna,Graz,Linz,Salzburg,Innsbruck,Villach
Switzerland/Schweiz/Suisse/CH|de fr en|Zürich/Zurich,Bern/Berne,Basel/Basle,Genève/Geneva/Genf,Luzern/Lucerne
France/FR|fr fr fr en|Paris,Lyon,Marseille,Nantes,Lille,Rennes,Dijon,Tours,Brest
Belgium/Belgique/België/BE|fr nl en|Bruxelles/Brussels/Brussel,Gent/Ghent/Gand,Liège/Luik,Namur,Antwerpen/Antwerp
Netherlands/Nederland/The Netherlands/NL|nl nl en|Amsterdam,Utrecht,Den Haag/The Hague,Groningen,Leiden,Delft
Spain/España/ES|es es en|Madrid,Sevilla/Seville,Bilbao,Granada,Zaragoza,Gijón,Cádiz
Mexico/México/MX|es|Ciudad de México/Mexico City/CDMX,Oaxaca,Puebla,Mérida,Tijuana
Argentina/AR|es|Buenos Aires,Rosario,Córdoba,Salta,Mendoza
Colombia/CO|es|Bogotá,Medellín,Cali,Pasto
Chile/CL|es|Santiago,Valparaíso,Temuco
Peru/Perú/PE|es|Lima,Cusco/Cuzco,Arequipa
Portugal/PT|pt pt en|Lisboa/Lisbon,Porto,Braga,Évora
Brazil/Brasil/BR|pt|São Paulo,Recife,Salvador,Manaus,Curitiba,Belém
Italy/Italia/IT|it it en|Roma/Rome,Torino/Turin,Bologna,Bari,Trento,Napoli/Naples
Ireland/Éire/IE|en|Dublin,Cork,Galway,Sligo
Canada/CA|en en fr|Toronto,Montréal/Montreal,Halifax,Calgary,Regina
Australia/AU|en|Sydney,Perth,Hobart,Darwin,Cairns
New Zealand/Aotearoa/NZ|en|Auckland,Wellington,Dunedin
South Africa/ZA|en|Cape Town,Durban,Pretoria,Soweto
Kenya/KE|en|Nairobi,Mombasa,Kisumu,Nakuru
Uganda/UG|en|Kampala,Gulu,Jinja
Ghana/GH|en|Accra,Kumasi,Tamale
Nigeria/NG|en|Lagos,Abuja,Ibadan,Kano
India/Bharat/IN|en|Delhi,Mumbai/Bombay,Chennai,Kolkata/Calcutta,Pune
Philippines/Pilipinas/PH|en|Manila,Cebu,Davao
Senegal/Sénégal/SN|fr|Dakar,Thiès,Kaolack
Luxembourg/Luxemburg/LU|fr de|Luxembourg,Esch
""")  # noqa: E501
REGIONS = _split("""Ohio Bavaria Kent Andalucía Bretagne Northern Sussex Tyrol Wessex Yucatán
Flanders Piemonte Otago Minas East Lakeland""")
