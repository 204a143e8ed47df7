"""An indicator's definition in words that a clerk reads, Chinese and English."""

from __future__ import annotations

from collections import Counter

from sqlglot import exp

from taizhang.figures.column_words import ColumnWords, quoted
from taizhang.figures.expression_words import RowWords, arithmetic, as_written
from taizhang.figures.plan import formula_parts
from taizhang.figures.repeating import comes_again
from taizhang.programmes import Definitions, Indicator, Measure, Name


def definition_words(definitions: Definitions, indicator: Indicator) -> Name:
    """The whole definition in each language: name, what it is about, how it is computed, its source.

    Exact: whoever counts by the words finds the figure. A part that has no words stands in 「」 as written.
    """
    about, unit = indicator.about or Name(""), indicator.unit
    parts = [about, *_computed(definitions, indicator)]
    if indicator.persons:
        by_residence = indicator.persons == "residence"
        parts.append(
            Name("人按居住地计", "Persons count where they live")
            if by_residence
            else Name("人按记录所在区域计", "Persons count where the record lies")
        )
    if unit and not indicator.denominator:
        parts.append(Name(f"单位:{unit}", f"Unit: {unit}"))
    if indicator.source:
        parts.append(Name(f"依据:{indicator.source}", f"Source: {indicator.source}"))
    name = indicator.name
    parts = [Name(name.zh, name.en or name.zh), *parts]
    return Name(
        "".join(f"{part.zh.rstrip('。;')}。" for part in parts if part.zh),
        " ".join(f"{part.en.rstrip('.;')}." for part in parts if part.en),
    )


def _computed(definitions: Definitions, indicator: Indicator) -> list[Name]:
    if indicator.formula is not None:
        words = arithmetic(indicator.formula, _Indicators(definitions, indicator))
        return [Name(f"公式:{words.zh}", f"Formula: {words.en}")]
    upper, lower = indicator.numerator, indicator.denominator
    if upper is None:
        return []
    if lower is None:
        value = measure_words(definitions, upper)
        return [Name(f"取值:{value.zh}", f"Value: {value.en}"), *_repeated(definitions, upper)]
    base = measure_words(definitions, lower)
    share = measure_words(definitions, upper, lower)
    scale, unit = (f"×{indicator.factor}", indicator.unit) if indicator.factor != 1 else ("", indicator.unit)
    ratio = Name(
        f"数值=分子÷分母{scale}" + (f"({unit})" if unit else ""),
        f"Figure = numerator ÷ denominator{scale.replace('×', ' × ')}" + (f" ({unit})" if unit else ""),
    )
    return [
        Name(f"分母:{base.zh}", f"Denominator: {base.en}"),
        Name(f"分子:{share.zh}", f"Numerator: {share.en}"),
        *_repeated(definitions, upper, lower),
        ratio,
    ]


def measure_words(definitions: Definitions, measure: Measure, base: Measure | None = None) -> Name:
    """What a measure counts; where `base` counts the same rows and more, only what sets its share apart."""
    if measure.areas:
        return Name(
            f"区域之内(含本身)“{measure.areas}”级区域的个数",
            f"the number of areas of level “{measure.areas}” within the area (itself included)",
        )
    columns = ColumnWords.of(definitions, measure.of)
    start = measure.on or (measure.standing.start if measure.standing else "")
    rows = RowWords(columns, start)
    notes = _notes(measure, columns)
    if base is not None and (apart := _share(measure, base)) is not None:
        where = rows.joined(rows.conjuncts(apart))
        return Name(
            f"其中{where.zh}的{columns.rows.zh}数{notes.zh}",
            f"the number of those where {where.en}{notes.en}",
        )
    chosen = rows.joined([_timing(measure, columns), *rows.conjuncts(measure.where)])
    found = Name(f"{chosen.zh}的{columns.rows.zh}", f"{columns.rows.en} where {chosen.en}")
    said = _value(measure, columns, rows, found)
    return Name(said.zh + notes.zh, said.en + notes.en)


def _share(measure: Measure, base: Measure) -> exp.Expr | None:
    """What a numerator asks beyond a denominator that counts the same rows; None where it is not so."""
    same = ("of", "value", "on", "standing", "area", "each", "having", "covered")
    if any(getattr(measure, part) != getattr(base, part) for part in same):
        return None
    counts = isinstance(measure.value, exp.Count) and isinstance(measure.value.this, exp.Star)
    if not counts or measure.each or measure.where is None:
        return None
    if base.where is None:
        return measure.where
    both = measure.where
    return both.expression if isinstance(both, exp.And) and both.this == base.where else None


