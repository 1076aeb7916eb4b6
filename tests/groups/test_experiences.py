"""Looking after the words for lived experience."""

from datetime import datetime

import pytest

from hearthside.groups.actions import experiences
from hearthside.groups.models import Experience, ExperienceName
from hearthside.groups.queries.experiences import experience_called, phrases, tree, words_in
from tests import world

pytestmark = pytest.mark.django_db


def test_seeding_twice_adds_nothing_the_second_time() -> None:
    assert experiences.seed_vocabulary() > 100
    names = ExperienceName.objects.count()
    assert experiences.seed_vocabulary() == 0
    assert ExperienceName.objects.count() == names


def test_the_seed_is_a_tree_with_names_in_both_languages_and_neighbours() -> None:
    experiences.seed_vocabulary()
    depression = Experience.objects.get(slug="depression")
    assert depression.parent is not None
    assert depression.related.exists()
    assert depression.label("en") == "Depression"
    assert depression.label("es") != depression.label("en")
    assert experience_called("can't get out of bed") == depression
    walked = [one.experience for top in tree() for one in top.walk()]
    assert len(walked) == Experience.objects.count()


def test_seeding_leaves_alone_what_somebody_changed() -> None:
    experiences.seed_vocabulary()
    depression = Experience.objects.get(slug="depression")
    experiences.rename(
        experience=depression, language="en", label="Low mood that stays", synonyms=["depression"]
    )
    experiences.seed_vocabulary()
    assert Experience.objects.get(slug="depression").label("en") == "Low mood that stays"


def test_two_things_cannot_have_one_name() -> None:
    experiences.add(label="Stoma", language="en")
    with pytest.raises(experiences.WordsTaken):
        experiences.add(label="stoma ", language="en")
    other = experiences.add(label="Ostomy", language="en")
    with pytest.raises(experiences.WordsTaken):
        experiences.rename(experience=other, language="en", label="STOMA", synonyms=[])
    assert Experience.objects.get(pk=other.pk).label("en") == "Ostomy"


def test_renaming_keeps_other_languages_and_says_each_word_once() -> None:
    stoma = experiences.add(label="Stoma", language="en")
    experiences.rename(experience=stoma, language="es", label="Estoma", synonyms=["bolsa"])
    experiences.rename(
        experience=stoma,
        language="en",
        label="Stoma bag",
        synonyms=["bag", "Bag", "stoma bag", " "],
    )
    stoma = Experience.objects.get()
    assert words_in(stoma, "en") == {
        "language": "en",
        "label": "Stoma bag",
        "description": "",
        "synonyms": "bag",
        "vague": "",
    }
    assert words_in(stoma, "es")["label"] == "Estoma"


def test_something_cannot_be_part_of_itself_or_of_its_own_parts(now: datetime) -> None:
    broad = experiences.add(label="Gut", language="en")
    narrow = experiences.add(label="Stoma", language="en", parent=broad)
    for parent in (broad, narrow):
        with pytest.raises(experiences.WouldCircle):
            experiences.place(experience=broad, parent=parent, now=now)
    experiences.place(experience=narrow, parent=None, now=now)
    assert Experience.objects.get(pk=narrow.pk).parent is None


def test_placing_own_words_counts_as_looking_at_them(now: datetime) -> None:
    broad = experiences.add(label="Gut", language="en")
    proposed = experiences.propose(words="Bag for life", language="en", by=world.person(), now=now)
    assert proposed.needs_review()
    experiences.place(experience=proposed, parent=broad, now=now)
    assert not Experience.objects.to_review().exists()


def test_merging_moves_words_groups_parts_and_neighbours() -> None:
    stoma = experiences.add(label="Stoma", language="en")
    bag = experiences.add(label="Bag for life", language="en")
    narrow = experiences.add(label="New bag", language="en", parent=bag)
    neighbour = experiences.add(label="Bowel surgery", language="en")
    bag.related.add(neighbour, stoma)
    group = world.group()
    group.experiences.add(bag, stoma)
    experiences.merge(experience=bag, into=stoma)
    assert list(group.experiences.all()) == [stoma]
    assert experience_called("bag for life") == stoma
    assert Experience.objects.get(pk=narrow.pk).parent == stoma
    assert list(stoma.related.all()) == [neighbour]
    assert Experience.objects.get(pk=stoma.pk).label("en") == "Stoma"
    assert not Experience.objects.filter(pk=bag.pk).exists()


def test_something_cannot_merge_into_itself_or_its_parts() -> None:
    broad = experiences.add(label="Gut", language="en")
    narrow = experiences.add(label="Stoma", language="en", parent=broad)
    for into in (broad, narrow):
        with pytest.raises(experiences.WouldCircle):
            experiences.merge(experience=broad, into=into)


def test_what_is_in_use_is_not_removed() -> None:
    used, free = (experiences.add(label=label, language="en") for label in ("Gut", "Stoma"))
    world.group().experiences.add(used)
    with pytest.raises(experiences.InUse):
        experiences.remove(experience=used)
    experiences.remove(experience=free)
    assert list(Experience.objects.all()) == [used]


def test_a_browser_suggests_every_word_of_the_readers_language() -> None:
    stoma = experiences.add(label="Stoma", language="en")
    experiences.rename(experience=stoma, language="en", label="Stoma", synonyms=["bag", "pouch"])
    experiences.rename(experience=stoma, language="es", label="Estoma", synonyms=["bolsa"])
    assert phrases(tree(), language="en") == ["bag", "pouch", "Stoma"]
    assert phrases(tree(), language="es") == ["bolsa", "Estoma"]


def test_a_label_wins_over_a_synonym_of_something_else() -> None:
    other = experiences.add(label="Surgery", language="en")
    experiences.rename(experience=other, language="en", label="Surgery", synonyms=["stoma"])
    stoma = experiences.propose(words="Ostomy", language="en", by=world.person(), now=world.NOW)
    experiences.rename(experience=stoma, language="en", label="Stoma", synonyms=[])
    assert experience_called(" STOMA ") == stoma
