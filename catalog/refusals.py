"""Refusals of the pure rooms. They know no Django, so the English template and its parameters stay
apart: the web layer shows `gettext(refusal.template) % refusal.params`."""


def gettext_noop(text: str) -> str:
    """Marks a message for makemessages, which looks for this name."""
    return text


class Refusal(ValueError):
    def __init__(self, code: str, template: str, **params: object) -> None:
        self.code = code
        self.template = template
        self.params = params
        super().__init__(template % params if params else template)

    @property
    def message(self) -> str:
        return str(self)


# Of tasks that are taken up again where they stopped
UNEXPECTED = Refusal(
    "error", gettext_noop("Something went wrong on our side. Try again; nothing is done twice.")
)
