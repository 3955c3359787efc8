"""Words that forms use in other languages: column titles, yes and no, halves of the day, zones."""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split("|") if word.strip())


TIMESTAMP_TITLES = _words(
    """Timestamp | Time stamp | Submitted at | Submission date | Date submitted | Received at
    | Marca temporal | Horodateur | Zeitstempel | Carimbo de data/hora
    | Informazioni cronologiche | Tijdstempel | Sygnatura czasowa | Отметка времени
    | タイムスタンプ | 时间戳记 | 時間戳記 | 时间戳 | 타임스탬프 | Tidstämpel | Tidsstempel
    | Tidsmerke | Aikaleima | Časová značka | Časové razítko | Časová pečiatka | Időbélyeg
    | Marcaj de timp | Marcaj temporal | Χρονική σήμανση | Χρονική σφραγίδα | Позначка часу
    | Zaman damgası | طابع زمني | الطابع الزمني | חותמת זמן | टाइमस्टैम्प | Stempel waktu
    | Cap waktu | Dấu thời gian | ประทับเวลา | Marca de temps | Denbora-zigilua
    | Vremenska oznaka | Клеймо за време | Временска ознака | Laiko žyma | Laikspiedols
    | Ajatempel | Časovni žig | Selo temporal"""
)
EMAIL_TITLES = _words(
    """Email Address | Email | E-mail | E-mail address | Your email | Your email address
    | Username | Dirección de correo electrónico | Correo electrónico | Adresse e-mail
    | Courriel | E-Mail-Adresse | E-Mail | Endereço de e-mail | Indirizzo email | E-mailadres
    | Adres e-mail | Адрес электронной почты | メールアドレス | 电子邮件地址 | 電子郵件地址
    | 이메일 주소 | E-postadress | E-mailadresse | E-postadresse | Sähköpostiosoite
    | E-mailová adresa | E-mail cím | Adresă de e-mail | Διεύθυνση ηλεκτρονικού ταχυδρομείου
    | Διεύθυνση email | Електронна адреса | E-posta Adresi | عنوان البريد الإلكتروني
    | כתובת אימייל | Adreça electrònica | Helbide elektronikoa | ईमेल पता | Địa chỉ email
    | Alamat Email"""
)

