"""The Python peers: reads one request on stdin, answers with operations per second as JSON.

A request is `{"phones": [...], "schema": {...}, "payloads": {name: {...}}, "seconds": s}`.
"""

import json
import sys

import jsonschema_rs
import orjson
import phonenumbers

from timing import per_second


def main():
    request = json.load(sys.stdin)
    seconds = request["seconds"]
    phones = request["phones"]

    def read_phones():
        for phone in phones:
            number = phonenumbers.parse(phone, None)
            phonenumbers.is_valid_number(number)
            phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    rates = {"phone": per_second(read_phones, len(phones), seconds)}
    validator = jsonschema_rs.validator_for(request["schema"])
    for name, payload in request["payloads"].items():

        def check():
            for _ in range(1000):
                assert validator.is_valid(payload)
                orjson.dumps(payload)

        rates[name] = per_second(check, 1000, seconds)
    json.dump(rates, sys.stdout)


if __name__ == "__main__":
    main()
