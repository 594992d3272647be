"""Files on their way to a gateway and from it."""

import asyncio
import base64
import io
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import wamux
from file_server import FileServer, file_server, pattern
from support import CLIENTS, PATIENCE, cancelled_when_answered, run, run_program
from wamux import _coroutines
from wamux.testing import Sandbox

FILE = pattern(300_000)
PDF = "application/pdf"


@pytest.fixture
def server() -> Iterator[FileServer]:
    with file_server() as running:
        yield running


def upload(client: str, settings: Mapping[str, Any], source: Any, mime_type: str = PDF) -> Any:
    """Uploads by the blocking client or by the awaitable one."""
    if client == "sync":
        with wamux.Client("tujenge", **settings) as blocking:
            return blocking.tujenge.upload_media(source, mime_type=mime_type)

    async def awaited() -> Any:
        async with wamux.AsyncClient("tujenge", **settings) as awaitable:
            return await awaitable.tujenge.upload_media(source, mime_type=mime_type)

    return asyncio.run(awaited())


def download(client: str, settings: Mapping[str, Any], media_id: str, **limit: int) -> bytes:
    """The bytes of a file, read at once."""
    if client == "sync":
        with wamux.Client("tujenge", **settings) as blocking:
            return blocking.tujenge.download_media(media_id=media_id).read(**limit)

    async def awaited() -> bytes:
        async with wamux.AsyncClient("tujenge", **settings) as awaitable:
            return await (await awaitable.tujenge.download_media(media_id=media_id)).read(**limit)

    return asyncio.run(awaited())


class Stream:
    """A file object of the barest kind: it can be read, and nothing else."""

    def __init__(self, content: bytes, raises: Exception | None = None) -> None:
        self.rest = content
        self.raises = raises

    def read(self, size: int) -> bytes:
        chunk, self.rest = self.rest[:size], self.rest[size:]
        if not chunk and self.raises is not None:
            raise self.raises
        return chunk


def on_disk(tmp_path: Path) -> Path:
    path = tmp_path / "price list.pdf"
    path.write_bytes(FILE)
    return path


SOURCES: dict[str, Callable[[Path], object]] = {
    "bytes": lambda _: FILE,
    "bytearray": lambda _: bytearray(FILE),
    "memoryview": lambda _: memoryview(FILE),
    "path": on_disk,
    "text of a path": lambda folder: str(on_disk(folder)),
    "file": lambda folder: on_disk(folder).open("rb"),
    "bytes in memory": lambda _: io.BytesIO(FILE),
}


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("name", SOURCES)
def test_every_source_is_sent_with_its_length(name: str, client: str, server: FileServer, tmp_path: Path) -> None:
    media = upload(client, server.settings, SOURCES[name](tmp_path))
    assert media.id == str(len(FILE))
    (stored,) = server.uploads
    assert stored["body"] == FILE
    assert stored["headers"] == {"content-type": PDF, "content-length": str(len(FILE))}


@pytest.mark.parametrize("client", CLIENTS)
def test_a_stream_goes_in_chunks(client: str, server: FileServer) -> None:
    assert upload(client, server.settings, Stream(FILE)).id == str(len(FILE))
    (stored,) = server.uploads
    assert stored["body"] == FILE
    assert stored["headers"] == {"content-type": PDF, "transfer-encoding": "chunked"}


@pytest.mark.parametrize("client", CLIENTS)
def test_a_file_is_sent_from_where_it_stands(client: str, server: FileServer) -> None:
    source = io.BytesIO(FILE)
    source.seek(100_000)
    upload(client, server.settings, source)
    assert server.uploads[0]["body"] == FILE[100_000:]


async def pieces(*items: Any, raises: Exception | None = None) -> AsyncIterator[Any]:
    for item in items:
        await asyncio.sleep(0)
        yield item
    if raises is not None:
        raise raises


