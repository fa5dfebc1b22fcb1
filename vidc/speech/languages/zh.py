"""Mandarin Chinese, in either script."""

from __future__ import annotations

from vidc.speech.language import Language, Numbers, Signs

SMALL = tuple("零一二三四五六七八九")

LANGUAGE = Language(
    code="zh",
    weights=(345779, 50557, 0, 147925, 182103, 321786, 84325, 0),
    # Wider than elsewhere: this synthesizer takes 1.9 times what the speakers in `rates` take for a syllable.
    low=0.45,
    high=1.45,
    source="fitted on 204 texts said by a synthesizer, 4.8 % mean error in 5-fold cross-validation",
    numbers=Numbers(
        small=(*SMALL, "十", *(f"十{n}" for n in SMALL[1:])),
        tens=tuple(f"{n}十" for n in SMALL[2:]),
        unit="{ten}{one}",
        hundreds=tuple(f"{n}百" for n in SMALL[1:]),
        hundred_join="",
        scales=(
            (10**12, "一兆", "兆"),
            (10**8, "一亿", "亿"),
            (10**4, "一万", "万"),
            (10**3, "一千", "千"),
        ),
    ),
    signs=Signs(
        symbols={
            "%": "百分之",
            "％": "百分之",
            "$": "美元",
            "€": "欧元",
            "£": "英镑",
            "¥": "元",
            "￥": "元",
            "₹": "卢比",
            "&": "和",
            "+": "加",
            "=": "等于",
            "@": "艾特",
            "°": "度",
            "℃": "摄氏度",
        },
        point="点",
        decimal=".",
        hour="点",
        year="年",
        months=tuple(f"{n}月" for n in (*SMALL[1:], "十", "十一", "十二")),
    ),
    vowels="",
    spells_vowelless=False,
    ideograph="V.",
    unspaced=True,
)
