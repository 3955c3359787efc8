"""Words in which people comment on a draft, in five languages, and how forms ask for it."""

from __future__ import annotations

from collections.abc import Mapping

from config.languages import TIMESTAMP_TITLES, TITLES


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split("|") if word.strip())


WHOLE = "whole text"
"""The clause of what is said about no clause in particular."""

FORM_TITLES: Mapping[str, tuple[str, ...]] = {
    "date": (*TIMESTAMP_TITLES, "Date"),
    "organisation": ("Organisation", *TITLES["organisation"]),
    "clause": _words(
        """Clause | Which clause is it about? | Which clause is your comment about?
        | Which principle or policy is it about? | Principle or policy | Cláusula
        | ¿Sobre qué cláusula? | Quelle clause ? | Klausel | Welcher Punkt? | Sobre que cláusula?"""
    ),
    "comment": _words(
        """Comment | Your comment | Your comments | What would you change? | Comentario
        | Su comentario | Commentaire | Votre commentaire | Kommentar | Ihr Kommentar
        | Comentário | Seu comentário"""
    ),
    "would_sign": _words(
        """Would sign | Would you sign? | Would you sign the draft? | Would you sign this draft?
        | Would your organisation sign? | Would your organization sign? | ¿Firmaría?
        | ¿Firmarían? | ¿Firmaría el borrador? | Signeriez-vous ? | Signeriez-vous le projet ?
        | Würden Sie unterzeichnen? | Würden Sie den Entwurf unterzeichnen? | Assinaria?
        | Assinariam?"""
    ),
    "draft": _words(
        """Draft | Draft read | Which draft did you read? | Version | Version of the draft
        | Borrador | Projet | Entwurf | Rascunho"""
    ),
}
"""Field → how a form of its own may ask for it."""

_YES = _words("yes | sí | oui | ja | sim")
_AS_IS = _words(
    """as is | as it is | as it stands | we would sign as is | we would sign it as it is
    | we would sign it as it stands | without changes | unchanged | tal cual | tal como está
    | como está | sin cambios | tel quel | telle quelle | en l'état | sans changement
    | sans modification | so wie er ist | wie er ist | so wie es ist | wie es ist | unverändert
    | ohne änderung | ohne änderungen | tal e qual | sem alterações | sem mudanças"""
)
_CHANGED = _words(
    """with this change | with a change | with changes | with that change | with the change
    | only with a change | only with this change | only with changes | if changed
    | if this is changed | con este cambio | con un cambio | con cambios
    | solo con este cambio | sólo con este cambio | con esta modificación
    | con modificaciones | avec ce changement | avec un changement | avec des changements
    | avec cette modification | avec modification | seulement avec ce changement
    | mit dieser Änderung | mit einer Änderung | mit Änderungen | nur mit dieser Änderung
    | com esta alteração | com esta mudança | com uma alteração | com alterações
    | com mudanças | só com esta alteração | apenas com esta alteração"""
)


def _with_yes(ways: tuple[str, ...]) -> tuple[str, ...]:
    return (*ways, *(f"{yes} {way}" for yes in _YES for way in ways))


WOULD_SIGN: Mapping[str, tuple[str, ...]] = {
    "as is": (*_YES, *_with_yes(_AS_IS)),
    "with this change": _with_yes(_CHANGED),
    "no": _words(
        """not | no, we would not | we would not sign | we would not sign it | would not sign
        | not at all | no, not at all | no firmaríamos | no firmaría | non
        | nous ne signerions pas | nein | wir würden nicht unterzeichnen | gar nicht | não
        | não assinaríamos | não assinaria"""
    ),
}
"""What the table says of signing → other ways in which people say it."""

WITHDRAWN = _words(
    """withdrawn | withdrew | they withdrew it | taken back | retirado | retirada | retiré
    | retirée | zurückgezogen | zurückgenommen"""
)
"""Written under “Settled in draft” where its author took the comment back."""

ABOUT_ALL = _words(
    """whole text | the whole text | whole statement | the whole statement | whole | all
    | the whole | everything | in general | general | generally | overall | the text
    | the statement | texto completo | todo el texto | todo | en general | el texto
    | tout le texte | texte entier | le texte entier | tout | en général | général
    | ganzer text | der ganze text | gesamter text | der gesamte text | alles | allgemein
    | im allgemeinen | texto inteiro | todo o texto | o texto inteiro | tudo | em geral | geral"""
)
"""Ways to say that a comment is about the whole."""
LEADING = frozenset(
    _words(
        """clause | principle | policy | point | article | section | no | number | cláusula
        | clausula | principio | política | politica | punto | artículo | articulo | principe
        | politique | klausel | punkt | grundsatz | princípio | ponto | artigo"""
    )
)
"""Words that may stand before the id of a clause."""