def test_an_async_iterator_is_a_source(server: FileServer) -> None:
    assert upload("async", server.settings, pieces(FILE[:7], b"", FILE[7:200_000], FILE[200_000:])).id == "300000"
    assert server.uploads[0]["body"] == FILE
    # The blocking client has no loop to wait in.
    with pytest.raises(wamux.ValidationError) as caught:
        upload("sync", server.settings, pieces(FILE))
    assert [violation.path for violation in caught.value.violations] == ["source"]


@pytest.mark.parametrize("client", CLIENTS)
def test_an_exception_of_the_source_is_the_cause(client: str, server: FileServer, tmp_path: Path) -> None:
    own = ZeroDivisionError("mine")
    sources: list[tuple[Any, type[BaseException]]] = [
        (Stream(FILE, own), ZeroDivisionError),
        (on_disk(tmp_path).open(encoding="latin-1"), TypeError),
        (tmp_path / "nothing", FileNotFoundError),
        (tmp_path, OSError),
    ]
    if client == "async":
        sources += [(pieces(FILE, raises=own), ZeroDivisionError), (pieces("text"), TypeError)]
    for source, cause in sources:
        with pytest.raises(wamux.MediaError) as caught:
            upload(client, server.settings, source)
        assert isinstance(caught.value.__cause__, cause)
        assert (caught.value.delivery, caught.value.retryable) == ("not_sent", False)
        assert "mine" not in str(caught.value)
    assert server.uploads == []


@pytest.mark.parametrize("client", CLIENTS)
def test_what_the_gateway_does_not_take_never_leaves(client: str, server: FileServer) -> None:
    cases: list[tuple[Any, str, str, str]] = [
        (b"\0" * (5 * 1024 * 1024 + 1), "image/png", "source", "length.too.long"),
        (io.BytesIO(b"\0" * (100 * 1024 + 1)), "image/webp", "source", "length.too.long"),
        (b"", PDF, "source", "length.too.short"),
        (17, PDF, "source", "invalid"),
        (None, PDF, "source", "length.too.short"),
        (b"GIF89a", "image/gif\n", "mime_type", "invalid"),
    ]
    for source, mime_type, path, code in cases:
        with pytest.raises(wamux.ValidationError) as caught:
            upload(client, server.settings, source, mime_type)
        assert [(found.path, found.code) for found in caught.value.violations] == [(path, code)], mime_type
        assert caught.value.attempts == ()
    assert not server.arrived.is_set()


@pytest.mark.parametrize("client", CLIENTS)
def test_a_stream_that_is_too_long_ends_the_upload(client: str, server: FileServer) -> None:
    with pytest.raises(wamux.MediaError, match="5242880"):
        upload(client, server.settings, Stream(b"\0" * (5 * 1024 * 1024 + 1)), "image/png")
    assert server.uploads == []
    assert server.gone.wait(PATIENCE)


def test_a_download_in_pieces(server: FileServer) -> None:
    with wamux.Client("tujenge", **server.settings) as client:
        download = client.tujenge.download_media(media_id="300000")
        assert (download.mime_type, download.length) == (PDF, 300_000)
        assert repr(download) == "Download(mime_type=application/pdf, length=300000)"
        parts = list(download)
        assert len(parts) > 1
        assert b"".join(parts) == FILE
        # At its end it stays.
        assert (list(download), download.read()) == ([], b"")


def test_an_awaited_download_in_pieces(server: FileServer) -> None:
    async def read() -> list[bytes]:
        async with wamux.AsyncClient("tujenge", **server.settings) as client:
            download = await client.tujenge.download_media(media_id="300000")
            assert (download.mime_type, download.length) == (PDF, 300_000)
            parts = [part async for part in download]
            assert [part async for part in download] == []
            return parts

    assert b"".join(asyncio.run(read())) == FILE


@pytest.mark.parametrize("client", CLIENTS)
def test_a_download_at_once(client: str, server: FileServer) -> None:
    assert download(client, server.settings, "300000") == FILE
    assert download(client, server.settings, "300000", limit=300_000) == FILE
    with pytest.raises(wamux.ProtocolError, match="299999"):
        download(client, server.settings, "300000", limit=299_999)


