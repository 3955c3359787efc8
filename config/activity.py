"""How forms by which members report ask for things, in five languages."""

from __future__ import annotations

from collections.abc import Mapping

from config.languages import NO, NOT_APPLICABLE, TITLES
from config.tables.later import ACTIONS, ACTIVITY, CHECK_IN, HELP, LESSONS


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split("|") if word.strip())


_ACTIVITY: Mapping[str, tuple[str, ...]] = {
    "date": _words(
        """When | When was it? | When did it take place? | When did it happen? | Date of the action
        | Day | Fecha | ¿Cuándo? | ¿Cuándo fue? | ¿Cuándo tuvo lugar? | Fecha de la acción
        | Quand ? | C'était quand ? | Quand cela a-t-il eu lieu ? | Date de l'action | Wann?
        | Wann war das? | Wann hat es stattgefunden? | Datum | Data | Quando?
        | Quando aconteceu? | Data da ação"""
    ),
    "organisation": TITLES["organisation"],
    "what": _words(
        """What did you do? | Tell us what you did | What have you done? | Name of the action
        | Action | Initiative | ¿Qué hicieron? | ¿Qué hicisteis? | ¿Qué han hecho?
        | Cuéntenos qué hicieron | Nombre de la acción | Acción | Qu'avez-vous fait ?
        | Dites-nous ce que vous avez fait | Nom de l'action | Was haben Sie getan?
        | Was haben Sie gemacht? | Was habt ihr gemacht? | Name der Aktion | Aktion
        | O que fizeram? | O que vocês fizeram? | Nome da ação | Ação"""
    ),
    "with_whom": _words(
        """With whom? | With whom did you do it? | Who else took part? | Who took part with you?
        | Partners | ¿Con quién? | ¿Con quiénes? | ¿Quién más participó? | Avec qui ?
        | Qui d'autre a participé ? | Partenaires | Mit wem? | Wer war noch dabei?
        | Wer hat noch mitgemacht? | Com quem? | Quem mais participou?"""
    ),
    "kind": _words(
        """Kind of action | Type of action | What kind of action was it? | Tipo de acción
        | ¿Qué tipo de acción fue? | Type d'action | Quel type d'action était-ce ?
        | Art der Aktion | Was für eine Aktion war es? | Tipo de ação"""
    ),
    "letters": _words(
        """Letters sent | How many letters or messages did you send?
        | How many letters did you send? | Number of letters | Cartas | ¿Cuántas cartas enviaron?
        | ¿Cuántas cartas o mensajes enviaron? | Lettres
        | Combien de lettres avez-vous envoyées ?
        | Combien de lettres ou de messages avez-vous envoyés ? | Briefe
        | Wie viele Briefe haben Sie geschickt?
        | Wie viele Briefe oder Nachrichten haben Sie geschickt? | Quantas cartas enviaram?"""
    ),
    "people": _words(
        """How many people took part? | How many people came? | Number of people | Personas
        | ¿Cuántas personas participaron? | Personnes | Combien de personnes ont participé ?
        | Personen | Wie viele Menschen haben teilgenommen? | Wie viele Leute waren dabei?
        | Pessoas | Quantas pessoas participaram?"""
    ),
    "district": _words(
        """Where? | Where was it? | Where did it take place? | In which district? | Distrito
        | ¿Dónde? | ¿Dónde fue? | ¿Dónde tuvo lugar? | Où ? | Où cela a-t-il eu lieu ? | Wo?
        | Wo war das? | Wo hat es stattgefunden? | Bezirk | Wahlkreis | Onde?
        | Onde aconteceu?"""
    ),
    "plan": _words(
        """Which plan does it belong to? | Shared plan | Plan común | ¿De qué plan forma parte?
        | Plan commun | De quel plan cela fait-il partie ? | Gemeinsamer Plan
        | Zu welchem Plan gehört es? | Plano comum"""
    ),
    "link": _words(
        """Is there a link? | Where can it be seen? | Web link | URL | Enlace | ¿Hay un enlace?
        | Lien | Y a-t-il un lien ? | Gibt es einen Link? | Ligação | Link para ver"""
    ),
    "lesson": _words(
        """What did you learn? | What could others learn from it? | A lesson for others
        | Lección | ¿Qué aprendieron? | ¿Qué podrían aprender otras de ello? | Leçon
        | Qu'avez-vous appris ? | Que pourraient en apprendre les autres ? | Was haben Sie gelernt?
        | Was können andere daraus lernen? | Erfahrung | Lição | O que aprenderam?"""
    ),
    "may_be_shared": _words(
        """May we share it? | May we share the lesson? | May the lesson be shown outside?
        | ¿Podemos compartirlo? | ¿Podemos compartir la lección? | Pouvons-nous la partager ?
        | Pouvons-nous partager la leçon ? | Dürfen wir das weitergeben?
        | Dürfen wir die Erfahrung weitergeben? | Podemos partilhar? | Podemos compartilhar?"""
    ),
    "help_wanted": _words(
        """What help would you like? | Would you like help? | Do you need help?
        | What help do you need? | Help needed | ¿Qué ayuda necesitan? | ¿Qué ayuda desean?
        | Ayuda | De quelle aide avez-vous besoin ? | Quelle aide souhaitez-vous ? | Aide
        | Welche Hilfe wünschen Sie sich? | Welche Hilfe brauchen Sie? | Hilfe
        | De que ajuda precisam?"""
    ),
    "kind_of_help": _words(
        """What kind of help? | What kind of help is it? | Type of help | Tipo de ayuda
        | ¿Qué tipo de ayuda? | Type d'aide | Quel type d'aide ? | Art der Hilfe
        | Welche Art von Hilfe? | Tipo de ajuda"""
    ),
}
_CHECK_IN: Mapping[str, tuple[str, ...]] = {
    "date": (*_words("Day | Fecha | Datum | Data"),),
    "organisation": TITLES["organisation"],
    "purpose": _words(
        """How clear is our shared purpose? | Is our purpose clear? | Propósito
        | ¿Qué tan claro es nuestro propósito común? | Raison d'être | But commun
        | Notre but commun est-il clair ? | Ziel | Zweck
        | Wie klar ist unser gemeinsames Ziel? | Propósito comum"""
    ),
    "trust": _words(
        """How much do we trust each other? | Confianza | ¿Cuánta confianza hay entre nosotras?
        | Confiance | À quel point nous faisons-nous confiance ? | Vertrauen
        | Wie sehr vertrauen wir einander? | Confiança"""
    ),
    "voice": _words(
        """Are you heard? | How well are you heard? | Voz | ¿Se les escucha? | Voix
        | Êtes-vous entendus ? | Stimme | Werden Sie gehört?"""
    ),
    "value": _words(
        """Is it worth your time? | How much is the coalition worth to you? | Valor
        | ¿Vale la pena su tiempo? | Valeur | Cela vaut-il votre temps ? | Wert | Nutzen
        | Lohnt sich die Zeit für Sie?"""
    ),
    "performance": _words(
        """Do we achieve what we set out to do? | How well do we perform? | Resultados
        | ¿Logramos lo que nos proponemos? | Résultats
        | Atteignons-nous ce que nous visons ? | Ergebnisse
        | Erreichen wir, was wir uns vornehmen?"""
    ),
    "operations": _words(
        """How well do we work from day to day? | Funcionamiento
        | ¿Qué tan bien trabajamos en el día a día? | Fonctionnement
        | Travaillons-nous bien au quotidien ? | Arbeitsweise
        | Wie gut arbeiten wir im Alltag? | Funcionamento"""
    ),
    "capacity": _words(
        """Do you have the people and time to take part? | Capacidad
        | ¿Tienen gente y tiempo para participar? | Capacité | Moyens
        | Avez-vous les personnes et le temps de participer ? | Kapazität
        | Haben Sie Menschen und Zeit, um mitzumachen? | Capacidade"""
    ),
    "another_member_helped_us_lately": _words(
        """Did another organisation of the coalition help you lately?
        | Did another organization of the coalition help you lately?
        | Did another organisation of the coalition help in the last months?
        | Did another member help you lately? | ¿Les ayudó otra organización últimamente?
        | ¿Les ayudó hace poco otra organización de la coalición?
        | Une autre organisation vous a-t-elle aidés récemment ?
        | Une autre organisation de la coalition vous a-t-elle aidés récemment ?
        | Hat Ihnen in letzter Zeit eine andere Organisation geholfen?
        | Hat Ihnen in letzter Zeit eine andere Organisation des Bündnisses geholfen?"""
    ),
}

