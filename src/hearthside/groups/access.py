"""Who may reach what in groups. A refusal is a 404, so it says nothing about what exists."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.enums import Stage, Standing
from hearthside.groups.models import (
    Experience,
    Group,
    Membership,
    Programme,
    Role,
    Site,
    Supervision,
)
from hearthside.groups.queries.apart import pairs_known_to
from hearthside.groups.queries.belonging import Place, membership_of
from hearthside.groups.queries.measures import (
    in_team,
    is_of_group,
    looks_known_to,
    measures_known_to,
)
from hearthside.groups.queries.rights import Reader, Rights, rights_of
from hearthside.groups.queries.supervision import supervision_between
from hearthside.groups.queries.training_desk import facilitators_of, may_watch
from hearthside.groups.queries.training_texts import Module, module
from hearthside.safety.models import KeepApart, Look, Measure


def rights(person: Reader) -> Rights:
    """The person's rights, read once for each request however often a page asks.

    They are kept on the object that stands for the person in this request, so never longer than it.
    """
    known: Rights | None = getattr(person, "rights_read", None)
    if known is None:
        known = rights_of(person, now=timezone.now())
        person.rights_read = known  # type: ignore[union-attr]
    return known


def group_for(person: Reader, slug: str) -> Group:
    """An open group is for everyone; a paused or ended one for those who belong or lead."""
    group = get_object_or_404(Group.objects.with_words(), slug=slug)
    if group.is_findable() or may_edit(person, group):
        return group
    # A draft may name a condition or an address before anyone agreed to publish it.
    if group.stage == Stage.PAUSED and membership_of(person, group, now=timezone.now()):
        return group
    raise Http404


def group_led_by(person: Reader, slug: str) -> Group:
    """The group, for those who facilitate it or coordinate its site."""
    group = get_object_or_404(Group.objects.with_words(), slug=slug)
    # A member who guesses the address of the edit page learns no more than that it is not theirs.
    if not may_edit(person, group):
        raise Http404
    return group


def membership_for(person: Reader, slug: str) -> Membership:
    """The person's own membership of the group, whatever the group's stage, so that all may leave."""
    group = get_object_or_404(Group.objects.select_related("site"), slug=slug)
    membership = membership_of(person, group, now=timezone.now())
    if membership is None:
        raise Http404
    return membership


def request_to(group: Group, membership_id: UUID) -> Membership:
    """A request to join this group; the key of another group's request leads nowhere."""
    return get_object_or_404(
        Membership.objects.in_force(now=timezone.now()).select_related("person", "group"),
        pk=membership_id,
        group=group,
        standing=Standing.ASKED,
    )


def site_for(person: Reader, slug: str) -> Site:
    """The site, for those who coordinate it."""
    site = get_object_or_404(Site, slug=slug)
    if not is_coordinator_of(person, site):
        raise Http404
    return site


def programme_for(person: Reader) -> Programme:
    """The programme, for operators and for coordinators of all sites."""
    if not rights(person).runs_programme:
        raise Http404
    return get_object_or_404(Programme)


def role_for(person: Reader, role_id: UUID) -> Role:
    """A role in force that the person may see: their own, their groups' teams, or all for operators."""
    role = get_object_or_404(
        Role.objects.in_force(now=timezone.now()).select_related("person", "group", "site"),
        pk=role_id,
    )
    own = rights(person)
    is_in_reach = role.group is not None and own.leads(role.group)
    if not (own.is_operator or role.person_id == person.pk or is_in_reach):
        raise Http404
    return role


def experience_for(person: Reader, slug: str) -> Experience:
    """One thing in the vocabulary, for coordinators, who look after its words."""
    require_coordinator(person)
    return get_object_or_404(Experience.objects.with_names().select_related("parent"), slug=slug)


def require_coordinator(person: Reader) -> Rights:
    """The rights of somebody who coordinates at least one site."""
    own = rights(person)
    if not own.has_sites:
        raise Http404
    return own


def require_leader(person: Reader) -> Rights:
    """The rights of somebody who leads at least one group, or coordinates."""
    own = rights(person)
    if not own.has_groups:
        raise Http404
    return own


def require_operator(person: Reader) -> Person:
    """The operator who asks."""
    if not isinstance(person, Person) or not rights(person).is_operator:
        raise Http404
    return person


def require_keeper_apart(person: Reader) -> Rights:
    """The rights of somebody who may say that two people must not meet: a coordinator or a safety lead.

    Threat: a facilitator, or anybody else, names two people to learn where one of them sits.
    """
    own = rights(person)
    if not (own.has_sites or own.is_safety_lead):
        raise Http404
    return own


