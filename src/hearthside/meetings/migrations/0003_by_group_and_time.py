"""A group's meetings are looked up by their time, so that a page of results reads only those it shows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_room")]

    operations = [
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["group", "starts_at"], name="meetings_of_a_group_by_time"),
        ),
    ]
