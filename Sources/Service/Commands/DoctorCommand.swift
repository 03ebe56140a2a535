internal import Glibc
internal import GraphQL

/// `doctor`: finds problems before users do.
enum DoctorCommand {
    static let command = Command(
        "doctor", "Look for problems of a server with these settings, and say what to do.",
        options: ServeSettings.all
    ) { arguments in
        var doctor = Doctor(arguments)
        doctor.examine()
        try DatabaseCommands.show(arguments, text: text(doctor.findings), value(doctor))
        let count = doctor.findings.count { $0.level == .problem }
        if count > 0 { throw Found(description: "\(count) \(count == 1 ? "problem" : "problems") found.") }
    }

    private struct Found: Error, CustomStringConvertible {
        let description: String
    }

    private static func text(_ findings: [Doctor.Finding]) -> String {
        let width = findings.map(\.check.count).max() ?? 0
        return findings.map { finding in
            let level = finding.level.rawValue + String(repeating: " ", count: 9 - finding.level.rawValue.count)
            let check = finding.check + String(repeating: " ", count: width + 2 - finding.check.count)
            let advice = finding.advice.isEmpty ? "" : "\n" + String(repeating: " ", count: width + 11) + finding.advice
            return level + check + finding.text + advice
        }.joined(separator: "\n")
    }

    private static func value(_ doctor: Doctor) -> InputValue {
        .object([
            "status": .string(doctor.worst.rawValue),
            "findings": .list(
                doctor.findings.map { finding in
                    .object([
                        "check": .string(finding.check), "level": .string(finding.level.rawValue), "text": .string(finding.text),
                        "advice": finding.advice.isEmpty ? .null : .string(finding.advice),
                    ])
                }),
        ])
    }
}
