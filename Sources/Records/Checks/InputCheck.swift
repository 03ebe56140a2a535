internal import GraphQL
internal import Postgres

/// Checks that changes and reads decode what the schema declares: every member is read or ignored by name, nothing else
/// is read, each as its type, and nullable ones are optional. Fields that share a type share its members.
struct InputCheck {
    private var problems: [String] = []
    /// For each column written by a patch, by name, the inputs with its member.
    private var patches: [String: Set<String>] = [:]

    static func problems(_ uses: [InputUse], _ schema: Schema) -> [String] {
        var check = InputCheck()
        var groups: [ObjectIdentifier: [InputUse]] = [:]
        for use in uses { groups[ObjectIdentifier(use.type), default: []].append(use) }
        for group in groups.values { check.examine(group, schema) }
        for (column, places) in check.patches where places.isEmpty {
            check.problems.append("\(column) is written from a member that no input has.")
        }
        return check.problems
    }

    /// The source of members: an input object, or the arguments of a field.
    fileprivate struct Place {
        let name: String
        let definitions: [InputValueDefinition]
        let ignored: [String]
    }

    private mutating func examine(_ uses: [InputUse], _ schema: Schema) {
        guard let type = uses.first?.type else { return }
        let name = String(reflecting: type)
        let probe = InputProbe()
        do { _ = try type.init(from: probe) } catch {
            problems.append("\(name) cannot be read of an input.")
            return
        }
        var places: [Place] = []
        for use in uses {
            guard let field = use.field.definition(in: schema) else {
                problems.append("\(name) belongs to the field \(use.field.name), which the schema does not have.")
                continue
            }
            places.append(Place(field, ignored: use.ignored, taken: use.taken))
        }
        compare(name, probe, places)
    }

    private mutating func compare(_ type: String, _ probe: InputProbe, _ places: [Place]) {
        var found: Set<String> = []
        for place in places {
            for member in probe.members {
                guard let definition = place.definitions.first(where: { $0.name == member.name }) else { continue }
                found.insert(member.name)
                compare(member, definition, "\(place.name).\(member.name)", ignored: place.ignored)
            }
            compare(probe.patched, place)
            let read = Set(probe.members.map(\.name) + probe.patched.map(\.member))
            for definition in place.definitions where !read.contains(definition.name) && !place.ignored.contains(definition.name) {
                problems.append("\(place.name).\(definition.name) is neither read nor ignored.")
            }
        }
        guard !places.isEmpty else { return }
        for member in probe.members where !found.contains(member.name) {
            problems.append("\(type) reads \(member.name), which the schema does not have there.")
        }
        for name in Set(places.flatMap(\.ignored)) where !name.contains(".") {
            guard !places.contains(where: { $0.definitions.contains { $0.name == name } }) else { continue }
            problems.append("\(type) ignores \(name), which the schema does not have there.")
        }
    }

    private mutating func compare(_ member: InputProbe.Member, _ definition: InputValueDefinition, _ place: String, ignored: [String]) {
        if !definition.type.isNonNull, !member.canBeAbsent {
            problems.append("\(place) may be null, and \(member.type) has no place for it.")
        }
        var type: any Decodable.Type = member.type
        let list = type as? any InputList.Type
        if let list { type = InputProbe.unwrapped(list.element) }
        guard definition.type.isList == (list != nil) else {
            problems.append("\(place) is \(definition.type.isList ? "a list" : "no list"), and read as \(member.type).")
            return
        }
        if case .inputObject(let object) = definition.type.namedType {
            let prefix = "\(member.name)."
            let within = ignored.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
            compare(
                String(reflecting: type), member.probe, [Place(name: object.name, definitions: object.fields, ignored: within)])
        } else if let leaf = type as? any InputLeaf.Type {
            if let problem = leaf.problem(with: definition.type.namedType) { problems.append("\(place) \(problem).") }
        } else {
            problems.append("\(place) is of the type \(definition.type.namedType.name), and read as \(type).")
        }
    }

    private mutating func compare(_ patched: [InputProbe.Patched], _ place: Place) {
        for patched in patched {
            let column = "\(patched.table).\(patched.column.name.text)"
            let definition = place.definitions.first { $0.name == patched.member }
            patches[column, default: []].formUnion(definition == nil ? [] : [place.name])
            if let definition, !patched.column.form.takes(definition.type) {
                problems.append("\(place.name).\(patched.member) is a \(definition.type), which the column \(column) does not take.")
            }
        }
    }
}

extension InputCheck.Place {
    fileprivate init(_ field: FieldDefinition, ignored: [String], taken: Set<String>) {
        if field.readsInput, case .inputObject(let object)? = field.argument("input")?.type.namedType {
            self.init(name: object.name, definitions: object.fields, ignored: ignored)
        } else {
            self.init(name: field.name, definitions: field.arguments.filter { !taken.contains($0.name) }, ignored: ignored)
        }
    }
}
