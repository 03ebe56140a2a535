"""Takes GraphiQL, React and the licence out of a wheel (argument 1) into a folder (argument 2). Called by scripts/setup."""

import sys
import zipfile
from pathlib import Path

NAMES = {
    "dagster_webserver/graphiql/": ["graphiql.min.css", "graphiql.min.js", "react-dom.production.min.js", "react.production.min.js"],
    "dagster_webserver-1.13.27.dist-info/licenses/": ["LICENSE"],
}

wheel, folder = sys.argv[1], Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
with zipfile.ZipFile(wheel) as archive:
    for place, names in NAMES.items():
        for name in names:
            (folder / name).write_bytes(archive.read(place + name))
