"""English."""

from __future__ import annotations

from vidc.speech.language import Language, Numbers, Signs, listed, paired

SMALL = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)

LANGUAGE = Language(
    code="en",
    weights=(57771, 66117, 23875, 170587, 255298, 350302, 88108, 24541),
    low=0.70,
    high=1.45,
    source="fitted on 204 texts said by a synthesizer, 3.9 % mean error in 5-fold cross-validation",
    numbers=Numbers(
        small=SMALL,
        tens=listed("twenty thirty forty fifty sixty seventy eighty ninety"),
        hundreds=tuple(f"{SMALL[n]} hundred" for n in range(1, 10)),
        hundred_join=" and ",
        scales=(
            (10**12, "one trillion", "trillion"),
            (10**9, "one billion", "billion"),
            (10**6, "one million", "million"),
            (10**3, "one thousand", "thousand"),
        ),
    ),
    signs=Signs(
        symbols={
            "%": "percent",
            "$": "dollars",
            "€": "euros",
            "£": "pounds",
            "¥": "yen",
            "₹": "rupees",
            "&": "and",
            "+": "plus",
            "=": "equals",
            "@": "at",
            "°": "degrees",
        },
        point="point",
        decimal=".",
        months=listed("January February March April May June July August September October November December"),
        abbreviations={
            "mr": "mister",
            "mrs": "missis",
            "ms": "miz",
            "dr": "doctor",
            "st": "saint",
            "vs": "versus",
            "prof": "professor",
            "jr": "junior",
            "sr": "senior",
            "etc": "et cetera",
            "inc": "incorporated",
            "ltd": "limited",
            "dept": "department",
            "approx": "approximately",
        },
        century=("hundred", ""),
    ),
    rewrites=paired(
        "tch:h th:h sh:h ch:h ph:h ck:k wh:w bb:b cc:c dd:d ff:f gg:g ll:l mm:m nn:n pp:p rr:r ss:s tt:t zz:z "
        "ted|:tid| ded|:did| ed|:d| ement:ment ely|:ly| ual:u.al uat:u.at uou:u.ou ble|:bal| tle|:tal| "
        "cle|:cal| ple|:pal| gle|:gal| dle|:dal|"
    ),
)
