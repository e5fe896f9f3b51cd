"""Makes small PDF and Outlook files, so that the tests need no program that writes them."""

import struct
from collections.abc import Mapping

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def pdf(*pages: str) -> bytes:
    """Return a PDF with one line of text a page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in pages:
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        drawn = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET" if text else ""
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _numbered(objects)


def _numbered(objects: list[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{tail}".encode()


def outlook(texts: Mapping[int, str], attached: tuple[str, ...] = ()) -> bytes:
    """Return a .msg file with string properties by their ids and attachments by their names."""
    root: dict[str, object] = dict(_properties(texts, header=b"\0" * 32))
    for number, name in enumerate(attached):
        root[f"__attach_version1.0_#{number:08X}"] = _properties({0x3707: name}, header=b"\0" * 8)
    return _compound(root)


def _properties(texts: Mapping[int, str], header: bytes) -> dict[str, bytes]:
    streams = {f"__substg1.0_{key:04X}001F": text.encode("utf-16-le") for key, text in texts.items()}
    rows = b"".join(struct.pack("<HHIII", 0x1F, key, 6, 2 * len(text) + 2, 0) for key, text in texts.items())
    return {"__properties_version1.0": header + rows, **streams}


def _compound(root: Mapping[str, object]) -> bytes:
    """Return an OLE file of small streams: they stand in sectors of 64 bytes inside the root's own stream."""
    small, small_chain = bytearray(), []
    rows: list[list[object]] = [["Root Entry", 5, FREE, FREE, END, 0]]
    _add(rows, 0, root, small, small_chain)
    data, chain = bytearray(), []
    rows[0][4], rows[0][5] = _store(bytes(small), SECTOR, data, chain), len(small)
    small_fat = _store(_table(small_chain), SECTOR, data, chain)
    small_fat_sectors = len(chain) - small_fat
    rows += [["", 0, FREE, FREE, 0, 0]] * (-len(rows) % 4)
    directory = _store(b"".join(_entry(*row) for row in rows), SECTOR, data, chain)  # type: ignore[arg-type]
    place = len(chain)
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, directory, 0, 4096, small_fat, small_fat_sectors, END, 0),
    )
    return head + struct.pack("<109I", place, *[FREE] * 108) + bytes(data) + _table([*chain, FAT])


def _store(content: bytes, sector: int, data: bytearray, chain: list[int]) -> int:
    count = max(1, -(-len(content) // sector))
    first = len(chain)
    data += content.ljust(count * sector, b"\0")
    chain += [*range(first + 1, first + count), END]
    return first


def _table(chain: list[int]) -> bytes:
    filled = chain + [FREE] * (-len(chain) % (SECTOR // 4))
    return struct.pack(f"<{len(filled)}I", *filled)


def _add(
    rows: list[list[object]], parent: int, folder: Mapping[str, object], data: bytearray, chain: list[int]
) -> None:
    place, column = parent, 3
    for name, content in folder.items():
        at = len(rows)
        if isinstance(content, bytes):
            rows.append([name, 2, FREE, FREE, _store(content, 64, data, chain), len(content)])
        else:
            assert isinstance(content, Mapping)
            rows.append([name, 1, FREE, FREE, END, 0])
            _add(rows, at, content, data, chain)
        rows[place][column] = at
        place, column = at, 2


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    length = len(written) + 2 if name else 0
    return written.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI8x8xIII", length, kind, 1, FREE, right, child, 0, start, size, 0
    )
