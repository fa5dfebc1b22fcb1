"""Turkish."""

from __future__ import annotations

from vidc.speech.language import Language, Numbers, Signs, listed

SMALL = listed("sıfır bir iki üç dört beş altı yedi sekiz dokuz")

LANGUAGE = Language(
    code="tr",
    weights=(60111, 69291, 62377, 123721, 204844, 368528, 90210, 0),
    low=0.70,
    high=1.45,
    source="fitted on 204 texts said by a synthesizer, 2.2 % mean error in 5-fold cross-validation",
    numbers=Numbers(
        small=(*SMALL, "on", *(f"on {n}" for n in SMALL[1:])),
        tens=listed("yirmi otuz kırk elli altmış yetmiş seksen doksan"),
        hundreds=("yüz", *(f"{n} yüz" for n in SMALL[2:])),
        scales=(
            (10**12, "bir trilyon", "trilyon"),
            (10**9, "bir milyar", "milyar"),
            (10**6, "bir milyon", "milyon"),
            (10**3, "bin", "bin"),
        ),
    ),
    signs=Signs(
        symbols={
            "%": "yüzde",
            "$": "dolar",
            "€": "avro",
            "£": "sterlin",
            "¥": "yen",
            "₹": "rupi",
            "₺": "lira",
            "&": "ve",
            "+": "artı",
            "=": "eşittir",
            "@": "et",
            "°": "derece",
        },
        point="virgül",
        ordinal="inci",
        months=listed("ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"),
        abbreviations={
            "dr": "doktor",
            "prof": "profesör",
            "av": "avukat",
            "sn": "sayın",
            "vb": "ve benzeri",
            "vs": "vesaire",
            "no": "numara",
            "örn": "örneğin",
            "m.ö": "milattan önce",
            "m.s": "milattan sonra",
        },
    ),
    vowels="aeiouı",
)
