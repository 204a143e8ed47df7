"""Each claim to at most one indicator, area and period: by words, units and context, never by its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from taizhang.figures import AreaNode
from taizhang.programmes import Definitions
from taizhang.reading import Claim
from taizhang.reports.naming import Gazetteer
from taizhang.reports.scoring import Score, Terms, can_mean, scope_fits, score, terms_of
from taizhang.reports.timing import period_of
from taizhang.reports.words import Vocabulary, clauses_with
from taizhang.values import Period

THRESHOLD = 0.72
"""What a claim must reach to be bound. A false binding is worse than none: docs/explanation/checking.md
says how many true ones it costs."""
MARGIN = 0.04
"""Two indicators closer than this cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What a claim is about. Without `indicator` it is bound to nothing, and `why` says so.

    `scope_known` is False for a rank whose group nobody has named: such a rank is not decided. `period` is
    None where the claim's cannot be read.
    """

    claim: Claim
    indicator: str | None
    area: str
    period: Period | None
    why: str
    score: float = 0.0
    phrase: str = ""
    scope_known: bool = True
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    terms: Terms
    score: Score


def bind(
    claims: Sequence[Claim],
    definitions: Definitions,
    areas: Sequence[AreaNode],
    default_area: str,
    *,
    text: str = "",
    peers: Mapping[str, str] | None = None,
) -> list[Binding]:
    """One binding for each claim, in order.

    `text` is the whole text, which tells whether it speaks of this district (else the claims' sentences do);
    `peers` names the groups of peers by id, where the programmes' own sentences do not.
    """
    gazetteer = Gazetteer.of(areas, default_area)
    sentences = dict.fromkeys(claim.sentence for claim in claims)
    elsewhere = gazetteer.elsewhere(text or "\n".join(sentences))
    if elsewhere:
        why = f"本文所说的是“{elsewhere}”,没有提到本区 / the text speaks of {elsewhere}, not of this district"
        return [Binding(claim, None, default_area, _period(claim), why) for claim in claims]
    terms = terms_of(definitions, peers or {})
    vocabulary = Vocabulary([*_programme_words(terms), *sentences])
    first = [_choose(claim, terms, vocabulary, gazetteer) for claim in claims]
    return _settle(first)


def _programme_words(terms: Sequence[Terms]) -> list[str]:
    words: dict[str, list[str]] = {}
    for term in terms:
        words.setdefault(term.indicator.programme, []).extend((*term.phrases, *term.context))
    return ["\n".join(found) for found in words.values()]


def _period(claim: Claim) -> Period | None:
    return period_of(claim.period, clauses_with(claim.sentence, claim.surface))


def _choose(claim: Claim, terms: Sequence[Terms], vocabulary: Vocabulary, gazetteer: Gazetteer) -> Binding:
    """The best indicator for one claim, for itself alone."""
    nothing = Binding(claim, None, gazetteer.default, _period(claim), "")
    near = f"{claim.subject}\n{clauses_with(claim.sentence, claim.surface)}"
    wider = gazetteer.wider_in(near) if claim.kind != "rank" else ""
    if wider:
        why = f"所说的是“{wider}”,不是本区 / it speaks of {wider}, not of this district"
        return replace(nothing, why=why)
    area = gazetteer.area_in(near)
    if area is None:
        return replace(nothing, why="不能确定所说的是哪一个区域 / it is not clear which area is meant")
    place_names = gazetteer.names_of(area)
    ranked = sorted(
        (_Candidate(t, score(claim, t, vocabulary, place_names)) for t in terms if can_mean(claim, t)),
        key=lambda c: (-c.score.total, c.terms.indicator.key),
    )
    if not ranked or ranked[0].score.total < THRESHOLD:
        return replace(nothing, why=_too_far(claim, ranked))
    best = ranked[0]
    rivals = [c for c in ranked[1:] if best.score.total - c.score.total < MARGIN]
    if rivals:
        keys = tuple(c.terms.indicator.key for c in (best, *rivals))
        why = f"不止一个指标对得上:{'、'.join(keys)} / ambiguous: {', '.join(keys)}"
        return replace(nothing, why=why, candidates=keys)
    key, phrase, total = best.terms.indicator.key, best.score.phrase, best.score.total
    why = f"按“{phrase}”对应 {key}(契合度 {total:.2f}) / bound to {key} by “{phrase}” ({total:.2f})"
    return replace(
        nothing,
        indicator=key,
        area=area,
        why=why,
        score=total,
        phrase=phrase,
        scope_known=scope_fits(claim, best.terms) is True,
    )


def _too_far(claim: Claim, ranked: Sequence[_Candidate]) -> str:
    if not ranked:
        return f"没有单位“{claim.unit}”、类型相合的指标 / no indicator of such a unit and kind"
    best = ranked[0]
    key = best.terms.indicator.key
    if not best.score.phrase:
        return "没有对应的指标,也没有名称相近的 / no indicator, and none is near in name"
    total = f"{best.score.total:.2f}"
    return f"没有对应的指标;最近的是 {key},契合度 {total} / no indicator; the nearest is {key} at {total}"


def _settle(bindings: list[Binding]) -> list[Binding]:
    """No indicator is asserted twice with different figures, unless the words cannot tell the two apart.

    The better fitting claim keeps it. Where two fit alike, the text itself says two things of one
    indicator, and both are judged.
    """
    keepers: dict[tuple[object, ...], Binding] = {}
    for binding in bindings:
        if binding.indicator is not None:
            slot = _slot(binding)
            if slot not in keepers or binding.score > keepers[slot].score:
                keepers[slot] = binding
    settled = []
    for binding in bindings:
        keeper = keepers.get(_slot(binding)) if binding.indicator else None
        kept = keeper is None or _may_share(binding, keeper)
        settled.append(binding if kept or keeper is None else _given_up(binding, keeper))
    return settled


def _slot(binding: Binding) -> tuple[object, ...]:
    return (binding.indicator, binding.claim.kind, binding.area, binding.period)


def _may_share(binding: Binding, keeper: Binding) -> bool:
    mine, theirs = binding.claim, keeper.claim
    agree = (mine.low, mine.high, mine.bound) == (theirs.low, theirs.high, theirs.bound)
    return agree or keeper.score - binding.score < MARGIN


def _given_up(binding: Binding, keeper: Binding) -> Binding:
    surface, key = keeper.claim.surface, str(binding.indicator)
    why = f"{key} 已由更贴切的“{surface}”对应 / {key} is better fitted by “{surface}”"
    return replace(binding, indicator=None, why=why, candidates=(key,))
