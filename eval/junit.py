"""The results as JUnit XML: a suite for each kind, a test case for each question.

The form satisfies the schema of Ant and that of Jenkins; times are 0 and the date is fixed, so that the same results
are the same bytes.
"""

from collections.abc import Mapping, Sequence

from eval.cases import shorten
from eval.report_model import Entry, Report, by_kind
from eval.report_words import VERDICTS, headline, safe, verdict_lines

_DATE = "1970-01-01T00:00:00"
_LONG = 120


def junit(report: Report) -> str:
    """The whole file; a question of the baseline that was not asked is an error."""
    missing = [change.before for change in report.changes if change.now is None]
    kinds: dict[str, list[Entry]] = by_kind([*report.entries, *missing])
    lost = frozenset(entry.id for entry in missing)
    suites = [_suite(number, kind, kinds[kind], lost, report) for number, kind in enumerate(sorted(kinds))]
    return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n' + "".join(suites) + "</testsuites>\n"


def _suite(number: int, kind: str, entries: Sequence[Entry], lost: frozenset[str], report: Report) -> str:
    head = _attributes(
        {
            "name": kind,
            "package": "fuwen.eval",
            "id": number,
            "timestamp": _DATE,
            "hostname": "localhost",
            "tests": len(entries),
            "failures": sum(entry.cause is not None and entry.id not in lost for entry in entries),
            "errors": sum(entry.id in lost for entry in entries),
            "time": 0,
        }
    )
    facts = "".join(f"      <property{_attributes({'name': n, 'value': v})}/>\n" for n, v in report.fingerprint)
    said = "\n".join([f"{VERDICTS[report.status][1]}：{headline(report)}", *verdict_lines(report), *report.notes])
    return (
        f"  <testsuite{head}>\n    <properties>\n{facts}    </properties>\n"
        + "".join(_case(entry, entry.id in lost) for entry in entries)
        + f"    <system-out>{safe(said)}</system-out>\n    <system-err></system-err>\n  </testsuite>\n"
    )


def _case(entry: Entry, lost: bool) -> str:
    name = _attributes(
        {
            "name": f"{entry.id} {shorten(entry.question, _LONG)}",
            "classname": f"fuwen.eval.{entry.kind}",
            "time": 0,
        }
    )
    if lost:
        fault = _attributes({"message": "基线有此题，这次没有问到", "type": "missing"})
        return f"    <testcase{name}>\n      <error{fault}/>\n    </testcase>\n"
    if entry.cause is None:
        return f"    <testcase{name}/>\n"
    brief = f"{entry.cause_name}；应为：{shorten(entry.expected, _LONG)}；实答：{shorten(entry.said, _LONG)}"
    fault = _attributes({"message": brief, "type": entry.cause})
    return f"    <testcase{name}>\n      <failure{fault}>{safe(_whole(entry))}</failure>\n    </testcase>\n"


def _whole(entry: Entry) -> str:
    """All that is needed to mend it, line by line."""
    lines = [f"问题：{entry.question}", f"应为：{entry.expected}"]
    lines += [f"依据（{letter}）：{quote}" for letter, quote in entry.quotes]
    return "\n".join([*lines, f"实答：{entry.said}", *(f"所引：{quote}" for quote in entry.cited)])


def _attributes(values: Mapping[str, str | int]) -> str:
    """The attributes, on one line each value: XML would make a space of a line break in any case."""
    return "".join(f' {name}="{safe(" ".join(str(value).split()))}"' for name, value in values.items())
