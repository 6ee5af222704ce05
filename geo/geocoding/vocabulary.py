"""The words of Belgian addresses: street types, abbreviations, numbers, parts of the Region.

Sources: street types are those of the 5,195 bilingual names of BeSt (2022); abbreviations are the
usual ones of both languages (bpost's list of 2020 and what spreadsheets hold); nicknames of
municipalities are those of everyday speech, postcodes are bpost's.
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _table(text: str) -> dict[str, str]:
    """Read "word: abbreviation abbreviation …" lines; the word stands for itself too."""
    table: dict[str, str] = {}
    for line in text.strip().splitlines():
        word, _, short = line.partition(":")
        for form in (word.strip(), *short.split()):
            table[form] = word.strip()
    return table


TYPES_FR: Final = _table("""
rue: r ru
avenue: av ave aven avn aven
boulevard: bd bld blvd boul bvd bvld boulv blv bl
chaussee: ch chee chaus chauss chs chsee
place: pl plce plc
square: sq sqr squ
clos: cl
dreve: dr
chemin: chem che chm ch
quai: q qu
allee: al all
impasse: imp
venelle: ven
galerie: gal galeries
parvis: parv
carre:
cite:
val:
montagne: mont
passage: pass psg
champ:
cours:
carrefour: carref
parc:
sentier: sent
esplanade: espl
rampe:
route: rte
promenade: prom
digue:
cour:
mail:
allees:
faubourg: fg fbg
residence: res
rondpoint: rp rpt rdpt
porte:
ruelle:
square: squ
""")
TYPES_FR["ch"] = "chaussee"
TYPES_FR["mont"] = "mont"
ALWAYS_FR: Final = frozenset(
    form
    for form, word in TYPES_FR.items()
    if len(form) > 2 and form != "mont"  # noqa: PLR2004
)
UNCLEAR_FR: Final = frozenset(["dr", "al", "q", "pl", "sq"])
"""Abbreviations that begin Dutch names too ("Dr. Kubornstraat")."""
"""Types clear enough to stand behind the name ("Haute rue")."""
STRONG_FR: Final = _words("rue avenue boulevard chaussee place square clos dreve chemin quai allee")
"""Types that win over a weaker one in front ("Mont du Chêne, rue")."""
TITLES: Final = _words(
    "general generaal docteur dokter doctor professeur professor monseigneur commandant colonel "
    "kolonel lieutenant luitenant capitaine kapitein marechal maarschalk bourgmestre burgemeester "
    "cardinal kardinaal pere pater abbe baron comte graaf comtesse gravin roi koning reine "
    "koningin prince prins princesse prinses duc hertog duchesse hertogin major majoor sergent "
    "president ingenieur ministre minister chanoine kanunnik pasteur cure pastoor frere broeder "
    "soeur zuster chevalier ridder dame sire amiral admiraal aviateur vlieger avocat advocaat "
    "notaire notaris peintre schilder sculpteur beeldhouwer"
)
"""What stands before a person's name and is left out as a given name is."""
BEFORE_TYPE_FR: Final = _words(
    "petite petit grande grand vieille vieux ancienne ancien nouvelle nouveau pte pt gde gd"
)
TYPES_NL: Final = _table("""
straat: str strt
laan: ln lan
plein: pln
plaats: plts plaat
steenweg: stwg stw stg steenwg stnwg steenw
weg: wg
dreef:
square: sq
kaai:
gang:
steeg:
hof:
markt: mkt
galerij: gal
gaarde: grd
blok:
pad:
baan:
lei:
voorplein:
wandeling:
esplanade:
straatje:
laantje:
wegel:
poort:
park:
berg:
veld:
""")
TYPES_NL.update({"pl": "plein", "voorpln": "voorplein", "voorpl": "voorplein", "dr": "dreef"})
SUFFIXES_NL: Final = tuple(
    sorted(
        {
            form
            for form in TYPES_NL
            if form not in ("lan", "sq", "gal", "stg", "plaat", "grd", "dr")
        },
        key=lambda form: (-len(form), form),
    )
)
FORMS_OF: Final = {
    kind: tuple(
        form for table in (TYPES_FR, TYPES_NL) for form, word in table.items() if word == kind
    )
    for kind in {*TYPES_FR.values(), *TYPES_NL.values()}
}
"""Every way a type is written."""
STOPS: Final = _words(
    "de du des la le les l d aux au a van den der het t ter ten te op en et of s of the"
)
"""Words that say nothing by themselves."""
SHORT_FR: Final = _table("""
saint: st snt
sainte: ste
general: gen gal genl
docteur: dr doct
professeur: prof
monseigneur: mgr
commandant: cdt cmdt comm cdnt
colonel: col
lieutenant: lt lieut
capitaine: cap cne capit
marechal: mal mar marech
bourgmestre: bgm bourgm bgmestre
cardinal: card
grand: gd
grande: gde
petit: pt
petite: pte
vieux: vx
prince: pce
princesse: pcesse princ
ingenieur: ing
ministre: min
president: pres presid
notre dame: nd
onze lieve vrouw: olv
jean: jn
joseph: jos
charles: ch chs
francois: fr fcois
guillaume: guill
major: maj
sergent: sgt
baron: bon
premier: 1er ier 1ier 1r
premiere: 1ere 1re
deuxieme: 2e 2eme 2ieme
troisieme: 3e 3eme
deux: 2 ii
trois: 3 iii
quatre: 4 iv
cinq: 5
six: 6
sept: 7
huit: 8
neuf: 9
dix: 10
onze: 11
douze: 12
quinze: 15
seize: 16
dix sept: 17
dix huit: 18
vingt: 20
vingt et un: 21
vingt quatre: 24
trente: 30
quatre vingts: 80
cent: 100
mille: 1000
""")
SHORT_NL: Final = _table("""
sint: st snt
sinte: ste
generaal: gen gnrl
dokter: dr
doctor: dr
professor: prof
monseigneur: mgr
commandant: cdt
kolonel: kol
luitenant: lt luit
kapitein: kpt kap
maarschalk: maarsch
burgemeester: burg bgm burgem
kardinaal: kard
onze lieve vrouw: olv
notre dame: nd
grote: gr gte
kleine: kl
korte: k
oude:
prins: pr
prinses:
ingenieur: ing ir
minister: min
jozef: jos
majoor: maj
eerste: 1ste 1e i 1
tweede: 2de 2e
derde: 3de 3e
twee: 2 ii
drie: 3 iii
vier: 4 iv
vijf: 5
zes: 6
zeven: 7
acht: 8
negen: 9
tien: 10
elf: 11
twaalf: 12
vijftien: 15
zeventien: 17
achttien: 18
twintig: 20
eenentwintig: 21
vierentwintig: 24
dertig: 30
tachtig: 80
honderd: 100
duizend: 1000
""")
SHORT_NL["dr"] = "dokter"
MONTHS: Final = _words(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre "
    "januari februari maart april mei juni juli augustus september oktober november december "
    "bras"
)
DATED: Final = tuple(
    month + kind for month in sorted(MONTHS) for kind in ("straat", "str", "laan", "ln", "plein")
)
"""Beginnings of Dutch streets that bear a date ("8 Meiplein")."""
KINGS: Final = _words("leopold albert joseph jozef emmanuel")
"""Behind these a small number is theirs, where a house number follows."""
BEFORE_NAME_NUMBER: Final = _words("du des les aux den der")
"""Behind these a number is part of the name: "Rue du 11", "Rue des 2"."""
MARKS: Final = _words("n no nr num numero nummer nrs nos huisnummer")
"""Words before a house number."""
BOXES: Final = _words("bte boite bt bus bx box b app appt apt appart appartement lot")
"""Words before a box."""
FLOORS: Final = _words(
    "etage etg verdieping verd vd floor rez rdc gelijkvloers gvl bureau kantoor local lokaal "
    "bloc bat batiment gebouw entree ingang"
)
"""Words of where in a building; what follows or precedes them is kept with the box."""
CORNERS: Final = _words("coin angle hoek croisement kruispunt kruising intersection")
BEFORE_CORNER: Final = _words("au a l de la op het te of the")
COUNTRIES: Final = _words("belgique belgie belgium belgien be b")

