extension PlannedField {
    /// Why a result of this root field cannot be written into a response, or nil: a required value is missing, or is
    /// not of its type.
    ///
    /// A mutation checks this before it commits. What resolvers below the field have yet to find is ignored.
    public func problem(with result: FieldResult) -> FieldError? {
        guard result.problem(parents: 1, listDepth: listDepth) == nil else { return FieldError("Internal server error!", code: .internal) }
        let buffer = ResponseBuffer(capacity: 256)
        for item in result.items {
            guard item.row >= 0 else {
                if item.row == -1, isNonNull(atDepth: listDepth) { return missing }
                continue
            }
            let part = result.parts[Int(item.part)]
            let problem: FieldError?
            if let leafEncoding {
                problem = self.problem(with: part.rows[Int(item.row), 0], leafEncoding, depth: listDepth, buffer)
            } else {
                problem = part.type.flatMap(selection(for:))?.problem(in: part.rows, Int(item.row), buffer)
            }
            if let problem { return problem }
        }
        return nil
    }

    fileprivate func problem(with cell: Cell, _ encoding: LeafEncoding, depth: Int, _ buffer: ResponseBuffer) -> FieldError? {
        if cell.isNull { return isNonNull(atDepth: depth) ? missing : nil }
        buffer.truncate(to: 0)
        return LeafWriter(type: namedType, elementsAreNonNull: isNonNull(atDepth: 1), buffer: buffer).write(cell, encoding)
    }

    /// Specification section 6.4.4.
    var missing: FieldError {
        FieldError("Cannot return null for non-nullable field \(parentType.name).\(definition.name).", code: .internal)
    }
}

extension PlannedObject {
    fileprivate func problem(in rows: RowBatch, _ row: Int, _ buffer: ResponseBuffer) -> FieldError? {
        for (field, instruction) in zip(fields, instructions) {
            let cell: Cell = instruction.column < 0 ? .null : rows[row, Int(instruction.column)]
            let problem: FieldError?
            switch field.binding {
            case .column(_, let encoding): problem = field.problem(with: cell, encoding, depth: 0, buffer)
            case .embedded:
                if instruction.column >= 0, cell.isNull {
                    problem = field.isNonNull(atDepth: 0) ? field.missing : nil
                } else {
                    problem = field.selections.first?.problem(in: rows, row, buffer)
                }
            case .constant, .nested, .resolved, .resolvedLeaf: problem = nil
            }
            if let problem { return problem }
        }
        return nil
    }
}
