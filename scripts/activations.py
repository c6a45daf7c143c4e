"""Makes tests/reference/activations.json: what torch makes of numbers, and of a small BERT, with every activation that
transformers has under a name of `hidden_act`. Needs transformers 5, no network, and takes seconds.

    python scripts/activations.py
"""

import json

import torch
import transformers
from reference import MADE_WITH, OUT
from transformers import AutoTokenizer, BertModel
from transformers.activations import ACT2CLS, ACT2FN

# Where functions bend, and where their pieces meet.
PLACES = [*(at / 4 for at in range(-40, 41)), -100.0, -20.5, -12.0, -3.5, 1e-3, -1e-3, 5.9, 6.1, 10.5, 19.9, 20.1, 80.0]
FOLDER = OUT / "forms" / "act-relu"
TEXT = "The cats sat."


def main() -> None:
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    inputs = AutoTokenizer.from_pretrained(FOLDER)(TEXT, return_tensors="pt")
    values, hidden, learned = {}, {}, []
    for name in ACT2CLS:
        activation = ACT2FN[name]
        if isinstance(activation, torch.nn.Module) and list(activation.parameters()):
            learned.append(name)
            continue
        with torch.no_grad():
            values[name] = [float(f"{value:.8g}") for value in activation(torch.tensor(PLACES)).tolist()]
            model = BertModel.from_pretrained(FOLDER, hidden_act=name).eval()
            states = model(**inputs).last_hidden_state[0].flatten().tolist()
        hidden[name] = [float(f"{value:.7g}") for value in states]
    written = {"made_with": MADE_WITH, "text": TEXT, "learned": learned, "places": PLACES, "values": values, "hidden": hidden}
    rows = [f"{json.dumps(name)}:{json.dumps(value, separators=(',', ':'))}" for name, value in written.items()]
    (OUT / "activations.json").write_text("{\n" + ",\n".join(rows) + "\n}\n")


if __name__ == "__main__":
    main()
