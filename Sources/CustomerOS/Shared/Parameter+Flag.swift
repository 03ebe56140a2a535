internal import Postgres

extension Parameter {
    init(flag: Bool?) { self = flag.map { .text($0 ? "true" : "false") } ?? .null }
}
