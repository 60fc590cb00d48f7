"""A slow line to a server: copies between its standard input and output and a port of this machine.

An ssh client takes it as its ``ProxyCommand``: ``python -m tests.bench.slow_line PORT BYTES_A_SECOND``.
"""

import os
import select
import socket
import sys
import time

_BYTES_AT_ONCE = 512
_BUFFER = 2048


def main() -> None:
    port, rate = map(int, sys.argv[1:])
    server = socket.socket()
    # What waits in the buffers of a fast machine would hide how slow the line is.
    server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
    server.connect(("127.0.0.1", port))
    outputs = {0: server.fileno(), server.fileno(): 1}
    while True:
        for source in select.select([*outputs], [], [])[0]:
            data = os.read(source, _BYTES_AT_ONCE)
            if not data:
                return
            while data:
                data = data[os.write(outputs[source], data) :]
            if source:
                time.sleep(_BYTES_AT_ONCE / rate)


if __name__ == "__main__":
    main()
