"""An index gives the same results however it grew, and keeps nothing of what was removed."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import BrokenIndex, InputError
from corpus.letter import Letter
from index import build, merging
from index.build import build_index, update_index
from index.check import check_index
from index.engine import FIELDS
from index.generations import current
from index.hit import Filters
from index.merging import groups
from index.opened import Opened
from index.segment_join import Part, write_joined_segment
from index.words import bigrams, words
from tests.index_fakes import Hashing, letter

QUESTIONS = ("昆明市瞪羚企业投入多少万元", "人才引进", "葡萄酒检验 概念验证", "第1版")
CUT = {"words": words, "bigrams": bigrams}


def everything(folder: Path) -> Any:
    """All that search can be told: ids, records, the rows and scores of every searcher, rarity, what is known."""
    index = Opened(current(folder))
    told: list[Any] = [index.ids(), list(index.letters()), list(index.records()), index.engine.count()]
    among = index.engine.filter(Filters(region="昆明"))
    for question in QUESTIONS:
        vector = Hashing().encode([question], query=True)[0]
        for only in (None, among):
            found = {field: index.engine.sparse(field, CUT[field](question), 7, only) for field in FIELDS}
            found["dense"] = index.engine.dense(vector, 7, only)
            told += [(leg, rows.tolist()) for leg, rows in found.items()]
            rows = np.unique(np.concatenate(list(found.values())))
            told += [index.engine.sparse_scores(f, CUT[f](question), rows).tobytes() for f in FIELDS]
            told += [index.engine.dense_scores(vector, rows).tobytes(), [index.chunk(int(row)) for row in rows]]
        told.append((index.idf(question[-2:]), index.knows(question[:4])))
    return told


def grown(folder: Path, steps: list[tuple[bool, list[int]]]) -> dict[str, Letter]:
    """An index after these steps (add or replace, or remove); the letters that it should hold."""
    build_index([], folder, Hashing())
    held: dict[str, Letter] = {}
    for version, (put, numbers) in enumerate(steps):
        names = sorted({f"复文{n}" for n in numbers})
        gone = [] if put else [name for name in names if name in held]
        made = [letter(name, version) for name in names] if put else []
        update_index(made, gone, folder, Hashing())
        held = {name: it for name, it in held.items() if name not in gone} | {it.id: it for it in made}
    return held


STEPS = st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 12), min_size=1, max_size=5)), max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_way_of_adding_replacing_and_removing_ends_in_the_results_of_a_fresh_build(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[bool, list[int]]]
) -> None:
    folder = tmp_path_factory.mktemp("grown")
    monkeypatch.setattr(merging, "_ON_THE_WAY", 9)
    held = grown(folder / "a", steps)
    monkeypatch.setattr(build, "FULL", 7)
    build_index(held.values(), folder / "b", Hashing())
    assert everything(folder / "a") == everything(folder / "b")
    assert check_index(folder / "a") == []


def test_a_letter_that_was_removed_or_replaced_is_in_no_file(tmp_path: Path) -> None:
    update = {name: letter(name) for name in ("甲", "乙", "丙")}
    build_index(update.values(), tmp_path, Hashing())
    update_index([letter("丁")], [], tmp_path, Hashing())
    update_index([letter("乙", 5)], ["甲"], tmp_path, Hashing())
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    for words_of_it in ("建议甲", "甲.txt", update["乙"].text[:20]):
        assert not any(words_of_it.encode() in content for content in files)
    assert Opened(current(tmp_path)).ids() == ("丁", "丙", "乙")


def test_adding_a_letter_leaves_big_segments_as_they_are(tmp_path: Path) -> None:
    build_index([letter(f"{n}") for n in range(30)], tmp_path, Hashing())
    before = (tmp_path / "segments" / "000001" / "letters.jsonl").stat()
    generation = update_index([letter("新")], [], tmp_path, Hashing())
    assert len(generation.manifest["segments"]) == 2
    assert (tmp_path / "segments" / "000001" / "letters.jsonl").stat() == before


def test_the_generation_before_is_kept_after_adding_and_goes_after_removing(tmp_path: Path) -> None:
    build_index([letter("甲")], tmp_path, Hashing())
    update_index([letter("乙")], [], tmp_path, Hashing())
    assert len(list((tmp_path / "generations").iterdir())) == 2
    update_index([], ["甲"], tmp_path, Hashing())
    assert len(list((tmp_path / "generations").iterdir())) == 1


def test_segments_join_to_the_same_bytes_as_a_fresh_one(tmp_path: Path) -> None:
    names = [f"复文{n}" for n in range(9)]
    whole = build_index([letter(name) for name in names], tmp_path / "whole", Hashing())
    build_index([letter(name) for name in names[::2]], tmp_path / "parts", Hashing())
    update_index([letter(name) for name in names[1::2]], [], tmp_path / "parts", Hashing())
    segments = Opened(current(tmp_path / "parts"))._segments
    (tmp_path / "joined").mkdir()
    told = write_joined_segment(tmp_path / "joined", [Part(s, np.arange(len(s.ids))) for s in segments])
    assert told == next(iter(whole.manifest["segments"].values()))


def test_a_damaged_segment_is_never_copied(tmp_path: Path) -> None:
    build_index([letter("甲"), letter("乙")], tmp_path, Hashing())
    path = tmp_path / "segments" / "000001" / "words.impacts"
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])
    with pytest.raises(BrokenIndex, match=r"words\.impacts"):
        update_index([], ["甲"], tmp_path, Hashing())


def test_two_letters_of_one_id_leave_the_index_as_it_was(tmp_path: Path) -> None:
    build_index([letter("甲")], tmp_path, Hashing())
    with pytest.raises(InputError, match="复文 乙：编号重复"):
        update_index([letter("乙"), letter("乙", 2)], [], tmp_path, Hashing())
    assert check_index(tmp_path) == []
    assert Opened(current(tmp_path)).ids() == ("甲",)


@given(st.lists(st.integers(1, 70_000), max_size=60))
def test_every_segment_is_in_one_group_and_none_grows_too_big(sizes: list[int]) -> None:
    made = groups(sizes)
    assert sorted(at for group in made for at in group) == list(range(len(sizes)))
    assert all(len(group) == 1 or sum(sizes[at] for at in group) <= 1 << 16 for group in made)


def test_letters_added_one_by_one_are_kept_in_few_segments() -> None:
    sizes: list[int] = []
    for _ in range(3000):
        sizes = [sum(group) for group in [[[*sizes, 1][at] for at in g] for g in groups([*sizes, 1])]]
    assert len(sizes) <= 12
