"""The Parquet files of tests/reference/dataset, as pandas, datasets and polars write them.

    python scripts/dataset_reference.py

Needs pyarrow and pandas.
"""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).parent.parent / "tests/reference/dataset"

PAIRS = [
    (1, "The kettle is boiling.", "Water boils in the kettle."),
    (0, "Our train leaves at noon.", "She planted tulips."),
    (1, "He painted the fence green.", "The fence was painted green by him."),
    (0, "The soup needs salt.", "They won the second prize."),
    (0, "Snow fell on the hills.", "My keys are missing."),
    (1, "Could you open the window?", "Please open the window."),
    (0, "The market closes early.", "A whale surfaced nearby."),
    (1, "Her brother studies law.", "Law is what her brother studies."),
    (1, "The bakery sells rye bread.", "Rye bread is sold at the bakery."),
    (0, "I lost the map.", "The orchestra tuned up."),
]

frame = pd.DataFrame(PAIRS, columns=["label", "sentence1", "sentence2"])
frame["idx"] = range(100, 110)
frame["vector"] = [[0.5, float(at)] for at in range(10)]
frame.index = [int(number) for number in "31 5 9 2 4 7 12 8 90 6".split()]
for codec in ["snappy", "gzip", "zstd"]:
    frame.to_parquet(HERE / f"pairs.{codec}.parquet", compression=codec)

texts = pa.table({"id": ["a", "b", "c"], "text": pa.array(["A cat sat.", None, "猫坐着。"], pa.large_string())})
pq.write_table(texts, HERE / "texts.parquet", compression="none", row_group_size=2)
