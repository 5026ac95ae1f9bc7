from tests.access import CURATORS, Rule
from tests.access.rules.identify_teaching import model, run

# As on the pages: nobody of the world may teach
RULES = {
    "v1:teachable-list": Rule(CURATORS),
    "v1:teachable-detail": Rule(CURATORS, lambda world: {"field": "ruler"}),
    "v1:training-run-list": Rule(CURATORS),
    "v1:training-run-detail": Rule(CURATORS, run),
    "v1:model-version-list": Rule(CURATORS),
    "v1:model-version-detail": Rule(CURATORS, model),
    **{
        f"v1:training-run-{deed}": Rule(CURATORS, run, "post")
        for deed in ("pause", "resume", "stop", "retry")
    },
    **{
        f"v1:model-version-{deed}": Rule(CURATORS, model, "post")
        for deed in ("promote", "take-back", "trial", "retire")
    },
}
