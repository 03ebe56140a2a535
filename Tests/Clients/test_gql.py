"""The gql client: queries, mutations, variables and errors over HTTP."""

import unittest

import httpx
from gql import Client, gql
from gql.dsl import DSLMutation, DSLQuery, DSLSchema, dsl_gql
from gql.transport.exceptions import TransportQueryError, TransportServerError
from gql.transport.httpx import HTTPXTransport
from graphql import GraphQLError

from program import Server

RESPONSE = "application/graphql-response+json"


class GQLTests(unittest.TestCase):
    """One server for all; what a test makes has a name of its own."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        cls.client = cls.make_client(fetch_schema_from_transport=True)

    @classmethod
    def make_client(cls, headers=None, **options):
        headers = {**cls.server.headers, **(headers or {})}
        return Client(transport=HTTPXTransport(url=cls.server.url, headers=headers, timeout=30), **options)

    def run_query(self, text, client=None, operation=None, **variables):
        request = gql(text)
        request.variable_values = variables
        request.operation_name = operation
        return (client or self.client).execute(request)

    def test_fetches_the_schema_and_checks_documents_with_it(self):
        self.run_query("{ __typename }")
        self.assertIn("Organization", self.client.schema.type_map)
        with self.assertRaisesRegex(GraphQLError, "Cannot query field 'nme'"):
            self.run_query("{ organizations { content { nme } } }")

    def test_queries_with_variables(self):
        answer = self.run_query(
            """query Page($page: Pagination, $sort: [SortBy!], $withMail: Boolean = false) {
                contacts(pagination: $page, sort: $sort) {
                    totalElements
                    content { name ...Mail @include(if: $withMail) }
                }
            }
            fragment Mail on Contact { primaryEmail { email } }""",
            page={"page": 1, "limit": 5}, sort=[{"by": "LAST_NAME", "direction": "DESC"}], withMail=True)
        self.assertGreater(answer["contacts"]["totalElements"], 20)
        self.assertEqual(len(answer["contacts"]["content"]), 5)
        self.assertEqual(set(answer["contacts"]["content"][0]), {"name", "primaryEmail"})

    def test_mutates_with_variables_and_reads_back(self):
        saved = self.run_query(
            "mutation Save($input: OrganizationSaveInput!) { organization_Save(input: $input) { metadata { id } } }",
            input={"name": "Saved by gql", "employees": 12, "stage": "TARGET", "notes": "Größe \"XL\" ☃ 🚀\n\\"})
        read = self.run_query(
            "query Read($id: ID!) { organization(id: $id) { name employees stage notes createdAt } }",
            id=saved["organization_Save"]["metadata"]["id"])["organization"]
        created = read.pop("createdAt")
        self.assertEqual(
            read, {"name": "Saved by gql", "employees": 12, "stage": "TARGET", "notes": "Größe \"XL\" ☃ 🚀\n\\"})
        self.assertRegex(created, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")

    def test_picks_one_of_several_operations(self):
        text = "query A { organizations { totalElements } } query B { contacts { totalElements } }"
        self.assertEqual(list(self.run_query(text, operation="B")), ["contacts"])

    def test_builds_documents_from_the_schema(self):
        self.run_query("{ __typename }")
        schema = DSLSchema(self.client.schema)
        query = DSLQuery(
            schema.Query.contact_ByEmail(email="buyer@example.com").select(
                schema.Contact.name, schema.Contact.jobRoles.select(schema.JobRole.jobTitle)))
        self.assertEqual(self.client.execute(dsl_gql(query))["contact_ByEmail"]["name"], "Nora Castellan")
        mutation = DSLMutation(
            schema.Mutation.opportunity_Save(input={"name": "Built", "amount": 12.5}).select(
                schema.Opportunity.name, schema.Opportunity.amount))
        self.assertEqual(self.client.execute(dsl_gql(mutation))["opportunity_Save"], {"name": "Built", "amount": 12.5})

    def test_gets_the_errors_of_a_failed_field(self):
        with self.assertRaises(TransportQueryError) as caught:
            self.run_query(
                "mutation { made: contact_CreateForOrganization(organizationId: \"no-such\", input: {name: \"Nobody\"}) { id } }")
        error = caught.exception.errors[0]
        self.assertEqual(error["extensions"]["code"], "NOT_FOUND")
        self.assertEqual(error["path"], ["made"])
        self.assertEqual(error["locations"], [{"line": 2, "column": 3}])
        self.assertIsNone(caught.exception.data)

    def test_gets_the_errors_of_variables_and_of_validation(self):
        unchecked = self.make_client()
        for text, variables, code in (
            ("query ($id: ID!) { organization(id: $id) { id } }", {}, "BAD_USER_INPUT"),
            ("query ($page: Pagination) { contacts(pagination: $page) { totalPages } }", {"page": {"limit": "x", "page": 1}}, "BAD_USER_INPUT"),
            ("{ organizations { content { nme } } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ):
            with self.subTest(text), self.assertRaises(TransportQueryError) as caught:
                self.run_query(text, unchecked, **variables)
            self.assertEqual(caught.exception.errors[0]["extensions"]["code"], code)

    def test_sees_statuses_where_it_asks_for_the_media_type_of_graphql(self):
        strict = self.make_client({"Accept": RESPONSE})
        self.assertGreater(self.run_query("{ organizations { totalElements } }", strict)["organizations"]["totalElements"], 10)
        answer = httpx.post(self.server.url, headers={**self.server.headers, "Accept": RESPONSE}, json={"query": "{ nothing }"})
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (422, f"{RESPONSE}; charset=utf-8"))

    def test_is_refused_without_a_key_and_with_a_wrong_one(self):
        for headers in ({}, {"X-CUSTOMER-OS-API-KEY": "wrong"}):
            client = Client(transport=HTTPXTransport(url=self.server.url, headers=headers))
            with self.subTest(headers), self.assertRaises((TransportQueryError, TransportServerError)) as caught:
                self.run_query("{ organizations { totalElements } }", client)
            self.assertTrue("401" in str(caught.exception) or "UNAUTHENTICATED" in str(caught.exception))
