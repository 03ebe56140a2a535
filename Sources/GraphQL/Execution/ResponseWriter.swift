/// Writes a response from resolved rows, depth first, with the null propagation of specification section 6.4.4.
///
/// Every method that writes a value returns whether there is one. If not, the nearest nullable caller removes what was
/// written of the value and writes `null`.
final class ResponseWriter {
    private let buffer: ResponseBuffer
    private let source: [UInt8]
    private let limit: Int
    /// The most errors in a response: what is wrong everywhere need not be repeated more often.
    private static let errorLimit = 1000
    @exclusivity(unchecked) private var errors: [GraphQLError] = []
    /// Where the writer is: fields, and indexes of lists.
    @exclusivity(unchecked) private var path: [PathEntry] = []
    @exclusivity(unchecked) private var isOverLimit = false
    private lazy var locator = SourceLocator(source)

    /// Unowned, to save reference counting: the plan outlives the writer.
    private enum PathEntry {
        case field(Unmanaged<PlannedField>)
        case index(Int)

        static func of(_ field: PlannedField) -> PathEntry { .field(Unmanaged.passUnretained(field)) }
    }

    init(_ buffer: ResponseBuffer, source: [UInt8], limit: Int) {
        self.buffer = buffer
        self.source = source
        self.limit = limit
        path.reserveCapacity(64)
    }

    func write(_ root: ResultNode, extensions: InputObject?) -> Executor.Summary {
        buffer.append("{\"data\":" as StaticString)
        let start = buffer.count
        let hasData = writeObject(root, 0)
        if !hasData {
            buffer.truncate(to: start)
            buffer.append("null" as StaticString)
        }
        if let extensions {
            buffer.append(",\"extensions\":" as StaticString)
            buffer.append(.object(extensions))
        }
        buffer.append(UInt8(ascii: "}"))
        if !errors.isEmpty { putErrorsFirst() }
        return Executor.Summary(errors: errors, isDataNull: !hasData)
    }

    private func putErrorsFirst() {
        let head = ResponseBuffer(capacity: 512)
        head.append("{\"errors\":[" as StaticString)
        for (index, error) in errors.enumerated() {
            if index > 0 { head.append(UInt8(ascii: ",")) }
            head.append(error)
        }
        head.append(UInt8(ascii: "]"))
        // The data's opening brace becomes the comma before them.
        buffer.prepend(head, joint: UInt8(ascii: ","))
    }

    // MARK: Objects

    private func writeObject(_ node: ResultNode, _ row: Int) -> Bool {
        let instructions = UnsafeBufferPointer(node.object.instructions)
        if instructions.isEmpty, let failure = node.object.failure {
            report(failure, at: failure.position.map { [$0] } ?? [])
            return false
        }
        buffer.append(UInt8(ascii: "{"))
        let cells = node.rows.cells + row * node.rows.columnCount
        for index in 0..<instructions.count {
            let instruction = instructions[index]
            buffer.append(instruction.key, Int(instruction.keyCount))
            let written: Bool
            if instruction.isGuarded, let refusal = node.refusals[index] {
                report(refusal, node.object.fields[index])
                written = false
            } else {
                switch instruction.operation {
                case .constant:
                    buffer.append(instruction.key + Int(instruction.keyCount), Int(instruction.constantCount))
                    written = true
                case .resolved: written = writeResolved(node, index, row)
                case .embedded: written = writeEmbedded(node, index, row, instruction)
                default:
                    let cell = instruction.column < 0 ? .null : cells[Int(instruction.column)]
                    written = writeLeaf(cell, instruction, node, index)
                }
            }
            if !written {
                if instruction.isNonNull { return false }
                buffer.append("null" as StaticString)
            }
        }
        buffer.append(UInt8(ascii: "}"))
        return checkLimit()
    }

