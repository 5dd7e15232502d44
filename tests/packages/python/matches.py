"""Constants are what `match` compares with, which Python has from 3.10 on."""

from iana import http_field, http_status


def told(code: int) -> str:
    match code:
        case http_status.OK | http_status.NO_CONTENT:
            return "done"
        case http_status.NOT_FOUND:
            return "not there"
        case _ if http_status.is_server_error(code):
            return "broken"
        case _:
            return "something"


def named(field: str) -> bool:
    match http_field.canonical(field):
        case http_field.CONTENT_TYPE | http_field.CONTENT_LENGTH:
            return True
        case _:
            return False


assert [told(code) for code in (200, 204, 404, 599, 1000)] == ["done", "done", "not there", "broken", "something"]
assert named("content-type")
assert not named("accept")
