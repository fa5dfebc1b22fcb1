"""Indonesian."""

from __future__ import annotations

from vidc.speech.language import Language, Numbers, Signs, listed, paired

SMALL = listed("nol satu dua tiga empat lima enam tujuh delapan sembilan")

LANGUAGE = Language(
    code="id",
    weights=(57074, 65157, 51070, 163746, 248460, 390652, 82319, 10286),
    low=0.70,
    high=1.45,
    source="fitted on 204 texts said by a synthesizer, 2.2 % mean error in 5-fold cross-validation",
    numbers=Numbers(
        small=(*SMALL, "sepuluh", "sebelas", *(f"{n} belas" for n in SMALL[2:])),
        tens=tuple(f"{n} puluh" for n in SMALL[2:]),
        hundreds=("seratus", *(f"{n} ratus" for n in SMALL[2:])),
        scales=(
            (10**12, "satu triliun", "triliun"),
            (10**9, "satu miliar", "miliar"),
            (10**6, "satu juta", "juta"),
            (10**3, "seribu", "ribu"),
        ),
    ),
    signs=Signs(
        symbols={
            "%": "persen",
            "$": "dolar",
            "€": "euro",
            "£": "pound",
            "¥": "yen",
            "₹": "rupee",
            "&": "dan",
            "+": "tambah",
            "=": "sama dengan",
            "@": "at",
            "°": "derajat",
        },
        point="koma",
        months=listed("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"),
        abbreviations={
            "dr": "dokter",
            "prof": "profesor",
            "no": "nomor",
            "dll": "dan lain lain",
            "dsb": "dan sebagainya",
            "sm": "sebelum masehi",
        },
    ),
    vowels="aeiou",
    rewrites=paired(
        "ng:n ny:n sy:s kh:k aa:a.a ia:i.a ua:u.a ea:e.a ae:a.e eo:e.o io:i.o iu:i.u oa:o.a ue:u.e ie:i.e "
        "ui:u.i uo:u.o ee:e.e ai|:a.i| au:a.u"
    ),
)
