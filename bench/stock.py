"""The pipeline that everybody builds first, as a command: LangChain's splitter, a flat FAISS index, BM25 made anew at load.

    python bench/stock.py build DATA OUT      split, embed, write OUT/index.faiss and OUT/documents.json
    python bench/stock.py ask OUT IN ANSWERS  load, make BM25, answer the questions of IN (JSON lines), the first as a cold start
    python bench/stock.py add OUT ID FILE     one more document into both

What LangChain does is done here in the same way and order, without its dead wrappers: RecursiveCharacterTextSplitter with its
own separators, FAISS flat with L2, BM25Okapi of rank_bm25 over words, EnsembleRetriever's reciprocal ranks (0.5, 0.5, c = 60).
The embedding model is ours.
"""

import json
import math
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import faiss
import numpy as np
import rjieba
from langchain_text_splitters import RecursiveCharacterTextSplitter

from bench.haystack import documents
from index.embedding import open_embedder

SIZE, OVERLAP, K, C = 400, 40, 10, 60
Document = tuple[str, int, str]


class BM25Okapi:
    """The formula and the way of rank_bm25, which BM25Retriever makes of its documents at every load."""

    def __init__(self, corpus: list[list[str]], k1: float = 1.5, b: float = 0.75, epsilon: float = 0.25) -> None:
        self.k1, self.b = k1, b
        self.freqs: list[dict[str, int]] = []
        holding: dict[str, int] = defaultdict(int)
        for document in corpus:
            counts: dict[str, int] = {}
            for word in document:
                counts[word] = counts.get(word, 0) + 1
            self.freqs.append(counts)
            for word in counts:
                holding[word] += 1
        self.lengths = np.array([len(document) for document in corpus])
        self.mean = float(self.lengths.mean())
        self.idf = {
            word: math.log(len(corpus) - count + 0.5) - math.log(count + 0.5) for word, count in holding.items()
        }
        floor = epsilon * sum(self.idf.values()) / len(self.idf)
        self.idf = {word: weight if weight >= 0 else floor for word, weight in self.idf.items()}

    def best(self, query: list[str], k: int) -> list[int]:
        """The k documents of the highest score."""
        score = np.zeros(len(self.freqs))
        for word in query:
            found = np.array([(document.get(word) or 0) for document in self.freqs])
            below = found + self.k1 * (1 - self.b + self.b * self.lengths / self.mean)
            score += (self.idf.get(word) or 0) * (found * (self.k1 + 1) / below)
        return [int(row) for row in np.argsort(score)[::-1][:k]]


class Pipeline:
    """The loaded pipeline: vectors and documents from disk, BM25 from the documents."""

    def __init__(self, out: Path) -> None:
        self.vectors: Any = faiss.read_index(str(out / "index.faiss"))
        self.documents: list[Document] = [tuple(d) for d in json.loads((out / "documents.json").read_bytes())]
        self.bm25 = BM25Okapi([words(text) for _, _, text in self.documents])
        self.embedder = open_embedder()

    def search(self, question: str, k: int = K) -> list[Document]:
        """The best documents, by the reciprocal ranks of both searchers, each text once."""
        _, near = self.vectors.search(self.embedder.encode([question]), k)
        lists = [self.bm25.best(words(question), k), [int(row) for row in near[0]]]
        score: dict[str, float] = defaultdict(float)
        first: dict[str, Document] = {}
        for found in lists:
            for rank, row in enumerate(found, 1):
                document = self.documents[row]
                score[document[2]] += 0.5 / (rank + C)
                first.setdefault(document[2], document)
        return [first[text] for text in sorted(score, key=lambda text: -score[text])][:k]


def words(text: str) -> list[str]:
    """The words of a text, each string held once."""
    return [sys.intern(word) for word in rjieba.cut(text)]


def split(found: Any) -> list[Document]:
    """(id, start, text) of every piece of (id, text) documents."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=SIZE, chunk_overlap=OVERLAP, add_start_index=True)
    ids, texts = zip(*found, strict=True)
    pieces = splitter.create_documents(list(texts), [{"id": key} for key in ids])
    return [(p.metadata["id"], p.metadata["start_index"], p.page_content) for p in pieces]


def build(data: Path, out: Path) -> None:
    """Everything that must be done before the first question."""
    out.mkdir()
    pieces = split(documents(data))
    embedder = open_embedder()
    vectors = faiss.IndexFlatL2(embedder.dimension)
    for start in range(0, len(pieces), 1000):
        vectors.add(embedder.encode([text for _, _, text in pieces[start : start + 1000]]))
    _save(out, vectors, pieces)
    BM25Okapi([words(text) for _, _, text in pieces])
    print(len(pieces))


def ask(out: Path, source: Path, answers: Path) -> None:
    """A line an answer: its time and where its documents stand."""
    pipeline = Pipeline(out)
    questions = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    with answers.open("w", encoding="utf-8") as file:
        for row in questions:
            begun, used = time.perf_counter(), time.process_time()
            hits = [(key, start, start + len(text)) for key, start, text in pipeline.search(row["question"])]
            told = {"seconds": time.perf_counter() - begun, "processor": time.process_time() - used}
            file.write(json.dumps({"id": row["id"], **told, "hits": hits}) + "\n")


def add(out: Path, key: str, file: Path) -> None:
    """One more document: its vectors, everything written again, BM25 made anew."""
    pipeline = Pipeline(out)
    pieces = split([(key, file.read_text(encoding="utf-8"))])
    pipeline.vectors.add(pipeline.embedder.encode([text for _, _, text in pieces]))
    pipeline.documents += pieces
    _save(out, pipeline.vectors, pipeline.documents)
    BM25Okapi([words(text) for _, _, text in pipeline.documents])


def _save(out: Path, vectors: Any, pieces: list[Document]) -> None:
    faiss.write_index(vectors, str(out / "index.faiss"))
    (out / "documents.json").write_text(json.dumps(pieces, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    """Do what the first word says."""
    does = {"build": lambda a: build(*map(Path, a)), "ask": lambda a: ask(*map(Path, a))}
    what, *rest = sys.argv[1:]
    does[what](rest) if what in does else add(Path(rest[0]), rest[1], Path(rest[2]))


if __name__ == "__main__":
    main()
