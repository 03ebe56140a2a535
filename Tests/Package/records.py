"""What an older release was given and what it answered, and whether a newer one answers the same.

    records.py make PORT KEY FILE      makes records through the interface, asks for everything that the schema can tell of them, keeps the answers
    records.py compare PORT KEY FILE   asks the same again
    records.py use PORT KEY FILE       uses what came later on the records that were there

The questions are made from the older release's own schema, so that none of its fields is left out.
"""

import datetime
import http.client
import json
import sys

# How deep the questions go below a record, and how many records of a list they ask for.
DEPTH = 3
PAGE = {"page": 1, "limit": 40}

TYPES = """{ __schema { types { name kind enumValues(includeDeprecated: true) { name } fields(includeDeprecated: true) { name
  args { name defaultValue type { kind } } type { ...T } } } } }
fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }"""


class Server:
    def __init__(self, port, key):
        self.port, self.key = int(port), key

    def answer(self, query, variables=None):
        """Status and body, whatever they are."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            body = json.dumps({"query": query, "variables": variables or {}})
            connection.request("POST", "/query", body, {"X-CUSTOMER-OS-API-KEY": self.key, "Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def ask(self, query, variables=None):
        """The data of an answer without errors."""
        status, body = self.answer(query, variables)
        if status != 200 or "errors" in body:
            raise AssertionError(f"{query} {json.dumps(variables)}\nstatus {status}: {json.dumps(body, ensure_ascii=False)}")
        return body["data"]

    def call(self, field, result, types, **arguments):
        """The value of a root field of mutations. `types` are those of the arguments, by their names."""
        head = ", ".join(f"${name}: {types[name]}" for name in arguments)
        places = ", ".join(f"{name}: ${name}" for name in arguments)
        return self.ask(f"mutation({head}) {{ {field}({places}) {result} }}", arguments)[field]


# MARK: Records


def day(offset):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=offset)).strftime("%Y-%m-%dT00:00:00Z")


def make(server, mutations):
    """Records of all kinds that the release can make; their ids by kind."""
    ids = {"organization": [], "contact": [], "opportunity": [], "contract": []}
    node = "{ metadata { id } }"

    def organization(**values):
        made = server.call("organization_Save", node, {"input": "OrganizationSaveInput!"}, input=values)["metadata"]["id"]
        ids["organization"].append(made)
        return made

    def contact(place, **values):
        types = {"organizationId": "ID!", "input": "ContactInput!"}
        made = server.call("contact_CreateForOrganization", node, types, organizationId=place, input=values)["metadata"]["id"]
        ids["contact"].append(made)
        return made

    def opportunity(place, **values):
        made = server.call("opportunity_Save", node, {"input": "OpportunitySaveInput!"}, input={"organizationId": place, **values})
        ids["opportunity"].append(made["metadata"]["id"])

    stages = ["LEAD", "TARGET", "ENGAGED", "UNQUALIFIED", "TRIAL"]
    for number in range(12):
        place = organization(
            name=["Köln & Söhne", "Ångström \"quoted\"", "東京商事", "Plain"][number % 4] + f" {number}", website=f"https://old-{number}.com",
            domains=[f"old-{number}.com", f"old-{number}.org"], employees=10**number % 2**31, stage=stages[number % 5], notes="line\nline\t🙂",
            referenceId=f"R-{number}", market=["B2B", "B2C", "MARKETPLACE"][number % 3], public=number % 2 == 0, lastFundingAmount="1000000")
        for person in range(number % 4):
            reached = contact(
                place, firstName="Jörg", lastName=f"Nr {number}-{person}", prefix="Dr.", description="met\u00a0once", timezone="Europe/Berlin",
                email={"email": f"jorg-{person}@old-{number}.com", "primary": True}, phoneNumber={"phoneNumber": f"+4930901820{number}{person}"},
                socialUrl=f"https://linkedin.com/in/jorg-{number}-{person}")
            tag = {"contactId": reached, "tag": {"name": f"group {person}", "entityType": "CONTACT"}}
            server.call("contact_AddTag", "{ accepted }", {"input": "ContactTagInput!"}, input=tag)
        tag = {"organizationId": place, "tag": {"name": f"kind {number % 3}"}}
        server.call("organization_AddTag", "{ accepted }", {"input": "OrganizationTagInput!"}, input=tag)
        server.call(
            "organization_AddSocial", "{ id }", {"organizationId": "ID!", "input": "SocialInput!"}, organizationId=place,
            input={"url": f"https://www.linkedin.com/company/old-{number}"})
        server.call("organization_AddNewLocation", "{ id }", {"organizationId": "ID!"}, organizationId=place)
        for sale in range(number % 3):
            opportunity(
                place, name=f"Sale {number}-{sale}", amount=[0.1, 1234567.89, 99999999.99][number % 3], maxAmount=2e8, currency=["EUR", "USD", "JPY"][sale],
                internalType=["NBO", "UPSELL"][sale], externalStage=f"STAGE{sale + 1}", likelihoodRate=10 * number % 100,
                internalStage=["OPEN", "CLOSED_WON", "CLOSED_LOST"][number % 3], estimatedClosedDate=day(30 + number), nextSteps="call", generalNotes="—")

    places, people = ids["organization"], ids["contact"]
    link = {"organizationId": places[0], "subsidiaryId": places[1], "type": "Brand"}
    server.call("organization_AddSubsidiary", node, {"input": "LinkOrganizationsInput!"}, input=link)
    status = {"organizationId": places[2], "status": "STUCK", "comments": "waits"}
    server.call("organization_UpdateOnboardingStatus", node, {"input": "OnboardingStatusInput!"}, input=status)
    server.call("organization_Hide", "", {"id": "ID!"}, id=places[3])
    server.call("organization_Archive", "{ result }", {"id": "ID!"}, id=places[4])
    server.call(
        "organization_Merge", node, {"primaryOrganizationId": "ID!", "mergedOrganizationIds": "[ID!]!"}, primaryOrganizationId=places[5],
        mergedOrganizationIds=[places[6], places[7]])
    server.call(
        "contact_Merge", node, {"primaryContactId": "ID!", "mergedContactIds": "[ID!]!"}, primaryContactId=people[0], mergedContactIds=[people[1]])
    server.call("contact_Hide", "{ accepted }", {"contactId": "ID!"}, contactId=people[2])
    server.call("contact_HardDelete", "{ result }", {"contactId": "ID!"}, contactId=people[3])
    if "contract_Create" in mutations:
        make_contracts(server, ids)
    if "interactionEvent_Create" in mutations:
        make_events(server, ids)
    return ids


def make_contracts(server, ids):
    """Lengths, currencies, versions and ends of all kinds; renewals that are near, due and long decided."""
    for number, (months, started, currency) in enumerate([(1, -20, "USD"), (12, -400, "EUR"), (3, -100, "USD"), (0, -50, "GBP"), (12, 20, "JPY"), (120, -4000, "USD")]):
        place = ids["organization"][[8, 8, 9, 10, 11, 5][number]]
        contract = server.call(
            "contract_Create", "{ metadata { id } }", {"input": "ContractInput!"},
            input={
                "organizationId": place, "contractName": f"Contract {number}", "committedPeriodInMonths": months, "serviceStarted": day(started),
                "contractSigned": day(started - 5), "currency": currency, "approved": number != 2, "autoRenew": number % 2 == 0})["metadata"]["id"]
        ids["contract"].append(contract)
        for cycle, price, quantity in [("MONTHLY", 33.33, 3), ("QUARTERLY", 100.1, 1), ("ANNUALLY", 99999.99, 7), ("ONCE", 0.05, 1)]:
            item = server.call(
                "contractLineItem_Create", "{ metadata { id } }", {"input": "ServiceLineItemInput!"},
                input={
                    "contractId": contract, "description": f"{cycle} of {number}", "billingCycle": cycle, "price": price, "quantity": quantity,
                    "serviceStarted": day(started)})["metadata"]["id"]
            if cycle == "MONTHLY":
                server.call(
                    "contractLineItem_NewVersion", "{ metadata { id } }", {"input": "ServiceLineItemNewVersionInput!"},
                    input={"id": item, "price": 44.44, "quantity": 5, "description": "dearer", "serviceStarted": day(max(started + 5, 1))})
            if cycle == "QUARTERLY" and number == 1:
                server.call(
                    "contractLineItem_Close", "", {"input": "ServiceLineItemCloseInput!"}, input={"id": item, "endedAt": day(40), "serviceEnded": day(40)})


def make_events(server, ids):
    """One of each kind that a timeline shows."""
    place, person = ids["organization"][9], ids["contact"][-1]
    node = "{ id }"
    types = {"organizationId": "ID!", "contactId": "ID!"}
    session = server.call(
        "interactionSession_Create", node, {"session": "InteractionSessionInput!"},
        session={"name": "Thread", "status": "ACTIVE", "type": "THREAD", "channel": "EMAIL", "appSource": "old"})["id"]
    for number in range(4):
        server.call(
            "interactionEvent_Create", node, {"event": "InteractionEventInput!"},
            event={
                "content": f"message {number}", "contentType": "text/plain", "channel": "EMAIL", "interactionSession": session, "appSource": "old",
                "sentBy": [{"contactID": person, "type": "FROM"}], "sentTo": [{"email": "jorg-0@old-9.com", "type": "TO"}], "createdAt": day(-number - 1)})
    server.call(
        "meeting_Create", node, {"meeting": "MeetingInput!"},
        meeting={"name": "Review", "attendedBy": [{"contactId": person}, {"organizationId": place}], "startedAt": day(-3), "endedAt": day(-3), "appSource": "old"})
    server.call(
        "logEntry_CreateForOrganization", "", {**types, "input": "LogEntryInput!"}, organizationId=place,
        input={"content": "called", "contentType": "text/plain", "startedAt": day(-2), "tags": [{"name": "call"}]})
    server.call("note_CreateForContact", node, {**types, "input": "NoteInput!"}, contactId=person, input={"content": "likes tea", "contentType": "text/plain"})
    server.call(
        "issue_Create", node, {"input": "IssueInput!"},
        input={"organizationId": place, "subject": "It squeaks", "status": "open", "priority": "high", "reportedByContactId": person, "appSource": "old"})


# MARK: Questions


def named(reference):
    while reference.get("ofType"):
        reference = reference["ofType"]
    return reference["name"], reference["kind"]


def needs_arguments(field):
    return any(argument["type"]["kind"] == "NON_NULL" and argument["defaultValue"] is None for argument in field["args"])


def selection(types, name, depth):
    """Everything below a type that can be asked without arguments, or an empty text."""
    words = []
    for field in types[name]["fields"]:
        kind_name, kind = named(field["type"])
        if needs_arguments(field):
            continue
        if kind in ("SCALAR", "ENUM"):
            words.append(field["name"])
        elif kind == "OBJECT" and depth > 0:
            paged = "(pagination: { page: 1, limit: 5 })" if any(argument["name"] == "pagination" for argument in field["args"]) else ""
            below = selection(types, kind_name, depth - 1)
            if below:
                words.append(f"{field['name']}{paged} {below}")
    return "{ " + " ".join(words) + " }" if words else ""


def questions(types, ids):
    """A question for each field of each record, and one for each list: an answer that differs points to what is wrong."""
    asked = []
    for root, type_name in [("organization", "Organization"), ("contact", "Contact"), ("opportunity", "Opportunity"), ("contract", "Contract")]:
        for identifier in ids[root]:
            scalars = []
            for field in types[type_name]["fields"]:
                kind_name, kind = named(field["type"])
                if needs_arguments(field):
                    continue
                if kind in ("SCALAR", "ENUM"):
                    scalars.append(field["name"])
                elif kind == "OBJECT":
                    paged = "(pagination: { page: 1, limit: 5 })" if any(each["name"] == "pagination" for each in field["args"]) else ""
                    below = selection(types, kind_name, DEPTH - 1)
                    if below:
                        asked.append((f"query($id: ID!) {{ {root}(id: $id) {{ {field['name']}{paged} {below} }} }}", {"id": identifier}))
            if scalars:
                asked.append((f"query($id: ID!) {{ {root}(id: $id) {{ {' '.join(scalars)} }} }}", {"id": identifier}))
    fields = {field["name"]: field for field in types["Query"]["fields"]}
    for root in ["organizations", "contacts", "opportunities_LinkedToOrganizations", "contracts", "users"]:
        if root in fields:
            page = types[named(fields[root]["type"])[0]]
            below = selection(types, page["name"], 2)
            asked.append((f"query($page: Pagination) {{ {root}(pagination: $page) {below} }}", {"page": PAGE}))
    for root in ["tags", "industries_InUse", "organization_DistinctOwners", "tenantSettings", "tenantSettings_OpportunityStages", "skus"]:
        if root in fields and not needs_arguments(fields[root]):
            name, kind = named(fields[root]["type"])
            asked.append((f"{{ {root} {selection(types, name, 2) if kind == 'OBJECT' else ''} }}", {}))
    for root, name, value in [
        ("organization_ByCustomId", "customId", "R-8"), ("contact_ByEmail", "email", "jorg-0@old-9.com"), ("contact_ByPhone", "e164", "+493090182090"),
        ("contact_ByLinkedIn", "linkedInUrl", "https://linkedin.com/in/jorg-9-0"), ("user_ByEmail", "email", "nobody@old-1.com"),
    ]:
        asked.append((f"query($value: String!) {{ {root}({name}: $value) {{ id }} }}", {"value": value}))
    if any(field["name"] == "timelineEvents" for field in types["Organization"]["fields"]):
        timeline = 'timelineEventsTotalCount timelineEvents(from: "2099-01-01T00:00:00Z", size: 50) { __typename }'
        asked += [(f"query($id: ID!) {{ organization(id: $id) {{ {timeline} }} }}", {"id": identifier}) for identifier in ids["organization"]]
    return asked


def main():
    command, port, key, path = sys.argv[1:]
    server = Server(port, key)
    if command == "make":
        types = {each["name"]: each for each in server.ask(TYPES)["__schema"]["types"]}
        ids = make(server, {field["name"] for field in types["Mutation"]["fields"]})
        answers = []
        for query, variables in questions(types, ids):
            first, second = server.answer(query, variables), server.answer(query, variables)
            # A refused question shows nothing; one without a user is answered with an error.
            if "errors" in first[1] and any("path" not in error for error in first[1]["errors"]):
                raise AssertionError(f"The older release refuses a question: {query} {json.dumps(first[1])[:300]}")
            if first != second:
                raise AssertionError(f"The older release answers twice differently: {query}")
            answers.append([query, variables, *first])
        with open(path, "w") as file:
            json.dump({"ids": ids, "answers": answers}, file)
        print(f"{sum(map(len, ids.values()))} records, {len(answers)} answers, {sum(len(json.dumps(answer[3])) for answer in answers)} bytes")
    with open(path) as file:
        kept = json.load(file)
    if command == "compare":
        compare(server, kept["answers"])
    if command == "use":
        use(server, kept["ids"])


def differences(old, new, place=""):
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        return [each for name in old for each in differences(old[name], new[name], f"{place}.{name}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [each for number, pair in enumerate(zip(old, new)) for each in differences(*pair, f"{place}[{number}]")]
    return [] if old == new else [f"{place}: {json.dumps(old)[:200]} is now {json.dumps(new)[:200]}"]


def compare(server, answers):
    wrong = 0
    for query, variables, status, body in answers:
        new_status, new_body = server.answer(query, variables)
        for each in differences({"status": status, "body": body}, {"status": new_status, "body": new_body}):
            wrong += 1
            print(f"{query[:120]} {json.dumps(variables)}\n    {each}", file=sys.stderr)
    if wrong:
        sys.exit(f"{wrong} differences in {len(answers)} answers")
    print(f"{len(answers)} answers are the same")


def use(server, ids):
    """What the older release lacked, on its records."""
    place, person = ids["organization"][9], ids["contact"][-1]
    before = server.ask("query($id: ID!) { organization(id: $id) { timelineEventsTotalCount } }", {"id": place})["organization"]["timelineEventsTotalCount"]
    server.call(
        "interactionEvent_Create", "{ id }", {"event": "InteractionEventInput!"},
        event={
            "content": "after", "contentType": "text/plain", "channel": "EMAIL", "appSource": "new", "sentBy": [{"contactID": person, "type": "FROM"}],
            "sentTo": [{"email": "jorg-0@old-9.com", "type": "TO"}]})
    timeline = server.ask(
        """query($id: ID!) { organization(id: $id) { timelineEventsTotalCount lastTouchpoint { lastTouchPointType }
        timelineEvents(from: "2099-01-01T00:00:00Z", size: 50) { __typename ... on InteractionEvent { content } } } }""", {"id": place})["organization"]
    assert timeline["timelineEventsTotalCount"] == before + 1, timeline
    assert any(each.get("content") == "after" for each in timeline["timelineEvents"]), timeline
    assert timeline["lastTouchpoint"]["lastTouchPointType"].startswith("INTERACTION_EVENT"), timeline
    # A contract gives an organization of before a renewal, with figures and totals.
    place = ids["organization"][10]
    contract = server.call(
        "contract_Create", "{ metadata { id } }", {"input": "ContractInput!"},
        input={"organizationId": place, "contractName": "New", "committedPeriodInMonths": 12, "serviceStarted": day(-10), "approved": True, "autoRenew": True, "currency": "USD"})
    server.call(
        "contractLineItem_Create", "{ metadata { id } }", {"input": "ServiceLineItemInput!"},
        input={"contractId": contract["metadata"]["id"], "description": "Seats", "billingCycle": "MONTHLY", "price": 10, "quantity": 10, "serviceStarted": day(-10)})
    renewed = server.ask(
        "query($id: ID!) { contract(id: $id) { contractStatus opportunities { internalType amount maxAmount renewedAt } } }", {"id": contract["metadata"]["id"]})
    [renewal] = renewed["contract"]["opportunities"]
    assert renewed["contract"]["contractStatus"] == "LIVE" and renewal["internalType"] == "RENEWAL" and renewal["maxAmount"] == 1200, renewed
    for identifier in ids["contract"]:
        server.call("contract_Update", "{ metadata { id } }", {"input": "ContractUpdateInput!"}, input={"contractId": identifier, "patch": True, "contractName": "renamed"})
    for identifier in ids["opportunity"]:
        server.call("opportunity_Save", "{ nextSteps }", {"input": "OpportunitySaveInput!"}, input={"opportunityId": identifier, "nextSteps": "renamed"})
    print("The later features work on the earlier records")


main()
