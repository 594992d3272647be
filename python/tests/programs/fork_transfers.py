"""Transfers files, forks, and transfers files from both sides.

The server is another process, since its threads would not be there in the child. Each side writes one line.
"""

import io
import json
import os
import signal
import sys

import wamux
from file_server import pattern

FILE = pattern(300_000)
PDF = "application/pdf"


def old_download(download: wamux.Download) -> str:
    try:
        return "read" if download.read() == FILE else "wrong"
    except RuntimeError as error:
        return type(error).__name__


def transfer(client: wamux.Client) -> tuple[bool, bool]:
    media = client.tujenge.upload_media(io.BytesIO(FILE), mime_type=PDF)
    return media.id == str(len(FILE)), client.tujenge.download_media(media_id="300000").read() == FILE


def main() -> None:
    client = wamux.Client("tujenge", **json.loads(sys.argv[1]))
    assert transfer(client) == (True, True)
    download = client.tujenge.download_media(media_id="300000")
    child = os.fork()
    if not child:
        # A child that hangs ends by itself, and its parent sees how.
        signal.alarm(15)
    uploaded, downloaded = transfer(client)
    line = {
        "side": "parent" if child else "child",
        "uploaded": uploaded,
        "downloaded": downloaded,
        "old download": old_download(download),
    }
    download.close()
    os.write(1, json.dumps(line).encode() + b"\n")
    if not child:
        sys.exit(7)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 7, status


if __name__ == "__main__":
    main()
