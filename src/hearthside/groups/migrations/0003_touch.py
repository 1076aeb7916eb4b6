"""What changed last, so that the finder need not read every group again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_comfort")]

    operations = [
        migrations.AlterField(
            model_name="group",
            name="changed_at",
            field=models.DateTimeField(auto_now=True, db_index=True),
        ),
        migrations.CreateModel(
            name="Touch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.UUIDField()),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={"verbose_name_plural": "touches"},
        ),
    ]
