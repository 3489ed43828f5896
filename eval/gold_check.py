"""Hold whole gold files against the letters: every fault, every doubt and the counts, without an index."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.table import table
from corpus.errors import InputError
from corpus.letter import Letter
from eval.cases import KINDS, WHYS, Case, doubts, read_cases, untrue
from eval.proposals import ProposalCase, read_proposals, untrue_proposals
from eval.sets import GOLD

# A file of this name holds proposals, any other holds questions.
PROPOSALS = "proposals"
_COLUMNS = 80


@dataclass(frozen=True)
class Checked:
    """What gold files hold and what is wrong with them."""

    cases: tuple[Case, ...]
    proposals: tuple[ProposalCase, ...]
    faults: tuple[InputError, ...]
    doubts: tuple[str, ...]


def check_files(paths: Sequence[Path], letters: Mapping[str, Letter], originals: Sequence[str] = ()) -> Checked:
    """Everything that is wrong in the files, in their order: first what cannot be read, then what is not true."""
    of_proposals = [path for path in paths if path.name.startswith(PROPOSALS)]
    cases, faults = read_cases(*(path for path in paths if path not in of_proposals))
    proposals, more = read_proposals(*of_proposals)
    faults += [*more, *untrue(cases, letters, originals), *untrue_proposals(proposals, letters)]
    return Checked(tuple(cases), tuple(proposals), tuple(faults), tuple(doubts(cases)))


def proposals_of(gold: Path | None, split: str | None) -> list[Path]:
    """The file of proposals of a gold folder (None: the shipped one), where it has one; they belong to no split."""
    file = (gold or GOLD) / f"{PROPOSALS}.jsonl"
    return [file] if split in (None, "all") and file.is_file() else []


def counts(checked: Checked) -> str:
    """The counts that a person who writes gold looks at: one line of totals, then by kind and by reason.

    A kind with no question shows 0, so that a gap is seen.
    """
    return "\n".join([*_totals(checked), *(_tables(checked.cases) if checked.cases else ())])


def _totals(checked: Checked) -> list[str]:
    cases, lines = checked.cases, []
    if cases:
        answerable = [case for case in cases if case.answerable]
        lines.append(f"{len(cases)} 题可用：可回答 {len(answerable)}，不可回答 {len(cases) - len(answerable)}")
        staff, letter = (sum(case.wording == name for case in answerable) for name in ("staff", "letter"))
        lines.append(f"可回答的题：工作人员的话 {staff}，原文的话 {letter}，未注明 {len(answerable) - staff - letter}")
        turns = [len(case.turns) for case in cases if len(case.turns) > 1]
        lines.append(
            f"多轮 {len(turns)}（三轮以上 {sum(n > 2 for n in turns)}），关键题 {sum(c.critical for c in cases)}"
        )
    if checked.proposals:
        points = [point for proposal in checked.proposals for point in proposal.points]
        none = sum(not point.precedents for point in points)
        lines.append(f"{len(checked.proposals)} 件来件可用：要点 {len(points)}，其中没有先例的 {none}")
    return lines


def _tables(cases: Sequence[Case]) -> list[str]:
    kinds = Counter(case.kind for case in cases)
    staff = Counter(case.kind for case in cases if case.wording == "staff")
    whys = Counter(case.why for case in cases)
    by_kind = [("类别", "题数", "工作人员的话"), *((name, str(kinds[name]), str(staff[name])) for name in KINDS)]
    by_why = [("不可回答", "题数"), *((name, str(whys[name])) for name in WHYS)]
    return ["", *table(by_kind, _COLUMNS), "", *table(by_why, _COLUMNS)]