    /// Whether there is room for more. Once there is none, only nulls are written.
    private func checkLimit() -> Bool {
        guard buffer.count > limit || buffer.isRefused || isOverLimit else { return true }
        if isOverLimit { return false }
        isOverLimit = true
        if buffer.isRefused {
            errors.append(.noMemory)
            return false
        }
        errors.append(
            GraphQLError(
                "The response is larger than \(limit) bytes. Ask for less.", code: .limitExceeded, path: currentPath,
                details: [
                    GraphQLError.Detail(name: "limitName", value: .string("responseBytes")),
                    GraphQLError.Detail(name: "limit", value: .integer(Int64(limit))),
                ]))
        return false
    }

    private func writeEmbedded(_ node: ResultNode, _ index: Int, _ row: Int, _ instruction: WriteInstruction) -> Bool {
        if instruction.column >= 0, node.rows[row, Int(instruction.column)].isNull { return missing(node.object.fields[index]) }
        guard let child = node.children[index].first ?? nil else { return missing(node.object.fields[index]) }
        let start = buffer.count
        path.append(.of(node.object.fields[index]))
        defer { path.removeLast() }
        if writeObject(child, row) { return true }
        buffer.truncate(to: start)
        return false
    }

    // MARK: Resolved fields

    private func writeResolved(_ node: ResultNode, _ index: Int, _ row: Int) -> Bool {
        let field = node.object.fields[index]
        guard let result = node.results[index] else { return missing(field) }
        path.append(.of(field))
        defer { path.removeLast() }
        for remark in result.remarks where remark.parent == row { reportHere(remark.error, field) }
        if result.lists.isEmpty { return writeItem(result, row, node, index, field, depth: 0) }
        return writeList(result, level: 0, list: row, node, index, field)
    }

    private func writeList(
        _ result: FieldResult, level: Int, list: Int, _ node: ResultNode, _ index: Int, _ field: PlannedField
    ) -> Bool {
        let isNonNull = field.isNonNull(atDepth: level)
        let states = result.lists[level].states
        if !states.isEmpty, states[list] != 0 {
            if states[list] < -1 {
                reportHere(result.failures[Int(-2 - states[list])], field)
            } else if isNonNull {
                reportMissing(field)
            }
            return false
        }
        let start = buffer.count
        let first = Int(result.lists[level].offsets[list])
        let end = Int(result.lists[level].offsets[list + 1])
        let isElementNonNull = field.isNonNull(atDepth: level + 1)
        let isLast = level + 1 == result.lists.count
        buffer.append(UInt8(ascii: "["))
        path.append(.index(0))
        defer { path.removeLast() }
        if isLast, field.leafEncoding == .text, result.parts.count == 1 {
            if let null = writeTexts(result, first..<end) {
                // Rare: items that are not all texts are written again one by one, with their errors.
                buffer.truncate(to: null)
            } else {
                buffer.append(UInt8(ascii: "]"))
                return true
            }
        }
        for element in first..<end {
            if element > first { buffer.append(UInt8(ascii: ",")) }
            path[path.count - 1] = .index(element - first)
            if !checkLimit() {
                buffer.truncate(to: start)
                return false
            }
            let written =
                isLast
                ? writeItem(result, element, node, index, field, depth: level + 1)
                : writeList(result, level: level + 1, list: element, node, index, field)
            if written { continue }
            if isElementNonNull {
                buffer.truncate(to: start)
                return false
            }
            buffer.append("null" as StaticString)
        }
        buffer.append(UInt8(ascii: "]"))
        return true
    }

    /// Writes items that are all texts, or returns where they began if one is not.
    private func writeTexts(_ result: FieldResult, _ range: Range<Int>) -> Int? {
        let start = buffer.count
        let rows = result.parts[0].rows
        return result.items.withUnsafeBufferPointer { items in
            for element in range {
                let item = items[element]
                guard item.row >= 0, buffer.count <= limit, !buffer.isRefused, let text = rows[Int(item.row), 0].start else { return start }
                if element > range.lowerBound { buffer.append(UInt8(ascii: ",")) }
                buffer.appendString(text, rows[Int(item.row), 0].count)
            }
            return nil
        }
    }

