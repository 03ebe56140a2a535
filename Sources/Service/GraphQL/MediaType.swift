internal import HTTP

/// The media types of GraphQL over HTTP, and their negotiation.
enum MediaType: Sendable {
    /// `application/graphql-response+json`: the status code says what became of the request.
    case graphQLResponse
    /// `application/json`: what the original's clients expect.
    case json

    var contentType: String {
        switch self {
        case .graphQLResponse: "application/graphql-response+json; charset=utf-8"
        case .json: "application/json; charset=utf-8"
        }
    }

    /// The better of the two for an `Accept` list (RFC 9110 section 12.5.1), or nil if it accepts neither. JSON for an
    /// empty list and for `*/*`.
    static func accepted(_ list: [String]) -> MediaType? {
        if list.isEmpty || list == ["*/*"] || list == ["application/json"] { return .json }
        let ranges = list.compactMap(Range.init)
        if ranges.isEmpty { return .json }
        let json = quality("json", ranges)
        let response = quality("graphql-response+json", ranges)
        if response.quality <= 0, json.quality <= 0 { return nil }
        if response.quality != json.quality { return response.quality > json.quality ? .graphQLResponse : .json }
        // Equal quality: a named type beats a wildcard match, and JSON is what old clients understand.
        return response.specificity > json.specificity
            || (response.specificity == 2 && json.specificity == 2 && response.place < json.place)
            ? .graphQLResponse : .json
    }

    private struct Range {
        let type: Substring
        let subtype: Substring
        let quality: Double

        init?(_ text: String) {
            let parts = text.split(separator: ";").map { $0.trimmed.lowercased() }
            guard let name = parts.first, let slash = name.firstIndex(of: "/") else { return nil }
            type = Substring(name[..<slash])
            subtype = Substring(name[name.index(after: slash)...])
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            guard let weight else {
                quality = 1
                return
            }
            guard let value = Double(weight.dropFirst(2)), (0...1).contains(value) else { return nil }
            quality = value
        }
    }

    /// The most specific range decides.
    private static func quality(_ subtype: String, _ ranges: [Range]) -> (quality: Double, specificity: Int, place: Int) {
        var best = (quality: 0.0, specificity: -1, place: 0)
        for (place, range) in ranges.enumerated() {
            let specificity: Int
            if range.type == "application", range.subtype == subtype {
                specificity = 2
            } else if range.type == "application", range.subtype == "*" {
                specificity = 1
            } else if range.type == "*", range.subtype == "*" {
                specificity = 0
            } else {
                continue
            }
            if specificity > best.specificity { best = (range.quality, specificity, place) }
        }
        return best
    }
}

extension StringProtocol {
    /// Without such characters at either end.
    func trimmed(where isOutside: (Character) -> Bool) -> String {
        let start = drop(while: isOutside)
        guard let end = start.lastIndex(where: { !isOutside($0) }) else { return "" }
        return String(start[...end])
    }
}
