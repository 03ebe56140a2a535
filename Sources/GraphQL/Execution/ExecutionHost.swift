/// What the executor needs of the service it runs in: one for each request.
public protocol ExecutionHost: AnyObject {
    /// Resolves all calls of one level by setting their results. Mutations come one at a time.
    func resolve(_ calls: [FieldCall]) async

    /// Why the caller may not have `field`, or nil. Asked once for a planned field, before anything of it is resolved.
    func refusal(of field: FieldDefinition) -> FieldError?
}
