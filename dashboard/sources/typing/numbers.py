"""Numbers as people write them: groups, signs, currencies, units, percents; exact.

A number that reads in two ways is asked about, for either reading would be a guess.
"""

from __future__ import annotations

import unicodedata

from dashboard.relations import TYPES
from dashboard.sources.columns import KINDS, Column
from dashboard.sources.typing.rule import (
    CALLED,
    Rule,
    any_of,
    cell,
    kind,
    literal,
    parsed,
)

SCALES = {"money": 4, "minutes": 2, "count": 0}
AMBIGUOUS = "[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}"
GROUPS = (
    r"[+-]?[1-9][0-9]{{0,2}}"
    r"(?:(?:{0}[0-9]{{3}})+|(?: [0-9]{{3}})+|(?:''[0-9]{{3}})+)"
)
POINT = (
    r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
    rf"|{GROUPS.format(',')}(?:\.[0-9]*)?"
    r"|[+-]?[1-9][0-9]?(?:,[0-9]{2})*,[0-9]{3}(?:\.[0-9]*)?"  # 12,34,567
)
COMMA = rf"[+-]?(?:[0-9]+,?[0-9]*|,[0-9]+)|{GROUPS.format('[.]')}(?:,[0-9]*)?"
INDIC = "".join(
    chr(code)
    for code in range(0x0660, 0x0DF0)
    if unicodedata.category(chr(code)) == "Nd"
)
FULL_WIDTH = "０１２３４５６７８９"
TYPED_SPACES = "\u00a0\u2007\u2009\u202f"
OTHERS = INDIC + FULL_WIDTH + TYPED_SPACES + "\u2019\u2212\uff0d"
AS_ASCII = (
    "".join(str(unicodedata.digit(c)) for c in INDIC + FULL_WIDTH) + "    " + "'--"
)

SIGN_FORMS = (  # a pattern, and what is read in its place, one after the other
    ("([0-9][.,])[-\u2013\u2014]{1,2}($|[^-0-9])", r"\g<1>00\2"),  # 250,- has no cents
    ("-/-", "-"),
    (r"^\((.*)\)$", r"-\1"),
    ("^([^-+].*?) ?-$", r"-\1"),
    ("^([-+]) ", r"\1"),
)


def _signed(text: str) -> str:
    """SQL for a text with its sign, if it has one, in front."""
    for pattern, read in SIGN_FORMS:
        told = read.replace(r"\g<1>", r"\1")
        text = f"regexp_replace({text}, {literal(pattern)}, {literal(told)})"
    return text


_IN_ASCII = f"trim(translate(cell, {literal(OTHERS)}, {literal(AS_ASCII)}))"
# Of the many cells that are digits and a point, only the first branch is computed.
MACROS = rf"""
    create or replace temp macro plain_signs(cell) as
        case when regexp_full_match(cell, '[0-9.]*') then cell
        else {_signed(_IN_ASCII)} end;
    create or replace temp macro point_number(t) as
        case when regexp_full_match(t, '{POINT}')
        then replace(replace(replace(t, ',', ''), ' ', ''), '''', '') end;
    create or replace temp macro comma_number(t) as
        case when regexp_full_match(t, '{COMMA}')
        then replace(replace(replace(replace(t, '.', ''), ' ', ''), '''', ''), ',', '.')
        end;
"""


def text(column: Column) -> str:
    """The cell with plain digits and sign, without declared currency and units."""
    plain = f"plain_signs({cell(column)})"
    if column.type == "share":
        plain = rf"regexp_replace({plain}, ' ?%$', '')"
    if column.currency:
        mark = any_of(column.currency).replace("'", "''")
        plain = f"regexp_replace({plain}, '^([-+]?) ?{mark} ?', '\\1')"
        plain = f"regexp_replace({plain}, ' ?{mark}$', '')"
    if column.units:
        plain = _without_units(column, plain)
    return f"case when {kind(column)} is null then {plain} else {cell(column)} end"


def _without_units(column: Column, plain: str) -> str:
    """The sum of the parts of a text such as 2h 30m; any other text as it is."""
    word = any_of(tuple(word for word, _ in column.units)).replace("'", "''")
    mark = column.decimal or "."
    part = f"([0-9]+(?:[{mark}][0-9]+)?) ?({word})"
    sizes = " ".join(
        f"when {literal(word.lower())} then cast({size} as decimal(16, 4))"
        for word, size in column.units
    )
    numbers = f"regexp_extract_all({plain}, '(?i){part}', 1)"
    words = f"regexp_extract_all({plain}, '(?i){part}', 2)"
    total = f"""list_sum(list_transform(list_zip({numbers}, {words}), lambda p:
        try_cast(replace(p[1], ',', '.') as decimal(18, 4))
        * case lower(p[2]) {sizes} end))"""
    total = f"regexp_replace(cast({total} as varchar), '[.]?0+$', '')"
    if mark == ",":
        total = f"replace({total}, '.', ',')"
    return f"""case when regexp_full_match({plain}, '(?i)[-+]?(?:{part} ?)+')
        then regexp_extract({plain}, '^-?') || {total} else {plain} end"""


