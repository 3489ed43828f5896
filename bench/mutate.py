"""Damage thousands of files on purpose and read them: none may crash the program or hold it up."""

import argparse
import io
import random
import re
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.read import read_documents

KINDS = ("docx", "pdf", "html", "zip")
SLOWEST = 20.0
LETTER = (
    "关于市政协十四届二次会议第142194号提案答复的函",
    "陈力委员：",
    "您提出的《关于提升科技创新能力的建议》收悉，现答复如下：",
    "一、工作开展情况",
    "2023年，全市高新技术企业达1350家，同比增长12.5%。",
    "昆明市科学技术局",
    "2023年6月19日",
)


def seeds() -> dict[str, bytes]:
    """One sound file of each kind."""
    made = {"docx": _docx(), "pdf": _pdf(), "html": _html()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind, data in made.items():
            archive.writestr(f"复文/{kind}.{kind}", data)
        archive.writestr("复文/正文.txt", "\n".join(LETTER).encode("gb18030"))
    return made | {"zip": packed.getvalue()}


def _docx() -> bytes:
    import docx

    document = docx.Document()
    for line in LETTER:
        document.add_paragraph(line)
    document.add_paragraph("自动编号", style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "指标"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pdf() -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0, invariant=1)
    for page in range(3):
        canvas.setFont("STSong-Light", 16)
        for i, line in enumerate(LETTER):
            canvas.drawString(80, 760 - 28 * i, line)
        canvas.drawString(280, 40, f"— {page + 1} —")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _html() -> bytes:
    body = "".join(f"<p>{line}</p>" for line in LETTER)
    table = "<table><tr><td>索引号：</td><td>kj-2023-1</td><td>发布机构：</td><td>昆明市科技局</td></tr></table>"
    head = '<meta charset="utf-8"><meta name="ArticleTitle" content="答复"><title>答复</title>'
    return f"<html><head>{head}</head><body>{table}<div class=TRS_Editor>{body}</div></body></html>".encode()


def mutants(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of `count` damaged files, the same for the same seed."""
    rng, sound = random.Random(seed), seeds()
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        ways = [_flip, _flip, _cut, _repeat, _overwrite, _splice]
        ways += {
            "docx": [_inside] * 6,
            "zip": [_inside, _names, _header],
            "html": [_markup] * 4,
            "pdf": [_figures] * 4,
        }[kind]
        yield f"{number:05d}.{kind}", rng.choice(ways)(sound[kind], rng)
    yield from _bombs()


def _flip(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 3, 10, 100, 1000))):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _cut(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return rng.choice((data[:end], data[start:], data[:start] + data[end:]))


def _repeat(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    part = data[start : start + rng.choice((10, 200, 5000))]
    return data[:start] + part * rng.choice((2, 50, 2000)) + data[start:]


def _overwrite(data: bytes, rng: random.Random) -> bytes:
    start, size = rng.randrange(len(data)), rng.choice((4, 64, 1024))
    filler = rng.choice((b"\x00", b"\xff", b"<", b"(", b"A"))
    return data[:start] + filler * size + data[start + size :]


def _splice(data: bytes, rng: random.Random) -> bytes:
    other = rng.choice(list(seeds_once().values()))
    at, start = rng.randrange(len(data)), rng.randrange(len(other))
    return data[:at] + other[start : start + rng.choice((50, 500, 5000))] + data[at:]


def _inside(data: bytes, rng: random.Random) -> bytes:
    """Damage within a container that stays sound itself: the XML of a Word file, a file in an archive."""
    out = io.BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        infos = old.infolist()
        target = rng.choice(
            [i for i in infos if i.filename.endswith(("document.xml", "numbering.xml", "styles.xml", "rels"))] or infos
        )
        for info in infos:
            content = old.read(info)
            if info.filename == target.filename:
                content = rng.choice((_markup, _markup, _figures, _flip, _cut, _repeat))(content, rng)
            new.writestr(info.filename, content)
            if rng.random() < 0.02:
                warnings.simplefilter("ignore", UserWarning)  # zipfile warns of the duplicate that is meant
                new.writestr(info.filename + rng.choice(("", "x")), content)
    return out.getvalue()


def _markup(data: bytes, rng: random.Random) -> bytes:
    """Tags taken out, doubled, exchanged, nested without end; entities and attributes put in."""
    tags = list(re.finditer(rb"<[^<>]{1,400}>", data))
    if not tags:
        return _flip(data, rng)
    one, two = rng.choice(tags), rng.choice(tags)
    if rng.random() < 0.5:
        return (
            data[: one.start()]
            + rng.choice((b"", one[0] * 2, two[0], one[0] * rng.choice((300, 20_000))))
            + data[one.end() :]
        )
    odd = (
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>&b;",
        b"&#0;&#xD800;&nope;",
        b"<![CDATA[",
        b"\xef\xbf\xbe\x0b",
        b"<w:p/>" * 5000,
        b"<table><tr><td>" * 3000,
    )
    return data[: one.start()] + rng.choice(odd) + data[one.start() :]


def _figures(data: bytes, rng: random.Random) -> bytes:
    """Numbers made huge, negative or zero: counts, offsets, lengths, references."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return _flip(data, rng)
    for one in sorted(rng.sample(found, min(len(found), rng.choice((1, 3, 10)))), key=lambda m: -m.start()):
        new = rng.choice(
            (b"0", b"-1", b"1", b"4294967296", b"99999999999999999999", b"3", str(rng.randrange(300)).encode())
        )
        data = data[: one.start()] + new + data[one.end() :]
    return data


def _names(data: bytes, rng: random.Random) -> bytes:
    name = rng.choice(
        ("../../etc/passwd.txt", "C:\\甲.txt", "/abs.html", "a" * 5000 + ".txt", "\n\x07.txt", ".txt", "CON.docx")
    )
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, data if rng.random() < 0.3 else b"\xb8\xb4\xce\xc4")
    return out.getvalue()


def _header(data: bytes, rng: random.Random) -> bytes:
    """Bytes of the local and central headers: sizes, methods, flags, offsets."""
    out = bytearray(data)
    places = [m.start() for m in re.finditer(rb"PK[\x01\x03\x05][\x02\x04\x06]", data)]
    for _ in range(rng.choice((1, 2, 5))):
        out[min(rng.choice(places) + rng.randrange(4, 46), len(out) - 1)] = rng.choice((0, 1, 8, 99, 255))
    return bytes(out)


_made: dict[str, bytes] = {}


def seeds_once() -> dict[str, bytes]:
    """The sound files, made the first time."""
    if not _made:
        _made.update(seeds())
    return _made


def _bombs() -> Iterator[tuple[str, bytes]]:
    """Small files that would unpack, nest or run without end."""
    head = b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    tail = b"</w:body></w:document>"
    full = b"<w:p><w:r><w:t>\xe5\xad\x97</w:t></w:r></w:p>"
    bodies = {
        "empty": b"<w:p/>" * 1_500_000,
        "text": full * 1_000_000,
        "deep": b"<w:tbl><w:tr><w:tc>" * 100_000,
        "laughs": b"",
        "wide": b"<w:p>" + b"<w:r><w:t>a</w:t></w:r>" * 800_000 + b"</w:p>",
    }
    for name, body in bodies.items():
        start = (
            head
            if name != "laughs"
            else b"<!DOCTYPE l ["
            + b"".join(b"<!ENTITY l%d '%s'>" % (i + 1, b"&l%d;" % i * 10) for i in range(12))
            + b"]>"
            + head
            + b"<w:p><w:r><w:t>&l12;</w:t></w:r></w:p>"
        )
        yield (
            f"bomb-{name}.docx",
            _packed({"word/document.xml": start + body + tail, "[Content_Types].xml": b"<Types/>"}),
        )
    yield "bomb-zeros.zip", _packed({f"{i}.txt": b"0" * 40_000_000 for i in range(3)})
    yield "bomb-many.zip", _packed({f"{i}.txt": b"1" for i in range(30_000)})
    nested = _packed({"a.txt": "字".encode()})
    for _ in range(30):
        nested = _packed({"a.zip": nested})
    yield "bomb-nested.zip", nested
    yield "bomb-deep.html", b"<html><body>" + b"<div>" * 1_000_000 + "答复".encode()
    yield "bomb-tables.html", b"<html><body>" + b"<table><tr><td>" * 50_000 + "答复。".encode()
    yield "bomb-classes.html", b"<html><body>" + b"<div class=content>" * 20_000 + "答复。".encode()
    yield "bomb-spaces.html", b"<html><body><p>" + b" \n" * 5_000_000 + "答复。".encode()
    yield "bomb-open.html", b"<" * 10_000_000
    loop = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\ntrailer<</Root 1 0 R>>"
    yield "bomb-loop.pdf", loop
    yield "bomb-marks.pdf", b"%PDF-1.4\n" + b"[" * 1_000_000
    yield "bomb-objects.pdf", b"%PDF-1.4\n" + b"".join(b"%d 0 obj<<>>endobj\n" % i for i in range(300_000))
    stream = b"BT /F1 12 Tf " + b"(a) Tj " * 1_000_000 + b"ET"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    yield (
        "bomb-stream.pdf",
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            + page
            + b"4 0 obj<</Length %d>>stream\n" % len(stream)
            + stream
            + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
        ),
    )


