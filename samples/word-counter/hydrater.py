#!/usr/bin/env python3
"""A hydrater for AnyFetch without any library: counts the words of text files."""
import base64, json, os, threading, urllib.error, urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CORE = os.environ["ANYFETCH_URL"].rstrip("/")
LOGIN = f"{os.environ['ANYFETCH_EMAIL']}:{os.environ['ANYFETCH_PASSWORD']}"
URL = os.environ.get("HYDRATER_URL", "http://127.0.0.1:5091")


def call(method, url, body=None, headers=None):
    request = urllib.request.Request(url, method=method, headers={"Content-Type": "application/json", **(headers or {})})
    return urllib.request.urlopen(request, None if body is None else json.dumps(body).encode(), timeout=30)


def work(task):
    try:
        text = urllib.request.urlopen(task["file_path"], timeout=30).read().decode("utf-8", "replace")
        answer = {"metadata": {"words": len(text.split()), "summary": f"holds {len(text.split())} words"}}
    except (OSError, ValueError) as error:
        answer = {"hydration_errored": True, "hydration_error": f"HydrationError: {error}"}
    call("PATCH", task["callback"], answer)


class Hydrater(BaseHTTPRequestHandler):
    def do_POST(self):
        task = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(202)  # At once; the answer goes to the callback.
        self.end_headers()
        threading.Thread(target=work, args=(task,)).start()


server = ThreadingHTTPServer(("", int(URL.rsplit(":", 1)[1])), Hydrater)
try:
    call("POST", f"{CORE}/hydraters", {
        "url": f"{URL}/hydrate", "short_name": "word-counter", "description": "Counts words.",
        "filters": [{"metadata": {"path": "/\\.txt$/i"}, "filePath": "/^./"}],
    }, {"Authorization": "Basic " + base64.b64encode(LOGIN.encode()).decode()})
except urllib.error.HTTPError as error:
    if error.code != 409:  # It is registered already.
        raise
print("The word counter is registered and waits.", flush=True)
server.serve_forever()
