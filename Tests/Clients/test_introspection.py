"""The schema as tools of the ecosystem read it over HTTP."""

import json
import unittest

from graphql import (
    build_client_schema,
    build_schema,
    get_introspection_query,
    lexicographic_sort_schema,
    print_schema,
    validate_schema,
)

from program import Server, schema_text

QUERY = get_introspection_query(
    descriptions=True, specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True,
    one_of=True)


class IntrospectionTests(unittest.TestCase):
    """Introspection against `schema print`."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        status, body = cls.server.post(QUERY)
        cls.status, cls.answer = status, json.loads(body)

    def test_answers_the_full_introspection_query(self):
        self.assertEqual(self.status, 200)
        self.assertNotIn("errors", self.answer)

    def test_gives_a_valid_schema(self):
        self.assertEqual(validate_schema(build_client_schema(self.answer["data"])), [])

    def test_says_the_same_as_schema_print(self):
        printed = build_schema(schema_text())
        self.assertEqual(validate_schema(printed), [])
        self.assertEqual(_text(build_client_schema(self.answer["data"])), _text(printed))

    def test_has_the_types_and_fields_in_the_order_of_schema_print(self):
        printed, told = build_schema(schema_text()), build_client_schema(self.answer["data"])
        for name, type in printed.type_map.items():
            for attribute in ("fields", "values"):
                if not name.startswith("__") and hasattr(type, attribute):
                    self.assertEqual(list(getattr(told.type_map[name], attribute)), list(getattr(type, attribute)), name)

    def test_answers_without_a_key_in_the_embedded_mode(self):
        self.server.headers, kept = {}, self.server.headers
        try:
            status, body = self.server.post(QUERY)
        finally:
            self.server.headers = kept
        self.assertEqual((status, json.loads(body)), (200, self.answer))


def _text(schema):
    return print_schema(lexicographic_sort_schema(schema)).split("\n\n")
