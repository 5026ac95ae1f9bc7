import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.models import User
from coinsite.env import Environment

UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no l, i, o, 0, 1: it is copied by hand


class Command(BaseCommand):
    help = "Makes the first administrator, once: ADMIN_USERNAME (admin), ADMIN_PASSWORD (random)."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(is_superuser=True).exists():
            return
        env = Environment()
        username = env.text("ADMIN_USERNAME", "admin")
        if User.objects.filter(username__iexact=username).exists():
            raise CommandError(
                f"“{username}” has an account already and is no administrator. "
                "Choose another name with ADMIN_USERNAME."
            )
        given = env.text("ADMIN_PASSWORD")
        password = given or random_password()
        User.objects.create_superuser(username, password=password)
        shown = "the one in ADMIN_PASSWORD" if given else f"{password}   (shown only now)"
        self.stdout.write(
            boxed(
                "The first administrator has been made.",
                "",
                f"Username   {username}",
                f"Password   {shown}",
            )
        )


def random_password() -> str:
    """77 bits in groups that can be read aloud."""
    groups = ("".join(secrets.choice(UNMISTAKABLE) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def boxed(*lines: str) -> str:
    width = max(map(len, lines))
    body = "\n".join(f"│  {line:<{width}}  │" for line in lines)
    edge = "─" * (width + 4)
    return f"\n┌{edge}┐\n{body}\n└{edge}┘\n"