# Only wordings that can mean one thing: "Name" alone could be the organisation or the signatory.
TITLES: Mapping[str, tuple[str, ...]] = {
    "timestamp": TIMESTAMP_TITLES,
    "email": EMAIL_TITLES,
    "request": _words("What would you like to do? | What do you want to do? | Type of request"),
    "organisation": _words(
        """Organization | Organisation name | Organization name | Name of organisation
        | Name of organization | Name of your organisation | Name of your organization
        | Name of the organisation | Name of the organization | Your organisation
        | Your organization | Group name | Name of your group | Organización
        | Nombre de la organización | Nombre de su organización | Nom de l'organisation
        | Nom de votre organisation | Name der Organisation | Name Ihrer Organisation
        | Organização | Nome da organização | Organizzazione | Nome dell'organizzazione
        | Organisatie | Naam van de organisatie | Nazwa organizacji | Название организации"""
    ),
    "website": _words(
        """Web site | Homepage | Your website | Organisation website | Organization website
        | Website of your organisation | Website of your organization | Sitio web | Página web
        | Site web | Webseite | Internetseite | Site da organização | Sito web"""
    ),
    "kind": _words(
        """Kind of organisation | Kind of organization | Type of organisation
        | Type of organization | Organisation type | Organization type
        | What kind of organisation is it? | What kind of organization is it?"""
    ),
    "size": _words(
        """Number of members | How many members do you have? | How many people belong to it?
        | Organisation size | Organization size | Size of your organisation"""
    ),
    "founded": _words("Founded in | Year founded | When was it founded? | Year of foundation"),
    "country": _words("Your country | País | Pays | Land | Paese | Kraj | Страна"),
    "district": _words("Your district | Electoral district | Legislative district | Distrito"),
    "sector": _words(
        """Sectors | What do you work on? | What does your organisation work on?
        | What does your organization work on? | Issue area | Issue areas"""
    ),
    "level": _words(
        """Is your organisation national, regional or local?
        | Is your organization national, regional or local? | Level of your organisation
        | Level of your organization | Geographic level"""
    ),
    "parent": _words(
        """Parent organisation | Parent organization | National organisation
        | National organization | Which organisation are you a chapter of?
        | Which organization are you a chapter of?"""
    ),
    "parent_approval": _words(
        "Has your parent organisation approved? | Has your parent organization approved?"
    ),
    "acts_autonomously": _words(
        "Can your chapter act autonomously? | Does your chapter act autonomously?"
    ),
    "signing_as": _words(
        """Are you signing as an organisation or an individual?
        | Are you signing as an organization or an individual? | I am signing as
        | Are you signing for your organisation or as an individual?
        | Are you signing for your organization or as an individual?"""
    ),
    "joins_as": _words(
        "How do you want to join? | We join as | Membership type | Type of membership"
    ),
    "signatory": _words(
        """Name of signatory | Name of the signatory | Signatory name | Signed by
        | Authorised signatory | Authorized signatory | Name of the person signing
        | Name of person signing | Nombre del firmante | Nom du signataire
        | Name der unterzeichnenden Person | Nome do signatário"""
    ),
    "role": _words(
        """Your role | Job title | Position | Your position | Title or role | Role of signatory
        | Role in the organisation | Role in the organization | Cargo | Fonction | Funktion"""
    ),
    "authorised": _words(
        """Authorized | Are you authorised to sign for your organisation?
        | Are you authorized to sign for your organization?
        | I am authorised to sign for my organisation
        | I am authorized to sign for my organization
        | I am authorised to sign on behalf of my organisation
        | I am authorized to sign on behalf of my organization"""
    ),
    "contact": _words("Contact person | Day-to-day contact | Name of contact | Main contact"),
    "agreement": _words(
        """Do you agree to the statement? | Do you agree with the statement?
        | Do you agree to the unity statement? | Do you agree with the unity statement?
        | Does your organisation agree to the unity statement?
        | Does your organization agree to the unity statement?
        | We agree to the unity statement"""
    ),
    "version_shown": _words(
        "Version of the statement | Version of the text | Version | Statement version"
    ),
    "reservations": _words("Any reservations? | Do you have any reservations? | Conditions"),
    "list_us": _words(
        """May we list you? | May we list your organisation? | May we list your organization?
        | May we list your name publicly? | May we name you in public?
        | May we list your organisation publicly? | May we list your organization publicly?"""
    ),
    "count_us_unnamed": _words("May we count you without naming you?"),
    "show_signatory": _words("May we show the signatory's name? | May we show your name?"),
    "use_our_logo": _words("May we use your logo? | May we show your logo?"),
    "already_doing": _words("What are you already doing?"),
    "worth_your_time": _words(
        "What would make it worth your time? | What would make this worth your time?"
    ),
    "communities_led": _words("Which communities lead your organisation? | Led by communities"),
    "communities_served": _words("Which communities do you serve? | Communities you serve"),
    "needs": _words("Access needs | Do you have any access needs? | Accessibility needs"),
    "groups_to_join": _words(
        "Which groups do you want to join? | Which working groups do you want to join?"
    ),
    "offers": _words("What can you offer? | What can you contribute?"),
    "referred_by": _words(
        "Who referred you? | Who told you about us? | How did you hear about us?"
    ),
    "decided_by_board_on": _words(
        "When does your board decide? | Date of board decision | Board decision date"
    ),
    "language": _words("Preferred language | Your language | Idioma | Langue | Sprache"),
}

CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "request": {
        "join": _words(
            """join us | to join | we want to join | I want to join | sign | sign on
            | sign the statement | new sign-on | join the coalition | unirse | unirnos
            | queremos unirnos | adherirse | firmar | rejoindre | adhérer
            | nous voulons adhérer | signer | beitreten | wir wollen beitreten | mitmachen
            | unterzeichnen | aderir | queremos aderir | assinar"""
        ),
        "correct": _words(
            """correction | to correct | correct our details | correct our entry
            | change our details | update | update our details | corregir | corrección
            | actualizar | corriger | rectifier | mettre à jour | korrigieren | berichtigen
            | ändern | aktualisieren | corrigir | correção | atualizar"""
        ),
        "withdraw": _words(
            """withdrawal | to withdraw | withdraw our sign-on | withdraw our signature
            | we want to withdraw | leave | leave the coalition | remove us | retirar
            | retirarse | retirarnos | retirar nuestra firma | retirer | se retirer
            | retirer notre signature | zurückziehen | unterschrift zurückziehen | austreten
            | retirar a assinatura | sair"""
        ),
    },
    "level": {
        "national": _words(
            "nation-wide | nationwide | country-wide | nacional | nationale | bundesweit"
        ),
        "regional": _words(
            """region | state | state-wide | statewide | provincial | estatal | autonómico
            | régional | régionale | landesweit | estadual | regionale"""
        ),
        "local": _words(
            """city | municipal | neighbourhood | neighborhood | community | locale | lokal
            | örtlich | kommunal"""
        ),
        "international": _words(
            "global | worldwide | world-wide | internacional | internationale | mundial | weltweit"
        ),
    },
    "signing_as": {
        "organisation": _words(
            """organization | an organisation | an organization | as an organisation
            | as an organization | for the organisation | for the organization
            | for my organisation | for my organization | for our organisation
            | for our organization | on behalf of the organisation
            | on behalf of the organization | on behalf of my organisation
            | on behalf of my organization | on behalf of an organisation
            | on behalf of an organization | on behalf of our organisation
            | on behalf of our organization | organización | como organización
            | en nombre de la organización | en nombre de mi organización
            | en nombre de una organización | por la organización | au nom de l'organisation
            | au nom de mon organisation | au nom d'une organisation | en tant qu'organisation
            | als Organisation | für die Organisation | für meine Organisation
            | im Namen der Organisation | im Namen meiner Organisation | organização
            | como organização | em nome da organização | em nome da minha organização
            | pela organização"""
        ),
        "individual": _words(
            """an individual | as an individual | myself | for myself | as myself
            | private person | as a private person | in a personal capacity
            | in my personal capacity | persona individual | individuo | a título personal
            | a título individual | como individuo | como persona | como particular
            | à titre individuel | à titre personnel | en tant qu'individu | individu
            | als Einzelperson | Einzelperson | als Privatperson | Privatperson | indivíduo
            | como indivíduo | a título pessoal | pessoa física | em nome próprio
            | en nombre propio"""
        ),
    },
    "joins_as": {
        "member": _words(
            """a member | full member | as a member | member organisation | member organization
            | miembro | como miembro | membre | en tant que membre | comme membre | mitglied
            | als mitglied | membro | como membro"""
        ),
        "signatory only": _words(
            """signatory | as a signatory | as a signatory only | only a signatory
            | signer only | signature only | solo firmante | sólo firmar | solo como firmante
            | firmante | signataire uniquement | signataire seulement | signataire
            | nur unterzeichnend | nur unterzeichnen | unterzeichnerin
            | nur als unterzeichnerin | apenas signatário | só signatário | signatário"""
        ),
        "observer": _words(
            """an observer | as an observer | observador | observadora | como observador
            | observateur | observatrice | en tant qu'observateur | beobachter | beobachterin
            | als beobachter | beobachtend"""
        ),
        "funder": _words(
            """a funder | as a funder | donor | financiador | financiadora | donante
            | bailleur de fonds | financeur | geldgeber | geldgeberin | förderer | fördernd"""
        ),
        "coalition staff": _words(
            """staff | as coalition staff | staff of the coalition | personal de la coalición
            | equipo de la coalición | équipe de la coalition | personnel de la coalition
            | mitarbeitende des bündnisses | mitarbeiter des bündnisses | equipe da coalizão
            | equipe da coligação"""
        ),
    },
}

