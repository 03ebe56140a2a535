package import Postgres

/// The parameters of a statement while its text is made: each member of the input by name, numbered at first use, with
/// the same number at later uses. `$1` is the tenant, except on tables that all tenants share.
@dynamicMemberLookup
package final class Parameters<Input> {
    private(set) var slots: [ParameterSlot<Input>] = []
    private var numbers: [AnyKeyPath: Int] = [:]
    private var tenantNumber: Int?
    private var actorNumber: Int?
    private var next = 1

    /// - Parameter isShared: Whether the statement concerns only tables that all tenants share.
    package init(isShared: Bool = false) {
        if !isShared { tenantNumber = add(.tenant) }
    }

    package var tenant: SQL {
        let number = tenantNumber ?? add(.tenant)
        tenantNumber = number
        return .parameter(number)
    }

    /// The user for whom the request acts, or null. It is not called `user`: a name in this class hides an input's
    /// member of the same name.
    package var actor: Placeholder {
        let number = actorNumber ?? add(.actor)
        actorNumber = number
        return Placeholder(number: number, cast: "uuid")
    }

    package subscript<Value: ParameterValue>(dynamicMember path: any KeyPath<Input, Value> & Sendable) -> Placeholder {
        let number = number(of: path, 1) {
            let member = InputMember(path)
            return .value { member($0).parameter }
        }
        return Placeholder(number: number, cast: Value.cast)
    }

    package subscript<R: Record>(dynamicMember path: any KeyPath<Input, Patch<R>> & Sendable) -> PatchPlaceholders<R> {
        PatchPlaceholders {
            self.number(of: path, R.table.written.count) {
                let member = InputMember(path)
                return .values { member($0).parameters }
            }
        }
    }

    private func number(of path: AnyKeyPath, _ count: Int, _ slot: () -> ParameterSlot<Input>) -> Int {
        if let number = numbers[path] { return number }
        let number = add(slot(), count)
        numbers[path] = number
        return number
    }

    private func add(_ slot: ParameterSlot<Input>, _ count: Int = 1) -> Int {
        slots.append(slot)
        defer { next += count }
        return next
    }
}

extension Parameters {
    /// The input itself, if it is a patch.
    package func patch<R: Record>() -> PatchPlaceholders<R> where Input == Patch<R> { self[dynamicMember: \.self] }
}

extension Parameters where Input: ParameterValue {
    /// The input itself, if it is a single value.
    package var value: Placeholder { self[dynamicMember: \.self] }
}
