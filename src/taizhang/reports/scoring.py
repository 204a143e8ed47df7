"""How well the words of a claim fit an indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from taizhang.programmes import Definitions, Indicator, Programme
from taizhang.reading import Claim
from taizhang.reports.units import POINTS, is_ratio, scale
from taizhang.reports.words import Cover, Vocabulary, clause_before, clauses_with, plain, split

SUBJECT, CLAUSE, SENTENCE = 1.0, 0.9, 0.6
"""What a word is worth by where it stands: in the claim's subject, its clause, its sentence. A clause without
a word of its own (同比上升0.4%) speaks of what the sentence speaks of, which then counts as the clause."""
RARE_ENOUGH = 1.6
"""Weight of rare words that must stand in the claim: less than one such word of two characters is nothing."""


SCOPES = ("全国", "全自治区", "全省", "全市", "城区", "县区", "全区", "全县")
"""Words that say among whom a rank is, widest first."""
STRANGE = 4.0
"""Weight of rare words in a subject, none of them the indicator's, at which nothing of it is explained."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of one indicator: `phrases` name it, `context` names its line of work."""

    indicator: Indicator
    phrases: tuple[str, ...]
    context: tuple[str, ...]
    rank_words: tuple[str, ...]  # the programme's own sentences about the rank: they say among whom


@dataclass(frozen=True, slots=True)
class Score:
    """`total` in [0, 1]; the parts say why."""

    total: float
    phrase: str
    named: float  # share of the phrase found
    explained: float  # how little of the claim's subject the indicator's words leave unaccounted for
    placed: float  # how far the line of work is named


def terms_of(definitions: Definitions, peers: Mapping[str, str]) -> tuple[Terms, ...]:
    """The words of every indicator. `peers`: group id → its name, where the district gives one."""
    found = []
    for programme in definitions.programmes.values():
        if programme.id == "system":
            continue
        context = _context(programme)
        for indicator in programme.indicators.values():
            phrases = tuple(dict.fromkeys((indicator.name.zh, *indicator.aliases)))
            found.append(Terms(indicator, phrases, context, _rank_words(programme, indicator, peers)))
    return tuple(found)


def _context(programme: Programme) -> tuple[str, ...]:
    """The programme's name, and what aliases put before bare names (数管平台|处置结案率)."""
    found = {programme.name.zh}
    for indicator in programme.indicators.values():
        names = (indicator.name.zh, *indicator.aliases)
        for long in names:
            for inner in names:
                rest = plain(long).removesuffix(plain(inner))
                if rest != plain(long) and any(rare for _, rare in split(rest)):
                    found.add(rest)
    return tuple(sorted(found))


def _rank_words(programme: Programme, indicator: Indicator, peers: Mapping[str, str]) -> tuple[str, ...]:
    if indicator.rank is None:
        return ()
    if not indicator.rank.peers:
        return ("全区", "全县", "各街道", "各镇", "各乡镇")
    group = indicator.rank.peers
    words = [peers[group]] if group in peers else []
    mark = "{" + indicator.id + ".rank}"
    for sentence in programme.report:
        words += [part for part in sentence.zh.replace("\uff0c", ",").split(",") if mark in part]
    return tuple(words)


def scope_fits(claim: Claim, terms: Terms) -> bool | None:
    """Whether the group that a rank is printed for is the indicator's; None when nothing names that group.

    A claim of another kind is among no group: True."""
    if claim.kind != "rank":
        return True
    near = f"{claim.subject}\n{clauses_with(claim.sentence, claim.surface)}"
    scope = claim.scope or next((word for word in SCOPES if word in near), "")
    if not scope:
        return True
    if not terms.rank_words:
        return None
    return any(scope in words for words in terms.rank_words)


def can_mean(claim: Claim, terms: Terms) -> bool:
    """Whether unit, kind and scope let the claim be about the indicator at all."""
    unit = terms.indicator.unit
    match claim.kind:
        case "level":
            return scale(unit, claim.unit) is not None
        case "change":
            if claim.unit in POINTS:
                return is_ratio(unit)
            return claim.unit in ("%", "倍") or scale(unit, claim.unit) is not None
        case "rank":
            return terms.indicator.rank is not None and scope_fits(claim, terms) is not False
        case "multiple":
            return True


def score(claim: Claim, terms: Terms, vocabulary: Vocabulary, area_names: Sequence[str]) -> Score:
    """The best of the indicator's phrases for this claim."""
    clause = clauses_with(claim.sentence, claim.surface)
    rest = clause.replace(claim.surface, "")
    bare = not any(rare for _, rare in split(claim.subject + rest))
    subject = claim.subject or plain(rest) or clause_before(claim.sentence, claim.surface)
    zones = ((subject, SUBJECT), (clause, CLAUSE), (claim.sentence, CLAUSE if bare else SENTENCE))
    own = "\n".join((*terms.phrases, *terms.context, *area_names))
    explained = explained_by(subject, own, vocabulary)
    best = Score(0.0, "", 0.0, explained, 0.0)
    around = max((vocabulary.cover_by(word, zones) for word in terms.context), key=lambda c: c.share)
    for phrase in terms.phrases:
        cover = vocabulary.cover_by(phrase, zones)
        if cover.rare + around.rare < RARE_ENOUGH:
            continue
        placed = placed_by(phrase, terms, around, cover, vocabulary)
        total = weighed(cover.share, explained, placed)
        if total > best.total:
            best = Score(total * _manner(claim, terms.indicator), phrase, cover.share, explained, placed)
    return best


def placed_by(phrase: str, terms: Terms, around: Cover, cover: Cover, vocabulary: Vocabulary) -> float:
    """How surely the words are of the indicator's programme: as `around` has its context, or as the phrase
    that `cover` is of says it."""
    inside = max((vocabulary.cover(word, phrase).share for word in terms.context), default=0.0)
    return max(0.0, 2 * max(around.share, inside * cover.share) - 1)


def weighed(covered: float, explained: float, placed: float) -> float:
    """What a phrase scores that is covered, explained and placed so far."""
    return 0.5 * covered + 0.35 * explained + 0.15 * placed


def explained_by(subject: str, own: str, vocabulary: Vocabulary) -> float:
    """1 less what each rare word of the claim's subject costs that is none of the indicator's: 流感 before
    疫苗接种, 法院 before 结案率 make it another thing. General words cost nothing."""
    strange = sum(
        token.weight
        for token in vocabulary.tokens(subject)
        if token.rare and not vocabulary.token_stands(token, subject, own)
    )
    return max(0.0, 1 - strange / STRANGE)


def _manner(claim: Claim, indicator: Indicator) -> float:
    """A running total is sooner meant by a stock that nothing leaves; a plain figure sooner by another."""
    standing = indicator.numerator.standing if indicator.numerator else None
    running = standing is not None and not standing.end
    if claim.basis == "cumulative":
        return 1.0 if running else 0.97
    return 1.0