def number(column: Column) -> str:
    """The number as text that SQL can cast; null where the text is none."""
    name = f'"text {column.name}"'
    read = f"comma_number({name})" if column.decimal == "," else f"point_number({name})"
    if not column.decimal:
        sure = f"not regexp_full_match({name}, '{AMBIGUOUS}')"
        read = f"case when {sure} then {read} end"
    return f"""
        case
        when {kind(column)} is null then {read}
        when {kind(column)} = 'duration' then {_minutes(column)}
        when {kind(column)} like 'number%' or {kind(column)} = 'percent' then {name}
        end"""


def _minutes(column: Column) -> str:
    """A workbook's hours:minutes:seconds as minutes, in a column of such times."""
    if column.type not in ("minutes", "promise"):
        return "null"
    part = f"split_part({cell(column)}, ':', {{}})::decimal(18, 6)"
    return (
        f"cast({part.format(1)} * 60 + {part.format(2)}"
        f" + {part.format(3)} / 60 as varchar)"
    )


def value(column: Column) -> str:
    """The value in its kind; null where it does not fit."""
    name = f'"number {column.name}"'
    sql = f"try_cast({name} as {TYPES[KINDS[column.type]]})"
    if column.type == "count":
        return f"case when regexp_full_match({name}, '[+-]?[0-9]+') then {sql} end"
    if KINDS[column.type] == "value":
        sql = f"case when isfinite({sql}) then {sql} end"
    if column.type == "share":
        sql = f"case when {_is_percent(column)} then {sql} / 100 else {sql} end"
    return sql


def _is_percent(column: Column) -> str:
    """Whether the number counts hundredths; a workbook stores what it shows as 85%."""
    if column.unit == "percent":
        return f"{kind(column)} is distinct from 'percent'"
    return f"{kind(column)} is null and {cell(column)} like '%\\%' escape '\\'"


def rules(column: Column) -> list[Rule]:
    """What a cell of numbers may break, the most telling first."""
    number, told = f'"number {column.name}"', f'"text {column.name}"'
    is_none = f"{cell(column)} is not null and {number} is null"
    wrong = f"is not a valid {CALLED[column.type]}"

    def none(case: str, pattern: str, words: str) -> Rule:
        when = f"{is_none} and regexp_matches({told}, '{pattern}')"
        return Rule(case, when, f"{wrong}: {words}" if words else wrong)

    found = [*ambiguous(column), *_percents(column)]
    found += [
        none("infinity_nan", "(?i)^[-+]?(inf|infinity|nan)$", ""),
        none("percent_sign", "%", "it has a percent sign, so its type is share"),
        none(
            "mixed_currency" if column.currency else "currency_symbol",
            r"\p{Sc}|^[A-Z]{3} ?[-+]?[0-9]|[0-9] ?[A-Z]{3}$",
            "its currency is not the one that currency declares in the mapping",
        ),
        none(
            "lakh_crore_words",
            r"(?i)[0-9] ?(lakhs?|lacs?|crores?)$",
            "declare its word by units in the mapping",
        ),
        none(
            "unit_in_cell",
            r"^[-+]?[0-9.,]+ ?\pL",
            "declare its unit by units in the mapping",
        ),
        Rule(
            "decimal_comma",
            f"{is_none} and coalesce(comma_number({told}), point_number({told}))"
            " is not null",
            f"{wrong}: its decimal mark is not the one that decimal declares",
        ),
        none(
            "bad_grouping",
            r"^[-+0-9., '']*[0-9][-+0-9., '']*$",
            "its groups of digits are not of three, nor as in 12,34,567",
        ),
        Rule("late_type_change", is_none, wrong),
    ]
    return found + _too_exact(column, number)


def ambiguous(column: Column) -> list[Rule]:
    """A number that reads in two ways, where no decimal mark is declared."""
    if column.decimal:
        return []
    told = f'"text {column.name}"'
    when = f"{kind(column)} is null and regexp_full_match({told}, '{AMBIGUOUS}')"
    words = (
        "can be read with a decimal point or with a decimal comma: declare decimal in "
        "the mapping"
    )
    return [Rule("separator_ambiguous", when, words)]


def _percents(column: Column) -> list[Rule]:
    if column.type != "share":
        return []
    if column.unit:
        signed = f"{kind(column)} is null and {cell(column)} like '%\\%' escape '\\'"
        return [
            Rule(
                "percent_mixed",
                signed,
                f"has a percent sign, where unit declares {column.unit}",
            )
        ]
    bare = f"{cell(column)} not like '%\\%' escape '\\'"
    return [
        Rule(
            "percent_bare",
            f"{bare} and {kind(column)} is distinct from 'percent'",
            "may count percents or be a fraction of 1: declare unit = "
            '"percent" or "fraction" in the mapping',
        )
    ]


def _too_exact(column: Column, number: str) -> list[Rule]:
    """More decimals than are kept, or a number too large."""
    found = []
    scale = SCALES.get(column.type)
    if scale is not None and not column.is_rounded:
        more = rf"\.[0-9]{{{scale}}}[0-9]*[1-9]"
        found.append(
            Rule(
                "too_many_decimals",
                f"regexp_matches({number}, '{more}')"
                f" and not regexp_matches({number}, '[eE]')",
                f"is not a valid {CALLED[column.type]}: it has more than {scale} "
                "decimals; round = true in the mapping rounds them",
            )
        )
    found.append(
        Rule(
            "out_of_range",
            f"{number} is not null and {parsed(column)} is null",
            f"is not a valid {CALLED[column.type]}: it is too large, or has a form "
            "that is not read",
        )
    )
    return found