YES = _words(
    """yes | y | yep | yeah | ok | okay | true | sure | of course | certainly | absolutely | ✓
    | ✔ | ☑ | ✅ | sí | si | oui | ja | j | jo | jawohl | gerne | sim | tak | da | да | ano
    | áno | igen | kyllä | joo | так | ναι | evet | نعم | أجل | כן | 是 | 是的 | 对 | 對 | 好
    | 有 | はい | 예 | 네 | bai | ya | vâng | có | हाँ | हां | ใช่ | taip | jā | jah
    | verdadero | vrai | wahr | verdadeiro | vero"""
)
NO = _words(
    """no | n | nope | false | never | ✗ | ✘ | ❌ | ☐ | no thanks | no thank you | non | nein
    | não | nao | nee | nie | nej | nei | ei | en | ne | нет | ні | nem | nu | όχι | hayır
    | hayir | لا | לא | 否 | 不 | 不是 | 不同意 | いいえ | 아니요 | 아니오 | 아뇨 | ez | tidak
    | không | नहीं | ไม่ | ไม่ใช่ | falso | faux | falsch | i do not agree | we do not agree
    | i don't agree | we don't agree | do not agree | don't agree | disagree | i disagree
    | we disagree | i do not accept | we do not accept | i do not consent | we do not consent
    | not agreed | no acepto | no aceptamos | no estoy de acuerdo | no estamos de acuerdo
    | en desacuerdo | pas d'accord | je ne suis pas d'accord | nous ne sommes pas d'accord
    | je refuse | nous refusons | nicht einverstanden | ich stimme nicht zu
    | wir stimmen nicht zu | não concordo | não concordamos | não aceito | não aceitamos
    | non sono d'accordo | non siamo d'accordo | non accetto | niet akkoord | nie zgadzam się
    | nie zgadzamy się | не согласен | не согласна | не согласны"""
)
# Sentences that begin like this agree, whatever follows.
AGREE = _words(
    """i agree | we agree | agree | agreed | i/we agree | we/i agree | i accept | we accept
    | accept | accepted | i consent | we consent | i confirm | we confirm | confirmed | i do
    | we do | we hereby agree | i hereby agree | i have read and agree | we have read and agree
    | i have read and accept | we have read and accept | i have read and i agree
    | we have read and we agree | i fully agree | we fully agree | fully agree | strongly agree
    | we endorse | i endorse | yes we do | yes i do | yes we may | yes you may | you may
    | acepto | aceptamos | de acuerdo | estoy de acuerdo | estamos de acuerdo
    | hemos leído y aceptamos | he leído y acepto | hemos leído y estamos de acuerdo
    | he leído y estoy de acuerdo | confirmamos | confirmo | d'accord | je suis d'accord
    | nous sommes d'accord | j'accepte | nous acceptons | je confirme | nous confirmons
    | j'ai lu et j'accepte | nous avons lu et acceptons | nous avons lu et nous acceptons
    | einverstanden | wir sind einverstanden | ich bin einverstanden | ich stimme zu
    | wir stimmen zu | stimme zu | ich habe gelesen und stimme zu
    | wir haben gelesen und stimmen zu | wir bestätigen | ich bestätige | concordo
    | concordamos | aceito | aceitamos | estou de acordo | estamos de acordo | de acordo
    | li e concordo | lemos e concordamos | sono d'accordo | siamo d'accordo | accetto
    | accettiamo | concordiamo | akkoord | wij gaan akkoord | ik ga akkoord | eens
    | wij zijn het eens | zgadzam się | zgadzamy się | jag godkänner | vi godkänner
    | vi instämmer | jag instämmer | vi er enige | jeg er enig | olemme samaa mieltä
    | hyväksymme | souhlasím | souhlasíme | egyetértünk | egyetértek | sunt de acord
    | suntem de acord | συμφωνώ | συμφωνούμε | согласен | согласна | согласны | я согласен
    | мы согласны | погоджуюсь | погоджуємося | kabul ediyorum | kabul ediyoruz | katılıyorum
    | katılıyoruz | أوافق | نوافق | موافق | موافقون | מסכים | מסכימה | מסכימים | אנו מסכימים
    | 同意 | 我同意 | 我们同意 | 我們同意 | 同意します | 賛成 | 동의합니다 | 동의함
    | hi estem d'acord | hi estic d'acord | ados gaude | ados nago"""
)
UNSURE = _words(
    """maybe | perhaps | not sure | unsure | not yet | don't know | i don't know
    | we don't know | undecided | to be decided | tbd | yes and no | yes or no | it depends
    | depends | sometimes | partly | partially | quizás | quizá | tal vez | no sé | no sabemos
    | no estoy seguro | no estamos seguros | a veces | todavía no | peut-être | je ne sais pas
    | pas encore | vielleicht | weiß nicht | noch nicht | unsicher | jein | talvez | não sei
    | não sabemos | ainda não | forse | non so | misschien | weet niet | może | nie wiem
    | kanske | vet inte | måske | kanskje | ehkä | možná | nevím | talán | poate | ίσως
    | возможно | не знаю | можливо | belki | ربما | אולי | 可能 | 不确定 | 不確定 | わからない
    | 모르겠습니다 | potser | agian | ? | ??"""
)
NOT_APPLICABLE = _words(
    """n/a | n.a. | not applicable | does not apply | no aplica | no procede | sans objet
    | entfällt | não se aplica | nicht zutreffend | non applicabile | niet van toepassing | -
    | – | — | --"""
)
# A yes with one of these is a yes with a condition: a person has to read it.
HEDGES = _words(
    """but | except | unless | however | partly | partially | in part | in principle
    | reservation | reservations | subject to | depending | conditional | conditionally
    | pending | pero | excepto | salvo | parcialmente | reservas | mas | sujeto a
    | en principio | mais | sauf | partiellement | sous réserve | en principe | aber | außer
    | teilweise | vorbehaltlich | vorbehalt | im prinzip | grundsätzlich | exceto
    | em princípio | ma | tranne | parzialmente | maar | behalve"""
)
# Right after a word of agreement they turn it round.
NEGATIONS = _words(
    "not | no | never | pas | nicht | kein | não | nao | non | niet | nie | inte | ikke"
)

