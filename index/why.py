"""Tells in one Chinese line why a hit was found, so that a clerk can judge it."""

from collections.abc import Sequence

from index.hit import Why

_SEARCHERS = {"words": "词语", "bigrams": "字面", "dense": "语义"}
_MOST, _FORMS = 6, 3


def why_text(why: Why) -> str:
    """The line; what says most stands first.

    >>> why_text(Why(("words", "dense"), ("贷款",), (("借不到钱", "融资难"),), (), "整节：(八)加强信贷支持"))
    '整节：(八)加强信贷支持；问的“借不到钱”，文中作“融资难”；含“贷款”；词语、语义检索靠前'
    """
    parts = [why.brought] if why.brought else []
    if why.exact:
        parts.append(f"这件复文正是问到的{_quoted(_whole(why.exact))}")
    parts += [f"问的“{asked}”，文中作{_quoted(means[:_FORMS])}" for asked, means in _by_asked(why)[:_MOST]]
    terms = _whole(why.terms)[:_MOST]
    if terms:
        parts.append(f"含{_quoted(terms)}")
    if why.found_by:
        parts.append(f"{'、'.join(_SEARCHERS.get(leg, leg) for leg in why.found_by)}检索靠前")
    return "；".join(parts) or "与问题字面、语义都不近，排在最后供参考"


def _by_asked(why: Why) -> list[tuple[str, list[str]]]:
    """What was asked, each with all that stands for it."""
    found: dict[str, list[str]] = {}
    for asked, means in why.expansions:
        found.setdefault(asked, []).append(means)
    return list(found.items())


def _quoted(names: Sequence[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def _whole(terms: tuple[str, ...]) -> list[str]:
    """The terms once each, without those that are part of another."""
    once = list(dict.fromkeys(terms))
    return [term for term in once if not any(term != other and term in other for other in once)]
