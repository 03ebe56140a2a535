/// A member of a statement's input. It is read at its offset, which takes far fewer instructions than its key path; a
/// computed one has none.
struct InputMember<Input, Value>: Sendable {
    private let path: any KeyPath<Input, Value> & Sendable
    private let offset: Int?

    init(_ path: any KeyPath<Input, Value> & Sendable) {
        self.path = path
        offset = MemoryLayout<Input>.offset(of: path)
    }

    func callAsFunction(_ input: UnsafePointer<Input>) -> Value {
        guard let offset else { return input.pointee[keyPath: path] }
        return UnsafeRawPointer(input).advanced(by: offset).assumingMemoryBound(to: Value.self).pointee
    }
}
