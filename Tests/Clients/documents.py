"""Makes documents for a schema: valid ones, and ones with faults of chosen kinds.

Everything is drawn from one `random.Random`, so a seed gives the same documents again. A document is a list of tokens until
`rendering` writes it, which is what lets `mutations` change it.
"""

from dataclasses import dataclass, field

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    SchemaMetaFieldDef,
    TypeMetaFieldDef,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_input_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
    is_required_input_field,
)
from graphql.pyutils import Undefined

FAULTS = (
    "alias-conflict", "deep-introspection", "duplicate-argument", "duplicate-directive", "duplicate-fragment",
    "duplicate-input-field", "duplicate-operation", "duplicate-variable", "extra-anonymous", "fragment-cycle",
    "impossible-fragment", "leaf-condition", "leaf-selection", "misplaced-directive", "missing-argument", "missing-input-field",
    "missing-selection", "null-value", "output-variable", "type-definition", "undefined-variable", "unknown-argument",
    "unknown-directive", "unknown-enum-value", "unknown-field", "unknown-fragment", "unknown-input-field", "unknown-type",
    "unsupported-operation", "unused-fragment", "unused-variable", "wrong-value", "wrong-variable-type",
)

STRINGS = (
    '""', '"text"', '"Ünïcödé ☃"', '"🚀 far"', r'"quote \" backslash \\ slash \/"', r'"\u00e9\t\n"', r'"\u{1F600}"', r'"\ud83d\ude00"',
    '"""block"""', '"""\n    indented\n      more\n    "quoted" \\""" end\n  """', '"2024-02-29T12:00:00Z"', '"42"', '"# no comment"',
)
INTEGERS = ("0", "1", "-1", "42", "2147483647", "-2147483648")
LARGE_INTEGERS = ("2147483648", "-2147483649", "9007199254740993", "9223372036854775807", "9223372036854775808", "-0")
FLOATS = ("0.5", "-1.25", "1e3", "1E-7", "3.0", "-0.0", "1.7976931348623157e308", "123456789.123456789")


@dataclass
class Fragment:
    """A finished fragment definition."""

    name: str
    type: object
    tokens: list
    variables: set


@dataclass
class Variable:
    """A variable that an operation must define where it uses it."""

    type: str
    definition: list