def test_a_download_as_a_data_uri_and_as_a_file(server: FileServer, tmp_path: Path) -> None:
    expected = "data:application/pdf;base64," + base64.b64encode(pattern(1000)).decode()
    path = tmp_path / "saved.pdf"

    async def awaited() -> None:
        async with wamux.AsyncClient("tujenge", **server.settings) as client:
            assert await (await client.tujenge.download_media(media_id="1000")).data_uri() == expected
            async with await client.tujenge.download_media(media_id="300000") as download:
                assert await download.save(str(path)) == 300_000

    with wamux.Client("tujenge", **server.settings) as client:
        assert client.tujenge.download_media(media_id="1000").data_uri() == expected
        with client.tujenge.download_media(media_id="300000") as download:
            assert download.save(path) == 300_000
    assert path.read_bytes() == FILE
    path.unlink()
    asyncio.run(awaited())
    assert path.read_bytes() == FILE


def test_a_file_that_is_cut_is_no_file(server: FileServer, tmp_path: Path) -> None:
    with wamux.Client("tujenge", **server.settings) as client:
        for use in (
            wamux.Download.read,
            wamux.Download.data_uri,
            list,
            lambda cut: cut.save(tmp_path / "cut.pdf"),
        ):
            cut = client.tujenge.download_media(media_id="300000-cut")
            with pytest.raises(wamux.ProtocolError) as caught:
                use(cut)
            assert caught.value.gateway == "tujenge"
            with pytest.raises(RuntimeError, match="closed"):
                next(cut)
        with pytest.raises(wamux.ConfigurationError):
            client.tujenge.download_media(media_id="9").save(tmp_path / "no such folder" / "file")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("client", CLIENTS)
def test_a_file_that_is_not_there(client: str, server: FileServer) -> None:
    with pytest.raises(wamux.RejectedError) as caught:
        download(client, server.settings, "nothing")
    assert (caught.value.http_status, caught.value.code, caught.value.delivery) == (404, "1006", "not_sent")


def test_a_closed_download_is_not_read(server: FileServer) -> None:
    with wamux.Client("tujenge", **server.settings) as client:
        with client.tujenge.download_media(media_id="300000-hold") as download:
            assert next(download)
        with pytest.raises(RuntimeError, match="closed"):
            next(download)
        download.close()
        assert server.gone.wait(PATIENCE)


def test_a_download_outlives_its_client(server: FileServer) -> None:
    client = wamux.Client("tujenge", **server.settings)
    download = client.tujenge.download_media(media_id="300000-hold")
    client.close()
    server.release.set()
    assert download.read() == FILE


def test_a_cancelled_download_closes_its_connection(server: FileServer) -> None:
    async def read() -> None:
        async with wamux.AsyncClient("tujenge", **server.settings) as client:
            download = await client.tujenge.download_media(media_id="300000-hold")
            reading = asyncio.ensure_future(download.read())
            assert await asyncio.to_thread(server.arrived.wait, PATIENCE)
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
            assert await asyncio.to_thread(server.gone.wait, PATIENCE)
            with pytest.raises(RuntimeError, match="closed"):
                await download.read()

    asyncio.run(read())


def test_a_download_that_is_cancelled_when_bytes_have_come_is_closed(server: FileServer) -> None:
    async def read() -> None:
        async with wamux.AsyncClient("tujenge", **server.settings) as client:
            download = await client.tujenge.download_media(media_id="300000")
            with cancelled_when_answered(), pytest.raises(asyncio.CancelledError):
                await anext(download)
            with pytest.raises(RuntimeError, match="closed"):
                await download.read()

    asyncio.run(read())


def test_two_calls_do_not_read_one_download(server: FileServer) -> None:
    async def read() -> bytes:
        async with wamux.AsyncClient("tujenge", **server.settings) as client:
            download = await client.tujenge.download_media(media_id="300000-hold")
            reading = asyncio.ensure_future(download.read())
            # By the next turn of the loop it has begun.
            await asyncio.sleep(0)
            with pytest.raises(RuntimeError, match="another call"):
                await download.read()
            server.release.set()
            return await reading

    assert asyncio.run(read()) == FILE


