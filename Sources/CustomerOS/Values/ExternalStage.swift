/// The columns of a tenant's sales board.
enum ExternalStage {
    /// - Parameter stages: The tenant's stages. The empty text means none.
    static func normal(_ given: String, of stages: [String]) throws(ValueRefusal) -> String {
        let text = given.trimmingBlanks
        if text.isEmpty { return "" }
        guard let stage = stages.first(where: { $0.uppercased() == text.uppercased() }) else {
            throw ValueRefusal(.unknown, "must be one of the tenant's stages: \(stages.joined(separator: ", "))")
        }
        return stage
    }
}
