#!/usr/bin/env python3
"""Writes Tests/PipelineTests/Import/ReturnsSamples.swift: one matrix of returns as NumPy and pandas write it.

Needs NumPy and pandas from PyPI.
"""

import io
import platform
from pathlib import Path

import numpy
import pandas

TARGET = Path(__file__).resolve().parent.parent / "Tests/PipelineTests/Import/ReturnsSamples.swift"

# Exact in single precision, so that all samples hold the same numbers.
RETURNS = numpy.array([[0.5, -0.25], [numpy.nan, 0.125], [0.0078125, -1.0]])


def arrays():
    for dtype in ["<f4", "<f8"]:
        for order in "CF":
            for version in [(1, 0), (2, 0), (3, 0)]:
                file = io.BytesIO()
                numpy.lib.format.write_array(file, numpy.array(RETURNS, dtype, order=order), version=version)
                yield f"{dtype} {order} {version[0]}.{version[1]}", file.getvalue()


def tables():
    days = pandas.date_range("2017-08-17", periods=3)
    named = pandas.DataFrame(RETURNS, columns=["fast", "slow"])
    dated = named.set_axis(days)
    yield named.to_csv()
    yield named.to_csv(index=False)
    yield pandas.DataFrame(RETURNS).to_csv()
    yield pandas.DataFrame(RETURNS).to_csv(index=False)
    yield pandas.DataFrame(RETURNS, columns=[10, 200]).to_csv(index=False)
    yield named.reset_index().to_csv(index=False)
    yield dated.to_csv(sep="\t")
    yield dated.to_csv(index_label="date", na_rep="NaN")
    yield dated.tz_localize("UTC").to_csv(sep=";")
    yield dated.to_csv(header=False)
    for options in [{}, {"header": "fast,slow"}, {"fmt": "%.9f"}]:
        text = io.StringIO()
        numpy.savetxt(text, RETURNS, delimiter=",", **options)
        yield text.getvalue()


def main():
    lines = [
        f"// Made by scripts/make-import-samples.py with NumPy {numpy.__version__}, pandas {pandas.__version__}, "
        f"Python {platform.python_version()}.",
        "// swift-format-ignore-file",
        "",
        "/// One matrix of returns, three bars of two strategies, as other software writes it.",
        "enum ReturnsSamples {",
        "  /// The returns, row by row.",
        "  static let values: [Double] = [0.5, -0.25, .nan, 0.125, 0.0078125, -1]",
        "",
        "  /// `.npy` files in hexadecimal digits, by type, order and version.",
        "  static let arrays: [(name: String, digits: String)] = [",
    ]
    lines += [f'    ("{name}", "{data.hex()}"),' for name, data in arrays()]
    lines += ["  ]", "", "  /// Delimited text.", "  static let tables: [String] = ["]
    for text in tables():
        escaped = text.replace("\n", "\\n").replace("\t", "\\t")
        lines.append(f'    "{escaped}",')
    lines += ["  ]", "}", ""]
    TARGET.write_text("\n".join(lines))


if __name__ == "__main__":
    main()
