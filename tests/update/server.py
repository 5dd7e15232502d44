#!/usr/bin/env python3
"""A server on loopback that answers as IANA's does, and in every way that a network can go wrong.

As a program: server.py [FOLDER] serves the newest XML of each group in a folder of snapshots,
GROUP/DATE.xml, and prints the address that `make update` takes as IANA in the environment.
"""
import datetime
import email.utils
import hashlib
import http.server
import socket
import ssl
import sys
import threading
import time
from pathlib import Path

PORTAL = b'<!DOCTYPE html>\n<html><head><title>Log in</title></head><body>Welcome</body></html>\n'
OTHER = b'<?xml version="1.0"?>\n<!-- no registry -->\n<feed xmlns="http://www.w3.org/2005/Atom"/>\n'
WHEN = email.utils.format_datetime(datetime.datetime(2026, 8, 21, tzinfo=datetime.timezone.utc),
                                   usegmt=True)


class Handler(http.server.BaseHTTPRequestHandler):
    """One request: the file, or what Server.ways tells for its path."""
    protocol_version = 'HTTP/1.1'

    def log_message(self, *args):  # pylint: disable=arguments-differ
        """Nothing on standard error."""

    def answer(self, status, body=b'', **headers):
        """One whole answer; length=False leaves its length out, another number is told instead."""
        length = headers.pop('length', len(body))
        self.server.owner.seen.append((self.path, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), value)
        if length is not False:
            self.send_header('Content-Length', str(length))
        if length != len(body):
            self.send_header('Connection', 'close')
            self.close_connection = True
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):  # pylint: disable=invalid-name
        """Answer in the way that is set."""
        owner = self.server.owner
        owner.requests.append((self.path, dict(self.headers)))
        body = owner.files.get(self.path)
        way = owner.ways.get(self.path, owner.way)
        try:
            getattr(self, 'way_' + way)(body)
        except (BrokenPipeError, ConnectionError, ssl.SSLError):
            self.close_connection = True

    def way_file(self, body, etag=True, modified=True):
        """What a good server does."""
        if body is None:
            self.answer(404, b'Not Found\n')
            return
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {'Content_Type': 'text/xml; charset=UTF-8'}
        if etag:
            headers['ETag'] = tag
        if modified:
            headers['Last_Modified'] = self.server.owner.modified
        if etag and 'If-None-Match' in self.headers:
            same = self.headers['If-None-Match'] == tag
        else:
            same = modified and self.headers['If-Modified-Since'] == headers['Last_Modified']
        if same:
            headers['length'] = 0 if etag else False
            self.answer(304, **headers)
        else:
            self.answer(200, body, **headers)

    def way_etag(self, body):
        """No Last-Modified."""
        self.way_file(body, modified=False)

    def way_modified(self, body):
        """No ETag."""
        self.way_file(body, etag=False)

    def way_bare(self, body):
        """Neither: every answer is whole."""
        self.way_file(body, etag=False, modified=False)

    def way_strange(self, body):
        """An ETag that holds what a shell might take for its own."""
        self.answer(304 if 'If-None-Match' in self.headers else 200,
                    b'' if 'If-None-Match' in self.headers else body,
                    ETag='W/"$(touch hacked) `touch hacked` \\\' * ; -o hacked"')

    def way_unasked(self, _):
        """304 to one who has nothing."""
        self.answer(304)

    def way_404(self, _):
        """It is gone."""
        self.answer(404, PORTAL, Content_Type='text/html')

    def way_500(self, _):
        """The server has failed."""
        self.answer(500, b'oops\n')

    def way_403(self, _):
        """Somebody between does not allow it."""
        self.answer(403, PORTAL, Content_Type='text/html')

    def way_portal(self, _):
        """Another page in its place: a captive portal."""
        self.answer(200, PORTAL, Content_Type='text/html')

    def way_other(self, _):
        """XML, but another's."""
        self.answer(200, OTHER, Content_Type='text/xml')

    def way_binary(self, _):
        """Bytes that are no text."""
        self.answer(200, bytes(range(256)) * 20, Content_Type='text/xml')

    def way_plain(self, _):
        """Text, which a CSV could be."""
        self.answer(200, b'Value,Description\r\n1,One\r\n')

    def way_empty(self, _):
        """Nothing, with 200."""
        self.answer(200, b'', Content_Type='text/xml')

    def way_cut(self, body):
        """The connection ends before the body does."""
        self.answer(200, body[:len(body) // 2], length=len(body))

    def way_cutplain(self, body):
        """The same, where the end of the connection is the end of the body."""
        self.answer(200, body[:len(body) // 2], length=False)

    def way_cutchunks(self, body):
        """The same in chunks."""
        self.answer(200, b'%x\r\n' % len(body) + body[:len(body) // 2], length=False,
                    Transfer_Encoding='chunked')

    def way_garbage(self, _):
        """No HTTP at all."""
        self.wfile.write(b'SSH-2.0-OpenSSH_9.2\r\n' * 3)
        self.close_connection = True

    def way_huge(self, body):
        """More than anybody wants, and it says so."""
        self.answer(200, body, length=1 << 40)

    def way_endless(self, body):
        """More than anybody wants, and it does not say so."""
        self.answer(200, body, length=False)
        block = b'<!-- -->' * (1 << 14)
        for _ in range(1 << 12):
            self.wfile.write(block)

    def way_hang(self, _):
        """No answer."""
        self.server.owner.closing.wait()
        self.close_connection = True

    def way_stall(self, body):
        """An answer that stops."""
        self.answer(200, body[:100], length=len(body))
        self.wfile.flush()
        self.server.owner.closing.wait()

    def way_trickle(self, body):
        """An answer that takes hours."""
        self.answer(200, body[:1], length=1 << 20)
        while not self.server.owner.closing.wait(0.25):
            self.wfile.write(b' ')

    def way_long(self, body):
        """An answer that comes steadily, and takes minutes."""
        self.answer(200, body[:1], length=1 << 24)
        while not self.server.owner.closing.wait(0.1):
            self.wfile.write(b' ' * 1000)

    def redirect(self, address):
        """Say that it is elsewhere."""
        self.answer(302, b'', Location=address)

    def way_tohttp(self, _):
        """It is elsewhere, for all to see."""
        self.redirect(self.server.owner.elsewhere + self.path)

    def way_tofile(self, _):
        """It is on the asker's own disk."""
        self.redirect('file:///etc/passwd')

    def way_loop(self, _):
        """It is here."""
        self.redirect(self.path)

    def way_moved(self, _):
        """It is in another place here."""
        self.redirect(self.path + '.moved')


class Listener(http.server.ThreadingHTTPServer):
    """A listener that says nothing of clients that go away."""
    daemon_threads = True
    owner = None

    def handle_error(self, request, client_address):
        pass


class Server:
    """Files by their path, and the way to answer for each."""

    def __init__(self, files, certificate=None):
        self.files = files
        self.way = 'file'
        self.ways = {}
        self.requests, self.seen = [], []  # (path, headers), (path, status)
        self.modified = WHEN
        self.elsewhere = 'http://127.0.0.1'
        self.closing = threading.Event()
        self.listener = Listener(('127.0.0.1', 0), Handler)
        self.listener.owner = self
        scheme = 'http'
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.listener.socket = context.wrap_socket(self.listener.socket, server_side=True,
                                                       do_handshake_on_connect=False)
            scheme = 'https'
        self.address = f'{scheme}://127.0.0.1:{self.listener.server_address[1]}'
        self.base = self.address + '/assignments'
        threading.Thread(target=self.listener.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closing.set()
        self.listener.shutdown()
        self.listener.server_close()


def closed():
    """An address on loopback where nobody listens."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return f'http://127.0.0.1:{probe.getsockname()[1]}/assignments'


def newest(folder):
    """The newest XML of each group in a folder of snapshots, by the path of its address."""
    return {f'/assignments/{group.name}/{group.name}.xml': max(group.glob('*.xml')).read_bytes()
            for group in Path(folder).iterdir() if any(group.glob('*.xml'))}


def main():
    """Serve until interrupted."""
    folder = sys.argv[1] if len(sys.argv) > 1 else '../shared/iana'
    with Server(newest(folder)) as server:
        print(f'IANA={server.base}', flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            pass


if __name__ == '__main__':
    main()