MORNING = _words(
    """am | a.m. | a | π.μ. | 上午 | 凌晨 | 清晨 | 早上 | 오전 | 午前 | पूर्वाह्न | ص | صباحًا
    | صباحا | ق.ظ | öö | ÖÖ | SA | sáng | de. | dop. | fm | f.m. | fm. | formiddag | ap.
    | לפנה״צ | לפנה"צ | AM | пр.об. | преди обяд | дп | д.п. | ก่อนเที่ยง | pagi | paradite
    | priešpiet | priekšp. | ujutro | vm."""
)
AFTERNOON = _words(
    """pm | p.m. | p | μ.μ. | 下午 | 中午 | 晚上 | 오후 | 午後 | अपराह्न | م | مساءً | مساء
    | ب.ظ | ös | ÖS | CH | chiều | du. | odp. | em | e.m. | em. | eftermiddag | ip. | אחה״צ
    | אחה"צ | PM | сл.об. | следобед | пп | п.п. | หลังเที่ยง | siang | sore | malam | pop.
    | popiet | pēcp. | nm."""
)
# What may stand between a date and a time without meaning anything.
FILLERS = _words(
    "t | at | um | a las | à | às | alle | uhr | h | kl | klo | om | o | в | о | saat | ,"
)

# Minutes east of Greenwich. Several: the letters alone do not say which is meant.
ZONES: Mapping[str, tuple[int, ...]] = {
    "z": (0,), "utc": (0,), "gmt": (0,), "ut": (0,), "tu": (0,), "wet": (0,), "wez": (0,),
    "west": (60,), "wesz": (60,), "bst": (60,), "cet": (60,), "mez": (60,), "wat": (60,),
    "cest": (120,), "mesz": (120,), "cat": (120,), "sast": (120,), "eet": (120,),
    "oez": (120,), "eest": (180,), "oesz": (180,), "eat": (180,), "msk": (180,), "trt": (180,),
    "idt": (180,), "pkt": (300,), "npt": (345,), "ict": (420,), "wib": (420,), "awst": (480,),
    "hkt": (480,), "sgt": (480,), "myt": (480,), "wita": (480,), "pht": (480,), "wit": (540,),
    "jst": (540,), "kst": (540,), "acst": (570,), "acdt": (630,), "aest": (600,), "aedt": (660,),
    "nzst": (720,), "nzdt": (780,), "nst": (-210,), "ndt": (-150,), "adt": (-180,),
    "art": (-180,), "brt": (-180,), "uyt": (-180,), "bot": (-240,), "vet": (-240,), "edt": (-240,),
    "hae": (-240,), "est": (-300,), "hne": (-300,), "cot": (-300,), "pet": (-300,), "hac": (-300,),
    "hnc": (-360,), "mdt": (-360,), "mst": (-420,), "pdt": (-420,), "akdt": (-480,),
    "akst": (-540,), "hdt": (-540,), "hst": (-600,),
    "ast": (-240, 180), "cst": (-360, 480, -300), "cdt": (-300, -240), "ist": (330, 120, 60),
    "pst": (-480, 480), "gst": (240, -120), "sst": (-660, 480), "ect": (-300, 60),
}  # fmt: skip
# The same zones as people elsewhere abbreviate them.
ZONE_SYNONYMS: Mapping[str, str] = {
    "mez": "cet", "mesz": "cest", "oez": "eet", "oesz": "eest", "wez": "wet", "wesz": "west",
    "hne": "est", "hae": "edt", "hnc": "cst", "hac": "cdt", "hnr": "mst", "har": "mdt",
    "hnp": "pst", "hap": "pdt",
}  # fmt: skip

MONTHS: tuple[tuple[str, ...], ...] = (
    _words("january | enero | janvier | januar | janeiro | gennaio | januari"),
    _words("february | febrero | février | februar | fevereiro | febbraio | februari"),
    _words("march | marzo | mars | märz | março | maart"),
    _words("april | abril | avril | aprile"),
    _words("may | mayo | mai | maio | maggio | mei"),
    _words("june | junio | juin | juni | junho | giugno"),
    _words("july | julio | juillet | juli | julho | luglio"),
    _words("august | agosto | août | augustus"),
    _words("september | septiembre | septembre | setembro | settembre"),
    _words("october | octubre | octobre | oktober | outubro | ottobre"),
    _words("november | noviembre | novembre | novembro"),
    _words("december | diciembre | décembre | dezember | dezembro | dicembre"),
)
