internal import Postgres

/// What a parameter of a statement is taken from.
enum ParameterSlot<Input>: Sendable {
    case tenant, actor
    case value(@Sendable (Input) -> Parameter)
    /// As many parameters as a patch has columns.
    case values(@Sendable (Input) -> [Parameter])
}
