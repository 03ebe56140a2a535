"""The statements of one request, from the log of PostgreSQL, as `floor` reads them.

statements.py OPERATION RESPONSE <LOG: the id and the code that a mutation has made vary in the floor's requests too.
"""
import json
import re
import sys

operation, response = sys.argv[1], json.loads(sys.argv[2])
made, moment = {}, None
for value in response.get("data", {}).values():
    if operation.endswith("save") and isinstance(value, dict):
        made = {value["metadata"]["id"]: "@uuid1", value["customerOsId"]: "@code"}
        # What else was made at that moment begins with the same milliseconds.
        moment = value["metadata"]["id"][:8]
statements = []
executed = None
for line in sys.stdin:
    if "LOG:  " in line:
        # Parsing and binding are logged too.
        executed = re.search(r"LOG:  (?:duration: .*? )?(?:execute [^:]*|statement): (.*)", line)
        if executed:
            statements.append([executed.group(1).rstrip("\n")])
        continue
    detail = re.search(r"DETAIL:  parameters: (.*)", line)
    if detail and executed:
        for value in re.finditer(r"\$\d+ = (NULL|'((?:[^']|'')*)')", detail.group(1)):
            text = "\\N" if value.group(1) == "NULL" else value.group(2).replace("''", "'")
            for known in re.findall(f"{moment}-[0-9a-f-]{{27}}", text) if moment else []:
                made.setdefault(known, "@uuid2")
            for known, place in made.items():
                text = text.replace(known, place)
            statements[-1].append(text)
for statement in statements:
    print(operation.split("-")[0], *statement, sep="\t")
