internal import Postgres
internal import Records

extension Money: ParameterValue {
    static var cast: SQL { "numeric" }

    var parameter: Parameter { .text(description) }
}
