"""Known differences between the engine and graphql-core 3.3, with their reasons. Everything else is a failure.

The engine's messages are those of graphql-js 16, which clients know. graphql-core 3.3 follows graphql-js 17, which words some
of them differently. Both are put into the words of 16 before they are compared.
"""

import re

# Where the words of 17 say less than those of 16, what is missing is taken from both.
_WRAPPED = re.compile(r'Expected value of type "[\[\]!]*(\w+)[\[\]!]*", found ')


# In 17 one sentence says both that a OneOf input object has not one field, and that the field is null.
_NULL_MEMBER = re.compile(r'Field "(\w+)\.\w+" must be non-null\.')
_ONE_OF = 'OneOf Input Object "{}" must specify exactly one key.'
_ONE_OF_MESSAGE = re.compile(_ONE_OF.format(r"(\w+)"))


def common(message):
    """A message with what only one of the two can say left out: the kind of the quotes, how a type is wrapped that takes no such
    value, where a long value is broken into lines, and what is wrong with the one field of a OneOf input object."""
    message = _WRAPPED.sub(r'Expected value of type "\1", found ', message.replace("'", '"'))
    if "{" in message or "\n" in message:
        message = re.sub(r"[\s,]+", " ", message).replace("{ }", "{}")
    return _NULL_MEMBER.sub(lambda match: _ONE_OF.format(match[1]), message)


def _location(_, match):
    return f'Directive "@{match["name"]}" may not be used on {match["place"].upper().replace(" ", "_")}.'


def _required_field(schema, match):
    type, field = schema.type_map[match["type"]], match["field"]
    return f'Field "{type}.{field}" of required type "{type.fields[field].type}" was not provided.'


# Pattern of 17, words of 16.
_WORDINGS = (
    (r'Expected value of non-null type "(?P<type>.+?)" not to be None\.', r'Expected value of type "\g<type>", found null.'),
    (r'Expected value of type "(?P<type>\w+)" to be an object, found: (?P<value>.*)\.', r'Expected value of type "\g<type>", found \g<value>.'),
    (r'Expected value of type "(?P<type>\w+)" to include required field "(?P<field>\w+)", found: .*\.', _required_field),
    (r'Expected value of type "(?P<type>\w+)" not to include unknown field "(?P<field>\w+)"(?P<hint>\. Did you mean .*?\?)? ?,? ?[fF]ound: .*\.',
     lambda schema, match: f'Field "{match["field"]}" is not defined by type "{match["type"]}".{(match["hint"] or ".")[1:]}'),
    (r'Argument "[\w<>]+\.(?P<field>\w+)\((?P<argument>\w+):\)" of type "(?P<type>.+)" is required, but it was not provided\.',
     r'Field "\g<field>" argument "\g<argument>" of type "\g<type>" is required, but it was not provided.'),
    (r'Argument "@(?P<directive>\w+)\((?P<argument>\w+):\)" of type "(?P<type>.+)" is required, but it was not provided\.',
     r'Directive "@\g<directive>" argument "\g<argument>" of type "\g<type>" is required, but it was not provided.'),
    (r'Directive "@(?P<name>\w+)" may not be used on (?P<place>[a-z ]+)\.', _location),
    (r'Within OneOf Input Object type "(?P<type>\w+)", exactly one field must be specified, and the value .*', lambda _, match: _ONE_OF.format(match["type"])),
    (r'Syntax Error: Invalid number, expected digit before "\.", did you mean .*', 'Syntax Error: Unexpected character: ".".'),
    (r'Syntax Error: Unexpected "\.\.", did you mean "\.\.\."\?', 'Syntax Error: Unexpected character: ".".'),
)
_COMPILED = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _WORDINGS)


def in_words_of_16(schema, message):
    """A message of graphql-core 3.3 in the words of graphql-js 16."""
    message = message.replace("'", '"')
    for pattern, words in _COMPILED:
        match = pattern.fullmatch(message)
        if match:
            return common(words(schema, match) if callable(words) else match.expand(words))
    return common(message)


