/// What the executor needs from the service it runs in: one per request.
public protocol ExecutionHost: AnyObject {
    /// Resolves all calls of one level by setting their results. Mutations are passed one at a time.
    func resolve(_ calls: [FieldCall]) async

    /// Why the caller may not access `field`, or nil. Called once per planned field, before it is resolved.
    func refusal(of field: FieldDefinition) -> FieldError?
}
