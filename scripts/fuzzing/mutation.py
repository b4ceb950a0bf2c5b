"""Mutants of texts, JSON documents and binary files, each by a given `random.Random`."""

import gzip
import json
import re
import struct

INTEGERS = [0, 1, -1, 2, 7, 255, 2**31 - 1, 2**31, -2**31, 2**32 - 1, 2**32, 2**53, 2**53 + 1, 2**61, 2**63 - 1, -2**63]
NUMBERS = [*map(str, INTEGERS), "9223372036854775808", "18446744073709551616", "-0", "0.5", "-1.5", "1e3", "1e308", "1e309",
           "-1e309", "5e-324", "1e-400", "NaN", "nan", "inf", "-Infinity", "0x10", "1_000", "1,5", "1.000,5", "+1", "1e", ".5",
           "5.", "--1", "$3", "12%", "(5)", "1 000", "٣", "９", "9" * 400, "0." + "0" * 400 + "1"]
TEXTS = ["", " ", "-", "a", "null", "true", "NA", "#N/A", "\"", "\"\"", "'", "\t", "\x00", "\x1b[31mred\x1b[0m", "\x1b]0;x\x07",
         "two\nlines", "\r", "\u202eturned", "\u2028", "\ufeff", "é" * 3, "🂡", "e\u0301" * 50, "x" * 3000, "../../x",
         "/etc/passwd",
         "=1+1", "2020-02-30", "2020-13-01", "0000-00-00", "1582-10-10", "9999-12-31", "292278-01-01", "2020-01-01T24:00:00",
         "2020-01-01T00:00:00+99:99", "31/12/2020", "12:00", "-2020-01-01", "time", "close", "<b>&amp;</b>", "%s%n", "${HOME}"]
DEEP = 300


def value(random):
    """A text to stand for any value."""
    return random.choice(NUMBERS if random.random() < 0.6 else TEXTS)


def span(random, size):
    start = random.randrange(size + 1)
    return start, min(size, start + random.choice([1, 1, 2, 8, 64, 512]))


# ---------------------------------------------------------------------------------------------------------------- texts


def one_number(random, data):
    found = list(re.finditer(rb"[-+]?\d[\d.]*", data))
    if not found:
        return data
    chosen = random.choice(found)
    return data[:chosen.start()] + value(random).encode() + data[chosen.end():]


def one_cell(random, data):
    lines = data.split(b"\n")
    row = random.randrange(len(lines))
    cells = lines[row].split(b",")
    cell = random.randrange(len(cells))
    action = random.randrange(4)
    if action == 0:
        cells[cell] = value(random).encode()
    elif action == 1:
        del cells[cell]
    elif action == 2:
        cells.insert(cell, value(random).encode())
    else:
        other = random.randrange(len(cells))
        cells[cell], cells[other] = cells[other], cells[cell]
    lines[row] = b",".join(cells)
    return b"\n".join(lines)


def one_line(random, data):
    lines = data.split(b"\n")
    row, other = random.randrange(len(lines)), random.randrange(len(lines))
    action = random.randrange(5)
    if action == 0:
        del lines[row]
    elif action == 1:
        lines.insert(row, lines[other])
    elif action == 2:
        lines[row], lines[other] = lines[other], lines[row]
    elif action == 3:
        lines = lines[:row]
    else:
        lines = lines[:row] + [lines[other]] * random.choice([2, 100]) + lines[row:]
    return b"\n".join(lines)


def one_column(random, data):
    """The same in every line: a column doubled, dropped, moved or filled."""
    rows = [line.split(b",") for line in data.split(b"\n")]
    column, other, action, filling = random.randrange(4), random.randrange(4), random.randrange(4), value(random).encode()
    for row in rows:
        if column < len(row):
            if action == 0:
                row.insert(other, row[column])
            elif action == 1:
                del row[column]
            elif action == 2:
                row.insert(other, row.pop(column))
            else:
                row[column] = filling
    return b"\n".join(b",".join(row) for row in rows)


def some_bytes(random, data):
    start, end = span(random, len(data))
    action = random.randrange(4)
    if action == 0:
        filling = b""
    elif action == 1:
        filling = bytes(random.randrange(256) for _ in range(end - start))
    elif action == 2:
        filling = data[start:end] * random.choice([2, 50])
    else:
        filling = value(random).encode() + data[start:end]
    return data[:start] + filling + data[end:]


def whole(random, data):
    """Other encodings, line ends, delimiters and packings of the same."""
    text = data.decode("latin-1")
    return random.choice([
        lambda: b"\xef\xbb\xbf" + data, lambda: text.encode("utf-16"), lambda: text.encode("utf-16-be"),
        lambda: data.replace(b"\n", b"\r\n"), lambda: data.replace(b"\n", b"\r"), lambda: data.replace(b",", b";"),
        lambda: data.replace(b",", b"\t"), lambda: data.replace(b",", b" | "), lambda: data.replace(b".", b","), lambda: b"",
        lambda: gzip.compress(data, mtime=0), lambda: gzip.compress(data, mtime=0)[:-random.randrange(1, 30)],
        lambda: gzip.compress(data, mtime=0) * 2, lambda: gzip.compress(b"0," * (8 << 20), mtime=0),
        lambda: binary(random, gzip.compress(data, mtime=0)), lambda: b"\n" * 3 + data, lambda: data + b"\x00" * 512,
        lambda: b"PK\x03\x04" + data, lambda: b"\"" + data, lambda: data[:-1], lambda: data + b"," * 70_000,
        lambda: data + b"x" * (2 << 20),
    ])()


