/// What an operation may cost: what a limit counts before execution.
///
/// An object costs one, ten leaves cost one, and a total costs ten, since it counts rows. Each costs as often as it may
/// occur in the answer, under any alias. A list has as many elements as its field's `limit`, `size`, `first` or `last`
/// says, which may be a member of an input object (`pagination.limit`). If the field with that argument is a page, it
/// applies to the lists of the page. A list that nothing limits counts as ten elements.
enum OperationCost {
    /// The assumed size of a list whose size is not given, or not above zero.
    static let assumedSize = 10
    private static let sizeNames: Set<String> = ["limit", "size", "first", "last"]
    private static let totalNames: Set<String> = ["totalElements", "totalPages", "totalAvailable", "timelineEventsTotalCount"]

    /// Costs, in tenths.
    private static let (objectTenths, leafTenths, totalTenths) = (10, 1, 100)

    /// How the size of a field's list is determined.
    enum Size {
        case unknown
        case constant(Int)
        case argument(InputValueDefinition, Value)
    }

    static func size(of definition: FieldDefinition, _ nodes: [Argument]) -> Size {
        for argument in definition.arguments where mayTellSize(argument) {
            guard let node = nodes.first(where: { $0.name.value == argument.name }) else {
                guard let value = argument.defaultValue, let number = number(in: value, of: argument) else { continue }
                return .constant(number)
            }
            if node.value.hasVariable { return .argument(argument, node.value) }
            guard let value = InputValue(literal: node.value), let number = number(in: value, of: argument) else { continue }
            return .constant(number)
        }
        return .unknown
    }

    private static func mayTellSize(_ argument: InputValueDefinition) -> Bool {
        if sizeNames.contains(argument.name) { return true }
        guard case .inputObject(let object) = argument.type.namedType, argument.type.listDepth == 0 else { return false }
        return object.fields.contains { sizeNames.contains($0.name) }
    }

    private static func number(in value: InputValue, of argument: InputValueDefinition) -> Int? {
        switch value {
        case .integer(let number): return Int(clamping: number)
        case .object(let object):
            for member in object.members where sizeNames.contains(member.name) {
                if case .integer(let number) = member.value { return Int(clamping: number) }
            }
            return nil
        default: return nil
        }
    }

    /// The cost of an operation that begins with `root`, which itself is not counted. At most `Int.max / 10`.
    static func cost(of root: PlannedObject, variables: InputObject) -> Int {
        let tenths = tenths(of: root, pageSize: nil, variables: variables) - objectTenths
        return tenths / 10 + (tenths % 10 > 0 ? 1 : 0)
    }

    /// - Parameter pageSize: What the field whose value the object is says about the lists within it.
    private static func tenths(of object: PlannedObject, pageSize: Int?, variables: InputObject) -> Int {
        var total = objectTenths
        for field in object.fields {
            let size = size(field, variables)
            let isList = field.listDepth > 0
            var inner = field.selections.isEmpty ? leafTenths(of: field) : 0
            for selection in field.selections {
                inner = max(inner, tenths(of: selection, pageSize: isList ? nil : size, variables: variables))
            }
            if isList {
                inner = product(inner, size ?? pageSize ?? assumedSize)
                for _ in 1..<field.listDepth { inner = product(inner, assumedSize) }
            }
            total = sum(total, inner)
        }
        return total
    }

    private static func leafTenths(of field: PlannedField) -> Int {
        totalNames.contains(field.definition.name) ? totalTenths : leafTenths
    }

    private static func size(_ field: PlannedField, _ variables: InputObject) -> Int? {
        let number: Int?
        switch field.size {
        case .unknown: return nil
        case .constant(let constant): number = constant
        case .argument(let argument, let literal):
            let value = try? LiteralCoercion.coerce(literal, to: argument.type.nullable, variables: variables)
            number = (value ?? argument.defaultValue).flatMap { Self.number(in: $0, of: argument) }
        }
        guard let number else { return nil }
        return number > 0 ? number : assumedSize
    }

    /// Whether the cost depends on variables.
    static func isConstant(_ object: PlannedObject) -> Bool {
        object.fields.allSatisfy { field in
            if case .argument = field.size { return false }
            return field.selections.allSatisfy(isConstant)
        }
    }

    private static func product(_ left: Int, _ right: Int) -> Int {
        let (value, overflows) = left.multipliedReportingOverflow(by: right)
        return overflows ? .max : value
    }

    private static func sum(_ left: Int, _ right: Int) -> Int {
        let (value, overflows) = left.addingReportingOverflow(right)
        return overflows ? .max : value
    }
}

extension PreparedOperation {
    /// What the operation may cost: an object costs one, ten leaves one, a total ten.
    public func cost(variables: InputObject) -> Int {
        constantCost ?? OperationCost.cost(of: root, variables: variables)
    }
}
