"""Writes the memory of this process, in kilobytes, before and after ten thousand uses of each kind."""

import resource
from contextlib import suppress

import wamux
from wamux import message as m

GOOD = m.TextMessage(to="+79034567890", text="Hi", from_="MyCompany", callback=m.Callback(data="17"))
BAD = {"to": "12", "type": "text", "text": {"body": "", "colour": object()}}


def use(times: int) -> None:
    for _ in range(times):
        wamux.build_request("devino-v2", GOOD)
        wamux.build_request("devino-v2", GOOD.to_dict())
        with suppress(wamux.ValidationError):
            wamux.build_request("devino-v2", BAD)
        wamux.parse_webhook("rapporto", '[{"mtNum": "107931706", "status": 9}]')
        wamux.parse_response("devino-v2", "<html>", status=504)
        wamux.normalize_phone("+79034567890")
        repr(m.TextMessage(to="+79034567890", text="Hi"))


def resident() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    use(500)
    print(resident())
    use(10_000)
    print(resident())
