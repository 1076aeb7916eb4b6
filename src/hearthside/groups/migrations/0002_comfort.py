"""What a group is like to be in: secular, small, children welcome and so on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="group",
            name="comfort",
            field=models.JSONField(blank=True, default=list, verbose_name="what it is like"),
        ),
    ]
