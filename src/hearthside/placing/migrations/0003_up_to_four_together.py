"""Somebody may go with more than one other: one open code each, and pairs that share somebody are one company."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("placing", "0002_accepted_in_the_background")]

    operations = [
        migrations.RemoveConstraint(model_name="together", name="one_pair_per_person_who_asked"),
        migrations.RemoveConstraint(model_name="together", name="one_pair_per_person_who_answered"),
        migrations.AddConstraint(
            model_name="together",
            constraint=models.UniqueConstraint(
                condition=models.Q(("other", None)),
                fields=("asked_by",),
                name="one_open_code_per_person",
            ),
        ),
    ]
