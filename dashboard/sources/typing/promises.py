"""Promises: how long work may take, a number and a word, as minutes or business days.

The value is a text in one form: "480 minutes", "22.5 minutes" or "2 days".
"""

from __future__ import annotations

from dashboard.sources.columns import Column
from dashboard.sources.typing.numbers import ambiguous
from dashboard.sources.typing.rule import Rule, any_of, cell, kind, literal, parsed

DAY = "day"
MOST_DAYS = 36_500  # a promise of more than a hundred years is a slip
SIZES = {"minutes": "1", "hours": "60", "days": DAY}  # of a number without a word
FRONT = r"[-+]?[0-9., '']*[0-9.,]"  # what stands before the word


def text(column: Column) -> str:
    """The cell without its word: what should be a number."""
    plain = _plain(column)
    if column.units:
        plain = f"regexp_replace({plain}, '(?i)^({FRONT}) *{_words(column)}$', '\\1')"
    return f"case when {kind(column)} is null then {plain} else {cell(column)} end"


def value(column: Column) -> str:
    """Minutes or days as one text; null for parts of days, and what is too much."""
    product = f"cast({_number(column)} as double) * {_size(column)}"
    minutes = f"try_cast({product} as decimal(24, 6))"
    days = f"cast({_number(column)} as bigint)"
    return f"""
        case
        when not {_number(column)} between 0 and {MOST_DAYS * 1440} then null
        when {_is_day(column)} and {_is_whole(column)} and {days} <= {MOST_DAYS}
        then {days} || ' days'
        when not {_is_day(column)} and {minutes} <= {MOST_DAYS * 1440}
        then regexp_replace(cast({minutes} as varchar), '[.]?0+$', '') || ' minutes'
        end"""


def rules(column: Column) -> list[Rule]:
    """What a cell of promises may break, the most telling first."""
    number, told = f'"number {column.name}"', f'"text {column.name}"'
    is_none = f"{cell(column)} is not null and {number} is null"
    return [
        *ambiguous(column),
        *_bare(column),
        Rule(
            "unit_in_cell",
            rf"{is_none} and regexp_matches({told}, '^{FRONT} *\pL')",
            "is not one number with a word that units declares in the mapping",
        ),
        Rule(
            "decimal_comma",
            f"{is_none} and coalesce(comma_number({told}), point_number({told}))"
            " is not null",
            "is not a valid promise: its decimal mark is not the one that decimal "
            "declares",
        ),
        Rule(
            "part_of_day",
            f"{_is_day(column)} and {_number(column)} >= 0 and not {_is_whole(column)}",
            "has a part of a business day, which has no hours of its own: write hours",
        ),
        Rule(
            "late_type_change",
            f"({is_none}) or {kind(column)} = 'percent'",
            "is not a valid promise: write a number and a word, such as 8 h",
        ),
        Rule(
            "out_of_range",
            f"{number} is not null and {parsed(column)} is null",
            "is not a valid promise: it is below zero, or longer than a hundred years",
        ),
    ]


def _bare(column: Column) -> list[Rule]:
    """A number without a word, where nothing says what it counts."""
    if column.unit:
        return []
    return [
        Rule(
            "promise_bare",
            f"{_number(column)} >= 0 and {_word(column)} = ''"
            f" and {kind(column)} is distinct from 'duration'",
            "may be hours, days or minutes: declare unit = "
            '"hours", "days" or "minutes" in the mapping',
        )
    ]


def _plain(column: Column) -> str:
    return f"plain_signs({cell(column)})"


def _words(column: Column) -> str:
    """A pattern for the words, as it is written within a text of SQL."""
    return any_of(tuple(word for word, _ in column.units)).replace("'", "''")


def _word(column: Column) -> str:
    """The word of the cell; an empty text where it has none."""
    if not column.units:
        return "''"
    pattern = f"(?i)^{FRONT} *({_words(column)})$"
    of_text = f"lower(regexp_extract({_plain(column)}, '{pattern}', 1))"
    return f"case when {kind(column)} is null then {of_text} else '' end"


def _size(column: Column) -> str:
    """How many minutes one is; null of a day, and of what nothing says."""
    bare = SIZES.get(column.unit or "", DAY)
    sizes = {word.lower(): size for word, size in column.units} | {"": bare}
    branches = " ".join(
        f"when {literal(word)} then cast({size} as double)"
        for word, size in sizes.items()
        if size != DAY
    )
    by_word = f"case {_word(column)} {branches} end" if branches else "null"
    return f"(case when {kind(column)} = 'duration' then 1 else {by_word} end)"


def _is_day(column: Column) -> str:
    """Whether the number counts business days."""
    days = [word.lower() for word, size in column.units if size == DAY]
    days += [""] if column.unit == "days" else []
    words = ", ".join(map(literal, days))
    counts = f"{_word(column)} in ({words})" if words else "false"
    return f"({counts} and {kind(column)} is distinct from 'duration')"


def _number(column: Column) -> str:
    """The number of the cell, to a millionth; null where it is none, or a share."""
    number = f'try_cast("number {column.name}" as decimal(18, 6))'
    return f"(case when {kind(column)} is distinct from 'percent' then {number} end)"


def _is_whole(column: Column) -> str:
    return f"({_number(column)} = trunc({_number(column)}))"