AS_ACTION: Mapping[str, str] = {
    "date": "date", "initiative": "what", "started_by": "organisation", "partners": "with_whom",
    "kind": "kind", "letters": "letters", "people": "people", "district": "district",
    "plan": "plan", "link": "link",
}  # fmt: skip
AS_LESSON: Mapping[str, str] = {
    "date": "date", "organisation": "organisation", "what": "lesson", "link": "link",
    "may_be_shared": "may_be_shared",
}  # fmt: skip
AS_HELP: Mapping[str, str] = {
    "asked_on": "date", "organisation": "organisation", "kind": "kind_of_help",
}  # fmt: skip
"""Field of Actions, Lessons or Help → the field of *Tell us what you did* that fills it."""


def _asked_alike(fields: Mapping[str, str], **more: str) -> dict[str, tuple[str, ...]]:
    """The ways in which *Tell us what you did* asks for the fields, and some more."""
    column = ACTIVITY.column
    return {
        field: (column(theirs).title, *_ACTIVITY[theirs], *_words(more.get(field, "")))
        for field, theirs in fields.items()
    }


FORM_TITLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    ACTIVITY.name: _ACTIVITY,
    CHECK_IN.name: _CHECK_IN,
    ACTIONS.name: _asked_alike(AS_ACTION, started_by="Who started it? | Who reports?"),
    LESSONS.name: _asked_alike(AS_LESSON),
    HELP.name: _asked_alike(AS_HELP),
}
"""Table → field → how a form may ask for it, beside the column's title."""

NOTHING_TOLD = (
    *NO, *NOT_APPLICABLE,
    *_words(
        """none | nothing | nothing yet | not now | not yet | no help | none needed
        | no help needed | nada | ninguno | ninguna | ninguna ayuda | por ahora no | rien
        | aucun | aucune | pas pour l'instant | nichts | keine | keiner | keine hilfe
        | derzeit nicht | nenhum | nenhuma | por enquanto não"""
    ),
)  # fmt: skip
"""Answers to “a lesson?” and “help wanted?” that tell of none."""