def differ(expected, actual, messages):
    """The errors that the engine lacks and those that it has too many: `(rule, message, places)` expected, `(message, places)` given.

    `messages` are those of all rules of both: what one rule may say depends on what others say.
    """
    missing = [error for error in _unmatched(expected, actual, _same) if not _may_miss(error, actual, messages)]
    surplus = _unmatched(actual, expected, lambda left, right: _same(right, left))
    return missing, [error for error in surplus if not _may_add(error, expected, messages)]


def _unmatched(errors, others, same):
    left = list(others)
    found = []
    for error in errors:
        match = next((other for other in left if same(error, other)), None)
        if match:
            left.remove(match)
        else:
            found.append(error)
    return found


def _same(expected, actual):
    rule, message, places = expected
    if message == actual[0]:
        # graphql-core loses the place of a list or an object that is given for a leaf; the engine has it.
        return places == actual[1] or (not places and rule == "ValuesOfCorrectType")
    # Of fields that stand alike in one selection set the engine compares the first, so a reason is not repeated.
    if rule != "OverlappingFieldsCanBeMerged":
        return False
    (sentence, reasons), (other, others) = _reasons(message), _reasons(actual[0])
    known = {reason for reason in others if not _TYPENAME.search(reason)}
    return sentence == other and reasons == known and (known != others or set(actual[1]) <= set(places))


def _reasons(message):
    """The sentence about a field, and the set of its reasons."""
    sentence, _, reasons = message.partition(" conflict because ")
    return sentence, set(re.split(r" and (?=subfields )", reasons.removesuffix(_ADVICE)))


_ADVICE = ". Use different aliases on the fields to fetch both if this was intentional."
# Rules of 17 that look into type definitions too, which no document that is executed may hold.
_INTO_DEFINITIONS = (
    "KnownArgumentNames", "KnownDirectives", "KnownTypeNames", "ProvidedRequiredArguments", "UniqueArgumentNames",
    "UniqueDirectivesPerLocation", "ValuesOfCorrectType",
)
_CONDITION = "must not use `@skip` or `@include` directives in the top level selection"
_DUPLICATE = "There can be only one input field named"
_OF_VALUES = re.compile(
    "cannot represent|Expected value of type|is not defined by type|was not provided|does not exist in|must specify exactly one key")
# The engine knows the type of __typename, as the specification wants it; neither graphql-js nor graphql-core looks.
_TYPENAME = re.compile(r'they return conflicting types "(String!" and "[^"]+|[^"]+" and "String!)"')


def _may_miss(error, actual, messages):
    rule, message, _ = error
    if rule == "OverlappingFieldsCanBeMerged" and any(message == other for other, _ in actual):
        # As above: the conflict with a field that appears twice is reported once.
        return True
    if rule in _INTO_DEFINITIONS and any("definition is not executable" in other for other in messages):
        return True
    match = _ONE_OF_MESSAGE.fullmatch(message)
    if match:
        # 17 counts the known fields of a OneOf input object, each as often as it is written; 16 counts names.
        return any(_DUPLICATE in other or f'is not defined by type "{match[1]}"' in other for other in messages)
    # New in the specification's edition, and unknown to 16: the engine says it where nothing else is wrong.
    if _CONDITION in message and actual:
        return True
    # Only 17 says that a subscription selects no field at all, which another rule says of the unknown fragment.
    return rule == "SingleFieldSubscriptions" and message.endswith("must select one top level field.")


def _may_add(error, expected, messages):
    message, places = error
    # A conflict within an inline fragment is reported for the enclosing selection set and for its own, as in graphql-js.
    if message.startswith("Fields ") and any(message == other and places == others for _, other, others in expected):
        return True
    if _TYPENAME.search(message):
        return True
    # As above: 17 reports nothing else about a subscription with a condition.
    if "must select only one top level field" in message or "introspection top level field" in message:
        return any(_CONDITION in other for other in messages)
    # 17 judges only the last of several fields of one name in an input object.
    if _OF_VALUES.search(message) and any(_DUPLICATE in other for other in messages):
        return True
    match = _ONE_OF_MESSAGE.fullmatch(message)
    if match and any(f'is not defined by type "{match[1]}"' in other for other in messages):
        return True
    # Both graphql-js and graphql-core overlook OneOf input objects where the type is non-null.
    return "must be non-nullable to be used for OneOf Input Object" in message
