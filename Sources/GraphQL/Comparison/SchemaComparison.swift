/// Finds what has changed between two schemas: what graphql-js's `findSchemaChanges` finds, and changes of root types,
/// deprecation, `@oneOf`, defaults of input fields, and the service's own directives.
public struct SchemaComparison {
    private let old: Schema
    private let new: Schema
    private var changes: [SchemaChange] = []

    /// The changes in the order of the older schema, then additions; none if the schemas are equivalent.
    public static func changes(from old: Schema, to new: Schema) -> [SchemaChange] {
        var comparison = SchemaComparison(old: old, new: new)
        comparison.compareRoots()
        comparison.compareTypes()
        comparison.compareDirectives()
        return comparison.changes
    }

    private init(old: Schema, new: Schema) {
        self.old = old
        self.new = new
    }

    private mutating func add(_ kind: SchemaChange.Kind, _ coordinate: SchemaCoordinate?, _ event: String) {
        changes.append(SchemaChange(kind: kind, coordinate: coordinate, event: event))
    }

    // MARK: The schema and its types

    private mutating func compareRoots() {
        compareDescriptions(nil, old.description, new.description)
        for kind in [OperationKind.query, .mutation, .subscription] {
            let (before, after) = (old.rootType(for: kind)?.name, new.rootType(for: kind)?.name)
            guard before != after else { continue }
            switch (before, after) {
            case (nil, let after?): add(.rootTypeAdded, nil, "got the \(kind) type \(after)")
            case (let before?, nil): add(.rootTypeChanged, nil, "lost its \(kind) type \(before)")
            case (let before?, let after?): add(.rootTypeChanged, nil, "changed its \(kind) type from \(before) to \(after)")
            case (nil, nil): break
            }
        }
    }

    private mutating func compareTypes() {
        let (before, after) = (Self.ownTypes(old), Self.ownTypes(new))
        for (type, counterpart) in pairs(before, after, name: \.name) {
            guard let counterpart else {
                add(.typeRemoved, .type(type.name), "was removed")
                continue
            }
            compareDescriptions(.type(type.name), type.description, counterpart.description)
            compareTypes(type, counterpart)
        }
        for type in added(before, after, name: \.name) { add(.typeAdded, .type(type.name), "was added") }
    }

    private static func ownTypes(_ schema: Schema) -> [NamedType] { schema.types.filter { !BuiltInDefinitions.isBuiltIn(type: $0.name) } }

    private mutating func compareTypes(_ old: NamedType, _ new: NamedType) {
        let coordinate = SchemaCoordinate.type(old.name)
        switch (old, new) {
        case (.scalar(let old), .scalar(let new)): compareDirectives(coordinate, old.appliedDirectives, new.appliedDirectives)
        case (.object(let old), .object(let new)):
            compareDirectives(coordinate, old.appliedDirectives, new.appliedDirectives)
            compareInterfaces(coordinate, old.interfaces, new.interfaces)
            compareFields(of: old.name, old.fields, new.fields)
        case (.interface(let old), .interface(let new)):
            compareDirectives(coordinate, old.appliedDirectives, new.appliedDirectives)
            compareInterfaces(coordinate, old.interfaces, new.interfaces)
            compareFields(of: old.name, old.fields, new.fields)
        case (.union(let old), .union(let new)):
            compareDirectives(coordinate, old.appliedDirectives, new.appliedDirectives)
            for (member, counterpart) in pairs(old.members, new.members, name: \.name) where counterpart == nil {
                add(.typeRemovedFromUnion, coordinate, "lost its member \(member.name)")
            }
            for member in added(old.members, new.members, name: \.name) {
                add(.typeAddedToUnion, coordinate, "got the member \(member.name)")
            }
        case (.enumeration(let old), .enumeration(let new)):
            compareDirectives(coordinate, old.appliedDirectives, new.appliedDirectives)
            compareValues(of: old.name, old.values, new.values)
        case (.inputObject(let old), .inputObject(let new)):
            compareDirectives(coordinate, old.appliedDirectives, new.appliedDirectives)
            if !old.isOneOf, new.isOneOf { add(.oneOfAdded, coordinate, "takes exactly one field from now on") }
            if old.isOneOf, !new.isOneOf { add(.oneOfRemoved, coordinate, "no longer takes exactly one field") }
            compareInputFields(of: old.name, old.fields, new.fields)
        default: add(.typeChangedKind, coordinate, "changed from \(old.kindName) to \(new.kindName)")
        }
    }

