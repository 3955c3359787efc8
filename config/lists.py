"""What the columns of a list of organisations are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from config.languages import EMAIL_TITLES, TITLES
from config.questions import NearMiss, match
from config.tables import SIGNONS
from config.text import clean


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split("|") if word.strip())


def _known(field: str) -> tuple[str, ...]:
    return (SIGNONS.column(field).title, field, *TITLES[field])


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": (
        *_known("organisation"),
        *_words(
            """Organisations | Organizations | Organisation's name | Organization's name
            | Organisation / group | Organisation or group | Legal name | Official name
            | Member organisation | Member organization | Signatory organisation
            | Signatory organization | Affiliation | Institution | Institution name | Company
            | Company name | Association | Group | NGO | Publisher | Organización / colectivo
            | Nombre de la entidad | Entidad | Asociación | Empresa | Institución | Colectivo
            | Organisme | Nom de l'organisme | Nom de l'association | Structure | Institut
            | Organisationsname | Verein | Name des Vereins | Gruppe | Einrichtung | Firma
            | Verband | Initiative | Entidade | Associação | Instituição | Ente | Associazione
            | Vereniging | Instelling | Bedrijf | Naam organisatie | Organizacja | Stowarzyszenie
            | Организация | Организация / группа | Організація | Назва організації
            | Organisationens namn | Förening | Organisasjon | Forening | Järjestö | Organizace
            | Organizácia | Szervezet | Szervezet neve | Organizație | Organizația | Οργανισμός
            | Kuruluş | Kuruluş adı | المنظمة | اسم المنظمة | ארגון | שם הארגון | 组织 | 组织名称
            | 機構 | 団体名 | 組織名 | 단체명 | संगठन | Organisasi | Tổ chức | Organització"""
        ),
    ),
    "website": (
        *_known("website"),
        *_words(
            """URL | Web | Link | Web address | Site | Site internet | Domain | Web page | Webpage
            | Sitio | Página | Webadresse | Internet | Strona internetowa | Strona www | Сайт
            | Веб-сайт | Вебсайт | Webbplats | Hemsida | Hjemmeside | Nettsted | Verkkosivu
            | Webové stránky | Weboldal | Honlap | Ιστοσελίδα | Web sitesi | الموقع الإلكتروني
            | אתר | 网站 | 網站 | ウェブサイト | 웹사이트 | Situs web | Trang web | Lloc web"""
        ),
    ),
    "email": (
        *EMAIL_TITLES,
        *_words(
            """Mail | Contact email | Organisation email | Organization email | Correo | Mél
            | Mail-Adresse | E-post | Почта | البريد الإلكتروني | אימייל | 邮箱 | 電子郵件"""
        ),
    ),
    "country": (
        *_known("country"),
        *_words(
            """Nation | Country of registration | Land / Region | Staat | Landet | Maa | Země
            | Krajina | Ország | Țara | Țară | Χώρα | Країна | Ülke | البلد | الدولة | מדינה
            | 国家 | 國家 | 国 | 국가 | देश | Negara | Quốc gia"""
        ),
    ),
    "city": _words(
        """City | Town | City / town | City or town | Place | Location | Headquarters
        | Ciudad | Localidad | Municipio | Población | Ville | Commune | Localité | Stadt | Ort
        | Sitz | Cidade | Município | Città | Comune | Sede | Plaats | Stad | Woonplaats | Miasto
        | Miejscowość | Город | Місто | Ort / stad | Sted | Kaupunki | Město | Mesto | Város
        | Oraș | Πόλη | Şehir | المدينة | עיר | 城市 | 市 | 都市 | 도시 | शहर | Kota | Thành phố
        | Ciutat"""
    ),
    "identifier": _words(
        """Identifier | Registration number | Registration no. | Registered number | Register number
        | Company number | Charity number | Charity registration number | Tax number | Tax ID
        | VAT number | VAT ID | EIN | LEI | ROR | ROR ID | ror_id | GRID | ISNI | Wikidata
        | Wikidata ID | org-id | IATI identifier | Numéro SIREN | SIREN | SIRET | RNA | CIF | NIF
        | NIT | CNPJ | Partita IVA | Codice fiscale | KvK | KvK-nummer | KRS | NIP | REGON | IČO
        | ОГРН | ИНН | ЄДРПОУ | Vereinsregisternummer | Registernummer | Handelsregisternummer
        | Steuernummer | Organisationsnummer | Org.nr | CVR | Y-tunnus | UID | ABN | ACN"""
    ),
}
"""Column of a list → its titles in many languages; only those that can mean one thing."""
NOTHING_GIVEN: Mapping[str, str] = MappingProxyType({})
_NAME = _words(
    """Name | Names | Full name | Nombre | Nom | Nome | Naam | Nazwa | Название | Наименование
    | Назва | Namn | Navn | Nimi | Název | Názov | Név | Nume | Denumire | Όνομα | Επωνυμία
    | Adı | الاسم | שם | 名称 | 名稱 | 名前 | 이름 | नाम | Nama | Tên | Bezeichnung"""
)
"""In a list these mean the organisation, unless another column is called so."""


@dataclass(frozen=True)
class Found:
    """Which column is what.

    Attributes:
        places: field → position.
        near: columns that resemble a field which wasn't found.
        spare: field → positions of further columns that are called so.
    """

    places: Mapping[str, int]
    near: tuple[NearMiss, ...]
    spare: Mapping[str, tuple[int, ...]]


def find_columns(header: Sequence[str], given: Mapping[str, str] = NOTHING_GIVEN) -> Found:
    """Which columns of a list are there; of several of one kind the first counts.

    Args:
        header: titles as they stand.
        given: field → what somebody said that its column is called.
    """
    wanted = {field: titles for field, titles in COLUMNS.items() if field not in given}
    matched = match(header, wanted, {field: (title,) for field, title in given.items()})
    found = dict(matched.columns)
    if "name" not in found and "name" not in given:
        titled = tuple(place for place, title in enumerate(header) if clean(title))
        alone = {"name": titled} if len(titled) == 1 else {}
        found |= match(header, {"name": _NAME}).columns or alone
    return Found(
        {field: positions[0] for field, positions in found.items()},
        tuple(miss for miss in matched.near if miss.field not in found),
        {field: positions[1:] for field, positions in found.items() if len(positions) > 1},
    )
