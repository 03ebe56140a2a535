/// Writes cells whose text must be checked or changed on its way to JSON.
struct LeafWriter {
    let type: NamedType
    /// Whether the elements of an array column must not be null.
    let elementsAreNonNull: Bool
    let buffer: ResponseBuffer

    /// - Returns: Nil if the value was written, or why it cannot be; part of it may have been written by then.
    func write(_ cell: Cell, _ encoding: LeafEncoding) -> FieldError? {
        guard let start = cell.start else {
            buffer.append("null" as StaticString)
            return nil
        }
        let bytes = cell.bytes
        switch encoding {
        case .text: buffer.appendString(start, cell.count)
        case .identifier: buffer.appendQuoted(start, cell.count)
        case .int64, .json: buffer.append(start, cell.count)
        case .int:
            guard cell.count < 10 || Int32(cell.text ?? "") != nil else {
                return failure("Int cannot represent non 32-bit signed integer value: \(cell.text ?? "")")
            }
            buffer.append(start, cell.count)
        case .float: return writeFloat(bytes, start)
        case .boolean:
            switch bytes.first {
            case UInt8(ascii: "t"): buffer.append("true" as StaticString)
            case UInt8(ascii: "f"): buffer.append("false" as StaticString)
            default: return failure("Boolean cannot represent a non boolean value: \(cell.text ?? "")")
            }
        case .time: return writeTime(bytes, start)
        case .enumeration:
            guard case .enumeration(let enumeration) = type, enumeration.hasValue(bytes) else {
                return failure("Enum \"\(type.name)\" cannot represent value: \"\(cell.text ?? "")\"")
            }
            buffer.appendQuoted(start, cell.count)
        case .array(let element): return writeArray(bytes, element)
        }
        return nil
    }

    private func failure(_ message: String) -> FieldError { FieldError(message, code: .internal) }

    /// Trailing zeros of a fraction are dropped: `50000.00` is 50000.
    private func writeFloat(_ bytes: UnsafeBufferPointer<UInt8>, _ start: UnsafePointer<UInt8>)
        -> FieldError?
    {
        guard let last = bytes.last, last.isDigit else {
            return failure("Float cannot represent non numeric value: \(String(decoding: bytes, as: UTF8.self))")
        }
        var end = bytes.count
        if bytes.contains(UInt8(ascii: ".")), !bytes.contains(UInt8(ascii: "e")) {
            while bytes[end - 1] == UInt8(ascii: "0") { end -= 1 }
            if bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        }
        buffer.append(start, end)
        return nil
    }

    private func writeTime(_ bytes: UnsafeBufferPointer<UInt8>, _ start: UnsafePointer<UInt8>)
        -> FieldError?
    {
        let count = bytes.count
        guard count >= 22, bytes[10] == 0x20, bytes[count - 3] == UInt8(ascii: "+"), bytes[count - 2] == 0x30, bytes[count - 1] == 0x30
        else {
            return failure("Time cannot represent value: \(String(decoding: bytes, as: UTF8.self))")
        }
        buffer.makeRoom(count + 2)
        buffer.append(UInt8(ascii: "\""))
        buffer.append(start, 10)
        buffer.append(UInt8(ascii: "T"))
        buffer.append(start + 11, count - 14)
        buffer.append(UInt8(ascii: "Z"))
        buffer.append(UInt8(ascii: "\""))
        return nil
    }

    /// The text form of PostgreSQL's arrays (its manual, section 8.15.6), one dimension.
    private func writeArray(_ bytes: UnsafeBufferPointer<UInt8>, _ element: LeafEncoding) -> FieldError? {
        guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}"), bytes.count >= 2 else {
            return failure("A list cannot represent value: \(String(decoding: bytes, as: UTF8.self))")
        }
        buffer.append(UInt8(ascii: "["))
        var index = 1
        let end = bytes.count - 1
        var isFirst = true
        while index < end {
            var text: [UInt8] = []
            var isQuoted = false
            while index < end {
                let byte = bytes[index]
                if byte == UInt8(ascii: "\\"), index + 1 < end {
                    text.append(bytes[index + 1])
                    index += 2
                    continue
                }
                index += 1
                if byte == UInt8(ascii: "\"") {
                    // A quoted element may contain commas.
                    isQuoted = true
                    while index < end, bytes[index] != UInt8(ascii: "\"") {
                        if bytes[index] == UInt8(ascii: "\\"), index + 1 < end { index += 1 }
                        text.append(bytes[index])
                        index += 1
                    }
                    index += 1
                    continue
                }
                if byte == UInt8(ascii: ",") { break }
                text.append(byte)
            }
            if !isFirst { buffer.append(UInt8(ascii: ",")) }
            isFirst = false
            if !isQuoted, text.elementsEqual("NULL".utf8) {
                if elementsAreNonNull { return failure("Cannot return null for a non-nullable element of a list.") }
                buffer.append("null" as StaticString)
                continue
            }
            let problem = text.withUnsafeBufferPointer {
                write(Cell(start: $0.baseAddress ?? bytes.baseAddress, count: $0.count), element)
            }
            if let problem { return problem }
        }
        buffer.append(UInt8(ascii: "]"))
        return nil
    }
}

extension EnumType {
    /// Whether the bytes are the name of one of the enum's values.
    func hasValue(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        values.contains { $0.name.utf8.count == bytes.count && $0.name.utf8.elementsEqual(bytes) }
    }
}
