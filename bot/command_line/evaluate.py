"""`inquiry-bot evaluate`: how well the knowledge does on labelled inquiries."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from bot.command_line.environment import knowledge_of, settings_here
from bot.command_line.inquiries import reading_of_row, rows_of
from bot.errors import Unreadable, WrongUsage
from knowledge import LABELS, UNCLEAR, Knowledge
from knowledge.evaluation import Judgement, Report, report_on


@click.command(short_help="Print how often the judgement is right.")
@click.argument("corpus", metavar="CORPUS.jsonl", type=click.Path(exists=True, dir_okay=False))
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object instead of tables.")
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path), help="Draw the figures to FILE.png.")
@click.option("--where", multiple=True, metavar="KEY=VALUE[,VALUE]", help="Only rows whose KEY is a VALUE.")
def command(corpus: str, is_json: bool, plot: Path | None, where: tuple[str, ...]) -> None:
    """Judge every row of CORPUS.jsonl and print how often the judgement is right.

    A row needs "text" and "label"; labels in its optional "also" count as right too. "subject", "sender"
    and "lang" are used where they are given.
    """
    conditions = [_condition(written) for written in where]
    numbered = [
        (number, row)
        for number, row in rows_of(corpus)
        if all(str(row.get(key)) in values for key, values in conditions)
    ]
    if not numbered:
        raise WrongUsage(f"{corpus} holds no row to evaluate.")
    knowledge = knowledge_of(settings_here().knowledge_dir)
    report = report_on(_judged(knowledge, row, f"{corpus}, line {number}") for number, row in numbered)
    if is_json:
        click.echo(json.dumps(report.as_dict(), indent=2))
    else:
        _print_tables(report)
    if plot:
        _draw(report, plot)


def _condition(written: str) -> tuple[str, frozenset[str]]:
    key, equals, values = written.partition("=")
    if not equals:
        raise WrongUsage(f"--where wants KEY=VALUE, not {written!r}.")
    return key.strip(), frozenset(value.strip() for value in values.split(","))


def _judged(knowledge: Knowledge, row: dict[str, Any], place: str) -> Judgement:
    label, also = row.get("label"), row.get("also") or []
    if label not in (*LABELS, UNCLEAR) or not isinstance(also, list):
        raise WrongUsage(f'{place}: needs a "label" that is one of {", ".join((*LABELS, UNCLEAR))}.')
    try:
        reading = reading_of_row(row)
    except (ValueError, Unreadable) as error:
        raise WrongUsage(f"{place}: {error}.") from error
    verdict = knowledge.classify(reading.text, subject=reading.subject, sender=reading.sender)
    language = str(row.get("lang") or verdict.language)
    return Judgement(label, tuple(map(str, also)), verdict.type, verdict.confidence, language)


def _print_tables(report: Report) -> None:
    click.echo(f"{report.count} inquiries, {report.accuracy:.1%} right, macro-F1 {report.macro_f1:.3f}")
    click.echo(
        f"unclear {report.share_unclear:.1%}; confident (0.8 or more) {report.share_confident:.1%}, of these "
        f"{report.accuracy_confident:.1%} right; calibration error {report.calibration_error:.3f}\n"
    )
    for line in (*_type_lines(report), "", *_confusion_lines(report), "", *_language_lines(report)):
        click.echo(line)


def _type_lines(report: Report) -> Iterator[str]:
    yield f"{'type':22}{'precision':>10}{'recall':>8}{'F1':>7}{'count':>7}"
    for label, figures in report.types.items():
        yield f"{label:22}{figures.precision:10.2f}{figures.recall:8.2f}{figures.f1:7.2f}{figures.count:7}"


def _confusion_lines(report: Report) -> Iterator[str]:
    columns = (*LABELS, UNCLEAR)
    yield f"{'is, taken for':22}" + "".join(f"{_short(label):>9}" for label in columns)
    for truth, taken in report.confusion.items():
        yield f"{truth:22}" + "".join(f"{taken[label] or '·':>9}" for label in columns)


def _language_lines(report: Report) -> Iterator[str]:
    yield f"{'language':22}{'count':>7}{'right':>8}"
    for language, (count, accuracy) in report.languages.items():
        yield f"{language:22}{count:7}{accuracy:8.1%}"


def _short(label: str) -> str:
    return label.partition("_")[0][:8]


def _draw(report: Report, path: Path) -> None:
    from bot.command_line.plots import draw_report

    try:
        draw_report(report, path)
    except (OSError, ValueError) as error:
        raise WrongUsage(f"{path} cannot be drawn: {error}.") from error
    click.echo(f"Drawn to {path}.", err=True)
