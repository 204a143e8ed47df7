"""The ledger's tables. Rows are written by this part's actions only.

Entries, seals and sealed leaves are append-only, held by triggers (`guards`). Versions and unique keys are
derived from the entries. Persons and keys can be deleted: that is how a person is forgotten.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Coalesce

from taizhang.ledger.position_field import PositionField


class Officer(AbstractUser):
    """Somebody who signs in and acts; roles are `system.appointment` records."""

    class Meta:
        verbose_name = verbose_name_plural = "人员"


class Counter(models.Model):
    """The one row that gives out positions."""

    id = models.SmallIntegerField(primary_key=True)
    position = models.BigIntegerField()


class Entry(models.Model):
    """One immutable statement. `canonical` holds all of it, and is what `digest` covers."""

    position = PositionField(primary_key=True)
    id = models.CharField(max_length=26, unique=True)
    type = models.CharField(max_length=129)
    record = models.CharField(max_length=64)
    canonical = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = "条目"


class Version(models.Model):
    """What a record was from this entry on: the version document (docs/explanation/records.md), as JSON."""

    position = PositionField(primary_key=True)
    supersedes = models.BigIntegerField(null=True)
    type = models.CharField(max_length=129)
    record = models.CharField(max_length=64)
    document = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = "版本"
        # One index does three things: a record opens once, a version is followed by one other, and the
        # versions of a record are found. Each index costs every posted entry.
        constraints = (
            models.UniqueConstraint(
                "record", Coalesce("supersedes", 0), name="ledger_one_version_after_another"
            ),
        )


class UniqueKey(models.Model):
    """Values that only one record of a type may have (16 bytes of SHA-256), and the record that has them."""

    key = models.BinaryField(primary_key=True)
    record = models.CharField(max_length=64)


class Person(models.Model):
    """A person: a random number, and the identity under the person's own key, which the master key wraps."""

    number = PositionField(primary_key=True)
    index = models.BinaryField(unique=True)
    identity = models.BinaryField()
    wrapped = models.BinaryField()


class Key(models.Model):
    """The data key of a record's personal texts (`record:…`), wrapped by the master key."""

    owner = models.CharField(max_length=80, primary_key=True)
    wrapped = models.BinaryField()


class StoredFile(models.Model):
    """A file kept under its digest in the home's folder `files`, until its content was forgotten."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    name = models.CharField(max_length=255)
    forgotten = models.DateTimeField(null=True)


class Seal(models.Model):
    """A signed Merkle root over the first `size` entries."""

    size = PositionField(primary_key=True)
    root = models.BinaryField()
    checkpoint = models.TextField()

    class Meta:
        verbose_name = verbose_name_plural = "封存"


class SealedLeaves(models.Model):
    """The digests of a sealed block from `first` on, 32 bytes each: what names a changed position."""

    first = PositionField(primary_key=True)
    leaves = models.BinaryField()
