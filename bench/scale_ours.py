"""Asks our search the questions of a file, for bench/scale.py: python bench/scale_ours.py DATA IN OUT."""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.assistant import open_assistant


def main() -> None:
    """A line an answer: its time and where its hits stand."""
    data, source, out = map(Path, sys.argv[1:])
    assistant = open_assistant(data)
    with out.open("w", encoding="utf-8") as file:
        for row in map(json.loads, source.read_text(encoding="utf-8").splitlines()):
            begun, used = time.perf_counter(), time.process_time()
            hits = assistant.search(row["question"], 10)
            told = {"seconds": time.perf_counter() - begun, "processor": time.process_time() - used}
            spans = [(hit.chunk.letter, hit.chunk.start, hit.chunk.end) for hit in hits]
            file.write(json.dumps({"id": row["id"], **told, "hits": spans}) + "\n")


if __name__ == "__main__":
    main()
