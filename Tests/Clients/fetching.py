"""A large query for each root field of the server, and the same data behind graphql-core's executor."""

import json
from dataclasses import dataclass, field

from graphql import (
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    execute,
    get_named_type,
    is_leaf_type,
    is_object_type,
    is_required_argument,
    parse,
    visit,
)
from graphql.execution import get_argument_values

# Arguments to ask with, by coordinate; without an entry a field is asked without arguments, or not at all when it needs some.
_ID = '"01900000-000{}-7000-8000-{:012}"'
ARGUMENTS = {
    "Query.organization": [f"id: {_ID.format(0, number)}" for number in (1, 2, 3)] + ['id: "no-such-id"'],
    "Query.contact": [f"id: {_ID.format(1, number)}" for number in (1, 7)] + ['id: "no-such-id"'],
    "Query.opportunity": [f"id: {_ID.format(3, number)}" for number in (1, 15)],
    "Query.contact_ByEmail": ['email: "buyer@example.com"', 'email: "nobody@example.com"'],
    "Query.organization_ByLinkedIn": ['linkedInUrl: "https://www.linkedin.com/company/none"'],
    "Query.user": [f"id: {_ID.format(2, 1)}"],
    "Query.tags_ByEntityType": ["entityType: ORGANIZATION"],
    "Query.organizations": ["pagination: {page: 1, limit: 5}", "pagination: {page: 2, limit: 3}, sort: [{by: \"NAME\", direction: DESC}]"],
    "Query.contacts": ["", "pagination: {page: 0, limit: 4}, sort: [{by: \"LAST_NAME\"}]"],
    "Query.opportunities_LinkedToOrganizations": ["pagination: {page: 1, limit: 6}"],
}
DEPTH = 4
TOKENS = 14_000


@dataclass
class Selected:
    """A field of a large query: what may be selected of it is what was."""

    key: str
    name: str
    arguments: str
    type: object
    selections: list = field(default_factory=list)

    def tokens(self):
        """About how many tokens it takes."""
        return 2 + 4 * len(self.arguments.split()) + sum(one.tokens() for one in self.selections) + (2 if self.selections else 0)

    def text(self):
        """Its text in a large query."""
        alias = f"{self.key}: " if self.key != self.name else ""
        arguments = f"({self.arguments})" if self.arguments else ""
        selections = " {" + " ".join(["__typename", *(one.text() for one in self.selections)]) + "}" if self.selections else ""
        return alias + self.name + arguments + selections


def everything(schema):
    """The root fields to fetch, each as deep as the tokens of a document allow."""
    fields = []
    for name, definition in schema.query_type.fields.items():
        for number, arguments in enumerate(_arguments("Query", name, definition)):
            key = f"{name}_{number}" if arguments else name
            one = Selected(key, name, arguments, definition.type, _below(definition, DEPTH, ("Query",)))
            while one.tokens() > TOKENS:
                _cut(one)
            fields.append(one)
    return fields


def _arguments(parent, name, definition):
    given = ARGUMENTS.get(f"{parent}.{name}")
    if given:
        return given
    return [] if any(is_required_argument(one) for one in definition.args.values()) else [""]


def _below(definition, depth, path):
    type = get_named_type(definition.type)
    if is_leaf_type(type) or not is_object_type(type):
        return []
    fields = []
    for name, inner in type.fields.items():
        named = get_named_type(inner.type)
        if not is_leaf_type(named) and (depth <= 1 or named.name in path or not is_object_type(named)):
            continue
        for arguments in _arguments(type.name, name, inner):
            # What only leads to more lists costs no depth of its own.
            selections = _below(inner, depth - (0 if name == "content" else 1), (*path, type.name))
            if is_leaf_type(named) or selections:
                fields.append(Selected(name, name, arguments, inner.type, selections))
    return fields


def _cut(field):
    """Leaves out the deepest objects of a field."""

    def prune(one, depth):
        if depth == 0:
            one.selections = [inner for inner in one.selections if not inner.selections]
        for inner in one.selections:
            if inner.selections:
                prune(inner, depth - 1)
        one.selections = [inner for inner in one.selections if inner.selections or is_leaf_type(get_named_type(inner.type))]

    prune(field, _height(field) - 2)


def _height(one):
    return 1 + max((_height(inner) for inner in one.selections if inner.selections), default=0)


class Fetched:
    """The data of the large queries, and graphql-core's executor over it."""

    def __init__(self, schema, server):
        self.schema = schema
        self.fields = everything(schema)
        self.bytes = 0
        self._data = {"__typename": "Query"}
        for one in self.fields:
            status, body = server.post("{ " + one.text() + " }")
            answer = json.loads(body)
            if status != 200 or "errors" in answer:
                raise RuntimeError(f"The query for {one.key} failed ({status}): {body[:2000]}")
            self.bytes += len(body)
            self._data.update(answer["data"])
        self._keys = self._keys_by_arguments()

    def _keys_by_arguments(self):
        keys = {}
        info = TypeInfo(self.schema)

        class Collector(Visitor):
            def enter_field(self, node, *_):
                values = get_argument_values(info.get_field_def(), node) if info.get_field_def() else {}
                key = node.alias.value if node.alias else node.name.value
                keys[info.get_parent_type().name, node.name.value, _canonical(values)] = key

        visit(parse("{ " + " ".join(one.text() for one in self.fields) + " }"), TypeInfoVisitor(info, Collector()))
        return keys

    def _resolve(self, source, info, **arguments):
        return source[self._keys[info.parent_type.name, info.field_name, _canonical(arguments)]]

    def execute(self, document, variables, operation):
        """The `data` and the `errors` that graphql-core has for a document, as JSON text."""
        result = execute(
            self.schema, document, self._data, variable_values=variables, operation_name=operation,
            field_resolver=self._resolve, type_resolver=lambda value, *_: value["__typename"])
        answer = {"errors": [str(error) for error in result.errors]} if result.errors else {}
        return json.dumps({**answer, "data": result.data})


def _canonical(arguments):
    return json.dumps(arguments, sort_keys=True, default=str)
