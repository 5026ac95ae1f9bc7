"""Attention rollout (Abnar and Zuidema, 2020): how much of each patch reaches the answer through all layers.
By itself it is the same for every answer; weighed by what the answer gains from each attention (Chefer and
others, 2021) it is of this one."""

from typing import Any

from identify.ml.explaining.looking import NotExplainable, Score


def transformer_in(network: Any) -> Any | None:
    """The part with patches and blocks of attention, as timm builds its `vit_*`."""
    for module in network.modules():
        if hasattr(module, "patch_embed") and hasattr(module, "blocks") and attentions_of(module):
            return module
    return None


def attentions_of(network: Any) -> list[Any]:
    return [one for one in network.modules() if hasattr(one, "attn_drop") and hasattr(one, "qkv")]


def attention_rollout(network: Any, transformer: Any, pictures: Any, score: Score) -> Any:
    import torch

    from identify.ml.explaining.cam import enlarged

    attentions, slopes = attentions_and_slopes(network, transformer, pictures, score)
    many, _heads, tokens, _keys = attentions[0].shape
    rolled = torch.eye(tokens).repeat(many, 1, 1)
    for attention, slope in zip(attentions, slopes, strict=True):
        spoke = (attention * slope).clamp(min=0).mean(1)
        rolled = rolled + spoke @ rolled
    first = int(getattr(transformer, "num_prefix_tokens", 1))
    rolled = rolled - torch.eye(tokens)  # each patch is itself, which says nothing
    asked = rolled[:, 0] if first and is_pooled_by_token(transformer) else rolled[:, first:].mean(1)
    rows, columns = grid_of(transformer, tokens - first)
    heat = asked[:, first:].reshape(many, rows, columns).clamp(min=0)
    return enlarged(heat, *pictures.shape[2:])[:, 0].detach()


def attentions_and_slopes(
    network: Any, transformer: Any, pictures: Any, score: Score
) -> tuple[list[Any], tuple[Any, ...]]:
    import torch

    found: list[Any] = []
    modules = attentions_of(transformer)
    were_fused = [getattr(one, "fused_attn", False) for one in modules]
    hooks = [
        one.attn_drop.register_forward_hook(lambda _module, _inputs, output: found.append(output))
        for one in modules
    ]
    try:
        for one in modules:
            one.fused_attn = False  # the fused kernel never writes its attentions down
        with torch.enable_grad():
            total = score(network(pictures.requires_grad_(True))).sum()
    finally:
        for hook in hooks:
            hook.remove()
        for one, was in zip(modules, were_fused, strict=True):
            one.fused_attn = was
    if not found:
        raise NotExplainable("This transformer does not show its attentions.")
    slopes = torch.autograd.grad(total, found)
    return [one.detach() for one in found], slopes


def is_pooled_by_token(transformer: Any) -> bool:
    return bool(getattr(transformer, "global_pool", "token") == "token")


def grid_of(transformer: Any, patches: int) -> tuple[int, int]:
    rows, columns = getattr(transformer.patch_embed, "grid_size", None) or (0, 0)
    if rows * columns == patches:
        return rows, columns
    side = round(patches**0.5)
    if side * side != patches:
        raise NotExplainable("The patches of this transformer are no rectangle.")
    return side, side
