"""Web addresses: what cannot be kept is said, what must not be shown is not."""

import pytest

from kg.addresses import fault_of, redacted

FAULTS = {
    "https://example.org/a": None,
    "http://[::1/a": "is broken",
    "https://example.org:99999/a": "is broken",
    "ftp://example.org/a": "is not of the web (http or https)",
    "https:///a": "has no host",
    "https://example.org/" + "a" * 2000: "has more than 2,000 characters",
    "https://example.org/a b": "has a blank or a sign that no address has",
}


@pytest.mark.parametrize("url", FAULTS)
def test_why_an_address_cannot_be_kept_is_said(url):
    assert fault_of(url) == FAULTS[url]


def test_an_address_that_cannot_be_read_is_not_shown():
    assert redacted("http://me:secret@[::1/a") == "an address that cannot be read"
