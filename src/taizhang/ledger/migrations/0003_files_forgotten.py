"""A stored file's row says when its content was deleted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_key_beside_person")]

    operations = [migrations.AddField("storedfile", "forgotten", models.DateTimeField(null=True))]
