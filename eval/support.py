"""How much of each sentence of an answer stands, in its order, in the text that the sentence itself cites."""

from collections.abc import Mapping, Sequence

from assistant.answer import Answer
from corpus.letter import Letter
from eval.grounding import known, quotes, ungrounded_in
from eval.overlap import tokens
from eval.plain import plain


def sentence_support(answer: Answer, letters: Mapping[str, Letter]) -> float | None:
    """The mean over the sentences of the share of their words that the cited text holds in the same order (0–1).

    The cited text is the quotes and what is known of their letters (title, number, place, date). 1 for verbatim
    sentences, 0 for one without citation or with a figure that is not there; None when the answer has no sentence. Two
    citations swapped, a digit or a word changed, a sentence put in: all lower it.
    """
    if not answer.sentences:
        return None
    shares = []
    for sentence in answer.sentences:
        cited = quotes(answer, sentence)
        about = [known(letters[name].metadata) for name in dict.fromkeys(c.letter for c in cited) if name in letters]
        founded = cited and not ungrounded_in(sentence, answer, letters)
        shares.append(supported(sentence.text, "\n".join(c.quote for c in cited), "\n".join(about)) if founded else 0.0)
    return sum(shares) / len(shares)


def supported(text: str, quotes: str, about: str = "") -> float:
    """The share of the text's tokens in its longest common subsequence with what is known and the quotes.

    >>> supported("认定1350家。", "2023年认定1350家。"), supported("认定1200家", "认定1350家")
    (1.0, 0.75)
    """
    ours = tokens(text)
    if not ours or plain(text) in plain(quotes):
        return 1.0
    return _common(ours, tokens(f"{about}\n{quotes}")) / len(ours)


def _common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """The length of the longest common subsequence; one bit a token, so that a row of the table is one whole number."""
    places: dict[str, int] = {}
    for at, token in enumerate(theirs):
        places[token] = places.get(token, 0) | 1 << at
    everything = (1 << len(theirs)) - 1
    row = everything
    for token in ours:
        kept = row & places.get(token, 0)
        row = (row + kept) & everything | row & ~kept
    return len(theirs) - row.bit_count()
