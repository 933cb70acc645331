"""One HTML file about one or more measurements: opens offline, in three languages."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

from evaluation.errors import optional
from evaluation.measurement import Measurement
from evaluation.metrics import NAMES, decimal
from evaluation.report import plots
from evaluation.report.view import comparable, typed, view_of
from evaluation.report.words import trilingual
from evaluation.significance import PERMUTATIONS


def write_report(path: Path, measurements: Mapping[str, Measurement]) -> None:
    """Writes a report on ``measurements``, by name, into the file ``path``.

    Raises:
        MeasurementError: A library that draws or writes it is not installed.
    """
    jinja2 = optional("jinja2")
    source = files("evaluation.report")
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({"page": (source / "page.html").read_text(encoding="utf-8")}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals.update(t=trilingual)
    environment.filters.update(decimal=decimal)
    views = [view_of(name, measurement) for name, measurement in measurements.items()]
    means = {
        name: {
            language: measurement.estimates(ids)["RR@10"]
            for language, ids in measurement.languages().items()
        }
        for name, measurement in measurements.items()
    }
    times = {
        name: [outcome.milliseconds for outcome in measurement.outcomes]
        for name, measurement in measurements.items()
    }
    page = environment.get_template("page").render(
        views=views,
        comparisons=list(comparable(measurements)),
        typed=list(typed(measurements)),
        names=NAMES,
        permutations=f"{PERMUTATIONS:,}".replace(",", "\u00a0"),
        style=Markup((source / "page.css").read_text(encoding="utf-8")),
        script=Markup((source / "page.js").read_text(encoding="utf-8")),
        accuracy_plot=plots.localised(plots.accuracy_plot(means, "RR@10")),
        latency_plot=plots.localised(plots.latency_plot(times)),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
