"""A ClickHouse server made of the chdb library, for as long as its standard input stays open: server.py LIBRARY CONFIG DATA.

The library's command line is clickhouse-local, which opens server ports on demand. The last query waits for the end of the
input, so that the server ends with the process that holds the other end, however that ends.
"""

import ctypes
import signal
import sys

QUERIES = """SYSTEM START LISTEN TCP; SYSTEM START LISTEN HTTP;
SELECT count() FROM file('stdin', 'LineAsString', 'line String')"""

library, config, data = sys.argv[1:]
arguments = ["clickhouse-local", "--config-file", config, "--path", data, "--query", QUERIES]
signal.signal(signal.SIGPIPE, signal.SIG_IGN)
ctypes.CDLL(library).chdb_query_cmdline(
    len(arguments), (ctypes.c_char_p * len(arguments))(*map(str.encode, arguments))
)
