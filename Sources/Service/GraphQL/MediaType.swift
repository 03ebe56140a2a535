internal import HTTP

/// The media types of GraphQL over HTTP, and which of them a client wants.
enum MediaType: Sendable {
    /// `application/graphql-response+json`: status codes tell what became of the request.
    case graphQLResponse
    /// `application/json`: what clients of the original know.
    case json

    var contentType: String {
        switch self {
        case .graphQLResponse: "application/graphql-response+json; charset=utf-8"
        case .json: "application/json; charset=utf-8"
        }
    }

    /// The best of the two for what `Accept` lists (RFC 9110 section 12.5.1), or nil when it takes neither. Where it lists nothing, and
    /// for `*/*`, it is JSON.
    static func accepted(_ list: [String]) -> MediaType? {
        if list.isEmpty || list == ["*/*"] || list == ["application/json"] { return .json }
        let ranges = list.compactMap(Range.init)
        if ranges.isEmpty { return .json }
        let json = quality("json", ranges)
        let response = quality("graphql-response+json", ranges)
        if response.quality <= 0, json.quality <= 0 { return nil }
        if response.quality != json.quality { return response.quality > json.quality ? .graphQLResponse : .json }
        // Equally wanted: what was named beats what a wildcard lets through, and JSON is what old clients understand.
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
    /// Without such characters at both ends.
    func trimmed(where isOutside: (Character) -> Bool) -> String {
        let start = drop(while: isOutside)
        guard let end = start.lastIndex(where: { !isOutside($0) }) else { return "" }
        return String(start[...end])
    }
}