    private func writeItem(
        _ result: FieldResult, _ place: Int, _ node: ResultNode, _ index: Int, _ field: PlannedField, depth: Int
    ) -> Bool {
        let item = result.items[place]
        guard item.row >= 0 else {
            if item.row < -1 {
                reportHere(result.failures[Int(-2 - item.row)], field)
            } else if field.isNonNull(atDepth: depth) {
                reportMissing(field)
            }
            return false
        }
        if let encoding = field.leafEncoding {
            let cell = result.parts[Int(item.part)].rows[Int(item.row), 0]
            if cell.isNull {
                if field.isNonNull(atDepth: depth) { reportMissing(field) }
                return false
            }
            return writeChecked(cell, encoding, field) { reportHere($0, field) }
        }
        guard let child = node.children[index][Int(item.part)] else {
            reportHere(FieldError("Internal server error!", code: .internal), field)
            return false
        }
        let start = buffer.count
        if writeObject(child, Int(item.row)) { return true }
        buffer.truncate(to: start)
        return false
    }

    // MARK: Leaves

    @inline(__always)
    private func writeLeaf(_ cell: Cell, _ instruction: WriteInstruction, _ node: ResultNode, _ index: Int) -> Bool {
        guard let start = cell.start else {
            return instruction.isNonNull ? missing(node.object.fields[index]) : false
        }
        switch instruction.operation {
        case .text:
            buffer.appendString(start, cell.count)
            return true
        case .identifier:
            buffer.appendQuoted(start, cell.count)
            return true
        case .int64:
            buffer.append(start, cell.count)
            return true
        default: return writeCheckedLeaf(cell, node, index)
        }
    }

    private func writeCheckedLeaf(_ cell: Cell, _ node: ResultNode, _ index: Int) -> Bool {
        let field = node.object.fields[index]
        guard case .column(_, let encoding) = field.binding else { return missing(field) }
        return writeChecked(cell, encoding, field) { report($0, field) }
    }

    private func writeChecked(_ cell: Cell, _ encoding: LeafEncoding, _ field: PlannedField, _ report: (FieldError) -> Void) -> Bool {
        let start = buffer.count
        let leaf = LeafWriter(type: field.namedType, elementsAreNonNull: field.isNonNull(atDepth: 1), buffer: buffer)
        guard let problem = leaf.write(cell, encoding) else { return true }
        buffer.truncate(to: start)
        report(problem)
        return false
    }

    // MARK: Errors

    /// A missing value: an error if it is required.
    private func missing(_ field: PlannedField) -> Bool {
        guard field.isNonNull(atDepth: 0) else { return false }
        path.append(.of(field))
        reportMissing(field)
        path.removeLast()
        return false
    }

    private func reportMissing(_ field: PlannedField) {
        reportHere(field.missing, field)
    }

    private func report(_ error: FieldError, _ field: PlannedField) {
        path.append(.of(field))
        reportHere(error, field)
        path.removeLast()
    }

    private func reportHere(_ error: FieldError, _ field: PlannedField) {
        report(error, at: error.position.map { [$0] } ?? field.positions, of: field)
    }

    /// - Parameter field: Nil if the operation as a whole failed.
    private func report(_ error: FieldError, at positions: [SourcePosition], of field: PlannedField? = nil) {
        guard errors.count < Self.errorLimit else {
            if errors.count == Self.errorLimit {
                errors.append(
                    GraphQLError("Only the first \(Self.errorLimit) errors are listed; there are more.", code: .limitExceeded))
            }
            return
        }
        var reported = GraphQLError(
            error.message, code: error.code, locations: positions.map(locator.location), path: path.isEmpty ? nil : currentPath,
            details: error.details)
        if error.code == .internal, let field { reported.coordinate = "\(field.parentType.name).\(field.definition.name)" }
        errors.append(reported)
    }

    private var currentPath: [GraphQLError.PathElement] {
        path.map { entry in
            switch entry {
            case .field(let field): .key(field.takeUnretainedValue().responseKey)
            case .index(let index): .index(index)
            }
        }
    }
}
