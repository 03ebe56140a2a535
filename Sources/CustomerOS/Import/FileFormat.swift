/// File formats other than lines of JSON, recognised by their beginning: all their lines would be refused for the same
/// reason.
enum FileFormat: CaseIterable {
    case workbook, compressed, wideText, list, spreadLines, separatedValues

    /// How many bytes of a file reveal its format.
    static let length = 4_096

    /// The format of a file that cannot be imported, or nil if it may be lines of JSON.
    init?(beginning: ArraySlice<UInt8>) {
        let bytes = Array(beginning.starts(with: [0xEF, 0xBB, 0xBF]) ? beginning.dropFirst(3) : beginning)
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            self = .workbook
        } else if bytes.starts(with: [0x1F, 0x8B]) || bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .compressed
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            self = .wideText
        } else {
            let lines = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
            guard let first = lines.lazy.map({ $0.drop { $0 == 0x20 || $0 == 0x09 } }).first(where: { !$0.isEmpty }) else { return nil }
            switch first.first {
            case UInt8(ascii: "[")?: self = .list
            case UInt8(ascii: "{")? where first.count == 1 && lines.count > 1: self = .spreadLines
            case UInt8(ascii: "{")?: return nil
            default:
                // A single column has no separators.
                let hasObjects = lines.contains { $0.first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: "{") }
                let isSeparated = first.contains { [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].contains($0) }
                guard isSeparated || lines.count > 1 && !hasObjects else { return nil }
                self = .separatedValues
            }
        }
    }

    /// What the file is, and how to convert it to lines of JSON, as the end of a sentence.
    var explanation: String {
        switch self {
        case .workbook: "is a workbook or another archive. Import takes one JSON object per line"
        case .compressed: "is compressed. Unpack it into standard input: gunzip -c FILE | customeros-api import --tenant NAME -"
        case .wideText: "is UTF-16. Save it as UTF-8"
        case .list: "is one list of JSON. Import takes one object per line: jq -c '.[]' FILE | customeros-api import --tenant NAME -"
        case .spreadLines:
            "has JSON objects of several lines. Import takes one object per line: jq -c . FILE | customeros-api import --tenant NAME -"
        case .separatedValues: "is a CSV file. Import takes one JSON object per line, with the members listed in docs/import.md"
        }
    }
}
