"""A program that depends on the package as it is installed. Type checkers see whether its assertions of types hold."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import iana
from iana import Reference, Status, http2_frame, http_field, http_method, http_status, http_status_unofficial, websocket_close

if TYPE_CHECKING:
    from typing import Literal, Optional

    from typing_extensions import assert_type

    assert_type(http_status.NOT_FOUND, Literal[404])
    assert_type(http_field.CONTENT_TYPE, Literal["Content-Type"])
    assert_type(http_status.PAYLOAD_TOO_LARGE, Literal[413])
    assert_type(http_status.text(404), Optional[str])
    assert_type(http_status.status(404), Optional[Status])
    assert_type(http_method.status("GET"), Status)
    assert_type(http_status.from_name("OK"), Optional[int])
    assert_type(http_field.from_name("ACCEPT"), Optional[str])
    assert_type(http_status.references(404), tuple[Reference, ...])
    assert_type(http_status.cacheable(404), bool)
    assert_type(http_status.is_success(204), bool)
    assert_type(http_status_unofficial.origin(444), Optional[str])

not_found: Literal[404] = http_status.NOT_FOUND


def kind(code: int) -> Status:
    return http_status.status(code) or "unassigned"


def main() -> None:
    assert Path(iana.__file__).with_name("py.typed").is_file()
    assert http_status.text(not_found) == "Not Found"
    assert http_status.text(999) is None
    assert http_status.text(HTTPStatus.NOT_FOUND) == HTTPStatus.NOT_FOUND.phrase
    assert {kind(code) for code in range(1000)} <= set(get_args(Status))
    assert http_status.names()["NOT_FOUND"] == http_status.from_name("NOT_FOUND") == 404
    label, title, url = http_status.references(404)[0]
    assert label == "RFC 9110, Section 15.5.5"
    assert title == "HTTP Semantics"
    assert url == "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5"
    assert http_field.canonical("content-TYPE") == http_field.CONTENT_TYPE == "Content-Type"
    assert http_field.canonical("content-type\u212a") is None
    assert http_method.canonical("get") is None
    assert http_method.safe("GET")
    assert http2_frame.SETTINGS == 4
    assert websocket_close.is_application(3999)
    assert not websocket_close.is_application(4000)
    assert sorted(http_status.values()) == list(http_status.values())


if __name__ == "__main__":
    main()
