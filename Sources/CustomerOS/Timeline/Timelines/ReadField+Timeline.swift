internal import GraphQL
internal import Postgres
internal import Records

extension ReadField {
    /// The timeline of each owner: a backward index range from `from`.
    static func timeline(_ owner: TimelineOwner) -> ReadField {
        ReadField(parentColumns: ["id"]) { field in
            let events = PlannedEvents(field)
            let list = TimelineList(field.statementName, owner)
            return { call, wave in
                let arguments = try TimelineArguments(from: InputDecoder(call.arguments.values))
                try arguments.checkSize(limit: wave.limits.timeline)
                let keys = ParentKeys(call, column: 0)
                guard arguments.size > 0, arguments.kinds?.isEmpty != true else {
                    call.result = keys.result(
                        of: RowBatch(rowCount: 0, columnCount: 0, owner: nil), keyed: nil, type: nil, isList: true)
                    return
                }
                let query = list.query(keys, arguments, wave.issuer)
                events.read(query, rows: Int(arguments.size) * keys.count, for: call, wave, isList: true) { found in
                    keys.result(of: found.parts, items: found.items, keyed: found.listed, isList: true)
                }
            }
        }
    }

    /// The number of events on the timeline of each owner, including future ones.
    static func timelineCount(_ owner: TimelineOwner) -> ReadField {
        ReadField(parentColumns: ["id"]) { field in
            let count = TimelineCount(field.statementName, owner)
            return { call, wave in
                let arguments = try TimelineCountArguments(from: InputDecoder(call.arguments.values))
                let keys = ParentKeys(call, column: 0)
                let query = count.query(keys, arguments.kinds, wave.issuer)
                // An owner may have a hundred thousand events.
                wave.read([query], isSlow: true, rows: nil, for: call, isList: false) { results in
                    let counts = RowBatch(results[0], droppingColumns: 1)
                    let answer = keys.result(of: counts, keyed: results[0], type: nil, isList: false)
                    // Another part holds the zero of owners without events.
                    answer.parts.append(FieldResult.Part(type: nil, rows: RowBatch(texts: [["0"]])))
                    for index in answer.items.indices where answer.items[index] == .null {
                        answer.items[index] = FieldResult.Item(part: 1, row: 0)
                    }
                    return answer
                }
            }
        }
    }

    /// The event whose id is in a column of the parent.
    static func timelineEvent(by column: String) -> ReadField {
        ReadField(parentColumns: [column]) { field in
            let events = PlannedEvents(field)
            let list = StatementText(
                field.statementName,
                "SELECT id, id, kind FROM timeline_event WHERE tenant_id = $1 AND id = ANY ($2::uuid[])")
            return { call, wave in
                let keys = ParentKeys(call, column: 0)
                let query = Query(list, [wave.issuer.tenant, .text(keys.arrayText)])
                events.read(query, for: call, wave, isList: false) { found in
                    keys.result(of: found.parts, items: found.items, keyed: found.listed, isList: false)
                }
            }
        }
    }

    private struct ByIDs: Decodable { let ids: [ID<TimelineEvent>] }

    /// The events with the given ids: in their order, each once.
    static let timelineEvents = ReadField { field in
        let events = PlannedEvents(field)
        let list = Statement<[ID<TimelineEvent>], Void>(field.statementName) { ids in
            """
            SELECT id, id, kind FROM timeline_event WHERE tenant_id = \(ids.tenant) AND id = ANY (\(ids.value))
            ORDER BY array_position(\(ids.value), id)
            """
        }
        return { call, wave in
            let ids = try ByIDs(from: InputDecoder(call.arguments.values)).ids
            let limit = wave.limits.timeline
            guard ids.count <= limit else {
                throw FieldError(
                    "At most \(limit) timeline events are answered at once.", code: .badUserInput, field: "ids")
            }
            let query = list.query(ids.filter { !$0.isNobody }, for: wave.issuer)
            events.read(query, for: call, wave, isList: true) { found in
                let items = found.items.compactMap { $0 }
                return FieldResult(
                    parts: found.parts, items: items,
                    lists: [FieldResult.ListLevel(offsets: [0, Int32(items.count)])])
            }
        }
    }
}