    private mutating func compareInterfaces(_ coordinate: SchemaCoordinate, _ old: [InterfaceType], _ new: [InterfaceType]) {
        for (interface, counterpart) in pairs(old, new, name: \.name) where counterpart == nil {
            add(.implementedInterfaceRemoved, coordinate, "no longer implements \(interface.name)")
        }
        for interface in added(old, new, name: \.name) { add(.implementedInterfaceAdded, coordinate, "implements \(interface.name)") }
    }

    private mutating func compareValues(of type: String, _ old: [EnumValueDefinition], _ new: [EnumValueDefinition]) {
        for (value, counterpart) in pairs(old, new, name: \.name) {
            let coordinate = SchemaCoordinate.member(type: type, name: value.name)
            guard let counterpart else {
                add(.valueRemovedFromEnum, coordinate, "was removed")
                continue
            }
            compareDescriptions(coordinate, value.description, counterpart.description)
            compareDeprecation(coordinate, value.deprecationReason, counterpart.deprecationReason)
            compareDirectives(coordinate, value.appliedDirectives, counterpart.appliedDirectives)
        }
        for value in added(old, new, name: \.name) { add(.valueAddedToEnum, .member(type: type, name: value.name), "was added") }
    }

    // MARK: Fields and their arguments

    private mutating func compareFields(of type: String, _ old: [FieldDefinition], _ new: [FieldDefinition]) {
        for (field, counterpart) in pairs(old, new, name: \.name) {
            let coordinate = SchemaCoordinate.member(type: type, name: field.name)
            guard let counterpart else {
                add(.fieldRemoved, coordinate, "was removed")
                continue
            }
            compareDescriptions(coordinate, field.description, counterpart.description)
            compareDeprecation(coordinate, field.deprecationReason, counterpart.deprecationReason)
            compareDirectives(coordinate, field.appliedDirectives, counterpart.appliedDirectives)
            if field.type.description != counterpart.type.description {
                let isSafe = Self.isSafeOutput(field.type, counterpart.type)
                add(isSafe ? .fieldChangedKindSafely : .fieldChangedKind, coordinate, Self.typeChange(field.type, counterpart.type))
            }
            compareArguments(of: type, field.name, field.arguments, counterpart.arguments)
        }
        for field in added(old, new, name: \.name) { add(.fieldAdded, .member(type: type, name: field.name), "was added") }
    }

    private mutating func compareArguments(
        of type: String, _ field: String, _ old: [InputValueDefinition], _ new: [InputValueDefinition]
    ) {
        func coordinate(_ argument: InputValueDefinition) -> SchemaCoordinate { .argument(type: type, field: field, name: argument.name) }
        for (argument, counterpart) in pairs(old, new, name: \.name) {
            guard let counterpart else {
                add(.argumentRemoved, coordinate(argument), "was removed")
                continue
            }
            compareInputValues(coordinate(argument), argument, counterpart, .argument)
        }
        for argument in added(old, new, name: \.name) {
            add(
                argument.isRequired ? .requiredArgumentAdded : .optionalArgumentAdded, coordinate(argument),
                argument.isRequired ? "was added and must be given" : "was added")
        }
    }

    private mutating func compareInputFields(of type: String, _ old: [InputValueDefinition], _ new: [InputValueDefinition]) {
        for (field, counterpart) in pairs(old, new, name: \.name) {
            let coordinate = SchemaCoordinate.member(type: type, name: field.name)
            guard let counterpart else {
                add(.fieldRemoved, coordinate, "was removed")
                continue
            }
            compareInputValues(coordinate, field, counterpart, .inputField)
        }
        for field in added(old, new, name: \.name) {
            add(
                field.isRequired ? .requiredInputFieldAdded : .optionalInputFieldAdded, .member(type: type, name: field.name),
                field.isRequired ? "was added and must be given" : "was added")
        }
    }

