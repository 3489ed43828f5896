"""The JUnit file: the form that CI servers read, a case for each question, nothing that XML cannot hold."""

import xml.etree.ElementTree as ET
from dataclasses import replace

from lxml import etree

from eval.junit import junit
from eval.report_model import Change
from tests.eval_reports import SMALL, asked, large

EXPECTED = """<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="数据" package="fuwen.eval" id="0" timestamp="1970-01-01T00:00:00" hostname="localhost" tests="2" failures="1" errors="0" time="0">
    <properties>
      <property name="commit" value="abc"/>
      <property name="seed" value="0"/>
    </properties>
    <testcase name="a a有多少家？" classname="fuwen.eval.数据" time="0"/>
    <testcase name="b b有多少家？" classname="fuwen.eval.数据" time="0">
      <failure message="检索到了却答错；应为：1350家；实答：403家。" type="answered_wrong">问题：b有多少家？
应为：1350家
依据（答复甲）：认定高企1350家
实答：403家。</failure>
    </testcase>
    <system-out>未通过：2 题，通过 1（50.0%）；比基线变好 0 题，变坏 1 题，多在：检索到了却答错（1 题）；失去最多的一步：检索到了却答错（1 题）
right 0.500，低于 0.85
关键题未通过（1 题）：b</system-out>
    <system-err></system-err>
  </testsuite>
</testsuites>
"""

# What the schema of Ant's JUnit report asks for, the stricter of the two in use: order, required attributes, types.
_TEXT = '<xs:simpleContent><xs:extension base="xs:string"><xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string" use="required"/></xs:extension></xs:simpleContent>'
_NAMED = "".join(f'<xs:attribute name="{n}" type="xs:token" use="required"/>' for n in ("name", "classname"))
_COUNTS = "".join(
    f'<xs:attribute name="{n}" type="xs:int" use="required"/>' for n in ("id", "tests", "failures", "errors")
)
_WORDS = "".join(f'<xs:attribute name="{n}" type="xs:token" use="required"/>' for n in ("name", "package", "hostname"))
_TIME = '<xs:attribute name="time" type="xs:decimal" use="required"/>'
SCHEMA = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="testsuites"><xs:complexType><xs:sequence>
<xs:element name="testsuite" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
<xs:element name="properties"><xs:complexType><xs:sequence><xs:element name="property" minOccurs="0" maxOccurs="unbounded">
<xs:complexType><xs:attribute name="name" type="xs:token" use="required"/><xs:attribute name="value" type="xs:string" use="required"/>
</xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
<xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:choice minOccurs="0">
<xs:element name="error"><xs:complexType>{_TEXT}</xs:complexType></xs:element>
<xs:element name="failure"><xs:complexType>{_TEXT}</xs:complexType></xs:element>
</xs:choice>{_NAMED}{_TIME}</xs:complexType></xs:element>
<xs:element name="system-out" type="xs:string"/><xs:element name="system-err" type="xs:string"/>
</xs:sequence>{_WORDS}{_COUNTS}{_TIME}<xs:attribute name="timestamp" type="xs:dateTime" use="required"/></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element></xs:schema>"""


def check(text: str) -> ET.Element:
    etree.XMLSchema(etree.fromstring(SCHEMA)).assertValid(etree.fromstring(text.encode()))
    return ET.fromstring(text)


def test_a_small_report_is_this_file() -> None:
    assert junit(SMALL) == EXPECTED
    check(EXPECTED)


def test_every_question_is_a_case_and_the_counts_agree() -> None:
    report = large()
    suites = check(junit(report)).findall("testsuite")
    cases = [case for suite in suites for case in suite.findall("testcase")]
    assert len(cases) == len(report.entries)
    assert sum(int(suite.get("tests", "")) for suite in suites) == len(report.entries)
    assert sum(int(suite.get("failures", "")) for suite in suites) == len(report.failures) == 60
    assert sum(len(suite.findall("testcase/failure")) for suite in suites) == 60
    assert [suite.get("id") for suite in suites] == [str(number) for number in range(len(suites))]


def test_a_message_says_cause_expected_and_got_and_the_text_gives_the_gold_quote() -> None:
    failure = check(junit(SMALL)).find(".//failure")
    assert failure is not None
    assert failure.get("message") == "检索到了却答错；应为：1350家；实答：403家。"
    assert "认定高企1350家" in (failure.text or "")


def test_what_xml_cannot_hold_is_replaced_and_nothing_becomes_markup() -> None:
    text = junit(large())
    assert "\x00" not in text
    assert "\ud800" not in text
    assert not check(text).findall(".//script")
    text.encode("utf-8")


def test_a_question_that_was_not_asked_is_an_error() -> None:
    gone = replace(SMALL, changes=(Change(asked("z"), None),))
    suite = check(junit(gone)).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "1")
    error = suite.find("testcase/error")
    assert error is not None
    assert error.get("type") == "missing"
