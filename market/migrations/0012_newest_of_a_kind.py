from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0002_search_index"),
        ("market", "0011_lot_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="lotattributes",
            name="lotattr_ladder",
        ),
        migrations.RemoveIndex(
            model_name="lotattributes",
            name="lotattr_ruler",
        ),
        migrations.AddIndex(
            model_name="lotattributes",
            index=models.Index(
                fields=["denomination", "denomination_text"], name="lotattr_money_as"
            ),
        ),
        migrations.AddIndex(
            model_name="lotattributes",
            index=models.Index(fields=["authority", "ruler_text"], name="lotattr_ruler_as"),
        ),
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(fields=["denomination", "day", "lot", "owner"], name="quote_newest"),
        ),
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(
                fields=["ruler", "denomination", "day", "lot", "owner"], name="quote_kind_newest"
            ),
        ),
    ]