    /// The kinds of change for arguments or for input fields.
    private struct InputValueKinds {
        let changedKind: SchemaChange.Kind
        let changedKindSafely: SchemaChange.Kind
        let becameRequired: SchemaChange.Kind
        let defaultChanged: SchemaChange.Kind
        let defaultAdded: SchemaChange.Kind

        static let argument = InputValueKinds(
            changedKind: .argumentChangedKind, changedKindSafely: .argumentChangedKindSafely, becameRequired: .argumentBecameRequired,
            defaultChanged: .argumentDefaultValueChanged, defaultAdded: .argumentDefaultValueAdded)

        static let inputField = InputValueKinds(
            changedKind: .fieldChangedKind, changedKindSafely: .fieldChangedKindSafely, becameRequired: .inputFieldBecameRequired,
            defaultChanged: .inputFieldDefaultValueChanged, defaultAdded: .inputFieldDefaultValueAdded)
    }

    private mutating func compareInputValues(
        _ coordinate: SchemaCoordinate, _ old: InputValueDefinition, _ new: InputValueDefinition, _ kinds: InputValueKinds
    ) {
        compareDescriptions(coordinate, old.description, new.description)
        compareDeprecation(coordinate, old.deprecationReason, new.deprecationReason)
        compareDirectives(coordinate, old.appliedDirectives, new.appliedDirectives)
        if old.type.description != new.type.description {
            let isSafe = Self.isSafeInput(old.type, new.type)
            add(isSafe ? kinds.changedKindSafely : kinds.changedKind, coordinate, Self.typeChange(old.type, new.type))
        }
        let (before, after) = (old.defaultLiteral.map(Self.canonicalText), new.defaultLiteral.map(Self.canonicalText))
        switch (before, after) {
        case (nil, let after?): add(kinds.defaultAdded, coordinate, "got the default \(after)")
        case (let before?, nil) where new.isRequired: add(kinds.becameRequired, coordinate, "lost its default \(before) and must be given")
        case (let before?, nil): add(kinds.defaultChanged, coordinate, "lost its default \(before)")
        case (let before?, let after?) where before != after:
            add(kinds.defaultChanged, coordinate, "changed its default from \(before) to \(after)")
        default: break
        }
    }

    private static func typeChange(_ old: TypeReference, _ new: TypeReference) -> String { "changed its type from \(old) to \(new)" }

    /// Whether a client that expects `old` can handle `new`.
    private static func isSafeOutput(_ old: TypeReference, _ new: TypeReference) -> Bool {
        switch (old, new) {
        case (.nonNull(let old), .nonNull(let new)): isSafeOutput(old, new)
        case (.nonNull, _): false
        case (_, .nonNull(let new)): isSafeOutput(old, new)
        case (.list(let old), .list(let new)): isSafeOutput(old, new)
        case (.named(let old), .named(let new)): old.name == new.name
        default: false
        }
    }

    /// Whether what a client sends as `old` is accepted as `new`.
    private static func isSafeInput(_ old: TypeReference, _ new: TypeReference) -> Bool { isSafeOutput(new, old) }

    /// Members of objects sorted by name: the order in which they were written does not matter.
    private static func canonicalText(_ value: Value) -> String { DocumentPrinter.text(value.withSortedMembers) }

    // MARK: Directives

    private mutating func compareDirectives() {
        let (before, after) = (Self.ownDirectives(old), Self.ownDirectives(new))
        for (directive, counterpart) in pairs(before, after, name: \.name) {
            let coordinate = SchemaCoordinate.directive(directive.name)
            guard let counterpart else {
                add(.directiveRemoved, coordinate, "was removed")
                continue
            }
            compareDescriptions(coordinate, directive.description, counterpart.description)
            if directive.isRepeatable, !counterpart.isRepeatable {
                add(.directiveRepeatableRemoved, coordinate, "may no longer be repeated")
            }
            if !directive.isRepeatable, counterpart.isRepeatable { add(.directiveRepeatableAdded, coordinate, "may be repeated") }
            for location in directive.locations where !counterpart.locations.contains(location) {
                add(.directiveLocationRemoved, coordinate, "is no longer allowed on \(location)")
            }
            for location in counterpart.locations where !directive.locations.contains(location) {
                add(.directiveLocationAdded, coordinate, "may stand on \(location)")
            }
            compareArguments(ofDirective: directive.name, directive.arguments, counterpart.arguments)
        }
        for directive in added(before, after, name: \.name) { add(.directiveAdded, .directive(directive.name), "was added") }
    }

