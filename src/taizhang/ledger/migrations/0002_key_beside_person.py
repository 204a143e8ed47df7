"""A person's key stands in the person's own row, so that forgetting deletes one row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_first")]

    operations = [
        migrations.AddField("person", "wrapped", models.BinaryField(default=b""), preserve_default=False),
        migrations.RunSQL(
            [
                "UPDATE ledger_person SET wrapped = (SELECT k.wrapped FROM ledger_key k "
                "WHERE k.owner = 'person:' || ledger_person.number)",
                "DELETE FROM ledger_key WHERE substr(owner, 1, 7) = 'person:'",
            ],
            [
                "INSERT INTO ledger_key (owner, wrapped) SELECT 'person:' || number, wrapped FROM ledger_person",
            ],
        ),
    ]
