"""The report as one page that needs nothing else: styles and plots inline, no script, no address of another place.

Answers may hold anything, so every word of theirs goes through `safe`; the page's own policy forbids whatever is left.
"""

from collections.abc import Sequence
from importlib.resources import files

from eval.names import LAYERS, MEASURES
from eval.report_model import Line, Report, Share, Table
from eval.report_questions import changed, failed
from eval.report_words import VERDICTS, delta, headline, interval, number, safe, tint, verdict_lines
from eval.svg import curve, loss_bar, share_bar

# Nothing may be fetched and no script may run, whatever an answer holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
# As many reasons stand open under the verdict; the rest is folded.
_REASONS = 6


def html(report: Report) -> str:
    """The whole page."""
    body = [_verdict(report), _lines(report), _plots(report), changed(report), failed(report)]
    body += [_table(table) for table in report.tables]
    body += [_facts(report), _latency(report)]
    style = files("eval").joinpath("report.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{safe(VERDICTS[report.status][1])} · 复文评测</title>\n<link rel="icon" href="data:,">\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body>\n</html>\n"
    )


def _verdict(report: Report) -> str:
    kind, word = VERDICTS[report.status]
    reasons = [f'<li class="t">{safe(line)}</li>' for line in verdict_lines(report)]
    shown = f"<ul>{''.join(reasons[:_REASONS])}</ul>" if reasons else ""
    if len(reasons) > _REASONS:
        rest = "".join(reasons[_REASONS:])
        shown += f"<details><summary>另有 {len(reasons) - _REASONS} 条</summary><ul>{rest}</ul></details>"
    shown += "".join(f'<p class="soft">{safe(note)}</p>' for note in report.notes)
    links = [("lines", "指标"), ("funnel", "漏斗"), ("kinds", "类别")]
    links += [("regressed", f"变坏 {len(report.regressed)}"), ("improved", f"变好 {len(report.improved)}")]
    links += [("failures", f"未通过 {len(report.failures)}"), ("facts", "指纹")]
    nav = "".join(f'<a href="#{place}">{word}</a>' for place, word in links)
    return (
        f'<h1>复文评测报告</h1>\n<div class="verdict {kind}" id="verdict"><strong>{safe(word)}</strong>'
        f"<p>{safe(headline(report))}</p>{shown}</div>\n<nav>{nav}</nav>"
    )


def _lines(report: Report) -> str:
    rows, layer = [], None
    for line in report.lines:
        if line.layer != layer:
            layer = line.layer
            name = safe(LAYERS.get(layer, layer))
            rows.append(f'<tr class="layer"><th colspan="7" scope="rowgroup">{name}</th></tr>')
        rows.append(_line(line))
    head = "".join(f'<th scope="col"{_right(n)}>{name}</th>' for n, name in enumerate(_HEAD))
    note = "区间：有基线时为差的 95% 区间（成对自助法），否则为指标本身的。" if report.lines else ""
    return (
        f'<section id="lines" class="long"><h2>指标</h2><table class="lines"><thead><tr>{head}</tr></thead>'
        f'<tbody>{"".join(rows)}</tbody></table><p class="soft">{note}—：没有测得，不作 0 计。</p></section>'
    )


_HEAD = ("指标", "基线", "现在", "差", "区间", "题数", "门槛")


def _right(place: int) -> str:
    return ' class="number"' if place else ""


def _line(line: Line) -> str:
    gloss = MEASURES.get(line.measure)
    name = safe(line.measure) + (f'<span class="gloss">{safe(gloss)}</span>' if gloss else "")
    cells = [number(line.measure, line.before) if line.before is not None else "", number(line.measure, line.now)]
    cells += [delta(line), interval(line), str(line.n or ""), line.floor]
    styles = ["number", "number now", f"number {tint(line)}".rstrip(), "number", "number", "number"]
    body = "".join(
        f'<td class="{style}" data-name="{head}">{safe(cell)}</td>' if cell else f'<td class="{style}"></td>'
        for style, head, cell in zip(styles, _HEAD[1:], cells, strict=True)
    )
    return f'<tr{" class=low" if line.low else ""}><th scope="row">{name}</th>{body}</tr>'


def _plots(report: Report) -> str:
    parts = [f'<section id="funnel"><h2>漏斗：题在哪一步失去</h2>{_funnel(report)}</section>']
    parts.append(f'<section id="kinds"><h2>各类题的通过率</h2>{_shares(report.kinds)}</section>')
    if report.letters:
        parts.append(f'<section id="letters"><h2>各复文的通过率</h2>{_shares(report.letters, "letters")}</section>')
    if report.curve:
        drawn = curve(report.curve, "风险与覆盖曲线", "作答的题占比（覆盖）", "作答中答错占比（风险）")
        parts.append(f'<section id="curve"><h2>风险与覆盖</h2>{drawn}</section>')
    return f'<div class="plots">{"".join(parts)}</div>'


def _funnel(report: Report) -> str:
    total = len(report.entries)
    rows = [f"<tr><th>全部</th><td>{loss_bar(0, total, total)}</td><td class=number>{total}</td></tr>"]
    for stage in report.stages:
        faint = "" if stage.lost else ' class="none"'
        lost = f"−{stage.lost}" if stage.lost else "0"
        rows.append(
            f"<tr{faint}><th>{safe(stage.name)}</th><td>{loss_bar(stage.lost, stage.left, total)}</td>"
            f'<td class="number">{lost}</td></tr>'
        )
    rows.append(
        f"<tr><th>通过</th><td>{loss_bar(0, report.passed, total)}</td><td class=number>{report.passed}</td></tr>"
    )
    return f'<table class="plot">{"".join(rows)}</table>'


def _shares(shares: Sequence[Share], style: str = "") -> str:
    rows = [
        f'<tr><th class="t">{safe(one.name)}</th><td>{share_bar(one.passed / one.n, one.interval, one.before)}</td>'
        f'<td class="number">{one.passed / one.n:.0%} · {one.passed}/{one.n}</td></tr>'
        for one in shares
    ]
    hollow = "空心点：基线。" if any(one.before is not None for one in shares) else ""
    return (
        f'<table class="plot {style}">{"".join(rows)}</table>'
        f'<p class="soft">横轴 0 至 100%，线为 95% Wilson 区间。{hollow}</p>'
    )


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col"{_right(n)}>{safe(name)}</th>' for n, name in enumerate(table.head))
    rows = "".join(
        "<tr>" + "".join(f"<td{_right(n)}>{safe(cell)}</td>" for n, cell in enumerate(row)) + "</tr>"
        for row in table.rows
    )
    note = f'<p class="soft">{safe(table.note)}</p>' if table.note else ""
    return (
        f'<section class="long"><h2>{safe(table.title)}</h2><div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{note}</section>"
    )


def _facts(report: Report) -> str:
    rows = "".join(f'<dt>{safe(name)}</dt><dd class="t">{safe(text)}</dd>' for name, text in report.fingerprint)
    return f'<section id="facts"><h2>指纹</h2><dl class="facts">{rows}</dl></section>'


def _latency(report: Report) -> str:
    return f"<section><h2>用时</h2><p>{safe(report.latency)}</p></section>" if report.latency else ""