    private static func ownDirectives(_ schema: Schema) -> [DirectiveDefinition] {
        schema.directives.filter { !BuiltInDefinitions.directiveNames.contains($0.name) }
    }

    private mutating func compareArguments(ofDirective name: String, _ old: [InputValueDefinition], _ new: [InputValueDefinition]) {
        func coordinate(_ argument: InputValueDefinition) -> SchemaCoordinate { .directiveArgument(directive: name, name: argument.name) }
        for (argument, counterpart) in pairs(old, new, name: \.name) {
            guard let counterpart else {
                add(.directiveArgumentRemoved, coordinate(argument), "was removed")
                continue
            }
            compareInputValues(coordinate(argument), argument, counterpart, .argument)
        }
        for argument in added(old, new, name: \.name) {
            add(
                argument.isRequired ? .requiredDirectiveArgumentAdded : .optionalDirectiveArgumentAdded, coordinate(argument),
                argument.isRequired ? "was added and must be given" : "was added")
        }
    }

    /// Directives that are compared separately.
    private static let knownDirectives: Set = ["deprecated", "oneOf"]

    private mutating func compareDirectives(_ coordinate: SchemaCoordinate, _ old: [Directive], _ new: [Directive]) {
        func text(_ directives: [Directive]) -> String {
            directives.filter { !Self.knownDirectives.contains($0.name.value) }.map { directive in
                let arguments = directive.arguments.sorted { $0.name.value < $1.name.value }.map {
                    "\($0.name.value): \(Self.canonicalText($0.value))"
                }
                return "@\(directive.name.value)" + (arguments.isEmpty ? "" : "(\(arguments.joined(separator: ", ")))")
            }.joined(separator: " ")
        }
        let (before, after) = (text(old), text(new))
        guard before != after else { return }
        let event = before.isEmpty ? "got \(after)" : after.isEmpty ? "lost \(before)" : "changed from \(before) to \(after)"
        add(.appliedDirectivesChanged, coordinate, event)
    }

    // MARK: What all elements have

    private mutating func compareDescriptions(_ coordinate: SchemaCoordinate?, _ old: String?, _ new: String?) {
        if (old ?? "") != (new ?? "") { add(.descriptionChanged, coordinate, "has another description") }
    }

    private mutating func compareDeprecation(_ coordinate: SchemaCoordinate, _ old: String?, _ new: String?) {
        guard old != new else { return }
        add(.deprecationChanged, coordinate, new.map { "is deprecated: \($0)" } ?? "is no longer deprecated")
    }

    /// Each element of the older list with its namesake in the newer one.
    private func pairs<Element>(_ old: [Element], _ new: [Element], name: (Element) -> String) -> [(Element, Element?)] {
        let byName = Dictionary(new.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
        return old.map { ($0, byName[name($0)]) }
    }

    private func added<Element>(_ old: [Element], _ new: [Element], name: (Element) -> String) -> [Element] {
        let names = Set(old.map(name))
        return new.filter { !names.contains(name($0)) }
    }
}

extension NamedType {
    fileprivate var kindName: String {
        switch self {
        case .scalar: "a scalar"
        case .object: "an object type"
        case .interface: "an interface"
        case .union: "a union"
        case .enumeration: "an enum"
        case .inputObject: "an input object"
        }
    }
}

extension Value {
    fileprivate var withSortedMembers: Value {
        switch self {
        case .list(let values, let position): .list(values.map(\.withSortedMembers), position)
        case .object(let fields, let position):
            .object(
                fields.sorted { $0.name.value < $1.name.value }.map {
                    ObjectField(name: $0.name, value: $0.value.withSortedMembers, position: $0.position)
                }, position)
        default: self
        }
    }
}
