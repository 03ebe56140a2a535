internal import GraphQL
internal import Records

extension ValueRules {
    /// The kinds of the schema's `@value(kind:)`, and the rule for times without one.
    static let kinds = ValueRules([
        "Time": .text(Moment.normal), "day": .text(Moment.day), "before": .text(Moment.before),
        "name": .text { (name) throws(ValueRefusal) in Name.normal(name) },
        "amount": .decimal { (amount) throws(ValueRefusal) in try Amount.normal(amount) },
        "percent": .number(.percent), "quantity": .number(.quantity), "employees": .number(.employees), "months": .number(.months),
        "days": .number(.days), "year": .number(.year), "bytes": .number(.bytes), "latitude": .number(.latitude),
        "longitude": .number(.longitude), "offset": .number(.offset),
        // Pages are checked when read: their limits are settings.
        "page": ValueRule { (value) throws(ValueRule.Refusal) in value },
    ])
}

extension ValueRule {
    /// A rule for texts.
    static func text(_ normal: @escaping @Sendable (String) throws(ValueRefusal) -> String) -> ValueRule {
        ValueRule { value throws(Refusal) in
            guard case .string(let text) = value else { return value }
            do throws(ValueRefusal) { return .string(try normal(text)) } catch { throw Refusal(error) }
        }
    }

    /// A rule for numbers with decimals.
    static func decimal(_ normal: @escaping @Sendable (Double) throws(ValueRefusal) -> Double) -> ValueRule {
        ValueRule { value throws(Refusal) in
            guard case .float(let number) = value else { return value }
            do throws(ValueRefusal) { return .float(try normal(number)) } catch { throw Refusal(error) }
        }
    }

    /// A rule for numbers with bounds only.
    static func number(_ bounds: Bounds) -> ValueRule {
        ValueRule { value throws(Refusal) in
            do throws(ValueRefusal) {
                switch value {
                case .integer(let number): return .integer(try bounds.normal(number))
                case .float(let number): return .float(try bounds.normal(number))
                case .largeInteger: throw bounds.refusal
                default: return value
                }
            } catch {
                throw Refusal(error)
            }
        }
    }
}

extension ValueRule.Refusal {
    init(_ refusal: ValueRefusal) {
        self.init(
            refusal.explanation, details: [GraphQLError.Detail(name: "reason", value: .string(refusal.reason.rawValue))])
    }
}
