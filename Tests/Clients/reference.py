"""graphql-core as the judge to compare with: its errors of a document, each with the rule that found it."""

from graphql import GraphQLSyntaxError, introspection_types, parse, validate
from graphql.validation import specified_rules

# What is no part of the specification's edition of September 2025 is switched off: @defer and @stream, selection sets without
# selections, and deprecated directives.
_LEFT_OUT = ("DeferStream", "StreamDirective")
_STRICT = {"allow_empty_selection_sets": False}
introspection_types["__Schema"].fields["directives"].args.pop("includeDeprecated", None)
for _name_of_field in ("isDeprecated", "deprecationReason"):
    introspection_types["__Directive"].fields.pop(_name_of_field, None)


class _Tagging:
    """A validation context that writes the rule's name on the errors it reports."""

    def __init__(self, context, rule):
        self._context = context
        self._rule = rule

    def __getattr__(self, name):
        return getattr(self._context, name)

    def report_error(self, error):
        error.rule = self._rule
        self._context.report_error(error)


def _name(rule):
    return rule.__name__.removesuffix("Rule")


def _tagged(rule):
    def initialize(self, context):
        rule.__init__(self, _Tagging(context, _name(rule)))

    return type(rule.__name__, (rule,), {"__init__": initialize})


RULES = tuple(_tagged(rule) for rule in specified_rules if not rule.__name__.startswith(_LEFT_OUT))
NAMES = tuple(_name(rule) for rule in RULES)


def errors(schema, text):
    """The errors as `(rule, message, ((line, column), …))`; the rule of a syntax error is "Syntax"."""
    try:
        document = parse(text, **_STRICT)
    except GraphQLSyntaxError as error:
        return [("Syntax", error.message, _locations(text, error))]
    found = validate(schema, document, RULES, **_STRICT)
    return [(getattr(error, "rule", "Limit"), error.message, _locations(text, error)) for error in found]


def _locations(text, error):
    if not error.locations:
        return ()
    if text.isascii():
        return tuple((place.line, place.column) for place in error.locations)
    return tuple((place.line, _column(text, position)) for place, position in zip(error.locations, error.positions))


def _column(text, position):
    """Columns count UTF-16 units, as graphql-js counts them; graphql-core counts characters."""
    start = max(text.rfind(end, 0, position) for end in "\r\n") + 1
    return len(text[start:position].encode("utf-16-le", "surrogatepass")) // 2 + 1