def _timing(measure: Measure, columns: ColumnWords) -> Name:
    if measure.standing is None:
        on = columns.names[measure.on]
        return Name(f"{on.zh}在期内", f"{on.en} is in the period")
    start = columns.names[measure.standing.start]
    if not measure.standing.end:
        return Name(f"截至期末已到{start.zh}", f"{start.en} has come by the end of the period")
    end = columns.names[measure.standing.end]
    return Name(
        f"截至期末已到{start.zh}、未到{end.zh}",
        f"{start.en} has come by the end of the period, but not {end.en}",
    )


def _value(measure: Measure, columns: ColumnWords, rows: RowWords, found: Name) -> Name:
    if measure.covered:
        level = f"“{measure.covered}”"
        return Name(
            f"区域之内(含本身)至少有一条{found.zh}的{level}级区域数",
            f"the number of areas of level {level} within the area (itself included) "
            f"that have any {found.en}",
        )
    if measure.each and measure.having is not None:
        each, having = columns.names[measure.each], rows.condition(measure.having)
        empty = measure.each != measure.on and columns.may_be_empty(measure.each)
        return Name(
            f"{found.zh},按{each.zh}分组{'(未填的不计)' if empty else ''},组内{having.zh}的组数",
            f"the number of groups by {each.en}{' (not counting what is not filled in)' if empty else ''}, "
            f"of {found.en}, in which {having.en}",
        )
    value = measure.value.unnest() if measure.value is not None else None
    if value is None:
        return Name(f"「{measure.text}」", f"「{measure.text}」")
    if isinstance(value, exp.Count) and isinstance(value.this, exp.Star):
        return Name(f"{found.zh}数", f"the number of {found.en}")
    if isinstance(value, exp.Count):
        counted = rows.gathered(value)
        return Name(f"{found.zh}中{counted.zh}", f"{counted.en} among {found.en}")
    if isinstance(value, exp.AggFunc):
        counted = rows.gathered(value)
        return Name(f"{found.zh}的{counted.zh}", f"{counted.en} over {found.en}")
    words = arithmetic(value, rows)
    return Name(f"就{found.zh}计算:{words.zh}", f"over {found.en}: {words.en}")


def _notes(measure: Measure, columns: ColumnWords) -> Name:
    zh, en = [], []
    if measure.area != "area":
        name = columns.names[measure.area]
        zh.append(f"按{name.zh}归区域")
        en.append(f"placed by {name.en}")
    if columns.record_type.reported:
        zh.append("取自上报数")
        en.append("totals reported from elsewhere")
    return Name(f"({';'.join(zh)})" if zh else "", f" ({'; '.join(en)})" if en else "")


def _repeated(definitions: Definitions, upper: Measure, lower: Measure | None = None) -> list[Name]:
    """That a record counts each time, where one may come up more than once in a period."""
    sides = [measure for measure in (upper, lower) if measure is not None]
    again = [measure for measure in sides if comes_again(definitions, measure)]
    if not again:
        return []
    rows = ColumnWords.of(definitions, again[0].of).rows
    if len(again) == len(sides):
        where = Name("", "A record")
    elif again[0] is upper:
        where = Name("分子中", "In the numerator a record")
    else:
        where = Name("分母中", "In the denominator a record")
    return [
        Name(
            f"{where.zh}同一{rows.zh}在期内有多次的,逐次计",
            f"{where.en} that comes up more than once in the period counts each time",
        )
    ]


class _Indicators:
    """Words for the indicators of a formula: in Chinese no two have one name, in English a key tells."""

    def __init__(self, definitions: Definitions, indicator: Indicator) -> None:
        self._names = {key: definitions.indicator(key).name for key in formula_parts(indicator)}
        self._alike = Counter(name.en or name.zh for name in self._names.values())

    def __call__(self, node: exp.Expr) -> Name:
        if isinstance(node, exp.Literal):
            return Name(node.name, node.name)
        if not isinstance(node, exp.Column):
            return as_written(node)
        name = self._names[node.name]
        en = name.en or name.zh
        return Name(quoted(name.zh), quoted(en) + (f" ({node.name})" if self._alike[en] > 1 else ""))
