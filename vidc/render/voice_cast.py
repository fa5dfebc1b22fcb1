"""voice_cast: which voice speaks for a speaker's id: the same id always has the same one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, TypeAlias

Presents: TypeAlias = Literal["woman", "man"]

WOMEN = """
abbi abigail ada adele aditi agata agnes aisha alba alice alina alva amala amanda amber amelia amelie amy ana anja anna
annette aria ashley astrid ava bella beth blanca brenda bronte camila carly carmen catherine celeste chiara christel
claire clara clarissa conchita cora coralie dalia danielle denise diana elena elisa elizabeth elke ella ellen elli elsa
elsie elvira emily emma esther eva eve fabiola fiamma filiz fiona francisca freya gadis gianna gisela giulia grace
gwyneth hannah hazel heather helena hollie ida imelda ines irene irma isabel isabella isabelle ivy jacqueline jane
jasmine jenny jessa jessica joana joanna josephine julia kajal kalina karen karla kate katja katya kendra kimberly
klara lana larissa laura lauren lea leda leila leticia libby lily linda lisa liv louisa lucia lupe madeleine maisie
maja manuela maria marina marta mary matilda maya mia michelle mila mizuki molly monica nancy naomi natasha neerja
nicole nina nora olivia palmira paola penelope pernille petra pia rachel raquel ruth salli sara sarah saskia selma
serena shirin shruti sigrid sofia sofie sonia sophie stefanie susan swara tania tatyana tessa tina valentina vanessa
vera vicki victoria vitoria xiaoxiao yan yelda yvonne zeina zoe zofia zuzana
"""
MEN = """
aaron abeo adam adrian ahmet alain alan alessio alex alfie alvaro andrew andrzej antoni antonio ardi arlo arnold arthur
arvid asier austin ben benigno benjamin bernd brandon brian callum carlos charlie christian christoph christopher
claude connor conrad damien daniel dario darren dave david davide davis diego donato duncan eduardo elias elliot emil
enrique eric ethan fabio felix filip finn florian francis frank fred gabriel george gerard giorgio giovanni giuseppe
gonzalo guy hamed hans harry henri henrik hugo ian ivan jacek jack jacob jakob james jan jason jean jeff jens jeremy
jerome joey john jonas jorge jose josh juan julio justin kai karl kasper ken kevin killian klaus krzysztof lars lee leo
liam lorenzo louis luca lucas luis luke madhur manuel marc marco marek mark martin mateo mathieu matteo matthew maurice
max maxim michael miguel mike mitchell mohamed nathan neil nicolas nils noah oliver omar oscar pablo paul pedro peter
philip pierre prabhat rafael ralf raoul remy ricardo richard roger ruben russell ryan sam samuel saul sebastian simon
stefan steffan steven tariq theo thiago thomas tim tom tomas tony valerio victor vincent wayne william yannick yunxi
zach
"""
"""Given names in the ids of speech services and of the service's own actors, without accents."""

_PRESENTS: dict[str, Presents] = {
    **dict.fromkeys(WOMEN.split(), "woman"),
    **dict.fromkeys(MEN.split(), "man"),
}

VARIANTS: dict[Presents, tuple[str, ...]] = {
    "woman": ("f2", "f3", "f4", "f1", "f5"),
    "man": ("", "m1", "m2", "m3", "m7", "m8"),
}
"""eSpeak NG's own variants of each language's voice; the empty one is the voice itself."""

ALIASES = {
    "en": "en-us",
    "en-au": "en-gb",
    "en-ie": "en-gb",
    "en-nz": "en-gb",
    "en-za": "en-gb",
    "in": "id",
    "iw": "he",
    "no": "nb",
    "tl": "en-us",
    "zh": "cmn",
    "zh-hk": "yue",
}
"""eSpeak NG's names for languages that it has under another."""

WEAK = {"cmn": "Chinese", "ja": "Japanese", "th": "Thai", "yue": "Cantonese"}
"""Languages that eSpeak NG speaks so poorly that a person should be told."""

LANGUAGES = """
    af am an ar as az ba be bg bn bs ca cmn cs cy da de el en-029 en-gb en-us eo es es-419 et eu fa fi fr-be fr-ch fr
    ga gd gn gu he hi hr ht hu hy ia id is it ja ka kk kn ko kok ku ky la lb lt lv mi mk ml mr ms mt my nb ne nl om or
    pa pl pt pt-br ro ru sd si sk sl sq sr sv sw ta te th tk tn tr tt ug uk ur uz vi yue
"""
"""Languages that eSpeak NG 1.52 has a voice for, by its names."""

RATES = {"": 171, "cmn": 128}
"""Words a minute, as eSpeak NG counts them, by language: so that a text takes as long as the estimator expects."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of eSpeak NG. `language` and `variant`: by its names; `rate`: words a minute; `pitch` and `range`: 0 to
    100, 50 being the variant's own. `note`: what a person should know of it, empty for a good one."""

    language: str
    variant: str
    rate: int
    pitch: int
    range: int
    note: str = ""

    @property
    def name(self) -> str:
        """All that changes how it speaks, as the lock names it: `en-us+f3 171 50 55`."""
        return f"{self.language}{'+' if self.variant else ''}{self.variant} {self.rate} {self.pitch} {self.range}"


def voice_of(language: str, speaker: str, actor: str = "") -> Voice:
    """The voice of a speaker's id in a language (`en`, `pt-BR`). `actor`: who is seen, where the id has no name.

    Languages without a voice are read as English, with a note.
    """
    presents = presented(speaker) or presented(actor) or ("woman", "man")[_draw(actor or speaker, "presents") % 2]
    variants = VARIANTS[presents]
    variant = variants[_draw(speaker, "variant") % len(variants)]
    spoken, note = spoken_as(language)
    return Voice(
        spoken,
        variant,
        RATES.get(spoken, RATES[""]) + _draw(speaker, "rate") % 9 - 4,
        50 + _draw(speaker, "pitch") % 17 - 8,
        50 + _draw(speaker, "range") % 21,
        note,
    )


def presented(name: str) -> Presents | None:
    """As what an id such as `en-GB-SoniaNeural` or `karen` presents, by the first given name in it; None where
    there is none that is known."""
    words = re.findall(r"[A-Z]?[a-z]+", name)
    return next((_PRESENTS[word.lower()] for word in words if word.lower() in _PRESENTS), None)


def spoken_as(language: str) -> tuple[str, str]:
    """eSpeak NG's name for a language, and a note where its voice is weak or missing."""
    tag = language.replace("_", "-").strip().lower()
    primary = tag.split("-")[0]
    american = "es-419" if primary == "es" and tag not in ("es", "es-es") else tag
    for name in (ALIASES.get(tag, tag), american, ALIASES.get(primary, primary)):
        if name in LANGUAGES.split():
            weak = f"the local voice for {WEAK.get(name)} is hard to understand, and its length only a rough guess"
            return name, weak if name in WEAK else ""
    return "en-us", f"there is no local voice for `{tag}`: it is read as English, and its length is a guess"


def _draw(name: str, what: str) -> int:
    """A number that looks random and is always the same for a name."""
    return int.from_bytes(blake2b(f"{what} {name}".encode("utf-8", "replace"), digest_size=4).digest())
