"""Words of the drop-downs as people write them in other languages.

English, Spanish, French, German, Portuguese, Italian, Russian, Arabic, Swedish, Dutch. Only what
can mean one thing in its column: "approved" may be of a committee or of the whole house.
"""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split("|") if word.strip())


_OUTREACH = {
    "wanted": _words(
        """deseado | deseada | souhaité | souhaitée | recherché | recherchée | gewünscht | gesucht
        | desejado | desejada | desiderato | desiderata | желательно | مطلوب | مطلوبة | önskad
        | önskas | gewenst"""
    ),
    "contacted": _words(
        """contactado | contactada | contacté | contactée | kontaktiert | angeschrieben | contatado
        | contatada | contattato | contattata | связались | تم الاتصال | تم التواصل | kontaktad
        | kontaktat | gecontacteerd | benaderd"""
    ),
    "in conversation": _words(
        """in talks | in dialogue | in discussion | en conversación | en conversaciones
        | en diálogo | en conversation | en discussion | im Gespräch | in Gesprächen | em conversa
        | em conversação | em diálogo | in conversazione | in dialogo | в разговоре | в диалоге
        | في محادثة | قيد المحادثة | في حوار | i samtal | i dialog | in gesprek | in overleg"""
    ),
    "deciding": _words(
        """decidiendo | en cours de décision | entscheidet | in Entscheidung | decidindo
        | a decidir | em decisão | in decisione | sta decidendo | решают | принимают решение
        | قيد القرار | قيد اتخاذ القرار | beslutar | fattar beslut | aan het beslissen"""
    ),
    "joined": _words(
        """se unió | se ha unido | unido | unida | se sumó | a rejoint | a adhéré | beigetreten
        | aderiu | juntou-se | ha aderito | aderito | присоединились | присоединился
        | присоединилась | انضم | انضمت | انضموا | gått med | ansluten | toegetreden
        | aangesloten"""
    ),
    "said no": _words(
        """declined | refused | they said no | dijo que no | dijeron que no | rechazó | a dit non
        | a refusé | refusé | abgesagt | abgelehnt | hat abgelehnt | disse não | disse que não
        | recusou | ha detto no | ha rifiutato | отказались | отказался | отказалась | отказ | رفض
        | رفضت | رفضوا | sa nej | tackat nej | tackade nej | avböjt | zei nee | nee gezegd
        | geweigerd"""
    ),
    "later": _words(
        """más tarde | más adelante | plus tard | später | mais tarde | più tardi | più avanti
        | позже | потом | لاحقا | فيما بعد | senare"""
    ),
}
_CONVERSATIONS = {
    "one-to-one": _words(
        """one on one | 1:1 | 1 to 1 | one2one | uno a uno | tête-à-tête | en tête-à-tête
        | Einzelgespräch | Vier-Augen-Gespräch | unter vier Augen | um a um | conversa individual
        | a quattr'occhi | colloquio individuale | один на один | لقاء فردي | محادثة فردية
        | enskilt samtal | mellan fyra ögon | één op één | één-op-één gesprek"""
    ),
    "introduction": _words(
        """intro | introduced | presentación | mise en relation | mise en contact | Vorstellung
        | apresentação | presentazione | знакомство | تعارف | introduktion | introductie
        | kennismaking"""
    ),
    "table talk": _words(
        """table conversation | charla de mesa | conversación de mesa | discussion de table
        | conversation à table | Tischgespräch | conversa de mesa | conversa à mesa
        | conversazione a tavola | застольная беседа | разговор за столом | حديث المائدة
        | حديث الطاولة | bordssamtal | tafelgesprek"""
    ),
    "tie": _words(
        """relationship | connection | vínculo | lazo | lien | relation | Verbindung | Beziehung
        | laço | ligação | legame | связь | صلة | علاقة | koppling | verbinding | relatie"""
    ),
    "do not introduce": _words(
        """don't introduce | not to be introduced | no presentar | no poner en contacto
        | ne pas présenter | ne pas mettre en relation | ne pas mettre en contact
        | nicht vorstellen | nicht bekannt machen | nicht zusammenbringen | não apresentar
        | non presentare | не знакомить | عدم التعريف | لا للتعارف | introducera inte
        | presentera inte | niet voorstellen | niet introduceren"""
    ),
}
_HELP = {
    "training": _words(
        """formación | capacitación | formation | Schulung | Fortbildung | Weiterbildung
        | formação | capacitação | treinamento | formazione | обучение | тренинг | تدريب
        | utbildning | opleiding | scholing"""
    ),
    "media": _words(
        """medios | medios de comunicación | médias | Medien | mídia | comunicação social | СМИ
        | медиа | إعلام | الإعلام | وسائل الإعلام | medier"""
    ),
    "facilitation": _words(
        """facilitación | moderación | Moderation | facilitação | moderação | facilitazione
        | moderazione | фасилитация | модерация | تيسير | facilitering | processledning
        | facilitatie"""
    ),
    "money": _words(
        """funding | finance | dinero | financiación | argent | financement | Geld | Finanzierung
        | dinheiro | financiamento | denaro | soldi | finanziamento | деньги | финансирование
        | مال | المال | تمويل | pengar | finansiering | financiering"""
    ),
    "legal": _words(
        """legal advice | jurídico | jurídica | juridique | rechtlich | Rechtsberatung | juristisch
        | legale | юридическая | юридический | юридическая помощь | قانوني | قانونية | juridisk
        | juridiskt | juridisch"""
    ),
    "tech": _words(
        """technology | technical | tecnología | técnico | técnica | technique | technologie
        | informatique | Technik | technisch | tecnologia | tecnico | техника | технологии
        | техническая | تقنية | تقني | teknik | teknisk | techniek"""
    ),
    "other": _words(
        """others | something else | otro | otra | otros | autre | autres | anderes | andere
        | sonstiges | outro | outra | outros | altro | altra | другое | другая | أخرى | غير ذلك
        | annat | övrigt | anders | overig"""
    ),
}
_CONTACTS = {
    "signatory": _words(
        """signer | firmante | signataire | Unterzeichner | Unterzeichnerin | signatário
        | signatária | firmatario | firmataria | подписант | موقع | الموقع | undertecknare
        | ondertekenaar"""
    ),
    "day-to-day": _words(
        """daily contact | everyday contact | día a día | contacto diario | au quotidien
        | contact quotidien | Tagesgeschäft | im Alltag | dia a dia | no dia a dia
        | contatto quotidiano | повседневный контакт | повседневные вопросы | الاتصال اليومي
        | daglig kontakt | dagelijks contact"""
    ),
    "press": _words(
        """press contact | press officer | media contact | prensa | presse | imprensa | stampa
        | пресса | صحافة | الصحافة | pers"""
    ),
    "deputy": _words(
        """suplente | adjunto | adjunta | suppléant | suppléante | adjoint | adjointe
        | Stellvertretung | Stellvertreter | Stellvertreterin | Vertretung | vice | sostituto
        | sostituta | заместитель | نائب | نائبة | ersättare | ställföreträdare | plaatsvervanger
        | vervanger"""
    ),
    "coalition staff hosted by": _words(
        """coalition staff | hosted coalition staff | personal de la coalición
        | personnel de la coalition | équipe de la coalition | Mitarbeitende des Bündnisses
        | Personal des Bündnisses | equipe da coalizão | equipa da coligação
        | personale della coalizione | сотрудник коалиции | موظف الائتلاف | koalitionens personal
        | personeel van de coalitie"""
    ),
    "weekly": _words(
        """every week | each week | once a week | semanal | semanalmente | cada semana
        | hebdomadaire | chaque semaine | wöchentlich | jede Woche | toda semana | settimanale
        | ogni settimana | еженедельно | каждую неделю | أسبوعي | أسبوعيا | كل أسبوع | varje vecka
        | veckovis | wekelijks | elke week"""
    ),
    "monthly": _words(
        """every month | each month | once a month | mensual | mensualmente | cada mes | mensuel
        | mensuelle | chaque mois | monatlich | jeden Monat | mensal | mensalmente | todo mês
        | mensile | ogni mese | ежемесячно | каждый месяц | شهري | شهريا | كل شهر | varje månad
        | månadsvis | maandelijks | elke maand"""
    ),
    "only when needed": _words(
        """when needed | only if needed | if needed | as needed | solo cuando haga falta
        | solo si es necesario | cuando sea necesario | seulement si nécessaire | si nécessaire
        | uniquement si nécessaire | en cas de besoin | nur bei Bedarf | bei Bedarf
        | nur wenn nötig | só quando necessário | apenas se necessário | quando necessário
        | solo se necessario | al bisogno | при необходимости | только при необходимости
        | عند الحاجة | عند الحاجة فقط | فقط عند الحاجة | vid behov | bara vid behov
        | endast vid behov | indien nodig | alleen indien nodig | alleen als het nodig is"""
    ),
    "never": _words(
        "nunca | jamais | nie | niemals | mai | никогда | أبدا | aldrig | nooit"
    ),
}  # fmt: skip
_GROUPS = {
    "working group": _words(
        """workgroup | working party | grupo de trabajo | groupe de travail | Arbeitsgruppe
        | Arbeitskreis | grupo de trabalho | gruppo di lavoro | рабочая группа | مجموعة عمل
        | فريق عمل | arbetsgrupp | werkgroep"""
    ),
    "caucus": _words(
        """grupo de afinidad | groupe affinitaire | Bezugsgruppe | grupo de afinidade
        | gruppo di affinità | кокус | كتلة | intressegrupp | affiniteitsgroep"""
    ),
    "district team": _words(
        """equipo de distrito | equipo distrital | équipe de district | équipe de circonscription
        | Bezirksteam | Wahlkreisteam | Bezirksgruppe | equipe de distrito | equipe distrital
        | equipa distrital | gruppo di distretto | gruppo distrettuale | районная команда
        | окружная команда | فريق المنطقة | فريق الدائرة | distriktsgrupp | distriktsteam
        | districtsteam"""
    ),
    "funders": _words(
        """funder | donors | financiadores | donantes | bailleurs de fonds | financeurs
        | Geldgeber | Geldgebende | Förderer | doadores | finanziatori | доноры | ممولون
        | المانحون | جهات مانحة | finansiärer | bidragsgivare | financiers"""
    ),
    "steering": _words(
        """steering group | steering committee | comité directivo | comité de pilotage | pilotage
        | comité directeur | Steuerungsgruppe | Steuerungskreis | Lenkungskreis | Lenkungsgruppe
        | comitê diretor | comité diretor | comissão diretora | comitato direttivo | direttivo
        | координационный комитет | руководящий комитет | لجنة توجيهية | اللجنة التوجيهية
        | styrgrupp | styrgruppen | stuurgroep"""
    ),
}
_MEETINGS = {
    "meeting": _words(
        """reunión | réunion | Treffen | Sitzung | Besprechung | reunião | riunione | incontro
        | встреча | совещание | اجتماع | möte | vergadering | bijeenkomst | overleg"""
    ),
    "assembly": _words(
        """general assembly | plenary | asamblea | assemblée | assemblée générale | Versammlung
        | Vollversammlung | Mitgliederversammlung | assembleia | assemblea | ассамблея
        | общее собрание | جمعية عمومية | stämma | årsmöte | stormöte | ledenvergadering
        | algemene vergadering"""
    ),
    "event": _words(
        """evento | événement | Veranstaltung | мероприятие | событие | فعالية | evenemang
        | evenement"""
    ),
    "yes": _words("sí | oui | ja | sim | да | نعم"),
    "partly": _words(
        """partially | in part | en parte | parcialmente | en partie | partiellement | teilweise
        | zum Teil | em parte | in parte | parzialmente | частично | جزئيا | delvis | deels
        | gedeeltelijk"""
    ),
    "no": _words("non | nein | não | нет | لا | nej | nee"),
    "none named": _words(
        """nobody named any | no needs named | ninguna mencionada | aucun mentionné
        | aucun besoin mentionné | keine genannt | keine angegeben | nenhuma mencionada
        | nenhuma indicada | nessuna indicata | nessuno indicato | никто не назвал | لم يذكر أحد
        | inga nämnda | inga angivna | geen genoemd"""
    ),
}
_MEDIA = {
    "favourable": _words(
        """positive | supportive | in favour | favorable | positivo | positiva | a favor | positif
        | positiv | wohlwollend | befürwortend | favorável | favorevole | положительный
        | положительная | положительно | позитивный | благоприятный | إيجابي | إيجابية | välvillig
        | gunstig | positief | welwillend"""
    ),
    "neutral": _words(
        """neutra | neutre | neutro | neutrale | нейтральный | нейтральная | нейтрально | محايد
        | محايدة | neutralt | neutraal"""
    ),
    "opposed": _words(
        """against | negative | hostile | en contra | opuesto | opuesta | negativo | negativa
        | contrario | contraria | desfavorable | opposé | opposée | contre | négatif | défavorable
        | ablehnend | dagegen | negativ | contra | contrário | contrária | desfavorável
        | sfavorevole | contro | против | отрицательный | отрицательная | отрицательно
        | негативный | معارض | معارضة | سلبي | سلبية | emot | avvisande | tegen | negatief
        | afwijzend"""
    ),
}
_POSITIONS = {
    "support": _words(
        """supports | supportive | in favour | in favor | a favor | apoya | apoyo | soutient
        | soutien | favorable | unterstützt | dafür | Unterstützung | apoia | apoio | sostiene
        | a favore | favorevole | за | поддерживает | поддержка | مؤيد | يدعم | دعم | stödjer
        | stöder | stöd | steunt | steun"""
    ),
    "leaning": _words(
        """leaning in favour | leaning in favor | leaning for | leaning support | leans in favour
        | leaning towards support | tiende a favor | se inclina a favor | inclinado a favor
        | plutôt pour | plutôt favorable | penche pour | eher dafür | tendiert dafür
        | tende a favor | inclina-se a favor | tendenzialmente a favore | piuttosto favorevole
        | скорее за | يميل إلى التأييد | يميل للتأييد | lutar åt ja | snarare för | eerder voor"""
    ),
    "undecided": _words(
        """indeciso | indecisa | indécis | indécise | unentschieden | unentschlossen
        | не определился | не определилась | متردد | مترددة | لم يقرر | obeslutsam | onbeslist"""
    ),
    "leaning against": _words(
        """leans against | likely against | leaning opposed | tiende en contra
        | se inclina en contra | inclinado en contra | plutôt contre | penche contre
        | plutôt défavorable | eher dagegen | tendiert dagegen | tende contra | inclina-se contra
        | inclinado contra | tendenzialmente contrario | piuttosto contrario | скорее против
        | يميل إلى المعارضة | يميل للمعارضة | lutar åt nej | snarare emot | eerder tegen"""
    ),
    "against": _words(
        """opposed | opposes | in opposition | en contra | se opone | contre | opposé | opposée
        | dagegen | lehnt ab | contra | opõe-se | contro | contrario | contraria | против | ضد
        | معارض | يعارض | emot | tegen"""
    ),
    "unknown": _words(
        """not known | desconocido | desconocida | no se sabe | inconnu | inconnue | unbekannt
        | desconhecido | desconhecida | sconosciuto | sconosciuta | неизвестно | неизвестна
        | غير معروف | مجهول | okänd | okänt | onbekend"""
    ),
}
_MILESTONES = {
    "sponsor": _words(
        """has a sponsor | sponsor found | patrocinador | patrocinadora | parrain | marraine
        | Fürsprecher | proponente | спонсор | автор законопроекта | الراعي | förslagsställare
        | indiener"""
    ),
    "introduced": _words(
        """presentado | presentada | déposé | déposée | eingebracht | apresentado | apresentada
        | presentato | presentata | внесён | внесена | تم تقديمه | framlagd | framlagt
        | ingediend"""
    ),
    "hearing": _words(
        """public hearing | audiencia | comparecencia | audition | Anhörung | audiência
        | audizione | слушание | слушания | جلسة استماع | utfrågning | hoorzitting"""
    ),
    "committee": _words(
        """in committee | comité | comisión | en comisión | commission | en commission | Ausschuss
        | im Ausschuss | comissão | comitê | commissione | in commissione | комитет | в комитете
        | لجنة | اللجنة | في اللجنة | utskott | i utskottet | commissie"""
    ),
    "floor": _words(
        """floor vote | on the floor | pleno | en el pleno | séance plénière | en séance plénière
        | plénière | Plenum | im Plenum | plenário | no plenário | in aula | plenaria
        | пленарное заседание | الجلسة العامة | جلسة عامة | kammaren | i kammaren | plenair
        | plenaire zitting"""
    ),
    "enacted": _words(
        """enacted into law | became law | signed into law | promulgado | promulgada | promulgué
        | promulguée | Gesetz geworden | sancionado | promulgato | promulgata | стал законом
        | صدر القانون | blev lag | wet geworden"""
    ),
    "implemented": _words(
        """implementado | implementada | puesto en práctica | mis en œuvre | mis en oeuvre
        | mise en œuvre | mise en oeuvre | umgesetzt | attuato | attuata | реализован | реализовано
        | внедрено | تم تنفيذه | تم التنفيذ | genomförd | genomfört | uitgevoerd"""
    ),
}
_LESSONS = {
    "lesson": _words(
        """lesson learned | lesson learnt | lección | aprendizaje | leçon | enseignement | Lektion
        | Erkenntnis | lição | aprendizado | lezione | урок | درس | lärdom | les"""
    ),
    "guide": _words(
        """manual | guía | guide pratique | Leitfaden | Anleitung | guia | guida | руководство
        | инструкция | دليل | handledning | vägledning | gids | handleiding"""
    ),
    "win": _words(
        """victory | success | victoria | logro | éxito | victoire | succès | Sieg | Erfolg
        | vitória | conquista | êxito | vittoria | successo | победа | успех | فوز | نصر | انتصار
        | seger | framgång | overwinning | succes"""
    ),
}

CHOICE_WORDS: Mapping[str, tuple[str, ...]] = {
    **_OUTREACH, **_CONVERSATIONS, **_HELP, **_CONTACTS, **_GROUPS, **_MEETINGS, **_MEDIA,
    **_POSITIONS, **_MILESTONES, **_LESSONS,
}  # fmt: skip
"""A word of a drop-down → other ways to write it, wherever that word may be picked."""
