"""What tests need: every gateway on loopback.

>>> from wamux import Client, TimeoutError
>>> from wamux.testing import Sandbox
>>> with Sandbox() as sandbox:
...     client = Client("devino-v2", **sandbox.settings("devino-v2"), timeout=0.2)
...     sandbox.inject("delay", seconds=5)
...     try:
...         client.send(to="8 (903) 456-78-90", text="Code: 1234")
...     except TimeoutError as error:
...         print(error.delivery)
unknown
"""

from wamux._native import Counts, Sandbox, StoredMessage

__all__ = ["Counts", "Sandbox", "StoredMessage"]