def text(random, data):
    """A mutant of rows and columns."""
    for _ in range(random.choice([1, 1, 1, 2, 5])):
        change = random.choices([one_number, one_cell, one_line, one_column, some_bytes, whole], [6, 6, 4, 3, 4, 1])[0]
        data = change(random, data)
    return data


# ------------------------------------------------------------------------------------------------------------- documents


def layout(value, indent=""):
    """A document as Fluke lays it out: sorted members, arrays of plain values on one line."""
    if isinstance(value, dict) and value:
        inner = indent + "  "
        members = ",\n".join(f"{inner}{json.dumps(key, ensure_ascii=False)}: {layout(value[key], inner)}"
                             for key in sorted(value))
        return "{\n" + members + "\n" + indent + "}"
    if isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        inner = indent + "  "
        return "[\n" + ",\n".join(inner + layout(item, inner) for item in value) + "\n" + indent + "]"
    # As Foundation writes numbers: 1 for 1.0.
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return json.dumps(value, ensure_ascii=False)


def places(value, place=()):
    """The paths of all values in a document."""
    yield place
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*place, key))


def plain(random, old):
    """Another value in place of `old`, mostly of its kind."""
    if random.random() < 0.75:
        if isinstance(old, bool):
            return not old
        if isinstance(old, int):
            return random.choice([*INTEGERS, old + 1, old - 1, old * 2, -old, 10**30, 0.5])
        if isinstance(old, float):
            return random.choice([0.0, -old, old * 1e300, 1e308, -1e308, 5e-324, old + 1, 2**63, 0.1])
        if isinstance(old, str):
            return random.choice([value(random), old + "x", old[:-1], old.upper(), old * 3])
        if isinstance(old, list) and old:
            return random.choice([[], old[:-1], old + old[-1:], old[::-1], old * 40, [old], old[:1]])
        if isinstance(old, dict) and old:
            key = random.choice(sorted(old))
            rest = {name: item for name, item in old.items() if name != key}
            return random.choice([{}, rest, {**rest, value(random): old[key]}, {**old, value(random): 1}])
    deep = []
    for _ in range(DEEP):
        deep = [deep]
    return random.choice([None, True, 0, -1, 1.5, "", value(random), [], {}, [[]], {"a": {}}, deep])


def change(random, document):
    """Changes one value of a parsed document in place; the document."""
    place = random.choice(list(places(document)))
    if not place:
        return plain(random, document)
    parent = document
    for key in place[:-1]:
        parent = parent[key]
    if random.random() < 0.1:
        del parent[place[-1]]
    else:
        parent[place[-1]] = plain(random, parent[place[-1]])
    return document


def document(random, data):
    """A mutant of JSON: of its values, or of its text."""
    if random.random() < 0.25:
        return text(random, data)
    found = json.loads(data)
    for _ in range(random.choice([1, 1, 2, 4])):
        found = change(random, found)
    return (layout(found) + "\n").encode("utf-8", "surrogatepass")


# --------------------------------------------------------------------------------------------------------------- binary


def binary(random, data):
    """A mutant of a binary file: words of interest, slices, ends."""
    data = bytearray(data)
    for _ in range(random.choice([1, 1, 2, 4])):
        action = random.randrange(5)
        # What stands at the beginning says how the rest is to be read.
        reach = min(len(data), random.choice([16, 80, 160, len(data) or 1]))
        at = random.randrange(reach) if reach else 0
        if action == 0 and data:
            data[at] ^= 1 << random.randrange(8)
        elif action == 1:
            word = struct.pack("<q", random.choice(INTEGERS))[:random.choice([4, 8])]
            data[at:at + len(word)] = word
        elif action == 2:
            number = random.choice([float("nan"), float("inf"), -1.0, 1e308, 5e-324, 0.5, -0.0, 2.0**63])
            at = at // 8 * 8
            data[at:at + 8] = struct.pack("<d", number)
        elif action == 3:
            data = data[:at] if random.random() < 0.5 else data + bytes(random.randrange(1, 100))
        else:
            data = bytearray(some_bytes(random, bytes(data)))
    return bytes(data)


def array(random, data):
    """A mutant of a NumPy file, of its header or of the rest."""
    size = struct.unpack("<H", data[8:10])[0]
    if random.random() < 0.4:
        return binary(random, data)
    header = data[10:10 + size].decode("latin-1")
    header = random.choice([
        lambda: re.sub(r"\([\d, ]*\)", random.choice(
            ["()", "(1,)", "(-1, 2)", "(4294967296, 4294967296)", "(9223372036854775807, 2)", "(0, 3)", "(2, 0)", "(2, 2, 2)",
             "(30, 4)", "(x)", "(1e9, 1)", "(60, 1)"]), header),
        lambda: re.sub(r"'[<|>]\w+'", random.choice(
            ["'<f4'", "'>f8'", "'<f2'", "'|b1'", "'|i1'", "'<u8'", "'|O'", "'<c16'", "'|S9999'", "'<f99'", "''",
             "[('a','<f8')]"]),
            header),
        lambda: header.replace("False", random.choice(["True", "None", "1"])),
        lambda: one_number(random, header.encode()).decode(),
        lambda: header.rstrip() + " " * random.randrange(9), lambda: header[:random.randrange(len(header))],
    ])().encode("utf-8", "replace")
    length = len(header) if random.random() < 0.8 else random.choice([0, 1, 65535, 118])
    return data[:8] + struct.pack("<H", length) + header + data[10 + size:]
