"""Random queries for parts of what a large query has fetched."""

from dataclasses import dataclass, field

from graphql import (
    ListValueNode,
    ObjectValueNode,
    get_named_type,
    get_nullable_type,
    introspection_types,
    is_leaf_type,
    is_list_type,
    parse_value,
    print_ast,
    value_from_ast_untyped,
)


@dataclass
class SubQuery:
    """Makes one query. `text`, `variables` and `operation` are what to send."""

    schema: object
    fields: list
    random: object
    variables: dict = field(default_factory=dict)
    definitions: dict = field(default_factory=dict)
    fragments: list = field(default_factory=list)
    names: int = 0
    budget: int = 50
    text: str = ""
    operation: str = None

    def __post_init__(self):
        body = self._selections(self.schema.query_type, self.fields, is_root=True)
        definitions = ", ".join(f"${name}: {definition}" for name, definition in self.definitions.items())
        head = f"query Wanted({definitions}) " if definitions else self.random.choice(("", "query ", "query Wanted "))
        parts = [head + body, *self.fragments]
        if "Wanted" in head and self._chance(0.2):
            parts.append("query Other { __typename }")
            self.operation = "Wanted"
        self.random.shuffle(parts)
        self.text = "\n".join(parts)

    def _chance(self, probability):
        return self.random.random() < probability

    # Selections

    def _selections(self, type, fields, is_root=False):
        parts = []
        for _ in range(self.random.choice((1, 2, 3, 4, 6))):
            self.budget -= 1
            draw = self.random.random()
            if draw < 0.1:
                parts.append(self._alias("__typename") + "__typename" + self._directives())
            elif draw < 0.2:
                parts.append(f"...{self._condition(type)}{self._directives()} {self._selections(type, fields)}")
            elif draw < 0.27:
                parts.append(self._interface(type, fields))
            elif draw < 0.34 and self.budget > 0:
                parts.append(self._spread(type, fields))
            elif is_root and draw < 0.38:
                parts.append(self._introspection())
            else:
                parts.append(self._field(fields))
        if self._chance(0.15):
            parts.append(self.random.choice(parts))
        return "{ " + " ".join(parts) + " }"

    def _field(self, fields):
        candidates = fields if self.budget > 0 else [one for one in fields if not one.selections]
        if not candidates:
            return "__typename"
        one = self.random.choice(candidates)
        alias = self._alias(one.key, must=one.key != one.name)
        selections = " " + self._selections(get_named_type(one.type), one.selections) if one.selections else ""
        return alias + one.name + self._arguments(one) + self._directives() + selections

    def _alias(self, key, must=False):
        # An alias always means the same field with the same arguments, so that it may stand anywhere again.
        return f"{key}_{self.random.choice('xy')}: " if must or self._chance(0.15) else ""

    def _condition(self, type):
        return f" on {type.name}" if self._chance(0.7) else ""

    def _interface(self, type, fields):
        """A fragment on an interface of the type, perhaps with one in it that is for another type and never applies."""
        if not type.interfaces:
            return "__typename"
        interface = self.random.choice(type.interfaces)
        known = [one for one in fields if one.name in interface.fields and not one.arguments]
        inner = [self._field(known)] if known else ["__typename"]
        others = [one for one in self.schema.get_possible_types(interface) if one is not type]
        if others and self._chance(0.5):
            other = self.random.choice(others)
            leaves = [name for name, one in other.fields.items() if is_leaf_type(get_named_type(one.type)) and not one.args]
            self.names += 1
            inner.append(f"... on {other.name} {{ other{self.names}: {self.random.choice(leaves or ['__typename'])} }}")
        if self._chance(0.5):
            inner.append(f"... on {type.name} {self._selections(type, fields)}")
        return f"... on {interface.name}{self._directives()} {{ {' '.join(inner)} }}"

    def _spread(self, type, fields):
        self.names += 1
        name = f"Part{self.names}"
        self.fragments.append(f"fragment {name} on {type.name} {self._selections(type, fields)}")
        spread = f"...{name}{self._directives()}"
        return f"{spread} ...{name}" if self._chance(0.2) else spread

    # Directives, arguments and variables

    def _directives(self):
        text = ""
        for name in ("skip", "include"):
            if self._chance(0.06):
                value = self._chance(0.5)
                literal = "true" if value else "false"
                if self._chance(0.6):
                    literal = self._variable("Boolean!", value, literal)
                text += f" @{name}(if: {literal})"
        return text

    def _variable(self, type, value, literal):
        """A variable of the value: given, or the default where none is given."""
        self.names += 1
        name = f"variable{self.names}"
        if self._chance(0.25):
            self.definitions[name] = f"{type} = {literal}"
            if self._chance(0.3):
                self.variables[name] = value
        else:
            self.definitions[name] = type
            self.variables[name] = value
        return f"${name}"

    def _arguments(self, one):
        if not one.arguments:
            return ""
        definitions = self.schema.query_type.fields[one.name].args
        node = parse_value("{" + one.arguments + "}")
        given = [f"{field.name.value}: {self._value(field.value, definitions[field.name.value].type)}" for field in node.fields]
        self.random.shuffle(given)
        return f"({', '.join(given)})"

    def _value(self, node, type):
        if self._chance(0.3):
            return self._variable(str(type), value_from_ast_untyped(node), print_ast(node))
        inner = get_nullable_type(type)
        if isinstance(node, ListValueNode) and is_list_type(inner):
            return "[" + ", ".join(self._value(item, inner.of_type) for item in node.values) + "]"
        if isinstance(node, ObjectValueNode):
            members = [f"{field.name.value}: {self._value(field.value, inner.fields[field.name.value].type)}" for field in node.fields]
            self.random.shuffle(members)
            return "{" + ", ".join(members) + "}"
        return print_ast(node)

    # Introspection

    def _introspection(self):
        self.names += 1
        name = self.random.choice([name for name in self.schema.type_map if not name.startswith("__")] + ["Nothing", "__Type"])
        return f'type{self.names}: __type(name: "{name}") {self._of_type(introspection_types["__Type"], 3)}'

    def _of_type(self, type, depth):
        parts = []
        names = list(type.fields)
        for name in self.random.sample(names, min(len(names), self.random.randint(1, 5))):
            definition = type.fields[name]
            named = get_named_type(definition.type)
            arguments = ""
            if "includeDeprecated" in definition.args and self._chance(0.5):
                arguments = f"(includeDeprecated: {self.random.choice(('true', 'false'))})"
            if is_leaf_type(named):
                parts.append(name)
            elif depth > 0:
                self.names += 1
                parts.append(f"list{self.names}: {name}{arguments} {self._of_type(named, depth - 1)}")
        return "{ " + " ".join(parts or ["__typename"]) + " }"
