#!/usr/bin/env python3
"""A provider for AnyFetch without any library: sends the items of JSON feeds (https://jsonfeed.org)."""
import html, json, os, secrets, sqlite3, threading, time, urllib.error, urllib.parse, urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

URL = os.environ.get("PROVIDER_URL", "http://127.0.0.1:5092").rstrip("/")
MANAGER = os.environ["MANAGER_URL"].rstrip("/")
API = os.environ["API_URL"].rstrip("/")
APPLICATION = {"client_id": os.environ["ANYFETCH_API_ID"], "client_secret": os.environ["ANYFETCH_API_SECRET"]}
ATTEMPTS_MAX, FEED_BYTES_MAX, SESSIONS_MAX = 8, 50_000_000, 1_000

db = sqlite3.connect(os.environ.get("STATE", "feed-provider.db"), check_same_thread=False, isolation_level=None)
db.execute("CREATE TABLE IF NOT EXISTS accounts (token TEXT PRIMARY KEY, url TEXT, is_first INT, is_running INT)")
db.execute("CREATE TABLE IF NOT EXISTS sent (token TEXT, id TEXT, version TEXT, PRIMARY KEY (token, id))")
lock = threading.RLock()  # of the database and of what follows
sessions, runs = {}, {}  # what a browser is connecting; the thread of each account's run and the event that stops it


def sql(text, *values):
    with lock:
        return db.execute(text, values).fetchall()


def call(method, url, body, token=None, is_form=False, stop=threading.Event()):
    """One request; the status, also of a refusal. A platform that is busy is asked again when it says so."""
    data = urllib.parse.urlencode(body) if is_form else json.dumps(body)
    kind = "application/x-www-form-urlencoded" if is_form else "application/json"
    headers = {"Content-Type": kind, **({"Authorization": f"Bearer {token}"} if token else {})}
    for attempt in range(1, ATTEMPTS_MAX + 1):
        wait = min(2 ** attempt, 60)
        try:
            request = urllib.request.Request(url, data.encode(), headers, method=method)
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, json.loads(reply.read() or b"null")
        except urllib.error.HTTPError as refusal:
            if refusal.code not in (429, 500, 502, 503, 504) or attempt == ATTEMPTS_MAX:
                return refusal.code, None
            asked = refusal.headers.get("Retry-After", "")
            wait = min(int(asked), 3600) if asked.isdigit() else wait
        except OSError:
            if attempt == ATTEMPTS_MAX:
                raise
        if stop.wait(wait):
            raise OSError("stopped")


def run(token, api, stop):
    """Sends what is new or changed, then takes away what the feed has no more. Nothing is remembered before it was taken."""
    began = time.monotonic()
    try:
        (url, is_first), = sql("SELECT url, is_first FROM accounts WHERE token = ?", token)
        with urllib.request.urlopen(url, timeout=60) as feed:
            items = {str(item["id"]): item for item in json.loads(feed.read(FEED_BYTES_MAX))["items"]}
        known = dict(sql("SELECT id, version FROM sent WHERE token = ?", token))
        for name, item in items.items():
            version = str(item.get("date_modified") or item.get("date_published") or json.dumps(item, sort_keys=True))
            if known.get(name) == version:
                continue
            document = {
                "identifier": name, "document_type": "document", "user_access": [token],
                "metadata": {"title": item.get("title"), "text": item.get("content_text")},
                "creation_date": item.get("date_published"), "actions": {"show": item["url"]} if item.get("url") else {},
            }
            if stop.is_set():
                return
            status, _ = call("POST", api + "/documents", {k: v for k, v in document.items() if v}, token, stop=stop)
            if status < 400 or status == 410:
                sql("INSERT OR REPLACE INTO sent VALUES (?, ?, ?)", token, name, version)
        for name in known.keys() - items.keys():
            if stop.is_set():
                return
            place = f"{api}/documents/identifier/{urllib.parse.quote(name, safe='')}"
            status, _ = call("DELETE", place, None, token, stop=stop)
            if status < 400 or status in (404, 410):
                sql("DELETE FROM sent WHERE token = ? AND id = ?", token, name)
        spent = int((time.monotonic() - began) * 1000)
        report = {"is_first": bool(is_first), "time_spent_on_queue": 0, "time_spent_on_tasks": spent, "total_time_spent": spent}
        with lock:
            if stop.is_set():
                return
            del runs[token]
            sql("UPDATE accounts SET is_first = 0, is_running = 0 WHERE token = ?", token)
        call("POST", api + "/track/provider-updated", report, token)
    except (OSError, ValueError, KeyError, TypeError) as failure:
        print(f"A run failed: {failure}", flush=True)
    finally:
        with lock:
            if runs.get(token, (None, None))[1] is stop:
                del runs[token]


def start(token):
    """Begins a run, which waits for the former one's last request."""
    with lock:
        former, stop = halt(token), threading.Event()
        thread = threading.Thread(target=lambda: (former and former.join(), run(token, API, stop)), daemon=True)
        runs[token] = (thread, stop)
        sql("UPDATE accounts SET is_running = 1 WHERE token = ?", token)
        thread.start()


