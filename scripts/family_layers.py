"""The parts of a layer of every family of encoders, under BERT's names: what measures.py reads."""

import inspect
from types import SimpleNamespace as Parts


def layers(hf) -> list:
    """Each layer's parts in the order of the pass, and `run(hidden, mask)`: transformers' own layer."""
    kind = hf.config.model_type
    if kind == "albert":
        config, groups = hf.config, hf.encoder.albert_layer_groups
        each = [inner for at in range(config.num_hidden_layers)
                for inner in groups[at * config.num_hidden_groups // config.num_hidden_layers].albert_layers]
        return [albert(layer) for layer in each]
    if kind == "distilbert":
        return [distilbert(layer) for layer in hf.transformer.layer]
    if kind == "mpnet":
        return [mpnet(layer, hf.encoder) for layer in hf.encoder.layer]
    return [Parts(attention=layer.attention, intermediate=layer.intermediate, output=layer.output, bias=lambda hidden: 0,
                  run=lambda hidden, mask, layer=layer: layer(hidden, attention_mask=mask)) for layer in hf.encoder.layer]


def parts(query, key, value, dense, norm, wide, narrow, last, run, bias=lambda hidden: 0):
    attention = Parts(self=Parts(query=query, key=key, value=value), output=Parts(dense=dense, LayerNorm=norm))
    return Parts(attention=attention, intermediate=Parts(dense=wide), output=Parts(dense=narrow, LayerNorm=last), run=run, bias=bias)


def albert(layer):
    at = layer.attention
    return parts(at.query, at.key, at.value, at.dense, at.LayerNorm, layer.ffn, layer.ffn_output, layer.full_layer_layer_norm,
                 run=lambda hidden, mask: layer(hidden, attention_mask=mask))


def distilbert(layer):
    at = layer.attention
    return parts(at.q_lin, at.k_lin, at.v_lin, at.out_lin, layer.sa_layer_norm, layer.ffn.lin1, layer.ffn.lin2,
                 layer.output_layer_norm, run=lambda hidden, mask: layer(hidden, attention_mask=mask))


def mpnet(layer, encoder):
    at, bias = layer.attention.attn, lambda hidden: encoder.compute_position_bias(hidden[None])[0].to(hidden.dtype)
    return parts(at.q, at.k, at.v, at.o, layer.attention.LayerNorm, layer.intermediate.dense, layer.output.dense,
                 layer.output.LayerNorm, bias=bias,
                 run=lambda hidden, mask: layer(hidden, attention_mask=mask, position_bias=bias(hidden[0])[None]))


def activation(config) -> str:
    return config.activation if config.model_type == "distilbert" else config.hidden_act


def pooler(hf):
    """The dense layer in front of tanh."""
    return hf.pooler if hf.config.model_type == "albert" else hf.pooler.dense


def inputs(hf, ids, types) -> dict:
    """What the family's forward takes: DistilBERT and MPNet know no types, RoBERTa's tokenizer gives none."""
    takes_types = "token_type_ids" in inspect.signature(hf.forward).parameters
    return {"input_ids": ids} | ({"token_type_ids": types} if types is not None and takes_types else {})
