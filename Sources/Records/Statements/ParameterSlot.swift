internal import Postgres

/// The source of a statement's parameter.
enum ParameterSlot<Input>: Sendable {
    case tenant, actor
    case value(@Sendable (UnsafePointer<Input>) -> Parameter)
    /// As many parameters as a patch has columns.
    case values(@Sendable (UnsafePointer<Input>) -> [Parameter])
}

extension Array {
    /// The parameters of a statement.
    func parameters<Input>(_ input: Input, for issuer: Issuer) -> [Parameter] where Element == ParameterSlot<Input> {
        var parameters: [Parameter] = []
        parameters.reserveCapacity(count)
        withUnsafePointer(to: input) { input in
            for slot in self {
                switch slot {
                case .tenant: parameters.append(issuer.tenant)
                case .actor: parameters.append(issuer.actor)
                case .value(let value): parameters.append(value(input))
                case .values(let values): parameters += values(input)
                }
            }
        }
        return parameters
    }
}
