"""Any network that timm knows by name, and where its weights begin: a file, a package, the hub, or chance."""

from identify.ml.backbones.building import Built, UnknownBackbone, build, check_name
from identify.ml.backbones.folding import fold_batch_norms
from identify.ml.backbones.starts import StartMissing

__all__ = ["Built", "StartMissing", "UnknownBackbone", "build", "check_name", "fold_batch_norms"]