_CALLED_BRUSSELS: Final = (
    "bruxelles|brussel|brussels|bruxelles capitale|region de bruxelles capitale|bxl|bru|"
    "brussels hoofdstedelijk gewest|brussel hoofdstad|bruxelles ville|brussel stad|"
    "ville de bruxelles|stad brussel|region bruxelloise|brussels capital region"
)
REGION: Final = frozenset(_CALLED_BRUSSELS.split("|"))
"""Said of the City and, as often, of any of the nineteen municipalities."""
CITY: Final = (1000, 1020, 1120, 1130)
LOCALITIES: Final = {
    phrase.strip(): tuple(int(code) for code in codes.split())
    for codes, phrases in (
        line.split(":")
        for line in """
1000: bruxelles centre, brussel centrum, pentagone, vijfhoek, marolles, marollen, sablon, zavel
1020: laeken, laken, mutsaard, mutsaert
1120: neder over heembeek, neder over hembeek, noh
1130: haren
1030: schaerbeek, schaarbeek
1040: etterbeek
1050: ixelles, elsene, matonge
1060: saint gilles, st gilles, sint gillis, st gillis
1070: anderlecht, cureghem, kuregem
1080: molenbeek saint jean, molenbeek st jean, sint jans molenbeek, st jans molenbeek, molenbeek
1081: koekelberg
1082: berchem sainte agathe, berchem ste agathe, sint agatha berchem, st agatha berchem, berchem
1083: ganshoren
1090: jette
1140: evere
1150: woluwe saint pierre, woluwe st pierre, sint pieters woluwe, st pieters woluwe
1150: stockel, stokkel
1160: auderghem, oudergem
1170: watermael boitsfort, watermaal bosvoorde, boitsfort, bosvoorde, watermael, watermaal
1180: uccle, ukkel
1190: forest, vorst
1200: woluwe saint lambert, woluwe st lambert, sint lambrechts woluwe, st lambrechts woluwe
1210: saint josse ten noode, st josse ten noode, saint josse, st josse, sint joost ten node
1210: st joost ten node, sint joost, st joost
1150 1200: woluwe
1000 1040: quartier europeen, europese wijk
""".strip().splitlines()
    )
    for phrase in phrases.split(",")
}
"""Municipalities, parts and nicknames as people write them, folded, with their postcodes."""