def _packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def read_all(
    files: Iterator[tuple[str, bytes]], folder: Path
) -> tuple[Counter[str], list[tuple[float, str]], Counter[str]]:
    """Counts by kind and outcome, (seconds, name) of each file, and how often each refusal was given."""
    outcomes: Counter[str] = Counter()
    times: list[tuple[float, str]] = []
    reasons: Counter[str] = Counter()
    for name, data in files:
        path = folder / name
        path.write_bytes(data)
        problems: list[UnreadableFile] = []
        started = time.perf_counter()
        count = sum(1 for _ in read_documents(path, problems.append))
        times.append((time.perf_counter() - started, name))
        path.unlink()
        outcome = ("read in part" if problems else "read") if count else "refused"
        outcomes[f"{path.suffix[1:]} {outcome}"] += 1
        reasons.update(f"{path.suffix[1:]} {re.sub('[0-9]+', 'N', p.problem)}" for p in problems)
    return outcomes, sorted(times, reverse=True), reasons


def main() -> int:
    """Print the counts; 1 when a file took too long. A crash of the parent ends this with its traceback."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=20)
    given = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        outcomes, times, reasons = read_all(mutants(given.count, given.seed), Path(folder))
    for outcome, count in sorted(outcomes.items()):
        print(f"{outcome:20} {count:6}")
    for reason, count in reasons.most_common(40):
        print(f"  {count:5}  {reason}")
    print(f"{len(times)} files in {time.perf_counter() - started:.0f} s, crashes of the parent 0; slowest:")
    for seconds, name in times[:8]:
        print(f"  {seconds:6.2f} s  {name}")
    return int(times[0][0] >= SLOWEST)


if __name__ == "__main__":
    sys.exit(main())
