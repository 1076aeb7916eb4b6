"""Components: a misspelt attribute never reaches a page, and what they render is tied together."""

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from hearthside.shell.views.style import SampleForm

EXAMPLES = {
    "button": ('{% button label="Go" kind="danger" name="a" value="b" %}', "button-danger"),
    "link_button": ('{% link_button href="/" label="Go" kind="quiet" %}', 'href="/"'),
    "card": ('{% card heading="A" href="/a/" level=3 %}words{% endcard %}', "<h3"),
    "notice": ('{% notice kind="warning" heading="A" %}words{% endnotice %}', "notice-warning"),
    "chip": ('{% chip label="Full" kind="warm" %}', "chip-warm"),
    "empty": ('{% empty heading="A" %}words{% endempty %}', "words"),
    "facts": ('{% facts %}{% fact label="A" %}words{% endfact %}{% endfacts %}', "<dt>A</dt>"),
    "page_head": ('{% page_head title="A" lead="B" %}words{% end_page_head %}', "<h1>A</h1>"),
    "confirm": ('{% confirm summary="A" %}words{% endconfirm %}', "<summary>A</summary>"),
    "table_wrap": ("{% table_wrap %}words{% endtable_wrap %}", "words"),
}


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(("source", "expected"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_a_component_renders_what_it_was_given(source: str, expected: str) -> None:
    assert expected in rendered(source)


@pytest.mark.parametrize("source", [pair[0] for pair in EXAMPLES.values()], ids=EXAMPLES.keys())
def test_a_misspelt_attribute_is_refused_before_anyone_sees_the_page(source: str) -> None:
    misspelt = source.replace(" %}", ' colour="red" %}', 1)
    with pytest.raises(TemplateSyntaxError, match="colour"):
        Template(misspelt)


def test_an_attribute_without_its_name_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="too many positional"):
        Template('{% button "Go" %}')


@pytest.mark.parametrize(
    "source",
    [
        '{% button label="Go" kind="huge" %}',
        '{% link_button href="/" label="Go" kind="huge" %}',
        '{% notice kind="huge" %}{% endnotice %}',
        '{% chip label="Go" kind="huge" %}',
    ],
)
def test_a_kind_that_does_not_exist_is_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="has no kind 'huge'"):
        rendered(source)


def test_what_people_write_is_shown_as_words_and_never_run() -> None:
    page = rendered(
        "{% card heading=name %}{{ name }}{% endcard %}", name="<script>alert(1)</script>"
    )
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 2


def test_a_hint_and_an_error_are_read_out_with_their_field() -> None:
    page = rendered("{% form_fields form=form %}", form=SampleForm({"words": ""}))
    assert 'aria-describedby="id_words_helptext id_words_error"' in page
    assert 'id="id_words_helptext"' in page
    assert 'id="id_words_error"' in page
    assert 'aria-invalid="true"' in page


def test_errors_are_summed_up_first_with_a_way_to_each_field() -> None:
    form = SampleForm({"words": ""})
    page = rendered("{% form_fields form=form %}", form=form)
    summary, fields = page.split("</ul>", 1)
    assert 'href="#id_words"' in summary
    assert 'id="group_format"' in fields


def test_hidden_fields_are_sent_along() -> None:
    class Form(forms.Form):
        a = forms.CharField()
        secret = forms.CharField(widget=forms.HiddenInput, initial="x")

    page = rendered("{% form_fields form=form %}", form=Form())
    assert page.count("<label") == 1
    assert '<input type="hidden" name="secret" value="x" id="id_secret">' in page
