"""Who is let in: hosts, origins, methods, sizes; and what every answer carries."""

import http.client

import pytest
from served import serving
from starlette.datastructures import Headers

from kg.web.fence import CSP, MAX_BODY, MAX_URL, is_foreign, is_known

ASK = "/sparql?query=ASK%7B%7D"
ROWS = {"Accept": "application/sparql-results+json"}


@pytest.fixture(scope="module")
def served(built):
    with serving(built, host="kg.example") as found:
        yield found


@pytest.mark.parametrize(
    ("host", "listening", "known"),
    [
        ("localhost", "127.0.0.1", True),
        ("localhost:8000", "127.0.0.1", True),
        ("LOCALHOST", "127.0.0.1", True),
        ("127.0.0.1:1", "127.0.0.1", True),
        ("[::1]:8000", "127.0.0.1", True),
        ("[::1]", "::1", True),
        ("kg.example:80", "kg.example", True),
        ("kg.example", "127.0.0.1", False),
        ("evil.example", "127.0.0.1", False),
        ("localhost.evil.example", "127.0.0.1", False),
        ("127.0.0.1.evil.example", "127.0.0.1", False),
        ("evil.example", "0.0.0.0", False),
        ("192.168.1.7:8000", "0.0.0.0", True),
        ("[fe80::1]:8000", "::", True),
        ("192.168.1.7:8000", "127.0.0.1", False),
        ("", "127.0.0.1", False),
        ("localhost@evil.example", "127.0.0.1", False),
        ("localhost:80:80", "127.0.0.1", False),
        ("local host", "127.0.0.1", False),
    ],
)
def test_which_hosts_are_ours(host, listening, known):
    assert is_known(host, listening) is known


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({}, False),
        ({"origin": "http://localhost:8000"}, False),
        ({"origin": "http://LOCALHOST:8000"}, False),
        ({"origin": "http://localhost:9000"}, True),
        ({"origin": "https://evil.example"}, True),
        ({"origin": "null"}, True),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, True),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, True),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, False),
        ({"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, False),
    ],
)
def test_which_requests_are_made_by_pages_of_others(headers, foreign):
    assert is_foreign(Headers({"host": "localhost:8000", **headers})) is foreign


def test_a_request_under_another_name_is_turned_away(served):
    refused = served.get(ASK, Host="evil.example")
    assert (refused.status, refused.json()["error"]) == (421, "Wrong host")
    assert served.ask("GET", ASK, headers={"Host": None}).status in {400, 421}
    assert served.get(ASK, Host="kg.example", **ROWS).status == 200


def test_a_page_of_another_site_gets_nothing_and_no_leave_to_read(served):
    preflight = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answers = [
        served.get(ASK, Origin="https://evil.example"),
        served.ask("POST", "/sparql", b"query=ASK%7B%7D", {"Origin": "https://evil.example"}),
        served.ask("OPTIONS", "/sparql", headers=preflight),
        served.ask("OPTIONS", "/sparql"),
        served.get(ASK, Origin="null"),
    ]
    assert [each.status for each in answers] == [403, 403, 403, 405, 403]
    assert not [
        name for each in answers for name in each.headers if name.lower().startswith("access-control")
    ]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_only_reading_methods_are_known(served, method):
    refused = served.ask(method, "/sparql")
    assert refused.status == 405
    assert refused.headers["allow"] == "GET, HEAD, POST"


def test_nothing_but_queries_can_be_posted(served):
    assert served.ask("POST", "/health", b"").status == 405


def test_head_gives_the_headers_alone(served):
    whole = served.get("/health")
    head = served.ask("HEAD", "/health")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.body))


@pytest.mark.parametrize(
    "path", [ASK, "/sparql", "/health", "/static/site.css", "/nothing", "/sparql?query=x"]
)
def test_every_answer_carries_the_headers_that_protect_its_reader(served, path):
    headers = served.get(path).headers
    assert headers["content-security-policy"] == CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["server"] is None


def test_the_policy_lets_nothing_in_from_elsewhere():
    rules = dict(rule.strip().split(" ", 1) for rule in CSP.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    allowed = {source for sources in rules.values() for source in sources.split()}
    assert allowed == {"'none'", "'self'", "data:"}


def test_a_long_address_is_refused(served):
    refused = served.get("/sparql?query=" + "x" * MAX_URL)
    assert (refused.status, refused.json()["error"]) == (414, "Too long an address")


def test_a_large_body_is_refused_by_its_length_before_it_is_sent(served):
    refused = served.ask("POST", "/sparql", b"", {"Content-Length": str(MAX_BODY + 1)})
    assert refused.status == 413


def test_a_large_body_that_does_not_say_so_is_refused_on_the_way(served):
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    try:
        connection.putrequest("POST", "/sparql")
        connection.putheader("Transfer-Encoding", "chunked")
        connection.putheader("Content-Type", "application/sparql-query")
        connection.endheaders()
        for _ in range(MAX_BODY // 65536 + 1):
            connection.send(chunk)
        response = connection.getresponse()
        assert response.status == 413
    finally:
        connection.close()


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "9" * 400])
def test_a_length_that_is_none_is_refused(served, length):
    assert served.ask("POST", "/sparql", b"", {"Content-Length": length}).status in {400, 413}


def test_errors_are_pages_for_people_and_json_for_programs(served):
    page = served.get("/%3Cscript%3E", accept="text/html")
    assert (page.status, page.kind) == (404, "text/html")
    assert b"<script>" not in page.body
    told = served.get("/nothing", accept="*/*")
    assert (told.status, told.kind, told.json()["error"]) == (404, "application/json", "Not found")


def test_what_an_error_quotes_is_escaped(served):
    kind = {"Accept": "text/html, */*", "Content-Type": "application/sparql-query"}
    page = served.ask("POST", "/sparql", b"<script>alert(1)</script>", kind)
    assert (page.status, page.kind) == (400, "text/html")
    assert b"does not parse" in page.body
    assert b"<script>" not in page.body


def test_a_bug_is_told_without_a_traceback(served, monkeypatch, capsys):
    def break_down(self):
        raise ZeroDivisionError("secret/place")

    monkeypatch.setattr("kg.web.site.Site.version", break_down)
    answer = served.get("/health")
    assert (answer.status, answer.json()["error"]) == (500, "Our mistake")
    assert b"secret" not in answer.body
    assert b"Traceback" not in answer.body
    said = capsys.readouterr().err
    assert "unexpected ZeroDivisionError at /health" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/"]
)
def test_no_file_outside_of_its_folder_is_given(served, path):
    assert served.get(path).status == 404
