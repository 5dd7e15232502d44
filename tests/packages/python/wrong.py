"""Each line with a mark is an error, for every type checker or for the one that is named."""

from iana import http_field, http_status

http_status.NOT_FOUND = 405  # wrong, says mypy
http_status.NO_SUCH_NAME  # wrong
text: str = http_status.text(404)  # wrong
http_status.text("404")  # wrong
http_field.canonical(404)  # wrong
http_status.names()["OK"] = 201  # wrong
if http_status.status(404) == "asigned":  # wrong
    pass