def halt(token):
    """Tells the account's run to stop; returns its thread, or None."""
    with lock:
        thread, stop = runs.pop(token, (None, None))
        if stop:
            stop.set()
        return thread


class Provider(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass  # Addresses hold tokens.

    def answer(self, status, body=None, kind="application/json", **headers):
        data = b"" if body is None else (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        always = {"Content-Type": kind, "Content-Length": str(len(data)), "Connection": "close", "Referrer-Policy": "no-referrer"}
        for name, value in {**always, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def missing(self, name):
        self.answer(409, {"code": "MissingParameter", "message": f"Missing parameter: {name}"})

    def back(self, target, **result):
        """To the manager, whoever asked for another place."""
        to = urllib.parse.urlsplit(target or MANAGER + "/connect")
        if (to.scheme, to.netloc) != urllib.parse.urlsplit(MANAGER)[:2]:
            to = urllib.parse.urlsplit(MANAGER + "/connect")
        query = "&".join(filter(None, [to.query, urllib.parse.urlencode(result)]))
        self.answer(302, Location=to._replace(query=query).geturl())

    def handle_request(self):
        address = urllib.parse.urlsplit(self.path)
        length = min(int(self.headers.get("Content-Length") or 0), 1_000_000)
        sent = self.rfile.read(length).decode() if length else ""
        values = dict(urllib.parse.parse_qsl(address.query) + urllib.parse.parse_qsl(sent))
        route = (self.command, address.path)
        if route == ("GET", "/status"):
            with lock:
                self.answer(200, {"users": {"pending": 0, "processing": len(runs)}, "pending_queues": [], "pending_documents": 0})
        elif route == ("GET", "/init/connect"):
            self.connect(values)
        elif route == ("GET", "/init/callback"):
            self.callback(values)
        elif route in (("POST", "/update"), ("DELETE", "/token"), ("DELETE", "/token/reset")):
            token = values.get("access_token")
            if not token:
                self.missing("access_token")
            elif not sql("SELECT 1 FROM accounts WHERE token = ?", token):
                self.answer(404, {"code": "ResourceNotFound", "message": "There is no such account."})
            else:
                self.change(route, token, values)
        else:
            self.answer(404, {"code": "ResourceNotFound", "message": "There is nothing here."})

    do_GET = do_POST = do_DELETE = handle_request

    def connect(self, values):
        if not values.get("code") and not values.get("anyfetch_token"):
            self.missing("code")
            return
        state = secrets.token_urlsafe(24)
        with lock:
            sessions[state] = values
            while len(sessions) > SESSIONS_MAX:
                del sessions[next(iter(sessions))]
        self.answer(200, f"""<!doctype html><title>Connect a feed</title><form action="{html.escape(URL)}/init/callback">
            <input type="hidden" name="state" value="{state}"><label>Feed address <input name="url" type="url" required></label>
            <button>Connect</button></form>""", "text/html; charset=utf-8")

    def callback(self, values):
        with lock:
            session = sessions.pop(values.get("state"), None)
        if session is None:
            self.back(None, state="danger", message="This connection is over. Please begin again.")
            return
        token, url = session.get("anyfetch_token"), values.get("url", "")
        if not url.startswith(("http://", "https://")):
            self.back(session.get("return_to"), state="danger", message="This is no address of a feed.")
            return
        if not token:
            form = {**APPLICATION, "code": session["code"], "grant_type": "authorization_code", "redirect_uri": URL + "/init/callback"}
            status, reply = call("POST", MANAGER + "/oauth/access_token", form, is_form=True)
            if status >= 400:
                self.back(session.get("return_to"), state="danger", message="AnyFetch did not take the code.")
                return
            token = reply["access_token"]
            call("POST", MANAGER + "/access_token/account_name", {"access_token": token, "account_name": url}, token)
        sql("INSERT INTO accounts VALUES (?, ?, 1, 0) ON CONFLICT (token) DO UPDATE SET url = excluded.url", token, url)
        threading.Thread(target=call, args=("POST", API + "/user/update", {}, token), daemon=True).start()
        self.back(session.get("return_to"), state="success")

    def change(self, route, token, values):
        if route == ("POST", "/update"):
            with lock:
                is_pending = token in runs and values.get("force") not in ("1", "true")
                if not is_pending:
                    start(token)
            self.answer(204 if is_pending else 202)
            return
        if thread := halt(token):
            thread.join(60)  # Nothing is sent after the answer.
        sql("DELETE FROM sent WHERE token = ?", token)
        sql("DELETE FROM accounts WHERE token = ?" if route[1] == "/token"
            else "UPDATE accounts SET is_first = 1, is_running = 0 WHERE token = ?", token)
        self.answer(204)


for (interrupted,) in sql("SELECT token FROM accounts WHERE is_running = 1"):
    start(interrupted)
place = urllib.parse.urlsplit(URL)
ThreadingHTTPServer((place.hostname, place.port or 80), Provider).serve_forever()
