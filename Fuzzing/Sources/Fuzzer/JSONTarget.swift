import GraphQL

/// JSON: a parsed value, written and parsed again, is the same.
enum JSONTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        let value: InputValue
        do {
            value = try JSONReader.read(input)
        } catch {
            expect(!error.message.isEmpty, "a failure says nothing")
            expect((0...input.count).contains(error.offset), "a failure is placed at \(error.offset) of \(input.count) bytes")
            return
        }
        let buffer = ResponseBuffer(capacity: 64)
        buffer.append(value)
        let written = Array(buffer.bytes)
        do {
            let again = try JSONReader.read(written)
            expect(again == asWritten(value), "a value reads differently: \(String(decoding: written, as: UTF8.self))")
        } catch {
            expect(false, "what was written is no JSON (\(error.message) at \(error.offset)): \(String(decoding: written, as: UTF8.self))")
        }
    }

    /// JSON has no infinity: a number beyond all doubles is written as null.
    private static func asWritten(_ value: InputValue) -> InputValue {
        switch value {
        case .float(let number): number.isFinite ? value : .null
        case .list(let values): .list(values.map(asWritten))
        case .object(let object): .object(InputObject(object.members.map { .init(name: $0.name, value: asWritten($0.value)) }))
        default: value
        }
    }
}
