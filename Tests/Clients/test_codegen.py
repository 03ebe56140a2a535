"""A client that ariadne-codegen generates from `schema print`, and that then runs against the server."""

import datetime
import importlib
import math
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from program import Server, schema_text

SETTINGS = """
[tool.ariadne-codegen]
schema_path = "schema.graphql"
queries_path = "operations.graphql"
target_package_name = "generated"
async_client = false
include_comments = "none"

[tool.ariadne-codegen.scalars.Time]
type = "datetime.datetime"

[tool.ariadne-codegen.scalars.Int64]
type = "int"
"""


class CodegenTests(unittest.TestCase):
    """Generates once; each test calls methods of the generated client."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        folder = Path(cls.folder.name)
        (folder / "schema.graphql").write_text(schema_text())
        (folder / "operations.graphql").write_text((Path(__file__).parent / "operations.graphql").read_text())
        (folder / "settings.toml").write_text(SETTINGS)
        generator = Path(sys.executable).parent / "ariadne-codegen"
        done = subprocess.run([generator, "--config", "settings.toml", "client"], cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"ariadne-codegen failed:\n{done.stdout}{done.stderr}")
        sys.path.insert(0, cls.folder.name)
        cls.addClassCleanup(sys.path.remove, cls.folder.name)
        cls.generated = importlib.import_module("generated")
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        cls.client = cls.generated.Client(url=cls.server.url, headers=cls.server.headers)

    def test_finds_nothing_where_nothing_is(self):
        self.assertIsNone(self.client.find_organization(id="no-such-id").organization)

    def test_reads_objects_lists_enums_and_times(self):
        found = self.client.find_organization(id="01900000-0000-7000-8000-000000000001").organization
        self.assertEqual(found.name, "Acme Instruments")
        self.assertIsInstance(found.stage, self.generated.OrganizationStage)
        self.assertIsInstance(found.metadata.created, datetime.datetime)
        self.assertIn(found.opportunities[0].internal_stage, list(self.generated.InternalStage))

    def test_sends_input_objects(self):
        page = self.client.list_contacts(
            page=self.generated.Pagination(page=1, limit=3),
            sort=[self.generated.SortBy(by="LAST_NAME", direction=self.generated.SortingDirection.ASC)]).contacts
        self.assertEqual((len(page.content), page.total_pages), (3, math.ceil(page.total_elements / 3)))
        self.assertGreater(page.total_pages, 5)

    def test_finds_a_contact_by_email(self):
        found = self.client.find_contact(email="buyer@example.com").contact_by_email
        self.assertEqual([role.job_title for role in found.job_roles], ["Head of Procurement", "Member of the Board"])

    def test_mutates(self):
        saved = self.client.save_organization(
            input=self.generated.OrganizationSaveInput(name="Generated", market=self.generated.Market.B2B)).organization_save
        self.assertEqual((saved.name, saved.market), ("Generated", self.generated.Market.B2B))
        made = self.client.create_contact(
            organization=saved.metadata.id,
            input=self.generated.ContactInput(
                name="Gina Rated", createdAt=datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.timezone.utc),
                email=self.generated.EmailInput(email="gina@generated.example"))).contact_create_for_organization
        self.assertEqual((made.name, [one.email for one in made.emails]), ("Gina Rated", ["gina@generated.example"]))

    def test_raises_the_servers_errors(self):
        with self.assertRaises(self.generated.GraphQLClientGraphQLMultiError) as caught:
            self.client.create_contact(organization="no-such-id", input=self.generated.ContactInput(name="Nobody"))
        self.assertEqual(caught.exception.errors[0].extensions["code"], "NOT_FOUND")
