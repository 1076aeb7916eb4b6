"""Who may lead: the gate, and how far one person has come with their training."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.groups.models import (
    ModuleWork,
    Observation,
    Programme,
    Role,
    SignOff,
    Vetting,
)
from hearthside.groups.queries.training_texts import Module, modules


@dataclass(frozen=True)
class Gate:
    """What the programme asks: from when only trained people lead (none: it does not ask), and for how many years."""

    from_at: datetime | None = None
    years: int = 2

    def is_on(self, *, now: datetime) -> bool:
        return self.from_at is not None and self.from_at <= now


@dataclass(frozen=True)
class Step:
    """One module on one person's way: done, begun, or changed since they did it."""

    module: Module
    passed_at: datetime | None = None
    is_begun: bool = False
    has_changed: bool = False

    @property
    def is_done(self) -> bool:
        return self.passed_at is not None and not self.has_changed


@dataclass(frozen=True)
class Progress:
    """How far somebody has come: what they did, what others wrote for them, and whether they may lead."""

    steps: Sequence[Step]
    observations: Sequence[Observation] = ()
    vetting: Vetting | None = None
    sign_off: SignOff | None = None
    earlier: Sequence[SignOff] = ()
    fresh_since: date | None = None
    gate: Gate = field(default_factory=Gate)
    may_lead: bool = True
    is_signed: bool = False

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def next_module(self) -> Module | None:
        return next((step.module for step in self.steps if not step.is_done), None)

    @property
    def observation(self) -> Observation | None:
        """The newest session in which all five points were met, if it is not too old to count."""
        since = self.fresh_since
        fresh = (each for each in self.observations if since is None or each.held_on >= since)
        return next((each for each in fresh if each.is_met()), None)

    @property
    def lacks(self) -> dict[str, str]:
        """What is still missing before somebody can sign: its name to a plain sentence."""
        lacking = {
            "modules": (self.next_module is None, _("All seven modules are not done yet.")),
            "observed": (
                self.observation is not None,
                _("No session was seen in which all five points were met."),
            ),
            "vetting": (
                self.vetting is not None and self.vetting.lets_lead(),
                _("The vetting is not written down, or it says “not for now”."),
            ),
        }
        return {name: sentence for name, (is_there, sentence) in lacking.items() if not is_there}


def gate() -> Gate:
    """What the programme asks of those who lead; nothing before it is set up."""
    found = Programme.objects.values_list("training_from", "training_years").first()
    return Gate(*found) if found else Gate()


def leads_where(person: str | UUID, *, now: datetime) -> Q:
    """A condition on rows that name somebody in the field `person`, or for one person: that one may lead now.

    Where the programme does not ask for training, it holds for everybody. It takes no query of its own.
    """
    who = OuterRef(person) if isinstance(person, str) else person
    signed = SignOff.objects.in_force(now=now).filter(person=who)
    asked = Programme.objects.filter(training_from__lte=now)
    return Q(Exists(signed)) | ~Q(Exists(asked))


def with_leading(roles: QuerySet[Role], *, now: datetime) -> QuerySet[Role]:
    """The roles, each with `may_lead`: whether the one who holds it may lead a meeting at this moment."""
    leads = ExpressionWrapper(leads_where("person", now=now), output_field=BooleanField())
    return roles.annotate(may_lead=leads)  # type: ignore[no-redef]  # the model says that this fills it


def may_lead(people: Iterable[UUID], *, now: datetime) -> frozenset[UUID]:
    """Those among the people who may lead a meeting at this moment, in one query."""
    found = Person.objects.filter(leads_where("pk", now=now), pk__in=[*people])
    return frozenset(found.values_list("pk", flat=True))


def progress_of(person: Person, *, language: str, now: datetime) -> Progress:
    """One person's whole way, in five queries."""
    asked = gate()
    signed = list(SignOff.objects.of(person).select_related("by", "person", "withdrawn_by"))
    holding = next((each for each in signed if each.holds(now=now)), None)
    works = list(ModuleWork.objects.filter(person=person))
    observed = Observation.objects.filter(person=person).select_related("by", "group")
    return Progress(
        steps=[_step(module, works) for module in modules(language)],
        observations=list(observed),
        vetting=Vetting.objects.filter(person=person).select_related("by").first(),
        sign_off=holding,
        earlier=[each for each in signed if each != holding],
        fresh_since=years_before(now.date(), asked.years),
        gate=asked,
        may_lead=holding is not None or not asked.is_on(now=now),
        is_signed=holding is not None,
    )


def work_on(person: Person, module: Module) -> ModuleWork | None:
    """The person's way through this version of the module, if they have begun it."""
    return ModuleWork.objects.filter(
        person=person, module=module.slug, version=module.version
    ).first()


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; the 28th for a 29th of February that is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _step(module: Module, works: Sequence[ModuleWork]) -> Step:
    own = [work for work in works if work.module == module.slug]
    passed = [work for work in own if work.passed_at is not None]
    counting = [work for work in passed if work.version >= module.counts_from]
    newest = max(counting or passed, key=lambda work: work.version, default=None)
    return Step(
        module=module,
        passed_at=newest.passed_at if newest else None,
        is_begun=any(work.right and work.passed_at is None for work in own),
        has_changed=bool(passed) and not counting,
    )