def test_a_cancelled_upload_leaves_no_thread_waiting(server: FileServer) -> None:
    async def cancel() -> None:
        begun, ended = asyncio.Event(), asyncio.Event()

        async def endless() -> AsyncIterator[bytes]:
            yield b"%PDF"
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

        async with wamux.AsyncClient("tujenge", **server.settings) as client:
            uploading = asyncio.ensure_future(client.tujenge.upload_media(endless(), mime_type=PDF))
            await begun.wait()
            uploading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await uploading
            assert await asyncio.to_thread(server.gone.wait, PATIENCE)
            # What the thread waited for is given up.
            await asyncio.wait_for(ended.wait(), PATIENCE)
            assert (await client.tujenge.upload_media(Stream(FILE), mime_type=PDF)).id == "300000"

    asyncio.run(cancel())


def test_an_upload_that_ends_while_the_next_item_is_asked_for_leaves_no_thread_waiting() -> None:
    async def end() -> None:
        never = asyncio.Event()

        async def endless() -> AsyncIterator[bytes]:
            await never.wait()
            yield b""

        chunks = _coroutines._Chunks(endless())  # noqa: SLF001 - no user can time this
        submit = chunks._submit  # noqa: SLF001

        def submit_and_end(item: Any, loop: asyncio.AbstractEventLoop) -> Any:
            submitted = submit(item, loop)
            chunks.close()
            return submitted

        chunks._submit = submit_and_end  # type: ignore[assignment]  # noqa: SLF001
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(asyncio.to_thread(chunks.read, 1), PATIENCE)
        never.set()

    asyncio.run(end())


def test_a_source_that_blocks_does_not_hold_up_the_end(server: FileServer) -> None:
    program = """
import json, sys, threading
import wamux
reading = threading.Event()
class Blocked:
    def read(self, size):
        reading.set()
        threading.Event().wait()
calls = wamux.Client("tujenge", **json.loads(sys.argv[1])).tujenge
upload = lambda: calls.upload_media(Blocked(), mime_type="application/pdf")
threading.Thread(target=upload, daemon=True).start()
assert reading.wait(20)
"""
    done = run(["-c", program, json.dumps(server.settings)])
    assert (done.returncode, done.stderr) == (0, "")


def test_against_the_sandbox(sandbox: Sandbox) -> None:
    with wamux.Client("tujenge", **sandbox.settings("tujenge")) as client:
        media = client.tujenge.upload_media(FILE, mime_type=PDF)
        with client.tujenge.download_media(media_id=media.id) as download:
            assert (download.mime_type, download.read()) == (PDF, FILE)
        client.tujenge.delete_media(media_id=media.id)
        with pytest.raises(wamux.WamuxError):
            client.tujenge.download_media(media_id=media.id)


@pytest.mark.parametrize("transfer", ["upload", "download"])
@pytest.mark.parametrize("client", CLIENTS)
def test_ctrl_c_ends_a_transfer(client: str, transfer: str) -> None:
    (done,) = run_program("interrupt_transfer", client, transfer)
    assert isinstance(done, dict)
    assert done["closed"], "an interrupted transfer keeps its connection"
    # The promise is 0.2 seconds; on a busy machine the scheduler alone can take as long.
    assert done["seconds"] < 2


def test_both_sides_of_a_fork_transfer(server: FileServer) -> None:
    lines = run_program("fork_transfers", server.settings)
    assert sorted(lines, key=str) == [
        {"side": "child", "uploaded": True, "downloaded": True, "old download": "RuntimeError"},
        {"side": "parent", "uploaded": True, "downloaded": True, "old download": "read"},
    ]


@pytest.mark.slow
@pytest.mark.parametrize("client", CLIENTS)
def test_large_files_take_no_memory(client: str, server: FileServer) -> None:
    server.keeps = False
    before, after = run_program("memory_of_transfers", client, server.settings)
    assert isinstance(before, int)
    assert isinstance(after, int)
    # Kilobytes; each way has 100 MB.
    assert after - before <= 16 * 1024, (before, after)
