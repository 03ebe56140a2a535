internal import Postgres

/// The source of a statement's parameter.
enum ParameterSlot<Input>: Sendable {
    case tenant, actor
    case value(@Sendable (Input) -> Parameter)
    /// As many parameters as a patch has columns.
    case values(@Sendable (Input) -> [Parameter])
}
