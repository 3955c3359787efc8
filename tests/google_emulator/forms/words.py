"""What Google calls things in a linked sheet, by the spreadsheet's locale."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """Titles of a linked tab and of the columns that aren't questions."""

    tab: str
    timestamp: str
    email: str
    score: str
    date: str
    """The pattern of its dates."""


_ENGLISH = Words("Form Responses {}", "Timestamp", "Email Address", "Score", "M/d/yyyy")
_WORDS = {
    "en_GB": Words("Form responses {}", "Timestamp", "Email address", "Score", "dd/MM/yyyy"),
    "de": Words("Formularantworten {}", "Zeitstempel", "E-Mail-Adresse", "Punktzahl", "dd.MM.yyyy"),
    "fr": Words("Réponses au formulaire {}", "Horodateur", "Adresse e-mail", "Score", "dd/MM/yyyy"),
    "es": Words(
        "Respuestas de formulario {}", "Marca temporal", "Dirección de correo electrónico",
        "Puntuación", "d/M/yyyy",
    ),
    "nl": Words("Formulierreacties{}", "Tijdstempel", "E-mailadres", "Score", "d-M-yyyy"),
    "pt": Words(
        "Respostas ao formulário {}", "Carimbo de data/hora", "Endereço de e-mail", "Pontuação",
        "dd/MM/yyyy",
    ),
    "zh": Words("表單回應 {}", "時間戳記", "電子郵件地址", "分數", "yyyy/M/d"),
}  # fmt: skip


def words_of(locale: str) -> Words:
    """The words of a locale such as de_AT; English where the emulator has no others."""
    return _WORDS.get(locale) or _WORDS.get(locale[:2]) or _ENGLISH
