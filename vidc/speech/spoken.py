"""Spoken: numbers, dates, times and signs of a text as the words that are said for them."""

from __future__ import annotations

from re import Match, Pattern
from re import compile as pattern

from .language import Language, Numbers, Signs

LONGEST = 18
"""Longer runs of digits are said digit by digit, as account numbers are."""

_patterns: dict[str, Pattern[str]] = {}


def compiled(text: str) -> Pattern[str]:
    """Compiled when first needed: most texts have no digit."""
    found = _patterns.get(text)
    return found if found is not None else _patterns.setdefault(text, pattern(text))


def join_groups(text: str) -> str:
    """`10 000` as one number, so that its groups are not read as two."""
    return compiled(r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,5}(?!\d)").sub(_without_spaces, text)


def _without_spaces(match: Match[str]) -> str:
    return "".join(match[0].split())


def spoken(text: str, language: Language) -> str:
    """The text with its numbers and signs in words; unchanged for a language whose numbers are not known."""
    signs, numbers = language.signs, language.numbers
    if signs is None or numbers is None:
        return text

    def said(match: Match[str]) -> str:
        before, number, after = match.groups("")
        if after == signs.year and len(number) == 4:
            return f"{before} {_digits(number, numbers)}{after}"
        return f"{before} {_sequence(number, signs, numbers)}{after or ' '}"

    text = compiled(r"([^\W\d_])?(\d+(?:[.,:/\-–]\d+)*)([^\W\d_])?").sub(said, text)
    for symbol, name in signs.symbols.items():
        if symbol in text:
            text = text.replace(symbol, f" {name} ")
    return text


def _sequence(number: str, signs: Signs, numbers: Numbers) -> str:
    """Digits with `.`, `,`, `:`, `/` and `-` between them: a date, or numbers and times one after another."""
    for separator in ".", "/", "-":
        parts = number.split(separator)
        if len(parts) == 3 and (date := _date(parts, signs, numbers)):
            return date
    runs = number.replace("–", "-").replace("/", "-").split("-")
    return " ".join([_time(run, signs, numbers) for run in runs])


def _date(parts: list[str], signs: Signs, numbers: Numbers) -> str:
    """`2016-12-01`, `1.12.2016`, `12/31/2016`: day, month by its name, year; empty where it is no date."""
    if not (signs.months and all(part.isdecimal() for part in parts)):
        return ""
    year, month, day = parts if len(parts[0]) == 4 else (parts[2], parts[1], parts[0])
    if len(year) not in (2, 4) or max(len(month), len(day)) > 2:
        return ""
    month_number, day_number = int(month), int(day)
    if month_number > 12:
        month_number, day_number = day_number, month_number
    if not (1 <= month_number <= 12 and 1 <= day_number <= 31):
        return ""
    return f"{count(day_number, numbers)} {signs.months[month_number - 1]} {_integer(year, signs, numbers)}"


def _time(run: str, signs: Signs, numbers: Numbers) -> str:
    """`10:30` as hours and minutes; anything else as a number."""
    pieces = run.split(":")
    if len(pieces) == 1:
        return _amount(run, signs, numbers)
    return f" {signs.hour} ".join([_amount(piece, signs, numbers) if piece.strip("0") else "" for piece in pieces])


def _amount(run: str, signs: Signs, numbers: Numbers) -> str:
    """Digits with `.` and `,` in them: groups of three, a decimal fraction, or a version number."""
    marks = [character for character in run if character in ".,"]
    if not marks:
        return _integer(run, signs, numbers)
    pieces = run.replace(",", ".").split(".")
    kinds = len(set(marks))
    grouped = kinds == 1 and len(pieces[0]) <= 3 and all(len(piece) == 3 for piece in pieces[1:])
    if grouped and (len(marks) > 1 or marks[0] != signs.decimal):
        return _integer("".join(pieces), signs, numbers)
    if len(pieces) == 2 or (kinds == 2 and marks.count(marks[-1]) == 1):
        return f"{_integer(''.join(pieces[:-1]), signs, numbers)} {signs.point} {_digits(pieces[-1], numbers)}"
    return f" {signs.point} ".join([_integer(piece, signs, numbers) for piece in pieces])


def _integer(digits: str, signs: Signs, numbers: Numbers) -> str:
    if len(digits) > LONGEST or (len(digits) > 1 and int(digits[0]) == 0):
        return _digits(digits, numbers)
    value = int(digits)
    if signs.century and len(digits) == 4 and 1100 <= value < 2000:
        hundreds, rest = divmod(value, 100)
        last = f"{signs.century[1]} {count(rest, numbers)}" if rest else signs.century[0]
        return f"{count(hundreds, numbers)} {last}"
    return count(value, numbers)


def _digits(digits: str, numbers: Numbers) -> str:
    return " ".join([numbers.small[int(digit)] for digit in digits])


def count(value: int, numbers: Numbers) -> str:
    """A cardinal below 10^18 in words."""
    if value < 100:
        return _below_hundred(value, numbers)
    if value < 1000:
        if value == 100 and numbers.hundred:
            return numbers.hundred
        hundreds, rest = divmod(value, 100)
        head = numbers.hundreds[hundreds - 1]
        return head + numbers.hundred_join + _below_hundred(rest, numbers) if rest else head
    scale, single, many = next(scale for scale in numbers.scales if value >= scale[0])
    times, rest = divmod(value, scale)
    head = single if times == 1 else f"{count(times, numbers)} {many}"
    return f"{head} {count(rest, numbers)}" if rest else head


def _below_hundred(value: int, numbers: Numbers) -> str:
    if value < len(numbers.small):
        return numbers.small[value]
    tens, ones = divmod(value, 10)
    ten = numbers.tens[tens - 2]
    return numbers.unit.replace("{ten}", ten).replace("{one}", numbers.small[ones]) if ones else ten