def pair_for(person: Reader, pair_id: UUID) -> KeepApart:
    """A pair that the person may know of; never one that they are part of."""
    own = require_keeper_apart(person)
    if not isinstance(person, Person):
        raise Http404
    return get_object_or_404(pairs_known_to(person, own, now=timezone.now()), pk=pair_id)


def require_decider(person: Reader) -> Rights:
    """The rights of somebody who may decide a measure: who leads a group, coordinates, or leads on safety."""
    own = rights(person)
    if not (own.has_groups or own.is_safety_lead):
        raise Http404
    return own


def require_suspender(person: Reader) -> Rights:
    """The rights of somebody who may ask a person to stay away from all groups."""
    own = rights(person)
    if not (own.is_safety_lead or own.is_operator):
        raise Http404
    return own


def group_and_person(person: Reader, slug: str, person_id: UUID) -> tuple[Group, Person]:
    """A group that the reader leads or keeps safe, and somebody else of it whom they may decide about.

    Threat: of two who lead a group, one keeps the other out. Whoever leads or greets is the affair of the
    coordinator.
    """
    group, now = get_object_or_404(Group.objects.select_related("site"), slug=slug), timezone.now()
    own = rights(person)
    may_decide = own.leads(group) or own.is_safety_lead
    if not may_decide or person_id == person.pk or not is_of_group(person_id, group, now=now):
        raise Http404
    is_above = own.runs(group.site_id) or own.is_safety_lead
    if not is_above and in_team(person_id, group, now=now):
        raise Http404
    return group, get_object_or_404(Person, pk=person_id)


def look_for(person: Reader, look_id: UUID) -> Look:
    """A look that waits for the person, among others."""
    own = require_decider(person)
    if not isinstance(person, Person):
        raise Http404
    return get_object_or_404(looks_known_to(person, own), pk=look_id)


def measure_for(person: Reader, measure_id: UUID) -> Measure:
    """A measure that the person may know of as one of those responsible; never one about themselves."""
    own = require_decider(person)
    if not isinstance(person, Person):
        raise Http404
    return get_object_or_404(measures_known_to(person, own, now=timezone.now()), pk=measure_id)


def learner_for(person: Reader, facilitator_id: UUID) -> Person:
    """A facilitator whose training the person looks after: named at a site that they coordinate.

    Threat: somebody opens the way of a person elsewhere, and reads what was seen of them or their vetting.
    """
    named = facilitators_of(require_coordinator(person), now=timezone.now())
    return get_object_or_404(
        Person.objects.filter(pk__in=named.values("person")), pk=facilitator_id
    )


def learner_watched_by(person: Reader, facilitator_id: UUID) -> Person:
    """A facilitator whose session the person may watch and write about; nothing else of theirs is shown for it."""
    learner = get_object_or_404(Person, pk=facilitator_id, is_active=True)
    if not isinstance(person, Person) or not may_watch(person, learner, now=timezone.now()):
        raise Http404
    return learner


def supervision_for(person: Reader, supervision_id: UUID) -> Supervision:
    """A supervision, for one of its two. No role opens it to anybody else."""
    found = supervision_between(person, supervision_id) if isinstance(person, Person) else None
    if found is None:
        raise Http404
    return found


def require_team(person: Reader) -> Rights:
    """The rights of somebody who leads or greets, for pages about themselves."""
    own = rights(person)
    if not (own.facilitates or own.greets or own.has_sites):
        raise Http404
    return own


def module_called(slug: str, language: str) -> Module:
    """One module of the training, in that language or else in English."""
    try:
        return module(slug, language)
    except KeyError as error:
        raise Http404 from error


def may_edit(person: Reader, group: Group) -> bool:
    return rights(person).leads(group)


def may_open(person: Reader, group: Group) -> bool:
    """A coordinator looks at every new group before the public sees it; a break is the leader's own."""
    if group.stage == Stage.PAUSED:
        return may_edit(person, group)
    return rights(person).runs(group.site_id)


def is_coordinator_of(person: Reader, site: Site) -> bool:
    return rights(person).runs(site.pk)


def sees_others(person: Person) -> bool:
    """Whoever holds a role may see what belongs to somebody else."""
    return rights(person).has_any


def may_know_where(person: Reader, group: Group, *, place: Place) -> bool:
    """Whether a page may name the address and link: a private one is for those who belong, or lead."""
    return not group.is_venue_hidden or place.belongs or may_edit(person, group)
