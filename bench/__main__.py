"""`make bench`: what the product costs, as ratios side by side in one run. Writes bench/results.json."""

from bench import claiming, matching, reading_speed, rush, start
from bench import results as kept
from bench.timing import Result


def main() -> None:
    """Run every benchmark, print the table, write the figures."""
    results = [*reading_speed.results(), *matching.results(), *claiming.results(), *start.results()]
    print(f"{'measured':44}{'ours':>12}{'beside':>12}{'ratio':>9}  beside is")
    for each in results:
        print(_line(each))
    rushed = rush.figures("sqlite")
    rush.show(rushed)
    kept.write([*(each.as_dict() for each in results), rushed])


def _line(each: Result) -> str:
    ours, beside = f"{each.ours_ms:.3f} ms", f"{each.beside_ms:.3f} ms"
    return f"{each.what:44}{ours:>12}{beside:>12}{each.ratio:9.2f}  {each.beside}"


main()
