import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_in_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADMIN_USERNAME", raising=False)
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)


def first_admin() -> str:
    said = StringIO()
    call_command("first_admin", stdout=said)
    return said.getvalue()


def test_random_password_is_shown_and_works() -> None:
    found = re.search(r"Password +(\S+)", first_admin())
    assert found
    admin = User.objects.get(username="admin")
    assert admin.is_superuser
    assert admin.check_password(found[1])


def test_given_name_and_password_are_used_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_USERNAME", "livia")
    monkeypatch.setenv("ADMIN_PASSWORD", "house on the Palatine")
    assert "Palatine" not in first_admin()
    assert User.objects.get(username="livia").check_password("house on the Palatine")


def test_second_start_makes_nobody_and_says_nothing() -> None:
    first_admin()
    assert first_admin() == ""
    assert User.objects.count() == 1


def test_somebody_elses_account_is_not_taken_over() -> None:
    User.objects.create_user("Admin")
    with pytest.raises(CommandError, match="ADMIN_USERNAME"):
        first_admin()
    assert not User.objects.filter(is_superuser=True).exists()