@dataclass
class Generator:
    """Makes one document."""

    schema: object
    random: object
    faults: tuple = ()
    fragments: list = field(default_factory=list)
    variables: dict = field(default_factory=dict)
    scope: set = field(default_factory=set)
    names: int = 0
    budget: int = 60

    def document(self):
        """The tokens of a document."""
        definitions = []
        count = self.random.choice((1, 1, 1, 2, 3))
        for index in range(count):
            definitions.append(self._operation(index, may_be_anonymous=count == 1))
        if self._fault("unused-fragment", 0.7):
            self._fragment(self._composite_type(), 1)
        if self._fault("fragment-cycle", 0.7):
            self._close_cycle()
        definitions += [fragment.tokens for fragment in self.fragments]
        if self._fault("duplicate-fragment", 0.7) and self.fragments:
            definitions.append(self.random.choice(self.fragments).tokens)
        if self._fault("duplicate-operation", 0.7):
            definitions.append(list(definitions[0]))
        if self._fault("extra-anonymous", 0.7):
            definitions.append(["{", "__typename", "}"])
        if self._fault("type-definition", 0.7):
            definitions.append(self.random.choice((
                ["type", "Surprise", "{", "a", ":", "Int", "}"], ["extend", "schema", "@", "skip"], ["scalar", "Odd"],
                ["schema", "{", "query", ":", "Query", "}"], ["directive", "@", "odd", "on", "FIELD"],
                ["extend", "type", "Query", "{", "a", ":", "Int", "}"])))
        self.random.shuffle(definitions)
        return [token for definition in definitions for token in definition]

    # Definitions

    def _operation(self, index, may_be_anonymous):
        roots = [("query", self.schema.query_type)] * 6
        roots += [("mutation", self.schema.mutation_type)] * 2 if self.schema.mutation_type else []
        roots += [("subscription", self.schema.subscription_type)] if self.schema.subscription_type else []
        kind, root = self.random.choice(roots)
        if self._fault("unsupported-operation", 0.7):
            kind = "subscription"
        self.scope = set()
        if kind == "subscription" and root is self.schema.subscription_type:
            selections = ["{", *self._field(root, 3), "}"]
        else:
            selections = self._selections(root, self.random.randint(1, 5), is_query=root is self.schema.query_type)
        if self._fault("deep-introspection", 0.7):
            selections[-1:] = [*self._deep_introspection(), "}"]
        directives = self._directives(kind.upper())
        definitions = []
        used = sorted(self.scope)
        if self._fault("undefined-variable", 0.7) and used:
            used.remove(self.random.choice(used))
        if self._fault("unused-variable", 0.7):
            used.append(self._new_variable(self._input_type()))
        if self._fault("duplicate-variable", 0.7) and used:
            used.append(self.random.choice(used))
        self.random.shuffle(used)
        for name in used:
            definitions += self._description() + self.variables[name].definition
        if may_be_anonymous and not definitions and not directives and kind == "query" and self._chance(0.4):
            return selections
        name = [] if may_be_anonymous and self._chance(0.3) else [f"Operation{index}"]
        parts = ["(", *definitions, ")"] if definitions else []
        return [*self._description(), kind, *name, *parts, *directives, *selections]

    def _fragment(self, type, depth):
        outer, self.scope = self.scope, set()
        selections = self._selections(type, depth)
        directives = self._directives("FRAGMENT_DEFINITION")
        self.names += 1
        name = f"Fragment{self.names}"
        condition = type.name
        if self._fault("unknown-type"):
            condition = self._misspelled(condition)
        elif self._fault("leaf-condition"):
            condition = self._leaf_or_input_type().name
        tokens = [*self._description(), "fragment", name, "on", condition, *directives, *selections]
        fragment = Fragment(name, type, tokens, self.scope)
        self.scope = outer
        self.fragments.append(fragment)
        return fragment

    def _close_cycle(self):
        if not self.fragments:
            self._fragment(self._composite_type(), 1)
        first, last = self.random.choice(self.fragments), self.random.choice(self.fragments)
        last.tokens[-1:] = ["...", first.name, "}"]
        if self._chance(0.5):
            first.tokens[-1:] = ["...", last.name, "}"]

    def _description(self):
        return [self.random.choice(STRINGS)] if self._chance(0.05) else []

    # Selections

    def _selections(self, type, depth, is_query=False):
        tokens = ["{"]
        for _ in range(self.random.choice((1, 1, 2, 3, 4))):
            self.budget -= 1
            draw = self.random.random()
            if draw < 0.08:
                tokens += self._inline_fragment(type, depth)
            elif draw < 0.18:
                tokens += self._spread(type, depth)
            elif draw < 0.23:
                tokens += [*self._alias(0.2), "__typename", *self._directives("FIELD")]
            elif is_query and draw < 0.27:
                tokens += self._introspection()
            else:
                tokens += self._field(type, depth)
        return [*tokens, "}"]

    def _field(self, type, depth, force_alias=False):
        if self._fault("unknown-field"):
            return [self._misspelled(self.random.choice([*getattr(type, "fields", {}), "id", "name"]))]
        fields = list(getattr(type, "fields", {}).items())
        if depth <= 0 or self.budget <= 0:
            fields = [(name, one) for name, one in fields if is_leaf_type(get_named_type(one.type))]
        if not fields:
            return ["__typename"]
        name, definition = self.random.choice(fields)
        return self._field_with(name, definition, depth, force_alias)

    def _field_with(self, name, definition, depth, force_alias=False):
        named = get_named_type(definition.type)
        alias = self._alias(0.85 if definition.args or force_alias else 0.1)
        selections = []
        if is_composite_type(named):
            if not self._fault("missing-selection"):
                selections = self._selections(named, depth - 1)
        elif self._fault("leaf-selection"):
            selections = ["{", "id", "}"]
        return [*alias, name, *self._arguments(definition.args), *self._directives("FIELD"), *selections]

    def _introspection(self):
        name, definition = self.random.choice((("__schema", SchemaMetaFieldDef), ("__type", TypeMetaFieldDef)))
        return self._field_with(name, definition, 3)

    def _deep_introspection(self):
        inner = ["name"]
        for _ in range(self.random.randint(1, 4)):
            name = self.random.choice(("fields", "inputFields", "possibleTypes", "interfaces"))
            inner = [name, "{", "type", "{", *inner, "}", "}"] if "Fields" in name or name == "fields" else [name, "{", *inner, "}"]
        if self._chance(0.3):
            inner = ["...", "on", "__Type", "{", *inner, "}"]
        self.names += 1
        return [f"alias{self.names}", ":", "__schema", "{", "types", "{", *inner, "}", "}"]

    def _alias(self, probability):
        if self._fault("alias-conflict"):
            return [self.random.choice(("same", "id", "name", "other")), ":"]
        if not self._chance(probability):
            return []
        self.names += 1
        return [f"alias{self.names}", ":"]

    def _inline_fragment(self, type, depth):
        target, condition = type, []
        if not self._chance(0.2):
            target = self._overlapping_type(type)
            name = target.name
            if self._fault("unknown-type"):
                name = self._misspelled(name)
            elif self._fault("leaf-condition"):
                name = self._leaf_or_input_type().name
            condition = ["on", name]
        directives = self._directives("INLINE_FRAGMENT")
        if target is type:
            return ["...", *condition, *directives, *self._selections(target, depth - 1)]
        # Other types may have fields of the same name and another type.
        self.budget -= 2
        return ["...", *condition, *directives, "{", *self._field(target, depth - 1, force_alias=True), "}"]

    def _spread(self, type, depth):
        if self._fault("unknown-fragment"):
            return ["...", self._misspelled("Fragment1")]
        target = self._overlapping_type(type)
        known = [fragment for fragment in self.fragments if self._overlap(fragment.type, type)]
        if self._fault("impossible-fragment"):
            known = self.fragments
        fragment = self.random.choice(known) if known and self._chance(0.6) else self._fragment(target, depth - 1)
        self.scope |= fragment.variables
        return ["...", fragment.name, *self._directives("FRAGMENT_SPREAD")]

    def _overlapping_type(self, type):
        if self._fault("impossible-fragment"):
            return self._composite_type()
        if is_abstract_type(type):
            return self.random.choice([type, *self.schema.get_possible_types(type)])
        return self.random.choice([type, *type.interfaces])

    def _overlap(self, left, right):
        possible = [set(self.schema.get_possible_types(one)) if is_abstract_type(one) else {one} for one in (left, right)]
        return bool(possible[0] & possible[1])

    # Directives and arguments

    def _directives(self, location, is_constant=False):
        tokens = []
        if self._chance(0.08):
            applicable = [one for one in self.schema.directives if location in {place.name for place in one.locations}]
            if applicable:
                tokens += self._directive(self.random.choice(applicable), is_constant)
        if self._fault("unknown-directive"):
            tokens += ["@", self._misspelled(self.random.choice(self.schema.directives).name)]
        if self._fault("misplaced-directive"):
            tokens += self._directive(self.random.choice(self.schema.directives), is_constant)
        if tokens and self._fault("duplicate-directive"):
            tokens += tokens
        return tokens

    def _directive(self, directive, is_constant):
        return ["@", directive.name, *self._arguments(directive.args, is_constant)]

    def _arguments(self, definitions, is_constant=False):
        given = []
        for name, definition in definitions.items():
            if is_required_argument(definition):
                if self._fault("missing-argument"):
                    continue
            elif not self._chance(0.4):
                continue
            has_default = definition.default_value is not Undefined or getattr(definition, "default", None) is not None
            given.append([name, ":", *self._value(definition.type, 2, is_constant, has_default)])
        if self._fault("unknown-argument"):
            given.append([self._misspelled(self.random.choice([*definitions, "id"])), ":", "1"])
        self.random.shuffle(given)
        if given and self._fault("duplicate-argument"):
            given.append(self.random.choice(given))
        return ["(", *(token for one in given for token in one), ")"] if given else []

    # Values

    def _value(self, type, depth, is_constant=False, has_default=False, must_be_given=False):
        if self._fault("wrong-value"):
            return self._any_literal(2)
        if not is_constant and self._chance(0.2):
            return self._variable(type, has_default, must_be_given)
        if is_non_null_type(type):
            if self._fault("null-value"):
                return ["null"]
            return self._given_value(type.of_type, depth, is_constant)
        if not must_be_given and self._chance(0.08):
            return ["null"]
        return self._given_value(type, depth, is_constant)

    def _given_value(self, type, depth, is_constant):
        if is_list_type(type):
            item = type.of_type
            if self._chance(0.15) and not is_list_type(get_nullable_type(item)):
                return self._value(item, depth, is_constant)
            count = self.random.randint(0, 3)
            return ["[", *(token for _ in range(count) for token in self._value(item, depth - 1, is_constant)), "]"]
        if isinstance(type, GraphQLInputObjectType):
            return self._object(type, depth, is_constant)
        if isinstance(type, GraphQLEnumType):
            name = self.random.choice(list(type.values))
            return [self._misspelled(name) if self._fault("unknown-enum-value") else name]
        return self._scalar(type)

    def _object(self, type, depth, is_constant):
        given = []
        if type.is_one_of:
            name = self.random.choice(list(type.fields))
            given.append([name, ":", *self._value(type.fields[name].type, depth - 1, is_constant, must_be_given=True)])
        else:
            for name, definition in type.fields.items():
                if is_required_input_field(definition):
                    if self._fault("missing-input-field"):
                        continue
                elif depth <= 0 or not self._chance(min(0.4, 3 / len(type.fields))):
                    continue
                has_default = definition.default_value is not Undefined or getattr(definition, "default", None) is not None
                given.append([name, ":", *self._value(definition.type, depth - 1, is_constant, has_default)])
        if self._fault("unknown-input-field"):
            given.append([self._misspelled(self.random.choice(list(type.fields))), ":", "1"])
        self.random.shuffle(given)
        if given and self._fault("duplicate-input-field"):
            given.append(self.random.choice(given))
        return ["{", *(token for one in given for token in one), "}"]

    def _scalar(self, type):
        strings, integers = self.random.choice(STRINGS), self.random.choice(INTEGERS)
        if type.name == "Int":
            return [integers]
        if type.name == "Float":
            return [self.random.choice((integers, self.random.choice(FLOATS), self.random.choice(LARGE_INTEGERS)))]
        if type.name == "Boolean":
            return [self.random.choice(("true", "false"))]
        if type.name == "String":
            return [strings]
        if type.name == "ID":
            return [self.random.choice((strings, integers, self.random.choice(LARGE_INTEGERS)))]
        return self._any_literal(2)

    def _any_literal(self, depth):
        kind = self.random.randrange(8 if depth > 0 else 6)
        if kind == 6:
            return ["[", *(token for _ in range(self.random.randint(0, 2)) for token in self._any_literal(depth - 1)), "]"]
        if kind == 7:
            count = self.random.randint(0, 2)
            names = self.random.sample(("a", "b", "id", "name", "by"), count)
            return ["{", *(token for name in names for token in (name, ":", *self._any_literal(depth - 1))), "}"]
        pool = (STRINGS, INTEGERS, LARGE_INTEGERS, FLOATS, ("true", "false", "null"), ("RED", "ASC", "asc", "USD", "anything"))[kind]
        return [self.random.choice(pool)]

    # Variables

    def _variable(self, type, has_default, must_be_given):
        text = str(type)
        known = [name for name, variable in self.variables.items() if variable.type == text]
        if known and not must_be_given and self._chance(0.4):
            name = self.random.choice(known)
        else:
            name = self._new_variable(type, has_default, must_be_given)
        self.scope.add(name)
        return ["$", name]

    def _new_variable(self, type, has_default=False, must_be_given=False):
        default = []
        declared = type
        if self._fault("wrong-variable-type"):
            declared = self._input_type()
        elif must_be_given:
            declared = type if is_non_null_type(type) else GraphQLNonNull(type)
        elif is_non_null_type(type):
            if has_default and self._chance(0.5):
                declared = type.of_type
            elif self._chance(0.3):
                declared = type.of_type
                default = ["=", *self._given_value(declared, 1, True)]
        elif self._chance(0.2):
            declared = GraphQLNonNull(type)
        elif is_list_type(type) and not is_non_null_type(type.of_type) and self._chance(0.3):
            declared = GraphQLList(GraphQLNonNull(type.of_type))
        if not default and self._chance(0.25):
            default = ["=", *self._value(declared, 1, True)]
        self.names += 1
        name = f"variable{self.names}"
        text = str(declared)
        if self._fault("output-variable"):
            text = self._composite_type().name
        elif self._fault("unknown-type"):
            text = self._misspelled(get_named_type(declared).name)
        directives = self._directives("VARIABLE_DEFINITION", is_constant=True)
        self.variables[name] = Variable(text, ["$", name, ":", *_type_tokens(text), *default, *directives])
        return name

    # Draws

    def _chance(self, probability):
        return self.random.random() < probability

    def _fault(self, name, probability=0.3):
        return name in self.faults and self.random.random() < probability

    def _types(self, test):
        return [one for name, one in sorted(self.schema.type_map.items()) if not name.startswith("__") and test(one)]

    def _composite_type(self):
        return self.random.choice(self._types(is_composite_type))

    def _leaf_or_input_type(self):
        return self.random.choice(self._types(lambda one: not is_composite_type(one)))

    def _input_type(self):
        type = self.random.choice(self._types(is_input_type))
        wrapped = self.random.choice((type, type, GraphQLNonNull(type), GraphQLList(type), GraphQLList(GraphQLNonNull(type))))
        return wrapped

    def _misspelled(self, name):
        place = self.random.randrange(len(name))
        letter = self.random.choice("abcxyzAZ_1") if place else self.random.choice("abcxyzAZ_")
        return self.random.choice((
            name[:place] + letter + name[place:], name[:place] + letter + name[place + 1:], name + "s", name.upper(), name.lower(),
            (name[:place] + name[place + 1:]).lstrip("0123456789") or "x", "completelyDifferent", name[::-1].lstrip("0123456789") or "x"))


def _type_tokens(text):
    tokens, word = [], ""
    for character in text:
        if character in "[]!":
            tokens += [word] if word else []
            tokens.append(character)
            word = ""
        else:
            word += character
    return tokens + ([word] if word else [])
