"""Figures in Prometheus' form. Labels are rule codes, model specs, kinds of requests: never what somebody wrote, and never many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from drafting.happenings import Called, Ended, Happening, Judged, Kept, Point, Slowed

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SLOW = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)
_MOST_MODELS = 20
"""Specs that get a label of their own; further ones are counted as other."""


class Metrics:
    """The figures of one server. `queue` tells how many jobs are in each state, asked for when somebody looks."""

    def __init__(self, queue: Callable[[], Mapping[str, int]]) -> None:
        self.registry = CollectorRegistry()
        own = self.registry
        self._calls = Counter("chengwen_model_calls", "Questions to a model.", ("model", "outcome"), registry=own)
        self._tokens = Counter("chengwen_model_tokens", "Tokens by direction.", ("model", "kind"), registry=own)
        self._seconds = Histogram(
            "chengwen_model_seconds", "Seconds until a whole answer.", ("model",), buckets=_SLOW, registry=own
        )
        self._slowed = Counter("chengwen_model_slowed", "Answers that asked for patience.", ("status",), registry=own)
        self._points = Counter("chengwen_points", "Points by what became of them.", ("step",), registry=own)
        self._versions = Counter("chengwen_versions", "Versions written.", ("origin",), registry=own)
        self._gate = Counter("chengwen_gate", "Reports the gate was asked about.", ("verdict",), registry=own)
        self._findings = Counter(
            "chengwen_findings", "Findings when the gate was asked.", ("rule", "severity"), registry=own
        )
        self._drafts = Counter(
            "chengwen_drafts", "Drafting jobs of the browser by their end.", ("state",), registry=own
        )
        self._requests = Counter("chengwen_requests", "Requests.", ("kind", "status"), registry=own)
        self._waits = Histogram(
            "chengwen_request_seconds", "Seconds until an answer begins.", ("kind",), buckets=_FAST, registry=own
        )
        self._errors = Counter("chengwen_errors", "Faults of the program, by type.", ("type",), registry=own)
        self._models: set[str] = set()
        ProcessCollector(namespace="chengwen", registry=own)
        own.register(_Queue(queue))

    def heard(self, happening: Happening) -> None:
        """Counts what happened; the listener of drafting.happenings."""
        match happening:
            case Called():
                self._called(happening)
            case Slowed(status):
                self._slowed.labels(str(status)).inc()
            case Point(step):
                self._points.labels(step).inc()
            case Kept(origin):
                self._versions.labels(origin).inc()
            case Judged(allowed, findings):
                self._gate.labels("allowed" if allowed else "refused").inc()
                for code, severity in findings:
                    self._findings.labels(code, severity).inc()
            case Ended(state):
                self._drafts.labels(state).inc()

    def answered(self, kind: str, status: int, seconds: float) -> None:
        """A request was answered; `kind` is one of few."""
        self._requests.labels(kind, str(status)).inc()
        self._waits.labels(kind).observe(seconds)

    def failed(self, error: BaseException) -> None:
        """A fault that nobody expected."""
        self._errors.labels(type(error).__name__).inc()

    def text(self) -> bytes:
        """What a scrape is answered with."""
        return generate_latest(self.registry)

    def _called(self, one: Called) -> None:
        if one.model not in self._models and len(self._models) >= _MOST_MODELS:
            model = "other"
        else:
            self._models.add(one.model)
            model = one.model
        self._calls.labels(model, one.outcome).inc()
        self._seconds.labels(model).observe(one.seconds)
        for kind, count in (
            ("prompt", one.prompt_tokens),
            ("cached", one.cached_tokens),
            ("completion", one.completion_tokens),
        ):
            if count:
                self._tokens.labels(model, kind).inc(count)


@dataclass(frozen=True, slots=True)
class _Queue(Collector):
    told: Callable[[], Mapping[str, int]]

    def collect(self) -> Iterator[Metric]:
        found = GaugeMetricFamily(
            "chengwen_jobs", "Jobs by state: drafting in the browser, sections of a team's queue.", labels=("state",)
        )
        for state, count in self.told().items():
            found.add_metric((state,), count)
        yield found


def names(registry: CollectorRegistry) -> Iterable[tuple[str, str, str]]:
    """Name, kind and help of each figure, for the page that documents them."""
    return sorted((metric.name, metric.type, metric.documentation) for metric in registry.collect())
