"""“I am here” by a tap, and two rungs more: somebody keeps an online room safe, or whoever leads hears that nobody does."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_chairs_and_debriefs")]

    operations = [
        migrations.AddField(
            model_name="duty",
            name="here_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="climb",
            name="rung",
            field=models.CharField(
                choices=[
                    ("cover", "Cover was asked to lead"),
                    ("pool", "People who can step in were asked"),
                    ("late", "Everybody was asked once more, shortly before"),
                    ("led", "Somebody led it"),
                    ("guests", "Members were offered a seat in another group"),
                    ("told", "Members were told that it is not held"),
                    ("safety", "People who can step in were asked to keep the room safe"),
                    ("alone", "Whoever leads was told that nobody keeps the room safe"),
                ],
                max_length=6,
            ),
        ),
    ]
